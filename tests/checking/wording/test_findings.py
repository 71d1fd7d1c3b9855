"""All wording rules together: order, offsets, honest reports, hostile texts and the generated page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.checking.wording import RULE_CODES, RULES, Severity, wording_findings, wording_page, wording_rule
from service.checking.wording.catalogue import LEFT_TO_OTHERS
from service.checking.wording.find import FINDERS
from service.domain.genre import parse_genre
from service.domain.period import parse_period

SAMPLES = Path(__file__).parents[3] / "corpus" / "samples"
YEAR = parse_period("2024年")
_SIGNS = st.text(
    alphabet="一二三、十余多约近左右以上《》“”（）()0159.-～%年月日号万千是要第截止工作\n，。；： 获全国", max_size=80
)


def _reports() -> list[tuple[str, str, str, str]]:
    rows = (SAMPLES / "index.tsv").read_text(encoding="utf-8").splitlines()[1:]
    fields = [row.split("\t") for row in rows if re.match(r"\d", row)]
    return [(row[0], row[1], row[4], (SAMPLES / row[0]).read_text(encoding="utf-8")) for row in fields]


def test_honest_reports_draw_no_warning_and_hardly_a_suggestion() -> None:
    found = [
        (name, one.rule, one.severity, one.text)
        for name, genre, year, text in _reports()
        for one in wording_findings(text, genre=parse_genre(genre), period=parse_period(year))
    ]
    assert len(_reports()) == 32
    assert [one for one in found if one[2] is Severity.WARNING] == []
    assert len(found) <= 3, found


def test_a_page_of_damage_is_seen() -> None:
    text = (SAMPLES / "dirty-04-halfwidth-and-spaces.txt").read_text(encoding="utf-8")
    assert {"R15", "R24"} <= {one.rule for one in wording_findings(text, period=YEAR)}


@given(_SIGNS)
@settings(max_examples=150)
def test_findings_stand_in_order_inside_the_draft_and_say_what_stands_there(draft: str) -> None:
    found = wording_findings(draft, period=YEAR)
    assert list(found) == sorted(found, key=lambda one: (one.start, one.end, one.rule))
    for one in found:
        assert 0 <= one.start < one.end <= len(draft)
        assert draft[one.start : one.end] == one.text
        assert one.replacement != one.text
        assert one.severity is Severity.SUGGESTION or wording_rule(one.rule).severity is Severity.WARNING


def test_switching_off_every_rule_leaves_nothing() -> None:
    draft = "".join(rule.wrong for rule in RULES)
    assert wording_findings(draft, period=YEAR)
    assert wording_findings(draft, period=YEAR, switched_off=RULE_CODES) == ()


def test_nothing_is_said_of_an_empty_draft() -> None:
    assert wording_findings("") == wording_findings(" \n\n") == ()


@pytest.mark.parametrize("quoted", ["“{}”", "《{}》", "【待补：{}】"], ids=["quotation", "title", "placeholder"])
@pytest.mark.parametrize(
    "slip",
    [
        "约30余处",
        "至少20次以上",
        "15-20处",
        "15～20%",
        "3、4个",
        "10几处",
        "截止6月底",
        "9月3号",
        "3万5千份",
        "全国首创",
    ],
)
def test_words_of_others_are_left_alone(quoted: str, slip: str) -> None:
    assert wording_findings(f"整治{slip}，已完成。", period=YEAR)
    assert wording_findings(f"提出{quoted.format(slip)}的说法，已转办。", period=YEAR) == ()


HOSTILE = (
    [
        "1",
        "（",
        "“",
        "《（",
        "）",
        "万",
        "一是",
        "1-",
        "。",
        "\n",
        "三、",
        "工作",
        "2024年",
        "至少",
        "近30余",
        "工商局",
        "100%",
    ],
    ["一、甲\n", "一、存在问题\n", "一加强甲。二加强乙。", "获“甲乙丙”", "满意率", '"甲', "二三四五六七八九十", "年23"],
)


@pytest.mark.parametrize("unit", [unit for row in HOSTILE for unit in row])
def test_a_hostile_text_is_read_to_its_end(unit: str) -> None:
    draft = unit * (20_000 // len(unit))
    found = wording_findings(draft, period=YEAR)
    assert all(one.end <= len(draft) for one in found)
    # A slip after the hostile part is still seen, so nothing gave up on the way.
    assert "R38" in {one.rule for one in wording_findings(f"{draft}\n电话：13800001234。", period=YEAR)}


def test_every_rule_of_the_table_has_a_finder_and_every_finder_a_rule() -> None:
    assert {code for code, _ in FINDERS} == RULE_CODES
    assert len(RULES) == len(RULE_CODES)


def test_the_house_list_is_decided_here_or_elsewhere_without_a_gap() -> None:
    house = {f"R{number:02d}" for number in range(1, 41)}
    assert RULE_CODES | {code for code, _, _ in LEFT_TO_OTHERS} == house | {"R41"}


def test_the_page_shows_every_rule_with_its_examples() -> None:
    page = wording_page()
    assert page.startswith("# Wording and layout rules\n")
    for rule in RULES:
        assert f"| {rule.code} | {rule.title}" in page
        assert rule.wrong.replace("\n", "<br>") in page
    assert "| 卫计委 |" in page and "| 改革开放 | 1978 |" in page
