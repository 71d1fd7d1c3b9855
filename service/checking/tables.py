"""Figures of a pasted table: each takes its thing and unit from the head of its column and its body from its row.

前营⇥46 under 村⇥清垃圾(吨) reads as 前营清垃圾46吨. A table is rows of as many cells as the head row, which holds no
bare figure; what stands between two tables ends the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.checking.claim import CALENDAR, Claim, bigrams
from service.checking.cues import earlier_period, planned, scope_of
from service.domain.quantity import Mention
from service.domain.text import split_lines
from service.language.column_times import times_named
from service.language.numbers import find_numbers
from service.language.numbers.units import unit_of
from service.language.patterns import deferred

_BREAK = deferred(r"\t|\|")
_OF_TIME = deferred(r"[年月日季周期]")
_UNIT = deferred(r"[（(]\s?([^（()）]{1,6})\s?[）)]\s*$")
_FIGURE = deferred(r"\s*[\d０-９.,，]+\s*%?\s*\Z")
# A cell that holds a figure with its unit or a hedge: 1,320起, 约30人.
_CELL = deferred(
    r"\s*(?:[约近超逾]\s?)?[\d０-９][\d０-９.,，]*\s?[余多]?[万亿]?[余多]?\s?(?:%|[\u4e00-\u9fff]{0,3})[余多]?\s*\Z"
)
_OF_DATES = deferred(r"\s*(年|月)[度份]?\s*\Z")
_LEAST_CELLS = 2  # cells of a row; a line of chat may hold a blank too


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one place of a row; `start` is into its line."""

    start: int
    text: str


def _cells(text: str) -> list[Cell]:
    cells, start = [], 0
    for found in (*_BREAK.finditer(text), None):
        stop = found.start() if found is not None else len(text)
        cells.append(Cell(start, text[start:stop]))
        start = found.end() if found is not None else stop
    return cells


def read_in_columns(text: str, claims: Sequence[Claim]) -> list[Claim]:
    """The claims of a text, those of its tables bound to their column and row. Pure."""
    if "\t" not in text and "|" not in text:
        return list(claims)
    placed: dict[int, Claim] = {}
    by_line: dict[int, list[Claim]] = {}
    for claim in claims:
        by_line.setdefault(claim.line, []).append(claim)
    head: list[Cell] = []
    told: list[str] = []
    table = 0
    for line in split_lines(text).lines:
        cells = _cells(line.text)
        if not _under(cells, head):
            head = cells if _is_head(cells) else []
            table = line.number
            if len(cells) < _LEAST_CELLS:
                told = times_named(line.text)
            if not _is_row(cells):
                continue
            times = told if len(told) == len(cells) - 1 else [""] * (len(cells) - 1)
            head = [Cell(0, ""), *(Cell(0, one) for one in times)]
        for claim in by_line.get(line.number, ()):
            at = claim.mention.start - line.start
            column = max(index for index, one in enumerate(cells) if one.start <= at)
            if _CELL.match(cells[column].text):
                placed[id(claim)] = bound(claim, head, cells, column, f"{table}/{column}")
    return [placed.get(id(one), one) for one in claims]


def _is_head(cells: Sequence[Cell]) -> bool:
    """True for a row without figures; the years of 指标⇥2023⇥2024 are none, and 计划⇥60条 is a row."""
    figures = [one for one in cells if _CELL.match(one.text) and not _OF_TIME.search(one.text)]
    years = len(figures) > 1 and not _FIGURE.match(cells[0].text)
    years = years and all(_BARE_YEAR.fullmatch(one.text.strip()) for one in figures)
    return len(cells) >= _LEAST_CELLS and (not figures or years)


def _under(cells: Sequence[Cell], head: Sequence[Cell]) -> bool:
    """True for a row of as many cells as its head, or of figures that leave out the last one."""
    short = (
        len(cells) == len(head) - 1 and len(cells) > _LEAST_CELLS and all(_CELL.match(one.text) for one in cells[1:])
    )
    return len(cells) >= _LEAST_CELLS and (len(cells) == len(head) or short)


def _is_row(cells: Sequence[Cell]) -> bool:
    """True for a row that needs no head of cells: a label with its unit, and figures (供电客户(万户)⇥21.8⇥22.3)."""
    if len(cells) <= _LEAST_CELLS or _FIGURE.match(cells[0].text) or not _ROW_UNIT.search(cells[0].text):
        return False
    return all(_CELL.match(one.text) or not one.text.strip(" —–-/无") for one in cells[1:])


