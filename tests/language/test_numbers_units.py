"""Units: exact conversion, and which counters may stand for each other."""

from __future__ import annotations

from decimal import Decimal

import pytest

from service.language.numbers import chinese_to_decimal, convertible, same_counter, unit_at, unit_of


@pytest.mark.parametrize(
    ("one", "other", "factor"),
    [
        ("公顷", "平方米", "10000"),
        ("公顷", "亩", "15"),
        ("平方公里", "公顷", "100"),
        ("吨", "公斤", "1000"),
        ("公斤", "斤", "2"),
        ("公里", "米", "1000"),
        ("里", "米", "500"),
        ("小时", "分钟", "60"),
        ("天", "小时", "24"),
        ("方", "立方米", "1"),
        ("年", "个月", "12"),
        ("平方", "㎡", "1"),
    ],
)
def test_measures_of_one_dimension_convert_exactly(one: str, other: str, factor: str) -> None:
    assert convertible(one, other) == Decimal(factor)


@pytest.mark.parametrize(
    ("one", "other"), [("吨", "米"), ("人", "户"), ("个月", "天"), ("元", "美元"), ("百分点", "倍")]
)
def test_measures_of_different_things_do_not_convert(one: str, other: str) -> None:
    assert convertible(one, other) is None


def test_areas_compare_exactly_through_their_base_though_mu_has_no_finite_square_metres() -> None:
    hectare, mu, metre = unit_of("公顷"), unit_of("亩"), unit_of("平方米")
    assert hectare and mu and metre
    assert Decimal(18) * mu.factor == Decimal("1.2") * hectare.factor == Decimal(12000) * metre.factor


@pytest.mark.parametrize(
    ("one", "other"),
    [("人", "名"), ("名", "位"), ("个", "人"), ("家", "个"), ("条", "幅"), ("场", "场次"), ("本", "册"), ("件", "起")],
)
def test_counters_of_one_family_may_stand_for_each_other(one: str, other: str) -> None:
    assert same_counter(one, other)
    assert same_counter(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("人", "人次"),
        ("人", "户"),
        ("份", "册"),
        ("份", "张"),
        ("辆", "台次"),
        ("个", "人次"),
        ("处", "户"),
        ("吨", "公斤"),
    ],
)
def test_counters_of_different_families_may_not(one: str, other: str) -> None:
    assert not same_counter(one, other)
    assert not same_counter(other, one)


def test_the_longest_unit_wins_and_a_unit_inside_another_word_is_none() -> None:
    longest = unit_at("平方公里", 0)
    assert longest is not None and longest.text == "平方公里"
    assert unit_at("部门联合", 0) is None
    assert unit_at("人民币", 0) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("两千零八十", "2080"),
        ("一万五", "15000"),
        ("一万零五", "10005"),
        ("三百二", "320"),
        ("十五", "15"),
        ("三亿五千万", "350000000"),
        ("一万亿", "1000000000000"),
        ("二〇二四", "2024"),
        ("贰拾贰万", "220000"),
        ("壹仟零伍拾", "1050"),
        ("3.5万", "35000"),
        ("1,200", "1200"),
        ("三点一四", "3.14"),
        ("零", "0"),
    ],
)
def test_a_written_number_has_its_exact_value(text: str, value: str) -> None:
    assert chinese_to_decimal(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "人", "一百二三", "百分", "三点", "九" * 50])
def test_what_writes_no_number_has_no_value(text: str) -> None:
    assert chinese_to_decimal(text) is None
