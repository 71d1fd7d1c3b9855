"""The values that the notes' figures make in one step, for a draft's figure to be one of them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import combinations

from service.checking.arithmetic.costs import (
    APART,
    WHOLE_LIST,
    Charge,
    Costs,
    Trial,
    apart,
    apart_in_kind,
    moved_by,
    of_a_list,
    of_a_sum,
)
from service.checking.arithmetic.licence import Licence
from service.checking.arithmetic.operands import Ground, Operand
from service.checking.arithmetic.terms import counts, is_part_of_share, per_of
from service.checking.beside import is_difference
from service.checking.claim import Claim, plain_unit
from service.checking.phrases import no_term, way_of
from service.domain.quantity import Kind
from service.language.numbers import convertible, same_counter
from service.language.numbers.units import unit_of

_ONE = Decimal(1)
_POINTS, _BASIS_POINTS = Decimal(100), Decimal(10_000)  # of a share of one
_STRAY = 3.0  # bits: two shares that nothing in the draft speaks of, a share where it tells of a growth
_NOT_PER = 2.5  # bits: a product or quotient of two figures of which none says what it is counted per
_LONGEST_RUN = 8
_LONGEST_COLUMN = 24  # figures of one thing in a table or a log


class Trials:
    """All values that operands make in one step and that a draft's figure might be, in its unit.

    Values come first and what they ask to be believed only for a figure that some value hits: of the figures that no
    note supports four in five are hit by none.
    """

    def __init__(self, draft: Claim, ground: Ground) -> None:
        self.draft = draft
        self.unit = plain_unit(draft.mention.unit)
        self.costs = Costs(draft, ground)
        self.plain, self.made = self.costs.plain, self.costs.made
        self.every = [*self.plain, *self.made]
        self.share = draft.mention.kind in (Kind.PERCENT, Kind.PERMILLE, Kind.RATIO) and draft.mention.unit != "倍"
        self.times = draft.mention.unit == "倍"
        self.point = draft.mention.kind is Kind.POINT
        self.points = _BASIS_POINTS if self.unit.endswith("基点") else _POINTS
        self.per = per_of(draft)
        self.asked = bool(self.per or draft.rate)
        self.way = way_of(draft)
        self._units: dict[str, Decimal | None] = {}

    def each(self) -> Iterator[Trial]:
        """Every trial. None is repeated; their order tells nothing."""
        if self.share or self.times or self.point:
            for one, other in self._pairs_of_a_unit():
                yield from self._pair_of_a_unit(one, other)
        else:
            yield from self._runs()
            yield from self._alone()
            yield from self._pairs()
        if self.share and not self.draft.change:
            yield from (
                Trial(_ONE - one.value, Licence.SHARE, (one,), "1 −", 1.5)
                for one in self.plain
                if one.share and self.costs.is_tied(one)
            )

    def _pairs_of_a_unit(self) -> Iterator[tuple[Operand, Operand]]:
        """The pairs that a share or multiple can be of: of one unit, or two shares."""
        units: dict[tuple[str, bool], list[Operand]] = {}
        for one in self.every:
            unit = unit_of(one.unit)
            units.setdefault((unit.dimension if unit and not unit.is_counter else "", one.share), []).append(one)
        for members in units.values():
            yield from combinations(members, 2)

    def _pair_of_a_unit(self, one: Operand, other: Operand) -> Iterator[Trial]:
        # 午餐 is seven tenths of 午餐 and 晚餐 together: for a share a member may stand beside its list.
        if not self.share and _overlapping(one, other):
            return
        if one.share:
            yield from self._of_shares(one, other)
        elif self.share or self.times:
            by = _into_unit(other.unit, one.unit)
            if by is not None and one.claim.mention.when is None and other.claim.mention.when is None:
                yield from self._ratios(one, other, by)

    def _pairs(self) -> Iterator[Trial]:
        """What two figures make, the first of them of the draft's unit."""
        usable = [(one, by) for one in self.every if (by := self._in_unit(one)) is not None]
        others = [one for one in self.every if self._in_unit(one) is None]
        for (one, mine), (other, theirs) in combinations(usable, 2):
            if not _overlapping(one, other):
                yield from self._quantities(one, other, mine, theirs)
        for one, mine in usable:
            rated = self.asked or not one.unpriced
            for other in others:
                if not (rated or other.share) or _overlapping(one, other):
                    continue
                yield from self._by_share(one, other, mine) if other.share else self._rated(one, other, mine)

    def _alone(self) -> Iterator[Trial]:
        """What the notes make at sight and the draft writes: the figure before a change, the length of a stretch."""
        for one in self.made:
            by = self._in_unit(one)
            if by is not None and one.claim.mention.when is not None:
                yield Trial(one.value * by, Licence.NONE, (one,), "")
            elif by is not None and any(is_difference(claim) for claim in one.claims):
                yield Trial(one.value * by, Licence.DIFFERENCE, (one,), "")

    def _of_shares(self, one: Operand, other: Operand) -> Iterator[Trial]:
        high, low = (one, other) if one.value >= other.value else (other, one)
        if self.point:
            yield Trial((high.value - low.value) * self.points, Licence.DIFFERENCE, (high, low), "−")
        elif self.share and not (one.hedged or other.hedged or one.claim.change or other.claim.change):
            tied = self.costs.is_tied(one) and self.costs.is_tied(other)
            yield Trial(high.value + low.value, Licence.SHARE, (one, other), "+", 0.5 if tied else _STRAY)

    def _by_share(self, one: Operand, rate: Operand, by: Decimal) -> Iterator[Trial]:
        """What a share makes of a figure: the part, the whole, and both sides of a growth."""
        value, moved = one.value * by, rate.claim.change
        if not moved:
            yield Trial(value / rate.value, Licence.PRODUCT, (one, rate), "÷")
            if is_part_of_share(one.claim, rate.claim):
                return
            yield Trial(value * rate.value, Licence.PRODUCT, (one, rate), "×")
            if rate.value < 1:
                yield Trial(value * (1 - rate.value), Licence.DIFFERENCE, (one, rate), "×（1−）")
                yield Trial(value / rate.value - value, Licence.DIFFERENCE, (one, rate), "÷…−")
            return
        if way_of(rate.claim) != "down":
            yield Trial(value / (1 + rate.value), Licence.GROWTH, (one, rate), "÷（1+）")
            yield Trial(value * (1 + rate.value), Licence.GROWTH, (one, rate), "×（1+）", 1.0)
        elif rate.value < 1:
            yield Trial(value / (1 - rate.value), Licence.GROWTH, (one, rate), "÷（1−）")
            yield Trial(value * (1 - rate.value), Licence.GROWTH, (one, rate), "×（1−）", 1.0)

    def _ratios(self, one: Operand, other: Operand, by: Decimal) -> Iterator[Trial]:
        a, b = one.value, other.value * by
        if a == b:
            if self.share and self.costs.is_tied(one) and self.costs.is_tied(other):
                yield Trial(_ONE, Licence.SHARE, (one, other), "÷")
            return
        high, low, top, bottom = (one, other, a, b) if a > b else (other, one, b, a)
        if self.share:
            stray = _STRAY * self.draft.change
            yield Trial(bottom / top, Licence.SHARE, (low, high), "÷", stray, apart_in_kind)
            if _overlapping(one, other):
                return
            # 64 to 48 is a fall by a quarter of the 64, never by a third of the 48.
            tied = self.costs.is_tied(one) and self.costs.is_tied(other)
            untold = 0.0 if tied else _STRAY
            if self.way != "up":
                yield Trial((top - bottom) / top, Licence.GROWTH, (high, low), "降", untold, apart_in_kind)
            if self.way != "down" and top < 4 * bottom:
                yield Trial((top - bottom) / bottom, Licence.GROWTH, (high, low), "增", untold, apart_in_kind)
        elif bottom:  # 31件，比上年增加31件: no figure is a multiple of nothing
            yield Trial(top / bottom, Licence.MULTIPLE, (high, low), "÷")
            yield Trial((top - bottom) / bottom, Licence.MULTIPLE, (high, low), "增", 0.5)

    def _quantities(self, one: Operand, other: Operand, mine: Decimal, theirs: Decimal) -> Iterator[Trial]:
        """What two figures of the draft's unit make: their difference, and their sum where no run holds it."""
        if _into_unit(other.unit, one.unit) is None:
            yield from self._rated(one, other, mine)
            yield from self._rated(other, one, theirs)
        elif is_difference(one.claim) == is_difference(other.claim) and not (
            no_term(one.claim) or no_term(other.claim)
        ):
            # 31件，比上年少9件: what was before is made at sight, and nothing else is
            a, b = one.value * mine, other.value * theirs
            high, low = (one, other) if a >= b else (other, one)
            yield Trial(abs(a - b), Licence.DIFFERENCE, (high, low), "−", 0.0, moved_by)
            if not _neighbours(one, other):
                yield self._sum((one, other), a + b)

    def _rated(self, one: Operand, other: Operand, by: Decimal) -> Iterator[Trial]:
        """A figure of the draft's unit by a count of another: what a rate comes to, and what a total is shared into."""
        if other.value <= 1 or other.unit in ("", "%"):
            return
        if not self.asked and one.unpriced:
            return
        told = {word[:1] for _, word in self.per}
        per = [pair for pair in per_of(one.claim) if pair[1][:1] not in told]
        fit = next((pair for pair in per if _counts(other, pair[1], one.claim)), None)
        value = one.value * by
        if fit is not None:
            times = other.value * _into(other.unit, fit[1]) / fit[0]
            yield Trial(value * times, Licence.PRODUCT, (one, other), "×")
        elif (per or not one.unpriced) and one.value != 1:
            yield Trial(value * other.value, Licence.PRODUCT, (one, other), "×", _NOT_PER)
        if not self.asked:
            return
        among = any(_counts(other, word, None) for _, word in self.per)
        vague = not self.per or any(word[:1] in "平均" for _, word in self.per)
        more = 0.0 if among else 1.0 if vague else _NOT_PER
        yield Trial(value / other.value, Licence.QUOTIENT, (one, other), "÷", more)

    def _runs(self) -> Iterator[Trial]:
        """Sums of two and more neighbours, and what a whole leaves besides several parts told after it."""
        added = [one for one in self.plain if not one.share and not no_term(one.claim)]
        terms = [(one, by) for one in added if (by := self._in_unit(one)) is not None]
        for start, (first, by) in enumerate(terms):
            value, members = first.value * by, [first]
            rest = value
            for one, factor in terms[start + 1 : start + _LONGEST_RUN]:
                if apart(members[-1], one) >= APART:
                    break
                value += one.value * factor
                rest -= one.value * factor
                members.append(one)
                yield self._sum(tuple(members), value, 0.0, of_a_list)
                if len(members) > 2 and rest > 0 and first.claim.sentence_span == one.claim.sentence_span:
                    yield Trial(rest, Licence.DIFFERENCE, tuple(members), "−")
        things: dict[tuple[str, str], list[tuple[Operand, Decimal]]] = {}
        for one, by in terms:
            if one.claim.noun:
                things.setdefault((one.claim.noun, one.unit), []).append((one, by))
        for group in things.values() if len(things) > 1 else ():  # a column, whose figures others stand between
            if 2 <= len(group) <= _LONGEST_COLUMN and group[0][0].claim.line != group[-1][0].claim.line:
                value = sum((one.value * by for one, by in group), Decimal(0))
                yield self._sum(tuple(one for one, _ in group), value, -WHOLE_LIST)
        tied = [(one, by) for one, by in terms if self.costs.is_tied(one)]
        if 3 <= len(tied) <= 12 and tied[0][0].claim.line != tied[-1][0].claim.line:
            value = sum((one.value * by for one, by in tied), Decimal(0))
            yield self._sum(tuple(one for one, _ in tied), value, -1.0)

    @staticmethod
    def _sum(members: tuple[Operand, ...], value: Decimal, more: float = 0.0, charge: Charge | None = None) -> Trial:
        licence = Licence.TOTAL if len(members) > 2 else Licence.SUM
        return Trial(value, licence, members, "+", more, charge or of_a_sum)

    def _in_unit(self, one: Operand) -> Decimal | None:
        """What turns an operand into the draft's unit, None where it is another thing's."""
        if one.share:
            return None
        if one.unit not in self._units:
            # 264人次 in 88台次 are 3人 in each
            visits = bool(self.per) and one.unit == "人次" and same_counter(self.unit, "人")
            self._units[one.unit] = _ONE if visits else _into_unit(one.unit, self.unit)
        return self._units[one.unit]


