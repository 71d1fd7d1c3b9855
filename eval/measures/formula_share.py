"""The share of the draft that is formula: openings, transitions and closings that rest on no note line."""

from __future__ import annotations

from eval.cases import Case
from eval.measures.measure import Measure
from eval.trial import Trial
from service.domain.draft import SentenceKind


def _score(case: Case, trial: Trial) -> float | None:
    length = sum(len(section.text) for section in trial.draft.sections)
    formulas = sum(
        one.end - one.start
        for section in trial.draft.sections
        for one in section.sentences
        if one.kind is SentenceKind.FORMULA
    )
    return formulas / length if length else None


FORMULA_SHARE = Measure(
    name="formula_share",
    chinese="套话占比",
    unit="share",
    higher_is_better=False,
    sees="characters of sentences that say they rest on no line",
    blind_to="filling inside a sentence that names a line",
    score=_score,
    highest=1.0,
)
