"""Lists that give their unit once, and what must not be taken for such a list."""

from __future__ import annotations

import pytest

from service.language.numbers import find_numbers


def _told(text: str) -> list[tuple[str, str | None, str | None]]:
    told = [mention.to_json() for mention in find_numbers(text)]
    return [(one["text"], one["kind"], one["lo"]) for one in told]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "于3月5日、12日和19日开展",
            [("3月5日", "date", "--03-05"), ("12日", "date", "--03-12"), ("19日", "date", "--03-19")],
        ),
        ("今年1、2月份巡查", [("1", "month", "--01"), ("2月份", "month", "--02")]),
        ("2022、2023年获评", [("2022", "year", "2022"), ("2023年", "year", "2023")]),
        ("2023、2024两年获评", [("2023", "year", "2023"), ("2024", "year", "2024"), ("两年", "duration", "2")]),
        ("一、二季度测评", [("一", "quarter", "--Q1"), ("二季度", "quarter", "--Q2")]),
        ("共设一、二、三等奖", [("一", "rank", "1"), ("二", "rank", "2"), ("三等奖", "rank", "3")]),
        ("第一、二批项目", [("第一", "ordinal", "1"), ("二批", "ordinal", "2")]),
    ],
)
def test_a_bare_numeral_takes_the_kind_and_unit_of_the_list_it_stands_in(
    text: str, wanted: list[tuple[str, str, str]]
) -> None:
    assert _told(text) == wanted


def test_two_counts_side_by_side_keep_their_own_units() -> None:
    assert _told("清理12处、3车") == [("12处", "count", "12"), ("3车", "count", "3")]


def test_neighbouring_digits_with_a_mark_between_are_one_approximate_number() -> None:
    assert [(m.text, m.to_json()["lo"], m.to_json()["hi"]) for m in find_numbers("走访3、4个小区")] == [
        ("3、4个", "3", "4")
    ]


def test_an_enumerator_before_a_date_stays_an_enumerator() -> None:
    found = find_numbers("1、3月8日召开会议\n2、3月9日开展巡查")
    assert [(mention.text, str(mention.role)) for mention in found] == [
        ("1、", "structure"),
        ("3月8日", "claim"),
        ("2、", "structure"),
        ("3月9日", "claim"),
    ]


def test_a_heading_number_and_a_later_month_are_no_list() -> None:
    found = find_numbers("一、加强组织领导\n2月，成立工作专班")
    assert [(one.text, str(one.role)) for one in found] == [("一、", "structure"), ("2月", "claim")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("测评进入前十", [("前十", "rank", "10")]),
        ("一期工程已完工", [("一期", "ordinal", "1")]),
        (
            "一等奖2名，二等奖5名",
            [("一等奖", "rank", "1"), ("2名", "count", "2"), ("二等奖", "rank", "2"), ("5名", "count", "5")],
        ),
        ("共有党员1 286名", [("1 286名", "count", "1286")]),
        ("村规民约43份", [("43份", "count", "43")]),
        ("印制约3万份", [("约3万份", "count", "27000")]),
        ("认领楼栋1290栋", [("1290栋", "count", "1290")]),
        ("超期的0件", [("0件", "zero", "0")]),
        ("改造□□户", [("□□户", "placeholder", None)]),
        ("至今已近五年", [("近五年", "duration", "4.25")]),
    ],
)
def test_what_stands_around_a_figure_tells_what_it_is(text: str, told: list[tuple[str, str, str | None]]) -> None:
    assert _told(text) == told
