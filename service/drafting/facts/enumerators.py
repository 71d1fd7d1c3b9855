"""Numbers that count up at the heads of lines, whatever stands behind them: 1 路灯不亮, 2：台账不全, 3公厕异味."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

_HEAD = re.compile(
    r"\s*(?:[-*•·] ?)?(?P<number>\d{1,2})(?P<mark>[ \u3000]{1,4}|[：:，,—–/|]{1,2} ?|)(?=[^\W\d_]|[“\"「《【（(〈])"
)
# 1号楼 below 2号楼 tells of buildings, 3个摊 of stalls; neither is a list.
_COUNTER = re.compile(
    r"[号个人名处条份户次场家块栋幢层楼组班期届年月日时点分天周台辆盏支位对件册张本间座根棵只吨米亩万千百元%％项类级度楼校区路院社村岁]"
)
_FEWEST = 2
_FEWEST_BARE = 3  # 1公厕 and 2路灯 may be chance without a mark between.
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
    for number, text in enumerate(texts, 1):
        found = None if "\t" in text else _HEAD.match(text)
        here = found["mark"].strip() or found["mark"][:1] if found else ""
        if found and run and int(found["number"]) == len(run) + 1 and here == mark and number - last <= _GAP_LINES + 1:
            run.append((number, Entry(found["number"], found.end())))
            last = number
        elif found and int(found["number"]) == 1:
            entries |= _settled(run, mark, texts)
            run, mark, last = [(number, Entry("1", found.end()))], here, number
        elif run and text.strip() and number - last > _GAP_LINES:
            entries |= _settled(run, mark, texts)
            run = []
    return entries | _settled(run, mark, texts)


def _settled(run: Sequence[tuple[int, Entry]], mark: str, texts: Sequence[str]) -> dict[int, Entry]:
    if len(run) < (_FEWEST if mark else _FEWEST_BARE):
        return {}
    counters = sum(bool(_COUNTER.match(texts[number - 1], entry.first)) for number, entry in run)
    return {} if counters * 2 > len(run) else {number: replace(entry, list_line=run[0][0]) for number, entry in run}
