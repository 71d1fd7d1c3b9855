"""Lines of a printed page in a text: page counters, running heads and feet, and paragraphs broken at the margin.

What was copied from a printed page carries the page with it. A counter stands alone on its line; a head or foot says
the same, digits aside, beside the counters or in the midst of sentences; and where most lines are as long as the
longest, the margin ended them and not their sentence.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.split.headings import DATE_LINE, is_sentence_end, is_title, numbering

_DASH = r"[-—–－·•~]"
_COUNTER = re.compile(
    rf"^(?:{_DASH}{{1,3}}\s{{0,2}}\d{{1,4}}\s{{0,2}}{_DASH}{{1,3}}"
    r"|[（(\[【]?第?\s?(?:\d{1,4}|[一二三四五六七八九十]{1,3})\s?[/／]\s?共?\s?\d{1,4}\s?页?[)）\]】]?"
    r"|[-—(（]?\s?第\s?(?:\d{1,4}|[一二三四五六七八九十]{1,3})\s?页\s?(?:[,，/、|（(\s]{0,3}共\s?\d{1,4}\s?页[)）]?)?\s?[-—)）]?"
    r"|共\s?\d{1,4}\s?页\s?[,，/|]?\s?第\s?\d{1,4}\s?页"
    r"|(?:page|p)\s?\.?\s?\d{1,4}(?:\s?(?:of|/)\s?\d{1,4})?)$",
    re.IGNORECASE,
)
_LEAST_HEAD, _LONGEST_HEAD = 4, 60  # characters
_LEAST_TIMES = 3  # without counters beside it
_BROKEN = 15  # characters of a line that cannot be a heading

# Of a page broken at the margin: lines at least, the margin's place, and what may be missing at the end of a full line.
_LEAST_LINES, _NARROWEST, _WIDEST = 12, 14, 60
_RAGGED = 2.6
_LEAST_FULL, _LEAST_UNENDED = 0.4, 0.5


def is_page_counter(line: str) -> bool:
    """True for a line that only counts pages: — 3 —, 第3/7页, Page 3 of 7. Pure."""
    return len(line) <= 24 and bool(_COUNTER.match(line.strip()))


def running_heads(lines: Sequence[str]) -> set[int]:
    """The indexes of the heads and feet that come again from page to page. Pure.

    The title of the document on top of its first page stays, though the other pages repeat it.
    """
    present = [index for index, line in enumerate(lines) if line.strip()]
    counters = {place for place, index in enumerate(present) if is_page_counter(lines[index])}
    places: dict[str, list[int]] = defaultdict(list)
    for place, index in enumerate(present):
        line = lines[index].strip()
        if place not in counters and _may_be_head(line):
            places[re.sub(r"\d+", "0", re.sub(r"\s", "", line))].append(place)
    heads: set[int] = set()
    for one in places.values():
        beside = {place for place in one if {place - 1, place + 1, place - 2, place + 2} & counters}
        by_counters = len(beside) >= 2 and 2 * len(beside) >= len(one)
        if by_counters or _breaks_sentences(lines, present, one):
            first = one[0]
            kept = {first} if is_title(lines[present[first]]) and first not in beside else set()
            heads |= {present[place] for place in one if place not in kept}
    return heads


def _may_be_head(line: str) -> bool:
    if not _LEAST_HEAD <= len(line) <= _LONGEST_HEAD or line.endswith(("。", "；", "，", "：")):
        return False
    return numbering(line) is None and not DATE_LINE.match(line)


def _breaks_sentences(lines: Sequence[str], present: Sequence[int], places: Sequence[int]) -> bool:
    line = lines[present[places[0]]].strip()
    if len(places) < _LEAST_TIMES or re.search(r"[：:|]", line) or is_title(line):
        return False
    return any(
        _is_broken_off(lines[present[place - 1]].strip()) and numbering(lines[present[place + 1]]) is None
        for place in places
        if 0 < place < len(present) - 1
    )


def _is_broken_off(line: str) -> bool:
    """True for a line that no stop ends and that is no heading: half a sentence."""
    return len(line) >= _BROKEN and not is_sentence_end(line) and (numbering(line) is None or "，" in line)


def broken_at_margin(lines: Sequence[str]) -> set[int]:
    """The indexes of the lines that the margin ended, so that they go on in the next line that is not blank. Pure.

    Empty where the lines of the page are paragraphs. Give it the lines without counters and running heads ("").
    """
    widths = sorted(_width(line) for line in lines if line.strip())
    if len(widths) < _LEAST_LINES:
        return set()
    margin = widths[int(0.95 * (len(widths) - 1))]
    if not _NARROWEST <= margin <= _WIDEST or widths[int(0.98 * (len(widths) - 1))] > margin + _RAGGED:
        return set()
    full = [line for line in lines if margin - _RAGGED <= _width(line)]
    unended = sum(not is_sentence_end(line.rstrip()) for line in full)
    if len(full) < _LEAST_FULL * len(widths) or unended < _LEAST_UNENDED * len(full):
        return set()
    return set(_going_on(lines, margin))


def _going_on(lines: Sequence[str], margin: float) -> Iterator[int]:
    present = [index for index, line in enumerate(lines) if line.strip()]
    for before, after in pairwise(present):
        line, following = lines[before].rstrip(), lines[after]
        if _width(line) < margin - _RAGGED or re.search(r"[。！？]$", line):
            continue
        if numbering(following) is None and not is_title(following) and not DATE_LINE.match(following):
            yield before


def _width(line: str) -> float:
    """Chinese characters that fit into the room of `line`; Latin letters and digits take half of one."""
    return sum(0.5 if char.isascii() else 1.0 for char in line.strip())
