"""Times of two units that are one (1小时52分钟, 5分30秒), and degrees below zero (零下5度)."""

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
    r"(?![之米钱])"
)
_MINUTES_AND_HALF = deferred(rf"(?P<a>\d{{1,3}}|{_N}) ?分(?:钟)?半(?:钟)?(?![场径])")
_SECONDS = {"天": 86_400, "小时": 3_600, "钟头": 3_600, "分钟": 60, "分": 60, "秒钟": 1, "秒": 1}
_TOLD = {"分": "分钟", "秒钟": "秒"}
_BELOW_ZERO = deferred(rf"零下 ?(?P<n>{ARABIC}|{_N}) ?(?:多|余)? ?(?:摄氏度|度|℃)")
_STEP = Decimal("0.01")


def read_duration(view: View, start: int) -> Mention | None:
    """The time in two units that begins at `start`, or None. Pure."""
    if (halved := _MINUTES_AND_HALF.match(view.plain, start)) and (whole := chinese_to_decimal(halved["a"])):
        value = whole * 60 + 30
        return closed(view, start, halved.end(), value, value, Kind.DURATION, _STEP, "秒")
    found = _TWO_UNITS.match(view.plain, start)
    if found is None or _SECONDS[found["big"]] <= _SECONDS[found["small"]]:
        return None
    a, b = chinese_to_decimal(found["a"]), chinese_to_decimal(found["b"])
    if a is None or b is None:
        return None
    ratio = _SECONDS[found["big"]] // _SECONDS[found["small"]]
    if b >= ratio:
        return None
    value = a * ratio + b
    unit = _TOLD.get(found["small"], found["small"])
    return closed(view, start, found.end(), value, value, Kind.DURATION, _STEP, unit)


def read_below_zero(view: View, start: int) -> Mention | None:
    """The degrees below zero that begin at `start`, or None. Pure."""
    below = _BELOW_ZERO.match(view.plain, start)
    value = chinese_to_decimal(below["n"]) if below else None
    if below is None or value is None:
        return None
    return view.mention(start, below.end(), Role.CLAIM, Kind.MEASURE, amount=Amount(-value, -value), unit="摄氏度")
