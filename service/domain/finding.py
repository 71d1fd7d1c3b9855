"""What the checker says of a draft: findings, passes and skips, each with its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Band(StrEnum):
    """What a verdict does to a draft: nothing, ask a person, stop it; undecided is counted apart."""

    PASS = "pass"
    WARN = "warn"
    BLOCK = "block"
    UNDECIDED = "undecided"


class Verdict(StrEnum):
    """What was found of one claim; the list is a public contract."""

    EXACT = "exact"
    EQUIVALENT = "equivalent"
    ROUNDED = "rounded"
    DERIVED = "derived"
    QUALIFIER_DROPPED = "qualifier_dropped"
    DERIVED_UNSAFE = "derived_unsafe"
    NOTES_CONFLICT = "notes_conflict"
    RELATIVE_TIME = "relative_time"
    PP_VS_PERCENT = "pp_vs_percent"
    CONTEXT_UNCLEAR = "context_unclear"
    NO_SOURCE = "no_source"
    LEAKED = "leaked"
    CONTRADICTED = "contradicted"
    APPROX_WRONG_SIDE = "approx_wrong_side"
    APPROX_INFLATED = "approx_inflated"
    PRECISION_INVENTED = "precision_invented"
    UNIT_SWAP = "unit_swap"
    UNIT_SCALE = "unit_scale"
    ENTITY_SWAP = "entity_swap"
    PERIOD_SWAP = "period_swap"
    RATE_VS_TOTAL = "rate_vs_total"
    DERIVED_WRONG = "derived_wrong"
    PART_EXCEEDS_WHOLE = "part_exceeds_whole"
    LIST_COUNT_MISMATCH = "list_count_mismatch"
    PLAN_AS_DONE = "plan_as_done"
    ZERO_FROM_ABSENCE = "zero_from_absence"
    NAME_NUMBER_ALTERED = "name_number_altered"
    PLACEHOLDER = "placeholder"
    CORRUPT = "corrupt"
    IMPOSSIBLE = "impossible"
    UNDECIDED = "undecided"

    @property
    def band(self) -> Band:
        """The band this verdict always has."""
        if self in _PASS:
            return Band.PASS
        if self in _WARN:
            return Band.WARN
        return Band.UNDECIDED if self is Verdict.UNDECIDED else Band.BLOCK


_PASS = frozenset({Verdict.EXACT, Verdict.EQUIVALENT, Verdict.ROUNDED, Verdict.DERIVED})
_WARN = frozenset(
    {
        Verdict.QUALIFIER_DROPPED,
        Verdict.DERIVED_UNSAFE,
        Verdict.NOTES_CONFLICT,
        Verdict.RELATIVE_TIME,
        Verdict.PP_VS_PERCENT,
        Verdict.CONTEXT_UNCLEAR,
    }
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a claim stands in the notes: `line` is 1-based, offsets are into the notes.

    Where `source` is set, they are into that exemplar's text instead, and `line` is None.
    """

    line: int | None
    start: int
    end: int
    text: str
    source: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The public shape; `source` only where it is not the notes."""
        plain: dict[str, Any] = {"line": self.line, "start": self.start, "end": self.end, "text": self.text}
        if self.source is not None:
            plain["source"] = self.source
        return plain


@dataclass(frozen=True, slots=True)
class Finding:
    """One judged claim of the draft. Offsets are into the draft. `rule` is a stable code of the catalogue.

    `message` is a Chinese sentence a clerk understands; `suggestion` says the mend in words; `replacement` is the text
    to put in place of `text` when the mend is an edit; `formula` shows a derivation.
    """

    start: int
    end: int
    text: str
    kind: str
    verdict: Verdict
    rule: str
    message: str
    suggestion: str | None = None
    replacement: str | None = None
    formula: str | None = None
    evidence: tuple[Evidence, ...] = ()

    @property
    def band(self) -> Band:
        """The band of its verdict."""
        return self.verdict.band

    def to_json(self) -> dict[str, Any]:
        """The public shape."""
        return {
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "kind": self.kind,
            "verdict": str(self.verdict),
            "band": str(self.band),
            "rule": self.rule,
            "message": self.message,
            "suggestion": self.suggestion,
            "replacement": self.replacement,
            "formula": self.formula,
            "evidence": [one.to_json() for one in self.evidence],
        }


@dataclass(frozen=True, slots=True)
class Skipped:
    """A numeral of the draft that is no claim, with a Chinese reason."""

    start: int
    end: int
    text: str
    reason: str

    def to_json(self) -> dict[str, Any]:
        """The public shape."""
        return {"start": self.start, "end": self.end, "text": self.text, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class UnusedNote:
    """A line of the notes that no claim or sentence of the draft rests on, with a Chinese reason."""

    line: int
    text: str
    reason: str

    def to_json(self) -> dict[str, Any]:
        """The public shape."""
        return {"line": self.line, "text": self.text, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Overlap:
    """The longest run of characters the draft shares with one exemplar, fixed formulas set aside."""

    chars: int
    source: str | None


@dataclass(frozen=True)
class CheckResult:
    """A whole check: every claim is in `findings` or `passed`, every other numeral in `skipped`, in order of start."""

    findings: tuple[Finding, ...]
    passed: tuple[Finding, ...]
    skipped: tuple[Skipped, ...]
    unused_notes: tuple[UnusedNote, ...]
    overlap: Overlap

    @property
    def blocks(self) -> bool:
        """True where at least one finding blocks."""
        return any(one.band is Band.BLOCK for one in self.findings)

    def to_json(self) -> dict[str, Any]:
        """The shape of `zhibi check --json`."""
        bands = [one.band for one in self.findings]
        return {
            "findings": [one.to_json() for one in self.findings],
            "passed": [one.to_json() for one in self.passed],
            "skipped": [one.to_json() for one in self.skipped],
            "unused_notes": [one.to_json() for one in self.unused_notes],
            "summary": {
                "claims": len(self.findings) + len(self.passed),
                "pass": len(self.passed),
                "warn": bands.count(Band.WARN),
                "block": bands.count(Band.BLOCK),
                "undecided": bands.count(Band.UNDECIDED),
                "placeholders": sum(one.verdict is Verdict.PLACEHOLDER for one in self.findings),
                "overlap_chars": self.overlap.chars,
                "overlap_source": self.overlap.source,
            },
        }
