"""Identifiers: web addresses, document numbers, phones, identity cards, plates, versions, G107, 5G, 12+4."""

from __future__ import annotations

import re

from service.domain.quantity import Kind, Mention, Role
from service.language.numbers.units import unit_at
from service.language.numbers.view import View
from service.language.patterns import deferred

_CLOSE = r"[〕\])】》}>]"
_NUMBERED_YEAR = deferred(
    rf"(?:\d{{4}}|\d{{0,2}}(?:[xX×*]{{2}}|_{{2,4}})) ?{_CLOSE} ?(?:第 ?)?(?:\d{{1,5}}|[xX×*_]{{1,4}}) ?号(?:文(?!件))?"
)
_OFFICE_CHARS = 10
# The verb that introduces a document is no part of its number: 贯彻落实丰办发〔…〕. Single words only lead, since
# 和政办发 is an office.
_INTRODUCED = deferred(
    r".*(?:根据|按照|依据|印发|转发|下发|发布|制定|收到|执行|落实|贯彻|文号|依照|遵照|参照|结合|对照|关于|学习|传达|详见|参见|出台)(?:的|了)?|"
    r"(?:见|以|和|及|与|的|了|由|为|按|如|据|经|依)"
)
_ADDRESS = deferred(r"(?:https?://|www\.)[A-Za-z0-9./?=&_%#:~+@!;-]{1,300}", re.IGNORECASE)
_PHONE = deferred(
    r"(?<![\d.])(?:1[3-9]\d{9}|0\d{2,3}[- ]?\d{7,8}|\d{3,4}-\d{7,8}|(?:400|800)[- ]?\d{3,4}[- ]?\d{3,4}"
    r"|\d{17}[\dXx]|1[3-9]\d[- ]\d{4}[- ]\d{4}|\d{3}\*{4}\d{4})(?![\d.])"
)
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = deferred(rf"[{_PROVINCES}][A-Z][·• ]?[A-Z0-9]{{5,6}}(?![A-Z0-9])")
_LATIN = deferred(r"[A-Za-z]")
_TOKEN = deferred(r"[A-Za-z0-9]{1,40}(?:[-./·_][A-Za-z0-9]{1,40}){0,6}")
_EMAIL = deferred(r"[A-Za-z0-9._%+-]{1,40}@[A-Za-z0-9-]{1,40}(?:\.[A-Za-z0-9-]{1,20}){1,4}")
_VERSION = deferred(r"[vV]?\d{1,4}(?:\.\d{1,4}){2,5}(?![\d%])")
_DATE_LIKE = deferred(r"(?:19|20)\d\d\.")
_PLUS = deferred(r"[\dA-Za-z]{1,4}(?:\+[\dA-Za-zX]{1,4}){1,5}(?!\+)")
# 12×8米 multiplies; the whole is compared to the letter.
_DIMENSIONS = deferred(
    r"\d{1,5}(?:\.\d{1,3})?(?:[米厘毫]{0,2}[×xX*]\d{1,5}(?:\.\d{1,3})?){1,2}(?:平方米|毫米|厘米|米|cm|mm|m|寸)?(?![\dxX×*])"
)
_DIGITS = deferred(r"\d{4,20}")
_NUMBERED_THING = deferred(
    r"(?:邮编|群号|编号|账号|号码|证号|代码|工号|学号|电话|手机|座机|传真|QQ|订单号|卡号)[:为是]? ?$"
)
_TOKEN_CHARS = 24
# SR—02 numbers a file, with the dash of Chinese print.
_SERIES_BEFORE = deferred(r"[A-Za-z]{1,6}~{1,2}$")
_SERIAL = deferred(r"\d{1,6}(?![\d万亿余多%.])")
# Letters before a figure name its indicator: gdp443.52亿元, PM2.5 names and GDP8.2% counts.
_COUNTS_AFTER_LETTERS = frozenset("万亿余多元%")
_COUNTERS_AFTER_LETTERS = frozenset({"个", "名", "人", "份", "台", "块", "处", "场", "条", "户", "次", "人次"})


def read_address(view: View, start: int) -> Mention | None:
    """A web address that begins at `start`, or None. Pure."""
    found = _ADDRESS.match(view.plain, start)
    return view.mention(start, found.end(), Role.NAME, reason="address") if found else None


