"""The share of the draft that says again what it has said: sentences all but equal to an earlier one."""

from __future__ import annotations

import re
from itertools import pairwise

from eval.cases import Case
from eval.measures.measure import Measure
from eval.trial import Trial

_LEAST = 10  # characters; shorter sentences are labels that a list repeats
_ALIKE = 0.85  # Dice of neighbouring characters, figures among them: the same sentence with another figure is another


def _score(case: Case, trial: Trial) -> float | None:
    text = re.sub(r"【待补：[^】]*】", "", trial.draft.text)
    sentences = [one.strip() for one in re.split(r"[。；\n]", text) if len(one.strip()) >= _LEAST]
    if not sentences:
        return None
    pairs = [_pairs(one) for one in sentences]
    again = sum(
        len(one)
        for at, one in enumerate(sentences)
        if any(_alike(pairs[at], pairs[before]) >= _ALIKE for before in range(at))
    )
    return again / sum(map(len, sentences))


def _pairs(sentence: str) -> frozenset[str]:
    numbered = re.sub(r"\d+", lambda found: f"<{found.group()}>", sentence)
    figures = {f"#{one}" for one in re.findall(r"\d+", numbered)}
    return frozenset({a + b for a, b in pairwise(sentence)} | figures)


def _alike(first: frozenset[str], second: frozenset[str]) -> float:
    return 2 * len(first & second) / (len(first) + len(second))


REPETITION = Measure(
    name="repetition",
    chinese="重复句占比",
    unit="share",
    higher_is_better=False,
    sees="characters of sentences whose pairs of characters are 85 % those of an earlier sentence",
    blind_to="the same fact told again in other words; repetition of labels and placeholders",
    score=_score,
    highest=1.0,
)
