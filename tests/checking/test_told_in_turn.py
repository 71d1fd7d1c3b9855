"""Figures told in turn, scores, spans of time and ends of ranges, as news tells them."""

from __future__ import annotations

import pytest

from service.domain.finding import Band, Verdict
from tests.checking.judged import finding_of

_GAME = "主队以95比87战胜客队，上半场结束时主队以41比46落后。"
_COURTS = "全省法院受理52.6万件，审结49.8万件，同比分别上升4.1%和6.3%。"


@pytest.mark.parametrize(
    ("notes", "draft", "figure"),
    [
        (_GAME, "上半场落后5分的主队最终获胜。", "5分"),
        (_GAME, "下半场主队合计拿下54分。", "54分"),
        ("冠军用时1小时03分20秒，亚军用时1小时05分05秒。", "冠军领先亚军1分45秒。", "1分45秒"),
        ("热线办结率96.4%，满意率92.8%，分别比去年同期提高1.5个和2.1个百分点。", "去年同期满意率为90.7%。", "90.7%"),
        ("今年参赛队伍84支，比去年多出五分之一。", "去年参赛队伍70支。", "70支"),
        ("2021年3月至2022年9月，该团伙作案多起。", "该团伙作案持续约一年半。", "约一年半"),
        ("新车售价12.88万元至18.88万元。", "新车起售价12.88万元。", "12.88万元"),
        ("三年期存款利率由2.35%降至2.15%。", "三年期存款利率下调20个基点。", "20个基点"),
        ("本报某市6月4日讯 市图书馆2日开放新馆。", "6月2日，市图书馆开放新馆。", "6月2日"),
        ("最后一批是十六号晚上九点到的。", "最后一批于16日抵达。", "16日"),
        (_COURTS, "全省法院审结案件上升6.3%。", "6.3%"),
    ],
)
def test_what_news_lets_a_reader_reckon_is_no_fault(notes: str, draft: str, figure: str) -> None:
    found = finding_of(notes, draft, figure)
    assert found.band is Band.PASS, found.message


def test_a_share_told_in_turn_belongs_to_its_own_thing() -> None:
    found = finding_of(_COURTS, "全省法院审结案件上升4.1%。", "4.1%")
    assert found.verdict is Verdict.ENTITY_SWAP, found.message


def test_a_wrong_lead_is_no_score_of_the_notes() -> None:
    assert finding_of(_GAME, "上半场落后9分的主队最终获胜。", "9分").band is not Band.PASS


@pytest.mark.parametrize(
    ("notes", "draft", "figure"),
    [
        ("预计过程降温6至8℃，最低气温将降至零下3℃。", "根据预报，最低气温可达零下3℃。", "零下3℃"),
        ("4月10日晚降雨，到次日凌晨2时积水排除。", "积水在4月11日凌晨2时前排除。", "4月11日"),
        ("当日整改96个，发现问题120个。\n昨日更正：昨日日报“整改88个”应为“83个”。", "当日整改96个。", "96个"),
        ("下乡义诊跑了6趟。", "下乡义诊6次。", "6次"),
        ("复查没到目标，但全街道排第三（共12个社区）。", "在全街道12个社区中排名第三。", "12个"),
    ],
)
def test_what_is_said_in_another_way_is_no_fault(notes: str, draft: str, figure: str) -> None:
    found = finding_of(notes, draft, figure)
    assert found.band is Band.PASS, found.message


@pytest.mark.parametrize(
    ("notes", "draft", "figure"),
    [
        ("每周至少巡查一次，连续两次垫底的约谈。", "每周至少巡查三次。", "三次"),
        ("锂电池出口74.2亿元，增长1.3倍，机电产品出口612亿元。", "锂电池出口增长13倍。", "13倍"),
        ("已拨付资金200万元，占总投资40%。", "工程总投资80万元。", "80万元"),
        ("山区最低气温零下4℃，市区最低气温2℃。", "市区最低气温零下2℃。", "零下2℃"),
        ("猪肉环比上涨0.2%，鲜菜环比上涨0.3%。", "全年物价上涨0.5%。", "0.5%"),
        ("培训三期：46人、51人、49人，有些人三期都来了。", "三期共培训146人。", "146人"),
        ("轮椅30辆，新买的12辆包含在里边。", "共有轮椅42辆。", "42辆"),
        ("下周要评文明之星，每班2名，全校24个班。", "已评出文明之星48名。", "48名"),
    ],
)
def test_figures_that_nobody_would_reckon_so_are_no_derivations(notes: str, draft: str, figure: str) -> None:
    found = finding_of(notes, draft, figure)
    assert found.band is not Band.PASS, found.formula
