"""Hedged figures that the notes say nobody has settled yet: 好像98分左右，第三方报告还没给; 十来万具体我记不准."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from service.domain.fact import SetAsideReason
from service.domain.quantity import Approx, Mention
from service.language.pieces import pieces
from service.language.taken_back import Taken

_OPEN = re.compile(
    r"没(?:有)?(?:数|点|统计|出|给|收齐|统一|看到|见到|核|算|定|报|过会|公布|下来)|未(?:出|定|统计|核实|公布|收齐|统一)|"
    r"(?:记|数|说|拿|吃|算)不(?:准|清|好|上来)|不(?:实|准|清楚)$|要准数|准数|才有数|待问|再问|重新算|重算|存疑|单位不对|弄不清|搞不清|不敢(?:写|说|报)|待(?:统计|出数)"
)
# 大概一百多？回头核: a vague figure that is to be checked is none; 好像换了18个，再核 is one to be confirmed.
_TO_CHECK = re.compile(
    r"(?:回头|回去|再|还要|还得|得|要|等着?|有空)(?:再)?(?:去)?(?:核|查|问|数|确认|统计)(?:一下|实|对|清|准)?$"
)
_HEDGE_BEFORE = re.compile(
    r"(?:大概|好像|约|差不多|估计|估摸|可能|应该|似乎|得有|怎么也有|少说|据说|听说)(?:有|是|得|能)?(?:个)?(?:约)? ?$"
)
_HEDGE_AFTER = re.compile(r"^ ?(?:来|几|多)?[\u4e00-\u9fff]{0,3}?(?:左右|上下|吧|的样子|光景)|^ ?[?？]{1,3}")
_VAGUE = re.compile(r"[十百千万]来|[十百千万]几|几[十百千万]|点几|来[个人只户件份张条面头台辆]|上[百千万]")
_OF_OTHERS = re.compile(r"名字|姓名|责任|原因|措施|照片|材料|时限|期限")
_ABOUT_OTHER = re.compile(r"(?:完|好|整|改|修|拆|装|建|搬|签|批|动工|开工|落实|解决)$")


def unsettled_in(text: str, figures: Sequence[Mention]) -> Iterator[tuple[int, str, list[Taken]]]:
    """The hedged figures of a line behind which the notes say that they are not settled: each figure's offset, the
    words of doubt, and the parts that only doubt. `figures` have offsets into `text`. Pure."""
    places = list(pieces(text))
    for one in figures:
        at = next((number for number, (start, end) in enumerate(places) if start <= one.start < end), None)
        if at is None or not _hedged(text, places[at], one):
            continue
        _start, end = places[at]
        behind = text[one.end : end]
        own = None if _OF_OTHERS.search(behind) else _OPEN.search(behind)
        if own and not any(one.end <= two.start < end for two in figures):
            # 十来万具体我记不准: the words behind the figure and its unit doubt it.
            begin = re.match(r"[^具我还但没数记说拿吃算待再回]{0,6}", behind)
            from_ = one.end + (begin.end() if begin else 0)
            yield one.start, behind.strip(), [Taken(from_, end, SetAsideReason.UNCONFIRMED, "数字未定")]
            continue
        if at + 1 < len(places) and text[end : places[at + 1][0]] in ("，", ",", "？", "?", "；", ";"):
            first, last = places[at + 1]
            said = text[first:last]
            counted_here = any(first <= two.start < last for two in figures)
            if (
                (_OPEN.search(said) or (one.approx and _TO_CHECK.search(said)))
                and not counted_here
                and not _ABOUT_OTHER.search(said.strip())
            ):
                yield one.start, said.strip(), [Taken(end, last, SetAsideReason.UNCONFIRMED, "数字未定")]


def _hedged(text: str, place: tuple[int, int], one: Mention) -> bool:
    start, end = place
    if _VAGUE.search(text[one.start : min(end, one.end + 2)]) or one.approx is Approx.VAGUE:
        return True
    told = _HEDGE_BEFORE.search(text[start : one.start]) or re.match(
        r"(?:大概|约|好像|差不多)", text[one.start : one.end]
    )
    return bool(told or _HEDGE_AFTER.match(text[one.end : end + 1]))
