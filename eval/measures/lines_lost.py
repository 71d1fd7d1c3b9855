"""The share of note lines with an expected fact that no sentence of the draft rests on."""

from __future__ import annotations

from eval.cases import Case
from eval.measures.measure import Measure
from eval.trial import Trial


def _score(case: Case, trial: Trial) -> float | None:
    wanted = {fact.line for fact in case.expected_facts}
    if not wanted:
        return None
    used = {line for section in trial.draft.sections for one in section.sentences for line in one.note_lines}
    return len(wanted - used) / len(wanted)


LINES_LOST = Measure(
    name="lines_lost",
    chinese="应写未写的笔记行",
    unit="share",
    higher_is_better=False,
    sees="lines that bear an expected fact and are named by no sentence",
    blind_to="a line that is named and only half told; lines nobody expects to be used",
    score=_score,
    highest=1.0,
)
