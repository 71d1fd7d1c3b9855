"""Spoken figures reach a report in digits; words that only look like figures stay words."""

from __future__ import annotations

import pytest

from service.drafting.compose_by_rules.surface import written_form
from service.language.numbers import find_numbers


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("开了三十八次会", "开了38次会"),
        ("补助贰拾万元", "补助20万元"),
        ("叁仟伍佰元整", "3500元整"),
        ("三院41人参加，四中35人", "三院41人参加，四中35人"),
        ("参加二百一十五人次", "参加215人次"),
        ("发手册四百余册", "发手册400余册"),
        ("八十多个摊位", "80余个摊位"),
        ("合格率百分之九十五点六", "合格率95.6%"),
        ("投入十二万三千元", "投入12.3万元"),
        ("清运四百七十二点五吨", "清运472.5吨"),
        ("发放2,800份", "发放2800份"),
        ("来了三四十人，几十个摊，上百人围观", "来了三四十人，几十个摊，上百人围观"),
        ("三下乡、第三届、三个代表、十九大、十字路口", "三下乡、第三届、三个代表、十九大、十字路口"),
        ("抓好六个方面，一次办好，两个小区", "抓好六个方面，一次办好，两个小区"),
        ("一个半小时，半个月", "一个半小时，半个月"),
        ("九百三十七个半小时到场", "937个半小时到场"),
        ("七八九三个月一共五场", "七八九三个月一共5场"),
        ("清理5处，300人参加", "清理5处，300人参加"),
    ],
)
def test_exact_figures_are_written_in_digits_and_fixed_words_stay(said: str, written: str) -> None:
    assert written_form(said) == written


def test_no_value_changes() -> None:
    said = "三十八次、二千零八十册、一万二千元、百分之九十五、近三百户、四十余名、十一点二公里"
    before = [(one.amount, one.unit) for one in find_numbers(said) if one.amount]
    after = [(one.amount, one.unit) for one in find_numbers(written_form(said)) if one.amount]
    assert [amount for amount, _ in before] == [amount for amount, _ in after]
