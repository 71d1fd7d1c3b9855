"""Counts of things that a text lists: by a series of numbers (1号网格、2号网格), by names, by one label after another.

A count as small as 三 tells nothing by itself, so the list must be whole and be called by the draft's own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from service.checking.claim import Claim, plain_unit
from service.checking.derivation import Derivation, made_of
from service.checking.phrases import lead_of
from service.checking.tables import rows_of
from service.domain.quantity import Kind, Mention, Role
from service.domain.text import split_lines
from service.language.blocks import blocks_of
from service.language.patterns import deferred

_DIGITS = {sign: number for number, sign in enumerate("一二三四五六七八九十", 1)}
_SERIES = deferred(r"(?:第?([一二三四五六七八九十]|(?<!\d)\d{1,2})(?:号)?)([\u4e00-\u9fff]{1,3})")
_POINTS = deferred(r"([一二三四五六七八九十])(?:是|要)")
_GENERIC = frozenset(("项", "个", "条", "点", "方面", "类", "种", "大"))
_NAMES = deferred(r"[\u4e00-\u9fffA-Za-z·“”《》]{2,16}(?:[、和及与][\u4e00-\u9fffA-Za-z·“”《》]{1,16}){1,19}")
_PARTS = deferred(r"[、和及与]")
_OPENING = deferred(r"^.*?(?:依次为|分别[是为]|包括|即|[为是：:])")
_LABELLED = deferred(r"([\u4e00-\u9fff]{1,8}?)(?:约|共|有)?\s?\d+[\u4e00-\u9fff]{0,3}[、，,；;\s]?")
_FEWEST, _MOST = 2, 30
_ONE_SIGN_PLACES = "村科股组队所站镇乡班"


@dataclass(frozen=True, slots=True)
class _List:
    """A list of a text: where it stands, what its members are called, and how many there are."""

    start: int
    line: int
    text: str
    members: tuple[str, ...]
    called: str


@lru_cache(maxsize=32)
def _lists(text: str) -> tuple[_List, ...]:
    found: list[_List] = []
    for line in split_lines(text).lines:
        found += [
            _List(line.start + at, line.number, words, members, called)
            for at, words, members, called in (*_named(line.text), *_labelled(line.text), *_points(line.text))
        ]
    for called, rows in rows_of(text):
        members = tuple(name for _, name in rows)
        at = rows[0][0]
        found.append(_List(at, text.count("\n", 0, at) + 1, "、".join(members), members, called))
    return (*found, *_places(text), *_series(text))


def _places(text: str) -> Iterator[_List]:
    """The places that notes go through block by block, called by what the names end in: 三个市场."""
    lines = split_lines(text).lines
    blocks = blocks_of([line.text for line in lines])
    members = tuple(dict.fromkeys(block.name for block in blocks))
    endings = {name[-size:] for name in members for size in (1, 2) if size > 1 or name[-1] in _ONE_SIGN_PLACES}
    for ending in sorted(endings):
        first = lines[blocks[0].head - 1]
        yield _List(first.start, first.number, "、".join(members), members, ending)


def _named(line: str) -> Iterator[tuple[int, str, tuple[str, ...], str]]:
    """乙类传染病…依次为病毒性肝炎、肺结核和梅毒."""
    for row in _NAMES.finditer(line):
        members = [_OPENING.sub("", one) for one in _PARTS.split(row.group())]
        if "、" in row.group() and not row.group().endswith("等") and all(members):
            yield row.start(), row.group(), tuple(members), ""


def _labelled(line: str) -> Iterator[tuple[int, str, tuple[str, ...], str]]:
    """综合组5人、宣传组4人、整治组8人: labels with one ending, each with its figure."""
    rows = list(_LABELLED.finditer(line))
    for start in range(len(rows)):
        stop = start + 1
        ending = rows[start][1][-1]
        while stop < len(rows) and rows[stop].start() == rows[stop - 1].end() and rows[stop][1].endswith(ending):
            stop += 1
        alone = start == 0 or rows[start - 1].end() != rows[start].start() or not rows[start - 1][1].endswith(ending)
        if stop - start >= _FEWEST and alone:
            labels = tuple(one[1] for one in rows[start:stop])
            if len(set(labels)) == len(labels):
                yield rows[start].start(), line[rows[start].start() : rows[stop - 1].end()], labels, ending


def _points(line: str) -> Iterator[tuple[int, str, tuple[str, ...], str]]:
    """一是建立制度，二是设立基金，三是建设公园: points of whatever the draft calls them."""
    told = [(found.start(), _DIGITS[found[1]]) for found in _POINTS.finditer(line)]
    if len(told) >= _FEWEST and [number for _, number in told] == list(range(1, len(told) + 1)):
        members = tuple(line[at : at + 2] for at, _ in told)
        yield told[0][0], "、".join(members), members, "*"


def _series(text: str) -> Iterator[_List]:
    """第一讲 and 第二讲, 1号网格 to 3号网格: a series counted from one, each called the same."""
    series: dict[str, dict[int, tuple[int, str]]] = {}
    for found in _SERIES.finditer(text):
        number = _DIGITS.get(found[1]) or int(found[1]) if found[1] in _DIGITS or found[1].isdigit() else 0
        ordinal = found.group().startswith("第") or "号" in found.group()[: len(found[1]) + 2]
        for size in (1, 2):
            if ordinal and len(found[2]) >= size:
                series.setdefault(found[2][:size], {}).setdefault(number, (found.start(), found.group()))
    for called, members in series.items():
        if len(members) >= _FEWEST and sorted(members) == list(range(1, len(members) + 1)):
            first = members[1][0]
            told = tuple(members[number][1] for number in sorted(members))
            yield _List(first, text.count("\n", 0, first) + 1, "、".join(told), told, called)


def counted_in_list(draft: Claim, notes: str) -> Derivation | None:
    """A count of what the notes list, called by the draft's words or by a member that it names; None if none. Pure."""
    amount, unit = draft.mention.amount, plain_unit(draft.mention.unit)
    if amount is None or not amount.exact or draft.mention.kind is not Kind.COUNT or amount.lo is None:
        return None
    if not _FEWEST <= amount.lo <= _MOST:
        return None
    for one in _lists(notes):
        if len(one.members) == amount.lo and _meant(draft, one, unit):
            row = Claim(Mention(one.start, one.start + len(one.text), one.text, Role.CLAIM, Kind.COUNT), one.line)
            return Derivation(f"{one.text}，共{len(one.members)}{unit}（行{one.line}）", (row,))
    return _listed_before(draft, notes, unit)


