"""Marks, fields and heads as people jot them down: blanks for colons, bars, slashes, bare years, stamps in brackets."""

from __future__ import annotations

import pytest

from service.domain.genre import Genre, UnitType
from tests.drafting.composing import drafted


@pytest.mark.parametrize(
    ("line", "told", "gone"),
    [
        ("志愿者 2023 610人 → 2024 735人", "由2023年的610人增至2024年的735人", "20232024"),
        ("旧家具清运 2024 74车，2023 68车", "2024年74车", "202474"),
        ("漏损率 2022年 12.4% → 2024年 8.6%", "由2022年的12.4%降至2024年的8.6%", "→"),
        ("清运垃圾 4,300吨 | 新添钩臂箱 42个 | 保洁员 96人", "42个", "|"),
        ("户1,806/人4,420/楼31/网格7", "楼栋31栋，网格7个", "/"),
        ("占道摊归位 9个…刚又数了一遍 11个，以11为准", "归位11个", "9个"),
        ("清小广告 53处……复点 35处", "35处", "53处"),
        ("安全课 16期 1,090人 —— 哦是1,109人 尾数颠倒", "1109人", "颠倒"),
        ("义诊 1,206人次（护士写的1,602颠倒了）", "1206人次", "1602"),
        ("送餐 3,609人次，我昨天写成3,906", "3609人次", "3906"),
        ("清明祭扫 4月3日 → 改4月2日（3日放假）", "4月2日", "3日"),
        ("辖区面积 2.1平方公里？不，是 0.86平方公里", "0.86平方公里", "2.1"),
    ],
)
def test_jotted_signs_and_slips_are_read_as_they_are_meant(line: str, told: str, gone: str) -> None:
    text = drafted(line, Genre.SUMMARY, unit_type=UnitType.COMMUNITY, period="2024年").text
    assert told in text
    assert gone not in text.replace("2023年的610人增至2024年", "")


def test_a_slip_of_typing_is_put_right_by_a_later_line() -> None:
    text = drafted("改厕验收 1,860户\n清运垃圾30吨\n上面改厕那个撤回不了，验收是1,680户，敲反了").text
    assert "1680户" in text and "1860" not in text and "敲反" not in text


def test_items_whose_fields_stand_before_blanks_are_items() -> None:
    notes = """问题 楼道口堆旧沙发
原因 没有大件投放点
措施 拉走27件
责任 物业 秋雯
时限 10月25日 已做完
问题 投诉渠道没有公示
措施 做公示牌14块
责任 （空的，社区在推）
时限 没填
长效：每月一查"""
    draft = drafted(notes, Genre.RECTIFICATION)
    first, second = draft.text.split("投诉渠道没有公示", 1)
    for told in ("没有大件投放点", "责任单位：物业", "责任人：秋雯", "10月25日", "完成情况：已完成"):
        assert told in first
    assert "责任人：【待补" in second and "整改时限：【待补" in second and "空的" not in draft.text
    assert "每月一查" in second.split("三、")[-1]


def test_who_sent_a_line_and_when_is_no_part_of_what_it_tells() -> None:
    notes = "（运营部 管宁 12.26）换新车42台\n（安全部 司雨 12.27）安全课16期\n（场站 宓亮 12.28）站亭清洗520座次"
    text = drafted(notes, period="2024年第四季度").text
    assert "42台" in text and "16期" in text and not any(one in text for one in ("管宁", "12.27", "12月28日"))


def test_what_stands_behind_dashes_opens_a_part() -> None:
    notes = "清理飞线41处\n————差的\n①35单元没刷 ②电梯旧\n————下半年\n9月底 刷完35单元；晾衣架添24组"
    text = drafted(notes, Genre.COMMUNITY, unit_type=UnitType.COMMUNITY, period="2024年上半年").text
    wrong, ahead = text.split("存在的不足")[1].split("下一步")[:2]
    assert "35单元没刷" in wrong and "24组" not in wrong and "24组" in ahead


def test_months_of_the_next_year_below_next_steps_are_those_to_come() -> None:
    text = drafted("清理飞线41处\n下季：1月底前修好11辆；3月底建休息室3处", period="2024年第四季度").text
    assert "3月底" in text.split("下一步")[1] and "去年" not in text


@pytest.mark.parametrize(
    ("line", "told", "gone"),
    [
        ("占道归位一共61个（对比用，这个月的自己加）", "61个", "自己加"),
        ("上学期违纪的邹某 点名批评那事 不进方案", "", "违纪"),
        ("非法营运查处二十八起罚款金额那个别写", "28起", "罚款金额"),
        ("公众号 稿 310篇 橱窗 36期", "310篇，橱窗36期", "310篇橱窗"),
        ("农村公路保洁一千二百公里请了保洁员一百八十五名路边垃圾清了六百四十吨", "185名，", "一百"),
        ("对了小顾她妈住院了材料晚两天你别跟局长讲", "", "住院"),
    ],
)
def test_what_is_said_to_whoever_writes_stays_out_and_costs_nothing_else(line: str, told: str, gone: str) -> None:
    text = drafted(f"{line}\n清理飞线41处").text
    assert told in text and gone not in text


@pytest.mark.parametrize(
    "title",
    [
        "青石县中医医院 文明创建 2024 小结 —— 科室各交一份 院办柳辞拼的",
        "9月市场整治专班 各点数（邬桂芳汇，9月29日晚）",
        "云溪街道 区督查点位整改（10月21日区里发的，限一个月）报给创建办 归总：向明",
    ],
)
def test_who_put_the_notes_together_is_not_told(title: str) -> None:
    text = drafted(f"{title}\n清理飞线41处\n发放宣传单300份").text
    assert "41处" in text and not any(one in text for one in ("柳辞", "邬桂芳", "向明"))


def test_who_leads_is_told_by_the_posts_of_a_line() -> None:
    text = drafted("人：组长 校长；副组长 德育副校长 虞蘅；宣传组 团委\n4月植树120棵", Genre.PLAN).text
    assert "德育副校长虞蘅任副组长" in text and "宣传组：团委" in text
