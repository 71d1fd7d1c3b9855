"""The longest run of characters the draft shares with one past report, fixed formulas set aside."""

from __future__ import annotations

from eval.cases import Case
from eval.measures.measure import Measure
from service.domain.draft import Draft


def _score(case: Case, draft: Draft) -> float | None:
    return float(draft.check.overlap.chars) if draft.exemplars else None


OVERLAP = Measure(
    name="overlap",
    chinese="与旧稿最长相同（字）",
    unit="count",
    higher_is_better=False,
    blind_to="copying in other words; past reports that were not offered as exemplars",
    score=_score,
)
