"""Where 了 may fall away: 清运了垃圾 reads 清运垃圾, but 罚了3起 without it is no sentence."""

from __future__ import annotations

import re

from service.language.words import is_known, segment

_CLOSED = re.compile(r"(“[^”]{0,80}”|《[^》]{0,80}》|【[^】]{0,160}】)")
# 为了 and 了解 are words; 少了7件 tells a change from a total.
_NO_PARTICLE = re.compile(r"(?<=[为除未得不罢])了|(?<=[少多加减降升高低长])了(?=\d)|了(?=[解结然却望不如])")
# 没有违章了, 不用了: the change is what is said.
_CHANGE = re.compile(r"[没不别快要]|再也|就要")
_DONE_BEFORE = re.compile(r"(?:已经?|全部|均|都)$")


def without_aspect(clause: str) -> str:
    """`clause` without each 了 that a report leaves out: behind a verb of two characters. Behind a verb of one it
    stays, also in quotations and titles. Pure."""
    if "了" not in clause:
        return clause
    out, at = [], 0
    for piece in _CLOSED.split(clause):
        closed = _CLOSED.fullmatch(piece) is not None
        out += [mark for place, mark in enumerate(piece, at) if closed or mark != "了" or not may_fall(clause, place)]
        at += len(piece)
    return "".join(out)


def may_fall(clause: str, at: int) -> bool:
    """True where the 了 at `at` says nothing that the verb before it does not say. Pure."""
    if any(found.start() == at for found in _NO_PARTICLE.finditer(clause)):
        return False
    stem = _stem_before(clause, at)
    if at + 1 == len(clause) and _CHANGE.search(clause):
        return False
    if len(stem) == 1:
        # 全部签了, 已拆了: what is said to be finished needs no second mark of it.
        return at + 1 == len(clause) and _DONE_BEFORE.search(clause[: at - 1]) is not None
    return True


def _stem_before(clause: str, at: int) -> str:
    """The word 了 stands behind, or the part of it before 了 where the segmenter took them for one (签了)."""
    before = ""
    for word in segment(clause):
        if word.start < at < word.end:
            before = word.text[: at - word.start]
        if word.end == at:
            before = word.text
    # The segmenter makes up words (猫 屋放 了): only one that is known has two characters for sure.
    return before if is_known(before) else before[-1:]
