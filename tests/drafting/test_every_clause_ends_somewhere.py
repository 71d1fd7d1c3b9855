"""Every clause of every note ends used, unused with its reason, or asked about: of cases, and of notes mixed anew."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import pytest

from eval.cases import Case, load_cases
from eval.drafting import request_of
from service.domain.draft import Draft, DraftRequest
from service.domain.genre import Genre, UnitType
from service.domain.period import parse_period
from service.domain.text import split_lines
from service.drafting.draft_report import draft_report
from service.drafting.read_notes import read_notes
from service.drafting.tools import DraftingTools
from service.language.pieces import pieces

_CASES = load_cases("develop")
_LETTER = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]")
_MIXES, _LINES = 16, 14


def _unaccounted(request: DraftRequest, draft: Draft) -> Iterator[str]:
    """The clauses of the notes that the draft says nothing of. A clause is used where a fact that holds it rests in a
    sentence, unused where a row of the unused notes holds it, asked about where a question names its line."""
    read = read_notes(request.notes, request.period)
    asked = {int(found) for one in draft.missing for found in re.findall(r"第(\d+)行", one.ask)}
    rested = {line for section in draft.sections for one in section.sentences for line in one.note_lines}
    covered = [0] * len(request.notes)
    for fact in read.facts:
        if set(fact.lines) & rested or any(row.text == fact.text for row in draft.unused_notes):
            covered[fact.span.start : fact.span.end] = [1] * (fact.span.end - fact.span.start)
    for part in read.set_aside:
        if any(row.line == part.line and row.text == part.text and row.reason for row in draft.unused_notes):
            covered[part.span.start : part.span.end] = [1] * (part.span.end - part.span.start)
    own = {read.notes.line_at(fact.span.start).number for fact in read.facts}
    for line in read.notes.lines:
        # What only puts a fact of another line right is used where that fact is.
        if (
            any(line.number in fact.lines and set(fact.lines) & rested for fact in read.facts)
            and line.number not in own
        ):
            covered[line.start : line.end] = [1] * (line.end - line.start)
    headed = {fact.span.start for fact in read.facts} | {part.span.start for part in read.set_aside}
    for line in split_lines(request.notes).lines:
        first = min((at for at in headed if line.start <= at < line.end), default=line.start)
        for start, end in pieces(line.text):
            letters = list(range(max(first, line.start + start), line.start + end))
            letters = [at for at in letters if _LETTER.match(request.notes[at])]
            if sum(not covered[at] for at in letters) * 2 > len(letters) and line.number not in asked:
                yield f"第{line.number}行：{request.notes[line.start + start : line.start + end]}"


def _mixed(seed: int) -> DraftRequest:
    """Notes of lines drawn from all cases: what stood above a line no longer explains it."""
    drawn = random.Random(seed)
    lines = [line for case in _CASES for line in case.notes.split("\n") if line.strip()]
    notes = "\n".join(drawn.sample(lines, _LINES))
    return DraftRequest(notes, drawn.choice(list(Genre)), "云溪街道办事处", parse_period("2025年"), UnitType.STREET)


@pytest.mark.parametrize("case", _CASES[::4], ids=[case.case_id for case in _CASES[::4]])
def test_every_clause_of_a_case_ends_used_unused_or_asked(case: Case) -> None:
    request = request_of(case)
    assert list(_unaccounted(request, draft_report(request, DraftingTools()))) == []


@pytest.mark.parametrize("seed", range(_MIXES))
def test_every_clause_of_mixed_notes_ends_used_unused_or_asked(seed: int) -> None:
    request = _mixed(seed)
    assert list(_unaccounted(request, draft_report(request, DraftingTools()))) == []


def test_no_part_of_a_note_is_both_told_whole_and_left_out_whole() -> None:
    for case in _CASES:
        read = read_notes(case.notes, case.period)
        aside = {(part.span.start, part.span.end) for part in read.set_aside}
        assert not aside & {(fact.span.start, fact.span.end) for fact in read.facts}, case.case_id


def test_a_sigh_inside_a_statement_is_shown_as_unused() -> None:
    request = DraftRequest(
        "小广告清了186处，铲了三个小时累死了",
        Genre.PROGRESS,
        "云溪街道办事处",
        parse_period("2025年9月"),
        UnitType.STREET,
    )
    draft = draft_report(request, DraftingTools())
    assert "累死" not in draft.text
    assert any("累死了" in row.text and "感叹" in row.reason for row in draft.unused_notes)
