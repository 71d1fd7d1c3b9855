"""The share of the numbers that the case expects which the draft holds."""

from __future__ import annotations

import re

from eval.cases import Case
from eval.measures.measure import Measure
from eval.trial import Trial

_DIGIT = re.compile(r"[\d〇零一二三四五六七八九十百千万亿]")


def _score(case: Case, trial: Trial) -> float | None:
    numbers = [part for fact in case.expected_facts for part in fact.parts if any(_DIGIT.search(one) for one in part)]
    if not numbers:
        return None
    return sum(any(one in trial.draft.text for one in part) for part in numbers) / len(numbers)


NUMBER_RECALL = Measure(
    name="number_recall",
    chinese="数字覆盖率",
    unit="share",
    higher_is_better=True,
    sees="numbers of the expected facts, in any of their right forms, anywhere in the draft",
    blind_to="what the number is told of; numbers of the notes that the case does not expect",
    score=_score,
    highest=1.0,
)
