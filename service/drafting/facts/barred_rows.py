"""Rows of a table whose cells are parted by bars without one at the edge: 3 | 红旗小区 | 墙皮脱落 | 9 | 6."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from service.language.clean_view import View

_BAR = re.compile(r" ?[|] ?")
_FEWEST_BARS, _FEWEST_ROWS = 3, 3


def barred_rows(views: Sequence[View]) -> list[View]:
    """The views of the lines, those of three rows and more with as many bars each with a tab for each bar. A line with
    bars by itself (清运垃圾4300吨 | 保洁员96人) parts its words and stays. Pure."""
    counts = [0 if "\t" in view.text or view.text.strip().startswith("|") else view.text.count("|") for view in views]
    out = list(views)
    start = 0
    while start < len(counts):
        end = start + 1
        while end < len(counts) and counts[end] == counts[start]:
            end += 1
        if counts[start] >= _FEWEST_BARS and end - start >= _FEWEST_ROWS:
            out[start:end] = [_with_tabs(view) for view in views[start:end]]
        start = end
    return out


def _with_tabs(view: View) -> View:
    text: list[str] = []
    offsets: list[int] = []
    at = 0
    for found in _BAR.finditer(view.text):
        text += [*view.text[at : found.start()], "\t"]
        offsets += [*view.offsets[at : found.start()], view.offsets[found.start()]]
        at = found.end()
    return replace(view, text="".join(text) + view.text[at:], offsets=(*offsets, *view.offsets[at:]))
