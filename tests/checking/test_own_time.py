"""A figure is held against those of its own time, and against what its own sentence adds up to."""

from __future__ import annotations

import pytest

from service.domain.finding import Band, Verdict
from service.domain.period import parse_period
from tests.checking.judged import finding_of

MONTHS = "项目\t8月\t9月\n查处闯灯\t1,150起\t1,284起\n清拖旧车\t36辆\t41辆"
LOTS = "停车：新划泊位今年增加380个，其中9月增加95个"
TREES = "认养活动5月9日和9月20日两场，认养树木440棵，参加360人；其中9月20日这场认养250棵、参加190人"
QUARTER = "投诉：7月8件 8月6件 9月4件，一共18件\n满意度：三季度93.4%；二季度91.8%"


@pytest.mark.parametrize(
    ("notes", "draft", "figure", "period", "passes"),
    [
        (MONTHS, "查处闯灯1284起，清拖旧车41辆。", "41辆", "2031年9月", True),
        (MONTHS, "查处闯灯1150起，清拖旧车41辆。", "1150起", "2031年9月", False),
        (MONTHS, "查处闯灯1284起，较8月份增加134起。", "134起", "2031年9月", True),
        (LOTS, "9月新增泊位95个，今年累计新增380个。", "380个", "2031年9月", True),
        (LOTS, "9月新增泊位380个。", "380个", "2031年9月", False),
        (TREES, "9月20日开展认养活动，190人参加。", "190人", "2031年9月", True),
        (TREES, "9月20日开展认养活动，360人参加。", "360人", "2031年9月", False),
        (QUARTER, "收到投诉18件，满意度93.4%。", "18件", "2031年第三季度", True),
        (QUARTER, "9月收到投诉18件。", "18件", "2031年第三季度", False),
        (QUARTER, "满意度91.8%。", "91.8%", "2031年第三季度", False),
        (
            "法院去年受理案件1874件，平均审理41天，比前年缩短9天。涉新业态案件226件，同比增长。",
            "法院去年受理涉新业态案件226件。",
            "226件",
            "",
            True,
        ),
        (
            "法院去年受理案件1874件。今年一季度受理涉新业态案件226件。",
            "法院去年受理涉新业态案件226件。",
            "226件",
            "",
            False,
        ),
        ("机场第1000万名旅客昨日抵达，比去年提前23天。", "机场提前23天迎来第1000万名旅客。", "23天", "", True),
        ("有进出口实绩的企业2086家，较去年同期净增157家。", "有实绩企业一年净增157家。", "157家", "", True),
        ("国庆7天接待36.2万人次", "全年接待游客36.2万人次。", "36.2万人次", "2031年", False),
        (
            "满意率去年88%，今年要到92%以上",
            "满意率由上年的88%提高到92%以上。",
            "由上年的88%提高到92%以上",
            "2031年",
            True,
        ),
        ("参与率83%（年初71%）", "参与率由年初的71%提高到83%。", "由年初的71%提高到83%", "2031年9月", True),
        ("违法3,920起，比去年同期3,410起多", "违法3920起，高于去年同期的3410起。", "3410起", "2031年", True),
        ("明年：改造台区27处；建公共桩140个\n新建公共桩205个", "新建公共桩205个。", "205个", "2031年", True),
        ("下半年计划加装电梯6部，目前装好了4部", "加装电梯4部。", "4部", "2031年", True),
        ("下半年计划加装电梯6部，目前装好了4部", "加装电梯6部。", "6部", "2031年", False),
        ("督查：9月督查12次，去年9月督查6次", "去年9月，开展督查6次。", "6次", "2031年", True),
        ("去年门诊93.2 住院96.8（满意度，单位：%）", "去年门诊满意度93.2%，住院96.8%。", "96.8%", "2031年", True),
        (
            "上年遗留的电费已协调 财政每年每间给1.2万",
            "上年遗留的电费已协调，财政每年每间给1.2万元。",
            "1.2万元",
            "2031年",
            True,
        ),
        ("9月份价格上涨0.8%。其中菜价上涨7.4%，果价下降5.2%。", "9月菜价上涨7.4%。", "7.4%", "2031年", True),
        (
            "议事会改在晚上开原来下午开来的全是老人 改了以后三个月开了六回 来的居民一共两百一十七人次",
            "开会6回，居民217人次参加。",
            "217人次",
            "2031年",
            True,
        ),
        (
            "指标\t2029\t2030\t2031\t备注\n供电可靠率（%）\t99.862\t99.887\t99.903\n志愿者（人）\t320\t365\t418",
            "2031年供电可靠率99.903%，志愿者由320人增至418人。",
            "99.903%",
            "2031年",
            True,
        ),
        ("投资\t2,225万元\n附表 去年同期\n投资\t1,680万元", "完成投资1680万元。", "1680万元", "2031年", False),
        ("充电棚今年打算建六个建好四个了剩下两个八月份弄", "建成充电棚4个。", "4个", "2031年", True),
        ("平均一场花一万四去年是两万三", "平均每场支出由2.3万元降至1.4万元。", "由2.3万元降至1.4万元", "2031年", True),
        ("现金退费原来三天现在当天", "退费时限由3天压缩为当天。", "3天", "2031年", True),
        ("有3条巷子要修，经费没到位，大概要28万", "经费未到位，要约28万元。", "约28万元", "2031年", True),
        ("评比 每月1次 三年共36次", "评比每月1次，三年共36次。", "36次", "2031年", True),
    ],
)
def test_a_figure_is_of_its_own_time(notes: str, draft: str, figure: str, period: str, passes: bool) -> None:
    found = finding_of(notes, draft, figure, parse_period(period) if period else None)
    assert (found.band is Band.PASS) is passes, found.message


@pytest.mark.parametrize(
    ("draft", "figure", "passes"),
    [
        ("梧里、柳浦、桥东3个社区分别清理15个、12个、9个单元，共计36个单元。", "36个", True),
        ("梧里、柳浦、桥东3个社区分别清理15个、12个、9个单元，共计36个单元。", "3个", True),
        ("梧里、柳浦、桥东分别清理15个、12个、9个单元，共计46个单元。", "46个", False),
        ("梧里、柳浦、桥东4个社区清理楼道。", "4个", False),
    ],
)
def test_a_sentence_makes_its_own_total(draft: str, figure: str, passes: bool) -> None:
    notes = "楼道堆物：梧里清了15个单元，柳浦那边12个，桥东9个"
    found = finding_of(notes, draft, figure)
    assert (found.band is Band.PASS) is passes, found.message


def test_figures_told_crosswise_are_swapped() -> None:
    notes = "路灯修了37盏，新装了15盏。"
    assert finding_of(notes, "维修路灯37盏、新装路灯15盏。", "15盏").band is Band.PASS
    assert finding_of(notes, "维修路灯15盏、新装路灯37盏。", "37盏").verdict is Verdict.ENTITY_SWAP


def test_a_change_beside_a_date_of_the_notes_is_judged() -> None:
    notes = "积存垃圾点由4月20日的38处降到9月2日的11处"
    assert finding_of(notes, "积存垃圾点由38处减少到11处。", "由38处减少到11处").band is Band.PASS


def test_both_parts_of_two_wholes_exceed_neither() -> None:
    notes = "办红事30家、白事45家，按章程简办的共70家"
    assert finding_of(notes, "办理红事30家、白事45家，其中按章程简办70家。", "70家").band is Band.PASS
