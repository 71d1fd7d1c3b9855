"""The share of the sections a genre requires that the draft has."""

from __future__ import annotations

from eval.cases import Case
from eval.measures.measure import Measure
from eval.trial import Trial
from prompts.load import load_genre_plan


def _score(case: Case, trial: Trial) -> float | None:
    required = [
        one.heading
        for one in load_genre_plan(case.genre, case.unit_type).sections
        if one.empty == "ask" and one.heading
    ]
    if not required:
        return None
    headings = [section.heading for section in trial.draft.sections]
    return sum(any(name in heading for heading in headings) for name in required) / len(required)


SECTIONS = Measure(
    name="sections",
    chinese="必备章节",
    unit="share",
    higher_is_better=True,
    sees="headings of the sections that the genre plan never leaves out",
    blind_to="a required section that holds nothing but a placeholder",
    score=_score,
    highest=1.0,
)
