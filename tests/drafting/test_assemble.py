"""Sections as one text: numbered headings and true offsets."""

from __future__ import annotations

from service.domain.draft import DraftSection, Sentence, SentenceKind
from service.drafting.assemble import assemble, chinese_numeral


def _section(heading: str, text: str) -> DraftSection:
    return DraftSection(heading, text, (Sentence(0, len(text), (1,), SentenceKind.FACT),) if text else ())


def test_headings_are_numbered_and_offsets_find_the_texts() -> None:
    done = assemble("标题", [_section("", "导语。"), _section("甲", "第一句。"), _section("乙", "第二句。")])
    assert done.text == "标题\n导语。\n一、甲\n第一句。\n二、乙\n第二句。"
    assert [
        done.text[start : start + len(one.text)] for start, one in zip(done.starts, done.sections, strict=True)
    ] == [
        "导语。",
        "第一句。",
        "第二句。",
    ]
    assert [one.heading for one in done.sections] == ["", "一、甲", "二、乙"]


def test_an_empty_section_leaves_no_heading_and_no_gap_in_the_numbers() -> None:
    done = assemble("标题", [_section("甲", "一句。"), _section("乙", ""), _section("丙", "一句。")])
    assert [one.heading for one in done.sections] == ["一、甲", "二、丙"]


def test_a_single_heading_bears_no_number() -> None:
    assert assemble("标题", [_section("甲", "一句。")]).sections[0].heading == "甲"


def test_numerals_run_past_ten() -> None:
    assert [chinese_numeral(number) for number in (1, 10, 11, 20, 21)] == ["一", "十", "十一", "二十", "二十一"]
