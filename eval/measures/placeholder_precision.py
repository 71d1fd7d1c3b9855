"""The share of placeholders in the text that mark a real gap of the notes."""

from __future__ import annotations

from eval.cases import Case
from eval.measures.measure import Measure
from eval.measures.placeholders import placeholders
from eval.trial import Trial


def _score(case: Case, trial: Trial) -> float | None:
    marked = placeholders(trial.draft.text)
    if not marked:
        return None
    return sum(any(word in one for word in case.must_ask) for one in marked) / len(marked)


PLACEHOLDER_PRECISION = Measure(
    name="placeholder_precision",
    chinese="标注必要率",
    unit="share",
    higher_is_better=True,
    sees="placeholders, alike ones once, that hold a word of a gap the case names",
    blind_to="a gap that is real though its case did not foresee it",
    score=_score,
    highest=1.0,
)
