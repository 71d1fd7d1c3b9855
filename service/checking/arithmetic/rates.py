"""Rates times what they are counted per, and totals shared out: 每月900元 for 36个月, 9450吨 of 2.1万亩."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from service.checking.arithmetic.doubts import again, repeated
from service.checking.arithmetic.fit import fits
from service.checking.arithmetic.terms import Term, counts, exact_counts, hangs, per_of, terms_like, tie, together
from service.checking.claim import Claim, plain_unit
from service.checking.derivation import Derivation, made_of, said
from service.domain.quantity import decimal_text

_MOST_PER = 2  # 每月每平方米: no price of these reports is counted per three things


def product(draft: Claim, terms: Sequence[Term], notes: Sequence[Claim]) -> Derivation | None:
    """A rate times the counts it is counted per, or None. Pure."""
    numbers = exact_counts(notes)
    visits = plain_unit(draft.mention.unit) == "人次"
    for rated in (*terms, *(_heads(draft, notes) if visits else ())):
        told = {word[:1] for _, word in per_of(draft)}
        per = [one for one in per_of(rated.claim) if one[1][:1] not in told][:_MOST_PER]
        if not per:
            continue
        for times in _counts_for(rated.claim, per, numbers):
            if visits and plain_unit(rated.claim.mention.unit) != "人次" and not again(times):
                continue
            value = rated.value
            for (each, _), count in zip(per, times, strict=True):
                value = value * (count.mention.amount.lo or Decimal(0)) / each if count.mention.amount else Decimal(0)
            tied = rated.tie > 0 or any(tie(draft, one) for one in times)
            if fits(draft, value) and (tied or hangs(draft, terms, (rated,))):
                operands = (rated.claim, *times)
                steps = " × ".join(said(one) for one in operands)
                result = f"{decimal_text(value)}{plain_unit(draft.mention.unit)}"
                return Derivation(made_of(steps, result, *operands), operands, repeated(draft, times))
    return None


def _heads(draft: Claim, notes: Sequence[Claim]) -> Sequence[Term]:
    """Heads that a number of visits may be made of: 3期，每期45人 are 135人次."""
    return terms_like(replace(draft, mention=replace(draft.mention, unit="人")), notes)


def _counts_for(
    rated: Claim, per: Sequence[tuple[Decimal, str]], numbers: Sequence[Claim]
) -> Iterator[tuple[Claim, ...]]:
    """The counts that go with each thing a rate is counted per: one for each, every choice."""
    choices = [
        [one for one in numbers if one is not rated and counts(one, word, rated) and not _rated_alike(one, rated)]
        for _, word in per
    ]
    if len(choices) == 1:
        yield from ((one,) for one in choices[0])
    elif len(choices) == 2:
        yield from ((one, other) for one in choices[0] for other in choices[1] if one is not other)


def _rated_alike(count: Claim, rated: Claim) -> bool:
    """True where a count is itself told per the same thing (每天2场 beside 每天300人)."""
    return bool({word for _, word in per_of(count)} & {word for _, word in per_of(rated)})


def quotient(draft: Claim, terms: Sequence[Term], notes: Sequence[Claim]) -> Derivation | None:
    """A total over what it is shared out among (9450吨 ÷ 2.1万亩), or None. Pure."""
    per = per_of(draft)
    for total in terms:
        if per_of(total.claim):
            continue
        for count in exact_counts(notes):
            number = count.mention.amount.lo if count.mention.amount else None
            if count is total.claim or not number or number <= 1 or not together(total.claim, count):
                continue
            named = any(counts(count, word, None) for _, word in per)
            # 平均 alone does not say over what; then the two must stand in one sentence.
            if not named and (
                any(word not in "平" for _, word in per) or count.sentence_span != total.claim.sentence_span
            ):
                continue
            if fits(draft, total.value / number) and (total.tie or tie(draft, count) or hangs(draft, terms, (total,))):
                result = f"{decimal_text((total.value / number).quantize(Decimal('0.01')))}"
                formula = made_of(
                    f"{said(total.claim)} ÷ {said(count)}",
                    f"{result}{plain_unit(draft.mention.unit)}",
                    total.claim,
                    count,
                )
                return Derivation(formula, (total.claim, count))
    return None
