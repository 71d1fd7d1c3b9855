"""A correction that comes lines later, in words of its own, still replaces the figure it is about."""

from __future__ import annotations

import pytest

from service.checking.check import check_draft
from service.domain.finding import Verdict

NOTES = """何静 09:20
苇塘社区清理楼道杂物56处，大概清了12车垃圾
何静 09:21
还有悬挂横幅20条
周启 09:31
收到，辛苦了
何静 10:02
苇塘刚补报，楼道杂物应该是65处
"""


def test_the_corrected_figure_passes_with_the_correcting_line() -> None:
    result = check_draft(NOTES, "苇塘社区清理楼道杂物65处。")
    assert result.findings == ()
    assert [one.line for one in result.passed[0].evidence] == [8]


def test_the_figure_that_was_corrected_is_refused_and_the_right_one_offered() -> None:
    (finding,) = check_draft(NOTES, "苇塘社区清理楼道杂物56处。").findings
    assert finding.verdict is Verdict.CONTRADICTED
    assert finding.replacement == "65处"


def test_a_correction_leaves_other_things_of_the_same_unit_alone() -> None:
    notes = "整治占道经营56处\n清理小广告90处\n小广告应该是80处\n"
    assert check_draft(notes, "整治占道经营56处。").findings == ()


def test_what_is_said_to_be_a_slip_is_the_word_before_it() -> None:
    notes = "2031/3/27 11:10 总务 小方：清运废旧桌椅412把 换灯36盏\n2031/3/27 11:12 小方：哦 桌椅是421 打反了\n"
    assert check_draft(notes, "清运废旧桌椅421把，换灯36盏。").findings == ()
    (finding,) = check_draft(notes, "清运废旧桌椅412把。").findings
    assert "已更正为“421”" in finding.message and "草稿写成了" not in finding.message


def test_days_of_last_week_are_reckoned_from_the_day_the_note_was_written() -> None:
    notes = "站务会记录 6.9（周一）\n上周末两天清楼道 共14栋\n上周四讲座到场73人\n"
    for honest in ("6月7日至8日，清理14栋楼道。", "6月5日举办讲座，73人到场。"):
        assert check_draft(notes, honest).findings == ()
    assert check_draft(notes, "6月6日举办讲座，73人到场。").findings != ()


def test_what_stands_before_a_day_to_come_is_a_plan() -> None:
    (finding,) = check_draft("12月底前：加装扶手4处（已装2处）", "加装扶手4处。").findings
    assert finding.verdict is Verdict.PLAN_AS_DONE


@pytest.mark.parametrize(
    ("notes", "right", "wrong"),
    [
        ("换灯管 640支\n（总务补：灯管实际换了610支，640是采购数）", "更换灯管610支。", "更换灯管640支。"),
        (
            "乙馆（老纪）：\n  座位 210个，开放使用原来是150个，现在188个\n9.3 老纪更正：乙馆开放使用是186个",
            "开放使用的由150个增加到186个。",
            "",
        ),
        (
            "经费 初步列31万：物资12万、培训9万、宣传10万\n镇长会后改：培训要11万，总数改33万",
            "经费33万元，其中培训11万元。",
            "经费31万元。",
        ),
        (
            "总预算58万，其中镇财政40万，村自筹18万（更正：总的是60万，村自筹改20万）",
            "总预算60万元。",
            "总预算58万元。",
        ),
        ("改造 7个小区2,640户（9月报的是2,240户，年底口径2,640）", "改造2640户。", "改造2240户。"),
        ("志愿者 原来说352名，系统里核是371名", "志愿者371名。", "志愿者352名。"),
        ("查出隐患57处\n@老乔 周报写的是54处？\n那是月底前的数，以57为准", "查出隐患57处。", "查出隐患54处。"),
        ("发帽子 3000顶 —— 更正：实发2,700顶，300顶在库里", "发放帽子2700顶。", "发放帽子3000顶。"),
        ("清垃圾三十一车啊不是三十七车", "清运垃圾37车。", "清运垃圾31车。"),
        ("轮椅两台花了六万八千块钱哦不对轮椅是三台", "购置轮椅3台，花费6.8万元。", "购置轮椅2台。"),
        ("广播站播出72期\n对了广播站72期是全学年的，这学期是39期", "本学期播出39期。", "本学期播出72期。"),
        (
            "锦旗一百一十六面\n感谢信五十封\n哦锦旗不对 现在一百二十四面 一百一十六是上个月的",
            "锦旗124面。",
            "锦旗116面。",
        ),
        ("摆摊共查到96处，清理了71处\n补充车架12组\n摆摊更新，清到88处了，还剩8处", "清理摆摊88处。", "清理摆摊71处。"),
        ("破损牌子自己找到34块\n牌子自己查的是31块，有3块是商家的不归我们", "自查破损牌子31块。", "自查破损牌子34块。"),
        (
            "查处超限车辆318台次，卸载2,460吨\n上面超限是上半年的！1—8月是407台次，卸载3,190吨",
            "查处超限车辆407台次。",
            "查处超限车辆318台次。",
        ),
        ("食堂四月十六号开的\n不是四月十六是四月二十六号开的 我翻了照片", "4月26日，食堂开业。", "4月16日，食堂开业。"),
        ("资金：县级240万元，镇级90万元\n订正：函告县级是220万元", "县级资金220万元。", "县级资金240万元。"),
        (
            "村\t户数\t文明户\n沙坪\t386\t174\n坝上\t352\t163\n沙坪文明户是177，已与村核对",
            "沙坪文明户177户。",
            "沙坪文明户174户。",
        ),
        ("信息栏十一块\n更正一下信息栏是八块不是十一块 总数不变二十", "信息栏8块。", "信息栏11块。"),
        ("活动52次\n会议9次\n次数档案里是54次，52是8月底口径", "活动54次。", ""),
        ("原先报23处占压，复核改26处，以26为准\n8月会议17个单位参加", "清理占压26处，17个单位参加会议。", ""),
        ("占道劝离 341处，立案5起\n等下，341是8月的！9月 366处", "劝离占道366处。", "劝离占道341处。"),
    ],
)
def test_a_correction_in_whatever_words_replaces_its_figure(notes: str, right: str, wrong: str) -> None:
    assert check_draft(notes, right).findings == (), right
    assert not wrong or check_draft(notes, wrong).findings != (), wrong


def test_two_figures_that_are_said_to_differ_replace_nothing() -> None:
    notes = "四个片区加起来清了9300处，跟队里报的不是一个数，谁包含谁不清楚"
    assert check_draft(notes, "四个片区清理9300处。").findings == ()


def test_what_is_not_yet_so_and_is_then_done_is_no_denial() -> None:
    assert check_draft("未隔断的地方加隔断36米", "加装隔断36米。").findings == ()
    assert check_draft("楼道没人管5处，找了人", "无人管理5处。").findings == ()
