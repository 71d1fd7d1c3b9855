"""Spans and lines of a text. Offsets are Unicode code points, half-open, into the text exactly as given."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache

_LINE_BREAK = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Span:
    """Part of a text: `text[start:end]`. Never empty in an evidence; may be empty as an insertion point."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of `text` under this span. Pure."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """True where `other` lies wholly inside this span. Pure."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """True where both spans share at least one character. Pure."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the notes. `number` is 1-based and counts empty lines; `text` excludes the line break."""

    number: int
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Notes:
    """What staff pasted, kept to the character, and its numbered lines in order.

    `raw` is the record. Cleaning is always a view beside it, never a replacement.
    """

    raw: str
    lines: tuple[Line, ...]

    @cached_property
    def _starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def line_at(self, offset: int) -> Line:
        """The line that holds the character at `offset`; a line break belongs to the line it ends. Pure.

        Raises IndexError where `offset` lies outside the notes.
        """
        if not 0 <= offset <= len(self.raw) or not self.lines:
            raise IndexError(offset)
        return self.lines[bisect_right(self._starts, offset) - 1]


@lru_cache(maxsize=32)
def split_lines(raw: str) -> Notes:
    """`raw` as numbered lines. Breaks are CRLF, CR and LF only, so numbers agree with what a text box shows. Pure.

    Not `str.splitlines`: it also breaks at U+2028, form feeds and the like, and the page would number differently.
    An empty text has no lines; a final line break does not open another line.
    """
    lines: list[Line] = []
    start = 0
    for found in _LINE_BREAK.finditer(raw):
        lines.append(Line(len(lines) + 1, start, found.start(), raw[start : found.start()]))
        start = found.end()
    if start < len(raw):
        lines.append(Line(len(lines) + 1, start, len(raw), raw[start:]))
    return Notes(raw, tuple(lines))
