"""Each wording rule finds its slip and leaves the right form alone."""

from __future__ import annotations

import pytest

from service.checking.wording import RULE_CODES, wording_findings
from service.domain.period import parse_period
from tests.checking.plant_faults import sample_texts

YEAR = parse_period("2024年")
CASES = [
    ("R01", "发放传单xx份。", "发放传单320份。"),
    ("R02", "按20006年计划推进。", "按2006年计划推进。"),
    ("R02", "清运2。5万方。", "清运2.5万方。"),
    ("R03", "23年以来开展12场。", "2023年以来开展12场。"),
    ("R04", "3.28日巡查。", "3月28日巡查。"),
    ("R05", "9月3号召开。", "9月3日召开。"),
    ("R06", "2024年03月05日", "2024年3月5日"),
    ("R06", "二〇二四年3月5日", "二〇二四年三月五日"),
    ("R07", "走访3、4个小区。", "走访三四个小区。"),
    ("R08", "清理10几处。", "清理十几处。"),
    ("R09", "整治约30余处。", "整治30余处。"),
    ("R09", "约40个左右。", "约40个。"),
    ("R10", "至少20次以上。", "至少20次。"),
    ("R11", "每日15-20处。", "每日15～20处。"),
    ("R12", "提高15～20%。", "提高15%～20%。"),
    ("R13", "投入2～5万元。", "投入2万～5万元。"),
    ("R14", "2023-2025年推进。", "2023—2025年推进。"),
    ("R15", "更换１２０块。", "更换120块。"),
    ("R15", "发放2800 多份。", "发放2800多份。"),
    ("R16", "印制3万5千份。", "印制3.5万份。"),
    ("R17", "设岗三个、立牌12块。", "设岗3个、立牌12块。"),
    ("R18", "开展3八节慰问。", "开展三八节慰问。"),
    ("R19", "1、加强领导", "1.加强领导"),
    ("R19", "（一）、宣传发动", "（一）宣传发动"),
    ("R20", "一、组织\n二、宣传\n四、整治", "一、组织\n二、宣传\n三、整治"),
    ("R20", "一是宣传，三是整治。", "一是宣传，二是整治。"),
    ("R21", "一、加强组织领导。", "一、加强组织领导"),
    ("R22", "印发《方案》、《办法》。", "印发《方案》《办法》。"),
    ("R23", "青文明办[2024]第08号", "青文明办〔2024〕8号"),
    ("R24", "创建“十星级”学校。汇报如下：。", "创建“十星级”学校。汇报如下："),
    ("R24", "开展“暖冬行动。", "开展“暖冬”行动。"),
    ("R24", "宣传,整治同步推进。", "宣传，整治同步推进。"),
    ("R27", "排查超市5处。随后又排查超市6处。", "排查超市5处。随后又排查饭店6处。"),
    ("R30", "以上报告，妥否，请批示。", "以上报告，请审阅。"),
    ("R31", "截止6月底完成。截止2024年6月底完成。", "截至2024年6月底完成。"),
    ("R32", "组织志愿者清扫楼道和车棚。组织志愿者清扫楼道和车棚。", "组织志愿者清扫楼道和车棚。"),
    ("R33", "成立领导小组领导小组。", "成立领导小组。"),
    ("R33", "四是是加强巡查。", "四是加强巡查。"),
    ("R34", "三、存在的问题\n停车难。", "三、存在的问题\n停车难。\n四、下一步打算\n增设车位。"),
    ("R35", "做法全国领先。", "做法受到好评。"),
    ("R36", "居民满意率98%。", "走访居民500户，满意率98%。"),
    ("R38", "联系人电话13812345678。", "联系人见附件。"),
    ("R38", "身份证号11010519491231002X。", "资金账号110105194912310021。"),
    ("R40", "区卫计委牵头。", "区卫健委牵头。"),
    ("R40", "迎接党的十八大。", "贯彻党的二十大精神。"),
]


@pytest.mark.parametrize(("code", "wrong", "right"), CASES, ids=lambda value: value[:16])
def test_a_wording_rule_finds_its_slip_and_nothing_in_the_right_form(code: str, wrong: str, right: str) -> None:
    assert code in {one.rule for one in wording_findings(wrong, YEAR)}
    assert code not in {one.rule for one in wording_findings(right, YEAR)}


def test_a_relative_year_is_noted_only_without_a_period() -> None:
    assert [one.rule for one in wording_findings("今年以来持续整治。")] == ["R37"]
    assert wording_findings("今年以来持续整治。", YEAR) == []


def test_each_mend_is_an_edit_that_settles_its_own_rule() -> None:
    for code, wrong, _ in CASES:
        for one in wording_findings(wrong, YEAR):
            assert wrong[one.start : one.end] == one.text
            if one.rule == code and one.replacement is not None and wrong.count(one.text) == 1:
                mended = wrong[: one.start] + one.replacement + wrong[one.end :]
                assert (code, one.text) not in {(again.rule, again.text) for again in wording_findings(mended, YEAR)}


def test_a_rule_can_be_switched_off() -> None:
    assert wording_findings("9月3号召开。", YEAR, frozenset({"R04"})) == []
    assert {code for code, _, _ in CASES} <= RULE_CODES


def test_good_reports_draw_few_notes() -> None:
    texts = sample_texts()
    notes = [one for text in texts for one in wording_findings(text, YEAR) if one.severity != "suggestion"]
    assert len(notes) <= 2 * len(texts), sorted((one.rule, one.text) for one in notes)
