"""Rows of a rectification ledger (问题, 原因, 措施, 责任人, 时限 …): each cell one fact of the row's item."""

from __future__ import annotations

from collections.abc import Sequence

from service.domain.fact import Fact, FactKind
from service.domain.period import Period
from service.domain.quantity import Kind, Mention, Role
from service.domain.text import Notes
from service.drafting.facts.cells import EMPTY_CELLS, SERIAL_NAMES, Cell, Header
from service.drafting.facts.days import day_of
from service.drafting.facts.kinds import counted, doubt_of, tense_of
from service.drafting.facts.labels import FIELD_KINDS, field_named
from service.drafting.facts.read_lines import ReadLine
from service.language.clean_view import tidy
from service.language.topics import topic_of

_FEWEST_FIELDS = 2  # Beside 问题: a ledger of visits may have a column of problems and is none of rectification.


def is_issue_header(header: Header | None) -> bool:
    """True where the columns are those of a rectification list. Pure."""
    fields = {field_named(name) for name in header.names} - {None} if header else set()
    return "问题" in fields and len(fields) > _FEWEST_FIELDS


def issue_facts(
    notes: Notes,
    period: Period | None,
    line: ReadLine,
    cells: Sequence[Cell],
    mentions: Sequence[Mention],
    header: Header,
) -> list[Fact]:
    """One fact for each filled cell, with the row's item in its fields; a cell with an unfilled blank gives none.
    Pure."""
    named = [(header.names[place] if place < len(header.names) else "", cell) for place, cell in enumerate(cells)]
    serial = next((cell.text for name, cell in named if name in SERIAL_NAMES and cell.text.isdigit()), None)
    item = serial or str(line.line.number - header.line)
    topic = topic_of(line.words)
    facts = []
    for name, cell in named:
        if cell.text in EMPTY_CELLS or name in SERIAL_NAMES:
            continue
        span = line.view.span(cell.start, cell.end)
        own = tuple(one for one in mentions if span.covers(one.span))
        if any(one.role is Role.DEFECT and one.kind is Kind.PLACEHOLDER for one in own):
            continue
        field = field_named(name)
        kind = FIELD_KINDS.get(field, FactKind.FIELD) if field else FactKind.MEASURE
        words = tidy(cell.text)
        facts.append(
            Fact(
                id="",
                lines=tuple(sorted({header.line, line.line.number})),
                span=span,
                text=span.of(notes.raw),
                clean=words if kind is not FactKind.FIELD else f"{name}：{words}",
                kind=kind,
                topic=topic_of(words) or topic,
                tense=tense_of(words),
                day=day_of(words, own, period, None),
                unsure=doubt_of(words, "？" if words.endswith(("?", "？")) and counted(own) else ""),
                mentions=own,
                fields={"item": item} | ({field: cell.text} if field else {}),
            )
        )
    return facts
