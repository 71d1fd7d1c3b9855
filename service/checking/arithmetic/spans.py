"""Lengths of time between two moments that the notes tell: clock times, years, and an age from a year of birth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from service.checking.arithmetic.fit import fits
from service.checking.arithmetic.terms import tie, together
from service.checking.claim import Claim, plain_unit
from service.checking.derivation import Derivation, made_of, said
from service.domain.quantity import Kind
from service.language.patterns import deferred

_MINUTES = {"分钟": 1, "分": 1, "小时": 60, "个小时": 60, "钟头": 60}
_CLOCK = deferred(r"(\d{2}):(\d{2})$")
_DATED = frozenset((Kind.YEAR, Kind.DATE, Kind.MONTH, Kind.PERIOD, Kind.QUARTER))
_DAY_MINUTES = 24 * 60
_FEW = 2  # moments in the notes, which leave no choice
_SEVERAL = 5  # years in the notes of which neighbours need no more than to be neighbours


def span_between(draft: Claim, notes: Sequence[Claim]) -> Derivation | None:
    """The time between two moments of the notes, where the draft writes that length; None where not. Pure."""
    kind, unit = draft.mention.kind, plain_unit(draft.mention.unit)
    if kind is Kind.AGE or (kind is Kind.DURATION and unit in ("年", "周年")):
        return _rows(draft, notes, Kind.YEAR) or _years(draft, notes) or _months(draft, notes)
    if kind is Kind.DURATION and unit in ("个月", "月"):
        return _rows(draft, notes, Kind.MONTH) or _months(draft, notes)
    if kind is Kind.DURATION and unit in _MINUTES:
        return _clock(draft, notes, _MINUTES[unit])
    return None


def _rows(draft: Claim, notes: Sequence[Claim], kind: Kind) -> Derivation | None:
    """The years or months that the rows of a table stand under: 2022, 2023 and 2024 are three years."""
    columns: dict[str, list[Claim]] = {}
    for one in notes:
        if one.column and one.mention.kind is kind:
            columns.setdefault(one.column, []).append(one)
    for rows in columns.values():
        length = len({one.mention.text for one in rows})
        if length > 1 and fits(draft, Decimal(length)):
            steps = f"{said(rows[0])}至{said(rows[-1])}"
            return Derivation(made_of(steps, said(draft), rows[0], rows[-1]), (rows[0], rows[-1]))
    return None


def _clock(draft: Claim, notes: Sequence[Claim], minutes: int) -> Derivation | None:
    times = [one for one in notes if one.mention.kind is Kind.TIME and one.mention.when is not None]
    for first, last, start, end in _moments(times):
        length = end - start if end > start else end - start + _DAY_MINUTES
        tied = len(times) <= _FEW or tie(draft, first) or tie(draft, last)
        if tied and fits(draft, Decimal(length) / minutes):
            steps = said(first) if first is last else f"{said(first)}至{said(last)}"
            return Derivation(made_of(steps, said(draft), first, last), (first, last))
    return None


def _moments(times: Sequence[Claim]) -> Iterator[tuple[Claim, Claim, int, int]]:
    """Pairs of clock times that belong together, in minutes of the day, a time range being a pair of its own."""
    for index, one in enumerate(times):
        ends = _minutes(one)
        if ends is None:
            continue
        if ends[0] != ends[1]:
            yield one, one, *ends
        for other in times[index + 1 : index + 7]:
            later = _minutes(other)
            if later is not None and (together(one, other) or one.line == other.line):
                yield one, other, ends[0], later[1]


def _minutes(claim: Claim) -> tuple[int, int] | None:
    when = claim.mention.when
    ends = [_CLOCK.search(one) for one in (when.lo, when.hi)] if when is not None else []
    if len(ends) != 2 or ends[0] is None or ends[1] is None:
        return None
    return int(ends[0][1]) * 60 + int(ends[0][2]), int(ends[1][1]) * 60 + int(ends[1][2])


def _months(draft: Claim, notes: Sequence[Claim]) -> Derivation | None:
    """The months of one stretch, both ends counted: 2019年7月至2022年6月 are 36个月, or three years."""
    for note in notes:
        when = note.mention.when
        ends = [re.match(r"(\d{4})-(\d\d)", one) for one in (when.lo, when.hi)] if when is not None else []
        if note.mention.kind is not Kind.PERIOD or len(ends) != 2 or ends[0] is None or ends[1] is None:
            continue
        first, last = int(ends[0][1]) * 12 + int(ends[0][2]), int(ends[1][1]) * 12 + int(ends[1][2])
        length = Decimal(last - first + 1)
        size = length / 12 if plain_unit(draft.mention.unit) in ("年", "周年") else length
        if length > 1 and fits(draft, size):
            return Derivation(made_of(said(note), said(draft), note), (note,))
    return None


def _years(draft: Claim, notes: Sequence[Claim]) -> Derivation | None:
    dated = [one for one in notes if one.mention.kind in _DATED and one.mention.when is not None]
    both = bool(re.search("连续|蝉联", draft.clause_text))
    for index, one in enumerate(dated):
        for other in dated[index:]:
            first, last = (re.match(r"\d{4}", when) for when in (_first(one), _last(other)))
            if not first or not last or not (together(one, other) or one.line == other.line):
                continue
            length = int(last.group()) - int(first.group())
            beside = len(dated) <= _SEVERAL and other in dated[index : index + 2]
            tied = len(dated) <= _FEW or beside or tie(draft, one) or tie(draft, other)
            if length > 0 and tied and (fits(draft, Decimal(length)) or (both and fits(draft, Decimal(length + 1)))):
                steps = said(one) if one is other else f"{said(one)}至{said(other)}"
                return Derivation(made_of(steps, said(draft), one, other), (one, other))
    return None


def _first(claim: Claim) -> str:
    return claim.mention.when.lo if claim.mention.when is not None else ""


def _last(claim: Claim) -> str:
    return claim.mention.when.hi if claim.mention.when is not None else ""
