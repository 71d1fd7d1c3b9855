"""Whether two runs over the same cases differ: paired bootstrap interval and sign test. Deterministic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb
from random import Random

ROUNDS = 4_000  # the 2.5 % ends of an interval move by less than a hundredth of its width between seeds


@dataclass(frozen=True, slots=True)
class PairedDifference:
    """Mean of second minus first, its 95 % interval, and the probability of so lopsided a count by chance."""

    mean: float
    low: float
    high: float
    better: int
    worse: int
    sign_p: float

    @property
    def seen(self) -> bool:
        """True where the interval excludes no difference."""
        return self.low > 0 or self.high < 0


def paired_difference(first: Sequence[float], second: Sequence[float], seed: int = 20240308) -> PairedDifference:
    """How `second` differs from `first`, case by case; both in the same order and not empty. Pure."""
    gaps = [after - before for before, after in zip(first, second, strict=True)]
    drawn = Random(seed)
    means = sorted(sum(drawn.choices(gaps, k=len(gaps))) / len(gaps) for _ in range(ROUNDS))
    better = sum(gap > 0 for gap in gaps)
    worse = sum(gap < 0 for gap in gaps)
    return PairedDifference(
        sum(gaps) / len(gaps),
        means[int(ROUNDS * 0.025)],
        means[int(ROUNDS * 0.975)],
        better,
        worse,
        _sign(better, worse),
    )


def _sign(better: int, worse: int) -> float:
    """Two-sided sign test; ties are left out. 1.0 where nothing moved."""
    moved = better + worse
    tail = sum(comb(moved, count) for count in range(min(better, worse) + 1))
    return min(1.0, 2.0 * tail / float(2**moved))
