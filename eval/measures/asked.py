"""The share of gaps that staff are asked about."""

from __future__ import annotations

from eval.cases import Case
from eval.measures.measure import Measure
from eval.trial import Trial


def questions(trial: Trial) -> list[str]:
    """What staff are asked, each question once. Pure."""
    return list(dict.fromkeys(f"{one.ask} {one.placeholder}" for one in trial.draft.missing))


def _score(case: Case, trial: Trial) -> float | None:
    if not case.must_ask:
        return None
    asked = "\n".join(questions(trial))
    return sum(word in asked for word in case.must_ask) / len(case.must_ask)


ASKED = Measure(
    name="asked",
    chinese="缺项提问率",
    unit="share",
    higher_is_better=True,
    sees="words of which some question to staff must hold one each",
    blind_to="questions nobody needed; a question asked of the wrong section",
    score=_score,
    highest=1.0,
)
