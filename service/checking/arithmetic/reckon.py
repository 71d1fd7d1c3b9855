"""The simplest way in which the notes' numbers make the draft's, among the operations that its words allow.

Every operand must belong together with the others and hang together with the draft, so that no value is supported
because some sum of some numbers happens to hit it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, chain

from service.checking.arithmetic.doubts import overlap
from service.checking.arithmetic.fit import fits
from service.checking.arithmetic.licence import Licence, licences, names_rest
from service.checking.arithmetic.rates import product, quotient
from service.checking.arithmetic.shares import growth, multiple, share, through_share
from service.checking.arithmetic.terms import (
    FEW,
    Term,
    dated,
    follows,
    hangs,
    letters_shared,
    listed_together,
    named,
    pairs_of,
    part_of,
    terms_like,
    together,
)
from service.checking.beside import is_difference
from service.checking.claim import Claim, plain_unit
from service.checking.cues import DONE
from service.checking.derivation import Derivation, made_of, said
from service.checking.likeness import alike
from service.checking.phrases import no_term, tells_new
from service.domain.quantity import Approx, decimal_text
from service.language.patterns import deferred

_WIDE = frozenset((Approx.OVER, Approx.NEAR, Approx.VAGUE))
_LONGEST_RUN = 12
_LONGEST_REST = 8  # numbers of one sentence; a longer row is a table


def reckon(draft: Claim, notes: Sequence[Claim], text: str, told_otherwise: bool = False) -> Derivation | None:
    """The simplest derivation that the words of the draft and of the notes' own `text` allow, or None. Pure.

    `told_otherwise`: one note gives the very thing with another figure, so neither sums nor differences are tried.
    """
    if draft.mention.amount is None:
        return None
    terms = terms_like(draft, notes)
    rest_named = names_rest(draft, text)
    allowed = _allowed(draft, terms, told_otherwise) | (Licence.DIFFERENCE if rest_named else Licence.NONE)
    ways: tuple[tuple[Licence, Callable[[], Derivation | None]], ...] = (
        (Licence.DIFFERENCE, lambda: _difference(draft, terms)),
        (Licence.SUM, lambda: _sum(draft, terms, told=Licence.TOTAL in allowed)),
        (Licence.SHARE, lambda: share(draft, notes)),
        (Licence.MULTIPLE, lambda: multiple(draft, notes)),
        (Licence.GROWTH, lambda: growth(draft, notes)),
        (Licence.QUOTIENT, lambda: quotient(draft, terms, notes)),
        (Licence.PRODUCT, lambda: product(draft, terms, notes) or through_share(draft, terms, notes)),
        (Licence.DIFFERENCE, lambda: _rest(draft, terms, rest_named)),
        (Licence.PRODUCT, lambda: None if told_otherwise else _whole_list(draft, terms)),
    )
    return next((found for licence, way in ways if licence in allowed and (found := way()) is not None), None)


def _allowed(draft: Claim, terms: Sequence[Term], told_otherwise: bool) -> Licence:
    allowed = licences(draft)
    if told_otherwise:
        allowed &= ~(Licence.SUM | Licence.DIFFERENCE)
    if draft.mention.approx in _WIDE:  # 近300条 fits every hundredth sum, so it must be called one
        allowed &= ~(Licence.NONE if Licence.TOTAL in allowed else Licence.SUM)
        allowed &= ~(Licence.NONE if len(terms) <= FEW else Licence.DIFFERENCE)
    return allowed


def _whole_list(draft: Claim, terms: Sequence[Term]) -> Derivation | None:
    """All that one clause lists of the draft's unit, though nothing says 共: 午餐210份、晚餐90份 are 300份 a day."""
    if draft.mention.approx in _WIDE:
        return None
    for group in listed_together(_alike_rated(terms, draft)):
        value = sum((one.value for one in group), Decimal(0))
        if not fits(draft, value):
            continue
        spoken = any(one.tie > 0 or letters_shared(draft, one.claim) > 1 for one in group)
        if spoken and value > max(one.value for one in group) > 1:
            operands = tuple(one.claim for one in group)
            steps = " + ".join(said(one) for one in operands)
            doubt = overlap(draft, operands)
            return Derivation(made_of(steps, f"{decimal_text(value)}{_unit(draft)}", *operands), operands, doubt)
    return None


def _alike_rated(terms: Sequence[Term], draft: Claim) -> list[Term]:
    return [one for one in terms if bool(one.claim.rate) == bool(draft.rate) and not is_difference(one.claim)]


def _plain(terms: Sequence[Term], draft: Claim) -> list[Term]:
    """Terms that may be added: no rates, no changes (缩短7分钟), and no plans where the draft tells of what is done."""
    told_done = not draft.plan and bool(DONE.search(draft.clause_text))
    new = tells_new(draft)
    return [
        one
        for one in terms
        if (not one.claim.rate or draft.rate)
        and not (one.claim.plan and told_done)
        and not is_difference(one.claim)
        and not no_term(one.claim)
        and not (one.claim.before and new)
    ]


def _unit(draft: Claim) -> str:
    return plain_unit(draft.mention.unit)


