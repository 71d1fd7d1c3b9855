"""Workbooks (.xlsx) and .csv files as ledgers. openpyxl is imported here only.

Cells are read as what they show. A cell that begins with = and holds no computed result is words, never run.
"""

from __future__ import annotations

import csv
import io
import warnings
from bisect import bisect_left, bisect_right
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from corpus.read.archive import damaged, opened, refuse_entities, refuse_macros
from corpus.read.ledger import Sheet, day_words, ledger_lines
from corpus.read.limits import ReadLimits
from corpus.read.values import left_out
from service.domain.errors import InputTooLarge
from service.domain.page import LeftOut

_WHAT = " .xlsx 文件"
_BOOK = "xl/workbook.xml"
_FIELD_MAX_CHARS = 1_000_000
_DELIMITERS = ",\t;|，"


def read_xlsx(raw: bytes, name: str, limits: ReadLimits) -> tuple[str, tuple[LeftOut, ...]]:
    """The visible sheets of a workbook as ledger lines, and what was left out of them.

    Days come as 2024年3月8日, shares as they are shown (93.5%). Hidden sheets, rows and columns and comments are left
    out. Raises UnusableInput for what is no .xlsx, has macros or a password, InputTooLarge over a limit.
    """
    with opened(raw, name, limits, _WHAT) as archive:
        if _BOOK not in archive.namelist():
            raise damaged(name, _WHAT)
        refuse_macros(archive, name)
        refuse_entities(archive, name)
        parts = [part for part in archive.namelist() if part.startswith("xl/worksheets/") and part.endswith(".xml")]
        sheets = [archive.read(part) for part in parts]
        _refuse_too_many(sum(sheet.count(b"<c ") + sheet.count(b"<c>") for sheet in sheets), name, limits)
        has_formulas = any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)
    del sheets
    try:
        return _read_book(raw, has_formulas)
    except Exception as broken:  # openpyxl lets KeyError, ValueError, TypeError and parser errors through
        raise damaged(name, _WHAT) from broken


def read_csv(text: str, name: str, limits: ReadLimits) -> str:
    """The rows of a .csv as ledger lines. Raises InputTooLarge for more cells than the limits allow. Pure."""
    mark = max(_DELIMITERS, key=lambda one: text[:20_000].count(one) if one != "，" else 0)
    csv.field_size_limit(_FIELD_MAX_CHARS)
    rows: list[list[str]] = []
    cells = 0
    try:
        for row in csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=mark):
            cells += len(row)
            _refuse_too_many(cells, name, limits)
            rows.append(row)
    except csv.Error:
        # An unclosed quote swallows the rest; the lines as they are lose nothing.
        rows = [line.split(mark) for line in text.splitlines()]
    return "\n".join(ledger_lines([Sheet(name, rows)]))


def _read_book(raw: bytes, has_formulas: bool) -> tuple[str, tuple[LeftOut, ...]]:
    import openpyxl

    with warnings.catch_warnings():
        # Styles and extensions that openpyxl does not know change no cell.
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(raw), data_only=True)
        written = openpyxl.load_workbook(io.BytesIO(raw)) if has_formulas else None
    notes = _Notes()
    sheets = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            notes.hidden_sheets.append(sheet.title)
            continue
        formulas = written[sheet.title] if written is not None else None
        sheets.append(_sheet(sheet, formulas, notes))
    return "\n".join(ledger_lines(sheets)), notes.left_out()


class _Notes:
    """What was left out of a workbook."""

    def __init__(self) -> None:
        self.hidden_sheets: list[str] = []
        self.hidden_rows: list[str] = []
        self.hidden_columns: list[str] = []
        self.comments: list[str] = []
        self.uncounted: list[str] = []

    def left_out(self) -> tuple[LeftOut, ...]:
        """All of it, in the order a person would look."""
        return (
            *left_out("comment", self.comments),
            *left_out("hidden_sheet", self.hidden_sheets),
            *left_out("hidden_row", self.hidden_rows),
            *left_out("hidden_column", self.hidden_columns),
            *left_out("uncounted", self.uncounted),
        )


def _sheet(sheet: Any, formulas: Any, notes: _Notes) -> Sheet:
    """The filled rows and columns of one sheet, closed up: a word in cell XFD1048576 does not make a billion cells."""
    from openpyxl.utils import get_column_letter

    words: dict[int, dict[int, str]] = {}
    # Not by iter_rows, which makes every empty cell in between.
    for (row, column), cell in sorted(sheet._cells.items()):
        if word := _words(cell, formulas, notes):
            words.setdefault(row, {})[column] = word
    for row in [place for place, one in sheet.row_dimensions.items() if one.hidden and place in words]:
        notes.hidden_rows.append(" ".join(words.pop(row).values()))
    used = sorted({column for row in words.values() for column in row})
    hidden = [column for column in used if _is_hidden_column(sheet, column)]
    notes.hidden_columns += [f"{sheet.title}!{get_column_letter(column)}" for column in hidden]
    columns = [column for column in used if column not in hidden]
    places = sorted(words)
    merged = []
    for one in sheet.merged_cells.ranges:
        top, bottom = bisect_left(places, one.min_row), bisect_right(places, one.max_row) - 1
        left, right = bisect_left(columns, one.min_col), bisect_right(columns, one.max_col) - 1
        if top <= bottom and left <= right:
            merged.append((top, left, bottom, right))
    return Sheet(sheet.title, [[words[row].get(column, "") for column in columns] for row in places], sorted(merged))


def _is_hidden_column(sheet: Any, column: int) -> bool:
    return any(
        one.hidden and one.min and one.max and one.min <= column <= one.max for one in sheet.column_dimensions.values()
    )


def _words(cell: Any, formulas: Any, notes: _Notes) -> str:
    if getattr(cell, "comment", None) is not None:
        notes.comments.append(cell.comment.text or "")
    value = cell.value
    if value is None and formulas is not None:
        formula = formulas[cell.coordinate].value
        if isinstance(formula, str) and formula.startswith("="):
            notes.uncounted.append(f"{cell.coordinate} {formula}")
            return formula
    return "" if value is None else _shown(value, cell.number_format or "")


def _shown(value: Any, number_format: str) -> str:
    """A cell's value as the sheet shows it. Pure."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        day = day_words(value.date())
        return day if value.time() == time(0) else f"{day}{value:%H:%M}"
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, int | float):
        return _figure(value, number_format)
    return str(value)


def _figure(value: float, number_format: str) -> str:
    # 15 digits are what a sheet keeps: 0.1 + 0.2 is shown as 0.3.
    exact = Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value)
    if not exact.is_finite():
        return str(value)
    # A share is not rounded to what fits the cell: 93.5 shown as 94% would be another figure.
    percent = "%" in number_format
    words = f"{exact * 100 if percent else exact:f}"
    words = words.rstrip("0").rstrip(".") if "." in words else words
    return f"{words}%" if percent else words


def _refuse_too_many(cells: int, name: str, limits: ReadLimits) -> None:
    if cells > limits.max_cells:
        raise _too_many(name, limits)


def _too_many(name: str, limits: ReadLimits) -> InputTooLarge:
    return InputTooLarge(
        f"“{name}”的表格超过 {limits.max_cells:,} 个单元格的上限（ZHIBI_READ_MAX_CELLS）。"
        "请只保留要用的行，或拆分后再试。",
        file=name,
        reason="cells",
    )
