"""Why a sum or product may count something twice: people who came to two meetings, one toilet with two faults."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.checking.claim import Claim, plain_unit
from service.checking.likeness import alike

_OVERLAPPING = re.compile(
    r"交叉|重复|重叠|重合|兼任?|既是|同时也?是|[含有]多次|其中|都[占有]|好几[样种项]|不止一|也有的|同一批|有的人?[^，。]{0,6}两"
)
_HEADS = frozenset(("人", "名", "位", "户", "家"))


def overlap(draft: Claim, group: Sequence[Claim]) -> str:
    """The doubt about a sum of `group` in Chinese, "" where nothing is counted twice as far as the notes tell. Pure."""
    text = "".join(sorted({one.clause_text for one in group}))
    found = _OVERLAPPING.search(text)
    if found:
        return f"各部分可能有重复（笔记写有“{found.group()}”）"
    if any(one.part for one in group) and not all(one.part for one in group):
        return "其中一项可能已包含在另一项里"
    nouns = {one.noun for one in group if one.noun}
    # 人次 counts visits, so one person may stand in both figures.
    heads = plain_unit(draft.mention.unit) in _HEADS
    if heads and any(alike(a, b) < 0.6 for a in nouns for b in nouns):
        return f"{'、'.join(sorted(nouns))}可能是同一批人"
    return ""


def repeated(draft: Claim, times: Sequence[Claim]) -> str:
    """The doubt about people counted per meeting: 每次21人 for 6次 need not be 126人. Pure."""
    heads = plain_unit(draft.mention.unit) in _HEADS
    again = any(plain_unit(one.mention.unit) in ("次", "场", "期", "天", "周", "个月", "轮", "回") for one in times)
    return "每次参加的可能是同一批人" if heads and again else ""
