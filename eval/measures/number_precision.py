"""The share of the draft's numbers that stand in the notes or are shown to be made of them."""

from __future__ import annotations

from eval.cases import Case
from eval.measures.measure import Measure
from eval.measures.standing import claims_of, derived, given, stands, touched
from eval.trial import Trial


def _score(case: Case, trial: Trial) -> float | None:
    values, made = given(case), derived(trial.draft)
    claims = list(claims_of(trial.draft.text))
    if not claims:
        return None
    return sum(stands(one, values) or touched(one, made) for one in claims) / len(claims)


NUMBER_PRECISION = Measure(
    name="number_precision",
    chinese="数字有据率",
    unit="share",
    higher_is_better=True,
    sees="claimed numbers outside placeholders whose value stands in the notes, the form, or has a formula",
    blind_to="a value of the notes that is told of another thing; whether a wrong number was flagged",
    score=_score,
    highest=1.0,
)
