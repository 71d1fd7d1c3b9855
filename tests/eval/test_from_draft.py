"""An approved draft becomes a case that loads, expects what was passed, and names nobody."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from eval.apart import put_beside_twins, twins_of
from eval.cases import load_case, load_cases
from eval.from_draft import Approved, anonymous, case_toml
from eval.measures.fact_coverage import states
from service.checking.check import check_draft

NOTES = "3月8日社区主任沈知秋带队清理楼道杂物65处\n联系电话13912345678，身份证110101199003074514\n发放宣传单2800份\n"
TEXT = "云汐街道工作进展\n3月8日，社区主任沈知秋带队清理楼道杂物65处。发放宣传单2800份。"


def _approved() -> Approved:
    passed = tuple(one.to_json() for one in check_draft(NOTES, TEXT).passed)
    return Approved("d1", "progress", "云汐街道", "street", "2024年3月", NOTES, TEXT, passed)


def test_the_case_loads_and_its_reference_states_what_it_expects(tmp_path: Path) -> None:
    path = tmp_path / "one.toml"
    path.write_text(case_toml(_approved(), "one"), encoding="utf-8")
    case = load_case(path)
    assert len(case.expected_facts) >= 2
    assert all(states(case.reference, fact) for fact in case.expected_facts)
    assert {fact.line for fact in case.expected_facts} <= {1, 3}


def test_no_person_number_or_address_is_left(tmp_path: Path) -> None:
    made = case_toml(_approved(), "one")
    for private in ("沈知秋", "13912345678", "110101199003074514"):
        assert private not in made


def test_a_person_has_the_same_new_name_in_notes_and_draft() -> None:
    notes, text = anonymous(NOTES, TEXT)
    assert "沈知秋" not in notes + text
    name = notes[notes.index("主任") + 2 : notes.index("主任") + 5]
    assert name in text


def test_lines_quotes_and_odd_characters_survive_the_file(tmp_path: Path) -> None:
    odd = "引号\"和'''三个\n制表\t符\\反斜\x7f\n发放宣传单2800份\n"
    path = tmp_path / "odd.toml"
    approved = Approved("d2", "progress", "云汐街道", "street", "2024年3月", odd, TEXT, ())
    path.write_text(case_toml(approved, "odd"), encoding="utf-8")
    assert load_case(path).notes == odd


def test_a_twin_of_a_held_out_case_is_held_out_too(tmp_path: Path) -> None:
    notes = "\n".join(f"{NOTES}第{number}组清扫背街小巷，劝导乱停乱放车辆，居民纷纷参加。" for number in "一二三")
    made = case_toml(replace(_approved(), notes=notes), "first").replace("held_out = false", "held_out = true")
    first, second, other = (tmp_path / f"{name}.toml" for name in ("first", "second", "other"))
    first.write_text(made, encoding="utf-8")
    second.write_text(case_toml(replace(_approved(), notes=f"另一天\n{notes}"), "second"), encoding="utf-8")
    own = "医院开设便民门诊，护士上门换药，患者满意。\n食堂推行半份菜，泔水明显少了。"
    other.write_text(case_toml(replace(_approved(), notes=own, text=own, passed=()), "other"), encoding="utf-8")
    held = [load_case(first)]
    assert put_beside_twins(second, load_case(second), held) == ["first"]
    assert put_beside_twins(other, load_case(other), held) == []
    assert [load_case(path).held_out for path in (second, other)] == [True, False]


def test_no_case_of_ours_has_its_twin_on_the_other_side() -> None:
    held = load_cases("held-out")
    assert [case.case_id for case in load_cases("develop") if twins_of(case, held)] == []
