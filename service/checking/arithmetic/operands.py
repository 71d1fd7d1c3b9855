"""What a search for a derivation may reckon with: the notes' figures, and what one clause of theirs makes at sight.

A figure of a clause that lists several (午餐210份、晚餐90份), a figure and its change (41260只，比去年增加3120只) and
the ends of a dated stretch make figures of their own, so that two plain steps reach what a writer does in his head.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from service.checking.arithmetic.stretches import Stretch, stretches
from service.checking.arithmetic.terms import own_words, per_of, tie
from service.checking.beside import is_difference
from service.checking.claim import CALENDAR, CLOCK, Claim, plain_unit
from service.checking.derivation import said
from service.checking.phrases import lead_of, words_in
from service.checking.values import stated
from service.domain.quantity import Kind, decimal_text
from service.language.patterns import deferred

MOST_OPERANDS = 30  # figures of the notes; the pairs of more cost more than a keystroke may wait
_LABELS = frozenset((Kind.ORDINAL, Kind.RANK, Kind.DELTA, *CALENDAR, *CLOCK))
_SHARES = frozenset((Kind.PERCENT, Kind.PERMILLE, Kind.RATIO))
_FALL = deferred(r"下降|降低|减少|降幅|少了?|缩短|压缩|压减|减|降|跌|回落|下滑|低|落后")
_PRICE = deferred(r"[单均票定]价|单[位产]|标准|每|均|/")
_LONGEST_LIST = 8  # figures of one clause that are added at sight
_HEDGED = 2.0  # bits: an exact figure reckoned from a rounded one
_MADE = 1.0  # bits: what a figure made at sight costs over a written one


@dataclass(frozen=True, slots=True, eq=False)
class Operand:
    """A figure to reckon with. `grain` is the place to which it is written out, `cost` what its making costs in bits.

    `tied` tells that the draft speaks its words; `share` that it is a part of one (25% is 0.25); `unpriced` that no
    word says what it is counted per, or that it is a price.
    """

    value: Decimal
    unit: str
    claims: tuple[Claim, ...]
    steps: str
    grain: Decimal
    tied: bool
    share: bool = False
    hedged: bool = False
    cost: float = 0.0

    unpriced: bool = False

    @property
    def claim(self) -> Claim:
        """The figure that stands for it where it is told."""
        return self.claims[0]


def grain_of(value: Decimal) -> Decimal:
    """The place to which a number is written out: 100 for 41,200, 0.1 for 3.5. Pure."""
    digits = decimal_text(abs(value)) or "0"
    if "." in digits:
        return Decimal(1).scaleb(-len(digits.split(".")[1]))
    return Decimal(10) ** (len(digits) - len(digits.rstrip("0"))) if digits != "0" else Decimal(1)


def operands(draft: Claim, notes: Sequence[Claim]) -> list[Operand]:
    """The figures that a draft's figure may be reckoned from, in order of the notes; those it speaks of first where
    there are too many. Pure."""
    found = []
    ours = own_words(draft)
    for one in notes:
        value = stated(one.mention)
        if one.mention.kind in _LABELS or value is None or value <= 0:
            continue
        share = one.mention.kind in _SHARES and one.mention.unit != "倍"
        hedged = one.mention.amount is None or not one.mention.amount.exact
        cost = _HEDGED if hedged and draft.mention.approx is None else 0.0
        tied = tie(draft, one) > 0 or bool(ours & words_in(one.earlier))
        unpriced = not per_of(one) and not _PRICE.search(lead_of(one)[-12:])
        found.append(
            Operand(
                value,
                plain_unit(one.mention.unit),
                (one,),
                said(one),
                grain_of(value),
                tied,
                share,
                hedged,
                cost,
                unpriced,
            )
        )
    if len(found) <= MOST_OPERANDS:
        return found
    lines = {one.claim.line for one in found if one.tied}
    ordered = sorted(found, key=lambda one: (not one.tied, one.claim.line not in lines))[:MOST_OPERANDS]
    return sorted(ordered, key=lambda one: one.claim.mention.start)


def _unit(draft: Claim, one: Claim) -> str:
    unit = plain_unit(one.mention.unit)
    # A ledger leaves 元 out after 万: 救助资金7.8万.
    return "元" if not unit and draft.mention.kind is Kind.MONEY and said(one)[-1:] in ("万", "亿") else unit


def made_at_sight(draft: Claim, plain: Sequence[Operand], notes: Sequence[Claim]) -> Iterator[Operand]:
    """The figures that one clause makes of its own: sums of what it lists, the value before a change, the length of a
    stretch it dates. Pure."""
    clauses: dict[tuple[tuple[int, int], str], list[Operand]] = {}
    for one in plain:
        if not one.share:
            clauses.setdefault((one.claim.clause_span, one.unit), []).append(one)
    for members in clauses.values():
        if 2 <= len(members) <= _LONGEST_LIST:
            yield _sum(members)
    for one, other in pairwise(plain):
        near = one.claim.sentence_span == other.claim.sentence_span and one.unit == other.unit
        near = near and one.claim.clause_span != other.claim.clause_span and not is_difference(other.claim)
        if near and not one.share and not other.share:
            yield _sum((one, other))
    for index, change in enumerate(plain):
        if not change.share and is_difference(change.claim):
            now = next((one for one in reversed(plain[:index]) if _may_move(one, change)), None)
            if now is not None:
                yield _before(now, change)
    yield from (_length(draft, one) for one in stretches(notes))


def _may_move(one: Operand, change: Operand) -> bool:
    same = one.claim.sentence_span == change.claim.sentence_span and one.unit == change.unit
    return same and not one.share and not is_difference(one.claim)


def _sum(members: Sequence[Operand]) -> Operand:
    claims = tuple(one.claim for one in members)
    steps = "（" + " + ".join(one.steps for one in members) + "）"
    value = sum((one.value for one in members), Decimal(0))
    grain = min(one.grain for one in members)
    tied, hedged = any(one.tied for one in members), any(one.hedged for one in members)
    unpriced = all(one.unpriced for one in members)
    return Operand(value, members[0].unit, claims, steps, grain, tied, hedged=hedged, cost=_MADE, unpriced=unpriced)


def _before(now: Operand, change: Operand) -> Operand:
    falls = bool(_FALL.search(change.claim.clause_text))
    value = now.value + change.value if falls else abs(now.value - change.value)
    steps = f"（{now.steps} {'+' if falls else '−'} {change.steps}）"
    claims = (now.claim, change.claim)
    tied, hedged = now.tied or change.tied, now.hedged or change.hedged
    grain = min(now.grain, change.grain)
    return Operand(value, now.unit, claims, steps, grain, tied, hedged=hedged, cost=_MADE, unpriced=now.unpriced)


def _length(draft: Claim, one: Stretch) -> Operand:
    tied = any(tie(draft, claim) > 0 for claim in one.claims)
    told = "至".join(dict.fromkeys(said(claim) for claim in one.claims))
    steps = f"{told}（{decimal_text(one.length.quantize(_TENTH))}{one.unit}）"
    return Operand(one.length, one.unit, one.claims, steps, Decimal(1), tied, cost=_MADE, unpriced=True)


_TENTH = Decimal("0.1")
