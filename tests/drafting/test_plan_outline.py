"""Every fact stands in the outline once or is left out with a reason; what is missing is asked."""

from __future__ import annotations

from typing import Any

import pytest

from prompts.load import load_genre_plan
from service.domain.draft import Outline
from service.domain.fact import Conflict, Fact, FactKind, Frame, NotesRead, Tense
from service.domain.genre import Genre
from service.domain.quantity import When
from service.domain.text import Span, split_lines
from service.drafting.plan_outline import plan_outline
from service.drafting.read_notes import read_notes
from tests.drafting.composing import VOICE, request


def _outline(genre: Genre, facts: list[Fact], conflicts: tuple[Conflict, ...] = ()) -> Outline:
    raw = "\n".join(one.text for one in facts)
    return plan_outline(load_genre_plan(genre), NotesRead(split_lines(raw), tuple(facts), (), conflicts), VOICE, "标题")


def _facts(*rows: tuple[str, FactKind, dict[str, Any]]) -> list[Fact]:
    found, start = [], 0
    for line, (text, kind, more) in enumerate(rows, 1):
        found.append(Fact(f"F{line}", (line,), Span(start, start + len(text)), text, text, kind, **more))
        start += len(text) + 1
    return found


def _placed(outline: Outline) -> list[str]:
    return [one.id for section in outline.sections for one in section.facts]


_MIXED: list[tuple[str, FactKind, dict[str, Any]]] = [
    ("根据《创建工作要点》要求", FactKind.BASIS, {}),
    ("清理死角12处", FactKind.ACTIVITY, {"topic": "T13"}),
    ("召开动员会", FactKind.MEETING, {"topic": "T01"}),
    ("满意度92%", FactKind.FIGURE, {}),
    ("获评示范点", FactKind.RESULT, {}),
    ("停车位不足", FactKind.PROBLEM, {"topic": "T15"}),
    ("面积2平方公里", FactKind.PROFILE, {}),
    ("计划新建车棚", FactKind.NEXT, {"tense": Tense.PLANNED}),
    ("责任人：赵某", FactKind.FIELD, {"fields": {"责任人": "赵某"}}),
    ("修复路面", FactKind.MEASURE, {}),
]


@pytest.mark.parametrize("genre", list(Genre))
def test_every_fact_is_placed_once_or_left_out_with_a_reason(genre: Genre) -> None:
    facts = _facts(*_MIXED)
    outline = _outline(genre, facts)
    accounted = _placed(outline) + [one.id for one, _ in outline.unplaced]
    assert sorted(accounted) == sorted(one.id for one in facts)
    assert all(reason for _, reason in outline.unplaced)


def test_a_plan_takes_nothing_that_is_done() -> None:
    facts = _facts(
        ("去年清理了河道12公里", FactKind.ACTIVITY, {"frame": Frame.BEFORE}),
        ("召开了动员会", FactKind.MEETING, {}),
        ("4月集中整治占道经营", FactKind.ACTIVITY, {}),
    )
    outline = _outline(Genre.PLAN, facts)
    assert _placed(outline) == ["F3"]
    assert {reason for _, reason in outline.unplaced} == {"方案不写已完成的工作和结果"}


def test_last_years_figure_stands_only_beside_this_years() -> None:
    raw = "今年发放宣传单500份\n去年发放宣传单300份\n去年慰问老党员20人"
    read = read_notes(raw, request(raw).period)
    outline = plan_outline(load_genre_plan(Genre.SUMMARY), read, VOICE, "标题")
    placed = [one.text for section in outline.sections for one in section.facts]
    assert any("300份" in text for text in placed)
    assert any("20人" in one.text and "早于本报告期" in reason for one, reason in outline.unplaced)


def test_what_is_planned_is_a_next_step_wherever_it_stood() -> None:
    outline = _outline(Genre.PROGRESS, _facts(("召开推进会", FactKind.MEETING, {"tense": Tense.PLANNED})))
    section = next(one for one in outline.sections if one.facts)
    assert section.planned.key == "next"


