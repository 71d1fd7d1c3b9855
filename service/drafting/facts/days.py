"""The day of a statement: its own date, a heading's, or a chat stamp's where the words say 今天 or 昨天."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from service.domain.period import Period
from service.domain.quantity import Kind, Mention, When
from service.drafting.facts.kinds import dated

_RELATIVE = re.compile(r"今天|今早|今晚|今日|刚刚|刚才|昨天|昨日|昨晚|前天|前日")
_BACK = {"昨": 1, "前": 2}
_PARTIAL = re.compile(r"--(\d\d)(?:-(\d\d))?$")


def day_of(text: str, mentions: Sequence[Mention], period: Period | None, stamp: date | None) -> When | None:
    """The day or span of days that the statement names, with the year of the period where the notes give none; None
    where it names none. Pure."""
    found = [one for one in dated(mentions) if one.kind is not Kind.YEAR] or dated(mentions)
    if found:
        return _with_year(found[0].when, period)
    said = _RELATIVE.search(text)
    if said and stamp:
        day = (stamp - timedelta(days=_BACK.get(said.group()[0], 0))).isoformat()
        return When(day, day)
    return None


def _with_year(when: When | None, period: Period | None) -> When | None:
    if when is None or period is None:
        return when
    return When(_full(when.lo, period, last=False), _full(when.hi, period, last=True))


def _full(partial: str, period: Period, last: bool) -> str:
    found = _PARTIAL.match(partial)
    if not found:
        return partial
    month, day = int(found[1]), int(found[2]) if found[2] else None
    year = _year_for(month, day, period, last)
    return f"{year:04d}-{month:02d}" + (f"-{day:02d}" if day else "")


def _year_for(month: int, day: int | None, period: Period, last: bool) -> int:
    """The year that puts the date inside the period; the period's own year where none does."""
    for year in range(period.end.year, period.start.year - 1, -1):
        if not 1 <= month <= 12:
            break
        length = monthrange(year, month)[1]
        if period.start <= date(year, month, min(day or (length if last else 1), length)) <= period.end:
            return year
    return period.year
