"""Days that a text names by the day on which it was said: 昨天, 下周三, 上个月底, 本月9号."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from service.domain.quantity import When

_DAYS_AWAY = {"大前": -3, "前": -2, "昨": -1, "今": 0, "当": 0, "明": 1, "后": 2, "大后": 3}
_STEP = {"上上": -2, "上": -1, "本": 0, "这": 0, "下": 1, "下下": 2}
_WEEKDAY = {word: number for number, word in enumerate("一二三四五六日")} | {"天": 6}
_DAY_END = {"晚": "晚", "早": "早"}
# 今天 in 今天的环卫工 and 前天 are days; 前日子 and 明日之星 are none.
_NEAR_DAY = (
    r"(?P<away>大前|大后|[前昨今明后])"
    r"(?:(?P<day>天|日(?!子|常|报|历|程)|儿(?!子|童|科|女))|(?P<turn>晚|早)(?!会|饭|餐|市|班|报))(?![日之星])"
)
_OF_WEEK = (
    r"(?P<week>上上|下下|[上下本这])(?:一)?个?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天末])"
    r"(?![至到、—\-~～一二三四五六日天])"
)
_OF_MONTH = (
    r"(?P<month>上|下|本|这)(?:一)?个?月(?:份)?(?:(?P<number>3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])(?:日|号)|(?P<part>底|末|初|中旬|上旬|下旬))?"
    r"(?!度|例会|亮|饼|季)"
)
_RELATIVE = re.compile(rf"{_NEAR_DAY}|{_OF_WEEK}|{_OF_MONTH}")
_THIS_MONTH = frozenset(("本", "这"))


@dataclass(frozen=True, slots=True)
class RelativeDay:
    """A stretch `text[start:end]` that names `when`; `tail` is what it says besides the day (晚, 底, 中旬)."""

    start: int
    end: int
    when: When
    tail: str = ""


def relative_days(text: str, said_on: date, months_only: bool = False) -> Iterator[RelativeDay]:
    """The days and months that `text`, said on `said_on`, names by that day, in order. 本月 alone is left to the
    reporting period, 周三 alone to the reader: both may mean another than the next one. `months_only` says that only
    the month of `said_on` is known, so that 下月5号 is told and 昨天 is not. Pure."""
    for found in _RELATIVE.finditer(text):
        if months_only and not found["month"]:
            continue
        if found["away"]:
            day = said_on + timedelta(days=_DAYS_AWAY[found["away"]])
            yield _one_day(found, day, _DAY_END.get(found["turn"] or "", ""))
        elif found["week"]:
            monday = said_on - timedelta(days=said_on.weekday()) + timedelta(days=7 * _STEP[found["week"]])
            yield (
                _weekend(found, monday)
                if found["weekday"] == "末"
                else _one_day(found, monday + timedelta(days=_WEEKDAY[found["weekday"]]))
            )
        elif (named := _of_month(found, said_on)) is not None:
            yield named


def _one_day(found: re.Match[str], day: date, tail: str = "") -> RelativeDay:
    return RelativeDay(found.start(), found.end(), When(day.isoformat(), day.isoformat()), tail)


def _weekend(found: re.Match[str], monday: date) -> RelativeDay:
    saturday = monday + timedelta(days=_WEEKDAY["六"])
    when = When(saturday.isoformat(), (saturday + timedelta(days=1)).isoformat())
    return RelativeDay(found.start(), found.end(), when)


def _of_month(found: re.Match[str], said_on: date) -> RelativeDay | None:
    bare = not found["number"] and not found["part"]
    if bare and found["month"] in _THIS_MONTH:
        return None
    months = said_on.year * 12 + said_on.month - 1 + _STEP[found["month"]]
    year, month = divmod(months, 12)
    if found["number"]:
        number = _day_number(found["number"])
        if number > monthrange(year, month + 1)[1]:
            return None
        return _one_day(found, date(year, month + 1, number))
    named = f"{year:04d}-{month + 1:02d}"
    return RelativeDay(found.start(), found.end(), When(named, named), found["part"] or "")


def _day_number(said: str) -> int:
    if said.isdigit():
        return int(said)
    tens, _, ones = said.rpartition("十")
    units = "零一二三四五六七八九".index(ones) if ones else 0
    return units if "十" not in said else 10 * ("零一二三".index(tens) if tens else 1) + units


def said_absolutely(text: str, said_on: date, year: int | None, months_only: bool = False) -> str:
    """`text` with the days it names by the day it was said on as dates: 下周三前 → 11月19日前. Only another year than
    `year` is written. Pure."""
    for one in reversed(list(relative_days(text, said_on, months_only))):
        text = text[: one.start] + _written(one.when, year) + one.tail + text[one.end :]
    return text


def _written(when: When, year: int | None) -> str:
    first, last = ([int(part) for part in end.split("-")] for end in (when.lo, when.hi))
    head = "" if year is None or first[0] == year else f"{first[0]}年"
    told = f"{head}{first[1]}月" + (f"{first[2]}日" if len(first) > 2 else "")
    if first == last:
        return told
    return told + "至" + (f"{last[2]}日" if first[:2] == last[:2] else f"{last[1]}月{last[2]}日")
