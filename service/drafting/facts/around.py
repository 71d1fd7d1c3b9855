"""What stands around a clause: the label at the head of its line, and the day on which it was said."""

from __future__ import annotations

import re
from datetime import date

from service.drafting.facts.labels import LabelSort
from service.drafting.facts.read_lines import ReadLine
from service.drafting.facts.standing import Standing

_HEAD_LABEL = re.compile(r"^[^：:，,。；;]{0,4}?([\u4e00-\u9fff]{2,8}(?:[（(][^（()）]{1,12}[）)])?)[：:]")


def head_label(line: ReadLine, cut: str) -> str:
    """What the line says at its head that it is about: the label `cut` from the clause, 【综合】, or the words before
    its first colon; "" where it says nothing, or a speaker stands there. Pure."""
    if line.label is not None and line.label.sort in (LabelSort.SPEAKER, LabelSort.FIELD, LabelSort.ISSUE):
        return cut.strip("：: ")
    found = _HEAD_LABEL.match(line.words)
    return cut.strip("：: ") or line.labelled or (found[1] if found else "")


def said_on(standing: Standing) -> date | None:
    """The day on which the words were said: a chat stamp's, else that of the heading above (11月12日 周三). Pure."""
    if standing.stamp is not None or standing.day is None or standing.day.lo != standing.day.hi:
        return standing.stamp
    try:
        return date.fromisoformat(standing.day.lo)
    except ValueError:
        return None
