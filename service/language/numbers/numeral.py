"""Numerals: the value, or the range of values, that a run of digits and Chinese number words writes.

A numeral here has no unit yet. `place` is the width of its last written place, which is what 余 adds up to:
30余 reaches to 39, 四百余 to 499, 2.5万余 to 25,999, 10万余 to 109,999 but 10余万 to 199,999.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from service.language.numbers.hedges import HedgeWidths
from service.language.patterns import deferred

DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")}
DIGITS |= {"零": 0, "两": 2}
FORMAL = dict(zip("零壹贰叁肆伍陆柒捌玖拾佰仟圆", "零一二三四五六七八九十百千元", strict=True)) | {
    "弍": "二",
    "貳": "二",
    "陸": "六",
}
MAGNITUDES = {"十": Decimal(10), "百": Decimal(100), "千": Decimal(1000), "万": Decimal(10**4), "亿": Decimal(10**8)}
_TABLE_FORMAL = str.maketrans(FORMAL)

ARABIC = r"(?:\d{1,3}(?:,\d{3}){1,5}(?!\d)|\d{1,18})(?:\.\d{1,8})?(?!\d)"
CHINESE = r"[〇零一二两三四五六七八九十百千万亿]{1,24}"
_NUMERAL = deferred(
    rf"(?:(?P<arabic>{ARABIC})(?P<gap> {{0,2}})(?P<inner>[余多来几])?(?P<scale>[十百千万亿]{{1,3}})?"
    rf"|(?P<half>半)(?=[斤亩吨米]|公里|年|天|个?月|个?小时|个[多余]|个钟头|日)"
    rf"|(?P<some>[几数])(?P<some_scale>[十百千万亿]{{1,3}})?"
    rf"|(?P<chinese>{CHINESE})(?:点(?P<decimals>[〇零一二三四五六七八九]{{1,8}}))?"
    rf"(?P<cn_inner>[余多来几])?(?P<cn_scale>[十百千万亿]{{1,3}})?)"
    r"(?P<outer> {0,2}[余多来])?"
)
# 多 begins words of its own: 3多功能厅 does not occur, but 十多元化 and 次多发 do.
_NOT_MORE = deferred(
    "多(?:功能|元(?=化|文|共|主|素|需|格|治|参|融|投|调|评)|媒体|部门联|层次|渠道|方位|角度|形式|发|种形式|样|次被)"
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as written. `over` says that 余 or 多 already widened it; `bare` that it is a magnitude alone (百).

    `vague` covers 几, 数 and neighbouring digits, `around` 来, `adjacent` neighbouring digits.
    """

    start: int
    end: int
    lo: Decimal
    hi: Decimal
    place: Decimal
    arabic: bool
    vague: bool = False
    over: bool = False
    bare: bool = False
    around: bool = False
    adjacent: bool = False
    plus: bool = False

    @property
    def exact(self) -> bool:
        """True where it is one number."""
        return self.lo == self.hi


# 1亿2000万 and 1万8千3百 go on in smaller magnitudes; 18万5 leaves the last one out, 3万5月 does not.
_SMALLER = deferred(r"零?(?P<n>\d{1,4})(?P<scale>[百千]?万|[百千])(?![万亿])")
_LOOSE = deferred(
    r"(?P<n>[1-9])(?![\d%‰/:~A-Za-z-]|[.,]\d| ?(?:个?月|[日号年点时周级楼层届期])|、\d"
    r"|[十百千万亿成倍折分到至]|个(?:小时|工作日|星期|多))"
)
_LAST_FOUR = deferred(r"(?P<n>\d{4}|零\d{1,3})(?![\d%‰/:~-]|[.,]\d| ?年)")
_OUTER = deferred(r" {0,2}[余多来]")
# 18千米 is measured in 千米, 5千瓦 in 千瓦.
_THOUSAND_UNITS = frozenset("米瓦克伏卡")
_PLUS = deferred(r"\+(?![0-9A-Za-z])")


def read_numeral(view: str, start: int, widths: HedgeWidths) -> Numeral | None:
    """The numeral that begins at `start` of the normalised text, with 余, 多, 来 and 几 in and after it. Pure."""
    number = _read(view, start, widths)
    # 1000+人次 means one thousand and above.
    if number is not None and _PLUS.match(view, number.end):
        return replace(number, end=number.end + 1, plus=True)
    return number