def _meant(draft: Claim, one: _List, unit: str) -> bool:
    if one.called == "*":
        return unit in _GENERIC
    thing = draft.clause_text[draft.mention.end - draft.clause_span[0] :][:8]
    if one.called and (one.called == unit or one.called in thing):
        return True
    named = [member for member in one.members if len(member) > 1 and member in draft.clause_text]
    return bool(named) and unit in _GENERIC


def _listed_before(draft: Claim, notes: str, unit: str) -> Derivation | None:
    """综合、宣传、整治、督查四个工作组: the draft lists what it counts, and the notes know every member."""
    lead = lead_of(draft)
    listed = re.search(r"([\u4e00-\u9fff]{1,8}(?:[、和及与][\u4e00-\u9fff]{1,8}){1,19})等?$", lead)
    if listed is None or draft.mention.amount is None:
        return None
    members = _PARTS.split(listed[1])
    first = next((members[0][at:] for at in range(len(members[0])) if members[0][at:] in notes), "")
    known = [first, *members[1:]]
    if len(members) != draft.mention.amount.lo or not all(len(one) > 1 and one in notes for one in known):
        return None
    start = notes.index(known[0])
    line = notes.count("\n", 0, start) + 1
    row = Claim(Mention(start, start + len(known[0]), known[0], Role.CLAIM, Kind.COUNT), line)
    return Derivation(made_of("、".join(known), f"{len(members)}{unit}", row), (row,))
