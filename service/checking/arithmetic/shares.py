"""Shares, growth and multiples of two figures, and figures that a share gives: 6840人 being 95% of 7200人."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import compress

from service.checking.arithmetic.fit import fits
from service.checking.arithmetic.terms import Term, exact_counts, is_part_of_share, own_words, tie, together
from service.checking.beside import is_difference
from service.checking.claim import Claim, plain_unit
from service.checking.derivation import Derivation, made_of, said
from service.checking.likeness import alike
from service.checking.phrases import way_of, words_in
from service.checking.values import Family, factor, family
from service.domain.quantity import Kind, decimal_text
from service.language.patterns import deferred

_BASE = deferred(r"占(?:了)?(?:全部|所有)?([^，。；\d]{2,14}?)(?:的|总|比|近|约|超|达|$)")
_FALL = deferred(r"下降|降低|减少|降幅|少了?|缩短|压缩|压减|减|降|跌|回落|下滑")
_LEFT = deferred(r"还差|还需|尚需|尚差|剩余?|距|差")
_MOST_PAIRS = 3  # figures of one unit among which any share is no accident
_MOST = 24


def _pairs(draft: Claim, notes: Sequence[Claim]) -> Iterator[tuple[Claim, Claim, Decimal, Decimal, int]]:
    """Pairs of figures of one unit, the draft's own words among theirs, with both values and how many figures of the
    unit there are. Whether a pair belongs together is asked only where its values fit."""
    numbers = exact_counts(notes)
    if len(numbers) > _MOST:
        ordered = sorted(numbers, key=lambda one: -tie(draft, one))[:_MOST]
        numbers = sorted(ordered, key=lambda one: one.mention.start)
    for index, one in enumerate(numbers):
        same = [family(one.mention, other.mention) is Family.SAME for other in numbers]
        unit = plain_unit(one.mention.unit)
        alike_in_unit = sum(plain_unit(other.mention.unit) == unit for other in compress(numbers, same))
        for other in compress(numbers[index + 1 :], same[index + 1 :]):
            by = factor(one.mention, other.mention)
            a, b = one.mention.amount, other.mention.amount
            if by is None or a is None or b is None or not a.lo or not b.lo:
                continue
            if bool(one.mention.unit) == bool(other.mention.unit):
                yield one, other, a.lo, b.lo * by, alike_in_unit


def _hang(draft: Claim, one: Claim, other: Claim, number: int) -> bool:
    ties = (tie(draft, one), tie(draft, other))
    if number <= _MOST_PAIRS:
        return max(ties) > 0 or _rate_names(draft, one, other) or not own_words(draft)
    return min(ties) > 0 or (max(ties) > 0 and one.sentence_span == other.sentence_span)


def _rate_names(draft: Claim, one: Claim, other: Claim) -> bool:
    """True where the name of a rate repeats what was done: 见面率 of 见到人的102户."""
    stem = re.sub(r"(?:率|度|比例|占比|比重)[为达约是]?$", "", draft.noun)[-2:]
    return bool(stem) and any(char in one.clause_text + other.clause_text for char in stem)


def share(draft: Claim, notes: Sequence[Claim]) -> Derivation | None:
    """The smaller of two figures over the larger, of the whole that the draft names, or None. Pure."""
    for one, other, a, b, number in _pairs(draft, notes):
        part, whole, low, high = (one, other, a, b) if a <= b else (other, one, b, a)
        if not fits(draft, low / high) or not together(one, other):
            continue
        if _hang(draft, one, other, number) and not _other_base(draft, whole, notes):
            formula = made_of(f"{said(part)} ÷ {said(whole)}", said(draft), one, other)
            return Derivation(formula, (part, whole))
    return _share_of_list(draft, notes) or _shares_together(draft, notes)


def _share_of_list(draft: Claim, notes: Sequence[Claim]) -> Derivation | None:
    """One member's share of what a clause lists: 午餐210份 of 午餐210份、晚餐90份."""
    spans: dict[tuple[tuple[int, int], str], list[Claim]] = {}
    for one in exact_counts(notes):
        if "、" in one.clause_text:
            spans.setdefault((one.clause_span, plain_unit(one.mention.unit)), []).append(one)
    for group in spans.values():
        values = [one.mention.amount.lo or Decimal(0) for one in group if one.mention.amount is not None]
        for one, value in zip(group, values, strict=True):
            named = 2 <= len(group) <= 8 and len(one.noun) > 1 and one.noun[-2:] in draft.clause_text
            if named and fits(draft, value / sum(values)):
                whole = " + ".join(said(member) for member in group)
                return Derivation(made_of(f"{said(one)} ÷（{whole}）", said(draft), *group), tuple(group))
    return None


def _shares_together(draft: Claim, notes: Sequence[Claim]) -> Derivation | None:
    """Shares that the draft names, added: 生鲜占28%，家电占22% make 一半 of both."""
    named = [
        one
        for one in notes
        if one.mention.kind in (Kind.PERCENT, Kind.RATIO)
        and one.mention.amount is not None
        and one.mention.amount.exact
        and not one.change
        and len(one.noun) > 1
        and one.noun in draft.clause_text
    ][:6]
    values = [one.mention.amount.lo for one in named if one.mention.amount is not None and one.mention.amount.lo]
    if len(values) < 2 or len(values) != len(named) or not fits(draft, sum(values, Decimal(0))):
        return None
    steps = " + ".join(said(one) for one in named)
    return Derivation(made_of(steps, said(draft), *named), tuple(named))


