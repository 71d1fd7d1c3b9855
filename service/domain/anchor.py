"""Where a remark stands in a draft, so that it is found again after edits. Pure.

An anchor holds the section, the quoted characters, sixteen characters on either side and the offset in its section. All
offsets are Unicode code points. After an edit the quote is looked for again: at its old place, then where its
surroundings are most alike. Where they are not, nobody can say that the same characters are the same thing, and the
remark has lost its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from service.domain.text import Span

AROUND = 16
# Of the 32 characters around a quote this many must still stand, or all of one side where a side is shorter.
_ENOUGH_ALIKE = 8
# Enough where the quote stands only once in its section: an edit beside it has not made it another thing.
_ENOUGH_ALONE = 3
# A section that was moved or renumbered: the quote must bring nearly all its surroundings along.
_ENOUGH_ELSEWHERE = 20
TITLE = "标题"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place in a draft. `section` is the section's heading as it was, TITLE for the title; `offset` is in its text,
    counted from its heading."""

    section: str
    quote: str
    before: str
    after: str
    offset: int

    def with_quote(self, words: str) -> Anchor:
        """The same place holding other words."""
        return Anchor(self.section, words, self.before, self.after, self.offset)

    def to_json(self) -> dict[str, Any]:
        """The public shape."""
        return {
            "section": self.section,
            "quote": self.quote,
            "before": self.before,
            "after": self.after,
            "offset": self.offset,
        }


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a draft's text that anchors count in: the title, or a section with its heading."""

    name: str
    start: int
    text: str


def parts_of(body: Mapping[str, Any]) -> list[Part]:
    """The title and the sections of the public draft shape `body`, in order. Pure."""
    text: str = body["text"]
    parts = [Part(TITLE, 0, body["title"])]
    for one in body["sections"]:
        heading: str = one["heading"]
        start = one["start"] - (len(heading) + 1 if heading else 0)
        parts.append(Part(heading, start, text[start : one["start"] + len(one["text"])]))
    return parts


def anchor_at(body: Mapping[str, Any], start: int, end: int) -> Anchor | None:
    """The anchor of `body["text"][start:end]`; None where that is empty or does not lie in one part. Pure."""
    for part in parts_of(body):
        inside = start - part.start
        if 0 <= inside < end - part.start <= len(part.text):
            stop = end - part.start
            return Anchor(
                section=part.name,
                quote=part.text[inside:stop],
                before=part.text[max(0, inside - AROUND) : inside],
                after=part.text[stop : stop + AROUND],
                offset=inside,
            )
    return None


def find_again(anchor: Anchor, body: Mapping[str, Any]) -> Span | None:
    """Where the anchor stands in `body["text"]` now; None where its place is lost. Pure."""
    parts = parts_of(body)
    own = [part for part in parts if part.name == anchor.section]
    found = _best(anchor, own, _ENOUGH_ALIKE)
    return found or _best(anchor, [part for part in parts if part not in own], _ENOUGH_ELSEWHERE)


def _best(anchor: Anchor, parts: Sequence[Part], enough: int) -> Span | None:
    best: tuple[int, int, int] | None = None
    places = [(part, at) for part in parts for at in _places(anchor, part.text)]
    if len(places) == 1 and enough == _ENOUGH_ALIKE:
        enough = _ENOUGH_ALONE
    for part, at in places:
        alike = _alike(anchor, part.text, at)
        if alike < min(enough, len(anchor.before) + len(anchor.after)):
            continue
        found = (alike, -abs(at - anchor.offset), part.start + at)
        best = found if best is None or found > best else best
    return None if best is None else Span(best[2], best[2] + len(anchor.quote))


def _places(anchor: Anchor, text: str) -> Iterator[int]:
    """Where the quote stands in `text` as a whole: 12 does not stand in 120. One without characters stands between its
    surroundings. Pure."""
    quote = anchor.quote
    if not quote:
        around = anchor.before + anchor.after
        at = text.find(around) if around else -1
        if at >= 0:
            yield at + len(anchor.before)
        return
    at = text.find(quote)
    while at >= 0:
        end = at + len(quote)
        cut_before = at > 0 and quote[0].isdigit() and text[at - 1].isdigit()
        cut_after = end < len(text) and quote[-1].isdigit() and text[end].isdigit()
        if not cut_before and not cut_after:
            yield at
        at = text.find(quote, at + 1)


def _alike(anchor: Anchor, text: str, at: int) -> int:
    before, after = text[max(0, at - AROUND) : at], text[at + len(anchor.quote) :][:AROUND]
    left = _common(anchor.before[::-1], before[::-1])
    right = _common(anchor.after, after)
    # One side that stands whole is enough: the edit was on the other one.
    whole_left = len(anchor.before) >= _ENOUGH_ALIKE and left == len(anchor.before)
    whole_right = len(anchor.after) >= _ENOUGH_ALIKE and right == len(anchor.after)
    return left + right + (AROUND if whole_left or whole_right else 0)


def _common(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
