"""Sums, rough numbers and claims of nothing, as they are written in haste."""

from __future__ import annotations

import pytest

from service.language.numbers import find_numbers


def _told(text: str) -> list[tuple[str, str | None, str | None, str | None, str | None]]:
    told = [mention.to_json() for mention in find_numbers(text)]
    return [(one["text"], one["kind"] or one["role"], one["lo"], one["hi"], one["unit"]) for one in told]


@pytest.mark.parametrize(
    ("text", "figure", "value"),
    [
        ("用了27万6块砖", "27万6块", "276000"),
        ("种了4万2千株", "4万2千株", "42000"),
        ("共3亿5000万株", "3亿5000万株", "350000000"),
        ("共2万6千4百户", "2万6千4百户", "26400"),
        ("共7千5户", "7千5户", "7500"),
        ("共6万3400户", "6万3400户", "63400"),
        ("共6万零300户", "6万零300户", "60300"),
        ("共2亿3千万户", "2亿3千万户", "230000000"),
    ],
)
def test_magnitudes_that_follow_one_another_are_one_number(text: str, figure: str, value: str) -> None:
    assert [(told[0], told[2], told[3]) for told in _told(text)] == [(figure, value, value)]


@pytest.mark.parametrize("text", ["种树3万5月完工", "种树3万2024年完工", "3万2个月完成", "3万2%的人"])
def test_a_number_after_a_magnitude_that_has_a_unit_of_its_own_stays_apart(text: str) -> None:
    assert ("3万", "30000") in [(told[0], told[2]) for told in _told(text)]


@pytest.mark.parametrize(
    ("text", "figure", "lo", "hi"),
    [
        ("来了40几个人", "40几个", "41", "49"),
        ("来了200几十人", "200几十人", "220", "299"),
        ("每回30、40人", "30、40人", "30", "40"),
        ("每回5、60人", "5、60人", "50", "60"),
        ("30、40人参加", "30、40人", "30", "40"),
    ],
)
def test_a_rough_number_has_the_ends_it_writes(text: str, figure: str, lo: str, hi: str) -> None:
    assert [(told[0], told[2], told[3]) for told in _told(text)] == [(figure, lo, hi)]


def test_places_in_a_list_take_the_unit_given_once() -> None:
    assert _told("第6、7名") == [("第6", "rank", "6", "6", "名"), ("7名", "rank", "7", "7", "名")]
    assert _told("第四、五名") == [("第四", "rank", "4", "4", "名"), ("五名", "rank", "5", "5", "名")]
    assert [told[:3] for told in _told("第2、3、4期")] == [
        ("第2", "ordinal", "2"),
        ("3", "ordinal", "3"),
        ("4期", "ordinal", "4"),
    ]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("事故一起也没有", "一起也没有"),
        ("投诉一件没有。", "一件没有"),
        ("老人一位都没落下", "一位都没落下"),
        ("一户不落", "一户不落"),
        ("全年无一例感染", "无一例"),
        ("发案率为零。", "零"),
    ],
)
def test_not_one_is_a_claim_of_nothing(text: str, claim: str) -> None:
    assert (claim, "zero", "0", "0") in [told[:4] for told in _told(text)]


@pytest.mark.parametrize("text", ["一个没有门的棚子", "一个不少于五人的小组"])
def test_one_that_lacks_something_is_still_one(text: str) -> None:
    assert _told(text)[0][:3] == ("一个", "count", "1")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("总投资2600万", "26000000"),
        ("补助资金到位75万，其余自筹", "750000"),
        ("拨款8千", "8000"),
        ("设立900万的助学资金", "9000000"),
        ("下拨30万经费", "300000"),
        ("经费没批，大概要15万", "150000"),
        ("一共花27万5", "275000"),
        ("专款90万元，其中市级50万、街道40万", "400000"),
    ],
)
def test_a_figure_in_the_company_of_money_is_a_sum(text: str, value: str) -> None:
    assert (value, "money", "元") in [(told[2], told[1], told[4]) for told in _told(text)]


def test_what_follows_a_sum_in_its_sentence_is_a_sum_too() -> None:
    sums = [
        (told[0], told[1])
        for told in _told("2021年创建经费2万，2022年3万，已付1万；服务居民6万")
        if "年" not in told[0]
    ]
    assert sums == [("2万", "money"), ("3万", "money"), ("1万", "money"), ("6万", "count")]


@pytest.mark.parametrize("text", ["总人口58万", "投入警力3万", "播放量120万", "收入增加3万户", "价值观宣传覆盖40万"])
def test_ten_thousands_of_anything_else_stay_a_count(text: str) -> None:
    assert _told(text)[-1][1] == "count"


def test_a_percentage_that_moves_has_two_ends_and_one_that_varies_is_a_span() -> None:
    (moved,) = find_numbers("由52%到77%")
    assert moved.kind == "delta" and [part.text for part in moved.parts] == ["52%", "77%"]
    assert _told("从5%到8%不等")[0][1] == "percent"


def test_figures_told_one_by_one_share_the_unit_of_the_last() -> None:
    assert [told[1:] for told in _told("分别提高2.3和1.4个百分点")] == [
        ("point", "2.3", "2.3", "pp"),
        ("point", "1.4", "1.4", "pp"),
    ]
    assert [told[4] for told in _told("分别清运12、15和20车")] == ["车"] * 3
    assert [told[4] for told in _told("清理12、发放20份")] == [None, "份"]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("1\t占道\t整改8处\n2\t公厕\t新建2座", ["structure", "claim", "structure", "claim"]),
        ("困难：1、没有场地 2、17个问题没改", ["structure", "structure", "claim"]),
        ("1,加强保洁\n2,加强绿化", ["structure", "structure"]),
        ("（四）校园周边", ["structure"]),
        ("三（2）班", ["name"]),
    ],
)
def test_rows_and_enumerators_of_pasted_text_count_nothing(text: str, roles: list[str]) -> None:
    assert [str(mention.role) for mention in find_numbers(text)] == roles


def test_all_houses_of_an_estate_are_counted_and_one_of_them_is_named() -> None:
    assert _told("全小区25栋楼均无电梯")[0][1] == "count"
    assert _told("住在柳岸小区25栋")[0][1] == "name"