def _other_base(draft: Claim, whole: Claim, notes: Sequence[Claim]) -> bool:
    """True where the draft names another whole than the one its share is of: 占全体党员的 of a share of 参会人员."""
    lead = draft.clause_text[: max(0, draft.mention.start - draft.clause_span[0])]
    found = _BASE.search(lead)
    named = words_in(found[1]) if found else frozenset()
    if not named or named & own_words(whole):
        return False
    return any(named & own_words(one) for one in notes if family(one.mention, whole.mention) is Family.SAME)


def multiple(draft: Claim, notes: Sequence[Claim]) -> Derivation | None:
    """How many times the smaller of two figures the larger is, or None. Pure."""
    for one, other, a, b, number in _pairs(draft, notes):
        low, high = sorted((a, b))
        if draft.change and not _of_one_thing(one, other):
            continue  # what grew seven times over grew from a figure of its own
        value = (high - low) / low if way_of(draft) == "up" else high / low
        if fits(draft, value) and together(one, other) and _hang(draft, one, other, number):
            first, second = (one, other) if a >= b else (other, one)
            return Derivation(made_of(f"{said(first)} ÷ {said(second)}", said(draft), one, other), (first, second))
    return None


def growth(draft: Claim, notes: Sequence[Claim]) -> Derivation | None:
    """By what share of the earlier figure the later one is more or less, or None. Pure.

    A rise is of the smaller figure and a fall of the larger: 91 to 66 is a fall by 27.5%, never by 37.9%.
    """
    falls = bool(_FALL.search(draft.clause_text))
    for one, other, a, b, number in _pairs(draft, notes):
        if is_difference(one) != is_difference(other):
            found = _by_change(draft, one, other, a, b)
            if found is not None and together(one, other):
                return found
            continue
        low, high = sorted((a, b))
        base, value = (high, (high - low) / high) if falls else (low, (high - low) / low)
        yearly = bool(one.before) != bool(other.before) and one.total and other.total
        if not fits(draft, value) or not (together(one, other) or _of_two_years(draft, one, other)):
            continue
        if not (yearly or _hang(draft, one, other, number)) or not _of_one_thing(one, other):
            continue
        first, now = (one, other) if a == base else (other, one)
        if first.before == "" and now.before != "":
            continue
        steps = f"（{said(now)} − {said(first)}）÷ {said(first)}"
        return Derivation(made_of(steps, said(draft), one, other), (first, now))
    return None


def _of_two_years(draft: Claim, one: Claim, other: Claim) -> bool:
    """True where the draft speaks of both of two figures in one unit, last year's and this year's, wherever they
    stand."""
    same = plain_unit(one.mention.unit) == plain_unit(other.mention.unit) != ""
    return same and bool(one.before) != bool(other.before) and tie(draft, one) > 0 and tie(draft, other) > 0


def _by_change(draft: Claim, one: Claim, other: Claim, a: Decimal, b: Decimal) -> Derivation | None:
    """41260只，比去年增加3120只 are a growth by 8.2% of what was before."""
    change, now, moved, value = (one, other, a, b) if is_difference(one) else (other, one, b, a)
    falls = bool(_FALL.search(change.clause_text))
    before = value + moved if falls else value - moved
    if before <= 0 or falls != bool(_FALL.search(draft.clause_text)) or not fits(draft, moved / before):
        return None
    steps = f"{said(change)} ÷（{said(now)} {'+' if falls else '−'} {said(change)}）"
    return Derivation(made_of(steps, said(draft), now, change), (now, change))


def _of_one_thing(one: Claim, other: Claim) -> bool:
    if bool(one.before) != bool(other.before) or one.clause_span == other.clause_span:
        return True
    return alike(one.noun, other.noun) >= 0.6 or not (one.noun and other.noun)


def through_share(draft: Claim, terms: Sequence[Term], notes: Sequence[Claim]) -> Derivation | None:
    """A part or a whole that a share of the notes gives: 全年目标 of 6840人 being its 95%, 三成 of 21.6万人次. Pure."""
    shares = [one for one in notes if one.mention.kind in (Kind.PERCENT, Kind.RATIO, Kind.PERMILLE) and not one.change]
    ours = own_words(draft) | words_in(draft.earlier)
    for rate in shares:
        amount = rate.mention.amount
        if amount is None or not amount.exact or not amount.lo or rate.mention.unit == "倍":
            continue
        if ours.isdisjoint(own_words(rate)):
            continue
        for term in terms:
            whole = term.value / amount.lo
            steps = [(whole, f"{said(term.claim)} ÷ {said(rate)}")]
            if not is_part_of_share(term.claim, rate):
                steps.insert(0, (term.value * amount.lo, f"{said(term.claim)} × {said(rate)}"))
            if _LEFT.search(draft.clause_text):
                steps.append((whole - term.value, f"{said(term.claim)} ÷ {said(rate)} − {said(term.claim)}"))
            for value, words in steps:
                if value and fits(draft, value) and together(term.claim, rate):
                    result = f"{decimal_text(value.quantize(Decimal('0.01')))}{plain_unit(draft.mention.unit)}"
                    return Derivation(made_of(words, result, term.claim, rate), (term.claim, rate))
    return None
