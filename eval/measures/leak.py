"""Values of the past reports offered as exemplars that stand in the draft and not in the notes."""

from __future__ import annotations

from eval.cases import Case
from eval.measures.measure import Measure
from eval.measures.standing import claims_of, given, stands, values_in
from eval.trial import Trial
from service.language.names import find_names, policy_reason


def names_in(text: str) -> frozenset[str]:
    """The sure names of people, places, units and documents in a text, those of national policy left out. Pure."""
    return frozenset(one.text for one in find_names(text) if one.sure and policy_reason(one.text) is None)


def _score(case: Case, trial: Trial) -> float | None:
    if not trial.originals:
        return None
    past = "\n".join(f"{one.heading}\n{one.text}" for one in trial.originals)
    known, old = given(case), values_in(past)
    numbers = sum(not stands(one, known) and stands(one, old) for one in claims_of(trial.draft.text))
    told = f"{case.notes}\n{case.unit}"
    names = sum(name in trial.draft.text and name not in told for name in names_in(past))
    return float(numbers + names)


LEAK = Measure(
    name="leak",
    chinese="旧稿泄漏",
    unit="count",
    higher_is_better=False,
    sees="numbers and names of the offered past sections that are in the draft and in no note line, flagged or not",
    blind_to="a value that both happen to share; past reports that were not offered; a name no list or pattern knows",
    score=_score,
)
