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


# What a clerk writes above a column of such a ledger. 日期 and 活动内容 are what tables call 哪天 and 做了啥.
_SPOKEN_FIELDS = (
    (
        re.compile(
            r"交办(?:原文|内容|问题|事项)?|(?:反馈|督办|问题|暗访)(?:原文|内容|描述|事项)|"
            r"(?:啥|什么)(?:问题|毛病)|哪儿?不行"
        ),
        "问题",
    ),
    (re.compile(r"谁办|承办(?:单位)?|主办(?:单位)?|办理单位|落实单位|归谁"), "责任单位"),
    (re.compile(r"(?:要求|限定|规定).{0,4}|限期|几号前|(?:啥|什么)时候(?:要|完|好|改完)|何时完成"), "时限"),
    (re.compile(r"活动内容|(?:咋|怎么)(?:改|整|弄)的?|整改动作|已做工作|整改过程|做法"), "措施"),
    (
        re.compile(
            r"现状|到哪(?:一)?步了?|(?:弄|改|办)(?:得|到)?(?:咋样|怎样|啥样)了?|"
            r"(?:现在|目前)(?:情况|咋样|啥样)?|销号(?:情况)?"
        ),
        "完成情况",
    ),
)
_SERIAL = re.compile(r"(?:件|问题|条目|案件|清单|项目?)(?:号|编号|序号)|第几条")


def column_field(name: str) -> str | None:
    """The field that a column of a rectification ledger gives, by its name or as clerks speak of it; None for another.
    Pure."""
    return field_named(name) or next((field for said, field in _SPOKEN_FIELDS if said.fullmatch(name)), None)


def _is_serial(name: str) -> bool:
    return name in SERIAL_NAMES or _SERIAL.fullmatch(name) is not None


def _field_of(field: str | None, name: str, words: str) -> dict[str, str]:
    return {field or f"{OTHER}{name}": words}


def _at_place(place: str, problem: str) -> str:
    """火车站广场 and 出租车揽客 as one problem; 东城、西关2个营业厅 and 营业厅排队长 name the hall once."""
    for size in range(min(len(place), len(problem)), 1, -1):
        if place.endswith(problem[:size]):
            return place + problem[size:]
    return place + problem


def is_issue_header(header: Header | None) -> bool:
    """True where the columns are those of a rectification list. Pure."""
    fields = {column_field(name) for name in header.names} - {None} if header else set()
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
    # A-03续 goes on with the row above it.
    serial = next((tidy(cell.text).removesuffix("续") for name, cell in named if _is_serial(name)), None)
    item = serial if serial and re.search(r"\d", serial) else str(line.line.number - header.line)
    topic = topic_of(line.words)
    place = next((cell for name, cell in named if _PLACE_NAME.search(name) and cell.text not in EMPTY_CELLS), None)
    facts = []
    for name, cell in named:
        if cell.text in EMPTY_CELLS or _is_serial(name) or cell is place:
            continue
        span = line.view.span(cell.start, cell.end)
        own = tuple(one for one in mentions if span.covers(one.span))
        if any(one.role is Role.DEFECT and one.kind is Kind.PLACEHOLDER for one in own):
            continue
        field = column_field(name)
        kind = FIELD_KINDS.get(field, FactKind.FIELD) if field else FactKind.FIELD
        words = tidy(cell.text)
        if kind is FactKind.PROBLEM and place is not None and tidy(place.text) not in words:
            words = _at_place(tidy(place.text), words)
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
