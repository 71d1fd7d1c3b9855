"""The share of section pairs that stand in the order of the genre."""

from __future__ import annotations

from itertools import combinations

from eval.cases import Case
from eval.measures.measure import Measure
from eval.trial import Trial
from prompts.load import load_genre_plan


def _score(case: Case, trial: Trial) -> float | None:
    planned = [one.heading for one in load_genre_plan(case.genre, case.unit_type).sections if one.heading]
    places = [
        next((at for at, name in enumerate(planned) if name in section.heading), None)
        for section in trial.draft.sections
        if section.heading
    ]
    known = [place for place in places if place is not None]
    pairs = list(combinations(known, 2))
    return sum(first < second for first, second in pairs) / len(pairs) if pairs else None


SECTION_ORDER = Measure(
    name="section_order",
    chinese="章节次序",
    unit="share",
    higher_is_better=True,
    sees="pairs of headings that the genre plan knows, first before second",
    blind_to="headings of the writer's own; order within a section",
    score=_score,
    highest=1.0,
)
