"""A numeral found in a text: what role it plays, which closed range it states, and of what unit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from service.domain.text import Span


class Role(StrEnum):
    """What a numeral does in its sentence. Only a claim is verified; each other role is a reason to skip or to flag."""

    CLAIM = "claim"
    NAME = "name"
    STRUCTURE = "structure"
    LEXICAL = "lexical"
    DEFECT = "defect"


class Kind(StrEnum):
    """The kind of a claim or defect; the list is a public contract."""

    COUNT = "count"
    MONEY = "money"
    MEASURE = "measure"
    PERCENT = "percent"
    PERMILLE = "permille"
    RATIO = "ratio"
    ORDINAL = "ordinal"
    RANK = "rank"
    DATE = "date"
    YEAR = "year"
    MONTH = "month"
    QUARTER = "quarter"
    PERIOD = "period"
    TIME = "time"
    DURATION = "duration"
    FREQUENCY = "frequency"
    RANGE = "range"
    DELTA = "delta"
    POINT = "point"
    DOCNUM = "docnum"
    AGE = "age"
    ZERO = "zero"
    PLACEHOLDER = "placeholder"
    CORRUPT = "corrupt"


class Approx(StrEnum):
    """How a number is hedged: over (余/多/超/以上), near (近/将近), about (约/左右), vague (数十/几百)."""

    OVER = "over"
    NEAR = "near"
    ABOUT = "about"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True)
class Amount:
    """A closed range in base units (万 and 亿 multiplied out), exact decimals; equal ends mean an exact number.

    A None end is unbounded on that side (X以上 has no upper end).
    """

    lo: Decimal | None
    hi: Decimal | None

    @property
    def exact(self) -> bool:
        """True where the range is one number."""
        return self.lo is not None and self.lo == self.hi


@dataclass(frozen=True, slots=True)
class When:
    """A date or period as ISO partials: `2024-03-24`, `2024-03`, `2024`, `--03-24`, `--03`, `2024-Q1`, `04:30`.

    A single point has equal ends.
    """

    lo: str
    hi: str


@dataclass(frozen=True, slots=True)
class Mention:
    """One numeral of a text with its hedge and unit; every numeral of a text is covered by exactly one mention.

    `amount` is set for quantities, `when` for dates, times and periods, neither for names, structure and most defects.
    `unit` is the counter or measure as written after multiplying out (22万元 has unit 元). `reason` says, in a short
    English code, why a mention that is no claim is none (`enumerator`, `adverb`, `slogan`, `mask`, `impossible_date`).
    `parts` holds the two ends of a change (由44项减少到33项), each a mention of its own; empty for all else.
    """

    start: int
    end: int
    text: str
    role: Role
    kind: Kind | None = None
    amount: Amount | None = None
    when: When | None = None
    unit: str | None = None
    approx: Approx | None = None
    reason: str | None = None
    parts: tuple[Mention, ...] = ()

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)

    def to_json(self) -> dict[str, Any]:
        """The shape of `zhibi numbers --json`; `clock` holds both ends of a time, which is no quantity and no date."""
        lo: str | None = None
        hi: str | None = None
        clock = [self.when.lo, self.when.hi] if self.kind is Kind.TIME and self.when is not None else None
        if self.when is not None and clock is None:
            lo, hi = self.when.lo, self.when.hi
        elif self.amount is not None:
            lo, hi = decimal_text(self.amount.lo), decimal_text(self.amount.hi)
        return {
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "role": str(self.role),
            "kind": str(self.kind) if self.kind else None,
            "lo": lo,
            "hi": hi,
            "unit": self._told_unit(),
            "approx": str(self.approx) if self.approx else None,
            "reason": self.reason,
            "clock": clock,
        }

    def _told_unit(self) -> str | None:
        if self.role is not Role.CLAIM or self.kind is None:
            return self.unit
        if self.kind is Kind.RATIO:
            return self.unit or ""
        return _TOLD_UNITS.get(self.kind, self.unit)


# What readers of the JSON are told as the unit of a claim that has no counter: a date is a date, a share a bare number.
_TOLD_UNITS = {
    **dict.fromkeys((Kind.DATE, Kind.YEAR, Kind.MONTH, Kind.QUARTER, Kind.PERIOD), "date"),
    Kind.TIME: "time",
    Kind.PERCENT: "",
    Kind.POINT: "pp",
}


def decimal_text(value: Decimal | None) -> str | None:
    """`value` in plain digits without exponent or trailing zeros; None stays None. Pure."""
    if value is None:
        return None
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
