"""Colloquial residue: words of the chat that an official report does not use, for every 1,000 characters."""

from __future__ import annotations

import re

from eval.cases import Case
from eval.measures.measure import Measure
from eval.trial import Trial

# Closed-class particles and light verbs of speech; none of them has a place in a report's own sentences.
_COLLOQUIAL = re.compile(r"搞|弄|咱|啥|挺|哈哈|嘛|呗|哦|啦|咋|差不多|大伙|好多|干了|去了|来了|没弄|整了")


def _score(case: Case, trial: Trial) -> float | None:
    if not trial.draft.text:
        return None
    return 1000 * len(_COLLOQUIAL.findall(trial.draft.text)) / len(trial.draft.text)


REGISTER = Measure(
    name="register",
    chinese="口语残留（每千字）",
    unit="count",
    higher_is_better=False,
    sees="words of the chat (搞, 咱, 大伙, 没弄 …) in the whole text",
    blind_to="clumsy sentences made of official words; 搞 inside a quoted name",
    score=_score,
)
