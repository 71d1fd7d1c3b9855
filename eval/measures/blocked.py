"""Findings that block the draft although it is no placeholder: what a rule draft of honest notes should not have."""

from __future__ import annotations

from eval.cases import Case
from eval.measures.measure import Measure
from eval.trial import Trial
from service.domain.finding import Band, Verdict


def _score(case: Case, trial: Trial) -> float | None:
    return float(
        sum(one.band is Band.BLOCK and one.verdict is not Verdict.PLACEHOLDER for one in trial.draft.check.findings)
    )


BLOCKED = Measure(
    name="blocked",
    chinese="阻断性问题",
    unit="count",
    higher_is_better=False,
    sees="findings of the checker in the blocking band, placeholders left out",
    blind_to="whether the checker or the composer is wrong",
    score=_score,
)
