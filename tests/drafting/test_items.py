"""Numbered lines of a rectification list: one line is one item, its clauses told by field."""

from __future__ import annotations

from service.domain.genre import Genre, UnitType
from tests.drafting.composing import drafted

_NOTES = """1、东街乱停车。原因：车位少。整改：新划停车位85个，安排劝导员4人。责任人：副镇长陈立，8月底前，已完成。
2、菜场地面积水。主要是下水管堵。疏通管道120米，更换篦子36块，市场办负责，8月15日完成，有照片12张
3、服务站无人值守，排班表没落实，已重新排班，还在整改中
8月2日开了专题会，成立专班9人"""


def _draft(notes: str) -> str:
    return drafted(
        notes, Genre.RECTIFICATION, unit="清河镇人民政府", unit_type=UnitType.TOWN, period="2024年第三季度"
    ).text


def test_each_numbered_line_is_an_item_of_its_own() -> None:
    lines = _draft(_NOTES).split("\n")
    first, second, third = (next(line for line in lines if line.startswith(f"（{mark}）")) for mark in "一二三")
    assert "东街乱停" in first and "菜场地面积水" in second and "服务站无人值守" in third
    assert not any(line.startswith("（四）") for line in lines)


def test_clauses_answer_the_fields_they_tell() -> None:
    told = _draft(_NOTES).split("（二）")[1].split("（三）")[0]
    for words in (
        "原因：下水管堵。",
        "更换篦子36块",
        "责任单位：市场办。",
        "完成情况：8月15日完成。",
        "佐证材料：照片12张。",
    ):
        assert words in told
    assert "责任人：【待补：责任人】" in told


def test_a_deadline_is_no_state_and_a_state_no_measure() -> None:
    told = _draft(_NOTES).split("（一）")[1].split("（二）")[0]
    assert "整改时限：8月底前。完成情况：已完成。" in told


def test_a_unit_in_the_column_of_persons_answers_as_the_unit() -> None:
    columns = "问题\t原因\t整改措施\t责任人\t时限\t完成情况\n"
    rows = columns + "厕所有异味\t保洁少\t更换冲水阀9个\t总务处\t10月20日\t已完成，照片5张"
    told = _draft(rows)
    assert "责任单位：总务处。" in told and "责任人：【待补：责任人】" in told
    assert "完成情况：已完成。佐证材料：照片5张。" in told


def test_a_meeting_line_below_the_list_is_no_item() -> None:
    assert "成立专班9人" in _draft(_NOTES).split("问题整改情况\n")[0]


_TELEGRAPHIC = """整改情况 8月暗访反馈问题 我们认领4个
1 北门集市占道 每天傍晚都有 5个摊 已劝离 安排人员17:00-19:00值守 责任科室秩序科 8月20日完成
2 「听松」公厕无洗手液 扶手松动 环卫站 已修 8.18
3 工地围挡破损6块 换了 质安股 柳青禾
4 路灯不亮 竹影巷9盏 已修7盏 剩2盏等配件 预计10月5日前"""


def test_pieces_between_blanks_answer_by_what_they_say() -> None:
    text = _draft(_TELEGRAPHIC)
    first, second, third, fourth = (
        next(line for line in text.split("\n") if line.startswith(f"（{mark}）")) for mark in "一二三四"
    )
    assert "北门集市占道" in first and "责任单位：秩序科。" in first and "8月20日完成" in first
    assert "责任单位：环卫站。" in second and "8月18日" in second
    assert "责任单位：质安股。责任人：柳青禾。" in third and "【待补：整改措施】" not in third
    assert "整改时限：预计10月5日前。" in fourth and "剩2盏等配件" in fourth
    assert "（五）" not in text and "认领4个" in text.split("（一）")[0]


def test_problems_listed_in_one_line_take_what_a_chat_says_of_them() -> None:
    notes = """创建办 甘 09:02  督查组通报3个问题：①集市占道 ②渡口垃圾死角 ③阅览室周末关门
集市办 桑 09:40  占道的摊子劝进场21个
环卫 阿樊 10:30  渡口清了11车，死角5个都平了
阅览室 仇 11:31  6月起周末双岗轮值"""
    lines = _draft(notes).split("\n")
    first, second = (next(line for line in lines if line.startswith(f"（{mark}）")) for mark in "一二")
    assert "集市占道" in first and "21个" in first
    assert "渡口垃圾死角" in second and "11车" in second


