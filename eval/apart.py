"""No two cases that share their sentences stand on different sides of the held-out line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus.dedupe import shingles
from eval.cases import Case

# Notes of one event share sentences; two notes that share a phrase or a heading stay below a tenth.
_TWIN_FROM = 0.2


def twins_of(case: Case, others: Sequence[Case]) -> list[str]:
    """The ids of `others` whose notes or reference share sentences with those of `case`. Pure."""
    own = _shingles(case)
    found = []
    for other in others:
        theirs = _shingles(other)
        smaller = min(len(own), len(theirs))
        if other.case_id != case.case_id and smaller and len(own & theirs) / smaller >= _TWIN_FROM:
            found.append(other.case_id)
    return found


def put_beside_twins(path: Path, case: Case, others: Sequence[Case]) -> list[str]:
    """The held-out twins of the new case at `path`; where there are any, its file says that it is held out too.

    A system tuned on a case has seen its twin, so a twin on the other side would flatter it.
    """
    twins = twins_of(case, [one for one in others if one.held_out])
    if twins and not case.held_out:
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("held_out = false", "held_out = true", 1), encoding="utf-8")
    return twins


def _shingles(case: Case) -> frozenset[int]:
    return shingles(case.notes) | shingles(case.reference)
