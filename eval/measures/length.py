"""LongBench-Write's length score against the reference: 100 at its length, falling faster for a short draft."""

from __future__ import annotations

from eval.cases import Case
from eval.measures.measure import Measure
from eval.trial import Trial


def length_score(wanted: int, written: int) -> float:
    """100 at the wanted length, 0 at four times it or a third of it, straight between in its ratio. Pure."""
    if wanted <= 0 or written <= 0:
        return 0.0
    if written > wanted:
        return 100 * max(0.0, 1 - (written / wanted - 1) / 3)
    return 100 * max(0.0, 1 - (wanted / written - 1) / 2)


def _score(case: Case, trial: Trial) -> float | None:
    wanted = len("".join(case.reference.split()))
    return length_score(wanted, len("".join(trial.draft.text.split()))) if wanted else None


LENGTH = Measure(
    name="length",
    chinese="篇幅得分",
    unit="points",
    higher_is_better=True,
    sees="characters of the draft against those of the reference, spaces left out",
    blind_to="what the characters say: padding and missing facts may cancel out",
    score=_score,
    highest=100.0,
)
