"""Times of two units, days as ledgers write them, and what stands below zero or last but one."""

from __future__ import annotations

import pytest

from service.domain.quantity import Kind, Role
from service.language.numbers import find_numbers


@pytest.mark.parametrize(
    ("text", "written", "value", "unit"),
    [
        ("全场耗时1小时52分钟", "1小时52分钟", "112", "分钟"),
        ("由2小时10分压缩", "2小时10分", "130", "分钟"),
        ("高峰间隔5分30秒", "5分30秒", "330", "秒"),
        ("约4分半钟到站", "约4分半钟", None, "秒"),
        ("气温零下5度", "零下5度", "-5", "摄氏度"),
        ("下降28个基点", "28个基点", "28", "基点"),
        ("补了车架四十二组", "四十二组", "42", "组"),
        ("成绩倒数第二", "倒数第二", "2", "倒数"),
        ("差不多十四五吨", "差不多十四五吨", None, "吨"),
        ("发放意见表\t4,300份", "4,300份", "4300", "份"),
    ],
)
def test_what_is_written_in_two_words_is_one_figure(text: str, written: str, value: str | None, unit: str) -> None:
    (found,) = find_numbers(text)
    assert (found.text, found.unit) == (written, unit)
    assert found.amount is not None
    assert value is None or str(found.amount.lo) == value


@pytest.mark.parametrize(
    ("text", "kind", "lo", "hi"),
    [
        ("6.6-6.10开展巡查", Kind.PERIOD, "--06-06", "--06-10"),
        ("- 4/8 动员会", Kind.DATE, "--04-08", "--04-08"),
        ("例会记录 4.14（周一）", Kind.DATE, "--04-14", "--04-14"),
        ("七八九三个月", Kind.PERIOD, "--07", "--09"),
        ("三月十八是开业", Kind.DATE, "--03-18", "--03-18"),
        ("每个月十五号", Kind.DATE, "---15", "---15"),
        ("四五两个月", Kind.PERIOD, "--04", "--05"),
        ("六七八月办了", Kind.PERIOD, "--06", "--08"),
        ("2024春季学期开学", Kind.YEAR, "2024", "2024"),
    ],
)
def test_short_days_are_days(text: str, kind: Kind, lo: str, hi: str) -> None:
    found = find_numbers(text)[0]
    assert found.kind is kind
    assert found.when is not None
    assert (found.when.lo, found.when.hi) == (lo, hi)


def test_a_range_of_figures_and_a_share_stay_what_they_are() -> None:
    assert all(one.when is None for one in find_numbers("酸碱度6.6-6.9，完成3/5的任务"))


def test_empty_brackets_before_a_counter_are_a_blank_to_fill() -> None:
    (found,) = find_numbers("共有（ ）名志愿者")
    assert (found.role, found.kind) == (Role.DEFECT, Kind.PLACEHOLDER)


def test_a_score_to_nothing_is_no_claim_that_nothing_happened() -> None:
    assert [one.kind for one in find_numbers("以2比0战胜对手")] == [Kind.RATIO]


@pytest.mark.parametrize("text", ["三四五年级", "三四五六组", "一二三等奖"])
def test_digits_in_a_row_that_name_what_they_list_are_no_figure(text: str) -> None:
    assert [one.role for one in find_numbers(text)] == [Role.LEXICAL]
