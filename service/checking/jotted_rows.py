"""Figures of rows that a clerk jots without a table: W1 活动 9 above W2 活动 12, or a list of 35本, 18, 120.

Rows that repeat the same words before their figures are a table whose heads are those words. In a list of one figure a
row, those without a unit are counted in the one unit that the others have, and count what the line above them names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from service.checking.claim import Claim, bigrams
from service.checking.tables import Cell, bound, counted
from service.domain.quantity import Kind
from service.domain.text import Line, split_lines
from service.language.patterns import deferred

_TOKEN = deferred(r"\S+")
_BARE = deferred(r"[\d０-９]+(?:[.,，][\d０-９]+)*%?\Z")
_REMARK = deferred(r"\s*(?:[（(][^（()）]{0,20}[）)])?\s*\Z")
_TITLE_TAIL = deferred(r"[\u4e00-\u9fff]{2,}(?=\W*\Z)")
_LEAST_ROWS, _LEAST_LISTED, _LONGEST_ROW = 2, 3, 40


def read_in_rows(text: str, claims: Sequence[Claim]) -> list[Claim]:
    """The claims of a text, those of jotted rows bound to the words before them and to their row. Pure."""
    by_line: dict[int, list[Claim]] = {}
    for claim in claims:
        by_line.setdefault(claim.line, []).append(claim)
    if len(by_line) < _LEAST_ROWS:
        return list(claims)
    changed: dict[int, Claim] = {}
    lines = [line for line in split_lines(text).lines if line.text.strip()]
    for run in _alike(lines, by_line):
        for line in run:
            _read_row(line, run[0].number, by_line[line.number], changed)
    for title, listed in _lists(lines, by_line):
        _read_list(title, listed, changed)
    return [changed.get(id(one), one) for one in claims]


def _heads(line: Line) -> tuple[str, ...]:
    """The words before the figures of a row that is nothing but a name and word, figure, word, figure; else none."""
    if len(line.text) > 4 * _LONGEST_ROW or "\t" in line.text:
        return ()
    told = [found.group() for found in _TOKEN.finditer(line.text)][1:]
    words, figures = told[::2], told[1::2]
    if not words or len(words) != len(figures) or any(_BARE.match(one) for one in words):
        return ()
    return tuple(words) if all(_BARE.match(one) for one in figures) else ()


def _alike(lines: Sequence[Line], by_line: dict[int, list[Claim]]) -> list[list[Line]]:
    runs: list[list[Line]] = []
    heads: tuple[str, ...] = ()
    for line in lines:
        here = _heads(line) if line.number in by_line else ()
        if here and here == heads:
            runs[-1].append(line)
        elif here:
            runs.append([line])
        heads = here
    return [run for run in runs if len(run) >= _LEAST_ROWS]


def _read_row(line: Line, table: int, claims: Sequence[Claim], changed: dict[int, Claim]) -> None:
    told = [Cell(found.start(), found.group()) for found in _TOKEN.finditer(line.text)]
    row = [told[0], *told[2::2]]
    head = [Cell(0, ""), *told[1::2]]
    for claim in claims:
        at = claim.mention.start - line.start
        column = next((index for index, cell in enumerate(row) if index and cell.start == at), 0)
        if column:
            # 9 人次 was read as one mention: the word behind it is the head of the next figure.
            local = _bare(claim.local, row[column].text) if claim.local is not None else None
            plain = replace(_bare(claim, row[column].text), local=local)
            changed[id(claim)] = bound(plain, head, row, column, f"{table}/{column}")


def _bare(claim: Claim, digits: str) -> Claim:
    mention = claim.mention
    return replace(claim, mention=replace(mention, end=mention.start + len(digits), text=digits, unit=None))


def _lists(lines: Sequence[Line], by_line: dict[int, list[Claim]]) -> list[tuple[str, list[Claim]]]:
    """The lists of a text: the line above, where it holds no figure, and the one claim of each row."""
    found: list[tuple[str, list[Claim]]] = []
    title, rows = "", []
    for line in [*lines, None]:
        claims = by_line.get(line.number, []) if line is not None else []
        one = claims[0] if len(claims) == 1 else None
        if line is not None and one is not None and _is_row(line, one):
            rows.append(one)
            continue
        if len(rows) >= _LEAST_LISTED:
            found.append((title, rows))
        title, rows = line.text if line is not None and not claims else "", []
    return found


def _is_row(line: Line, claim: Claim) -> bool:
    if len(line.text) > _LONGEST_ROW or claim.mention.kind is not Kind.COUNT or claim.plan:
        return False
    tail = line.text[claim.mention.end - line.start :]
    return bool(_REMARK.match(tail)) and claim.mention.start > line.start


def _read_list(title: str, rows: Sequence[Claim], changed: dict[int, Claim]) -> None:
    units = {one.mention.unit for one in rows if one.mention.unit}
    bare = [one for one in rows if not one.mention.unit]
    if len(units) != 1 or not bare:
        return
    (unit,) = units
    tail = _TITLE_TAIL.search(title)
    noun = tail.group() if tail else ""
    for one in rows:
        label = one.clause_text[: one.mention.start - one.clause_span[0]].strip()
        words = bigrams(noun + label)
        changed[id(one)] = replace(
            one,
            mention=counted(one.mention, unit or ""),
            noun=noun or one.noun,
            own=words,
            clause=words,
            clause_text=f"{noun}{label}{one.mention.text}",
            column=f"{rows[0].line}/1",
        )
