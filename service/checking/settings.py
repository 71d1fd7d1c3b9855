"""What an operator may tune about the checker, with the reason beside each value."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """Widths and limits of the checker.

    `overlap_chars` is the longest run of characters a draft may share with one past report: a stock sentence of this
    genre is seldom longer than 30 characters, a copied one seldom shorter. `near_low` is the lowest share of X that 近X
    may stand for. `swap_margin` is how much better another note must fit before a matching value is called swapped, in
    points of the binding score (a matching noun is worth 4).
    """

    overlap_chars: int = 40
    names: bool = True
    near_low: Decimal = Decimal("0.85")
    swap_margin: float = 1.6
    thing_alike: float = 0.6


DEFAULT = CheckSettings()
