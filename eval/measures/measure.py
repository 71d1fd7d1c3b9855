"""What a measure is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from eval.cases import Case
from service.domain.draft import Draft


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of one draft. `unit` is `share` (0 to 1) or a count; `blind_to` says what it cannot see.

    `score` gives None where the case says nothing about it.
    """

    name: str
    chinese: str
    unit: str
    higher_is_better: bool
    blind_to: str
    score: Callable[[Case, Draft], float | None]
