"""A change that a draft tells of a figure of its own, by the earlier one of the notes: 216处，比上月增加28处 of 188.

The figure that changed stands right before and is supported, itself perhaps a sum; the notes give what it is compared
with. Both must be of one thing, and the way must be the one told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from service.checking.arithmetic.fit import fits
from service.checking.claim import CALENDAR, Claim, plain_unit
from service.checking.derivation import Derivation, made_of, said
from service.checking.likeness import alike
from service.checking.phrases import lead_of, way_of, words_in
from service.checking.timed import own_day
from service.checking.values import Family, factor, family, stated
from service.domain.quantity import Kind
from service.language.patterns import deferred

_COMPARES = deferred(r"[比较]|同比|环比|[高低多少]于|超[过出]?|距|[增减上下升降提缩]|差|[多少]$")
_DEMANDED = deferred(r"标准|要求|目标|任务|计划|规定|指标")
_ALIKE = 0.7
_SHARES = frozenset((Kind.PERCENT, Kind.PERMILLE, Kind.RATIO))


def told_by_comparison(claim: Claim, own: Sequence[Claim], notes: Sequence[Claim]) -> Derivation | None:
    """How a change that the draft tells comes of its own figures `own`, right before it, and one of the notes'. Pure.

    The notes' figure is of an earlier time, or what is asked for: 高于标准11个百分点.
    """
    if not _COMPARES.search(lead_of(claim)):
        return None
    for now in reversed(own[-_NEAREST:]):
        for before in notes:
            if not _earlier(before, now, claim) or not _one_thing(now, before):
                continue
            for value, sign in _changes(claim, now, before):
                if fits(claim, value):
                    steps = f"{said(now)} {sign} {said(before)}"
                    return Derivation(made_of(steps, said(claim), before), (before,))
    return None


_NEAREST = 3  # figures before the change


def _earlier(before: Claim, now: Claim, claim: Claim) -> bool:
    if before.mention.kind in CALENDAR or before.change or before.rate != now.rate:
        return False
    days = own_day(before), own_day(now)
    dated = days[0] is not None and days[0] != days[1]
    demanded = bool(_DEMANDED.search(lead_of(claim))) and (before.plan or bool(_DEMANDED.search(before.clause_text)))
    return bool(before.before) or dated or demanded


def _one_thing(now: Claim, before: Claim) -> bool:
    if family(now.mention, before.mention) is not Family.SAME:
        return False
    if (
        now.mention.kind not in _SHARES
        and before.mention.unit
        and plain_unit(now.mention.unit) != plain_unit(before.mention.unit)
    ):
        return False
    return alike(now.noun, before.noun) >= _ALIKE or bool(words_in(now.item_text) & words_in(before.item_text))


def _changes(claim: Claim, now: Claim, before: Claim) -> Iterator[tuple[Decimal, str]]:
    """What the two figures make of the claim's kind, where they moved as it tells."""
    a, b = stated(now.mention), stated(before.mention)
    if a is None or b is None or not b or a == b:
        return
    b *= factor(now.mention, before.mention) or 1
    way = way_of(claim)
    if way and (a > b) is not (way == "up"):
        return
    shares = now.mention.kind in _SHARES
    if claim.mention.kind is Kind.POINT:
        if shares:
            yield abs(a - b) * 100, "−"
    elif claim.mention.kind in _SHARES:
        if not shares:
            yield abs(a - b) / b, "比"
    elif not shares and plain_unit(claim.mention.unit) == plain_unit(now.mention.unit):
        yield abs(a - b), "−"
