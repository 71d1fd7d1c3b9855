"""The share of questions to staff that the case says must be asked."""

from __future__ import annotations

from eval.cases import Case
from eval.measures.asked import questions
from eval.measures.measure import Measure
from eval.trial import Trial


def _score(case: Case, trial: Trial) -> float | None:
    asked = questions(trial)
    if not asked:
        return None
    return sum(any(word in one for word in case.must_ask) for one in asked) / len(asked)


ASKED_PRECISION = Measure(
    name="asked_precision",
    chinese="提问必要率",
    unit="share",
    higher_is_better=True,
    sees="questions, alike ones once, that hold a word the case says must be asked",
    blind_to="a question that is sensible though its case did not foresee it; the same question asked of many items",
    score=_score,
    highest=1.0,
)
