"""How far evaluators agree: Krippendorff's alpha for ordered scores. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence


def krippendorff_alpha(ratings: Sequence[Mapping[str, int]]) -> float | None:
    """Alpha with the ordinal metric over units, each a mapping of rater to score; None where nothing can be said.

    1 is full agreement, 0 what chance gives. Units with fewer than two ratings do not count. Where all ratings are one
    and the same value there is nothing to agree about, and None says so.
    """
    units = [list(one.values()) for one in ratings if len(one) >= 2]
    totals = Counter(value for unit in units for value in unit)
    count = totals.total()
    if count < 2 or len(totals) < 2:
        return None
    observed = 0.0
    for unit in units:
        pairs = sum(_distance(a, b, totals) for a in unit for b in unit)
        observed += pairs / (len(unit) - 1)
    expected = sum(totals[a] * totals[b] * _distance(a, b, totals) for a in totals for b in totals)
    return 1 - (observed / count) / (expected / (count * (count - 1)))


def _distance(one: int, other: int, totals: Counter[int]) -> float:
    if one == other:
        return 0.0
    low, high = min(one, other), max(one, other)
    between = sum(totals[value] for value in totals if low <= value <= high)
    return (between - (totals[low] + totals[high]) / 2) ** 2
