"""Days named by the day they were said on, and days jotted without their words, are dates in the draft."""

from __future__ import annotations

from datetime import date

import pytest

from service.domain.finding import Band, Verdict
from service.domain.genre import Genre
from service.drafting.compose_by_rules.surface import with_money_unit, written_form
from service.language.relative_days import said_absolutely
from tests.drafting.composing import drafted

_SAID = date(2025, 8, 14)  # a Thursday


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("昨天清了12处", "8月13日清了12处"),
        ("大前天晚上", "8月11日晚上"),
        ("下周三前清完", "8月20日前清完"),
        ("上周五开了会", "8月8日开了会"),
        ("上周末清了两天", "8月9日至10日清了两天"),
        ("这个月底前拆完", "8月底前拆完"),
        ("上个月9号办的", "7月9日办的"),
        ("下月中旬复查", "9月中旬复查"),
        ("本月清运23车", "本月清运23车"),
        ("前日子和明日之星", "前日子和明日之星"),
    ],
)
def test_a_day_named_by_the_day_it_was_said_on_is_a_date(said: str, written: str) -> None:
    assert said_absolutely(said, _SAID, 2025) == written


def test_another_year_is_written() -> None:
    assert said_absolutely("下月中旬复查", date(2025, 12, 20), 2025) == "2026年1月中旬复查"


def test_days_of_a_log_and_jotted_days_pass_the_check_as_dates() -> None:
    notes = (
        "8月14日 周四\n城管 老金：昨天清了占道经营12处\n文化站：9月6 开了邻里节，摆摊18个\n"
        "环卫所：8.20 到8.25 清运垃圾23车\n- 7.16 红歌会，党员63名\n"
    )
    draft = drafted(notes, Genre.PROGRESS, period="2025年第三季度")
    for day in ("8月13日", "9月6日", "8月20日至8月25日", "7月16日"):
        assert day in draft.text, draft.text
    blocked = {one.verdict for one in draft.check.findings if one.band is Band.BLOCK}
    assert blocked <= {Verdict.PLACEHOLDER}


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("一共罚了600块", "一共罚了600元"),
        ("公司出钱9.04万", "公司出钱9.04万元"),
        ("宣传栏换了30块", "宣传栏换了30块"),
        ("来了四十三个人", "来了43人"),
        ("二零二三年拿的牌子", "2023年拿的牌子"),
    ],
)
def test_spoken_money_people_and_years_take_their_written_form(said: str, written: str) -> None:
    assert with_money_unit(written_form(said)) == written
