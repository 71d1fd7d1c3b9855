"""How much of the draft stays when it is drafted a second time from the same notes."""

from __future__ import annotations

from collections import Counter

from eval.cases import Case
from eval.measures.measure import Measure
from eval.trial import Trial


def _score(case: Case, trial: Trial) -> float | None:
    if trial.again is None:
        return None
    first, second = Counter(trial.draft.text.split("\n")), Counter(trial.again.split("\n"))
    return 2 * (first & second).total() / (first.total() + second.total())


DETERMINISM = Measure(
    name="determinism",
    chinese="再次起草的一致率",
    unit="share",
    higher_is_better=True,
    sees="paragraphs that two drafts of the same request share to the byte",
    blind_to="what another machine, version or search would change; the order of equal paragraphs",
    score=_score,
    highest=1.0,
)
