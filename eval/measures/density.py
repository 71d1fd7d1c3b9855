"""How many expected facts the draft tells in 100 characters."""

from __future__ import annotations

from eval.cases import Case
from eval.measures.fact_coverage import states
from eval.measures.measure import Measure
from eval.trial import Trial


def _score(case: Case, trial: Trial) -> float | None:
    length = len("".join(trial.draft.text.split()))
    if not case.expected_facts or not length:
        return None
    return 100 * sum(states(trial.draft.text, fact) for fact in case.expected_facts) / length


DENSITY = Measure(
    name="density",
    chinese="每百字事实数",
    unit="count",
    higher_is_better=True,
    sees="expected facts that the draft states, against its characters",
    blind_to="facts nobody listed; a telegram is dense and unreadable",
    score=_score,
)
