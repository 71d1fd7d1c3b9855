"""Rates times what they are counted per, and totals shared out: 每月900元 for 36个月, 9450吨 of 2.1万亩."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from service.checking.arithmetic.doubts import again, repeated
from service.checking.arithmetic.fit import fits
from service.checking.arithmetic.terms import Term, counts, exact_counts, hangs, per_of, terms_like, tie, together
from service.checking.claim import Claim, plain_unit
from service.checking.derivation import Derivation, made_of, said
from service.domain.quantity import decimal_text
from service.language.patterns import deferred

_MOST_PER = 2  # 每月每平方米: no price of these reports is counted per three things


def product(draft: Claim, terms: Sequence[Term], notes: Sequence[Claim]) -> Derivation | None:
    """A rate times the counts it is counted per, or None. Pure."""
    numbers = exact_counts(notes)
    visits = plain_unit(draft.mention.unit) == "人次"
    for rated in (*terms, *_siblings(terms), *(_heads(draft, notes) if visits else ())):
        told = {word[:1] for _, word in per_of(draft)}
        per = [one for one in per_of(rated.claim) if one[1][:1] not in told][:_MOST_PER]
        if not per:
            continue
        for times in _counts_for(rated.claim, per, numbers):
            every = tuple(one for group in times for one in group)
            if visits and plain_unit(rated.claim.mention.unit) != "人次" and not again(every):
                continue
            value = rated.value
            for (each, _), group in zip(per, times, strict=True):
                value = value * _number(group) / each
            tied = fits(draft, value) and (rated.tie > 0 or any(tie(draft, one) for one in every))
            if tied or (fits(draft, value) and hangs(draft, terms, (rated,))):
                operands = (*rated.all, *every)
                steps = " × ".join((_sum_said(rated.all), *(_sum_said(group) for group in times)))
                result = f"{decimal_text(value)}{plain_unit(draft.mention.unit)}"
                return Derivation(made_of(steps, result, *operands), operands, repeated(draft, every))
    return None


def _siblings(terms: Sequence[Term]) -> Iterator[Term]:
    """Neighbours counted per one thing, as one: 每所学校2名警员、4名志愿者 are 6名."""
    for one, other in pairwise(terms):
        if one.claim.clause_span == other.claim.clause_span and per_of(one.claim) == per_of(other.claim) != ():
            yield Term(one.draft, one.claim, one.value + other.value, (other.claim,))


def _heads(draft: Claim, notes: Sequence[Claim]) -> Sequence[Term]:
    """Heads that a number of visits may be made of: 3期，每期45人 are 135人次."""
    return terms_like(replace(draft, mention=replace(draft.mention, unit="人")), notes)


def _counts_for(
    rated: Claim, per: Sequence[tuple[Decimal, str]], numbers: Sequence[Claim]
) -> Iterator[tuple[tuple[Claim, ...], ...]]:
    """The counts that go with each thing a rate is counted per, every choice; two that one clause lists go as one."""
    choices: list[list[tuple[Claim, ...]]] = []
    for _, word in per:
        fitting = [
            one for one in numbers if one is not rated and counts(one, word, rated) and not _rated_alike(one, rated)
        ]
        listed = [
            (one, other)
            for one, other in pairwise(fitting)
            if one.clause_span == other.clause_span and "、" in one.clause_text
        ]
        choices.append([*((one,) for one in fitting), *listed])
    if len(choices) == 1:
        yield from ((one,) for one in choices[0])
    elif len(choices) == 2:
        yield from ((one, other) for one in choices[0] for other in choices[1] if one != other)


def _number(group: Sequence[Claim]) -> Decimal:
    return sum((one.mention.amount.lo or Decimal(0) for one in group if one.mention.amount), Decimal(0))


def _sum_said(group: Sequence[Claim]) -> str:
    terms = " + ".join(said(one) for one in group)
    return f"（{terms}）" if len(group) > 1 else terms


def _rated_alike(count: Claim, rated: Claim) -> bool:
    """True where a count is itself told per the same thing (每天2场 beside 每天300人)."""
    return bool({word for _, word in per_of(count)} & {word for _, word in per_of(rated)})


def quotient(draft: Claim, terms: Sequence[Term], notes: Sequence[Claim]) -> Derivation | None:
    """A total over what it is shared out among (9450吨 ÷ 2.1万亩), or None. Pure."""
    per = per_of(draft)
    for total in terms:
        if {word[:1] for _, word in per_of(total.claim)} - _days_told(draft):
            continue
        for count, number, added in _shared_among(exact_counts(notes)):
            if count is total.claim or number <= 1 or not fits(draft, total.value / number):
                continue
            if not together(total.claim, count):
                continue
            named = any(counts(count, word, None) for _, word in per)
            # 平均 alone does not say over what; then the two must stand in one sentence.
            if not named and (
                any(word not in "平" for _, word in per) or count.sentence_span != total.claim.sentence_span
            ):
                continue
            tied = named or total.tie or tie(draft, count) or hangs(draft, terms, (total,))
            if tied:
                result = f"{decimal_text((total.value / number).quantize(Decimal('0.01')))}"
                among = " + ".join(said(one) for one in (count, *added))
                steps = f"{said(total.claim)} ÷ {f'（{among}）' if added else among}"
                operands = (total.claim, count, *added)
                return Derivation(made_of(steps, f"{result}{plain_unit(draft.mention.unit)}", *operands), operands)
    return None


_STRETCHES = (("日", deferred("[天日]")), ("月", deferred("月")), ("年", deferred("年")))


def _days_told(draft: Claim) -> set[str]:
    """The stretches of time that the draft tells its number of: 一天收割50亩 is of a 日 too."""
    return {sign for sign, pattern in _STRETCHES if pattern.search(draft.clause_text)}


def _shared_among(numbers: Sequence[Claim]) -> Iterator[tuple[Claim, Decimal, tuple[Claim, ...]]]:
    """What a total may be shared out among: each count, and two neighbours of one unit together (46盏 and 38盏)."""
    for one in numbers:
        if one.mention.amount is not None and one.mention.amount.lo is not None:
            yield one, one.mention.amount.lo, ()
    for one, other in pairwise(numbers):
        a, b = one.mention.amount, other.mention.amount
        alike_in_unit = one.mention.unit == other.mention.unit and one.sentence_span == other.sentence_span
        if alike_in_unit and a is not None and b is not None and a.lo is not None and b.lo is not None:
            yield one, a.lo + b.lo, (other,)
