"""Counts that the notes show without a number: listed things, days between two dates, weekdays of a period."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache

from service.checking.claim import Claim, plain_unit
from service.checking.derivation import Derivation, made_of, said
from service.checking.derive import about_one
from service.checking.likeness import alike
from service.domain.period import Period
from service.domain.quantity import Kind, Mention, Role, When
from service.domain.text import split_lines
from service.language.patterns import deferred

_ROW = deferred(r"[^，。；：:、\n\d（）()]{1,14}(?:、[^，。；：:、\n\d（）()]{1,10}){1,29}")
_ENDING = deferred(r"[\u4e00-\u9fff]{1,4}$")
# Single characters that end names of one class: 张家村、李家村 are two 村.
_CLASS = frozenset("村镇乡街路局校站所园院社区县队组厂店馆桥巷委办")
_LAST = deferred(r"(?:和|及|与|以及)")
_SHORTEST = 2
_WEEK = deferred(r"-W-([1-7])$")
_PER_WEEK = frozenset(("次", "场", "期", "回", "轮", "遍"))
_LONGEST = 800  # days


@lru_cache(maxsize=32)
def _rows(text: str) -> tuple[tuple[Claim, str, int], ...]:
    """The lists of a text: each as a claim on its span, the ending that its members share, and how many they are."""
    found = []
    for line in split_lines(text).lines:
        for row in _ROW.finditer(line.text):
            members = [one for part in row.group().split("、") for one in _LAST.split(part) if one]
            ending = _shared_ending([re.sub(r"等$", "", one) for one in members])
            if ending and not row.group().endswith("等"):
                start, end = line.start + row.start(), line.start + row.end()
                mention = Mention(start, end, row.group(), Role.CLAIM, Kind.COUNT)
                found.append((Claim(mention, line.number, clause_text=row.group()), ending, len(members)))
    return tuple(found)


def _shared_ending(members: Sequence[str]) -> str:
    """The ending that all members share, "" where it tells no class."""
    size = 0
    shortest = min(len(one) for one in members)
    while size < min(shortest - 1, 4) and len({one[-1 - size :] for one in members}) == 1:
        size += 1
    ending = members[0][-size:] if size else ""
    distinct = len(set(members)) == len(members)
    return ending if distinct and (size >= _SHORTEST or ending in _CLASS) else ""


def listed(draft: Claim, text: str) -> Derivation | None:
    """A count of things that the notes list by name: 张家村、李家村、王家村 are 3个村. Pure."""
    amount = draft.mention.amount
    if amount is None or not amount.exact or draft.mention.kind is not Kind.COUNT or draft.total:
        return None
    following = re.match(r"[\u4e00-\u9fff]{1,6}", draft.item_text.partition(draft.mention.text)[2])
    thing = draft.noun or (following.group() if following else plain_unit(draft.mention.unit))
    for row, ending, number in _rows(text):
        of_class = ending[-1] in _CLASS and thing.endswith(ending[-1])  # 张家村、李家村 share 家村 by chance
        if (
            (of_class or thing.endswith(ending) or thing.startswith(ending))
            and number == amount.lo
            and number >= _SHORTEST
        ):
            formula = f"{row.mention.text}，共{number}{plain_unit(draft.mention.unit)}（行{row.line}）"
            return Derivation(formula, (row,))
    return None


def _day(iso: str, year: int | None) -> date | None:
    found = re.match(r"(?:(\d{4})|-)-(\d\d)-(\d\d)$", iso)
    if found is None or (found[1] is None and year is None):
        return None
    try:
        return date(int(found[1] or year or 0), int(found[2]), int(found[3]))
    except ValueError:
        return None


def days_between(draft: Claim, notes: Sequence[Claim], period: Period | None) -> Derivation | None:
    """The length of a stretch that the notes date: 4月8日至4月26日 is 19天, or 18 from the first to the last. Pure."""
    amount = draft.mention.amount
    if draft.mention.kind is not Kind.DURATION or draft.mention.unit not in ("天", "日") or draft.rate:
        return None
    if amount is None or not amount.exact or amount.lo is None:
        return None
    for first, last, start, end in _stretches(notes, period.year if period is not None else 2023):
        length = (end - start).days
        if length > 0 and amount.lo in (length, length + 1) and _spoken_of(draft, first, last):
            one = f"{said(first)}" if first is last else f"{said(first)}至{said(last)}"
            return Derivation(made_of(one, said(draft), first, last), (first, last))
    return None


def years_between(draft: Claim, notes: Sequence[Claim]) -> Derivation | None:
    """2018年开工，2023年投用 make 历时5年, or 连续6年 with both counted. Pure."""
    amount = draft.mention.amount
    told = re.search(r"历时|用时|为期|连续|前后|持续|耗时|年间|时隔", draft.clause_text)
    if draft.mention.kind is not Kind.DURATION or plain_unit(draft.mention.unit) != "年" or amount is None or not told:
        return None
    dated = [one for one in notes if one.mention.kind in (Kind.YEAR, Kind.PERIOD, Kind.MONTH, Kind.DATE)]
    for index, one in enumerate(dated):
        for other in dated[index : index + 3]:
            first, last = (re.match(r"\d{4}", when) for when in (_lo(one), _hi(other)))
            bound = about_one(draft, one) or about_one(draft, other)
            if not first or not last or other.line != one.line or not bound:
                continue
            years = int(last.group()) - int(first.group())
            both = years + 1 if "连续" in draft.clause_text else years
            if years > 0 and amount.exact and amount.lo in (years, both):
                steps = said(one) if one is other else f"{said(one)}至{said(other)}"
                return Derivation(made_of(steps, said(draft), one, other), (one, other))
    return None


def _lo(claim: Claim) -> str:
    return claim.mention.when.lo if claim.mention.when is not None else ""


def _hi(claim: Claim) -> str:
    return claim.mention.when.hi if claim.mention.when is not None else ""


def _spoken_of(draft: Claim, first: Claim, last: Claim) -> bool:
    told = re.search(r"历时|工期|用时|为期|连续|前后|持续|用了|耗时|周期", draft.clause_text)
    told = told or re.match("[天日]?[之以]?[后前内]", draft.after_text)
    return bool(told) or about_one(draft, first) or about_one(draft, last)


def _stretches(notes: Sequence[Claim], year: int) -> Iterator[tuple[Claim, Claim, date, date]]:
    dated = [one for one in notes if one.mention.when is not None and one.mention.kind in (Kind.DATE, Kind.PERIOD)]
    for index, one in enumerate(dated):
        when = one.mention.when
        assert when is not None
        start, end = _day(when.lo, year), _day(when.hi, year)
        if start and end and start < end:
            yield one, one, start, end
        follower = dated[index + 1] if index + 1 < len(dated) else None
        if (
            follower is None
            or follower.mention.when is None
            or follower.line != one.line
            or one.mention.kind is not Kind.DATE
        ):
            continue
        later = _day(follower.mention.when.lo, year)
        if start and later and follower.mention.kind is Kind.DATE and start < later:
            yield one, follower, start, later


def first_months(draft: Claim, notes: Sequence[Claim], period: Period | None) -> Derivation | None:
    """前10个月 where the notes write 1至10月, or the form gives these months. Pure."""
    amount = draft.mention.amount
    if not draft.before_text.endswith(("前", "头")) or plain_unit(draft.mention.unit) != "个月" or amount is None:
        return None
    for note in notes:
        when = note.mention.when
        ends = (
            [re.search(r"-(\d\d)$", one) for one in (when.lo, when.hi)]
            if when and note.mention.kind is Kind.PERIOD
            else []
        )
        if len(ends) == 2 and ends[0] and ends[1] and int(ends[0][1]) == 1 and int(ends[1][1]) == amount.lo:
            return Derivation(made_of(said(note), f"前{said(draft)}", note), (note,))
    return None


def weekdays(draft: Claim, notes: Sequence[Claim], period: Period | None) -> Derivation | None:
    """How often a weekly day falls into the period the draft names: 每周五 in March 2024 is 5次. Pure."""
    amount = draft.mention.amount
    stretch = _stretch(draft.day.when if draft.day is not None else None, period)
    if (
        amount is None
        or not amount.exact
        or plain_unit(draft.mention.unit) not in _PER_WEEK
        or draft.rate
        or not stretch
    ):
        return None
    for note in notes:
        when = note.mention.when
        weekly = _WEEK.search(when.lo) if when is not None and note.mention.kind is Kind.FREQUENCY else None
        if weekly is None or not (about_one(draft, note) or alike(draft.action, note.action) >= 0.7):
            continue
        first, last = stretch
        ahead = (int(weekly[1]) - first.isoweekday()) % 7
        number = max(0, ((last - first).days - ahead) // 7 + 1)
        if number == amount.lo and number >= 1:
            formula = (
                f"{first.isoformat()}至{last.isoformat()}有{number}个{said(note).replace('每', '')}（行{note.line}）"
            )
            return Derivation(formula, (note,))
    return None


def _stretch(when: When | None, period: Period | None) -> tuple[date, date] | None:
    """The days the draft counts over: its own month or stretch in the period's year, else the period itself."""
    if period is None:
        return None
    if when is None:
        return period.start, period.end
    month = re.match(r"(?:(\d{4})|-)-(\d\d)$", when.lo)
    if month and when.lo == when.hi:
        first = date(int(month[1] or period.year), int(month[2]), 1)
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    start, end = _day(when.lo, period.year), _day(when.hi, period.year)
    if start is None or end is None or not 0 < (end - start).days < _LONGEST:
        return None
    return start, end
