"""Rows pasted from a ledger: the header's names and each row as one statement with its columns as words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from service.domain.fact import Fact, FactKind, OpenPoint, SetAsideReason
from service.domain.quantity import Amount, Kind, Mention, Role
from service.domain.text import Span
from service.drafting.facts.cells import EMPTY_CELLS, SERIAL_NAMES, Cell, Header, cells_of, header_told
from service.drafting.facts.clause_words import shown_words
from service.drafting.facts.columns import (
    NUMERIC,
    Column,
    by_periods,
    column_name,
    row_in_words,
    unit_columns,
    value_in_words,
)
from service.drafting.facts.days import day_in_cell, day_of, spoken_day
from service.drafting.facts.gaps import gap_of_cell
from service.drafting.facts.issue_rows import column_field, is_issue_header, issue_facts
from service.drafting.facts.kinds import counted, doubt_of, frame_of, kind_of, tense_of
from service.drafting.facts.labels import field_named
from service.drafting.facts.open_points import asked_of_blank
from service.drafting.facts.private import private_parts
from service.drafting.facts.read_lines import ReadLine, Shape
from service.drafting.facts.reading import Reading
from service.drafting.facts.standing import Standing
from service.drafting.facts.talk import is_instruction, is_of_program
from service.language.clean_view import tidy
from service.language.pieces import pieces
from service.language.topics import topic_of

_HEADER_WORDS = re.compile(
    r"日期|时间|年度|年份|季度|半年|月份|活动|内容|事项|项目|人数|人次|数量|份数|场次|场数|次数|地点|地址|单位|名称|备注|说明|"
    r"主题|责任|牵头|完成|金额|户数|处数|序号|编号|类别|社区|街道|部门|科室|时限|进度|情况|问题|措施|"
    r"指标|今年|去年|本月|累计|合计|参加|发放|清理|整治|负责人|联系|电话"
)
_PRIVATE_HEADER = re.compile(r"电话|手机|身份证|联系方式|卡号")
_DATE_HEADER = re.compile(r"日期|时间|年月日|月日|date", re.IGNORECASE)
_BLANK = re.compile(r"[xX×*＊_]{1,12}")
_UNIT_BEHIND = re.compile(r"[（(/][\u4e00-\u9fff%]{1,4}[）)]?$")
_YEAR_HEADER = re.compile(r"^(?:年度|年份|年)$")
_YEAR_NAME = re.compile(r"(?:19|20)\d\d年?")
_DECIMAL = re.compile(r"\d[\d,]{0,11}(?:\.\d{1,4})?")
_FEWEST_VALUES = 2
_TOTAL = re.compile(r"^(?:合计|总计|小计|共计|总数)")


def read_row(
    reading: Reading,
    line: ReadLine,
    mentions: Sequence[Mention],
    header: Header | None,
    standing: Standing,
    above: ReadLine | None = None,
) -> Header | None:
    """Reads one row into a fact, or takes it as the header; gives the header that holds for the next row. `above` is
    the line above, which may name the columns."""
    cells = cells_of(line)
    if header is None and above is not None and above.shape is not Shape.ROW:
        header = header_told(above, line)
        if header is not None:
            _take_back_title(reading, above)
    whole = line.view.span(line.first, line.last)
    filled = [cell for cell in cells if cell.text not in EMPTY_CELLS]
    if is_instruction(line.view.text):
        reading.put_aside(line.line, whole, SetAsideReason.INSTRUCTION)
        return header
    if not filled or is_of_program(line.view.text) or all(set(cell.text) <= set("-:— ") for cell in filled):
        reading.put_aside(line.line, whole, SetAsideReason.NO_CONTENT)
        return header
    if header is None and _is_header(filled, mentions):
        reading.put_aside(line.line, whole, SetAsideReason.NO_CONTENT)
        return Header(tuple(column_name(cell.text) for cell in cells), line.line.number)
    if header is not None and is_issue_header(header):
        found = issue_facts(reading.notes, reading.period, line, cells, mentions, header)
        reading.facts += found
        if not found:
            reading.put_aside(line.line, whole, SetAsideReason.MASKED)
        return header
    cells, mentions = _without_blanks(reading, line, cells, mentions, header)
    blank = any(not cell.text for cell in cells if cell.start < cell.end)
    told = (
        any(one.unit for one in counted(mentions)) if blank else any(one.text not in EMPTY_CELLS for one in cells[1:])
    )
    if not told:
        reading.put_aside(line.line, whole, SetAsideReason.MASKED)
        return header
    if header is not None and standing.kind_line and standing.kind_line != header.line - 1:
        standing = replace(standing, kind=None, kind_line=0)  # The table is a part of its own below that heading's.
    _row_fact(reading, line, cells, mentions, header, standing)
    return header


def _take_back_title(reading: Reading, above: ReadLine) -> None:
    """Takes out what was read of a line that only names the columns below it."""
    told = [fact for fact in reading.facts if fact.lines[-1] == above.line.number]
    if told:
        reading.facts[:] = [fact for fact in reading.facts if fact not in told]
        reading.put_aside(above.line, above.view.span(above.first, above.last), SetAsideReason.NO_CONTENT)


def _is_header(filled: Sequence[Cell], mentions: Sequence[Mention]) -> bool:
    years = [cell for cell in filled if _YEAR_NAME.fullmatch(cell.text)]
    named = sum(
        bool(_HEADER_WORDS.search(column_name(cell.text)) or _UNIT_BEHIND.search(cell.text) or column_field(cell.text))
        for cell in filled
    )
    named += len(years)  # 项目 | 2024 | 2025 | 备注
    short = all(len(cell.text) <= 12 for cell in filled)
    figures = [one for one in counted(mentions) if not any(one.text.strip() == cell.text for cell in years)]
    return short and not figures and len(years) < len(filled) and named * 2 >= len(filled) and len(filled) >= 2


def _without_blanks(
    reading: Reading, line: ReadLine, cells: Sequence[Cell], mentions: Sequence[Mention], header: Header | None
) -> tuple[list[Cell], list[Mention]]:
    """The cells without what nobody has filled in, each such part set aside and asked about: a blank figure (××%), and
    a cell that says that it is empty (空着，没人打过)."""
    out: list[Cell] = []
    gone: list[Span] = []
    number = line.line.number
    head = cells[0].text
    for place, cell in enumerate(cells):
        name = header.names[place] if header and place < len(header.names) else ""
        blanks = [one for one in mentions if one.role is Role.DEFECT and one.kind is Kind.PLACEHOLDER]
        span = line.view.span(cell.start, cell.end)
        holds = any(span.covers(one.span) for one in blanks) or _BLANK.fullmatch(cell.text)
        if place and (_BLANK.fullmatch(cell.text) or _SAYS_EMPTY.match(cell.text)):
            told = head if len(cells) <= _PAIR_COLUMNS or not name else f"{head}的{name}"
            reading.open_points.append(OpenPoint(number, f"{told}（第{number}行空着）"))
            reading.put_aside(line.line, span, SetAsideReason.MASKED)
            gone.append(span)
            out.append(replace(cell, text=""))
        elif holds:
            kept, left = _pieces_without(cell.text, [one.text for one in blanks if span.covers(one.span)])
            for piece in left:
                ask = asked_of_blank(piece)
                at = cell.start + cell.text.find(piece)
                reading.put_aside(line.line, line.view.span(at, at + len(piece)), SetAsideReason.MASKED)
                gone.append(line.view.span(at, at + len(piece)))
                if ask:
                    reading.open_points.append(OpenPoint(number, f"{ask}（第{number}行空着）"))
            out.append(replace(cell, text=kept))
        elif place and (gap := gap_of_cell(cell.text, head, number)) is not None:
            reading.open_points.append(OpenPoint(number, gap))
            rest, unknown = _pieces_without_gap(cell.text)
            at = cell.start + cell.text.find(unknown)
            reading.put_aside(line.line, line.view.span(at, at + len(unknown)), SetAsideReason.UNCONFIRMED)
            out.append(replace(cell, text=rest))
        else:
            out.append(cell)
    return out, [one for one in mentions if not any(part.overlaps(one.span) for part in gone)]


def _pieces_without_gap(text: str) -> tuple[str, str]:
    """A cell without its last piece, which says that something is not known, and that piece."""
    start, end = list(pieces(text))[-1]
    return text[:start].strip("，,；; "), text[start:end]


_PAIR_COLUMNS = 3  # a thing, what is told of it, and perhaps where it was taken from
_SAYS_EMPTY = re.compile(r"[（(]?(?:空着?|空白|未填|没填|待填|待定|待补|没(?:有)?人|暂缺|缺$|谁也没)")


def _pieces_without(text: str, blanks: Sequence[str]) -> tuple[str, list[str]]:
    """The parts of a cell between commas that hold no blank, joined, and those that do."""
    pieces = [piece for piece in re.split(r"[，,；;]", text) if piece.strip()]
    left = [piece for piece in pieces if any(blank in piece for blank in blanks)]
    return "，".join(piece for piece in pieces if piece not in left), left


def _row_fact(
    reading: Reading,
    line: ReadLine,
    cells: Sequence[Cell],
    mentions: Sequence[Mention],
    header: Header | None,
    standing: Standing,
) -> None:
    names = header.names if header else ()
    fields: dict[str, str] = {}
    used = list(mentions)
    columns: list[Column] = []
    for place, cell in enumerate(cells):
        name = names[place] if place < len(names) else ""
        if cell.text in EMPTY_CELLS or (name in SERIAL_NAMES and cell.text.isdigit()):
            continue
        private = private_parts(cell.text)
        for part in private:
            span = line.view.span(cell.start + part.start, cell.start + part.end)
            reading.put_aside(line.line, span, SetAsideReason.PRIVATE, part.what)
            used = [one for one in used if not span.overlaps(one.span)]
        if private and (_PRIVATE_HEADER.search(name) or not private[0].named):
            continue
        text = shown_words(cell.text, 0, len(cell.text), private) if private else cell.text
        columns.append(Column(name, cell, text))
        if name:
            fields[field_named(name) or name] = text
    if not columns:
        return
    used = _as_values(line, columns, used)
    words, used = _words_of_row(reading, line, columns, used)
    if not words:
        return
    span = line.view.span(columns[0].cell.start, columns[-1].cell.end)
    reading.facts.append(_fact_of_row(reading, line, span, tidy(words), used, header, standing, fields))


def _as_values(line: ReadLine, columns: Sequence[Column], mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, a cell 3.4 among figures being a figure and no day of March."""
    values = [one for one in columns[1:] if _DECIMAL.fullmatch(one.text) and not _DATE_HEADER.search(one.name)]
    if len(values) < _FEWEST_VALUES:
        return list(mentions)
    figures = {line.view.span(one.cell.start, one.cell.end): Decimal(one.text.replace(",", "")) for one in values}
    return [
        replace(one, kind=Kind.COUNT, when=None, reason=None, amount=Amount(figures[one.span], figures[one.span]))
        if one.when is not None and one.span in figures
        else one
        for one in mentions
    ]