def test_a_ledger_is_put_right_by_the_line_below_that_names_its_item() -> None:
    columns = "序\t问题\t原因\t措施\t责任人\t时限\t状态\n"
    rows = columns + "1\t商户不亮证 抽查48家\t证在家\t逐户上门，46家已挂，2家歇业\t经营科 戚澜\t8月31日\t完成 8.30\n"
    text = _draft(
        rows + "2\t栈道木板翘\t\t换板130块\t工程科\t9月30日\t在做\n核改：第1条 48家里头歇业的是3家不是2家，挂上的45家"
    )
    first = next(line for line in text.split("\n") if line.startswith("（一）"))
    assert "45家" in first and "3家" in first and "46家" not in first
    assert "责任单位：经营科。责任人：戚澜。" in first and "完成情况：8月30日完成。" in first
    assert "整改措施：1" not in text


def test_a_line_that_answers_several_items_by_their_numbers_answers_each() -> None:
    rows = """件号	交办原文	谁办	要求哪天	做了啥	现状
B-01	十字街乱停车	执法队	9/30	画停车位64个	9/28办结
B-02	供销社门前垃圾堆	环卫站	9/22	清运18车	正办
B-02续				装监控1个	预计10/30
责任人：B-01 卞河；B-02 的还没定
原因（会上说的）：B-01 商户多车位少"""
    first, second = (
        next(line for line in _draft(rows).split("\n") if line.startswith(f"（{mark}）")) for mark in "一二"
    )
    assert "责任人：卞河。" in first and "原因：商户多车位少。" in first and "责任单位：执法队。" in first
    assert "装监控1个" in second and "责任人：【待补：责任人】" in second


def test_a_later_turn_of_a_chat_goes_back_to_the_speakers_own_issue() -> None:
    notes = """院办 纪岚 11-03：问题1 楼前电动车乱停。保卫科牵头，责任人 邱大成
保卫 邱大成 11-08：画线2片，移走僵尸车26辆
院办 纪岚 11-03：问题2 控烟标识少。公卫科，责任人 宁若
公卫 宁若 11-06：补贴标识85张，台账1本
保卫 邱大成 11-09：僵尸车又移走3辆
院办 纪岚 11-14：10月27日院长主持整改会，14个科室参加"""
    lines = _draft(notes).split("\n")
    first, second = (next(line for line in lines if line.startswith(f"（{mark}）")) for mark in "一二")
    assert "26辆" in first and "3辆" in first and "85张" in second
    assert "14个科室" not in first + second and any("14个科室" in line for line in lines)


def test_a_place_column_leads_the_problem_it_is_of() -> None:
    rows = (
        "点位\t问题\t责任单位\t整改措施\t完成时限\t状态\n听雨商场\t通道堆放杂物\t商务局\t清理、贴标识\t10月15日\t已完成"
    )
    first = next(line for line in _draft(rows).split("\n") if line.startswith("（一）"))
    assert "听雨商场通道堆放杂物" in first and "整改措施：清理、贴标识。" in first


def test_notes_without_any_problem_are_asked_for_what_each_item_needs() -> None:
    text = _draft("8月2日开了专题会，成立专班9人")
    assert all(f"【待补：{ask}】" in text for ask in ("问题", "责任人", "整改时限", "佐证材料"))


def test_causes_told_by_the_numbers_of_a_ledgers_rows_go_to_their_items() -> None:
    notes = (
        "编号\t问题\t点位\t措施\t责任人\t时限\n1\t大厅排队长\t东城、西关2个大厅\t增开窗口3个\t简栗\t7月31日\n"
        "2\t井盖响\t槐里路\t换井盖47套\t戚同\t8月31日\n2号原因：雨季回填土沉降；1号原因：退费集中在月初\n"
        "3号责任区：由物业包干"
    )
    text = drafted(notes, Genre.RECTIFICATION, period="2025年第三季度").text
    assert "关于“东城、西关2个大厅排队长”的问题。原因：退费集中在月初。" in text
    assert "关于“槐里路井盖响”的问题。原因：雨季回填土沉降。" in text
