"""Whether the figures and days of a model's sentence are those of the facts it names.

The checker holds a draft against all notes, so a day that a model moved onto another line's day, or a figure that it
took from there or reckoned itself, may pass it. A model is asked to copy, and is held to that here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from service.domain.fact import Fact
from service.domain.period import Period
from service.domain.quantity import Amount, Mention, Role, When
from service.language.numbers import find_numbers

_ISO_DAY = re.compile(r"(?:\d{4}|-)-(\d\d)(?:-(\d\d))?")
_ONE = Decimal(1)


def strange_figure(sentence: str, facts: Sequence[Fact], period: Period) -> str | None:
    """The first figure or day of `sentence` that none of `facts` gives, None where each is given. Pure.

    A year is left to the checker, which knows the period; so is a single one (开展1次), which says no more than the
    words do.
    """
    said = [part for one in find_numbers(sentence) if one.role is Role.CLAIM for part in (one.parts or (one,))]
    if not said:
        return None
    noted = list(_noted(facts))
    days = [one.when for one in noted if one.when] + [fact.day for fact in facts if fact.day]
    amounts = [one.amount for one in noted if one.amount]
    whole = [one.when for text in (period.label, period.chinese) for one in find_numbers(text) if one.when]
    for one in said:
        # The reporting period may be named as a whole; its last day is no day on which anything was done.
        if one.when is not None and one.when not in whole and not _given_day(one.when, days):
            return one.text
        if one.amount is not None and not _given_amount(one.amount, amounts):
            return one.text
    return None


def _noted(facts: Sequence[Fact]) -> Iterable[Mention]:
    texts = [words for fact in facts for words in (fact.clean, fact.text, fact.label, *fact.fields.values())]
    for words in dict.fromkeys(texts):
        for one in find_numbers(words):
            yield one
            yield from one.parts


def _given_amount(one: Amount, noted: Iterable[Amount]) -> bool:
    if one.lo == one.hi == _ONE:
        return True
    return any(_same_amount(one, two) for two in noted)


def _same_amount(one: Amount, two: Amount) -> bool:
    if (one.lo, one.hi) == (two.lo, two.hi):
        return True
    if one.lo is None or one.hi is None:
        # A bound (不超过187万) is the noted bound or the noted figure; any figure below it would pass the checker.
        end = one.hi if one.lo is None else one.lo
        return end is not None and end in (two.lo, two.hi)
    # 30余 of the notes may be 30多 or 三十几 of the draft; whether it may be 35 the checker says.
    return two.lo is not None and two.hi is not None and one.lo <= two.hi and two.lo <= one.hi


def _given_day(one: When, noted: Iterable[When]) -> bool:
    ends = [end for two in noted for end in (two.lo, two.hi)]
    return all(any(_within(said, end) for end in ends) for said in (one.lo, one.hi) if _ISO_DAY.fullmatch(said))


def _within(said: str, noted: str) -> bool:
    """True where `said` is the day `noted`, or its month."""
    first, second = _ISO_DAY.fullmatch(said), _ISO_DAY.fullmatch(noted)
    if first is None or second is None:
        return False
    return first[1] == second[1] and first[2] in (None, second[2])
