"""Lists that give their unit once: 1、2月份, 2022、2023年, 一、二季度, 3月1、2日, 一、二、三等奖."""

from __future__ import annotations

from dataclasses import replace

from service.domain.quantity import Amount, Kind, Mention, Role, When
from service.language.numbers.numeral import chinese_to_decimal
from service.language.numbers.view import View
from service.language.patterns import deferred

_BETWEEN = frozenset({"、", "和", "及", "与", "或"})
_DATES = frozenset({"、", ",", "和", "及", "与", ""})
_BARE = deferred(r"第?(?P<n>\d{1,4}|[一二三四五六七八九十]{1,3})、?")
_KINDS = frozenset({Kind.YEAR, Kind.MONTH, Kind.DATE, Kind.QUARTER, Kind.RANK, Kind.ORDINAL})
_LONGEST = 12
_COUNTED = frozenset({Kind.COUNT, Kind.MEASURE, Kind.MONEY, Kind.POINT, Kind.DURATION, Kind.AGE})
_FIGURE = deferred(r"\d{1,9}(?:\.\d{1,4})?")
_RESPECTIVELY = deferred(r"(?:分别|依次|各)[^，。；,;\n!?]{0,20}$")


def share_tail(view: View, mentions: list[Mention]) -> None:
    """Gives the bare numerals before the last of `mentions` its kind and unit, in place; a bare day takes its month."""
    last = mentions[-1]
    if last.unit is not None and last.kind in _COUNTED and last.amount is not None and last.amount.exact:
        _share_unit(view, mentions)
    if last.role is not Role.CLAIM or last.kind not in _KINDS:
        return
    at = len(mentions) - 2
    while at >= 0 and len(mentions) - at <= _LONGEST:
        earlier = mentions[at]
        between = view.plain[earlier.end : mentions[at + 1].start]
        # An enumerator keeps its 、 in its own text; 一、加强领导 and a later 2月 are no list.
        joined = between in _BETWEEN or (not between and earlier.text.endswith("、"))
        shared = _shared(view, earlier, last) if joined else None
        if shared is None:
            break
        mentions[at] = shared
        at -= 1
    if last.when is not None and last.when.lo.startswith("---"):
        for later in range(max(at, 0) + 1, len(mentions)):
            mentions[later] = _in_month_of(view, mentions[later - 1], mentions[later])


def _share_unit(view: View, mentions: list[Mention]) -> None:
    """Gives bare figures before the last its unit where 分别 or 各 announces them: 分别提高1.2和0.8个百分点."""
    last, at = mentions[-1], len(mentions) - 2
    if any(sign in last.text for sign in "万亿") or view.minus_before(last.start):
        return
    while at >= 0 and len(mentions) - at <= _LONGEST:
        earlier = mentions[at]
        bare = earlier.kind is Kind.COUNT and earlier.unit is None and _FIGURE.fullmatch(earlier.text) is not None
        # 分别提高1.5个和1.1个百分点
        bare = bare or (last.kind is Kind.POINT and earlier.unit == "个" and earlier.kind is Kind.COUNT)
        if not bare or view.plain[earlier.end : mentions[at + 1].start] not in _BETWEEN:
            return
        if _RESPECTIVELY.search(view.before(earlier.start, 24)) is None:
            return
        mentions[at] = replace(earlier, kind=last.kind, unit=last.unit)
        at -= 1


def _shared(view: View, earlier: Mention, last: Mention) -> Mention | None:
    """`earlier` read with the kind and unit of `last`, or None where it is no bare numeral of that kind."""
    found = _BARE.fullmatch(view.plain, earlier.start, earlier.end)
    if found is None or earlier.unit is not None or earlier.role is Role.DEFECT:
        return None
    value = chinese_to_decimal(found["n"])
    if value is None:
        return None
    end = earlier.end - (1 if earlier.text.endswith("、") else 0)
    plain = Mention(earlier.start, end, view.text[earlier.start : end], Role.CLAIM, last.kind, unit=last.unit)
    if last.amount is not None:
        return replace(plain, amount=Amount(value, value))
    when = _when(int(value), last)
    return None if when is None else replace(plain, when=When(when, when))


def _when(value: int, last: Mention) -> str | None:
    if last.kind is Kind.YEAR:
        return str(value) if 1600 <= value <= 2199 else None
    if last.kind is Kind.MONTH and 1 <= value <= 12 and last.when:
        return f"{last.when.lo[:-3] if len(last.when.lo) > 4 else '-'}-{value:02d}"
    if last.kind is Kind.QUARTER and 1 <= value <= 4 and last.when:
        return f"{last.when.lo[:-1]}{value}"
    if last.kind is Kind.DATE and 1 <= value <= 31 and last.when and last.when.lo.startswith("---"):
        return f"---{value:02d}"
    return None


def _in_month_of(view: View, earlier: Mention, mention: Mention) -> Mention:
    """`mention`, with the month of the date before it where it is a bare day in a list: 3月5日、12日."""
    if mention.when is None or earlier.when is None or not mention.when.lo.startswith("---"):
        return mention
    if view.plain[earlier.end : mention.start] not in _DATES or earlier.when.hi.startswith("---"):
        return mention
    if earlier.kind is Kind.MONTH:
        month = earlier.when.hi
    elif earlier.kind in (Kind.DATE, Kind.PERIOD) and len(earlier.when.hi) >= 7:
        month = earlier.when.hi[:-3]
    else:
        return mention
    day = f"{month}{mention.when.hi[2:]}"
    return replace(mention, when=When(day, day))
