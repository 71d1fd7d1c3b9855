"""Numbers of the draft that stand nowhere in the notes and that the checker did not flag."""

from __future__ import annotations

from eval.cases import Case
from eval.measures.measure import Measure
from eval.measures.standing import claims_of, derived, given, stands, touched
from eval.trial import Trial


def _score(case: Case, trial: Trial) -> float | None:
    told = [*trial.draft.check.findings, *derived(trial.draft)]
    values = given(case)
    return float(
        sum(not stands(one, values) and not touched(one, told) for one in claims_of(trial.draft.text)),
    )


UNFLAGGED = Measure(
    name="unflagged",
    chinese="未标出的无据数字",
    unit="count",
    higher_is_better=False,
    sees="numbers outside placeholders whose value is in no line, name or period, with no finding and no formula",
    blind_to="a right value bound to the wrong thing, unit or period",
    score=_score,
)
