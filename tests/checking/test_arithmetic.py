"""Reckoning: what the notes make is passed with its formula, and another value in the same words is not."""

from __future__ import annotations

import random

import pytest

from service.checking.check import check_draft
from service.domain.finding import Band, Finding, Verdict
from tests.checking.accidental import replaced_figures, replaced_results

# Notes, draft, the figure that the notes make, and one that they do not.
MADE = [
    ("周一清理小广告120张\n周三清理小广告85张", "本周两次共清理小广告205张。", "205张", "215张"),
    ("应到会48人，请假5人", "实到43人。", "43人", "45人"),
    ("到场61人，缺席4人", "应到65人。", "65人", "66人"),
    ("摸排隐患96处，已整改71处", "尚有25处隐患正在整改。", "25处", "35处"),
    ("全镇14个村，每村发了宣传册60本", "共向各村发放宣传册840本。", "840本", "860本"),
    ("志愿者28人，每人服务6小时", "累计服务168小时。", "168小时", "186小时"),
    ("培训班办了3期，每期45人", "共培训135人次。", "135人次", "153人次"),
    ("去年投诉64件，今年投诉48件", "投诉量同比下降25%。", "25%", "33.3%"),
    ("2022年游客8万人次，2023年10万人次", "2023年游客数量同比增长25%。", "25%", "20%"),
    ("上午9点开始，11点30分结束", "活动历时两个半小时。", "两个半小时", "三个半小时"),
    ("4月3日开工，4月28日完工", "工程历时25天。", "25天", "35天"),
    ("2016年成立，2024年换届", "走过8年历程。", "8年", "9年"),
    ("发出问卷400份，收回372份", "问卷回收率93%。", "93%", "95%"),
    ("全所干部25人，其中女干部10人", "女干部占四成。", "四成", "六成"),
    ("项目总投资500万元，到位资金320万元", "资金缺口180万元。", "180万元", "190万元"),
    ("甲组清运12车，乙组清运9车，丙组清运14车", "三个组共清运35车。", "35车", "37车"),
    ("义诊接诊了内科45人、外科32人、中医科28人", "义诊共接诊105人。", "105人", "115人"),
    ("停车位由120个增加到168个", "新增停车位48个。", "48个", "58个"),
    ("水费原来每吨3.2元，调整后每吨3.6元", "每吨水价上调0.4元。", "0.4元", "0.6元"),
    ("收到捐款：现金3.2万元，物资折价1.8万元", "共收到捐款捐物5万元。", "5万元", "6万元"),
    ("12个网格，每个网格配3名网格员", "全街道配备网格员36名。", "36名", "39名"),
    ("公交早班6:20发车，末班21:50", "全天运营15.5小时。", "15.5小时", "16.5小时"),
    ("大棚30亩，总产量45吨", "亩均产量1.5吨。", "1.5吨", "2.5吨"),
    ("慰问金总额2.4万元，慰问80户", "户均慰问金300元。", "300元", "350元"),
    ("老街共有商铺150家，已签约120家", "签约率达80%。", "80%", "85%"),
    ("一季度接待游客6万人次，二季度接待9万人次", "上半年接待游客15万人次。", "15万人次", "16万人次"),
    ("书记王长海1952年生，2024年仍在岗", "72岁的王长海仍坚守岗位。", "72岁", "75岁"),
    ("东片区安装路灯56盏，西片区安装38盏", "东片区比西片区多安装18盏。", "18盏", "28盏"),
    ("张贴海报80张；发传单600份；挂横幅12条", "张贴海报80张，挂横幅12条。", "12条", "21条"),
    ("计划绿化面积30亩，已完成22亩", "还需完成绿化8亩。", "8亩", "9亩"),
    ("发放棉被200床，大衣150件", "发放棉被和大衣合计350件（床）。", "350件", "370件"),
    ("满意率去年91.5%，今年94.2%", "满意率提高2.7个百分点。", "2.7个百分点", "3.7个百分点"),
    ("参赛作品260件，获奖65件", "四分之一的作品获奖。", "四分之一", "三分之一"),
    ("村集体收入2020年18万元，2023年54万元", "村集体收入是2020年的3倍。", "3倍", "4倍"),
    ("活动自10月8日持续到10月21日", "为期14天。", "14天", "16天"),
    ("报名人数：一年级35人，二年级42人，三年级38人", "三个年级报名115人。", "115人", "125人"),
    ("楼道灯坏了19盏，当天修好16盏", "仍有3盏未修复。", "3盏", "5盏"),
    ("购置垃圾桶50个，单价每个86元", "购置垃圾桶花费4300元。", "4300元", "4600元"),
    ("每周三、周六两次大扫除，坚持了10周", "累计开展大扫除20次。", "20次", "24次"),
    ("党员志愿者18名，群众志愿者27名，一起清雪", "45名志愿者参加清雪。", "45名", "47名"),
]


def _found(notes: str, draft: str, figure: str) -> list[Finding]:
    start = draft.index(figure)
    result = check_draft(notes, draft)
    return [one for one in (*result.findings, *result.passed) if one.start < start + len(figure) and start < one.end]


@pytest.mark.parametrize(("notes", "draft", "right", "wrong"), MADE)
def test_what_the_notes_make_passes(notes: str, draft: str, right: str, wrong: str) -> None:
    found = _found(notes, draft, right)
    assert found
    assert all(one.band is Band.PASS for one in found), [one.message for one in found]


@pytest.mark.parametrize(("notes", "draft", "right", "wrong"), MADE)
def test_another_value_in_the_same_words_does_not_pass(notes: str, draft: str, right: str, wrong: str) -> None:
    assert any(one.band is not Band.PASS for one in _found(notes, draft.replace(right, wrong), wrong))


def test_a_sum_shows_its_terms_and_lines() -> None:
    (one,) = _found("周一清理小广告120张\n周三清理小广告85张", "本周两次共清理小广告205张。", "205张")
    assert one.verdict is Verdict.DERIVED
    assert one.formula == "120张 + 85张 = 205张（行1、行2）"


def test_people_of_repeated_meetings_may_be_the_same() -> None:
    (one,) = _found("议事会开了6次，每次21人", "六次议事会共有126名居民代表参加。", "126名")
    assert one.verdict is Verdict.DERIVED_UNSAFE


def test_wrong_numbers_are_seldom_supported_by_chance() -> None:
    in_drafts = replaced_figures(random.Random(5), step=6)
    assert in_drafts.tried > 30
    assert in_drafts.passed.total() <= 0.02 * in_drafts.tried
    in_sums = replaced_results(random.Random(7), rounds=3)
    assert in_sums.tried > 100
    assert in_sums.passed.total() <= 0.05 * in_sums.tried
