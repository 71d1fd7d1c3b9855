"""Numerals under a span or outside of some, and a doubt that falls on the statement said before."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from service.domain.quantity import Mention
from service.domain.text import Span
from service.drafting.facts.kinds import doubt_of
from service.drafting.facts.read_lines import ReadLine
from service.drafting.facts.reading import Reading


def within(mentions: Sequence[Mention], span: Span) -> list[Mention]:
    """The mentions under `span`. They stand in order, so a line of ten thousand clauses is not searched ten thousand
    times."""
    first = bisect_left(mentions, span.start, key=lambda one: one.start)
    last = bisect_left(mentions, span.end, first, key=lambda one: one.start)
    return [one for one in mentions[first:last] if one.end <= span.end]


def outside(mentions: Sequence[Mention], spans: Sequence[Span]) -> tuple[Mention, ...]:
    """The mentions that touch none of `spans`. Both stand in order, so one pass is enough."""
    kept, place = [], 0
    for one in mentions:
        while place < len(spans) and spans[place].end <= one.start:
            place += 1
        if place == len(spans) or spans[place].start >= one.end:
            kept.append(one)
    return tuple(kept)


def doubt_last(reading: Reading, line: ReadLine, said: str, mark: str) -> bool:
    """Marks the fact said before as unsure; False where none was said."""
    if not reading.facts:
        return False
    last = reading.facts[-1]
    doubt = doubt_of(said, mark) or said
    reading.facts[-1] = replace(
        last,
        unsure=f"{last.unsure}、{doubt}" if last.unsure else doubt,
        lines=tuple(sorted({*last.lines, line.line.number})),
    )
    return True
