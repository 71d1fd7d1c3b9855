"""Neighbouring digits that list what they name: 七八九三个月 are July to September, 三四五年级 three grades."""

from __future__ import annotations

from itertools import pairwise

from service.domain.quantity import Kind, Mention, Role, When
from service.language.numbers.numeral import DIGITS
from service.language.numbers.view import View
from service.language.patterns import deferred

_ONE = "[一二三四五六七八九]"
_LISTED = deferred(
    rf"(?P<run>{_ONE}(?:、?{_ONE}){{1,8}}?)(?:(?P<count>[两三四五六七八])个(?P<counted>月)|(?P<month>月)(?![\u4e00-\u9fff]?均)"
    r"|(?=年级|号楼|单元|等奖|[幢栋队组班村])(?P<named>))"
)
_LEAST = 3  # digits that list of themselves; 二三月 and 四五班 may be a guess


def read_in_a_row(view: View, start: int) -> Mention | None:
    """The months or the names that a row of neighbouring digits lists, beginning at `start`, or None. Pure."""
    if start and view.plain[start - 1] in "〇零一二两三四五六七八九十百千万亿第点、":
        return None
    found = _LISTED.match(view.plain, start)
    if found is None:
        return None
    row = [DIGITS[digit] for digit in found["run"] if digit != "、"]
    if any(other != one + 1 for one, other in pairwise(row)):
        return None
    if not (DIGITS[found["count"]] == len(row) if found["counted"] else len(row) >= _LEAST):
        return None
    if found["named"] is not None:
        if "、" in found["run"]:
            return None  # 一、二、三等奖 are three names
        return view.mention(start, found.end("run"), Role.LEXICAL, reason="word")
    when = When(f"--{row[0]:02d}", f"--{row[-1]:02d}")
    return view.mention(start, found.end(), Role.CLAIM, Kind.PERIOD, when=when)
