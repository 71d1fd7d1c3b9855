"""Figures whose unit stands before them, as jotted profiles have it: 户3127 人8044 is 3127户 and 8044人."""

from __future__ import annotations

from dataclasses import replace

from service.domain.quantity import Kind, Mention, Role
from service.language.numbers.view import View
from service.language.patterns import deferred

_UNITS = "户人栋幢"
_GAP = "[ \u3000:：]{0,2}"
# 每户3人 and 3户12人 count as everybody does; only a run that begins with a unit and ends with a bare figure is turned.
_RUN = deferred(
    rf"(?<![\d每一几])(?:[{_UNITS}]{_GAP}\d[\d,]{{0,8}}{_GAP}){{2,}}"
    rf"(?<=[\d \u3000])(?=$|[^\u4e00-\u9fff\d.,]|,(?!\d)|[\u4e00-\u9fff]{{1,4}}{_GAP}\d)"
)
_ONE = deferred(rf"(?P<unit>[{_UNITS}]){_GAP}(?P<figure>\d[\d,]*)")


def with_units_before(view: View, mentions: list[Mention]) -> list[Mention]:
    """`mentions` in which each figure of a run of labelled figures carries the unit before it, not that of the next.
    Pure."""
    named: dict[int, tuple[int, str]] = {}
    for run in _RUN.finditer(view.plain):
        for one in _ONE.finditer(view.plain, run.start(), run.end()):
            named[one.start("figure")] = (one.end("figure"), one["unit"])
    if not named:
        return mentions
    return [_named(one, view, *named[one.start]) if one.start in named else one for one in mentions]


_SCALES = frozenset("十百千万亿")


def _named(one: Mention, view: View, end: int, unit: str) -> Mention:
    counts = one.role is Role.CLAIM and one.kind is Kind.COUNT
    counts = counts and not set(view.plain[end : one.end]) & _SCALES  # 人60千0人 is no run of profiles
    return replace(one, end=end, text=view.text[one.start : end], unit=unit) if counts else one
