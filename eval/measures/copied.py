"""The share of the draft that stands word for word in the past sections offered, fixed formulas set aside."""

from __future__ import annotations

from eval.cases import Case
from eval.measures.measure import Measure
from eval.trial import Trial
from service.checking.overlap import without_formulas

GRAM = 8  # characters; shorter runs are the language's own, longer ones miss a copied clause


def grams(text: str) -> list[str]:
    """The runs of eight letters and digits of `text`, none of which goes through a fixed formula. Pure."""
    return [piece[at : at + GRAM] for piece in without_formulas(text) for at in range(max(0, len(piece) - GRAM + 1))]


def _score(case: Case, trial: Trial) -> float | None:
    own = grams(trial.draft.text)
    if not trial.originals or not own:
        return None
    noted = set(grams(case.notes))
    past = {gram for one in trial.originals for gram in grams(one.text)} - noted
    return sum(gram in past for gram in own) / len(own)


COPIED = Measure(
    name="copied",
    chinese="与旧稿重合比例",
    unit="share",
    higher_is_better=False,
    sees="runs of eight characters that an offered past section holds and the notes do not, fixed formulas left out",
    blind_to="copying in other words; past reports that were not offered",
    score=_score,
    highest=1.0,
)
