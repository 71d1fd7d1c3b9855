"""Numbers that count up at the heads of lines, whatever stands behind them: 1 路灯不亮, 2：台账不全, 3公厕异味."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

_HEAD = re.compile(
    r"\s*(?:[-*•·] ?)?(?P<number>\d{1,2})(?P<mark>[ \u3000]{1,4}|[：:，,—–/|]{1,2} ?|)(?=[^\W\d_]|"
    r"[“\"「《【（(〈]|(?<=[ \u3000])\d{1,4}[月个处人户条名家])"
)
# 1号楼 below 2号楼 tells of buildings, 3个摊 of stalls; neither is a list.
_COUNTER = re.compile(
    r"[号个人名处条份户次场家块栋幢层楼组班期届年月日时点分天周台辆盏支位对件册张本间座根棵只吨米亩万千百元%％项类级度楼校区路院社村岁]"
)
_BELOW = re.compile(r"\s+[-*•·–—◦>] ?\S")
_FEWEST = 2
_FEWEST_BARE = 3  # 1公厕 and 2路灯 may be chance without a mark between.
_FAR_LINES = 12
_GAP_LINES = 2  # An entry may go on below in lines of its own.


@dataclass(frozen=True, slots=True)
class Entry:
    """The head of an entry: its ordinal, where its words begin, and the line number of its list's first entry."""

    ordinal: str
    first: int
    list_line: int = 0


def counted_up(texts: Sequence[str]) -> dict[int, Entry]:
    """The entries of lists whose numbers count up from one with the same mark behind each, by line number from 1. A
    line alone that opens with a number states a figure: 30 个单位参加. Pure."""
    entries: dict[int, Entry] = {}
    run: list[tuple[int, Entry]] = []
    mark, last = "", 0
    below = 0  # lines with a bullet of their own, which belong to the entry above them
    for number, text in enumerate(texts, 1):
        found = None if "\t" in text else _HEAD.match(text)
        here = found["mark"].strip() or found["mark"][:1] if found else ""
        gap = number - last - below
        near = (
            _GAP_LINES + 1 if len(run) < _FEWEST_BARE else _FAR_LINES
        )  # A list that has run on goes on below a digression.
        if found and run and int(found["number"]) == len(run) + 1 and here == mark and gap <= near:
            run.append((number, Entry(found["number"], found.end())))
            last, below = number, 0
        elif found and int(found["number"]) == 1:
            entries |= _settled(run, mark, texts)
            run, mark, last, below = [(number, Entry("1", found.end()))], here, number, 0
        elif run and _BELOW.match(text):
            below += 1
        elif run and text.strip() and gap > (_GAP_LINES if len(run) < _FEWEST_BARE else _FAR_LINES):
            entries |= _settled(run, mark, texts)
            run = []
    return _rising(texts) | entries | _settled(run, mark, texts)


def _rising(texts: Sequence[str]) -> dict[int, Entry]:
    """The heads that rise all through the notes, one mark behind each and no counter: 1 区位 … 5 今年 … 8 荣誉,
    whatever stands between them or is left out."""
    found = [(number, head) for number, text in enumerate(texts, 1) if "\t" not in text and (head := _HEAD.match(text))]
    found = [(number, head) for number, head in found if not _COUNTER.match(texts[number - 1], head.end())]
    marks = {head["mark"].strip() or head["mark"][:1] for _, head in found}
    ordinals = [int(head["number"]) for _, head in found]
    steps = [after - before for before, after in pairwise(ordinals)]
    if len(found) < _FEWEST_BARE or len(marks) != 1 or "" in marks or not all(1 <= step <= 2 for step in steps):
        return {}
    return {number: Entry(head["number"], head.end(), found[0][0]) for number, head in found}


def _settled(run: Sequence[tuple[int, Entry]], mark: str, texts: Sequence[str]) -> dict[int, Entry]:
    if len(run) < (_FEWEST if mark else _FEWEST_BARE):
        return {}
    counters = sum(bool(_COUNTER.match(texts[number - 1], entry.first)) for number, entry in run)
    return {} if counters * 2 > len(run) else {number: replace(entry, list_line=run[0][0]) for number, entry in run}
