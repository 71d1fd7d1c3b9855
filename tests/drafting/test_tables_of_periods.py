"""Ledgers by quarter or by year, blanks in cells, and what notes say nobody has given yet."""

from __future__ import annotations

import pytest

from service.domain.genre import Genre
from service.domain.period import parse_period
from service.drafting.read_notes import read_notes
from tests.drafting.composing import drafted

_QUARTERS = """项目\t一季度\t二季度\t上半年\t去年上半年\t备注
送戏进巷(场)\t64\t92\t156\t140\t
免费培训(班)\t11\t15\t26\t22\t含老年班9个"""


def test_the_column_of_the_period_is_told_and_last_years_beside_it() -> None:
    read = read_notes(_QUARTERS, parse_period("2025年上半年"))
    assert [fact.clean for fact in read.facts] == [
        "送戏进巷156场（去年上半年为140场）",
        "免费培训26班（去年上半年为22班，含老年班9个）",
    ]


def test_a_row_that_begins_with_a_year_says_it() -> None:
    rows = "年度\t志愿家庭(户)\t安全演练(次)\n2023\t41\t4\n2024\t58\t5"
    read = read_notes(rows, parse_period("2023—2024年"))
    assert [fact.clean for fact in read.facts] == [
        "2023年，志愿家庭41户，安全演练4次",
        "2024年，志愿家庭58户，安全演练5次",
    ]


def test_a_blank_in_a_cell_costs_itself_only_and_is_asked() -> None:
    rows = "内容\t情况\t出处\n"
    rows += "公交\t线路118条，示范线9条，司机满意率 ××%（数没出来）\t公交集团\n自评得分\t（空着，没人打过）\t"
    read = read_notes(rows, None)
    assert "线路118条" in read.facts[0].clean
    assert [point.ask for point in read.open_points] == ["司机满意率（第2行空着）", "自评得分（第3行空着）"]


def test_what_nobody_has_given_is_asked() -> None:
    notes = "劝导组民政所牵头；督查组 —— 没人认，下次定\n自评分谁也没填\n存在的困难大家谁也没提呢\n下一步的还没人交"
    asks = [point.ask for point in read_notes(notes, None).open_points]
    assert [any(word in ask for ask in asks) for word in ("督查组", "得分", "问题", "下一步")] == [True] * 4


def test_a_figure_that_another_hand_counted_otherwise_is_a_question() -> None:
    notes = "物业 卢：停车位增加了五十三个\n网格 瑞：我去数了是四十七个啊\n物业 卢：明天再数"
    read = read_notes(notes, None)
    assert [conflict.values for conflict in read.conflicts] == [("五十三个", "四十七个")]


def test_a_word_of_the_notes_that_only_says_it_is_unknown_answers_nothing() -> None:
    notes = "职工86人\n待办：主送谁还没查到\n12月3日开展清扫，清运垃圾4车"
    assert "【待补：主送机关】" in drafted(notes, Genre.DECLARATION, unit="栖霞渡小学").text
    told = notes.replace("主送谁还没查到", "主送：县文明办")
    assert "【待补：主送机关】" not in drafted(told, Genre.DECLARATION, unit="栖霞渡小学").text


def test_problems_told_in_one_breath_end_where_a_plan_begins() -> None:
    notes = (
        "四月清明祭扫组织了4个班182人去陵园 垃圾分类这块我们装了回收箱6个 存在的问题主要是家长接送车乱停 "
        "还有就是图书角有三个班没建好 打算下学期建好 另外要搞一个文明班级评比 每月一次"
    )
    facts = {fact.clean: fact for fact in read_notes(notes, parse_period("2024年上半年")).facts}
    kinds = {clean[:4]: str(fact.kind) for clean, fact in facts.items()}
    assert kinds["家长接送"] == "problem"
    jointly = next(clean for clean in facts if "图书角" in clean)
    assert "打算下学期建好" in jointly and str(facts[jointly].kind) == "problem"
    assert next(str(fact.kind) for clean, fact in facts.items() if "评比" in clean) == "next"
    assert next(str(fact.kind) for clean, fact in facts.items() if "回收箱" in clean) == "activity"


def test_staff_counted_without_a_verb_is_the_profile_and_a_bare_honour_a_result() -> None:
    text = drafted("职工259人，党员104人，下设7个科室\n去年是区级文明单位，今年想报市级", Genre.DECLARATION).text
    assert "【待补：单位基本情况" not in text
    assert "职工259人" in text.split("二、")[0] and "区级文明单位" in text.split("取得的成绩")[1]


def test_a_place_nobody_looks_after_is_a_problem_and_no_question() -> None:
    read = read_notes("翠柏苑北门那块一直没人管，线划了没人停", None)
    assert not read.open_points and all(str(fact.kind) == "problem" for fact in read.facts)


def test_an_order_how_to_write_keeps_nothing_out_and_a_pen_slip_is_put_right() -> None:
    notes = "劳动基地今年还没弄，打算10月底前在操场东边辟一块，别写成有了\n"
    notes += "读书角24个班都有，书2180册\n更正 书是2810册，打反了"
    facts = read_notes(notes, parse_period("2025年")).facts
    assert any("操场东边" in fact.clean and str(fact.tense) == "planned" for fact in facts)
    assert any("2810册" in fact.clean for fact in facts) and not any("2180册" in fact.clean for fact in facts)


def test_labels_of_later_times_tell_what_comes_next() -> None:
    facts = read_notes("2026：再建床位150张\n养老机构21家，床位3940张", parse_period("2025年")).facts
    assert [str(fact.kind) == "next" for fact in facts] == [True, *[False] * (len(facts) - 1)]


def test_whom_the_notes_name_is_addressed_before_the_opening() -> None:
    notes = "主送：市委宣传部、市文明办（院办已电话确认）\n职工86人\n12月3日开展清扫，清运垃圾4车"
    lines = drafted(notes, Genre.DECLARATION, unit="栖霞渡小学").text.split("\n")
    assert lines[1] == "市委宣传部、市文明办：" and "主送" not in "".join(lines)


_TOLD_ABOVE = """申报用的数据底表（三列：2024 / 2025 / 2026年1-9月）
员工人数\t418\t405\t398
户均停电时间(小时)\t6.8\t5.1\t3.4
供电可靠率%\t99.922\t99.942\t—
慰问金(万元)\t5.2\t4.84\t3.8"""


@pytest.mark.parametrize(
    ("period", "told"),
    [
        (
            "2024—2026年",
            [
                "员工2024年418人、2025年405人、2026年1至9月398人",
                "户均停电时间2024年6.8小时、2025年5.1小时、2026年1至9月3.4小时",
                "供电可靠率2024年99.922%、2025年99.942%",
                "慰问金2024年5.2万元、2025年4.84万元、2026年1至9月3.8万元",
            ],
        ),
        ("2026年前三季度", ["员工398人", "户均停电时间3.4小时", "慰问金3.8万元"]),
    ],
)
def test_columns_that_only_the_line_above_names_are_told_each_by_its_time(period: str, told: list[str]) -> None:
    read = read_notes(_TOLD_ABOVE, parse_period(period))
    assert [fact.clean for fact in read.facts] == told
    assert all(fact.day is None for fact in read.facts)
