"""Notes to facts: what staff pasted, understood line by line, each line in a fact or set aside with the reason."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from service.domain.fact import Conflict, Fact, NotesRead, SetAside, SetAsideReason
from service.domain.period import Period
from service.domain.text import Notes, Span, split_lines
from service.drafting.facts.corrections import settle_corrections
from service.drafting.facts.denied import denied_values
from service.drafting.facts.elided import with_their_things
from service.drafting.facts.named_old import with_named_old
from service.drafting.facts.private import without_private
from service.drafting.facts.reading import Reading
from service.drafting.facts.repeats import compare_statements
from service.drafting.facts.second_figures import named_conflict, second_figures
from service.drafting.facts.statements import read_statements
from service.drafting.facts.surer import told_for_sure
from service.drafting.left_open import in_context, left_open
from service.drafting.parts_and_wholes import parts_and_wholes
from service.language.pieces import pieces

_LETTER = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]")
_LEAD_LETTERS = 8
_SUBJECT_LINES = 6  # A chat decides about what was said just above.

_REMEMBERED = 8  # notes: a page shows the facts of notes that are drafted from next, and sections are written again


@lru_cache(maxsize=_REMEMBERED)
def read_notes(raw: str, period: Period | None) -> NotesRead:
    """Everything understood of the notes `raw`: facts in the order of the notes, what is set aside and why, conflicts.
    Empty notes give none of either. Pure; never raises on content.

    `period` says what a date without a year and 去年 mean; None leaves dates as the notes write them.
    """
    notes = split_lines(raw)
    reading = read_statements(notes, period)
    allowed = _allowed(reading)
    named, renamed = with_named_old(notes, allowed, [*reading.replaced, *denied_values(notes, allowed)])
    settled = settle_corrections(notes, named, reading.correcting, reading.taken_back, reading.speakers)
    surer, doubted = told_for_sure(notes, settled.facts)
    compared = compare_statements(notes, surer, reading.speakers, reading.rulings)
    aside = [*reading.set_aside, *renamed, *settled.set_aside, *doubted, *compared.set_aside]
    aside += _left_over(notes, compared.facts, aside, reading.begins)
    conflicts = [*_still_open(reading.conflicts, compared.facts), *compared.conflicts]
    conflicts += second_figures(notes, compared.facts, aside, conflicts)
    points = [*reading.open_points]
    points += [
        one for one in left_open(notes, compared.facts, aside, conflicts, points) if one.ask not in reading.answered
    ]
    points += [
        one
        for one in parts_and_wholes(notes, compared.facts, aside)
        if one.ask not in reading.answered and not any(one.line == two.line for two in points)
    ]
    points.sort(key=lambda one: one.line)
    return NotesRead(
        notes,
        tuple(replace(fact, id=f"F{place}") for place, fact in enumerate(with_their_things(compared.facts), 1)),
        tuple(sorted(aside, key=lambda part: (part.span.start, part.span.end))),
        tuple(named_conflict(notes, one) for one in conflicts),
        tuple(
            replace(point, ask=without_private(point.ask))
            for point in in_context(notes, sorted(points, key=lambda one: one.line))
        ),
    )


def _allowed(reading: Reading) -> list[Fact]:
    """The facts without those about a subject that a line close below keeps out of the report: 被盗的数别写."""
    facts, notes = list(reading.facts), reading.notes
    for number, subject in reading.subjects_out:
        kept: list[Fact] = []
        out: Fact | None = None
        for fact in facts:
            line = notes.line_at(fact.span.start).number
            near = number - _SUBJECT_LINES <= line < number and subject in fact.clean
            # 非机动车被盗7起，破了3起: what goes on with it in its sentence goes too.
            goes_on = out is not None and line == notes.line_at(out.span.start).number
            goes_on = (
                goes_on and out is not None and notes.raw[out.span.end : fact.span.start].strip() in ("，", ",", "、")
            )
            if near or goes_on:
                out = fact
                reading.put_aside(
                    notes.line_at(fact.span.start), fact.span, SetAsideReason.CHAT, f"第{number}行注明不写"
                )
            else:
                kept.append(fact)
        facts = kept
    return facts


def _left_over(
    notes: Notes, facts: Sequence[Fact], aside: Sequence[SetAside], begins: Mapping[int, int]
) -> list[SetAside]:
    """What stands in no fact and was set aside by nobody: clauses that only doubt, put right or address (打反了,
    等平台导数, 各位), and lines whose statement has since fallen away as a repeat. Each is told with its reason."""
    covered = bytearray(len(notes.raw))
    for span in (*(fact.span for fact in facts), *(part.span for part in aside)):
        covered[span.start : span.end] = b"\1" * (span.end - span.start)
    told = {number for fact in facts for number in fact.lines}
    own = {notes.line_at(fact.span.start).number for fact in facts}
    named = {part.line for part in aside}
    left: list[SetAside] = []
    for line in notes.lines:
        # A line that is told and holds no fact of its own put a fact of another line right.
        if not line.text.strip() or line.number in told - own:
            continue
        for start, end in pieces(line.text):
            first = max(line.start + start, begins.get(line.number, line.start))
            last = line.start + end
            letters = [at for at in range(first, last) if _LETTER.match(notes.raw[at])]
            if letters and _leads_to_fact(letters, covered):
                continue
            if letters and sum(not covered[at] for at in letters) * 2 > len(letters):
                span = Span(first, last)
                reason = SetAsideReason.ASIDE if line.number in told else SetAsideReason.CHAT
                left.append(SetAside(line.number, span, span.of(notes.raw), reason))
                named.add(line.number)
        if line.number not in told and line.number not in named:
            left.append(SetAside(line.number, Span(line.start, line.end), line.text, SetAsideReason.CHAT))
    return left


def _leads_to_fact(letters: Sequence[int], covered: bytearray) -> bool:
    """True where only a few words that lead to what is told stand before it: 短板主要是 in 短板主要是人手不够."""
    told = [place for place, at in enumerate(letters) if covered[at]]
    return bool(told) and 0 < told[0] <= _LEAD_LETTERS and told[-1] - told[0] + 1 == len(told) == len(letters) - told[0]


def _still_open(conflicts: Sequence[Conflict], facts: Sequence[Fact]) -> list[Conflict]:
    """The contradictions inside one line whose figure still stands there after corrections."""
    return [
        one
        for one in conflicts
        if any(one.lines[0] in fact.lines and one.values[0] in fact.clean for fact in facts if fact.unsure)
    ]
