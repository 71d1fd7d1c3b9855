"""Notes to facts: what staff pasted, understood line by line, each line in a fact or set aside with the reason."""

from __future__ import annotations

from dataclasses import replace

from service.domain.fact import NotesRead
from service.domain.period import Period
from service.domain.text import split_lines
from service.drafting.facts.statements import read_statements


def read_notes(raw: str, period: Period | None) -> NotesRead:
    """Everything understood of the notes `raw`: facts in the order of the notes, what is set aside and why, conflicts.
    Empty notes give none of either. Pure; never raises on content.

    `period` says what a date without a year and 去年 mean; None leaves dates as the notes write them.
    """
    notes = split_lines(raw)
    reading = read_statements(notes, period)
    facts = sorted(reading.facts, key=lambda fact: (fact.span.start, fact.span.end))
    return NotesRead(
        notes,
        tuple(replace(fact, id=f"F{place}") for place, fact in enumerate(facts, 1)),
        tuple(sorted(reading.set_aside, key=lambda part: (part.span.start, part.span.end))),
    )
