"""A suggestion is an edit: put in place of what was found, it settles the finding. Names have spellings."""

from __future__ import annotations

import pytest

from service.checking.catalogue import RULES, Rule
from service.checking.check import check_draft
from service.domain.finding import Band, Finding


def _found(notes: str, draft: str) -> list[Finding]:
    return list(check_draft(notes, draft).findings)


@pytest.mark.parametrize(
    ("notes", "draft", "replacement", "suggestion"),
    [
        ("开会\n发宣传单2,800 份", "发放宣传单280份", "2800份", "笔记第2行为2,800 份，是否改为“2800份”？"),
        ("栽树１８０棵", "栽树190棵", "180棵", "笔记第1行为１８０棵，是否改为“180棵”？"),
        ("3.8号动员", "3月18日动员", "3月8日", "笔记第1行为3.8号，是否改为“3月8日”？"),
        ("3.8号动员", "2024年3月18日动员", "2024年3月8日", "笔记第1行为3.8号，是否改为“2024年3月8日”？"),
        ("举办第32届读书节", "举办第31届读书节", "第32届", "笔记第1行为第32届，是否改为“第32届”？"),
        ("依据青创办〔2025〕31号文件", "依据青创办〔2025〕13号文件", "青创办〔2025〕31号", None),
        ("投入近30万元", "投入30万元", "近30万元", "是否补上概数词，改为“近30万元”？"),
        ("下乡去了30多个单位\n换公益广告30块", "组织30个单位下乡", "30多个", "是否补上概数词，改为“30多个”？"),
    ],
)
def test_a_value_of_the_notes_is_offered_as_a_report_writes_it(
    notes: str, draft: str, replacement: str, suggestion: str | None
) -> None:
    (one,) = _found(notes, draft)
    assert one.replacement == replacement
    assert suggestion is None or one.suggestion == suggestion
    mended = draft[: one.start] + replacement + draft[one.end :]
    assert not [one for one in _found(notes, mended) if one.band is Band.BLOCK]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_offered_edits_of_every_wrong_example_settle_it(rule: Rule) -> None:
    notes, draft = rule.wrong
    edits = [one for one in _found(notes, draft) if one.replacement is not None]
    for one in sorted(edits, key=lambda edit: edit.start, reverse=True):
        draft = draft[: one.start] + (one.replacement or "") + draft[one.end :]
    codes = {one.rule for one in edits}
    assert not [one for one in _found(notes, draft) if one.rule in codes and one.band is Band.BLOCK]


def test_a_change_with_both_ends_is_not_replaced_by_one_figure() -> None:
    edits = [one.replacement for one in _found("去年44项，今年33项", "由44项减少到22项") if one.replacement]
    assert all("由" in one for one in edits)


@pytest.mark.parametrize(
    ("notes", "draft"),
    [
        ("依据青创办〔２０２５〕３１号文件", "依据青创办〔2025〕31号文件"),
        ("依据青创办[2025]31号文件", "依据青创办〔2025〕31号文件"),
        ("依据青创办（2025）31 号文件", "依据青创办〔2025〕31号文件"),
        ("沿３２２国道整治", "沿322国道整治"),
        ("举办第三十二届读书节", "举办第32届读书节"),
        ("落实《青石区2024年方案（试行）》", "落实《青石区2024年方案(试行)》"),
    ],
)
def test_a_name_in_another_spelling_is_the_same_name(notes: str, draft: str) -> None:
    assert _found(notes, draft) == []


def test_two_digits_of_a_document_number_may_not_change_places() -> None:
    (one,) = _found("依据青创办〔２０１４〕４８号文件", "依据青创办〔2014〕84号文件")
    assert (one.rule, one.band) == ("N37", Band.BLOCK)
