"""What stands before each line of a copied page and is no part of it, and paragraphs that share one line. Pure."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from corpus.split.headings import DATE_LINE, SALUTATION, SIGNATURE, is_title, numbering
from service.domain.page import LeftOut

# Line ends that editors write and `split("\n")` does not know: vertical tab, form feed, next line, U+2028, U+2029.
_OTHER_ENDS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_INDENT = re.compile(r"(?<=\S)[ \t]{0,4}\u3000{2,4}(?=\S)")
_LEAST_GLUED, _LEAST_INDENTS = 200, 3  # characters of a line, and paragraphs in it
_QUOTED = re.compile(r"^[ \t]{0,4}(?:>[ \t]{0,2}){1,4}")
_CELL = re.compile(r"^[ \t]{0,4}\|[ \t]{0,4}([^|]{1,4000}?)[ \t]{0,4}\|[ \t]{0,4}$")
_BULLET = re.compile(r"^[ \t]{0,4}([-·•●◦▪*])[ \t]{1,4}")
_COUNTED = re.compile(
    r"^[\t\x20]{0,4}\|?[\t\x20]{0,4}(\d{1,4})(?:[\t\x20]{0,4}\|[\t\x20]{0,4}|[\t\x20]{1,4}|[:：][\t\x20]{0,4})(?=\S)(.*?)[\t\x20]{0,4}\|?[\t\x20]{0,4}$"
)
# [10:10] 小李：, 2024-03-05 10:10:22 小李: and 小李 10:10：
_DAY = r"(?:(?:19|20)?\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s{1,2})?"
_CLOCK = rf"{_DAY}(?:[上下]午\s?)?\d{{1,2}}:\d\d(?::\d\d)?"
_SAID = re.compile(
    rf"^[ \t]{{0,4}}(?:[\[【（(]{_CLOCK}[\]】）)]|{_CLOCK})\s{{0,2}}[^\s：:，。]{{1,12}}\s{{0,2}}[：:]\s{{0,2}}"
    rf"|^[ \t]{{0,4}}[^\s：:，。\d]{{1,12}}\s{{1,2}}[\[【（(]?{_CLOCK}[\]】）)]?\s{{0,2}}[：:]\s{{0,2}}"
)
# A space between any two letters, not a wider one between two words.
_PARTED = re.compile(r"(?<=[^ ]) (?=[^ ])|( ) +")
_LEAST_PARTED, _LEAST_PARTED_LINES, _LEAST_LETTERS = 20, 3, 4
_LEAST_SENTENCE = 24
_SHOWN = 20  # characters of what was taken, for people
_LEAST_LINES, _LEAST_SHARE = 6, 0.7
_NEARLY_ALL = 0.8
_LEAST_QUOTED = 3  # lines in a row; a single one can be a path: 首页 > 正文


def without_margins(text: str) -> tuple[str, tuple[LeftOut, ...]]:
    """`text` with each paragraph on its own line and without the marks that every line has before it: > of a mail,
    the bullets of a list, the bars of a table of one column, the count of the lines, who said it and when; and what was
    taken. Letters that a space parts one from the other are closed up."""
    text = _OTHER_ENDS.sub("\n", text)
    lines: list[str] = []
    for line in text.split("\n"):
        glued = len(line) >= _LEAST_GLUED and len(_INDENT.findall(line)) >= _LEAST_INDENTS
        lines += _INDENT.sub("\n", line).split("\n") if glued else [line]
    kept = _without_bullets(_without_speakers(_without_cells(_without_counts(_unquoted(lines)))))
    bared = [(line, bare) for line, bare in zip(lines, kept, strict=True) if line != bare]
    closed = _closed_up(kept)
    parted = [line for line, close in zip(kept, closed, strict=True) if line != close]
    told = []
    if bared:
        line, bare = bared[0]
        told.append(LeftOut("margin", len(bared), line.replace(bare, "…", 1).strip()[:_SHOWN]))
    if parted:
        told.append(LeftOut("parted", len(parted), parted[0].strip()[:_SHOWN]))
    return "\n".join(closed), tuple(told)


def _closed_up(lines: list[str]) -> list[str]:
    """The lines without the space between all letters, where most long lines have it; a wider space stays one."""
    long = [line for line in lines if len(line.strip()) >= _LEAST_PARTED]
    parted = sum(_is_parted(line) for line in long)
    if parted < _LEAST_PARTED_LINES or 2 * parted < len(long):
        return lines
    return [_PARTED.sub(r"\1", line) if _is_parted(line) else line for line in lines]


def _is_parted(line: str) -> bool:
    letters = line.split()
    return len(letters) >= _LEAST_LETTERS and sum(len(one) == 1 for one in letters) >= _NEARLY_ALL * len(letters)


def _unquoted(lines: list[str]) -> list[str]:
    quoted = [bool(_QUOTED.match(line)) for line in lines]
    out: list[str] = []
    start = 0
    while start < len(lines):
        end = start + 1
        while end < len(lines) and quoted[end] == quoted[start]:
            end += 1
        strip = quoted[start] and end - start >= _LEAST_QUOTED
        out += [_QUOTED.sub("", line) if strip else line for line in lines[start:end]]
        start = end
    return out


def _without_counts(lines: list[str]) -> list[str]:
    """The lines without their own numbers, where nearly every line bears the next one."""
    rows = [line for line in lines if line.strip()]
    numbers = [int(found[1]) if (found := _COUNTED.match(line)) else -1 for line in rows]
    rising = sum(after == before + 1 and before > 0 for before, after in pairwise(numbers))
    if len(rows) < _LEAST_LINES or rising < _NEARLY_ALL * (len(rows) - 1):
        return lines
    return [_COUNTED.sub(r"\2", line) for line in lines]


def _without_cells(lines: list[str]) -> list[str]:
    rows = [line for line in lines if line.strip()]
    if len(rows) < _LEAST_LINES or sum(bool(_CELL.match(line)) for line in rows) < _LEAST_SHARE * len(rows):
        return lines
    return [_CELL.sub(r"\1", line) for line in lines]


def _without_speakers(lines: list[str]) -> list[str]:
    """The lines without who said each and when ([10:10] 小李：), where nearly every line has it."""
    rows = [line for line in lines if line.strip()]
    if len(rows) < _LEAST_LINES or sum(bool(_SAID.match(line)) for line in rows) < _LEAST_SHARE * len(rows):
        return lines
    return [bare if _is_of_a_paper(bare := _SAID.sub("", line)) else line for line in lines]


def _is_of_a_paper(line: str) -> bool:
    """True for what belongs to a document; 收到 and 好的 keep who said them, and go with it."""
    short = DATE_LINE.match(line) or SIGNATURE.match(line) or SALUTATION.match(line)
    return len(line) >= _LEAST_SENTENCE or bool(numbering(line)) or is_title(line) or bool(short)


def _without_bullets(lines: list[str]) -> list[str]:
    rows = [line for line in lines if line.strip()]
    marks = Counter(found[1] for line in rows if (found := _BULLET.match(line)))
    if len(rows) < _LEAST_LINES or marks.total() < _LEAST_SHARE * len(rows):
        return lines
    return [_BULLET.sub("", line) for line in lines]
