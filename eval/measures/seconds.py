"""How long the draft took, all stages together."""

from __future__ import annotations

from eval.cases import Case
from eval.measures.measure import Measure
from eval.trial import Trial


def _score(case: Case, trial: Trial) -> float | None:
    return sum(trial.seconds.values()) if trial.seconds else None


SECONDS = Measure(
    name="seconds",
    chinese="起草用时",
    unit="seconds",
    higher_is_better=False,
    sees="wall seconds from reading the notes to the checked draft; the record holds them by stage",
    blind_to="how busy the machine was with other things",
    score=_score,
)
