"""Written sections as one text: title, opening, numbered headings, closing. Sentence offsets stay in their section."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.domain.draft import DraftSection

_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Assembled:
    """The whole text; `starts` are the offsets of each section's text in it, aligned with `sections`."""

    text: str
    sections: tuple[DraftSection, ...]
    starts: tuple[int, ...]


def assemble(title: str, sections: Sequence[DraftSection]) -> Assembled:
    """`title` and `sections` as one text. Headed sections get 一、二、… where there are two or more; a section without
    text and without a question is left out. Pure."""
    kept = [one for one in sections if one.text.strip()]
    several = sum(bool(one.heading) for one in kept) > 1
    pieces = [title]
    length = len(title)
    numbered: list[DraftSection] = []
    starts: list[int] = []
    count = 0
    for section in kept:
        heading = section.heading
        if heading:
            count += 1
            heading = f"{chinese_numeral(count)}、{heading}" if several else heading
            pieces.append(heading)
            length += 1 + len(heading)
        starts.append(length + 1)
        pieces.append(section.text)
        length += 1 + len(section.text)
        numbered.append(replace(section, heading=heading))
    return Assembled("\n".join(pieces), tuple(numbered), tuple(starts))


def chinese_numeral(number: int) -> str:
    """1 to 99 in Chinese: 一, 十, 十二, 二十一. Pure."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("十" if tens == 1 else f"{_NUMERALS[tens - 1]}十")
    return head + (_NUMERALS[ones - 1] if ones else "")
