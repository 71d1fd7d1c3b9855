"""How many of the forbidden strings the draft holds: private data, jokes, superseded figures, injected words."""

from __future__ import annotations

from eval.cases import Case
from eval.measures.measure import Measure
from eval.trial import Trial


def _score(case: Case, trial: Trial) -> float | None:
    if not case.forbidden:
        return None
    return float(sum(text in trial.draft.text for text in case.forbidden))


FORBIDDEN = Measure(
    name="forbidden",
    chinese="禁写内容",
    unit="count",
    higher_is_better=False,
    sees="forbidden strings of the case that stand anywhere in the draft",
    blind_to="forbidden content in other words",
    score=_score,
)
