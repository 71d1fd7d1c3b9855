"""What the lines above give to a line: its day, its part of the report, its place, its item of a rectification list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from service.domain.fact import FactKind
from service.domain.quantity import When


@dataclass(frozen=True)
class Standing:
    """What a heading or a speaker gave, with the number of the line it stands on (0 for none).

    `prompted` says that a speaker asked for the part, so it outlasts a change of speaker; `item_heard` that the item
    was named in another speaker's words; `before` that a heading dates all below it to an earlier year; `by_issue`
    that the notes go issue by issue; `card` that the day or place came from a card's line (地点：…); `ahead` that a
    label dates what stands below it to next year (明年：…); `listing` whether the first line below the heading was an
    entry of a list, None before it is read; `speaker` the speaker's line above; `heading` the words of the
    heading above; `spoken` that words inside the line opened the part (存在的问题是…).
    """

    day: When | None = None
    day_line: int = 0
    kind: FactKind | None = None
    kind_line: int = 0
    kind_style: str = ""
    where: str | None = None
    where_line: int = 0
    prompted: bool = False
    who: str | None = None
    who_line: int = 0
    item: str | None = None
    item_line: int = 0
    item_heard: bool = False
    field: str | None = None
    stamp: date | None = None
    stamp_line: int = 0
    speaking: bool = False
    before: bool = False
    by_issue: bool = False
    card: bool = False
    ahead: bool = False
    listing: bool | None = None
    speaker: str = ""
    heading: str = ""
    spoken: bool = False
