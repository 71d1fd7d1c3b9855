"""What a value made of the notes' figures asks to be believed, in bits.

A step that the words allow costs nothing, one that only the notes' words suggest little, any other more; figures told
in one breath cost nothing, figures far apart much; a figure that the draft does not speak of costs its share too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from service.checking.arithmetic.licence import Licence, licences
from service.checking.arithmetic.operands import Ground, Operand, spoken_of
from service.checking.beside import is_difference
from service.checking.claim import Claim, plain_unit
from service.checking.likeness import alike
from service.checking.phrases import tells_new
from service.language.numbers import convertible

_ZERO = Decimal(0)
_SUGGESTED, _UNASKED = 1.0, 3.0  # bits: an operation that the notes' words suggest, and one that no words do
_HEDGED = 2.0  # bits: an exact figure reckoned from a rounded one
_MADE = 1.0  # bits: what a figure made at sight costs over a written one
_UNTIED = 1.3  # bits: a figure that the draft does not speak of
_SENTENCE, _LINE, _NEXT_LINES, _ONE_THING, APART = 0.3, 0.8, 1.2, 1.2, 4.0  # bits: how far apart two figures stand
_NEAR_LINES = 3
_ANOTHER_TERM = 0.4  # bits: each term of a sum beyond two
_UNLIKE = 1.5  # bits: terms of a sum that count two things
_OTHER_COUNTER = 0.7  # bits: 个 in the place of 人
_MOVED = 1.5  # bits: what a figure that moved in one clause (由300元提高到500元) gains by being its own change
WHOLE_LIST = 1.5  # bits: what a sum gains by being of all that one sentence lists
_CURRENT = 1.0  # bits: a plan reckoned with what is done, last year's with this year's, in a sum


# What a trial asks besides its operation, its operands and how far apart they stand; weighed only after a hit.
Charge = Callable[["Costs", Sequence[Operand]], float]


@dataclass(slots=True, eq=False)
class Trial:
    """A value that some figures make: the operation, the operands, how it is written, the bits it asks for besides."""

    value: Decimal
    operation: Licence
    operands: tuple[Operand, ...]
    sign: str
    more: float = 0.0
    charge: Charge | None = None

    @property
    def grain(self) -> Decimal:
        """The place to which the value is known: 0 for a product or quotient, and for a length of time."""
        if self.operation is Licence.NONE or self.sign not in "+−":
            return _ZERO
        return min(one.grain for one in self.operands)


class Costs:
    """What the trials for one figure of a draft ask, among the figures `plain` and what those make at sight, `made`."""

    def __init__(self, draft: Claim, ground: Ground) -> None:
        self.draft = draft
        self.unit = plain_unit(draft.mention.unit)
        self.allowed = licences(draft)
        self._tied: dict[int, bool] = {}
        self.plain, self.made = ground.at_hand(self.is_tied)

    def of(self, trial: Trial) -> float:
        """What a trial asks to be believed, in bits. Pure."""
        members = trial.operands
        if trial.operation is Licence.NONE:
            return 0.0 if self.is_tied(members[0]) else _UNTIED
        more = trial.more if trial.charge is None else trial.more + trial.charge(self, members)
        cost = more + self._unasked(trial.operation, members) + sum(map(self._own_cost, members))
        if len(members) > 1:
            cost += max(map(apart, members, members[1:]))
        untied = (len(members) - sum(map(self.is_tied, members))) / len(members)
        return cost + _UNTIED * 2 * untied

    def _own_cost(self, one: Operand) -> float:
        if one.made:
            return _MADE
        return _HEDGED if one.hedged and self.draft.mention.approx is None else 0.0

    def _unasked(self, operation: Licence, members: Sequence[Operand]) -> float:
        if self.allowed & operation:
            return 0.0
        suggested = any(licences(one.claim) & operation for one in members)
        return _SUGGESTED if suggested else _UNASKED

    def is_tied(self, one: Operand) -> bool:
        """True where the draft speaks of an operand. Pure."""
        found = self._tied.get(id(one))
        if found is None:
            found = self._tied[id(one)] = spoken_of(self.draft, one)
        return found

    def lists_all(self, members: Sequence[Operand]) -> bool:
        """True where nothing else of their unit stands in the members' one sentence, or of their thing in a column, and
        none is a part or whole."""
        spans = {one.claim.sentence_span for one in members}
        noun = members[0].claim.noun
        if len(spans) == 1:
            same = [one for one in self.plain if one.claim.sentence_span in spans and one.unit == members[0].unit]
        else:
            same = [one for one in self.plain if one.unit == members[0].unit and one.claim.noun == noun != ""]
        whole = not any(one.claim.part or one.claim.total or is_difference(one.claim) for one in members)
        return whole and len(same) == len(members) and all(one in members for one in same)


def of_a_sum(costs: Costs, members: Sequence[Operand]) -> float:
    """What a sum costs besides: of changes and figures, plans and what is done, a whole and its part, unlike things."""
    first, last = members[0].claim, members[-1].claim
    rates = {bool(one.claim.rate) for one in members}
    mixed = len({(one.claim.plan, bool(one.claim.before)) for one in members}) > 1
    moved = any(is_difference(one.claim) for one in members)
    part = first.total or (any(one.claim.part for one in members) and not all(one.claim.part for one in members))
    unlike = first.clause_span != last.clause_span and any(_unlike(first, one.claim) for one in members)
    more = _OTHER_COUNTER * any(one.unit != costs.unit for one in members)
    if tells_new(costs.draft) and any(one.claim.before for one in members):
        more += 2 * _UNASKED
    more += _CURRENT * mixed + _UNLIKE * unlike + _UNASKED * (moved or len(rates) > 1) + 2.0 * part
    return more + _ANOTHER_TERM * (len(members) - 2)


def of_a_list(costs: Costs, members: Sequence[Operand]) -> float:
    """The same of neighbours, less what it gains to be all that is listed."""
    return of_a_sum(costs, members) - WHOLE_LIST * costs.lists_all(members)


def apart_in_kind(costs: Costs, members: Sequence[Operand]) -> float:
    """What it costs that two figures do not count one thing in one counter: 30座 of one column, 9处 of another."""
    one, other = members
    listed = one.claim.clause_span == other.claim.clause_span
    counters = one.unit != other.unit and convertible(one.unit or "?", other.unit or "?") is None
    return _UNLIKE * (not listed and _unlike(one.claim, other.claim)) + _OTHER_COUNTER * counters


def moved_by(costs: Costs, members: Sequence[Operand]) -> float:
    """The same of a difference, less what it gains to be of a figure that moved in one clause."""
    one, other = (operand.claim for operand in members)
    moved = one.clause_span == other.clause_span and bool(one.before) != bool(other.before)
    return apart_in_kind(costs, members) - _MOVED * moved


def apart(one: Operand, other: Operand) -> float:
    """How far apart two figures are told, in bits. Pure."""
    a, b = one.claim, other.claim
    if a.clause_span == b.clause_span:
        return 0.0
    if a.sentence_span == b.sentence_span:
        return _SENTENCE
    if a.line == b.line:
        return _LINE
    if abs(a.line - b.line) <= _NEAR_LINES:
        return _NEXT_LINES
    return _ONE_THING if alike(a.noun, b.noun) >= 0.7 or alike(a.action, b.action) >= 0.9 else APART


def _unlike(one: Claim, other: Claim) -> bool:
    return bool(one.noun and other.noun) and alike(one.noun, other.noun) < 0.6