def test_facts_are_told_in_the_order_of_their_days() -> None:
    days = [("2024-03-20", "甲"), ("2024-03-05", "乙"), ("2024-03-12", "丙")]
    rows: list[tuple[str, FactKind, dict[str, Any]]] = [
        (text, FactKind.ACTIVITY, {"day": When(day, day)}) for day, text in days
    ]
    facts = _facts(*rows)
    outline = _outline(Genre.PROGRESS, facts)
    assert _placed(outline) == ["F2", "F3", "F1"]


def test_a_missing_section_is_asked_for_with_its_reason() -> None:
    outline = _outline(Genre.PROGRESS, _facts(("清理死角12处", FactKind.ACTIVITY, {})))
    asked = [missing for section in outline.sections for missing in section.missing]
    assert [one.ask for one in asked] == ["存在的主要问题", "下一步工作安排"]
    assert all(one.why and one.placeholder == f"【待补：{one.ask}】" for one in asked)


def test_each_issue_is_asked_for_what_it_lacks() -> None:
    raw = "问题1：门口垃圾清运不及时\n原因：保洁员不足\n责任人：赵某\n问题2：楼道飞线充电\n措施：安装充电桩12个"
    read = read_notes(raw, request(raw).period)
    outline = plan_outline(load_genre_plan(Genre.RECTIFICATION), read, VOICE, "标题")
    issues = next(one for one in outline.sections if one.planned.key == "issues")
    assert len(issues.groups) == 2
    lacking = [(one.section[-3:], one.ask) for one in issues.missing]
    assert ("第1项", "责任人") not in lacking and ("第2项", "责任单位和责任人") in lacking
    assert ("第1项", "整改措施") in lacking and ("第2项", "整改措施") not in lacking


def test_parts_of_a_plan_stand_in_their_sections_and_a_heading_that_names_all_of_them_in_none() -> None:
    raw = (
        "郗主任：方案要有目标 步骤 要求\n目标：礼让率95%以上\n组织：文明办总牵头；秩序组——交警队\n组长：分管副市长\n"
        "第一步 1-2月 摸底\n第二步 3-9月 整治路口36处\n经费：总概算1480万元"
    )
    read = read_notes(raw, request(raw).period)
    outline = plan_outline(load_genre_plan(Genre.PLAN), read, VOICE, "标题")
    told = {one.planned.key: "".join(fact.clean for fact in one.facts) for one in outline.sections}
    assert "总牵头" in told["organisation"] and "副市长" in told["organisation"]
    assert "第一步" in told["steps"] and "第二步" in told["steps"] and "1480" in told["demands"]


def test_whoever_answers_for_an_issue_is_asked_for_once_and_a_vague_answer_is_none() -> None:
    raw = (
        "问题1：门口垃圾清运不及时\n责任人：环卫站 赵某\n时限：看天气\n完成情况：差不多了\n"
        "问题2：楼道飞线充电\n责任单位：物业\n时限：11月5日前"
    )
    outline = plan_outline(load_genre_plan(Genre.RECTIFICATION), read_notes(raw, request(raw).period), VOICE, "标题")
    issues = next(one for one in outline.sections if one.planned.key == "issues")
    lacking = {(one.section[-3:], one.ask) for one in issues.missing}
    assert {("第1项", "整改时限"), ("第1项", "完成情况"), ("第2项", "责任人")} <= lacking
    assert not {("第1项", "责任单位"), ("第2项", "责任单位"), ("第2项", "整改时限")} & lacking


def test_the_second_half_of_a_conflict_is_not_written_again() -> None:
    facts = _facts(("发放宣传单120份", FactKind.ACTIVITY, {}), ("发放宣传单118份", FactKind.ACTIVITY, {}))
    outline = _outline(Genre.PROGRESS, facts, (Conflict((1, 2), "宣传单份数", ("120份", "118份")),))
    assert _placed(outline) == ["F1"]
    assert "第1行" in outline.unplaced[0][1]


def test_few_facts_get_no_headings_of_their_own() -> None:
    facts = _facts(
        ("清理死角12处", FactKind.ACTIVITY, {"topic": "T13"}), ("义诊3场", FactKind.ACTIVITY, {"topic": "T07"})
    )
    work = next(one for one in _outline(Genre.PROGRESS, facts).sections if one.planned.key == "work")
    assert [heading for heading, _ in work.groups] == [""]


