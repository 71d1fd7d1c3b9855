"""Whether a reckoned value is what a draft writes, to the last place that it writes."""

from __future__ import annotations

import re
from decimal import Decimal

from service.checking.claim import Claim, once_a_claim
from service.checking.values import stated
from service.domain.quantity import Approx, Kind
from service.language.patterns import deferred

_WRITTEN = deferred(r"[\d０-９][\d０-９,，]{0,40}(?:[.．]([\d０-９]{1,6}))?")
# 约X of a reckoned value is a rounding of it; a tenth to either side would fit whatever else the notes hold.
_ABOUT = Decimal("0.03")
_OVER, _NEAR = Decimal("1.2"), Decimal("0.85")  # 超过X and 近X without another bound
_HALF = Decimal("0.5")
_INFINITE = Decimal("Infinity")
_SHARE_STEPS = {"成": Decimal("0.05"), "半": Decimal("0.04"), "分之": Decimal("0.03")}


def fits(draft: Claim, value: Decimal) -> bool:
    """True where `value`, in the draft's unit, is the draft's number as far as it is written out or hedged. Pure."""
    reach = _reach(draft)
    return reach is not None and reach[0] <= value <= reach[1]


@once_a_claim
def _reach(draft: Claim) -> tuple[Decimal, Decimal] | None:
    """The least and the greatest value that the draft's number may stand for; None where it is no number."""
    amount, hedge = draft.mention.amount, draft.mention.approx
    if amount is None:
        return None
    if amount.exact and amount.lo == 1 and draft.mention.kind in (Kind.PERCENT, Kind.RATIO):
        return amount.lo, amount.lo  # 209 of 210 are not 100%
    if amount.exact and amount.lo is not None:
        half = step_of(draft, amount.lo) / 2
        return amount.lo - half, amount.lo + half
    lo = -_INFINITE if amount.lo is None else amount.lo
    hi = _INFINITE if amount.hi is None else amount.hi
    middle = stated(draft.mention)
    if hedge is Approx.ABOUT and middle:
        about = max(middle * _ABOUT, step_of(draft, middle) / 2)
        return max(lo, middle - about), min(hi, middle + about)
    if hedge is Approx.OVER and amount.hi is None and amount.lo:
        return lo, amount.lo * _OVER
    if hedge is Approx.NEAR and amount.lo is None and amount.hi:
        return amount.hi * _NEAR, hi
    return lo, hi


def step_of(draft: Claim, value: Decimal) -> Decimal:
    """What one step of the last written digit is worth: 0.1万 for 6.5万, 1% for 93%; 0 where nothing may be rounded.

    Pure.
    """
    text = draft.mention.text
    if draft.mention.kind is Kind.RATIO:
        for word, step in _SHARE_STEPS.items():
            if word in text:
                return step
    if draft.mention.kind is Kind.DURATION and "半" in text:
        return _HALF  # 一年半 and 两个半小时 are written to the half
    found = _WRITTEN.search(text)
    if found is None:
        return Decimal(1) if value == value.to_integral_value() and value < 1000 else Decimal(0)
    if draft.mention.kind is Kind.DURATION and _WRITTEN.search(text, found.end()):
        return Decimal(1)  # 1小时22分钟 is written to the minute
    number = Decimal(re.sub("[,，]", "", found.group()).replace("．", "."))
    if not number:
        return Decimal(0)
    return value / number * Decimal(1).scaleb(-len(found[1] or ""))
