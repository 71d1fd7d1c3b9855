"""Rows of a rectification ledger (问题, 原因, 措施, 责任人, 时限 …): each cell one fact of the row's item."""

from __future__ import annotations

import re
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


_PLACE_NAME = re.compile(r"点位|地点|位置|地址|场所|区域|路段|^(?:小区|社区|网格|单位|单位名称|名称|街路|楼院|对象)$")
OTHER = "其他："  # Before the name of a column that no genre asks for.


def _field_of(field: str | None, name: str, words: str) -> dict[str, str]:
    return {field or f"{OTHER}{name}": words}


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
    place = next((cell for name, cell in named if _PLACE_NAME.search(name) and cell.text not in EMPTY_CELLS), None)
    facts = []
    for name, cell in named:
        if cell.text in EMPTY_CELLS or name in SERIAL_NAMES or cell is place:
            continue
        span = line.view.span(cell.start, cell.end)
        own = tuple(one for one in mentions if span.covers(one.span))
        if any(one.role is Role.DEFECT and one.kind is Kind.PLACEHOLDER for one in own):
            continue
        field = field_named(name)
        kind = FIELD_KINDS.get(field, FactKind.FIELD) if field else FactKind.FIELD
        words = tidy(cell.text)
        if kind is FactKind.PROBLEM and place is not None and tidy(place.text) not in words:
            words = tidy(place.text) + words  # 火车站广场 and 出租车揽客 are one problem.
            own = tuple(one for one in mentions if line.view.span(place.start, place.end).covers(one.span)) + own
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
                fields={"item": item} | _field_of(field, name, words if kind is FactKind.PROBLEM else cell.text),
            )
        )
    return facts
