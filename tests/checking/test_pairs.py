"""The labelled pairs: bad numbers are caught, honest ones are not accused."""

from __future__ import annotations

import pytest

from service.checking.check import check_draft
from service.domain.finding import Band
from tests.checking.measure import FILES, Pair, honest, pairs, verdicts_on

EVERY = [pair for name in FILES for pair in pairs(name)]


def _bands(pair: Pair) -> set[Band]:
    return {verdict.band for verdict in verdicts_on(pair)}


def test_at_least_95_of_100_bad_numbers_are_caught() -> None:
    bad = [pair for pair in EVERY if pair.verdict.band is not Band.PASS]
    missed = [pair for pair in bad if not _bands(pair) - {Band.PASS}]
    assert len(bad) > 150
    assert len(missed) <= 0.05 * len(bad), missed


def test_at_most_one_honest_number_in_fifty_is_blocked() -> None:
    good = [pair for pair in EVERY if pair.verdict.band is Band.PASS]
    blocked = [pair for pair in good if Band.BLOCK in _bands(pair)]
    assert len(blocked) <= len(good) // 50, blocked


@pytest.mark.parametrize("pair", [pair for pair in pairs() if not pair.held_out], ids=lambda pair: pair.draft[:24])
def test_each_pair_of_the_developing_half_draws_its_verdict(pair: Pair) -> None:
    assert pair.verdict in verdicts_on(pair)


def test_faithful_drafts_full_of_numbers_pass_whole() -> None:
    for notes, draft in honest():
        findings = check_draft(notes, draft).findings
        assert not findings, [(one.text, one.message) for one in findings]
