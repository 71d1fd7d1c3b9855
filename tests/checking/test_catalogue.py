"""Every rule of the catalogue does what its own examples say."""

from __future__ import annotations

import pytest

from service.checking.catalogue import RULES, Rule, rule_of
from service.checking.check import check_draft
from service.domain.finding import Band, CheckResult, Verdict
from service.domain.report import ExemplarOriginal

_OWN_VERDICTS = {Verdict(name) for name in Verdict}


def _checked(rule: Rule, pair: tuple[str, str]) -> CheckResult:
    exemplars = [ExemplarOriginal("r1", "往期报告", "一、主要做法", rule.exemplar)] if rule.exemplar else []
    return check_draft(pair[0], pair[1], exemplars)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.verdict.band is not Band.PASS], ids=lambda r: r.code)
def test_a_rule_finds_its_wrong_example_and_leaves_its_right_one_alone(rule: Rule) -> None:
    assert rule.code in {one.rule for one in _checked(rule, rule.wrong).findings}
    assert _checked(rule, rule.right).findings == ()


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.verdict.band is Band.PASS], ids=lambda r: r.code)
def test_a_passing_rule_passes_its_right_example_and_the_wrong_one_is_blocked(rule: Rule) -> None:
    right = _checked(rule, rule.right)
    assert rule.code in {one.rule for one in right.passed}
    assert not right.findings
    assert _checked(rule, rule.wrong).blocks


def test_every_verdict_of_the_contract_has_a_rule() -> None:
    assert {rule.verdict for rule in RULES} == _OWN_VERDICTS


def test_codes_are_unique_and_can_be_looked_up() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)
    assert rule_of("N21").verdict is Verdict.NO_SOURCE