def _read(view: str, start: int, widths: HedgeWidths) -> Numeral | None:
    found = _NUMERAL.match(view, start)
    if found is None:
        return None
    if found["arabic"]:
        return _read_arabic(view, found, widths)
    if found["half"]:
        half = Decimal("0.5")
        return Numeral(start, start + 1, half, half, half, True)
    if found["some"]:
        return _read_some(view, found)
    return _read_chinese(view, found, widths)


def _without_month(run: str) -> str:
    """`run` without the month that it ends in, where what is left is a number above twelve; else `run`."""
    for month in ("十二", "十一", "十", run[-1:]):
        left = run.removesuffix(month)
        if left != run and left and left[-1] not in "零〇点" and (chinese_to_decimal(left) or 0) > _MONTHS:
            return left
    return run


_MONTHS = 12
_FLOOR, _ORDINALS = deferred(r"[百千万亿][一二三四五六七八九]$"), frozenset("楼层期号级班")
# 数 ends many nouns (人数, 总数), and 无数次 is no number of times.
_NOUN_BEFORE_SOME = frozenset("人户总参函系指整基分偶奇计代级岁天期倍次件条个无少多负正页册比名实算凑充回胜")


def _read_some(view: str, found: re.Match[str]) -> Numeral | None:
    start, one = found.start(), Decimal(1)
    if found["some"] == "数" and start > 0 and view[start - 1] in _NOUN_BEFORE_SOME:
        return None
    if not found["some_scale"]:
        return Numeral(start, start + 1, one * 2, one * 9, one, False, vague=True)
    scale = scale_of(found["some_scale"])
    return Numeral(start, found.end("some_scale"), scale * 2, scale * 10 - one, one, False, vague=True)


def _read_arabic(view: str, found: re.Match[str], widths: HedgeWidths) -> Numeral | None:
    start = found.start()
    value = Decimal(found["arabic"].replace(",", ""))
    inner, scale_text = found["inner"], found["scale"]
    if inner and not scale_text:
        if found["inner"] == "几":
            if value >= 10 and value % 10 == 0:
                # 30几个 is above thirty and below forty.
                return _widened(start, found.end("inner"), value, Decimal(10), inner, widths, True)
            inner, end = None, found.end("arabic")
        elif _NOT_MORE.match(view, found.start("inner")):
            return Numeral(start, found.end("arabic"), value, value, lowest_place(value), True)
        else:
            return _widened(start, found.end("inner"), value, lowest_place(value), inner, widths, True)
        return Numeral(start, end, value, value, lowest_place(value), True)
    if not scale_text:
        return Numeral(start, found.end("arabic"), value, value, lowest_place(value), True)
    end = found.end("scale")
    if scale_text[-1] == "千" and not inner and view[end : end + 1] in _THOUSAND_UNITS:
        scale_text, end = scale_text[:-1], end - 1  # 5千瓦 and 14.1亿千瓦时
        if not scale_text:
            return Numeral(start, end, value, value, lowest_place(value), True)
    scale = scale_of(scale_text)
    if inner == "几" and scale_text in ("十", "百") and value >= scale * 10 and value % (scale * 10) == 0:
        # 100几十 counts tens above a hundred, where 10几万 counts whole ten thousands.
        return Numeral(start, end, value + scale * 2, value + scale * 10 - 1, scale, True, vague=True)
    if inner:
        return _widened(start, end, value * scale, lowest_place(value) * scale, inner, widths, True)
    unit_place = min(lowest_place(value), Decimal(1)) * scale
    whole = value == value.to_integral_value()
    value *= scale
    if whole and (lower := _lower(view, end, scale)):
        more, end, unit_place = lower
        value += more
        outer = _OUTER.match(view, end)
        if outer and not _NOT_MORE.match(view, outer.end() - 1):
            return _widened(start, outer.end(), value, unit_place, outer[0].strip(), widths, True)
        return Numeral(start, end, value, value, unit_place, True)
    return _with_outer(view, found, start, end, value, unit_place, widths, True)


