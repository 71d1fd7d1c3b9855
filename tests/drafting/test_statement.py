"""A fact said in official Chinese: the same words and values, in the register of a report."""

from __future__ import annotations

import pytest

from service.domain.fact import Conflict, FactKind, Frame, Tense
from service.domain.quantity import When
from service.drafting.compose_by_rules.statement import state
from tests.drafting.composing import VOICE, fact


@pytest.mark.parametrize(
    ("noted", "said"),
    [
        ("3.8号搞了三下乡，去了30多个单位", "3月8日，组织30余个单位开展“三下乡”活动"),
        ("发了宣传单2800 份，挂横幅12条", "发放宣传单2800份，悬挂横幅12条"),
        ("横幅挂了１２条", "悬挂横幅12条"),
        ("4月2号下午开了个动员会，来了50多人", "4月2日下午，召开动员会，50余人参加"),
        ("弄了12个垃圾桶", "设置垃圾桶12个"),
        ("做了6块展板", "制作展板6块"),
        ("小广告铲了320处", "清理小广告320处"),
        ("把楼道小广告铲了320处", "清理楼道小广告320处"),
        ("志愿者3月8号清扫了广场", "3月8日，志愿者清扫广场"),
        ("给居民发了200个环保袋", "为居民发放环保袋200个"),
        ("画了停车位45个，修了坑洼路面200平", "施划停车位45个，修复坑洼路面200平方米"),
        ("搞了次消防演练", "开展消防演练"),
        ("花了3.5万元修路", "投入3.5万元修路"),
        ("社区工作人员14个", "社区工作人员14名"),
        ("注册志愿者有420人", "注册志愿者420人"),
        ("去了20户困难家庭", "走访20户困难家庭"),
        ("三月二十一号上午，领导小组开了3次会", "3月21日上午，领导小组召开3次会"),
        ("五月份办了手抄报比赛", "5月，举办手抄报比赛"),
        ("每天巡查15-20处", "每日巡查15～20处"),
        ("走访了3、4个小区", "走访三四个小区"),
        ("4到6月集中整治占道经营", "4月至6月，集中整治占道经营"),
        ("安全网装好了", "安全网已安装"),
        ("好差评38214条", "好差评38214条"),
        ("累计开工6个", "累计开工6个"),
        ("合计，清运垃圾10吨，栽树60棵", "各项合计，清运垃圾10吨，栽树60棵"),
        ("市容这边，拆了破损广告牌41块", "市容方面，拆除破损广告牌41块"),
        ("花池分到单元管", "花池分到单元管"),
        ("周一（5月13日）安排志愿者劝导", "5月13日，安排志愿者劝导"),
        ("每周五开展大扫除", "每周五开展大扫除"),
        ("结对学校，捐图书1500册", "结对学校，捐赠图书1500册"),
        ("下乡义诊，发健康手册600本", "下乡义诊，发放健康手册600本"),
        ("捐了药品价值5000元", "捐赠药品价值5000元"),
        ("投诉接了41件，比3月份少了7件", "投诉接了41件，比3月份少了7件"),
        ("和城管一起清了占道经营15处", "联合城管清理占道经营15处"),
        ('评了"好媳妇"8人', "评选“好媳妇”8人"),
        ("计划把快检室建起来", "计划建设快检室"),
        ("4月底前后勤科完成清理", "4月底前，后勤科完成清理"),
    ],
)
def test_chat_becomes_official_and_keeps_its_values(noted: str, said: str) -> None:
    found = state(fact(noted), VOICE)
    assert found is not None and found.alone == said


@pytest.mark.parametrize(
    "noted",
    [
        "辖区现有居民小区12个，常住人口2.3万人",
        "群众满意度为96.5%",
        "开发了小程序",
        "检查网吧4家，责令整改2家",
        "为了解民情，召开座谈会5场",
        "居民就近办理业务3200件",
    ],
)
def test_a_plain_sentence_is_left_alone(noted: str) -> None:
    found = state(fact(noted), VOICE)
    assert found is not None and found.alone == noted.replace("开发了", "开发")