def _difference(draft: Claim, terms: Sequence[Term]) -> Derivation | None:
    usable = _plain(terms, draft)
    for one, other in pairs_of(usable, lambda a, b: a != b and fits(draft, abs(a - b))):
        value = abs(one.value - other.value)
        if _is_rest(draft, one, other) or (hangs(draft, terms, (one, other)) and not _unlike(draft, one, other)):
            first, second = (one, other) if one.value > other.value else (other, one)
            result = f"{decimal_text(value)}{_unit(draft)}"
            steps = f"{said(first.claim)} − {said(second.claim)}"
            return Derivation(made_of(steps, result, one.claim, other.claim), (first.claim, second.claim))
    return None


def _unlike(draft: Claim, one: Term, other: Term) -> bool:
    """True where two figures count different things and the draft names but one of them, or none: no writer takes 36个
    of 部门 from 82个 of 窗口."""
    a, b = one.claim, other.claim
    if not a.noun or not b.noun or alike(a.noun, b.noun) >= _ALIKE or part_of(a, b):
        return False
    return not (named(draft, a) and named(draft, b))


_ALIKE = 0.5
_NONE = deferred("非(?!常|法|机|遗|物)|未|没|其余|其他|剩")


def _is_rest(draft: Claim, one: Term, other: Term) -> bool:
    """True where the draft tells of those of a whole that are not what its part is: 未取得证书 of 培训 and 取证."""
    letters = letters_shared(draft, one.claim), letters_shared(draft, other.claim)
    if part_of(one.claim, other.claim) and letters[1] > 1:
        return True
    return bool(_NONE.search(draft.item_text)) and follows(one.claim, other.claim) and min(letters) > 0


def _sum(draft: Claim, terms: Sequence[Term], told: bool) -> Derivation | None:
    usable = _plain(terms, draft)
    if not told and len(usable) > 2:
        usable = [one for one in usable if named(draft, one.claim)]
    pairs = pairs_of(usable, lambda a, b: fits(draft, a + b))
    for group in chain(pairs, _runs(draft, usable), _of_one_thing(draft, usable)):
        value = sum((one.value for one in group), Decimal(0))
        whole = hangs(draft, terms, group) and not _leaves_out(draft, group, usable)
        if whole and max(one.value for one in group) > 1:
            operands = tuple(one.claim for one in group)
            steps = " + ".join(said(one) for one in operands)
            doubt = overlap(draft, operands)
            return Derivation(made_of(steps, f"{decimal_text(value)}{_unit(draft)}", *operands), operands, doubt)
    return None


def _leaves_out(draft: Claim, group: Sequence[Term], terms: Sequence[Term]) -> bool:
    """True where the notes list more of the same in one breath than is added: 货车4辆、小客车9辆、大客车1辆 are 14辆,
    and 13辆 only where the draft names the two."""
    spans = {one.claim.clause_span for one in group}
    listed = [one for one in terms if one.claim.clause_span in spans and not one.claim.total]
    if len(spans) != 1 or len(listed) <= len(group) or "、" not in group[0].claim.clause_text:
        return False
    if all(dated(draft, one.claim) for one in group):
        return False
    return not all(one.claim.noun != "" and one.claim.noun[-2:] in draft.clause_text for one in group)


def _runs(draft: Claim, terms: Sequence[Term]) -> Iterator[Sequence[Term]]:
    """Stretches of three and more neighbours that add up to the draft's number and belong together, the longest
    first."""
    sums = list(accumulate((one.value for one in terms), initial=Decimal(0)))
    for size in range(min(len(terms), _LONGEST_RUN), 2, -1):
        for start in range(len(terms) - size + 1):
            if not fits(draft, sums[start + size] - sums[start]):
                continue
            run = terms[start : start + size]
            if all(together(run[index].claim, run[index + 1].claim) for index in range(size - 1)):
                yield run


def _of_one_thing(draft: Claim, terms: Sequence[Term]) -> Iterator[Sequence[Term]]:
    """All numbers that share words with the draft, wherever they stand: one figure of each line of a month's log."""
    tied = [one for one in terms if one.tie > 0]
    alone = [one for one in tied if not one.claim.total]
    for group in (tied, alone, [one for one in tied if not one.claim.part]):
        if 3 <= len(group) <= _LONGEST_RUN and fits(draft, sum((one.value for one in group), Decimal(0))):
            yield group


def _rest(draft: Claim, terms: Sequence[Term], named_so: bool) -> Derivation | None:
    """What a whole leaves besides several parts of its sentence."""
    usable = _plain(terms, draft)
    for index, whole in enumerate(usable):
        parts = [one for one in usable[index + 1 : index + 1 + _LONGEST_REST] if together(whole.claim, one.claim)]
        for size in range(2, len(parts) + 1):
            for start in range(len(parts) - size + 1):
                taken = parts[start : start + size]
                value = whole.value - sum((one.value for one in taken), Decimal(0))
                if value > 0 and fits(draft, value) and (named_so or hangs(draft, terms, (whole, *taken))):
                    operands = (whole.claim, *(one.claim for one in taken))
                    steps = " − ".join(said(one) for one in operands)
                    return Derivation(made_of(steps, f"{decimal_text(value)}{_unit(draft)}", *operands), operands)
    return None
