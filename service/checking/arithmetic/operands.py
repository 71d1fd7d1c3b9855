"""What a search for a derivation may reckon with: the notes' figures, and what one clause of theirs makes at sight.

A figure of a clause that lists several (午餐210份、晚餐90份), a figure and its change (41260只，比去年增加3120只) and
the ends of a dated stretch make figures of their own, so that two plain steps reach what a writer does in his head.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, compress, islice, pairwise

from service.checking.arithmetic.stretches import Stretch, stretches
from service.checking.arithmetic.terms import is_tied, own_words, per_of
from service.checking.beside import is_difference
from service.checking.claim import CALENDAR, CLOCK, Claim, once_a_claim, once_a_pool, plain_unit
from service.checking.derivation import said
from service.checking.phrases import lead_of, words_in
from service.checking.values import middle, stated
from service.domain.quantity import Kind, decimal_text
from service.language.patterns import deferred

MOST_OPERANDS = 30  # figures of the notes; the pairs of more cost more than a keystroke may wait
_LABELS = frozenset((Kind.ORDINAL, Kind.RANK, Kind.DELTA, *CALENDAR, *CLOCK))
_SHARES = frozenset((Kind.PERCENT, Kind.PERMILLE, Kind.RATIO))
_FALL = deferred(r"下降|降低|减少|降幅|少了?|缩短|压缩|压减|减|降|跌|回落|下滑|低|落后")
_PRICE = deferred(r"[单均票定]价|单[位产]|标准|每|均|/")
_LONGEST_LIST = 8  # figures of one clause that are added at sight
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True, eq=False)
class Operand:
    """A figure of the notes to reckon with, whatever the draft says; `claims` are what it is made of, the first of them
    `claim`, where it is told.

    `grain` is the place to which it is written out; `share` that it is a part of one (25% is 0.25); `hedged` that it
    is no exact number; `made` that the notes do not write it; `unpriced` that no word says what it is counted per, or
    that it is a price.
    """

    value: Decimal
    unit: str
    claim: Claim
    claims: tuple[Claim, ...]
    steps: str
    grain: Decimal
    share: bool = False
    hedged: bool = False
    made: bool = False
    unpriced: bool = False


def grain_of(value: Decimal) -> Decimal:
    """The place to which a number is written out: 100 for 41,200, 0.1 for 3.5. Pure."""
    digits = decimal_text(abs(value)) or "0"
    if "." in digits:
        return Decimal(1).scaleb(-len(digits.split(".")[1]))
    return Decimal(10) ** (len(digits) - len(digits.rstrip("0"))) if digits != "0" else Decimal(1)


@once_a_claim
def operand_of(claim: Claim) -> Operand | None:
    """A figure of the notes as it is reckoned with, None where it is a label or states no number. Pure."""
    value = middle(claim.mention)
    if claim.mention.kind in _LABELS or value is None or value <= 0:
        return None
    return Operand(
        value,
        plain_unit(claim.mention.unit),
        claim,
        (claim,),
        said(claim),
        grain_of(value),
        share=claim.mention.kind in _SHARES and (claim.mention.unit != "倍" or claim.change),
        hedged=stated(claim.mention) is None or claim.mention.approx is not None,
        unpriced=not per_of(claim) and not _PRICE.search(lead_of(claim)[-12:]),
    )


class Ground:
    """What the notes give to reckon with, made once for all figures of a draft: their figures in order, and what single
    clauses make of them at sight."""

    def __init__(self, notes: Sequence[Claim]) -> None:
        self.figures = [figure for one in notes if (figure := operand_of(one)) is not None]
        self._lengths = [_length(one) for one in stretches(notes)]
        self._made: dict[tuple[int, ...], list[Operand]] = {}

    def at_hand(self, is_tied: Callable[[Operand], bool]) -> tuple[Sequence[Operand], Sequence[Operand]]:
        """The figures that a draft's figure may be reckoned from, those that it speaks of first where there are too
        many, and what they make at sight. Pure."""
        plain: Sequence[Operand] = self.figures
        if len(plain) > MOST_OPERANDS:
            tied = [is_tied(one) for one in plain]
            lines = {one.claim.line for one in compress(plain, tied)}
            near = [not told and one.claim.line in lines for one, told in zip(plain, tied, strict=True)]
            far = [not told and not beside for told, beside in zip(tied, near, strict=True)]
            ordered = chain(*(compress(plain, chosen) for chosen in (tied, near, far)))
            plain = sorted(islice(ordered, MOST_OPERANDS), key=lambda one: one.claim.mention.start)
        return plain, self._made_of(plain)

    def _made_of(self, plain: Sequence[Operand]) -> list[Operand]:
        key = tuple(map(id, plain))
        found = self._made.get(key)
        if found is None:
            if len(self._made) >= _MOST_CHOICES:
                self._made.clear()
            found = self._made[key] = [*_made_at_sight(plain), *self._lengths]
        return found


def spoken_of(draft: Claim, one: Operand) -> bool:
    """True where the draft speaks of a figure that an operand is made of, or of what is told right before it. Pure."""
    ours, dated = own_words(draft), one.claim.mention.kind in _LABELS
    for claim in one.claims:
        if is_tied(draft, claim) or (not dated and not ours.isdisjoint(words_in(claim.earlier))):
            return True
    return False


@once_a_pool
def ground_of(notes: Sequence[Claim]) -> Ground:
    """What some notes give to reckon with. Pure."""
    return Ground(notes)


_MOST_CHOICES = 500  # choices of figures that are remembered with what they make


def _made_at_sight(plain: Sequence[Operand]) -> Iterator[Operand]:
    """The figures that one clause makes of its own: sums of what it lists, the value before a change."""
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


def _may_move(one: Operand, change: Operand) -> bool:
    same = one.claim.sentence_span == change.claim.sentence_span and one.unit == change.unit
    return same and not one.share and not is_difference(one.claim)


def _sum(members: Sequence[Operand]) -> Operand:
    return Operand(
        sum((one.value for one in members), Decimal(0)),
        members[0].unit,
        members[0].claim,
        tuple(one.claim for one in members),
        "（" + " + ".join(one.steps for one in members) + "）",
        min(one.grain for one in members),
        hedged=any(one.hedged for one in members),
        made=True,
        unpriced=all(one.unpriced for one in members),
    )


def _before(now: Operand, change: Operand) -> Operand:
    falls = bool(_FALL.search(change.claim.clause_text))
    return Operand(
        now.value + change.value if falls else abs(now.value - change.value),
        now.unit,
        now.claim,
        (now.claim, change.claim),
        f"（{now.steps} {'+' if falls else '−'} {change.steps}）",
        min(now.grain, change.grain),
        hedged=now.hedged or change.hedged,
        made=True,
        unpriced=now.unpriced,
    )


def _length(one: Stretch) -> Operand:
    told = "至".join(dict.fromkeys(said(claim) for claim in one.claims))
    steps = f"{told}（{decimal_text(one.length.quantize(_TENTH))}{one.unit}）"
    return Operand(
        one.length, one.unit, one.claims[0], one.claims, steps, Decimal(1), made=True, unpriced=True
    )  # fmt: skip
