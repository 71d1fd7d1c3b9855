"""Blanks and damage: masks (xx元, __份, 20xx年), masks spliced into figures (20xx0人), placeholders of this product."""

from __future__ import annotations

import re

from service.domain.quantity import Kind, Mention, Role
from service.language.numbers.units import unit_at
from service.language.numbers.view import View
from service.language.patterns import deferred

_BLANK = deferred(
    r"〔(?:MASK:[a-z_]{1,20}|[^〔〕\n0-9]{1,12})〕|[(（] {1,6}[)）]|【待补[^】\n]{0,40}】|\[待补[^\]\n]{0,40}\]"
)
_MASK = r"(?:[xX×*]{1,8}(?:\.[xX×*]{1,4})?|_{2,24}|〇{2,6}(?![一二三四五六七八九]))"
_DATE_MASK = deferred(
    rf"(?:(?:\d{{1,3}}|[一二][〇零]) ?{_MASK}|{_MASK}) ?年(?:度)?"
    rf"(?: ?(?:{_MASK}|\d{{1,2}}) ?月(?:份)?(?: ?(?:{_MASK}|\d{{1,2}}) ?[日号])?)?"
    rf"|(?:{_MASK}|\d{{1,2}}) ?月 ?{_MASK} ?[日号]|{_MASK} ?月(?:份)?(?: ?\d{{1,2}} ?[日号])?"
)
_SPLICED = deferred(rf"(?P<head>\d{{0,6}})(?P<mask>{_MASK})(?P<tail>\d{{0,6}})")
# What a mask stands before when it replaced a name: **市, x区, XX县.
_PLACE = deferred(
    "(?:省|市|区|县|旗|镇|乡|村|街道?|社区|路|校|学校|小学|中学|大学|医院|局|委|办|站|公司|集团|单位|小区|大道|广场|"
    "公园|同志|书记|主任|局长|校长|先生|女士|老师|某|部门|项目|活动|有限)"
)
_NUMBERISH = deferred(r"[ 余多万亿千百%‰]|以上|左右|大(?:精神|报告|以来)|届")
_LATIN = deferred(r"[A-Za-z]")
_BROKEN_POINT = deferred(r"\d{1,6}。\d{1,4}(?=[余多万亿%‰元吨亩方米公平]|$)")


def read_blank(view: View, start: int) -> Mention | None:
    """A typed blank or a placeholder that begins at `start` with its bracket, or None. Pure."""
    if found := _BLANK.match(view.plain, start):
        return view.mention(start, found.end(), Role.DEFECT, Kind.PLACEHOLDER, reason="placeholder")
    return None


def read_mask(view: View, start: int) -> Mention | None:
    """A mask, or a figure with a mask in it, that begins at `start`; None where the signs are plain writing. Pure."""
    plain = view.plain
    if found := _BROKEN_POINT.match(plain, start):
        unit = _unit_after(plain, found.end())
        return view.mention(start, unit[0], Role.DEFECT, Kind.CORRUPT, unit=unit[1], reason="broken_point")
    found = _DATE_MASK.match(plain, start)
    if found is not None and _is_mask(view, start, found.end(), found[0].lstrip("0123456789年月一二零〇 ")[:1]):
        return view.mention(start, found.end(), Role.DEFECT, Kind.PLACEHOLDER, reason="masked_date")
    found = _SPLICED.match(plain, start)
    if found is None:
        return None
    if found["mask"][0] == "*" and not found["head"] and _is_markup(view, start, found.end("mask")):
        return None
    if not _is_mask(view, start, found.end(), found["mask"][0]) and not (found["head"] and _glued(plain, found)):
        return None
    end, unit_text = _unit_after(plain, found.end())
    reason = "spliced_mask" if found["head"] or found["tail"] else "mask"
    if found["tail"]:
        # A figure after the mask closes it; the unit is told but stays outside, as in 近〔20xx0〕人.
        end = found.end()
    return view.mention(start, end, Role.DEFECT, Kind.PLACEHOLDER, unit=unit_text, reason=reason)


def _glued(plain: str, found: re.Match[str]) -> bool:
    """True for 520xx户 and 20xx0; false for 3x5, 12*8 and 1024×768, which multiply."""
    mask = found["mask"]
    return (not found["tail"] or len(mask) > 1) and not _LATIN.match(plain, found.end())


def _is_mask(view: View, start: int, end: int, sign: str) -> bool:
    plain = view.plain
    if sign == "_":
        return not _LATIN.match(view.before(start, 1)) and not _LATIN.match(plain, end)
    if sign == "〇":
        return True
    before = view.before(start, 1)
    if sign in "xX" and (_LATIN.match(before) or _LATIN.match(plain, end) or before in ("+", "-", "/", ".")):
        return False
    if sign == "*" and _is_markup(view, start, end):
        return False
    if plain[end - 1] in "年月日号份度":
        return True
    if sign == "×" and end - start == 1 and _is_cross(view, start, end):
        return False
    return bool(
        unit_at(plain, end) or _PLACE.match(plain, end) or _NUMBERISH.match(plain, end) or before in ("第", "近", "约")
    )


def _is_cross(view: View, start: int, end: int) -> bool:
    """True for the cross of a check list, set apart and with a word behind it: × 洗手间没纸, where × 户 is a blank."""
    apart = view.at_line_start(start) or view.before(start, 1) == " "
    return apart and view.plain[end : end + 1] == " " and unit_at(view.plain, end + 1) is None


def _is_markup(view: View, start: int, end: int) -> bool:
    """Bullets (* 清理) and bold (**清理**) of Markdown are no masks."""
    plain = view.plain
    if plain[end : end + 1] == " " and view.at_line_start(start):
        return True
    run = plain[start:end]
    if len(run) not in (1, 2, 3) or len(set(run)) != 1:
        return False
    line_end = plain.find("\n", end, end + 80)
    closing = plain.find(run, end, line_end if line_end >= 0 else end + 80)
    opening = plain.rfind(run, max(0, start - 80), start)
    paired = closing > end and plain[closing + len(run) : closing + len(run) + 1] != "*"
    return len(run) > 1 and (
        (paired and _PLACE.match(plain, closing + len(run)) is None and plain[end : end + 1] not in "市区县省镇乡村街")
        or (
            opening >= view.floor
            and "\n" not in plain[opening:start]
            and plain[end : end + 1] in ("", "\n", ",", "。", ":", "*")
        )
    )


def _unit_after(plain: str, end: int) -> tuple[int, str | None]:
    """The end and the text of the unit after a mask, over 余, 多 and magnitudes."""
    at = end
    while at < len(plain) and at - end < 4 and plain[at] in " 余多万亿千百":
        at += 1
    if plain[at : at + 1] in ("大", "届", "%", "‰"):
        return at + 1, None
    if found := unit_at(plain, at):
        return at + len(found.text), found.text
    return (at if at > end and plain[at - 1] != " " else end), None
