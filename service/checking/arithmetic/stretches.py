"""The lengths of time that the notes date: a stretch they write, and the time between two moments of one line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from service.checking.claim import CALENDAR, CLOCK, Claim
from service.domain.quantity import Kind
from service.language.patterns import deferred

_MONTHS = deferred(r"(\d{4}|-)-(\d\d)$")
_DAYS = deferred(r"(?:(\d{4})|-)-(\d\d)?-(\d\d)$")
_CLOCK = deferred(r"(\d\d):(\d\d)$")
_YEAR = deferred(r"\d{4}")
_NEXT_MOMENTS = 2  # moments behind one that it may be counted to
_DAY_MINUTES = 24 * 60
_YEARS_MOST = 100


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """A length of time, the unit it is counted in, and the dates or times that it lies between."""

    length: Decimal
    unit: str
    claims: tuple[Claim, ...]


def stretches(notes: Sequence[Claim]) -> Iterator[Stretch]:
    """The lengths that dates and times give: 1至9月 are 9个月, 15日至18日 4天, 6:00 to 22:30 16.5小时. Pure."""
    moments = [one for one in notes if one.mention.when is not None and one.mention.kind in CALENDAR | CLOCK]
    for index, one in enumerate(moments):
        when = one.mention.when
        assert when is not None
        if one.mention.kind in (Kind.PERIOD, Kind.QUARTER, Kind.YEAR, Kind.TIME):
            for length, unit in _lengths(when.lo, when.hi, within=True):
                yield Stretch(length, unit, (one,))
        for other in moments[index + 1 : index + 1 + _NEXT_MOMENTS]:
            later = other.mention.when
            if later is not None and other.line == one.line:
                for length, unit in _lengths(when.lo, later.hi, within=False):
                    yield Stretch(length, unit, (one, other))


def _lengths(lo: str, hi: str, within: bool) -> Iterator[tuple[Decimal, str]]:
    """`within`: both ends belong to the stretch; else it lies between two moments, and the last is counted or not."""
    clock = _CLOCK.search(lo), _CLOCK.search(hi)
    if clock[0] and clock[1]:
        minutes = (int(clock[1][1]) - int(clock[0][1])) * 60 + int(clock[1][2]) - int(clock[0][2])
        if minutes:
            yield Decimal(minutes % _DAY_MINUTES), "分钟"
        return
    days = _days_between(lo, hi)
    if days > 1:
        yield Decimal(days), "天"
        if not within:
            yield Decimal(days - 1), "天"
        return
    months = _months(lo, hi)
    if months > 1:
        yield Decimal(months), "个月"
        yield Decimal(months) / 12, "年"
    first, last = _YEAR.match(lo), _YEAR.match(hi)
    if first and last and not within and 0 < int(last.group()) - int(first.group()) < _YEARS_MOST:
        yield Decimal(int(last.group()) - int(first.group())), "年"


def _months(lo: str, hi: str) -> int:
    first, last = _MONTHS.match(lo), _MONTHS.match(hi)
    if first and last:
        years = int(last[1]) - int(first[1]) if first[1] != "-" and last[1] != "-" else 0
        return years * 12 + int(last[2]) - int(first[2]) + 1
    return 3 if "Q" in lo and lo == hi else 12 if re.fullmatch(r"\d{4}", lo) and lo == hi else 0


def _days_between(lo: str, hi: str) -> int:
    """The days from one day to another, both counted; 0 where the text does not say that. A year not written is one of
    365 days."""
    first, last = _day(lo), _day(hi)
    return (last - first).days + 1 if first is not None and last is not None and first < last else 0


def _day(iso: str) -> date | None:
    found = _DAYS.match(iso)
    if found is None:
        return None
    try:
        return date(int(found[1] or 2023), int(found[2] or 1), int(found[3]))
    except ValueError:
        return None
