"""Dates as they are pasted: in brackets, in columns, torn apart, and beside figures that only look like them."""

from __future__ import annotations

import pytest

from service.language.numbers import find_numbers


def _told(text: str) -> list[tuple[str, str | None, str | None]]:
    told = [mention.to_json() for mention in find_numbers(text)]
    return [(one["text"], one["kind"] or one["role"], (one["clock"] or [one["lo"]])[0]) for one in told]


@pytest.mark.parametrize(
    ("text", "day", "iso"),
    [
        ("4月9日院领导带队检查", "4月9日", "--04-09"),
        ("8月3日线上公示", "8月3日", "--08-03"),
        ("6月5日内部通报", "6月5日", "--06-05"),
        ("9月1日游园", "9月1日", "--09-01"),
        ("9月7号文艺汇演", "9月7号", "--09-07"),
        ("3月6日楼道清理", "3月6日", "--03-06"),
    ],
)
def test_a_day_after_a_month_is_a_date_whatever_follows(text: str, day: str, iso: str) -> None:
    assert _told(text) == [(day, "date", iso)]


@pytest.mark.parametrize(
    ("text", "figure", "lo"),
    [
        ("停水时间 2.6 小时", "2.6 小时", "2.6"),
        ("整改时间3.5天", "3.5天", "3.5"),
        ("今天4.2公里巡查", "4.2公里", "4.2"),
    ],
)
def test_a_figure_with_a_measure_is_no_date_though_a_word_of_time_stands_before_it(
    text: str, figure: str, lo: str
) -> None:
    assert [(told[0], told[2]) for told in _told(text)] == [(figure, lo)]


@pytest.mark.parametrize("text", ["昨天(9.17)清淤", "周三（9.17）清淤", "中秋节(9.17)慰问"])
def test_a_dotted_day_in_brackets_behind_a_word_for_a_day_is_a_date(text: str) -> None:
    assert ("9.17", "date", "--09-17") in _told(text)


def test_a_quoted_dotted_day_stays_the_feast_it_names() -> None:
    assert [(told[0], told[1]) for told in _told("“6.26”国际禁毒日宣传")] == [("6.26", "name")]


def test_a_column_of_days_is_dates_and_a_row_of_sections_is_not() -> None:
    column = _told("7.4\t巡河\n7.16\t清淤\n7.28\t补绿")
    assert column == [("7.4", "date", "--07-04"), ("7.16", "date", "--07-16"), ("7.28", "date", "--07-28")]
    assert [told[1] for told in _told("1.1 总则\n1.2 范围\n1.3 职责")] == ["structure"] * 3


def test_a_chat_message_that_opens_with_a_dotted_day_tells_a_date() -> None:
    assert _told("小卢：9.6楼道清理\n小卢：得分9.6高于上月")[0] == ("9.6", "date", "--09-06")
    assert _told("小卢：9.6楼道清理\n小卢：得分9.6高于上月")[1] == ("9.6", "count", "9.6")


@pytest.mark.parametrize("text", ["二0二三年", "二○二三年", "20 23年", "2 0 2 3 年", "202 3年"])
def test_a_year_keeps_its_value_through_mixed_zeros_and_stray_blanks(text: str) -> None:
    assert _told(f"{text}获评") == [(text, "year", "2023")]


def test_blanks_do_not_join_what_forms_no_year() -> None:
    assert _told("共17 24年工龄")[0][0] == "17"


def test_both_ends_of_a_change_between_dated_years_stay_right() -> None:
    assert _told("由2021年的79%提高到2023年的91.5%") == [
        ("2021年", "year", "2021"),
        ("79%", "percent", "0.79"),
        ("2023年", "year", "2023"),
        ("91.5%", "percent", "0.915"),
    ]


@pytest.mark.parametrize(
    ("text", "hour", "iso"),
    [("收到，两点前交", "两点", "02:00"), ("8点集合", "8点", "08:00"), ("每天10时、16时喷淋", "16时", "16:00")],
)
def test_an_hour_is_told_by_what_happens_then_or_by_the_hour_before_it(text: str, hour: str, iso: str) -> None:
    assert (hour, "time", iso) in _told(text)


@pytest.mark.parametrize("text", ["提出两点建议", "两点要求", "会上提了3点意见"])
def test_points_of_a_speech_are_no_hours(text: str) -> None:
    assert [told[1] for told in _told(text)] == ["count"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("每周三组织清扫", ("每周三", "frequency", "-W-3")),
        ("第二个周四的例会", ("周四", "date", "-W-4")),
        ("须在五日内答复", ("五日", "duration", "5")),
        ("连续两月达标", ("两月", "duration", "2")),
    ],
)
def test_weekdays_and_spans_of_days_are_told_apart(text: str, wanted: tuple[str, str, str]) -> None:
    assert wanted in _told(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[6-24 19:14] 老岳", [("6-24", "date", "--06-24"), ("19:14", "time", "19:14")]),
        ("9.28镇党委会；9.29各村开会", [("9.28", "date", "--09-28"), ("9.29", "date", "--09-29")]),
        ("   10.25 卫生办报数", [("10.25", "date", "--10-25")]),
        ("总数没错；8/16义诊", [("8/16", "date", "--08-16")]),
        ("试开周二周四", [("周二", "date", "-W-2"), ("周四", "date", "-W-4")]),
        ("周一、三、五开放", [("周一", "date", "-W-1"), ("三", "date", "-W-3"), ("五", "date", "-W-5")]),
        ("周三三场", [("周三", "date", "-W-3"), ("三场", "count", "3")]),
        ("均分9.28，较上年", [("9.28", "count", "9.28")]),
        ("（上年95.1）", [("95.1", "count", "95.1")]),
        ("展演\t2\t430人", [("2", "count", "2"), ("430人", "count", "430")]),
        ("腊八节施粥", [("八", "name", None)]),
        ("12栋640户", [("12栋", "count", "12"), ("640户", "count", "640")]),
        ("5栋、7栋单元门", [("5栋", "name", None), ("7栋", "name", None)]),
    ],
)
def test_days_of_chats_and_of_a_week_are_dates_and_cells_are_apart(text: str, told: list[tuple[str, str, str]]) -> None:
    assert _told(text) == told
