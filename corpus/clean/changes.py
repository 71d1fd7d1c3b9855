"""The record of cleaning: every deletion and replacement with its place and the rule that asked for it.

Rules are the noise classes: N01 page furniture, N02 teasers of other documents, N03 lead-ins of the site, N04 inserted
advertising, N05 repeated titles, N07 stray marks inside words, N08 empty brackets, N09 spaces inside words, N12 words
split off by links, N13 masked places, N14 masked words, N15 masked digits, N16 masked years, N17 years put in place of
masks, N18 broken decimals, N19 spaces around digits, N20 enumerators without a separator, N23 lines broken inside a
sentence, N24 a stop after a heading, N25 lower-cased acronyms; and three of our own: N00 invisible characters,
N30 half-width punctuation between Chinese characters, N31 traditional characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from service.domain.page import Change, Dropped

Replacement = str | Callable[[re.Match[str]], str | None]

_NUMBER_CHARS = frozenset("0123456789０１２３４５６７８９.．")


@dataclass(frozen=True, slots=True)
class CleanLine:
    """A line after cleaning; `first` and `last` are the lines of the page it came from, which differ after joining.

    `damage` are the flags raised while cleaning it: "mask", "punct_lost", and "figures" for a mask inside a figure.
    """

    first: int
    last: int
    text: str
    damage: frozenset[str] = frozenset()


@dataclass(frozen=True)
class CleanPage:
    """A page after cleaning, with everything that was changed and dropped, in the order of the page."""

    lines: tuple[CleanLine, ...]
    changes: tuple[Change, ...] = ()
    dropped: tuple[Dropped, ...] = ()

    @property
    def text(self) -> str:
        """The clean lines, one a line."""
        return "\n".join(line.text for line in self.lines)


class LineEditor:
    """A line while rules edit it. Refuses, whatever a rule asks, an edit that would make two numbers into one."""

    def __init__(self, number: int, text: str) -> None:
        self.number = number
        self.text = text
        self.changes: list[Change] = []

    def substitute(self, pattern: re.Pattern[str], replacement: Replacement, rule: str) -> bool:
        """Replaces every match; a replacement function returns None to leave one alone. True if anything changed."""
        pieces: list[str] = []
        end = 0
        before = len(self.changes)
        for found in pattern.finditer(self.text):
            new = replacement(found) if callable(replacement) else replacement
            if new is None or new == found[0]:
                continue
            left = self.text[end : found.start()] or (pieces[-1] if pieces else "")
            if not new and left[-1:] in _NUMBER_CHARS and self.text[found.end() : found.end() + 1] in _NUMBER_CHARS:
                continue
            pieces += [self.text[end : found.start()], new]
            end = found.end()
            self.changes.append(Change(self.number, found.start(), found[0], new, rule))
        if len(self.changes) == before:
            return False
        self.text = "".join(pieces) + self.text[end:]
        return True


def digit_strings(text: str) -> set[str]:
    """The maximal runs of digits in `text`, ASCII and full-width. Pure."""
    return set(re.findall(r"[0-9０-９]+", text))


def sorted_changes(changes: Iterable[Change]) -> tuple[Change, ...]:
    """`changes` in the order of the page. Pure."""
    return tuple(sorted(changes, key=lambda change: (change.line, change.column)))
