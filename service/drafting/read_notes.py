"""Notes to facts: what staff pasted, understood line by line, each line in a fact or set aside with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from service.domain.fact import Conflict, Fact, NotesRead, SetAside, SetAsideReason
from service.domain.period import Period
from service.domain.text import Notes, Span, split_lines
from service.drafting.facts.corrections import settle_corrections
from service.drafting.facts.repeats import compare_statements
from service.drafting.facts.statements import read_statements


def read_notes(raw: str, period: Period | None) -> NotesRead:
    """Everything understood of the notes `raw`: facts in the order of the notes, what is set aside and why, conflicts.
    Empty notes give none of either. Pure; never raises on content.

    `period` says what a date without a year and 去年 mean; None leaves dates as the notes write them.
    """
    notes = split_lines(raw)
    reading = read_statements(notes, period)
    settled = settle_corrections(notes, reading.facts, reading.correcting)
    compared = compare_statements(notes, settled.facts, reading.speakers, reading.rulings)
    aside = [*reading.set_aside, *settled.set_aside, *compared.set_aside]
    aside += _left_over(notes, compared.facts, aside)
    return NotesRead(
        notes,
        tuple(replace(fact, id=f"F{place}") for place, fact in enumerate(compared.facts, 1)),
        tuple(sorted(aside, key=lambda part: (part.span.start, part.span.end))),
        (*_still_open(reading.conflicts, compared.facts), *compared.conflicts),
    )


def _left_over(notes: Notes, facts: Sequence[Fact], aside: Sequence[SetAside]) -> list[SetAside]:
    """The lines that only doubted or corrected a statement which has since fallen away itself, as a repeat does."""
    covered = {number for fact in facts for number in fact.lines} | {part.line for part in aside}
    return [
        SetAside(line.number, Span(line.start, line.end), line.text, SetAsideReason.CHAT)
        for line in notes.lines
        if line.text.strip() and line.number not in covered
    ]


def _still_open(conflicts: Sequence[Conflict], facts: Sequence[Fact]) -> list[Conflict]:
    """The contradictions inside one line whose figure still stands there after corrections."""
    return [
        one
        for one in conflicts
        if any(one.lines[0] in fact.lines and one.values[0] in fact.clean for fact in facts if fact.unsure)
    ]
