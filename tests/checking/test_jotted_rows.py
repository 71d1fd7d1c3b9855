"""Figures of rows that a clerk jots: a table without lines, a list that names its unit once, a column of years."""

from __future__ import annotations

import pytest

from service.domain.finding import Band, Verdict
from tests.checking.judged import finding_of

WEEKS = "甲组 讲座 6 人次 310\n乙组 讲座 11 人次 455\n丙组 讲座 5 人次 182"
BOOKS = "“暖阳书屋”收书\n1单元 老汪 42册\n2 小芦 17\n3 物业 150（含旧刊）\n4 晨星幼儿园 96\n5 阿木 8册"
YEARS = "年度\t营收(亿)\t捐款(万)\t服务时长(h)\n2031\t1.42\t21\t1320\n2032\t1.75\t34.5\t1510\n2033\t2.06\t40\t2025"


@pytest.mark.parametrize(
    ("notes", "draft", "figure"),
    [
        (WEEKS, "各组举办讲座22场，参加947人次。", "22场"),
        (WEEKS, "各组举办讲座22场，参加947人次。", "947人次"),
        (WEEKS, "乙组举办讲座11场。", "11场"),
        (BOOKS, "书屋共收书313册。", "313册"),
        (BOOKS, "物业捐书150册。", "150册"),
        (YEARS, "2032年，公司捐款34.5万元。", "2032年"),
        (YEARS, "2032年，公司捐款34.5万元。", "34.5万元"),
        (YEARS, "三年累计捐款95.5万元。", "95.5万元"),
        (YEARS, "三年累计营收5.2亿余元。", "5.2亿余元"),
        (YEARS, "三年累计捐款95.5万元。", "三年"),
        (YEARS, "2033年捐款比上年增加5.5万元。", "5.5万元"),
    ],
)
def test_a_figure_of_a_row_or_a_whole_column_is_supported(notes: str, draft: str, figure: str) -> None:
    assert finding_of(notes, draft, figure).band is Band.PASS


@pytest.mark.parametrize(
    ("notes", "draft", "figure", "verdicts"),
    [
        (YEARS, "2033年服务时长1510小时。", "1510小时", {Verdict.PERIOD_SWAP, Verdict.ENTITY_SWAP}),
        (YEARS, "2034年，公司捐款40万元。", "2034年", {Verdict.NO_SOURCE, Verdict.CONTRADICTED}),
        (YEARS, "四年累计捐款95.5万元。", "四年", None),
        (WEEKS, "各组举办讲座947场。", "947场", None),
        (WEEKS, "各组讲座参加969人次。", "969人次", None),
        (BOOKS, "书屋共收书331册。", "331册", None),
    ],
)
def test_a_figure_of_another_row_or_of_no_column_is_told(
    notes: str, draft: str, figure: str, verdicts: set[Verdict] | None
) -> None:
    found = finding_of(notes, draft, figure)
    assert found.band is not Band.PASS
    assert verdicts is None or found.verdict in verdicts


def test_the_years_of_a_column_are_no_row_numbers_and_no_terms() -> None:
    assert finding_of(YEARS, "三年累计捐款2119.5万元。", "2119.5万元").band is not Band.PASS
