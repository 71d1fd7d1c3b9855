"""Clauses the notes leave without a verb or a mark, and problems they give in one breath."""

from __future__ import annotations

import pytest

from service.domain.fact import FactKind
from service.domain.genre import Genre
from service.drafting.compose_by_rules.breaks import with_breaks
from service.drafting.compose_by_rules.nominal import with_verbs
from service.drafting.compose_by_rules.problems import single_problems
from service.drafting.compose_by_rules.statement import state
from tests.drafting.composing import VOICE, drafted, fact


@pytest.mark.parametrize(
    ("clauses", "said"),
    [
        (["便民市集", "16个摊位", "修鞋31双"], ["举办便民市集", "设摊位16个", "修鞋31双"]),
        (["清明包青团", "谜语90条", "70余人"], ["开展清明包青团活动", "谜语90条", "70余人参加"]),
        (["消防演练", "86人"], ["开展消防演练", "86人参加"]),
        (["慰问活动", "40人"], ["开展慰问活动", "40人"]),
        (["礼仪培训4期", "210人次"], ["开展礼仪培训4期", "210人次参加"]),
        (["入户走访", "340户"], ["开展入户走访340户"]),
        (["业委会研究停车方案"], ["业委会研究停车方案"]),
        (["支部会布置创建"], ["召开支部会布置创建"]),
        (["三年义诊142场"], ["三年义诊142场"]),
        (["城管所排查", "40处"], ["城管所排查40处"]),
        (["护学岗48个"], ["护学岗48个"]),
        (["计划每周巡查2次"], ["计划每周巡查2次"]),
    ],
)
def test_an_event_gets_the_verb_of_its_noun_and_no_doer_becomes_one(clauses: list[str], said: list[str]) -> None:
    assert with_verbs(clauses, dated=True) == said


@pytest.mark.parametrize(
    ("noted", "said"),
    [
        ("议事会开了24次", "召开议事会24次"),
        ("4月11号 渠道清淤 两条渠 清出淤泥90方", "4月11日，开展渠道清淤，两条渠，清理出淤泥90方"),
        ("阅览室5月8日开的", "5月8日，阅览室启用"),
        ("5月20日，东桥村(5月20日)清理河边的粪堆", "5月20日，东桥村清理河边的粪堆"),
        ("3月5日便民市集，22个摊位，磨刀磨了97把", "3月5日，举办便民市集，设摊位22个，磨刀97把"),
        ("节能：光伏装机90千瓦", "节能方面，光伏装机90千瓦"),
        ("调解：调解纠纷18件", "调解纠纷18件"),
        ("志愿者 登记238人", "志愿者登记238人"),
        ("每周五晚上统一行动", "每周五晚上统一行动"),
        ("回收率大概85%吧，没细算", "回收率约85%（待核实）"),
        ("去年洒水车14台今年20台", "洒水车由去年的14台增加到今年的20台"),
    ],
)
def test_a_spoken_line_reads_as_a_sentence(noted: str, said: str) -> None:
    found = state(fact(noted), VOICE)
    assert found is not None and found.alone == said


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        ("河道清淤 两条河", "河道清淤，两条河"),
        ("宣传单2800 份", "宣传单2800 份"),
        ("本季度 我们 组织 了 活动", "本季度 我们 组织 了 活动"),
        ("总经理 王青 任组长", "总经理 王青 任组长"),
    ],
)
def test_a_blank_parts_clauses_and_nothing_smaller(text: str, parted: str) -> None:
    clean = text.replace(" ", "")
    assert with_breaks(text, clean) == parted.replace(" ", "")


@pytest.mark.parametrize(
    ("body", "problems"),
    [
        ("停车难，反弹快，物业配合不够", ["停车难", "反弹快", "物业配合不够"]),
        ("外墙掉皮，4栋，停车难，登记车520辆车位不到300个", ["外墙掉皮，4栋", "停车难，登记车520辆车位不到300个"]),
        (
            "档案不全（缺6月照片）、叫号机损坏、个别人员业务不熟",
            ["档案不全（缺6月照片）", "叫号机损坏", "个别人员业务不熟"],
        ),
        ("夜市油污无人管理，摊主觉得是环卫的事", ["夜市油污无人管理，摊主觉得是环卫的事"]),
        ("由于人手不足，楼道清理不及时", ["由于人手不足，楼道清理不及时"]),
        ("教师心理培训少，全年只有1次", ["教师心理培训少，全年只有1次"]),
    ],
)
def test_problems_of_one_breath_stand_apart_and_what_explains_one_stays_with_it(body: str, problems: list[str]) -> None:
    assert single_problems(body) == problems


def test_parting_problems_neither_adds_nor_drops_a_figure() -> None:
    body = "路灯坏了12盏，车位缺300个，物业费收缴率只有72%，公厕2座无洗手液"
    assert "，".join(single_problems(body)) == body


def test_a_doubt_dropped_as_a_clause_still_marks_the_figure() -> None:
    found = state(fact("办酒席不准超过15桌，省了约60万，数字是估的", FactKind.RESULT), VOICE)
    assert found is not None and found.body.endswith("约60万（待核实）") and "15桌，" in found.body


def test_what_is_wrong_and_what_comes_next_are_two_lists() -> None:
    notes = "优质服务评比36次\n不足：坡道偏陡；夜间照明不足\n打算：5月改造坡道\n打算：6月增设照明"
    text = drafted(notes, Genre.DECLARATION).text
    assert "一是坡道偏陡；二是夜间照明不足。\n" in text and "三是" not in text


def test_unlike_things_done_are_sentences_and_no_list() -> None:
    text = drafted("清理死角12处\n发放宣传单300份\n办理诉求27件").text
    assert "一是" not in text


def test_a_figure_that_was_put_right_leaves_the_break_behind_it() -> None:
    assert (
        with_breaks("劝导吸烟412人次 花坛补绿650平", "劝导吸烟1421人次花坛补绿650平")
        == "劝导吸烟1421人次，花坛补绿650平"
    )
