"""What of the notes is not in the draft, line by line, each with the reason."""

from __future__ import annotations

from collections.abc import Sequence

from service.domain.draft import DraftSection, Outline
from service.domain.fact import NotesRead
from service.domain.finding import UnusedNote
from service.drafting.compose_by_rules.feelings import without_feelings
from service.drafting.compose_by_rules.rewrite import split_clauses

_FEELING = "感叹、玩笑或称呼，不写入报告"


def unused_notes(read: NotesRead, outline: Outline, sections: Sequence[DraftSection]) -> tuple[UnusedNote, ...]:
    """Lines, or parts of lines, that no sentence rests on, in the order of the notes: facts the outline left out, words
    set aside, facts whose words came to nothing, and sighs and laughter inside those that were told. Pure."""
    rows: list[tuple[int, int, UnusedNote]] = []
    for fact, reason in outline.unplaced:
        line = read.notes.line_at(fact.span.start).number
        rows.append((line, fact.span.start, UnusedNote(line, fact.text, reason)))
    for part in read.set_aside:
        reason = part.reason.chinese + (f"（{part.detail}）" if part.detail else "")
        rows.append((part.line, part.span.start, UnusedNote(part.line, part.text, reason)))
    rested_on = {line for section in sections for one in section.sentences for line in one.note_lines}
    for plan in outline.sections:
        for fact in plan.facts:
            line = read.notes.line_at(fact.span.start).number
            if line not in rested_on:
                rows.append((line, fact.span.start, UnusedNote(line, fact.text, "整理后没有可写入报告的内容")))
                continue
            for clause in split_clauses(fact.clean):
                rows += [
                    (line, fact.span.end, UnusedNote(line, said, _FEELING)) for said in without_feelings(clause)[1]
                ]
    return tuple(row for _, _, row in sorted(rows, key=lambda one: one[:2]))
