"""Days that notes write short: 2日晚 under a date of March, and 次日 after the 10th."""

from __future__ import annotations

import re

from service.checking.claim import Claim
from service.language.patterns import deferred

_ON_NEXT_DAY = deferred("次日|翌日|第二天")
_MONTHS = 12


def is_short_day(day: tuple[int, int], note: Claim) -> bool:
    """True for the 16日 of notes that give its month elsewhere, where the draft writes 8月16日. Pure."""
    when = note.mention.when
    return when is not None and when.lo.startswith("---") and int(when.lo[3:]) == day[1]


def of_month(day: tuple[int, int], dated: tuple[int, int]) -> bool:
    """True where a short day beside a full date may be `day`: 2日 beside 3月3日 is 3月2日; a later one may be of the
    month before too. Pure."""
    earlier = (dated[0] - 2) % _MONTHS + 1 if day[1] > dated[1] else dated[0]
    return day[0] in (dated[0], earlier)


def next_day(day: tuple[int, int], dated: tuple[int, int], text: str) -> bool:
    """True for 3月11日 where notes that write 3月10日 tell of 次日. Pure."""
    return day == (dated[0], dated[1] + 1) and _ON_NEXT_DAY.search(text) is not None


def is_day_before(draft: Claim, note: Claim, text: str) -> bool:
    """True for the 11日 of a draft where the notes write 10日 and tell of 次日. Pure."""
    days = [re.search(r"-(\d\d)$", one.mention.when.lo) for one in (draft, note) if one.mention.when is not None]
    first, last = (days[0], days[1]) if len(days) == 2 else (None, None)
    told = first is not None and last is not None and int(first[1]) == int(last[1]) + 1
    return told and _ON_NEXT_DAY.search(text) is not None
