"""The share of expected facts that the draft states."""

from __future__ import annotations

from eval.cases import Case, ExpectedFact
from eval.measures.measure import Measure
from eval.trial import Trial


def states(text: str, fact: ExpectedFact) -> bool:
    """True where one paragraph of `text` holds an alternative of every part. Pure."""
    return any(
        all(any(alternative in paragraph for alternative in part) for part in fact.parts)
        for paragraph in text.split("\n")
    )


def _score(case: Case, trial: Trial) -> float | None:
    if not case.expected_facts:
        return None
    return sum(states(trial.draft.text, fact) for fact in case.expected_facts) / len(case.expected_facts)


FACT_COVERAGE = Measure(
    name="fact_coverage",
    chinese="事实覆盖率",
    unit="share",
    higher_is_better=True,
    sees="expected facts of which one paragraph holds an alternative of every part",
    blind_to="a fact worded in a way no alternative foresees; words that stand in one paragraph but not together",
    score=_score,
    highest=1.0,
)
