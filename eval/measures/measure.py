"""What a measure is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from eval.cases import Case
from eval.trial import Trial


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of one trial. `unit` is what it counts, `lowest` and `highest` its range, None where it has no end.

    `sees` says what it looks at, `blind_to` what it cannot see. `higher_is_better` is None for a figure that only
    describes. `score` gives None for “cannot tell here”, which is counted apart and never averaged in.
    """

    name: str
    chinese: str
    unit: str
    higher_is_better: bool | None
    sees: str
    blind_to: str
    score: Callable[[Case, Trial], float | None]
    lowest: float = 0.0
    highest: float | None = None
