"""Figures that several reporters give, that other bodies are told of, and that later lines bring up to date."""

from __future__ import annotations

import pytest

from service.checking.check import check_draft
from service.checking.claims import read_text
from service.checking.corrections import corrections
from service.domain.finding import Verdict
from service.domain.period import parse_period

REPORTED = """【甲社区】清楼道杂物52处，劝离占道28起，志愿者110人次，宣传册500份，新增车位14个
【乙社区】楼道杂物35处、占道19起、志愿者65人次、宣传册400份、车位0
【丙社区】杂物61，占道44，志愿者 140人次，册子700，车位26
昨天丙社区占道写错了，是35
上月全街道合计：杂物120，占道90，志愿者 300人次，册子1500，车位30"""
SUMMED = (
    "全街道清理楼道杂物148处，比上月增加28处；劝离占道经营82起，比上月减少8起；发放宣传册1600份；"
    "志愿者上岗315人次，环比增长5%；新增停车位40个。"
)


def test_what_each_reporter_gives_adds_up_under_whatever_short_name() -> None:
    result = check_draft(REPORTED, SUMMED, (), parse_period("2026年8月"))
    assert not result.findings, [(one.text, one.message) for one in result.findings]


@pytest.mark.parametrize(
    ("right", "wrong"), [("148处", "158处"), ("82起", "91起"), ("增加28处", "减少28处"), ("5%", "8%")]
)
def test_a_wrong_sum_or_change_of_them_is_told(right: str, wrong: str) -> None:
    draft = SUMMED.replace(right, wrong, 1)
    result = check_draft(REPORTED, draft, (), parse_period("2026年8月"))
    figure = wrong.removeprefix("减少")
    assert any(one.text.strip() == figure for one in result.findings), result.findings


@pytest.mark.parametrize(
    ("notes", "draft", "figure"),
    [
        ("开设社团21个\n二中比我们社团多，26个", "学校开设社团26个。", "26个"),
        ("博物馆12座\n邻市云溪 博物馆 20 座", "全市有博物馆20座。", "20座"),
        ("志愿者486人\n隔壁莲台社区志愿者破600了", "注册志愿者600余人。", "600余人"),
    ],
)
def test_what_is_told_of_another_body_is_not_ones_own(notes: str, draft: str, figure: str) -> None:
    found = {one.text.strip(): one.verdict for one in check_draft(notes, draft).findings}
    assert found[figure].band.value == "block"


def test_the_other_body_may_be_named() -> None:
    told = check_draft("得分91.5分\n隔壁西湾街道得93.2分", "我街道得91.5分，隔壁西湾街道得93.2分。")
    assert {one.verdict for one in told.passed} == {Verdict.EXACT} and not told.findings


@pytest.mark.parametrize(
    ("notes", "wrong", "right"),
    [
        ("8/5 区直机关52家，建成无烟机关47家\n8/19 区直机关：又过了2家，49家", "47家", "49家"),
        ("登记120户\n漏了3户，123户", "120户", "123户"),
        ("投诉 37件。（其中2件算咨询，扣掉→35件，以35为准）", "37件", "35件"),
        ("新贴标识86张，垃圾桶45个\n标识我数重了，实际58张", "86张", "58张"),
        ("道旗挂了120面\n小李：道旗算多了，其实96面", "120面", "96面"),
        ("疏散演练用时3分40秒\n演练那次看录像，是3分48秒不是3分40", "3分40秒", "3分48秒"),
        ("文艺下乡九十六场\n文艺下乡老站长说九十六，台账是一百零六，他认了台账", "九十六场", "一百零六"),
        ("文化墙画了四百二十米，花了八万四\n文化墙的钱，会计说是八万八，发票八万八，按发票", "八万四", "八万八"),
        ("厨余收运560吨\n二季厨余补称后 580，原560不算", "560吨", "580"),
    ],
)
def test_a_later_line_brings_a_figure_up_to_date(notes: str, wrong: str, right: str) -> None:
    read = read_text(notes)
    by_start = {part.mention.start: part for claim in read.claims for part in claim.parts}
    found = {by_start[start].mention.text.strip(): one.mention.text.strip() for start, one in corrections(read).items()}
    assert found.get(wrong) == right, found


@pytest.mark.parametrize("notes", ["新增车位20个\n充电桩又装了4个，24个口", "换垃圾桶五十五个 新增三十个 一共八十五个"])
def test_what_is_only_added_takes_nothing_back(notes: str) -> None:
    assert not corrections(read_text(notes))
