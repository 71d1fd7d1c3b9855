"""How well the checker judges: its verdicts on labelled pairs of notes and draft, and its alarms over honest drafts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.checking.check import check_draft
from service.domain.finding import Band, Verdict
from service.domain.period import parse_period
from service.domain.report import ExemplarOriginal

PAIRS = Path(__file__).with_name("pairs")
_NONE = "未评"
Rows = Sequence[dict[str, Any]]


@dataclass(frozen=True)
class Confusion:
    """Labelled verdicts by given ones; `honest` numbers of faithful drafts, and how many of them were blocked or
    flagged. `counts` are aligned with `expected` and `given`."""

    expected: tuple[str, ...]
    given: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    honest: int
    blocked: int
    flagged: int

    @property
    def recall(self) -> dict[str, tuple[int, int]]:
        """For each labelled verdict: how often it was given exactly, and of how many."""
        return {
            name: (row[self.given.index(name)] if name in self.given else 0, sum(row))
            for name, row in zip(self.expected, self.counts, strict=True)
        }

    @property
    def false_alarms_per_1000(self) -> float:
        """Honest numbers blocked, in a thousand."""
        return 1000 * self.blocked / self.honest if self.honest else 0.0


def rows_of(name: str, folder: Path = PAIRS) -> list[dict[str, Any]]:
    """The rows of one file of pairs."""
    return [json.loads(row) for row in (folder / name).read_text(encoding="utf-8").splitlines() if row.strip()]


def confusion(
    labelled: Sequence[dict[str, Any]] | None = None, honest: Sequence[dict[str, Any]] | None = None
) -> Confusion:
    """The checker on the pairs that ship, or on others of the same form. Deterministic."""
    pairs = Counter(
        (str(row["verdict"]), _given(row)) for row in (rows_of("labelled.jsonl") if labelled is None else labelled)
    )
    order = [str(one) for one in Verdict]
    expected = tuple(name for name in order if any(pair[0] == name for pair in pairs))
    given = tuple(name for name in [*order, _NONE] if any(pair[1] == name for pair in pairs))
    numbers = blocked = flagged = 0
    for row in rows_of("honest.jsonl") if honest is None else honest:
        result = check_draft(row["notes"], row["draft"])
        numbers += len(result.findings) + len(result.passed)
        blocked += sum(one.band is Band.BLOCK for one in result.findings)
        flagged += len(result.findings)
    counts = tuple(tuple(pairs[one, other] for other in given) for one in expected)
    return Confusion(expected, given, counts, numbers, blocked, flagged)


def _given(row: dict[str, Any]) -> str:
    """The verdict on the labelled claim: the labelled one where it is among several, else the gravest."""
    exemplars = [ExemplarOriginal("r1", "往期报告", "", row["exemplar"])] if row.get("exemplar") else []
    period = parse_period(row["period"]) if row.get("period") else None
    result = check_draft(row["notes"], row["draft"], exemplars, period)
    start = row["draft"].index(row["claim"])
    end = start + len(row["claim"])
    found = [one.verdict for one in (*result.findings, *result.passed) if one.start < end and start < one.end]
    if not found:
        return _NONE
    if Verdict(row["verdict"]) in found:
        return str(row["verdict"])
    grave = [Band.BLOCK, Band.WARN, Band.UNDECIDED, Band.PASS]
    return str(min(found, key=lambda one: grave.index(one.band)))
