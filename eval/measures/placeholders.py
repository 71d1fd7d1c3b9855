"""The share of gaps that a tracked placeholder marks in the text itself, where an approval cannot overlook it."""

from __future__ import annotations

import re

from eval.cases import Case
from eval.measures.measure import Measure
from eval.trial import Trial

_PLACEHOLDER = re.compile("【待补：([^】]*)】")


def placeholders(text: str) -> list[str]:
    """What the placeholders of a text say is missing, each once. Pure."""
    return list(dict.fromkeys(_PLACEHOLDER.findall(text)))


def _score(case: Case, trial: Trial) -> float | None:
    if not case.must_ask:
        return None
    marked = "\n".join(placeholders(trial.draft.text))
    return sum(word in marked for word in case.must_ask) / len(case.must_ask)


PLACEHOLDERS = Measure(
    name="placeholders",
    chinese="缺项标注率",
    unit="share",
    higher_is_better=True,
    sees="words of the gaps that a 【待补：…】 of the text holds",
    blind_to="a placeholder in the wrong section; placeholders nobody needed",
    score=_score,
    highest=1.0,
)
