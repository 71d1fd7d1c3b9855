"""Tables kept as activity ledgers (活动台账): one line a row, cells between tabs, under one line of column names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

# What columns of ledgers are called; a row that holds two of these is a header even where it is long.
_NAMES = re.compile(
    r"^(?:序号|编号|日期|时间|活动(?:时间|日期|名称|内容|地点|主题|类型)?|开展时间|地点|场所|名称|主题|内容|事项|项目|"
    r"(?:参与|参加|服务|志愿者)?人[数员次]|数量|单位|责任(?:人|单位|部门)|负责人|牵头单位|备注|完成情况|问题|措施|时限|成效)"
)
_DAY_NAME = re.compile(r"日期|时间|月日|年月")
_FIGURE = re.compile(r"^[-+]?\d[\d,]*(?:\.\d+)?%?$")
_DAY = re.compile(r"^\d{1,4}[年./-]\d{1,2}(?:[月./-]\d{1,2}[日号]?)?")
_LOOKED_AT_ROWS = 15
_LONGEST_NAME = 20
# Days since the day that Excel calls 0: from 1 January 2000 to 31 December 2049.
_SERIALS = range(36_526, 54_789)


@dataclass(frozen=True)
class Sheet:
    """One sheet as rows of words, each as a person sees it. `merged` are (first row, first column, last row, last
    column), 0-based, all inclusive."""

    name: str
    rows: Sequence[Sequence[str]]
    merged: Sequence[tuple[int, int, int, int]] = ()


def ledger_lines(sheets: Sequence[Sheet]) -> list[str]:
    """The lines of a workbook; the name of a sheet stands before its rows where several hold any. Pure.

    Above the column names a row is a line of its own. Words and days merged over several rows stand in each of them; a
    figure merged over several rows stands in the first only, or it would count several times.
    """
    filled = [(sheet, lines) for sheet in sheets if (lines := _lines(sheet))]
    if len(filled) == 1:
        return filled[0][1]
    return [line for sheet, lines in filled for line in (_flat(sheet.name), *lines)]


def _lines(sheet: Sheet) -> list[str]:
    rows = [[_flat(cell) for cell in row] for row in sheet.rows]
    header = _header_of(rows)
    if header is None:
        return [line for row in rows if (line := "\t".join(cell for cell in row if cell))]
    _fill(rows, sheet.merged, header)
    names = rows[header]
    body = header + 1
    if body < len(rows) and _goes_on(rows, header, sheet.merged):
        below = rows[body]
        names = [
            one if not under or under == one else one + under
            for one, under in zip(_padded(names, below), _padded(below, names), strict=True)
        ]
        body += 1
    _read_serials(rows[body:], names)
    width = max((place + 1 for row in [names, *rows[body:]] for place, cell in enumerate(row) if cell), default=0)
    kept = [place for place in range(width) if any(place < len(row) and row[place] for row in [names, *rows[body:]])]
    above = [line for row in rows[:header] if (line := " ".join(dict.fromkeys(cell for cell in row if cell)))]
    table = ["\t".join(row[place] if place < len(row) else "" for place in kept) for row in (names, *rows[body:])]
    return [*above, *(row for row in table if row.strip())]


def _header_of(rows: Sequence[Sequence[str]]) -> int | None:
    for place, row in enumerate(rows[:_LOOKED_AT_ROWS]):
        cells = [cell for cell in row if cell]
        if len(cells) < 2 or any(_FIGURE.match(cell) or _DAY.match(cell) for cell in cells):
            continue
        known = sum(bool(_NAMES.match(cell)) for cell in cells)
        short = all(len(cell) <= _LONGEST_NAME for cell in cells)
        if known >= 2 or (known and short and len(cells) >= 3):
            return place
        below = [cell for cell in rows[place + 1] if cell] if place + 1 < len(rows) else []
        if short and len(set(cells)) == len(cells) >= 3 and any(_FIGURE.match(one) or _DAY.match(one) for one in below):
            return place
    return None


def _goes_on(rows: Sequence[Sequence[str]], header: int, merged: Sequence[tuple[int, int, int, int]]) -> bool:
    """True where the column names stand on two rows: one name above several (参与人数: 志愿者, 居民)."""
    wide = any(top == header == bottom and left < right for top, left, bottom, right in merged)
    below = [cell for cell in rows[header + 1] if cell]
    return wide and bool(below) and not any(_FIGURE.match(cell) or _DAY.match(cell) for cell in below)


def _fill(rows: list[list[str]], merged: Sequence[tuple[int, int, int, int]], header: int) -> None:
    for top, left, bottom, right in merged:
        if top >= len(rows) or left >= len(rows[top]) or top < header:
            continue
        word = rows[top][left]
        if not word or (_FIGURE.match(word) and top > header):
            continue
        for place in range(top, min(bottom + 1, len(rows))):
            # Beside each other the same words would be read twice, but a name spans its columns.
            for column in range(left, (right if top == header else left) + 1):
                row = rows[place]
                row.extend([""] * (column + 1 - len(row)))
                row[column] = row[column] or word


def _read_serials(rows: Sequence[list[str]], names: Sequence[str]) -> None:
    """In a column of days a bare 45359 is a day that lost its format: 2024年3月8日."""
    days = [place for place, name in enumerate(names) if _DAY_NAME.search(name)]
    for row in rows:
        for place in days:
            if place < len(row) and row[place].isascii() and row[place].isdigit() and int(row[place]) in _SERIALS:
                row[place] = day_words(date(1899, 12, 30) + timedelta(days=int(row[place])))


def day_words(day: date) -> str:
    """2024年3月8日. Pure."""
    return f"{day.year}年{day.month}月{day.day}日"


def _padded(row: Sequence[str], other: Sequence[str]) -> list[str]:
    return [*row, *[""] * (len(other) - len(row))]


def _flat(cell: str) -> str:
    return " ".join("".join(one if one.isprintable() else " " for one in cell).split())
