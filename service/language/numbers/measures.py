"""The unit that follows a number in a text, with half and 多 around it: 个百分点, 1个半小时, 3年多, 5个多月."""

from __future__ import annotations

from dataclasses import dataclass

from service.language.numbers.numeral import Numeral
from service.language.numbers.units import Unit, unit_at, unit_of
from service.language.numbers.view import View
from service.language.patterns import deferred

# 接了九百三十七个半小时到场的八百九十二个 counts calls and then tells how fast they were answered.
_HUNDREDS, _SO_SOON = deferred("[百千万]"), deferred("[到就赶响回办修送之以]|[以之]?内")
_HALF_BEFORE = deferred(r"个?半(?=小时|月|钟头|年|天|学期)")
_MORE_BEFORE = deferred(r"个[多余](?=月|小时|星期|礼拜|季度|学期|钟头|年头)")
_AFTER = deferred(
    r"(?P<half>半)(?![数年月天小径夜])|(?P<over>[多余])(?!方|元|层|种|部门|次|渠|媒|功|样|形|数|点|人|个|处|家|项)"
)
# 3年多 and 5吨多 widen; 3个多 does not, since 多 then begins the next word.
_CONTINUOUS = frozenset({"time", "months", "workday", "age", "times", "length", "area", "mass", "volume"})
_PER = deferred(
    r" ?/ ?每?(天|日|月|年|季度|季|周|次|人|户|小时|分钟|平方米|立方米|公里|亩|班|车|场|课时|学期|套|份|个|张|吨|升)"
)
_RARE = frozenset("盏杆溜帖锅勺辈")
_BLANKS = 2


@dataclass(frozen=True, slots=True)
class Measured:
    """A unit in a text: `text` as mentions tell it, None where there is none; `half` adds one half, `over` widens."""

    text: str | None
    end: int
    unit: Unit | None = None
    half: bool = False
    over: bool = False

    @property
    def dimension(self) -> str:
        """The dimension of the unit; "" for a rare counter or none."""
        return self.unit.dimension if self.unit else ""


def measure_after(view: View, number: Numeral) -> Measured:
    """The unit after `number`, over at most two blanks; without one, a Measured that ends with the number. Pure.

    What stands in the next cell of a table (150⇥挂星牌) is no unit.
    """
    plain = view.plain
    at = number.end
    while at < len(plain) and at - number.end < _BLANKS and plain[at] == " " and view.text[at] != "\t":
        at += 1
    if inner := _with_inner(plain, number.start, at):
        return inner
    if plain[at : at + 1] == "余" and number.over:
        at += 1
    unit = unit_at(plain, at)
    if (
        unit is None
        or (
            unit.text in ("月", "日")
            and not (number.arabic or number.vague or number.bare or _lasts(plain, number, at))
        )
        or _latin_goes_on(plain, at, unit)
    ):
        if plain[at : at + 1] in _RARE:
            return Measured(plain[at], at + 1)
        return Measured(None, number.end)
    end = at + len(unit.text)
    if unit.dimension in _CONTINUOUS and (more := _AFTER.match(plain, end)):
        return Measured(_told(unit), more.end(), unit, half=bool(more["half"]), over=bool(more["over"]))
    if per := _PER.match(plain, end):
        return Measured(f"{_told(unit)}/{per[1]}", per.end(), unit)
    return Measured(_told(unit), end, unit)


def _lasts(plain: str, number: Numeral, at: int) -> bool:
    """True for 三日内 and 连续两月, which last; 三月 and 三日 are of the calendar, 两 always counts."""
    return plain[number.start] == "两" or plain[at + 1 : at + 2] in ("内", "之")


def _with_inner(plain: str, first: int, at: int) -> Measured | None:
    """半 or 多 between the number, which begins at `first`, and its unit."""
    half = _HALF_BEFORE.match(plain, at)
    found = half or _MORE_BEFORE.match(plain, at)
    if found is None:
        return None
    unit = unit_at(plain, found.end())
    if unit is None:
        return None
    end = found.end() + len(unit.text)
    if half and _HUNDREDS.search(plain, first, at) and _SO_SOON.match(plain, end):
        return None
    if unit.text == "月":
        unit = unit_of("个月") or unit
    return Measured(unit.text, end, unit, half=half is not None, over=half is None)


def _told(unit: Unit) -> str:
    """个百分点 and 百分点 are one unit; 个月 stays, since 3月 is a month of the year."""
    if unit.text == "月":
        return "个月"
    if unit.dimension == "money" and unit.factor == 1:
        return "元"  # 贰拾万元整, 800块钱
    short = unit_of(unit.text[1:]) if unit.text.startswith("个") and unit.text != "个月" else None
    return short.text if short is not None and short.factor == unit.factor else unit.text


def _latin_goes_on(plain: str, at: int, unit: Unit) -> bool:
    """True where a Latin unit is only the beginning of a word: 5min is a time, 5miles is none."""
    following = plain[at + len(unit.text) : at + len(unit.text) + 1]
    return unit.text.isascii() and following.isascii() and following.isalpha()
