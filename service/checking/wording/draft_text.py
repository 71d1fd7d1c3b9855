"""The draft as the rules read it: as given, with the words of others blanked out, and line by line with its marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from service.language.patterns import deferred

# Each blanked character keeps its place, so that offsets into a view are offsets into the draft.
BLANK = "\ue000"
_TITLE = deferred(r"《[^《》\n]{1,120}》|【待补[^】\n]{0,120}】|\[待补[^\]\n]{0,120}\]")
_QUOTED = deferred(r"“[^“”\n]{1,200}”|‘[^‘’\n]{1,200}’|「[^「」\n]{1,200}」|\"[^\"\n]{1,120}\"")
_LINE = deferred(r"[^\r\n]+")
_CHINESE = "一二三四五六七八九十"
_MARK = deferred(
    r"[ \t\u3000]{0,12}(?:#{1,6} {1,3})?(?P<mark>"
    rf"(?P<first>[{_CHINESE}]{{1,3}})、(?![{_CHINESE}]{{1,2}}(?:、|[年月季级期楼班号]))"
    rf"|[（(](?P<second>[{_CHINESE}]{{1,3}})[）)]"
    r"|(?P<third>\d{1,2})(?:[.．](?!\d)|、(?!\d))"
    r"|[（(](?P<fourth>\d{1,2})[）)])"
)
_SENTENCE_END = deferred(r"[。！？；\n]")


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line with its level mark: 1 is 一、, 2 is （一）, 3 is 1., 4 is （1）; 0 has none and number 0.

    `start` and `end` are the line's, `mark_start` and `body_start` those of the mark and of what follows it.
    """

    start: int
    end: int
    level: int
    number: int
    mark_start: int
    body_start: int


def chinese_number(text: str) -> int | None:
    """The number from 1 to 99 that `text` writes in Chinese numerals, None where it writes none. Pure."""
    tens, ten, ones = text.partition("十")
    if not ten:
        return _CHINESE.index(text) + 1 if len(text) == 1 and text in _CHINESE else None
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return None
    return (_CHINESE.index(tens) + 1 if tens else 1) * 10 + (_CHINESE.index(ones) + 1 if ones else 0)


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    """`text` with everything between the outer signs of each match blanked; the signs themselves stay."""
    return pattern.sub(lambda found: found[0][0] + BLANK * (len(found[0]) - 2) + found[0][-1], text)


class DraftText:
    """A draft and its views, each computed once and of the same length as the draft."""

    def __init__(self, raw: str) -> None:
        self.raw = raw

    @cached_property
    def untitled(self) -> str:
        """The draft with titles 《…》 and placeholders blanked, quotations kept."""
        return _blanked(_TITLE, self.raw)

    @cached_property
    def own(self) -> str:
        """The draft's own words: titles, placeholders and quotations blanked."""
        return _blanked(_QUOTED, self.untitled)

    @cached_property
    def lines(self) -> tuple[MarkedLine, ...]:
        """The lines that are not empty, in order."""
        return tuple(_marked(found) for found in _LINE.finditer(self.raw) if not found.group().isspace())

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def line_at(self, offset: int) -> MarkedLine | None:
        """The line that holds `offset`, None between lines. Pure."""
        index = bisect_right(self._line_starts, offset) - 1
        return self.lines[index] if index >= 0 and offset < self.lines[index].end else None

    def sentence(self, offset: int, reach: int = 400) -> tuple[int, int]:
        """Start and end of the sentence around `offset`; ends are 。！？； and the line break. Pure.

        Looks at most `reach` characters each way: a hostile line without any full stop must not cost its length again
        and again.
        """
        floor = max(0, offset - reach)
        start = floor
        for sign in "。！？；\n":
            start = max(start, self.raw.rfind(sign, floor, offset) + 1)
        found = _SENTENCE_END.search(self.raw, offset, offset + reach)
        return start, found.end() if found else min(len(self.raw), offset + reach)


def _marked(found: re.Match[str]) -> MarkedLine:
    start, end = found.span()
    mark = _MARK.match(found.group())
    if mark is None:
        return MarkedLine(start, end, 0, 0, start, start)
    signs = mark.group("first", "second", "third", "fourth")
    level = next(index for index, sign in enumerate(signs) if sign)
    number = chinese_number(signs[level]) if level < 2 else int(signs[level])
    if number is None:
        return MarkedLine(start, end, 0, 0, start, start)
    return MarkedLine(start, end, level + 1, number, start + mark.start("mark"), start + mark.end())
