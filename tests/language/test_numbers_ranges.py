"""What each hedge states: closed ranges of exact decimals, and the settings that widen them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from service.domain.quantity import Kind, Mention, Role
from service.language.numbers import HedgeWidths, find_numbers


def _only(text: str) -> Mention:
    (mention,) = find_numbers(text)
    return mention


def _ends(text: str) -> tuple[str | None, str | None]:
    told = _only(text).to_json()
    return told["lo"], told["hi"]


@pytest.mark.parametrize(
    ("text", "lo", "hi"),
    [
        ("40余处", "41", "49"),
        ("五百余册", "501", "599"),
        ("3.6万余方", "36001", "36999"),
        ("20万余人", "200001", "209999"),
        ("20余万人", "200001", "299999"),
        ("83余万平方米", "830001", "839999"),
        ("万余人次", "10001", "19999"),
        ("百余户", "101", "199"),
        ("2800多份", "2801", "2899"),
        ("近200人", "170", "199"),
        ("约200人", "180", "220"),
        ("200人左右", "180", "220"),
        ("超过200人", "201", None),
        ("突破200人", "201", None),
        ("200人以上", "200", None),
        ("不少于200人", "200", None),
        ("200人以下", None, "200"),
        ("不足200人", None, "199"),
        ("数十人", "20", "99"),
        ("几百人", "200", "999"),
        ("几百万元", "2000000", "9999999"),
        ("上百人", "100", "199"),
        ("上万人", "10000", "19999"),
        ("十来人", "8", "13"),
        ("二十来人", "18", "23"),
        ("二三十人", "20", "39"),
        ("三五百人", "300", "599"),
        ("十七八人", "17", "18"),
        ("几次", "2", "9"),
        ("近3个", "2", "2"),
        ("超过3.5吨", "3.51", None),
    ],
)
def test_a_hedge_states_its_range(text: str, lo: str | None, hi: str | None) -> None:
    assert _ends(text) == (lo, hi)


def test_the_widths_of_hedges_are_settings() -> None:
    wide = HedgeWidths(near_from=Decimal("0.5"), about_part=Decimal("0.2"), upwards_to=Decimal(3))
    ends = [
        (mention.amount.lo, mention.amount.hi)
        for text in ("近100人", "约100人", "上百人")
        for mention in find_numbers(text, wide)
        if mention.amount
    ]
    assert ends == [tuple(map(Decimal, pair)) for pair in ((50, 99), (80, 120), (100, 299))]


@pytest.mark.parametrize("text", ["约100余人", "近万余份", "近50多人", "不到30个左右", "约40名左右"])
def test_hedges_that_deny_each_other_are_a_defect(text: str) -> None:
    mention = _only(text)
    assert (mention.role, mention.reason) == (Role.DEFECT, "contradictory_hedges")
    assert mention.amount is not None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("节约30吨", "30吨"),
        ("附近3公里", "3公里"),
        ("最近5次", "5次"),
        ("走过3个村", "3个"),
        ("预约60人", "60人"),
        ("车上3人", "3人"),
    ],
)
def test_a_hedge_sign_inside_another_word_is_no_hedge(text: str, number: str) -> None:
    mention = _only(text)
    assert mention.text == number
    assert mention.approx is None


def test_a_change_holds_both_ends_as_mentions_of_their_own() -> None:
    text = "窗口由去年的3个增加到7个"
    mention = _only(text)
    assert mention.kind is Kind.DELTA
    assert [(part.text, part.amount.lo if part.amount else None) for part in mention.parts] == [
        ("3个", Decimal(3)),
        ("7个", Decimal(7)),
    ]
    assert all(text[part.start : part.end] == part.text for part in mention.parts)


def test_a_full_width_digit_keeps_its_offset() -> None:
    mention = _only("共发放１２０份")
    assert (mention.start, mention.end, mention.text) == (3, 7, "１２０份")
    assert mention.amount is not None and mention.amount.lo == 120


def test_a_share_above_its_whole_is_impossible_and_growth_is_not() -> None:
    assert _only("知晓率达到130%").reason == "impossible_share"
    assert _only("产值增长130%").role is Role.CLAIM


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2月30日", "impossible_date"),
        ("2023年2月29日", "impossible_date"),
        ("13月2日", "impossible_date"),
        ("26:00", "impossible_time"),
        ("2024年5月12前", "missing_day_word"),
        ("20015年", "damaged_year"),
        ("2。5万方", "broken_point"),
        ("2023余份", "year_for_count"),
        ("个36班次", "words_transposed"),
        ("30xx0人", "spliced_mask"),
        ("420xx户", "spliced_mask"),
        ("20xx年3月", "masked_date"),
        ("xx元", "mask"),
        ("__份", "mask"),
        ("〔数量〕", "placeholder"),
        ("【待补：责任人】", "placeholder"),
    ],
)
def test_damage_is_a_defect_with_its_reason(text: str, reason: str) -> None:
    found = find_numbers(f"举办{text}")
    assert [(mention.role, mention.reason) for mention in found] == [(Role.DEFECT, reason)]


def test_a_leap_day_without_a_year_is_possible() -> None:
    assert _only("2月29日").role is Role.CLAIM


def test_a_bare_day_takes_the_month_of_the_date_before_it() -> None:
    days = [mention.to_json()["lo"] for mention in find_numbers("于3月5日、12日和19日开展")]
    assert days == ["--03-05", "--03-12", "--03-19"]