def _lower(view: str, end: int, above_scale: Decimal) -> tuple[Decimal, int, Decimal] | None:
    """What smaller magnitudes add to the one that ends at `end`, their end and their place; None where none follow."""
    added, last, at = Decimal(0), above_scale, end
    while found := _SMALLER.match(view, at):
        scale = scale_of(found["scale"])
        part = Decimal(found["n"]) * scale
        if scale >= last or part >= last or (scale == 1000 and view[found.end() : found.end() + 1] in _THOUSAND_UNITS):
            break
        added, last, at = added + part, scale, found.end()
    if last == 10**4 and (four := _LAST_FOUR.match(view, at)):
        rest = Decimal(four["n"].lstrip("零"))
        return added + rest, four.end(), lowest_place(rest)
    if last >= 100 and (loose := _LOOSE.match(view, at)):
        last /= 10
        added, at = added + Decimal(loose["n"]) * last, loose.end()
    return (added, at, last) if at > end else None


def _read_chinese(view: str, found: re.Match[str], widths: HedgeWidths) -> Numeral | None:
    start, run = found.start(), found["chinese"]
    end = found.end("chinese")
    if pair := adjacent(run):
        lo, hi, place = pair
        return Numeral(start, end, lo, hi, place, False, vague=True, adjacent=True)
    if view[end : end + 1] == "月" and not found["decimals"]:
        run = _without_month(run)  # 六月五百二七月五百八 tells of July behind the 520
        end = start + len(run)
    value = chinese_to_decimal(run)
    if value is None:
        return None
    if _FLOOR.search(run) and view[end : end + 1] in _ORDINALS and not found["decimals"]:
        run, end = run[:-1], end - 1  # 花了七十四万一楼收费 tells of the first floor
        value = chinese_to_decimal(run) or value
    bare = run != "十" and all(sign in MAGNITUDES for sign in run)
    if found["decimals"]:
        value, end = chinese_decimal(value, found["decimals"]), found.end("decimals")
    inner, scale_text = found["cn_inner"], found["cn_scale"]
    place = chinese_place(run, value)
    if found["decimals"]:
        place = Decimal(1).scaleb(-len(found["decimals"]))
        if scale_text and not inner:
            scale = scale_of(scale_text)
            return _with_outer(view, found, start, found.end("cn_scale"), value * scale, place * scale, widths, False)
    if inner and scale_text:
        scale = scale_of(scale_text)
        whole = lowest_place(value) * scale
        return _widened(start, found.end("cn_scale"), value * scale, whole, inner, widths, False)
    if inner and (inner != "几" or run[-1] in "十百千万"):
        if _NOT_MORE.match(view, found.start("cn_inner")) or (run[-1] not in MAGNITUDES and value < 10):
            return Numeral(start, end, value, value, place, False, bare=bare)
        return _widened(start, found.end("cn_inner"), value, place, inner, widths, False, bare=bare)
    return Numeral(start, end, value, value, place, False, bare=bare)


def _with_outer(
    view: str,
    found: re.Match[str],
    start: int,
    end: int,
    value: Decimal,
    place: Decimal,
    widths: HedgeWidths,
    arabic: bool,
) -> Numeral:
    outer = found["outer"]
    if outer and found.start("outer") == end and not _NOT_MORE.match(view, found.end("outer") - 1):
        return _widened(start, found.end("outer"), value, place, outer.strip(), widths, arabic)
    return Numeral(start, end, value, value, place, arabic)


def _widened(
    start: int,
    end: int,
    value: Decimal,
    place: Decimal,
    word: str,
    widths: HedgeWidths,
    arabic: bool,
    bare: bool = False,
) -> Numeral:
    if word == "来":
        lo, hi = value - place * widths.some_ten_from, value + place * widths.some_ten_to
        return Numeral(start, end, lo, hi, place, arabic, vague=True, bare=bare, around=True)
    lo, hi = above(value, place)
    some = word == "几"
    return Numeral(start, end, lo, hi, place, arabic, vague=some, over=not some, bare=bare)


def above(value: Decimal, place: Decimal) -> tuple[Decimal, Decimal]:
    """The range of `value` 余 whose last written place is `place`: above it, below the next one of that place. Pure.

    An exact figure with 余 (235余人) says that a little may be missing: up to the next ten.
    """
    if place <= 1 and value == value.to_integral_value():
        return (value, value + 9) if value >= 10 else (value + Decimal("0.01"), value + Decimal("0.99"))
    step = Decimal(1) if place > 1 else place / 100
    return value + step, value + place - step


def lowest_place(value: Decimal) -> Decimal:
    """The place of the last digit that is not zero: 100 of 2800, 0.1 of 2.5, 1 of 0. Pure."""
    _, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int) or not any(digits):
        return Decimal(1)
    zeros = len(digits) - len(bytes(digits).rstrip(b"\0"))
    return Decimal(1).scaleb(exponent + zeros)


