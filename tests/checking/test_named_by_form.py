"""What the form gives needs no note; near verbs name one act; what is left of a masked number is no number."""

from __future__ import annotations

import pytest

from service.checking.check import check_draft
from service.domain.finding import Verdict
from service.domain.period import parse_period
from tests.checking.judged import finding_of


@pytest.mark.parametrize("label", ["2024年第一季度", "2024年上半年", "2024年3月", "2024年"])
def test_the_period_of_the_form_stands_in_the_title_by_right(label: str) -> None:
    result = check_draft("3月6日 扫雪4处", f"{label}工作总结\n扫雪4处。", (), parse_period(label))
    one = next(one for one in (*result.findings, *result.passed) if one.text == label)
    assert (one.verdict, one.rule) == (Verdict.EXACT, "N01")


@pytest.mark.parametrize(
    ("unit", "draft"),
    [
        ("临江市青河街道办事处", "我街道动员，青河街道党工委牵头，街道办事处落实，青河街道扫雪4处。"),
        ("临江市市场监督管理局", "市市场监管局牵头，市监局落实，我局扫雪4处。"),
    ],
)
def test_the_unit_of_the_form_in_short_is_no_invented_name(unit: str, draft: str) -> None:
    result = check_draft("扫雪4处", draft, (), None, (unit,))
    assert not [one.text for one in result.findings]


def test_a_unit_the_form_does_not_give_is_still_asked_for() -> None:
    result = check_draft("扫雪4处", "北岭街道党工委牵头扫雪4处。", (), None, ("临江市青河街道办事处",))
    assert [one.rule for one in result.findings] == ["N51"]


@pytest.mark.parametrize(
    ("notes", "draft", "wrong", "right"),
    [
        ("种树120棵", "植树210棵。", "210棵", "120棵"),
        ("3月6日发传单300张", "3月6日，发放宣传单500张。", "500张", "300张"),
        ("搞讲座4场", "举办讲座7场。", "7场", "4场"),
        ("来了35人", "共53人参加。", "53人", "35人"),
    ],
)
def test_another_figure_of_the_same_act_is_contradicted_with_the_edit(
    notes: str, draft: str, wrong: str, right: str
) -> None:
    one = finding_of(notes, draft, wrong)
    assert one.verdict is Verdict.CONTRADICTED
    assert one.replacement == right
    assert [evidence.text for evidence in one.evidence] == [right]
    assert one.suggestion == f"笔记第1行为{right}，是否改为“{right}”？"


@pytest.mark.parametrize("text", ["20xx0", "520xx户", "1〔数量〕", "〔日期〕5"])
def test_a_number_with_a_mask_in_it_is_corrupt(text: str) -> None:
    result = check_draft("扫雪4处", f"扫雪4处，动员{text}，等。")
    one = next(one for one in result.findings if one.start <= 7 < one.end)
    assert one.verdict is Verdict.CORRUPT


def test_a_rate_against_its_own_counts_shows_the_notes_it_rests_on() -> None:
    one = finding_of("抽检387批次，合格382批次", "抽检387批次，合格382批次，合格率97.8%。", "97.8%")
    assert (one.verdict, one.replacement) == (Verdict.DERIVED_WRONG, "98.7%")
    assert {evidence.text for evidence in one.evidence} == {"387批次", "382批次"}
