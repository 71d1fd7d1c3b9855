"""Lines of a printed page put back into paragraphs. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

_STARTS_PART = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)|附件|第[一二三四五六七八九十]{1,3}[章条节]"
)
_ENDS_SENTENCE = ("。", "！", "？", "；", "：", "”", ":", ";", ".")
# Characters that a full line may miss at its right end: a stop that did not fit and a letter pushed to the next line.
_RAGGED_CHARS = 2.2
_INDENT_CHARS = 1.2
_SAME_SIZE = 0.2
_WORD_CHAR = re.compile(r"[A-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class PageLine:
    """One line of a page and its box in points; all zero where the page tells no places."""

    text: str
    page_height: float
    left: float
    bottom: float
    right: float
    top: float

    @property
    def size(self) -> float:
        """The height of the line, about the size of its letters."""
        return self.top - self.bottom

    def stands_left_of(self, other: PageLine) -> bool:
        """True where `other` goes on at the same height, further right."""
        if not self.size or not other.size or other.left <= self.right:
            return False
        shared = min(self.top, other.top) - max(self.bottom, other.bottom)
        return shared > 0.6 * min(self.size, other.size)

    def with_beside(self, other: PageLine) -> PageLine:
        """Both as one line."""
        return replace(
            self,
            text=f"{self.text}\t{other.text}",
            right=other.right,
            bottom=min(self.bottom, other.bottom),
            top=max(self.top, other.top),
        )


def rejoined(pages: Sequence[Sequence[PageLine]]) -> Iterator[str]:
    """The paragraphs of the pages, also those that go on over the end of a page. Pure.

    A line goes on in the next where it reaches the right margin and the next begins at the left one. Where the pages
    tell no places, a line goes on where it is among the longest and does not end a sentence.
    """
    lines = [line for page in pages for line in page]
    if not lines:
        return
    left, right = _margins(lines)
    longest = sorted(len(line.text) for line in lines)[int(0.9 * (len(lines) - 1))]
    paragraph = lines[0].text
    for before, line in pairwise(lines):
        if _goes_on(before, line, left, right, longest):
            gap = (
                " "
                if _WORD_CHAR.match(line.text) and _WORD_CHAR.match(paragraph[-1:]) and paragraph[-1:].isalpha()
                else ""
            )
            paragraph += gap + line.text
        else:
            yield paragraph
            paragraph = line.text
    yield paragraph


def _margins(lines: Sequence[PageLine]) -> tuple[float, float]:
    """The left edge most lines begin at and the right edge that full lines reach."""
    placed = [line for line in lines if line.size]
    if not placed:
        return 0.0, 0.0
    lefts, rights = sorted(line.left for line in placed), sorted(line.right for line in placed)
    return lefts[int(0.05 * (len(lefts) - 1))], rights[int(0.95 * (len(rights) - 1))]


def _goes_on(before: PageLine, line: PageLine, left: float, right: float, longest: int) -> bool:
    if "\t" in before.text or "\t" in line.text:
        return False
    if not before.size or not line.size:
        return len(before.text) >= longest - 2 and not before.text.endswith(_ENDS_SENTENCE)
    if abs(before.size - line.size) > _SAME_SIZE * before.size:
        return False
    if before.right < right - _RAGGED_CHARS * before.size:
        return False
    if line.left > left + _INDENT_CHARS * line.size:
        return False
    return not (before.text.endswith(_ENDS_SENTENCE) and bool(_STARTS_PART.match(line.text)))
