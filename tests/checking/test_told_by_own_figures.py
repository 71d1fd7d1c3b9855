"""A draft's own figures, the heads of ledgers, and units that jottings leave out."""

from __future__ import annotations

import pytest

from service.checking.check import check_draft
from service.domain.finding import CheckResult, Verdict
from service.domain.period import parse_period

LEDGER = """保洁台账（一季 二季 三季 三列）
清运垃圾（万吨）\t2.1\t2.4\t2.7
差评（条）\t30\t18\t12
去年前三季度差评 75"""


def _said(notes: str, draft: str, period: str = "2026年前三季度") -> dict[str, Verdict]:
    result: CheckResult = check_draft(notes, draft, (), parse_period(period))
    return {one.text.strip(): one.verdict for one in (*result.findings, *result.passed)}


@pytest.mark.parametrize(
    ("notes", "draft", "figure"),
    [
        ("问题十五个，剩两个没改", "15个问题已整改13个，整改完成率86.7%。", "86.7%"),
        ("更换灯具18盏，一盏三百二", "更换灯具18盏，每盏320元，共需5760元。", "5760元"),
        ("进馆51200人次，去年同期48000", "进馆51200人次，比去年同期增加3200人次，增长6.7%。", "6.7%"),
        ("总投900万（市补500，区配250，余下自筹）", "总投资900万元，其中市级500万元、区级250万元。", "250万元"),
        (LEDGER, "前三季度清运垃圾7.2万吨，差评60条，比去年同期减少15条。", "7.2万吨"),
        (LEDGER, "前三季度清运垃圾7.2万吨，差评60条，比去年同期减少15条。", "15条"),
        ("满意率 一季度86%\n问300户，276户满意", "300户中276户满意，满意率92%，比一季度提高6个百分点。", "6个百分点"),
        ("便民点设16处（现有12处）\n去年便民点12处", "便民点由12处增至16处。", "由12处增至16处"),
        ("客运站三个\n日均旅客5400人，中心站3260", "3个客运站日均旅客5400人，其中中心站3260人。", "3260人"),
        ("每村配保洁员不少于3名", "各村保洁员不少于3名。", "不少于3名"),
        ("完工的48条每条回访20户", "对48条巷子逐条回访20户。", "20户"),
        ("每天早晚各调运一次，一次大概120辆", "每天调运，每次约120辆。", "约120辆"),
        ("志愿者六七月出动一千一百来人次 六月五百二七月五百八", "志愿者1100人次，其中6月520人次。", "520人次"),
        ("新增充电端口3260个，其中电动自行车2900个", "新增电动自行车充电端口近3000个。", "近3000个"),
        ("今年计划招生2.46万人，比去年增加1900人", "今年计划多招1900人。", "1900人"),
        ("志愿服务九百三十七个半小时", "志愿服务937.5小时。", "937.5小时"),
        ("文化墙四月开工，五月二十六完工", "文化墙于5月26日完工。", "5月26日"),
    ],
)  # fmt: skip
def test_what_the_words_around_a_figure_make_of_it_is_no_fault(notes: str, draft: str, figure: str) -> None:
    found = _said(notes, draft)
    assert found[figure].band.value == "pass", found


@pytest.mark.parametrize(
    ("notes", "draft", "figure"),
    [
        ("更换灯具18盏，一盏三百二", "更换灯具18盏，每盏320元，共需5670元。", "5670元"),
        ("进馆51200人次，去年同期48000", "进馆51200人次，比去年同期减少3200人次。", "3200人次"),
        (LEDGER, "前三季度清运垃圾7.5万吨。", "7.5万吨"),
        ("平均等候 7 分钟，去年 10 分钟", "平均等候时间由去年的7分钟延长到10分钟。", "由去年的7分钟延长到10分钟"),
        ("非遗展 24 场，观众 8400人次\n景区公益广告占比 41%，要求 30%", "景区公益广告占比41%，高于标准11%。", "11%"),
        ("每天早晚各调运一次，一次大概120辆", "累计调运约120辆。", "约120辆"),
        ("督导员从6个加到10个\n保洁员增配8人", "督导员由6名增至8名。", "由6名增至8名"),
        ("运营科报：文明驾驶员评了48名\n宣传科报：文明驾驶员共46名", "评选文明驾驶员48名。", "48名"),
        (
            "反诈宣传 2025年 214场\n［别人家］城东网点14个；茅山农商行 去年反诈 300多场",
            "开展反诈宣传300余场。",
            "300余场",
        ),
        ("电话抽查300人，知道办理的171人\n办结率100%", "知道办理的171人次。", "171人次"),
        ("办班 94 期，参加 24 人", "办班94期，参加24人，帮助圆梦26个。", "26个"),
    ],
)
def test_what_they_do_not_make_is_told(notes: str, draft: str, figure: str) -> None:
    found = _said(notes, draft)
    assert found[figure].band.value != "pass", found


def test_a_text_that_says_it_is_a_plan_claims_nothing_as_done() -> None:
    notes = "今年打算：改造市场1处，设摊位120个\n去年清理小广告3000处"
    planned = "为巩固创建成果，制定本方案。\n一、主要任务\n改造市场1处，设摊位120个。"
    assert _said(notes, planned, "2026年")["120个"] is Verdict.EXACT
    assert _said(notes, planned.replace("设摊位", "已设摊位"), "2026年")["120个"] is Verdict.PLAN_AS_DONE
