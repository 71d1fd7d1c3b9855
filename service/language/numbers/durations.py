"""Times of two or three units that are one (1小时52分钟, 1小时02分15秒), and degrees below zero (零下5度)."""

from __future__ import annotations

from decimal import Decimal

from service.domain.quantity import Amount, Kind, Mention, Role
from service.language.numbers.numeral import ARABIC, chinese_to_decimal
from service.language.numbers.ratios import closed
from service.language.numbers.view import View
from service.language.patterns import deferred

_N = r"[零一二两三四五六七八九十]{1,3}"
_TWO_UNITS = deferred(
    rf"(?P<a>\d{{1,3}}|{_N}) ?个?(?P<big>天|小时|钟头|分钟?) ?[零又]? ?"
    rf"(?P<b>\d{{1,2}}|{_N}) ?(?P<small>小时|分钟?|秒钟?)"
    rf"(?: ?[零又]? ?(?P<c>\d{{1,2}}|{_N}) ?(?P<least>分钟?|秒钟?))?"
    r"(?![之米钱])"
)
_MINUTES_AND_HALF = deferred(rf"(?P<a>\d{{1,3}}|{_N}) ?分(?:钟)?半(?:钟)?(?![场径])")
# 是3分48秒不是3分40: the unit of the second is left out beside a time that has it.
_LEFT_OUT = deferred(r"(?P<a>\d{1,3}) ?分 ?(?P<b>[0-5]\d)(?![\d.%\u4e00-\u9fff]|\s*[\u4e00-\u9fff])")
_IN_FULL = deferred(r"\d ?分 ?\d{1,2} ?秒")
_SECONDS = {"天": 86_400, "小时": 3_600, "钟头": 3_600, "分钟": 60, "分": 60, "秒钟": 1, "秒": 1}
_TOLD = {"分": "分钟", "秒钟": "秒"}
_BELOW_ZERO = deferred(rf"零下 ?(?P<n>{ARABIC}|{_N}) ?(?:多|余)? ?(?:摄氏度|度|℃)")
_STEP = Decimal("0.01")


def read_duration(view: View, start: int) -> Mention | None:
    """The time in two or three units that begins at `start`, or None. Pure."""
    if (halved := _MINUTES_AND_HALF.match(view.plain, start)) and (whole := chinese_to_decimal(halved["a"])):
        value = whole * 60 + 30
        return closed(view, start, halved.end(), value, value, Kind.DURATION, _STEP, "秒")
    if (short := _LEFT_OUT.match(view.plain, start)) and _IN_FULL.search(view.plain):
        value = Decimal(short["a"]) * 60 + Decimal(short["b"])
        return closed(view, start, short.end(), value, value, Kind.DURATION, _STEP, "秒")
    found = _TWO_UNITS.match(view.plain, start)
    if found is None or _SECONDS[found["big"]] <= _SECONDS[found["small"]]:
        return None
    units = [found["big"], found["small"], *([found["least"]] if found["least"] else [])]
    length = chinese_to_decimal(found["a"])
    for number, unit, above in zip((found["b"], found["c"]), units[1:], units, strict=False):
        ratio, more = _SECONDS[above] // _SECONDS[unit], chinese_to_decimal(number)
        length = None if length is None or more is None or not 0 <= more < ratio else length * ratio + more
    if length is None:
        return None
    unit = _TOLD.get(units[-1], units[-1])
    return closed(view, start, found.end(), length, length, Kind.DURATION, _STEP, unit)


def read_below_zero(view: View, start: int) -> Mention | None:
    """The degrees below zero that begin at `start`, or None. Pure."""
    below = _BELOW_ZERO.match(view.plain, start)
    value = chinese_to_decimal(below["n"]) if below else None
    if below is None or value is None:
        return None
    return view.mention(start, below.end(), Role.CLAIM, Kind.MEASURE, amount=Amount(-value, -value), unit="摄氏度")