@pytest.mark.parametrize(
    ("noted", "said"),
    [
        ("然后我们清理死角12处哈", "清理死角12处"),
        ("嗯就是弄了公示牌8块吧", "制作公示牌8块"),
        ("我们社区扫了3条街", "社区清扫3条街"),
    ],
)
def test_the_first_person_and_particles_fall_away(noted: str, said: str) -> None:
    found = state(fact(noted), VOICE)
    assert found is not None and found.alone == said


def test_a_plan_is_said_as_a_plan() -> None:
    found = state(fact("5月再装20个充电桩", FactKind.NEXT, tense=Tense.PLANNED), VOICE)
    assert found is not None and found.alone == "5月，计划再安装充电桩20个"


def test_a_plan_that_says_so_is_not_said_twice() -> None:
    found = state(fact("下一步打算再装20个充电桩", FactKind.NEXT, tense=Tense.PLANNED), VOICE)
    assert found is not None and found.alone.count("计划") == 1


def test_preparing_goods_is_no_plan() -> None:
    found = state(fact("准备了慰问品50份"), VOICE)
    assert found is not None and found.alone == "准备慰问品50份"


def test_last_year_is_said_as_last_year() -> None:
    found = state(fact("发了宣传单1500份", frame=Frame.BEFORE), VOICE)
    assert found is not None and found.alone == "去年发放宣传单1500份"


def test_doubt_is_said_behind_the_figure_in_doubt() -> None:
    found = state(fact("大概50人参加，发了宣传单300份，待核实", unsure="大概"), VOICE)
    assert found is not None and found.alone == "约50人参加（待核实），发放宣传单300份"


def test_a_figure_with_two_values_becomes_one_question() -> None:
    conflict = Conflict((1, 9), "宣传单份数", ("120份", "118份"))
    found = state(fact("发了宣传单120份"), VOICE, [conflict])
    assert found is not None
    assert found.body == "发放宣传单【待补：核实宣传单份数（第1行为120份，第9行为118份）】"
    assert found.lines == (1, 9)


def test_a_day_given_by_a_heading_stands_in_front() -> None:
    found = state(fact("清理死角12处", day=When("2024-03-12", "2024-03-12")), VOICE)
    assert found is not None and found.alone == "3月12日，清理死角12处"


def test_a_day_of_another_year_keeps_its_year() -> None:
    found = state(fact("清理死角12处", day=When("2023-03-12", "2023-03-12")), VOICE)
    assert found is not None and found.alone == "2023年3月12日，清理死角12处"


def test_a_bare_date_is_told_from_a_decimal_by_its_unit() -> None:
    day = When("2024-01-09", "2024-01-09")
    measured = state(fact("客户平均停电时间1.9小时", day=day), VOICE, carries_day=False)
    dated = state(fact("南门1.9搞了义诊", day=day), VOICE)
    assert measured is not None and "1.9小时" in measured.alone
    assert dated is not None and dated.alone == "1月9日，南门开展义诊"


def test_a_ledger_row_gets_the_verb_of_its_activity() -> None:
    cells = {"活动": "爱心送考启动会", "地点": "首末站", "人数": "58"}
    found = state(fact("6月1日，爱心送考启动会，首末站，人数58人", fields=cells), VOICE)
    assert found is not None and found.alone == "6月1日，在首末站召开爱心送考启动会，58人参加"


def test_yesterday_becomes_the_day_it_was_or_falls_away() -> None:
    known = state(fact("昨天下午扫了3条街", day=When("2024-03-12", "2024-03-12")), VOICE)
    unknown = state(fact("昨天扫了3条街"), VOICE)
    assert known is not None and known.alone.startswith("3月12日下午，")
    assert unknown is not None and unknown.alone == "清扫3条街"


def test_praise_of_oneself_is_no_fact_and_a_rank_is() -> None:
    assert state(fact("我们是全省服务最好的公司，没有之一"), VOICE) is None
    ranked = state(fact("服务评比获全省第一名"), VOICE)
    assert ranked is not None and ranked.alone == "服务评比获全省第一名"


def test_chatter_alone_is_no_statement() -> None:
    assert state(fact("待核实"), VOICE) is None


def test_the_speaker_of_a_chat_is_named_where_we_means_him() -> None:
    found = state(fact("我们清理小广告300处", where="罗湾社区"), VOICE)
    assert found is not None and found.alone == "罗湾社区清理小广告300处"
