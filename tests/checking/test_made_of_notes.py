"""Figures that the notes make without writing them pass with their formula; a neighbour of each does not."""

from __future__ import annotations

import pytest

from service.domain.finding import Band, Verdict
from service.domain.period import parse_period
from tests.checking.judged import finding_of

PERIOD = "2024年3月"

MADE = [
    ("走访张家村、李家村、王家村", "走访3个村。", "3个", "4个"),
    ("清理了楼道堆物、车棚堆物、绿化带堆物", "清理堆物点位3处。", "3处", "5处"),
    ("4月8日至4月26日开展整治", "整治行动历时19天。", "19天", "29天"),
    ("车棚4月8日进场施工，4月26日完工", "车棚工期18天。", "18天", "28天"),
    ("每周五开展清扫", "3月共开展清扫5次。", "5次", "6次"),
    ("共有志愿者60人，其中党员22人", "非党员志愿者38人。", "38人", "48人"),
    ("保洁队860人，其中女职工522人。", "男职工338人。", "338人", "348人"),
    ("共接件31件，比上年少9件。", "上年接件40件。", "40件", "22件"),
    ("平均等候18分钟，比2023年缩短7分钟。", "平均等候由2023年的25分钟降下来。", "25分钟", "11分钟"),
    ("捐款18万元，同比增长20%。", "去年同期捐款15万元。", "15万元", "16万元"),
    ("60岁以上老人9.8万人，占常住人口的24.5%。", "常住人口约40万人。", "约40万人", "约50万人"),
    ("泵站2018年开工，2023年投用。", "泵站历时5年建成。", "5年", "6年"),
    ("轮椅原来有12台，这次新买了8台", "门诊在用轮椅20台。", "20台", "30台"),
    ("治污村7个\n治污村再增加5个", "治污村达到12个。", "12个", "14个"),
    ("注册的四百零七人占职工七成多\n职工五百六十三个人", "志愿者407人，占职工总数的72.3%。", "72.3%", "73.2%"),
    ("开通公交专线86条、夜间专线22条。", "公交专线和夜间专线合计108条。", "108条", "118条"),
    ("发放洗手液62瓶、消毒液416瓶、清洁剂29瓶。", "发放各类用品合计507瓶。", "507瓶", "570瓶"),
]


@pytest.mark.parametrize(("notes", "draft", "right", "wrong"), MADE)
def test_what_the_notes_make_passes_with_its_formula(notes: str, draft: str, right: str, wrong: str) -> None:
    one = finding_of(notes, draft, right, parse_period(PERIOD))
    assert one.verdict is Verdict.DERIVED
    assert one.formula
    assert one.evidence


@pytest.mark.parametrize(("notes", "draft", "right", "wrong"), MADE)
def test_another_value_of_it_is_stopped(notes: str, draft: str, right: str, wrong: str) -> None:
    assert finding_of(notes, draft.replace(right, wrong), wrong).band is Band.BLOCK


def test_a_change_is_not_its_end() -> None:
    one = finding_of("座位由1200个增至3500个。", "座位增加3500个。", "3500个")
    assert one.verdict is Verdict.DERIVED_WRONG
    assert one.replacement == "2300个"


def test_the_first_months_of_a_year_are_those_the_notes_write() -> None:
    assert finding_of("1至10月，受理工单412件", "前10个月，受理工单412件。", "10个月").band is Band.PASS