def scale_of(text: str) -> Decimal:
    """The product of magnitude words: 百万 is 1,000,000. Pure."""
    scale = Decimal(1)
    for character in text:
        scale *= MAGNITUDES[character]
    return scale


def chinese_decimal(whole: Decimal, decimals: str) -> Decimal:
    """`whole` with the digits after 点. Pure."""
    places = Decimal("".join(str(DIGITS[character]) for character in decimals))
    return whole + places.scaleb(-len(decimals))


def chinese_place(run: str, value: Decimal) -> Decimal:
    """The width of the last written place of a Chinese numeral: 100 of 四百, 10000 of 十万. Pure."""
    if run[-1] in "万亿":
        return MAGNITUDES[run[-1]]
    return lowest_place(value)


_ADJACENT = deferred(
    r"(?P<head>(?:[一二三四五六七八九]?[十百千]){0,2}?)(?P<a>[一二两三四五六七八])(?P<b>[二两三四五六七八九])(?P<tail>[十百千万亿]{0,3})$"
)


# 百十 is a hundred or a little more, 三两 two or three.
_IDIOMS = {
    "百十": (Decimal(100), Decimal(119), Decimal(10)),
    "三两": (Decimal(2), Decimal(3), Decimal(1)),
}


def adjacent(run: str) -> tuple[Decimal, Decimal, Decimal] | None:
    """The range that two neighbouring digits write: 二三十 is 20–39, 十七八 17–18; None otherwise. Pure."""
    if run in _IDIOMS:
        return _IDIOMS[run]
    found = _ADJACENT.match(run)
    if found is None:
        return None
    a, b = DIGITS[found["a"]], DIGITS[found["b"]]
    # 三五 is an idiom for "a few"; every other pair has to be neighbours, or 二四 would be a range.
    if b - a != 1 and (a, b) != (3, 5):
        return None
    head = chinese_to_decimal(found["head"]) if found["head"] else Decimal(0)
    if head is None:
        return None
    tail = scale_of(found["tail"]) if found["tail"] else Decimal(1)
    if found["head"] and not found["tail"]:
        tail = Decimal(1) if found["head"][-1] == "十" else MAGNITUDES[found["head"][-1]] / 10
    lo, hi = head + a * tail, head + b * tail
    if tail > 1:
        hi += tail - 1
    return lo, hi, tail


def chinese_to_decimal(text: str) -> Decimal | None:
    """The exact number that `text` writes in Chinese, Arabic or formal digits (两千零八十, 3.5万), or None. Pure.

    A run of digits alone is read place by place: 二〇二四 is 2024.
    """
    plain = text.strip().translate(_TABLE_FORMAL)
    if not plain or len(plain) > 40:
        return None
    if found := re.fullmatch(rf"({ARABIC})([十百千万亿]{{0,3}})", plain):
        return Decimal(found[1].replace(",", "")) * scale_of(found[2])
    whole, _, decimals = plain.partition("点")
    if decimals and all(character in DIGITS for character in decimals):
        value = chinese_to_decimal(whole)
        return None if value is None else chinese_decimal(value, decimals)
    if all(character in DIGITS for character in plain):
        return Decimal("".join(str(DIGITS[character]) for character in plain))
    return _by_magnitudes(plain)


def _by_magnitudes(run: str) -> Decimal | None:
    """Sections of 亿 and 万, in each the digits times 千 百 十; None where two digits stand side by side."""
    total = section = Decimal(0)
    digit: int | None = None
    for character in run:
        if character in "零〇":
            if digit is not None:
                return None
        elif character in DIGITS:
            if digit is not None:
                return None
            digit = DIGITS[character]
        elif character not in MAGNITUDES:
            return None
        else:
            magnitude = MAGNITUDES[character]
            if magnitude < 10**4:
                section += (1 if digit is None else digit) * magnitude
            else:
                section += digit or 0
                part = total + section if magnitude > 10**4 else section
                part = (part or Decimal(1)) * magnitude
                total, section = (part if magnitude > 10**4 else total + part), Decimal(0)
            digit = None
    if digit is None:
        return total + section
    # 一万五 and 两百三 leave out the last magnitude; 一万零五 and 十五 do not.
    skipped = MAGNITUDES[run[-2]] / 10 if len(run) >= 2 and run[-2] in "百千万亿" else Decimal(1)
    return total + section + digit * skipped
