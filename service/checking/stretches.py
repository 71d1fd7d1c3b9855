"""A date or period as days that can be compared, whatever way it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from service.checking.claims import CALENDAR, Claim


@dataclass(frozen=True, slots=True)
class Stretch:
    """A date or period as comparable days: year or None, and first and last (month, day) in it."""

    year: int | None
    first: tuple[int, int]
    last: tuple[int, int]
    last_year: int | None

    def agrees(self, other: Stretch) -> bool:
        """True where both are the same stretch and no written year differs."""
        return self.first == other.first and self.last == other.last and self.years_agree(other)

    def years_agree(self, other: Stretch) -> bool:
        """True unless both write years and they differ."""
        return None in (self.year, other.year) or (self.year, self.last_year) == (other.year, other.last_year)

    def holds(self, other: Stretch) -> bool:
        """True where `other` lies inside this stretch."""
        if (
            self.year is not None
            and self.last_year is not None
            and other.year is not None
            and self.year != self.last_year
        ):
            return self.year <= other.year <= self.last_year
        return self.years_agree(other) and self.first <= other.first and other.last <= self.last


def stretch_of(claim: Claim) -> Stretch | None:
    """The days of a claim's date, or None where it names none (近两年, a time of day). Pure."""
    when = claim.mention.when
    if when is None or claim.mention.kind not in CALENDAR:
        return None
    first, last = ends_of(when.lo), ends_of(when.hi)
    if first is None or last is None:
        return None
    return Stretch(first[0], first[1], last[2], last[0] if last[0] is not None else first[0])


def ends_of(iso: str) -> tuple[int | None, tuple[int, int], tuple[int, int]] | None:
    """Year (None where none is written), first and last (month, day) of an ISO partial; None for a bare day. Pure."""
    plain = iso[2:] if iso.startswith("--") else iso
    year = None
    if not iso.startswith("--"):
        head, _, plain = iso.partition("-")
        if not head.isdigit() or len(head) != 4:
            return None
        year = int(head)
    if not plain:
        return year, (1, 1), (12, 31)
    quarter = re.match(r"Q([1-4])$", plain)
    if quarter:
        month = int(quarter[1]) * 3
        return year, (month - 2, 1), (month, 31)
    month_text, _, day_text = plain.partition("-")
    if not month_text.isdigit():
        return None
    month = int(month_text)
    return (
        (year, (month, int(day_text)), (month, int(day_text)))
        if day_text.isdigit()
        else (year, (month, 1), (month, 31))
    )
