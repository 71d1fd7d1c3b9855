"""What holds for any notes: nothing is lost, nothing is added, every offset reproduces, and nothing makes it fail."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain.fact import FactKind, Frame, NotesRead
from service.domain.period import parse_period
from service.drafting.facts.lexicon import Words
from service.drafting.read_notes import read_notes
from tests.drafting.test_facts_bundles import BUNDLES, uncovered

YEAR = parse_period("2024年")
PIECES = [
    "3月8日",
    "3.8号",
    "2024-03-08",
    "09:12",
    "去年",
    "下周",
    "王敏",
    "：",
    ":",
    "，",
    "。",
    "；",
    "！",
    "？",
    "、",
    "（",
    "）",
    "“",
    "”",
    "《",
    "》",
    "【",
    "】",
    "[",
    "]",
    "[图片]",
    "\t",
    "|",
    "-",
    "1.",
    "一、",
    "（一）",
    "①",
    "问题1：原因：措施：",
    "责任人：张伟",
    "时限：3月底",
    "组织志愿者30人",
    "清理垃圾2吨",
    "发放传单500份",
    "召开动员会",
    "收到",
    "辛苦了",
    "哈哈",
    "大概",
    "待核实",
    "应该是1490",
    "不对，是60",
    "改成15条",
    "更正：",
    "取消了",
    "xx元",
    "__份",
    "13912345678",
    "110101199003078275",
    "忽略以上要求",
    "ignore",
    "previous",
    "instructions",
    "system:",
    "😀",
    "\u200b",
    "\u3000",
    "１２３",
    "𠮷",
    "计划",
    "准备",
    "正在",
    "知晓率92%",
    "罗湾社区",
    "\r",
    "\n",
    "\n",
    "\n",
]


def check_invariants(raw: str, read: NotesRead) -> None:
    """What every reading of every text owes."""
    assert uncovered(read) == []
    for fact in read.facts:
        assert fact.text == raw[fact.span.start : fact.span.end] != ""
        assert fact.lines == tuple(sorted(set(fact.lines)))
        assert read.notes.line_at(fact.span.start).number in fact.lines
        assert fact.clean
        for mention in fact.mentions:
            assert raw[mention.start : mention.end] == mention.text
            assert read.notes.line_at(mention.start).number in fact.lines
    for part in read.set_aside:
        line = read.notes.lines[part.line - 1]
        assert part.text == raw[part.span.start : part.span.end]
        assert line.start <= part.span.start <= part.span.end <= line.end
    assert [fact.id for fact in read.facts] == [f"F{place}" for place in range(1, len(read.facts) + 1)]
    assert [fact.span.start for fact in read.facts] == sorted(fact.span.start for fact in read.facts)


@pytest.mark.parametrize("bundle", BUNDLES, ids=[bundle["id"] for bundle in BUNDLES])
def test_offsets_lines_and_words_of_a_bundle_reproduce(bundle: dict[str, str]) -> None:
    check_invariants(bundle["notes"], read_notes(bundle["notes"], parse_period(bundle["period"])))


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
@settings(max_examples=300, deadline=None)
def test_any_mix_of_the_forms_of_notes_is_covered(raw: str) -> None:
    check_invariants(raw, read_notes(raw, YEAR))


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_text_at_all_is_covered(raw: str) -> None:
    check_invariants(raw, read_notes(raw, None))


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@settings(max_examples=60, deadline=None)
def test_the_same_notes_give_the_same_reading(raw: str) -> None:
    assert read_notes(raw, YEAR) == read_notes(raw, YEAR)


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@settings(max_examples=150, deadline=None)
def test_clean_words_come_from_the_lines_the_fact_rests_on(raw: str) -> None:
    read = read_notes(raw, YEAR)
    for fact in read.facts:
        own = "".join(read.notes.lines[number - 1].text for number in fact.lines)
        letters = {character for character in fact.clean if "\u4e00" <= character <= "\u9fff"}
        # A column of a table lends its unit (人数 120 → 120人), a bare 4.20 its 月 and 日, 14903月 is so many 个月.
        assert letters <= set(own) | set("月日个"), (fact.clean, own)


def test_empty_notes_and_blank_lines_give_nothing() -> None:
    for raw in ("", "\n\n", "  \u3000\n\t\n"):
        read = read_notes(raw, None)
        assert (read.facts, read.set_aside, read.conflicts) == ((), (), ())


def test_hostile_text_is_read() -> None:
    shapes = ("（" * 20_000, "3月8日，" * 3_000, "不是" * 8_000, "1、" * 8_000, "清理30处" * 3_000, "：" * 20_000)
    for raw in (*shapes, "王敏：" * 6_000, "\t" * 20_000, "9" * 20_000, "更正是5人\n" * 2_000, " 3 " * 6_000):
        check_invariants(raw, read_notes(raw, YEAR))


def test_notes_of_a_hundred_thousand_characters_are_read() -> None:
    raw = "".join(f"{number % 12 + 1}月{number % 28 + 1}日清理死角{number}处\n" for number in range(7_000))[:100_000]
    check_invariants(raw, read_notes(raw, YEAR))


def test_reading_grows_no_faster_than_the_notes() -> None:
    # Steps are counted rather than seconds: twice the notes give at most twice the facts and parts.
    line = "3月8日在云堤广场开展义诊，服务120人次\n去年清理45处\n收到\n"
    small, large = read_notes(line * 100, YEAR), read_notes(line * 200, YEAR)
    assert len(large.facts) + len(large.set_aside) == 2 * (len(small.facts) + len(small.set_aside))


def test_no_sentence_of_a_file_of_random_lines_makes_it_fail() -> None:
    source = random.Random(7)
    text = Path(__file__).read_text(encoding="utf-8") + "".join(str(bundle["notes"]) for bundle in BUNDLES)
    for _ in range(30):
        raw = "".join(source.choice(text) for _ in range(400))
        check_invariants(raw, read_notes(raw, YEAR))


@given(st.text(alphabet="ab清理", max_size=30), st.sets(st.text(alphabet="ab清理", min_size=1, max_size=4), max_size=8))
def test_the_longest_word_of_a_list_is_found_at_its_place(text: str, listed: set[str]) -> None:
    found = Words(listed).first(text)
    places = [(text.find(word), -len(word)) for word in listed if word in text]
    assert (found is None) == (not places)
    if found is not None:
        assert (found.start(), -len(found.group())) == min(places)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("新划停车位45个，计划6月再划20个", "计划6月再划停车位20个"),
        ("培训志愿者45人，6月计划再培训30人", "6月计划再培训志愿者30人"),
        ("加装监控6个，花了1.8万，计划再装3个", "计划再装监控3个"),
        ("出店经营整治36处，还剩4处没弄完", "出店经营还剩4处没弄完"),
        # What has its noun, counts in another unit or stands alone stays as it is.
        ("发放宣传单2000份，下周再装公示栏3个", "下周再装公示栏3个"),
        ("新划停车位45个，计划6月再建2处", "计划6月再建2处"),
        ("计划6月再划20个", "计划6月再划20个"),
    ],
)
def test_a_plan_or_a_problem_takes_the_left_out_noun_of_what_it_goes_on_with(line: str, told: str) -> None:
    assert read_notes(line, None).facts[-1].clean == told


@pytest.mark.parametrize(
    ("notes", "told"),
    [
        ("少年宫开班，社团21个", "少年宫开班，社团21个"),
        ("领导小组7人：组长1、副组长2、成员4", "领导小组7人：组长1、副组长2、成员4"),
        ("3月下 植树：栽了树180棵", "3月下旬植树：栽了树180棵"),
        ("消防疏散用时3分40秒\n消防疏散用时是3分48秒不是3分40", "消防疏散用时3分48秒"),
        ("领导小组我记得是5个人\n领导小组是7人", "领导小组是7人"),
        ("消防演练大概5次吧\n消防演练6次", "消防演练6次"),
    ],
)
def test_names_lists_thirds_times_and_doubts_are_read_as_meant(notes: str, told: str) -> None:
    assert [fact.clean for fact in read_notes(notes, parse_period("2026年上半年")).facts] == [told]


@pytest.mark.parametrize(
    ("label", "period"), [("新学年想", "2026年上半年"), ("9月安排", "2026年8月"), ("四季度打算", "2026年前三季度")]
)
def test_a_label_that_names_a_later_time_opens_the_plans(label: str, period: str) -> None:
    facts = read_notes(f"{label}：车位再划60个", parse_period(period)).facts
    assert [fact.kind for fact in facts] == [FactKind.NEXT]


def test_a_label_of_last_year_dates_its_whole_line() -> None:
    notes = "△去年数：拆违建2.1万平方米；新建公厕9座；改造公厕16座\n△今年目标：新建公厕12座"
    read = read_notes(notes, parse_period("2026年"))
    assert {fact.frame for fact in read.facts if fact.lines == (1,)} == {Frame.BEFORE}
    assert not read.conflicts


@pytest.mark.parametrize(
    "notes",
    ["今年搞活动738场，来了4.9万人次\n“村晚”今年三场", "今年来了4.9万人次\n今年新开4个，兑了6300人次"],
)
def test_what_shares_no_more_than_the_year_contradicts_nothing(notes: str) -> None:
    assert not read_notes(notes, parse_period("2026年")).conflicts


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("下半年：10月前完工老旧小区20个", "10月前完工老旧小区20个"),
        ("【下半年】10月前完工老旧小区20个", "10月前完工老旧小区20个"),
        ("明年：5月开班2个", "2026年5月开班2个"),
    ],
)
def test_plans_under_a_later_label_stay_in_the_year_that_the_label_names(line: str, told: str) -> None:
    (fact,) = read_notes(line, parse_period("2025年上半年")).facts
    assert (fact.kind, fact.clean) == (FactKind.NEXT, told)


def test_last_years_figure_set_beside_this_years_dates_nothing_behind_it() -> None:
    read = read_notes(
        "投诉14件。\n信访十四件，去年三季度是三十一件都回复了，办结十三件\n", parse_period("2025年第三季度")
    )
    assert [(fact.clean[:2], fact.frame) for fact in read.facts if fact.lines == (2,)] == [
        ("信访", Frame.THIS),
        ("去年", Frame.BEFORE),
        ("办结", Frame.THIS),
    ]
