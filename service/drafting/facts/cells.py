"""The cells of a pasted row and the names of its columns."""

from __future__ import annotations

import re
from dataclasses import dataclass

from service.drafting.facts.read_lines import ReadLine, mark_between_cells
from service.language.column_times import times_named

EMPTY_CELLS = frozenset(("", "-", "—", "/", "无", "——", "\\", "暂无", "／", "－"))
SERIAL_NAMES = ("序号", "序", "项次", "顺序", "行号", "编号", "NO", "No", "no", "#")


@dataclass(frozen=True)
class Header:
    """The names of a table's columns and the line they stand on."""

    names: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class Cell:
    """One cell: its place in the view and its words."""

    start: int
    end: int
    text: str


def cells_of(line: ReadLine) -> list[Cell]:
    """The cells of a row in order, empty ones too; cut at tabs, else at |, else at commas (牌匾更换,88,块).
    Pure."""
    text = line.view.text
    mark = mark_between_cells(text)
    cells, start = [], line.first
    for place in range(line.first, line.last + 1):
        if place == line.last or text[place] == mark:
            word = text[start:place]
            begin = start + len(word) - len(word.lstrip())
            cells.append(Cell(begin, begin + len(word.strip()), word.strip()))
            start = place + 1
    return cells[1:-1] if mark == "|" and not cells[0].text and not cells[-1].text else cells


def header_told(above: ReadLine, row: ReadLine) -> Header | None:
    """The header of a table whose columns only the line above names: 三列：2024 / 2025 / 2026年1-9月. Pure."""
    cells, times = cells_of(row), times_named(above.words)
    if len(times) < 2 or len(cells) != len(times) + 1 or not re.search(r"[\u4e00-\u9fff]", cells[0].text):
        return None
    return Header(("", *times), above.line.number)
