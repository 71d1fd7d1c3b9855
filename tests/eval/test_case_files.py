"""The case files are fair: what they expect stands in their notes, and what they forbid is not what they expect."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from eval.cases import CASES, Case, load_case, load_cases
from eval.measures.fact_coverage import states
from eval.traps import TRAPS
from service.domain.errors import UnusableInput
from service.domain.genre import Genre, UnitType
from service.language.numbers import find_numbers

ALL = load_cases("all")


def _name(case: Case) -> str:
    return case.case_id


def _plain(text: str) -> str:
    """`text` without spaces and full-width forms, with 二月二十六号 as 二月二十六日. Pure."""
    return re.sub(r"(?<=[\d一二三四五六七八九十])号", "日", re.sub(r"[ 　]", "", unicodedata.normalize("NFKC", text)))


def _values(text: str) -> set[object]:
    """The ends of every number and date of `text`; a date counts by month and day: 二十一个 is 21个. Pure."""
    ends: set[object] = set()
    for mention in find_numbers(text):
        for one in (mention, *mention.parts):
            if one.amount is not None:
                ends |= {one.amount.lo, one.amount.hi}
            if one.when is not None:
                ends |= {one.when.lo[-5:], one.when.hi[-5:]}
    return ends - {None}


def _grounded(alternative: str, notes: str) -> bool:
    """True where `alternative`, every run of digits in it (30余个 for 30多个) or its value stands in `notes`. Pure."""
    plain = _plain(alternative)
    digits = re.findall(r"\d+", plain)
    if plain in notes or (digits and all(re.search(rf"(?<!\d){run}(?!\d)", notes) for run in digits)):
        return True
    return bool(_values(plain) & _values(notes))


def test_every_genre_has_cases_on_both_sides_and_a_third_or_more_is_held_out() -> None:
    held_out = load_cases("held-out")
    assert len(ALL) >= 80
    assert min(Counter(case.genre for case in ALL).values()) >= 9
    assert {case.genre for case in ALL} == {case.genre for case in held_out} == set(Genre)
    assert {case.unit_type for case in ALL} >= set(UnitType) - {UnitType.OTHER}
    assert len(ALL) / 3 <= len(held_out) <= len(ALL) / 2


def test_develop_and_held_out_together_are_all() -> None:
    ids = [case.case_id for suite in ("develop", "held-out") for case in load_cases(suite)]
    assert sorted(ids) == [case.case_id for case in ALL]


@pytest.mark.parametrize("case", ALL, ids=_name)
def test_a_case_is_named_by_its_file_and_says_it_is_invented(case: Case) -> None:
    assert 'provenance = "invented"' in (CASES / f"{case.case_id}.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("case", ALL, ids=_name)
def test_notes_have_the_size_of_a_morning(case: Case) -> None:
    assert 300 <= len(case.notes) <= 1500
    assert 6 <= len(case.notes.splitlines()) <= 40


def test_the_parts_of_expected_facts_stand_in_the_notes() -> None:
    """One in a hundred may be what a reader concludes: 去年 for 2024年, a month said two lines above its day."""
    parts = strays = 0
    for case in ALL:
        notes = _plain(case.notes)
        for part in (part for fact in case.expected_facts for part in fact.parts):
            parts += 1
            strays += not any(_grounded(alternative, notes) for alternative in part)
    assert strays <= parts / 100


def test_the_line_of_an_expected_fact_holds_one_of_its_parts() -> None:
    facts = strays = 0
    for case in ALL:
        lines = case.notes.splitlines()
        assert case.expected_facts, case.case_id
        for fact in case.expected_facts:
            facts += 1
            line = _plain(lines[fact.line - 1])
            strays += not any(_grounded(alternative, line) for part in fact.parts for alternative in part)
    assert strays <= facts / 200


@pytest.mark.parametrize("case", ALL, ids=_name)
def test_nothing_forbidden_is_part_of_what_is_expected(case: Case) -> None:
    expected = [alternative for fact in case.expected_facts for part in fact.parts for alternative in part]
    assert [(text, part) for text in case.forbidden for part in expected if text in part] == []
    assert [text for text in case.forbidden if text in case.unit] == []


def test_a_third_have_a_reference_that_states_their_facts_and_nothing_forbidden() -> None:
    referred = [case for case in ALL if case.reference]
    assert len(referred) >= len(ALL) / 3
    for case in referred:
        told = [fact for fact in case.expected_facts if states(case.reference, fact)]
        assert len(told) >= 0.8 * len(case.expected_facts), case.case_id
        assert [text for text in case.forbidden if text in case.reference] == [], case.case_id


def test_the_cases_hold_the_traps_that_real_notes_hold() -> None:
    traps = Counter(trap for case in ALL for trap in case.traps)
    # A name that no case bears measures nothing.
    assert traps.keys() == TRAPS.keys()
    for trap in ("chat", "superseded", "conflict", "unsure", "last-year", "private-data", "table", "dictated", "plan"):
        assert traps[trap] >= 4, trap
    assert traps["injection"] >= 8


@pytest.mark.parametrize(("line", "name"), [('traps = ["privat"]', "privat"), ('unit_type = "firm"', "firm")])
def test_an_unknown_trap_or_kind_of_unit_is_refused_by_name(tmp_path: Path, line: str, name: str) -> None:
    first = next(iter(sorted(CASES.glob("*.toml"))))
    key = line.split(" ")[0]
    changed = re.sub(rf"^{key} = .*$", line, first.read_text(encoding="utf-8"), flags=re.MULTILINE)
    (tmp_path / first.name).write_text(changed, encoding="utf-8")
    with pytest.raises(UnusableInput, match=name):
        load_case(tmp_path / first.name)
