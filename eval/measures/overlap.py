"""The longest run of characters the draft shares with one past report, fixed formulas set aside."""

from __future__ import annotations

from eval.cases import Case
from eval.measures.measure import Measure
from eval.trial import Trial


def _score(case: Case, trial: Trial) -> float | None:
    return float(trial.draft.check.overlap.chars) if trial.draft.exemplars else None


OVERLAP = Measure(
    name="overlap",
    chinese="与旧稿最长相同（字）",
    unit="count",
    higher_is_better=False,
    sees="the longest run of letters and digits shared with any exemplar, fixed formulas set aside",
    blind_to="copying in other words; past reports that were not offered as exemplars",
    score=_score,
)
