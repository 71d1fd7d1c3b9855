"""Genre plans: eight files, read strictly."""

from __future__ import annotations

import pytest

from prompts.load import GenrePlanUnusable, load_genre_plan, read_genre_plan
from service.domain.fact import FactKind
from service.domain.genre import Genre, UnitType

_SMALL = """
version = "1"
genre = "progress"
title = "{unit}汇报"
register = "平实"
openings = ["现将情况汇报如下。"]
closings = [""]

[[section]]
key = "work"
heading = "工作情况"
purpose = "写做了什么"
kinds = ["activity"]
"""


@pytest.mark.parametrize("genre", list(Genre))
def test_every_genre_has_a_plan_of_its_own(genre: Genre) -> None:
    plan = load_genre_plan(genre)
    assert plan.genre is genre
    assert plan.sections and plan.opening_forms and plan.closing_forms and plan.register and plan.never
    assert plan.version.startswith("v") and "sha256:" in plan.version


@pytest.mark.parametrize("genre", list(Genre))
def test_every_genre_places_what_was_done_what_is_wrong_and_what_comes_next(genre: Genre) -> None:
    taken = {kind for section in load_genre_plan(genre).sections for kind in section.kinds}
    assert {FactKind.PROBLEM, FactKind.NEXT} <= taken
    assert genre is Genre.PLAN or {FactKind.ACTIVITY, FactKind.FIGURE, FactKind.RESULT, FactKind.MEETING} <= taken


def test_only_the_plan_takes_nothing_that_is_done() -> None:
    taken = {kind for section in load_genre_plan(Genre.PLAN).sections for kind in section.kinds}
    assert not taken & {FactKind.ACTIVITY, FactKind.MEETING, FactKind.RESULT}


def test_the_indicator_statement_keeps_five_hundred_characters() -> None:
    assert load_genre_plan(Genre.INDICATOR).max_chars == 500


def test_a_rectification_report_asks_seven_things_of_every_problem() -> None:
    issues = next(one for one in load_genre_plan(Genre.RECTIFICATION).sections if one.key == "issues")
    asked = [field.ask for field in issues.requires if field.per == "item"]
    assert asked == ["问题", "原因", "整改措施", "责任单位", "责任人", "整改时限", "完成情况", "佐证材料"]
    assert all(field.why for field in issues.requires)


def test_a_school_has_headings_of_its_own() -> None:
    school = {one.key: one.heading for one in load_genre_plan(Genre.SUMMARY, UnitType.SCHOOL).sections}
    street = {one.key: one.heading for one in load_genre_plan(Genre.SUMMARY, UnitType.STREET).sections}
    assert "校园" in school["environment"] and "校园" not in street["environment"]
    assert school["next"] == street["next"]


def test_a_new_genre_file_needs_no_code() -> None:
    plan, variants = read_genre_plan(_SMALL, "small.toml")
    assert [one.heading for one in plan.sections] == ["工作情况"] and variants == {}


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('register = "平实"', 'register = "平实"\ncolour = "red"', "colour"),
        ('kinds = ["activity"]', 'kinds = ["activities"]', "activities"),
        ('kinds = ["activity"]', 'kinds = ["activity"]\ntopics = ["环境"]', "环境"),
        ('kinds = ["activity"]', 'kinds = ["activity"]\ntenses = ["past"]', "past"),
        ('kinds = ["activity"]', 'kinds = ["activity"]\nempty = "maybe"', "maybe"),
        ('title = "{unit}汇报"', 'title = "{name}汇报"', "name"),
        ('heading = "工作情况"\n', "", "heading"),
        ('version = "1"\n', "", "version"),
        ('genre = "progress"', 'genre = "memo"', "memo"),
        ("[[section]]", "[[section", "TOML"),
    ],
)
def test_a_slip_in_a_plan_is_refused_by_name(old: str, new: str, named: str) -> None:
    with pytest.raises(GenrePlanUnusable, match=named):
        read_genre_plan(_SMALL.replace(old, new, 1), "small.toml")


def test_two_sections_of_one_key_are_refused() -> None:
    section = _SMALL[_SMALL.index("[[section]]") :]
    with pytest.raises(GenrePlanUnusable, match="work"):
        read_genre_plan(_SMALL + section, "small.toml")
