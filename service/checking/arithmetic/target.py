"""How telling it is to hit a draft's figure: the bits that its digits hold, at the precision it is written to."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import log2

from service.checking.arithmetic.fit import step_of
from service.checking.arithmetic.operands import grain_of
from service.checking.claim import Claim
from service.checking.values import stated
from service.domain.quantity import Approx, Kind
from service.language.patterns import deferred

# Natural width, in units of the figure itself, of the numbers somebody may write by mistake: a third to three times it.
_SPREAD = 2.2
_PERCENT_BITS = 6.6  # a whole percentage is one of a hundred
_TENTHS = deferred("成|半")


@dataclass(frozen=True, slots=True)
class Target:
    """A draft's figure to be hit: the closed range of values that it may stand for, and that which its hedge allows.

    `step` is what one step of its last written digit is worth.
    """

    value: Decimal
    lo: Decimal
    hi: Decimal
    wide_lo: Decimal
    wide_hi: Decimal
    step: Decimal
    share: bool
    coarse: bool

    def hit(self, value: Decimal) -> bool:
        """True where the figure may stand for `value`, its hedge allowed for. Pure."""
        return self.lo <= value <= self.hi or self.wide_lo <= value <= self.wide_hi

    def bits(self, value: Decimal, grain: Decimal) -> float:
        """How many bits a hit by `value`, known to `grain`, tells; 0 where it is no hit. Pure."""
        if self.lo <= value <= self.hi:
            if self.share:
                return 3.3 if self.coarse else max(_PERCENT_BITS, log2(1 / self.step)) if self.step else _PERCENT_BITS
            width = max(self.step, min(grain, self.value)) or Decimal(1)
            return log2(_SPREAD * float(self.value / width) + 1)
        if self.wide_lo <= value <= self.wide_hi:
            width = self.wide_hi - self.wide_lo
            return log2(_SPREAD * float(self.value / width) + 1) if width else 0.0
        return 0.0


def target_of(draft: Claim) -> Target | None:
    """What has to be hit for a draft's figure; None where it states no number. Pure."""
    amount, hedge, value = draft.mention.amount, draft.mention.approx, stated(draft.mention)
    if value is None and amount is not None and amount.lo is not None and amount.hi is not None:
        value = (amount.lo + amount.hi) / 2  # 三分之一 has no finite decimal
    if amount is None or value is None or value <= 0 or amount.lo is None:
        return None  # 不超过2000元 is a rule that somebody set, and nothing reckoned
    share = draft.mention.kind in (Kind.PERCENT, Kind.PERMILLE, Kind.RATIO) and draft.mention.unit != "倍"
    step = step_of(draft, value)
    half = Decimal(0) if share and value == 1 else step / 2  # 209 of 210 are not 100%
    lo, hi = (value, value) if hedge in (Approx.OVER, Approx.NEAR) else (value - half, value + half)
    wide = _wide(draft, value, step)
    return Target(
        value, lo, hi, *wide, step, share, bool(_TENTHS.search(draft.mention.text)) or "分之" in draft.mention.text
    )


def _wide(draft: Claim, value: Decimal, step: Decimal) -> tuple[Decimal, Decimal]:
    hedge = draft.mention.approx
    if hedge is Approx.ABOUT:
        reach = max(value * Decimal("0.03"), step / 2)
        return value - reach, value + reach
    coarse = draft.mention.kind is Kind.RATIO or value / grain_of(value) < 10  # 近三千, and not 近2.7万
    if hedge is Approx.OVER:
        return value, value * Decimal("1.2") if coarse else value + grain_of(value)
    if hedge is Approx.NEAR:
        return value * Decimal("0.85") if coarse else value - grain_of(value), value
    return value, value
