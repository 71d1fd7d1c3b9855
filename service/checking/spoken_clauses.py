"""Where dictation without marks begins to tell of the next thing: 楼道清了47个单元｜拉走杂物26车｜飞线还剩12处.

A machine that writes down speech sets no commas. What it tells of a figure ends behind it where its thing stands before
it (户数三千一百户), else before the next verb, time or 还有.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from service.checking.claim import CALENDAR, CLOCK
from service.domain.quantity import Mention, Role
from service.language.patterns import deferred
from service.language.words import Word

_LEAST = 20  # characters: a shorter line without marks is a title or the row of a list
_MARKED = deferred(r"[，。；：、,;:|\t（(]")
_BLANK = deferred(r"(?<=[\u4e00-\u9fff])\s(?=[\u4e00-\u9fff])")
_JOINT = deferred(
    r"(?:然后|还有(?!\d|[一二两三四五六七八九十百])|另外|再就是|再有|接着|接下来|至于|[再另]一个(?:是|就是)?|对了|哦|"
    r"去年|今年|现在|目前|明年|上半年|下半年|上个月|年底前?|后来|原来|剩下|还剩|其中|里头|里面|这里头|光|一共|总共|合计|加起来){1,3}"
)
_PARTICLES = deferred(r"(?:左右|上下|以上|的样子|来(?=[了的])|了(?!解)|的|吧|啊|哈|呢|嘛|呀)*")
_THINGS = frozenset(("n", "vn", "nz", "ns", "nr", "nt", "j", "l", "an", "ng", "nrt", "s"))


def spoken_breaks(
    text: str, mentions: Sequence[Mention], words: Sequence[Word], name_starts: Sequence[int]
) -> Sequence[int]:
    """Offsets after which a line without marks goes on to another thing, in no order; none in other lines. Pure."""
    if len(text) < _LEAST or _MARKED.search(text):
        return ()
    counts = [
        one
        for one in mentions
        if one.role is Role.CLAIM and one.amount is not None and one.kind not in CALENDAR | CLOCK
    ]
    if not counts:
        return ()
    inside = bytearray(len(text) + 1)
    for one in mentions:
        inside[one.start + 1 : one.end] = b"\x01" * (one.end - one.start - 1)
    found = [blank.end() for blank in _BLANK.finditer(text) if not inside[blank.end()]]
    found += [joint.start() for joint in _JOINT.finditer(text, counts[0].end) if not inside[joint.start()]]
    return (*found, *_behind_figures(text, counts, words, name_starts, sorted(found)))


def _behind_figures(
    text: str, counts: Sequence[Mention], words: Sequence[Word], name_starts: Sequence[int], found: Sequence[int]
) -> Iterator[int]:
    starts = [one.start for one in words]
    for before, (one, following) in zip([None, *counts], pairwise(counts), strict=False):
        persons = one.unit == "个" and text[one.end : one.end + 1] == "人"
        told = _PARTICLES.match(text, one.end + persons)
        at = told.end() if told else one.end
        floor = before.end if before is not None else 0
        rest = words[bisect_left(starts, at) : bisect_left(starts, following.start)]
        left = words[bisect_left(starts, floor) : bisect_left(starts, one.start)]
        if left and left[-1].tag in _THINGS and one.start > floor:
            yield at  # 户数三千一百户｜人嘛八千六百多
        elif bisect_left(found, one.end) < bisect_left(found, following.start):
            continue  # 摸排五十三处｜现在剪掉四十一处: a time or a blank parts them
        elif left and left[-1].tag[:1] in ("t", "v") and rest and rest[0].tag == "v":
            yield at  # 打算建六个｜建好四个, 去年三十八场｜服务群众九千人次
        elif at > one.end + persons or (rest and _is_named(name_starts, rest[0])):
            yield at
        else:
            verb = next((word.start for word in rest[1:] if word.tag.startswith("v") and word.tag != "vn"), None)
            if verb is not None and not rest[0].tag.startswith("v"):
                yield verb


def _is_named(name_starts: Sequence[int], word: Word) -> bool:
    place = bisect_right(name_starts, word.start) - 1
    return place >= 0 and name_starts[place] == word.start
