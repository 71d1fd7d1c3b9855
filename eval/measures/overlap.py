"""The longest run of characters the draft shares with one past report, fixed formulas set aside."""

from __future__ import annotations

from eval.cases import Case
from eval.measures.measure import Measure
from eval.trial import Trial
from service.checking.overlap import overlap_with


def _score(case: Case, trial: Trial) -> float | None:
    if not trial.originals:
        return None
    return float(overlap_with(trial.draft.text, trial.originals)[0].chars)


OVERLAP = Measure(
    name="overlap",
    chinese="与旧稿最长相同（字）",
    unit="characters",
    higher_is_better=False,
    sees="the longest run of letters and digits shared with any offered past section, fixed formulas set aside",
    blind_to="copying in other words; past reports that were not offered; a run that the notes hold too",
    score=_score,
)
