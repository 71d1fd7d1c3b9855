"""The share of note lines whose fate the draft tells: a sentence rests on it, or it is listed with a reason."""

from __future__ import annotations

from eval.cases import Case
from eval.measures.measure import Measure
from eval.trial import Trial
from service.domain.text import split_lines


def _score(case: Case, trial: Trial) -> float | None:
    lines = {line.number for line in split_lines(case.notes).lines if line.text.strip()}
    used = {number for section in trial.draft.sections for one in section.sentences for number in one.note_lines}
    listed = {one.line for one in trial.draft.unused_notes if one.reason}
    return len(lines & (used | listed)) / len(lines) if lines else None


LINES_TOLD = Measure(
    name="lines_told",
    chinese="笔记行去向",
    unit="share",
    higher_is_better=True,
    sees="note lines that a sentence names or that are listed as unused with a reason",
    blind_to="a line only half of which was used",
    score=_score,
    highest=1.0,
)
