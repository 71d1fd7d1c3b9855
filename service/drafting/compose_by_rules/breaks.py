"""Breaks the notes make with a blank, where the clean words have none: 河道清淤 两条河 is two clauses."""

from __future__ import annotations

import re
import unicodedata

_LONGEST_CHARS = 400
_SHORTEST_PIECE = 2  # 第 一 季 度 is typing, not punctuation
_MEAN_PIECE_CHARS = 3
_WHOLE_PIECE_CHARS = 4
_WORD_MARK = re.compile(r"[\u4e00-\u9fff“”《》A-Za-z）】]")
_COUNTER_FOLLOWS = re.compile(r"[了的地得着过和与或及等余多]")
_DOES = re.compile(r"(?:者|员|队|人|户|局|办|科|所|校|院|社区|村|组|公司|队伍|学生|居民|群众|党支部|支部|妇联|工会)$")


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
            at += at < len(clean) and clean[at].isspace()
            continue
        # Bullets, speakers and emphasis stand in the text only; the first character the two share ends the search.
        if at < len(clean) and clean[at].isspace():
            return clean
        if at >= len(clean) or unicodedata.normalize("NFKC", mark) != unicodedata.normalize("NFKC", clean[at]):
            if not out:
                blank = False
                continue
            return clean
        if blank and out and _parts("".join(out), clean[at:]):
            out.append("，")
        out.append(clean[at])
        at, blank = at + 1, False
    return "".join(out) if at == len(clean) else clean


def _parts(before: str, after: str) -> bool:
    if not _WORD_MARK.match(before[-1]) or not _WORD_MARK.match(after) or _COUNTER_FOLLOWS.match(after):
        return False
    piece = re.split(r"[，。；、：:,;]", before)[-1]
    # 总经理 王青 任组长 is one clause, and 志愿者 登记238人 has its subject first.
    counted = re.search(r"\d|[一二两三四五六七八九十][\u4e00-\u9fff]", piece)
    return len(piece) >= _WHOLE_PIECE_CHARS or counted is not None or (piece == before and not _DOES.search(piece))