def test_many_facts_are_grouped_by_topic_under_neutral_headings() -> None:
    rows: list[tuple[str, FactKind, dict[str, Any]]] = [
        (f"清理死角{n}处", FactKind.ACTIVITY, {"topic": "T13"}) for n in range(2, 5)
    ]
    rows += [(f"志愿服务{n}次", FactKind.ACTIVITY, {"topic": "T07"}) for n in range(2, 5)]
    work = next(one for one in _outline(Genre.PROGRESS, _facts(*rows)).sections if one.planned.key == "work")
    assert [(heading, len(group)) for heading, group in work.groups] == [("组织志愿服务", 3), ("整治环境卫生", 3)]


def test_what_is_left_over_is_called_by_its_topics_and_says_where_there_are_more_than_two() -> None:
    topics = ("T02", "T05", "T07", "T13")
    rows: list[tuple[str, FactKind, dict[str, Any]]] = [
        (f"做了{n}件", FactKind.ACTIVITY, {"topic": topic}) for n, topic in enumerate(topics, 2)
    ]
    work = next(one for one in _outline(Genre.PROGRESS, _facts(*rows)).sections if one.planned.key == "work")
    assert [heading for heading, _ in work.groups] == ["开展宣传教育", "组织志愿服务，整治环境卫生"]
    rows.append(("做了9件", FactKind.ACTIVITY, {"topic": "T01"}))
    work = next(one for one in _outline(Genre.PROGRESS, _facts(*rows)).sections if one.planned.key == "work")
    assert [heading for heading, _ in work.groups] == ["开展宣传教育", "组织志愿服务，整治环境卫生等工作"]


def test_a_ledger_row_with_the_columns_of_an_item_is_one() -> None:
    cells = {"问题": "门口占道", "措施": "约谈商户23家", "责任人": "赵某"}
    rows: list[tuple[str, FactKind, dict[str, Any]]] = [
        ("门口占道，约谈商户23家，赵某", FactKind.ACTIVITY, {"fields": cells}),
        ("路灯不亮，更换灯泡6个，钱某", FactKind.ACTIVITY, {"fields": {**cells, "问题": "路灯不亮"}}),
    ]
    issues = next(one for one in _outline(Genre.RECTIFICATION, _facts(*rows)).sections if one.planned.key == "issues")
    assert [[one.id for one in group] for _, group in issues.groups] == [["F1"], ["F2"]]
    assert {one.ask for one in issues.missing} == {"原因", "责任单位", "整改时限", "完成情况", "佐证材料"}


def test_honours_of_earlier_years_belong_into_a_declaration() -> None:
    earlier = {"frame": Frame.BEFORE}
    outline = _outline(Genre.DECLARATION, _facts(("2019年通过区级文明单位复查", FactKind.ACTIVITY, earlier)))
    assert _placed(outline) == ["F1"]


def test_conflicts_about_one_thing_are_one_question() -> None:
    rows: list[tuple[str, FactKind, dict[str, Any]]] = [
        (f"发放宣传单{count}份", FactKind.ACTIVITY, {}) for count in (120, 118, 119)
    ]
    conflicts = (
        Conflict((1, 2), "宣传单份数", ("120份", "118份")),
        Conflict((1, 3), "宣传单份数", ("120份", "119份")),
    )
    work = next(one for one in _outline(Genre.PROGRESS, _facts(*rows), conflicts).sections if one.facts)
    assert work.conflicts == (Conflict((1, 2, 3), "宣传单份数", ("120份", "118份", "119份")),)


def test_a_plan_tells_no_result_and_keeps_the_base_its_target_is_measured_by() -> None:
    raw = "\n".join(
        (
            "4月12日组织志愿者清理楼道，清理出杂物2.5吨",
            "上半年投诉127件，作为对比基数",
            "目标：投诉率下降30%",
            "5月启动楼道整治",
        )
    )
    read = read_notes(raw, request(raw).period)
    outline = plan_outline(load_genre_plan(Genre.PLAN), read, VOICE, "标题")
    placed = "；".join(fact.clean for one in outline.sections for fact in one.facts)
    assert "2.5吨" not in placed and "127件" in placed
    assert any("方案不写已完成" in reason for _, reason in outline.unplaced)
