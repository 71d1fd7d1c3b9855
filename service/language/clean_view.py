"""A clean view beside the notes: full-width digits, stray spaces and hidden characters normalised, nothing replaced.

The record stays as pasted. A view keeps, for each of its characters, the offset it came from, so that whatever is found
in the view can be shown in the record.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from service.domain.text import Span
from service.language.patterns import deferred

# Full-width letters and digits and the signs that stand between digits. Commas, colons and brackets stay as they are:
# between Chinese characters the full-width form is the right one.
_FULL_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_FULL_WIDTH |= {ord("％"): ord("%"), ord("．"): ord("."), ord("＋"): ord("+"), ord("－"): ord("-"), ord("＃"): ord("#")}
_FULL_WIDTH |= {ord("＊"): ord("*"), ord("／"): ord("/"), ord("＠"): ord("@"), ord("＿"): ord("_"), ord("｜"): ord("|")}
_SPACES = frozenset(" \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000")
# Zero-width, direction and tag characters: invisible, so a word cut by them still reads as the word (忽\u200b略以上).
_HIDDEN = deferred(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e0fff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
)
_NEEDS_CARE = deferred(f"[{''.join(sorted(_SPACES - {' '}))}]|  |{_HIDDEN.pattern}")
CJK = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_MARKS = "，。；：、！？“”‘’（）《》【】"
_LOOSE_SPACE = deferred(
    f"(?<=[{CJK}{_MARKS}]) +(?=[{CJK}0-9{_MARKS},;:?!)])|(?<=[0-9%]) +(?=[{CJK}{_MARKS},;:?!)])"
    f"|(?<=[(]) +(?=[{CJK}0-9])|(?<=[{CJK}0-9%][,;:]) +(?=[{CJK}0-9])"
)
_HALF_WIDTH_MARK = deferred(
    f"(?<=[{CJK}0-9%”’》）】)])([,;:?!])(?=[{CJK}“‘《（【]|$)|(?<=[{CJK}])([,;:?!])", re.MULTILINE
)
_WIDE = str.maketrans(",;:?!", "，；：？！")
# A mark made wide may leave the space behind it loose (年, ,), so a text is settled after a few rounds.
_MOST_ROUNDS = 4
# １，２６０户 and 12，500元: an input method writes the comma between thousands wide.
_WIDE_THOUSANDS = deferred(f"(?<![0-9.,，])[1-9][0-9]{{0,2}}(?:，[0-9]{{3}})+(?=[万余多]?[{CJK}])")
# Word puts a tab behind the number or sign of a list; a line with more tabs is a row of a table.
_LIST_TAB = deferred(
    r"^(\s*(?:\d{1,2}[.、)）]|[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.]|[①-⑳•·●◆■□▪\uf000-\uf0ff]))"
    r"\t(?=[^\t]*$)"
)
_DOT_FOR_POINT = deferred(r"(?<=\d)。(?=\d)")
_MASK = deferred(
    r"(?<![A-Za-z0-9])(?:[xX×]{1,6}|\*{1,6}|_{1,12}|[xX×](?=年))(?=[\u4e00-\u9fff%％])|_{2,12}|\*{2,6}|[（(] {1,6}[）)]"
)
_YEAR_MASK = deferred(r"(?<!\d)(?:19|20)(?:[xX×*_]{2})(?=年)")


@dataclass(frozen=True)
class View:
    """A normalised text and, aligned with it, the offset in the record that each of its characters came from."""

    text: str
    offsets: tuple[int, ...]
    start: int
    end: int

    def span(self, first: int, last: int) -> Span:
        """The record's span under `text[first:last]`; an empty part gives an empty span. Pure."""
        if first >= last:
            place = self.offsets[first] if first < len(self.offsets) else self.end
            return Span(place, place)
        return Span(self.offsets[first], self.offsets[last - 1] + 1)

    def at(self, offset: int) -> int:
        """The place in `text` of the first character that came from `offset` of the record or after it. Pure."""
        low, high = 0, len(self.offsets)
        while low < high:
            middle = (low + high) // 2
            if self.offsets[middle] < offset:
                low = middle + 1
            else:
                high = middle
        return low


def view_of(text: str, start: int = 0) -> View:
    """`text` with full-width letters and digits made half-width, every kind of space made one plain space, runs of
    spaces joined and hidden characters left out. Tabs between cells and line breaks stay. Pure.

    `start` is where `text` begins in the record.
    """
    narrow = text.translate(_FULL_WIDTH)
    if "\t" in narrow:
        narrow = _LIST_TAB.sub(lambda found: found[1] + " ", narrow)
    if "，" in narrow:
        narrow = _WIDE_THOUSANDS.sub(lambda found: found.group().replace("，", ","), narrow)
    if not _NEEDS_CARE.search(narrow):  # Most lines: nothing moves, and copying characters one by one is slow.
        return View(narrow, tuple(range(start, start + len(text))), start, start + len(text))
    kept: list[str] = []
    offsets: list[int] = []
    for place, character in enumerate(narrow, start):
        if character in _SPACES:
            if kept and kept[-1] == " ":
                continue
            character = " "
        elif _HIDDEN.match(character):
            continue
        kept.append(character)
        offsets.append(place)
    return View("".join(kept), tuple(offsets), start, start + len(text))


def tidy(text: str) -> str:
    """`text` without the spaces that stand between Chinese characters or beside digits, with full-width punctuation
    after Chinese characters. The same words; 4:30, 1,200 and addresses keep their marks. Pure."""
    tidied = view_of(text).text
    for _ in range(_MOST_ROUNDS):
        before = tidied
        tidied = _HALF_WIDTH_MARK.sub(lambda found: found.group().translate(_WIDE), _LOOSE_SPACE.sub("", before))
        if tidied == before:
            break
    return tidied


def clean_view(text: str) -> str:
    """`text` as the page shows it: tidied line by line, 2。5 as 2.5, unfilled blanks (xx, __, **) as 〔未填〕. Line
    breaks stay, so line numbers agree with the record. Pure."""
    tidied = _DOT_FOR_POINT.sub(".", tidy(text))
    return _MASK.sub("〔未填〕", _YEAR_MASK.sub("〔未填〕", tidied))
