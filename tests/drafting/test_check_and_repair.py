"""A refused figure is said in other words, and after that becomes a question in its place."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from service.domain.draft import DraftSection, Sentence, SentenceKind
from service.domain.finding import CheckResult, Finding, Overlap, Verdict
from service.drafting.check_and_repair import Repaired, check_and_repair
from service.drafting.read_notes import read_notes
from service.drafting.tools import check_by_rules
from tests.drafting.composing import request

_NOTES = "清理了死角12处\n发了宣传单300份"


def _section(*sentences: tuple[str, int], composer: str = "rules") -> DraftSection:
    text, found = "", []
    for words, line in sentences:
        found.append(Sentence(len(text), len(text) + len(words), (line,), SentenceKind.FACT))
        text += words
    return DraftSection("工作情况", text, tuple(found), composer)


def _refusing(refused: Callable[[str], bool], verdict: Verdict = Verdict.NO_SOURCE) -> Callable[[str], CheckResult]:
    """A checker that refuses the figures its rule names."""

    def check(text: str) -> CheckResult:
        import re

        findings = tuple(
            Finding(found.start(), found.end(), found.group(), "count", verdict, "N00", "没有依据")
            for found in re.finditer(r"\d+[处份]", text)
            if refused(found.group()) and "【" not in text[max(0, found.start() - 12) : found.start()]
        )
        return CheckResult(findings, (), (), (), Overlap(0, None))

    return check


def _repair(section: DraftSection, check: Callable[[str], CheckResult], rounds: int = 2) -> Repaired:
    asked = request(_NOTES)
    return check_and_repair("标题", [section], read_notes(_NOTES, asked.period), asked, check, rounds)


def test_a_clean_draft_is_left_alone() -> None:
    section = _section(("清理死角12处。", 1))
    assert _repair(section, _refusing(lambda figure: False)).sections == (section,)


def test_a_models_invented_figure_gives_way_to_the_rules_sentence() -> None:
    section = _section(("共清理卫生死角99处。", 1), ("发放宣传单300份。", 2), composer="some-model")
    done = _repair(section, _refusing(lambda figure: figure == "99处"))
    assert done.sections[0].text == "清理死角12处。发放宣传单300份。"
    assert [one.note_lines for one in done.sections[0].sentences] == [(1,), (2,)]
    assert not done.check.findings


def test_a_figure_refused_in_every_wording_becomes_a_question_in_its_place() -> None:
    done = _repair(
        _section(("清理死角12处。", 1), ("发放宣传单300份。", 2)), _refusing(lambda figure: figure == "12处")
    )
    assert done.sections[0].text == "清理死角【待补：核实清理死角“12处”（笔记第1行）】。发放宣传单300份。"
    assert [one.ask for one in done.sections[0].missing] == ["核实清理死角“12处”（笔记第1行）"]


def test_offsets_follow_the_mended_text() -> None:
    done = _repair(
        _section(("清理死角12处。", 1), ("发放宣传单300份。", 2)), _refusing(lambda figure: figure == "12处")
    )
    section = done.sections[0]
    assert [section.text[one.start : one.end] for one in section.sentences][1] == "发放宣传单300份。"
    start = done.assembled.starts[0]
    assert done.assembled.text[start : start + len(section.text)] == section.text


@pytest.mark.parametrize("rounds", [1, 2, 5])
def test_repair_ends_also_where_everything_is_refused(rounds: int) -> None:
    done = _repair(_section(("清理死角12处。", 1), ("发放宣传单300份。", 2)), _refusing(lambda figure: True), rounds)
    assert not done.check.findings
    assert done.sections[0].text.count("【待补：") == 2


def test_the_head_of_a_listed_sentence_stays() -> None:
    done = _repair(_section(("一是清理死角12处；", 1), ("二是发放宣传单300份。", 2)), _refusing(lambda figure: True))
    assert done.sections[0].text.startswith("一是清理死角【待补：") and "；二是" in done.sections[0].text


def test_a_question_is_no_finding_to_mend() -> None:
    section = DraftSection("工作情况", "【待补：责任人】", (Sentence(0, 8, (), SentenceKind.PLACEHOLDER),), missing=())
    asked = request(_NOTES)
    read = read_notes(_NOTES, asked.period)
    done = check_and_repair("标题", [section], read, asked, lambda text: check_by_rules(_NOTES, text), 2)
    assert done.sections[0].text == "【待补：责任人】"
    assert {one.verdict for one in done.check.findings} == {Verdict.PLACEHOLDER}
