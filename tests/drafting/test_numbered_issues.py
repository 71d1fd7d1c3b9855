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
