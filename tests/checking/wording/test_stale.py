"""Dated formulations: each speaks in a year that is not its own and is silent in its own year and in history."""

from __future__ import annotations

import pytest

from service.checking.wording import Severity, WordingFinding, wording_findings
from service.checking.wording.stale import Anniversary, DatedPhrase, anniversaries, dated_phrases
from service.domain.period import parse_period

EARLY = [one for one in dated_phrases() if one.first is not None]
LATE = [one for one in dated_phrases() if one.last is not None]


def _dated(draft: str, year: int | str) -> list[WordingFinding]:
    return [one for one in wording_findings(draft, period=parse_period(f"{year}年")) if one.rule == "R40"]


def test_the_lexicon_is_rich_and_each_entry_says_why_and_whence() -> None:
    phrases = dated_phrases()
    assert len(phrases) >= 40
    assert len({one.phrase for one in phrases}) == len(phrases)
    for one in phrases:
        assert one.why and one.source
        assert one.first is not None or one.last is not None
        assert one.first is None or one.last is None or one.first <= one.last


@pytest.mark.parametrize("one", EARLY, ids=lambda one: one.phrase)
def test_a_phrase_before_its_first_year_is_a_warning(one: DatedPhrase) -> None:
    assert one.first is not None
    found = _dated(f"我们认真落实{one.phrase}，取得成效。", one.first - 3)
    assert Severity.WARNING in {each.severity for each in found if one.phrase in each.text}
    assert not [each for each in _dated(f"我们认真落实{one.phrase}，取得成效。", one.first) if each.text == one.phrase]


@pytest.mark.parametrize("one", LATE, ids=lambda one: one.phrase)
def test_a_phrase_after_its_last_year_is_a_suggestion_unless_told_as_history(one: DatedPhrase) -> None:
    assert one.last is not None
    found = _dated(f"我们会同{one.phrase}，取得成效。", one.last + 1)
    assert {each.severity for each in found if each.text == one.phrase} == {Severity.SUGGESTION}
    for history in (f"{one.last}年，我们会同{one.phrase}，取得成效。", f"原{one.phrase}的做法保留下来。"):
        assert not [each for each in _dated(history, one.last + 1) if each.text == one.phrase]


@pytest.mark.parametrize("one", anniversaries(), ids=lambda one: one.event)
def test_an_anniversary_belongs_to_one_year(one: Anniversary) -> None:
    for name in one.names:
        draft = f"隆重庆祝{name}80周年。"
        assert _dated(draft, one.year + 80) == []
        assert [each.severity for each in _dated(draft, one.year + 79)] == [Severity.WARNING]
        assert _dated(f"喜迎{name}八十周年。", one.year + 79) == []


@pytest.mark.parametrize(
    "draft",
    [
        "区文化和旅游局、文化广电旅游局联合检查。",
        "环保部门、农业部门、文化部门各派1人。",
        "党的十八大以来，街道面貌改善。",
        "“十三五”期间完成的管网继续使用。",
        "2020年荣获第六届全国文明城市称号。",
        "共145个、二十五五折。",
        "医院社会工作部组织义诊。",
        "按照原工商局登记地址查找。",
    ],
)
def test_history_and_longer_names_are_left_alone(draft: str) -> None:
    assert _dated(draft, 2024) == []


def test_a_period_of_several_years_takes_what_any_of_them_allows() -> None:
    assert _dated("落实“十三五”“十四五”规划。", "2020—2022") == []
    assert _dated("落实“十三五”规划。", "2021—2022") != []


def test_without_a_period_the_lexicon_is_silent() -> None:
    assert [one for one in wording_findings("卫计委牵头，庆祝建党3周年。") if one.rule == "R40"] == []