@lru_cache(maxsize=4096)
def _into_unit(unit: str, other: str) -> Decimal | None:
    if unit == other or (unit and other and same_counter(unit, other)):
        return _ONE
    if other == "人次" and same_counter(unit, "人"):
        return _ONE  # 213人 one day and 187人 another are 400人次
    return convertible(unit, other) if unit and other else None


@lru_cache(maxsize=4096)
def _into(unit: str, word: str) -> Decimal:
    """What turns a count into what a rate is per: 1000 for 吨 by a price of each 公斤."""
    return (
        next((by for size in range(len(word), 0, -1) if (by := convertible(unit, word[:size])) is not None), _ONE)
        if unit
        else _ONE
    )


def _counts(other: Operand, word: str, rated: Claim | None) -> bool:
    return (
        any(counts(one, word, rated) for one in other.claims)
        or (bool(other.unit) and word.startswith(other.unit))
        or any(convertible(other.unit, word[:size]) is not None for size in range(1, len(word) + 1) if other.unit)
    )


def _overlapping(one: Operand, other: Operand) -> bool:
    if len(one.claims) == len(other.claims) == 1:
        return False
    return any(a is b for a in one.claims for b in other.claims)


def _neighbours(one: Operand, other: Operand) -> bool:
    return len(one.claims) == len(other.claims) == 1 and apart(one, other) < APART and _next(one, other)


def _next(one: Operand, other: Operand) -> bool:
    return 0 < other.claim.mention.start - one.claim.mention.end < 60
