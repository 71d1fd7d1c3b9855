"""Breaks the notes make with a blank, where the clean words have none: 河道清淤 两条河 is two clauses."""

from __future__ import annotations

import re
import unicodedata

_LONGEST_CHARS = 400
_SHORTEST_PIECE = 2  # 第 一 季 度 is typing, not punctuation
_MEAN_PIECE_CHARS = 4
_WORD_MARK = re.compile(r"[\u4e00-\u9fff“”《》A-Za-z）】]")
_COUNTER_FOLLOWS = re.compile(r"[了的地得着过和与或及等余多]")


def with_breaks(text: str, clean: str) -> str:
    """`clean`, the tidied words of `text`, with ， where `text` has a blank between two pieces of words. Blanks beside
    a figure (2800 份) and blanks between single words are typing and stay away. Pure."""
    if len(text) > _LONGEST_CHARS or not re.search(r"\S[ \u3000\t]+\S", text):
        return clean
    pieces = re.split(r"[ \u3000\t，。；、：:,;]+", text.strip())
    if min(map(len, pieces)) < _SHORTEST_PIECE or sum(map(len, pieces)) < _MEAN_PIECE_CHARS * len(pieces):
        return clean
    out: list[str] = []
    at, blank = 0, False
    for mark in text:
        if mark.isspace():
            blank = True
            continue
        # Bullets, speakers and emphasis stand in the text only; the first character the two share ends the search.
        if at < len(clean) and clean[at].isspace():
            return clean
        if at >= len(clean) or unicodedata.normalize("NFKC", mark) != unicodedata.normalize("NFKC", clean[at]):
            if not out:
                blank = False
                continue
            return clean
        if blank and out and _parts(out[-1], clean[at:]):
            out.append("，")
        out.append(clean[at])
        at, blank = at + 1, False
    return "".join(out) if at == len(clean) else clean


def _parts(before: str, after: str) -> bool:
    return bool(_WORD_MARK.match(before) and _WORD_MARK.match(after) and not _COUNTER_FOLLOWS.match(after))