def _words_of_row(
    reading: Reading, line: ReadLine, columns: Sequence[Column], mentions: list[Mention]
) -> tuple[str, list[Mention]]:
    """The row as words and its numerals with their units; cells that are not said are set aside."""
    if unit_columns(columns) or by_periods(columns):
        row = row_in_words(columns, reading.period)
        for cell, reason, detail in row.left_out:
            reading.put_aside(line.line, line.view.span(cell.start, cell.end), reason, detail)
        out = [line.view.span(cell.start, cell.end) for cell, _, _ in row.left_out]
        kept = [one for one in mentions if not any(span.overlaps(one.span) for span in out)]
        units = {line.view.offsets[start]: unit for start, unit in row.units.items()}
        return row.words, [replace(one, unit=units[one.start]) if one.start in units else one for one in kept]
    parts = []
    for column in columns:
        value, mentions = _cell_words(line, column, mentions)
        parts.append(value)
    return "，".join(parts), mentions


def _cell_words(line: ReadLine, column: Column, mentions: list[Mention]) -> tuple[str, list[Mention]]:
    """A cell as words: a bare number takes its column's name and unit, other cells stand as they are."""
    cell, name = column.cell, column.name
    span = line.view.span(cell.start, cell.end)
    if _YEAR_HEADER.match(name) and re.fullmatch(r"(?:19|20)\d\d", column.text):
        return f"{column.text}年", mentions
    if _DATE_HEADER.search(name) and (day := day_in_cell(cell.text, None)):
        # 3.5 in a date column is 3月5日; a numeral 3.5 would be composed as a measure.
        return spoken_day(day), [
            replace(one, kind=Kind.DATE, role=Role.CLAIM, when=day, amount=None, unit=None) if one.span == span else one
            for one in mentions
        ]
    if not name or not NUMERIC.match(column.text):
        return column.text, mentions
    value, unit = value_in_words(column)
    return value, [replace(one, unit=unit or one.unit) if one.span == span else one for one in mentions]


def _fact_of_row(
    reading: Reading,
    line: ReadLine,
    span: Span,
    clean: str,
    mentions: Sequence[Mention],
    header: Header | None,
    standing: Standing,
    fields: dict[str, str],
) -> Fact:
    number = line.line.number
    tense = tense_of(clean)
    kind = FactKind.FIGURE if _TOTAL.match(clean) else kind_of(clean, mentions, tense, standing.kind)
    own_day = day_of(clean, mentions, reading.period, standing.stamp)
    where = next((fields[name] for name in ("地点", "活动地点", "地址") if name in fields), standing.where)
    rests = {number, header.line if header else 0}
    if own_day is None and standing.day:
        rests.add(standing.day_line)
    return Fact(
        id="",
        lines=tuple(sorted(rests - {0})),
        span=span,
        text=span.of(reading.notes.raw),
        clean=clean,
        kind=kind,
        topic=topic_of(clean),
        tense=tense,
        frame=frame_of(clean, mentions, reading.period),
        day=own_day or standing.day,
        where=where,
        unsure=doubt_of(clean, "？" if clean.endswith(("?", "？")) and counted(mentions) else ""),
        mentions=tuple(one for one in mentions if span.start <= one.start and one.end <= span.end),
        fields=fields,
    )