def read_document_number(view: View, start: int) -> Mention | None:
    """A document number whose year stands at `start` after its bracket, with the letters of its office. Pure."""
    plain = view.plain
    if start == view.floor or plain[start - 1 : start] not in tuple("〔[(【《{<"):
        return None
    found = _NUMBERED_YEAR.match(plain, start)
    if found is None:
        return None
    bracket = begin = start - 1
    low = max(view.floor, bracket - _OFFICE_CHARS)
    while begin > low and ("\u4e00" <= plain[begin - 1] <= "\u9fff" or plain[begin - 1] in "xX*×"):
        begin -= 1
    introduced = _INTRODUCED.match(plain, begin, bracket)
    if introduced is not None and introduced.end() < bracket:
        begin = introduced.end()
    return view.mention(begin, found.end(), Role.NAME, Kind.DOCNUM, reason="document_number")


def read_dimensions(view: View, start: int) -> Mention | None:
    """Sizes multiplied out of digits at `start` (12×8米), or None. Pure."""
    found = _DIMENSIONS.match(view.plain, start)
    return view.mention(start, found.end(), Role.NAME, reason="dimensions") if found else None


def read_identifier(view: View, start: int) -> Mention | None:
    """A number that identifies and does not count; its first digit stands at `start`, letters before it join. Pure."""
    plain = view.plain
    begin = _token_start(view, start)
    if view.floor < begin < start and plain[begin - 1] in _PROVINCES and (found := _PLATE.match(plain, begin - 1)):
        return view.mention(begin - 1, found.end(), Role.NAME, reason="identifier")
    if (found := _SERIAL.match(plain, start)) and _SERIES_BEFORE.search(view.before(start, 10)):
        return view.mention(start, found.end(), Role.NAME, reason="identifier")
    for pattern in (_EMAIL, _PHONE, _PLUS, _VERSION):
        found = pattern.match(plain, begin)
        if found is None or found.end() <= start:
            continue
        if pattern is _VERSION and begin == start and _DATE_LIKE.match(found[0]):
            continue
        return view.mention(begin, found.end(), Role.NAME, reason="identifier")
    if (found := _DIGITS.match(plain, start)) and _NUMBERED_THING.search(view.before(start, 6)):
        return view.mention(start, found.end(), Role.NAME, reason="identifier")
    return _digits_first(view, start) if begin == start else _letters_first(view, begin, start)


def _token_start(view: View, start: int) -> int:
    begin = start
    while begin > view.floor and start - begin < _TOKEN_CHARS and _joins(view.plain[begin - 1]):
        begin -= 1
    while begin < start and not view.plain[begin].isalnum():
        begin += 1
    # A bare mark before a digit belongs to no token: the minus of -3 and the slash of 1/3.
    return begin if _LATIN.search(view.plain, begin, start) else start


def _joins(sign: str) -> bool:
    return sign == "·" or (sign.isascii() and (sign.isalnum() or sign in "+-_.@/"))


def _digits_first(view: View, start: int) -> Mention | None:
    """5G and 3D name; 5km, 80kg and 30m count."""
    plain = view.plain
    found = _TOKEN.match(plain, start)
    if found is None or not _LATIN.search(found[0]):
        return None
    at = start
    while at < found.end() and plain[at] in "0123456789.,":
        at += 1
    unit = unit_at(plain, at)
    if unit is not None and not _LATIN.match(plain, at + len(unit.text)):
        return None
    mask = plain[at] in "xX" and at > start
    return None if mask else view.mention(start, found.end(), Role.NAME, reason="identifier")


def _letters_first(view: View, begin: int, start: int) -> Mention | None:
    plain = view.plain
    found = _TOKEN.match(plain, begin)
    if found is None or found.end() <= start:
        return None
    if plain[found.end() : found.end() + 1] in _COUNTS_AFTER_LETTERS or "@" in plain[begin:start]:
        return None
    unit = unit_at(plain, found.end())
    if unit is not None and (unit.dimension in ("money", "mass") or unit.text in _COUNTERS_AFTER_LETTERS):
        return None
    return view.mention(begin, found.end(), Role.NAME, reason="identifier")
