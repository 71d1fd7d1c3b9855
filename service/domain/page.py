"""A page as it reached us, kept beside its reports: what cleaning changed, what it dropped, what is no report.

The page is kept so that a better cleaner can read it again, and so that a person sees each change beside the original.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Change:
    """One change: the 1-based line of the page, the 0-based column when it was made, the text before and after."""

    line: int
    column: int
    before: str
    after: str
    rule: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """Words of the page that are in no report: a whole line, or a span inside a sentence."""

    line: int
    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class NotReport:
    """A text of a page that is no report. `reason`: slogans, speech, news, essay, ledger, too_short, no_report."""

    label: str
    reason: str
    lines: tuple[int, int]


@dataclass(frozen=True)
class Page:
    """One page. `name` is the name of its file, whose ending says how it is read; `text` the page before cleaning.

    `understanding` names the version of the rules that read it, "" while its reports are not all stored.
    """

    page_id: str
    source: str
    name: str
    text: str
    changes: tuple[Change, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    not_reports: tuple[NotReport, ...] = ()
    understanding: str = ""


def page_id_of(text: str) -> str:
    """The id of the page `text`, the same on every machine. Pure."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def within(lines: tuple[int, int], found: Sequence[Change]) -> tuple[Change, ...]:
    """The changes made in `lines`, first and last included, in their order. Pure."""
    return tuple(one for one in found if lines[0] <= one.line <= lines[1])
