"""The certificate of overlap is exact, whatever the length of the run."""

from __future__ import annotations

import random

import pytest

from service.checking.check import check_draft
from service.checking.overlap import longest_shared, overlap_with
from service.domain.finding import Verdict
from service.domain.report import ExemplarOriginal

LETTERS = "清运垃圾志愿者社区街道公园路灯车棚宣传走访慰问老人学生"


def _slow(a: str, b: str) -> int:
    best, row = 0, [0] * (len(b) + 1)
    for x in a:
        fresh = [0] * (len(b) + 1)
        for at, y in enumerate(b, 1):
            fresh[at] = row[at - 1] + 1 if x == y else 0
            best = max(best, fresh[at])
        row = fresh
    return best


@pytest.mark.parametrize("seed", range(12))
def test_the_longest_run_is_as_long_as_the_slow_way_finds(seed: int) -> None:
    chance = random.Random(seed)
    copied = "".join(chance.choice(LETTERS) for _ in range(chance.choice((1, 5, 30, 64, 65, 90))))
    a = "".join(chance.choice(LETTERS) for _ in range(150)) + copied
    b = copied + "".join(chance.choice(LETTERS) for _ in range(150))
    run = longest_shared(a, b)
    assert run is not None and run.chars == _slow(a, b)
    assert a[run.start : run.end] in b


def test_punctuation_and_spaces_do_not_hide_a_copy() -> None:
    run = longest_shared("把旧家具搬下来，再冲洗台阶。", "把旧家具搬下来 再冲洗台阶")
    assert run is not None and run.chars == 12


def test_a_fixed_formula_is_no_copy() -> None:
    formula = "以习近平新时代中国特色社会主义思想为指导"
    run = longest_shared(f"我们{formula}，扎实工作", f"全镇{formula}，开拓创新")
    assert run is None or run.chars < 4


def test_the_source_of_the_longest_run_is_named() -> None:
    past = [ExemplarOriginal("a", "甲总结", "", "清扫楼道"), ExemplarOriginal("b", "乙总结", "", "清扫楼道堆物三车")]
    overlap, run = overlap_with("我们清扫楼道堆物三车", past)
    assert (overlap.chars, overlap.source) == (8, "乙总结")
    assert run is not None and run.chars == 8
    assert overlap_with("没有相同", [])[0].source is None


def test_a_figure_in_the_words_of_a_past_report_is_no_sum_of_ones_own() -> None:
    notes = "3月督办23次\n4月督办46次"
    past = ExemplarOriginal("r1", "往期报告", "主要做法", "全年现场督办69次。")
    alone = check_draft(notes, "两个月共督办69次。")
    copied = check_draft(notes, "全年现场督办69次。", [past])
    assert [one.verdict for one in alone.passed] == [Verdict.DERIVED]
    assert Verdict.LEAKED in [one.verdict for one in copied.findings]