_ROW_UNIT = deferred(r"[（(]\s?[^（()）]{1,6}\s?[）)]\s*$|[%％‰]\s*$")


def rows_of(text: str) -> list[tuple[str, list[tuple[int, str]]]]:
    """The tables of a text, each as what its rows are called (村) and where which row begins (前营, 后营). Pure."""
    found: list[tuple[str, list[tuple[int, str]]]] = []
    head: list[Cell] = []
    for line in split_lines(text).lines if "\t" in text or "|" in text else ():
        cells = _cells(line.text)
        if len(cells) < _LEAST_CELLS or len(cells) != len(head):
            head = cells if len(cells) >= _LEAST_CELLS and not any(_FIGURE.match(one.text) for one in cells) else []
            if head:
                found.append((head[0].text.strip(), []))
        elif not _TOTALS.match(cells[0].text):
            found[-1][1].append((line.start, cells[0].text.strip()))
    return [(called, rows) for called, rows in found if called and len(rows) > 1]


_TOTALS = deferred(r"\s*(?:合计|总计|小计|共计|平均)")


def bound(claim: Claim, head: Sequence[Cell], row: Sequence[Cell], column: int, name: str) -> Claim:
    """The claim of one cell with what its head and its row say of it; `name` tells its column from others. Pure."""
    label = head[column].text.strip()
    label = f"{label}年" if _BARE_YEAR.fullmatch(label) else label
    unit = _UNIT.search(label)
    label = label[: unit.start()].strip() if unit else label
    texts = [one.text.strip() for one in row if one.text.strip() and not _CELL.match(one.text)]
    of_row = _ROW_UNIT.search(row[0].text) if unit is None else None
    if of_row is not None:
        texts = [one[: of_row.start()].strip() if one == row[0].text.strip() else one for one in texts]
    named = (
        of_row.group().strip("（()） ")
        if of_row
        else unit[1]
        if unit
        else next((one for one in (*texts, label) if unit_of(one) is not None), "")
    )
    label = "" if label == named else label
    things = [one for one in texts if one != named]
    day = next((one for one in find_numbers(label) if one.kind in CALENDAR), None)
    timed = not label or day is not None or bool(earlier_period(label, label)) or bool(scope_of(label))
    day = day or _day_of(head[0].text, row[0].text)
    if column == 0 and day is not None:
        return _dated(claim, day, name)
    noun = things[-1] if timed and things else label
    prefix = "".join(dict.fromkeys((*things, label)))
    mention = counted(claim.mention, named)
    floating = replace(day, start=-1, end=-1) if day is not None else None

    def placed(one: Claim) -> Claim:
        start, end = one.mention.start, one.mention.end
        words = bigrams(prefix)
        return replace(
            one,
            mention=replace(mention, start=start, end=end),
            noun=noun,
            own=words,
            clause=words,
            subjects=tuple(things[:1]) if not timed or len(things) > 1 else one.subjects,
            day=floating or one.day,
            before=earlier_period(label, label),
            scope=scope_of(label) or one.scope,
            plan=planned(label, "", label),
            clause_text=prefix + one.mention.text + named,
            clause_span=(start - len(prefix), end),
            item_text=prefix + one.mention.text + named,
            earlier="",
            column=name,
        )

    local = placed(claim.local) if claim.local is not None else None
    return replace(placed(claim), local=local)


_BARE_YEAR = deferred(r"(?:19|20)\d\d")


def _day_of(head: str, cell: str) -> Mention | None:
    """The date that a row stands under: 2024 in a column of years, 8月 in one of months."""
    found = _OF_DATES.match(head)
    if found is None:
        return None
    cell = cell.strip()
    read = find_numbers(cell + found[1] if _FIGURE.match(cell) else cell)
    return read[0] if len(read) == 1 and read[0].kind in CALENDAR else None


def _dated(claim: Claim, day: Mention, name: str) -> Claim:
    """The cell of a date as the date it is: it counts nothing."""

    def placed(one: Claim) -> Claim:
        return replace(one, mention=replace(day, start=one.mention.start, end=one.mention.end), column=name)

    local = placed(claim.local) if claim.local is not None else None
    return replace(placed(claim), local=local)


def counted(mention: Mention, unit: str) -> Mention:
    """The figure of a cell read with the unit of its column: 1.5 under 万元 is 15000元."""
    if not unit or mention.unit:
        return mention
    read = find_numbers(mention.text.strip() + unit)
    if len(read) != 1 or read[0].amount is None:
        return mention
    return replace(mention, kind=read[0].kind, amount=read[0].amount, unit=read[0].unit)
