"""Which lines of a draft are headings, and of which level."""

from __future__ import annotations

import re

_FIRST = re.compile(r"[一二三四五六七八九十百]{1,4}、")
_SECOND = re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]")
_LONGEST_HEADING = 40
_ENDS_SENTENCE = ("。", "；", "！", "？", "：", "，", ".", ";")


def heading_level(line: str) -> int:
    """1 for 一、…, 2 for （一）…, 0 for a line that is text. Pure.

    A line that ends as a sentence does is text even with a number: （一）针对“…”的问题。由城管科牵头，…
    """
    plain = line.strip()
    if len(plain) > _LONGEST_HEADING or plain.endswith(_ENDS_SENTENCE):
        return 0
    if _FIRST.match(plain):
        return 1
    return 2 if _SECOND.match(plain) else 0
