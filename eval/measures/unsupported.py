"""Numbers of the draft that stand nowhere in the notes and that the checker did not flag.

Deliberately dumber than the checker, so that the two cannot share a mistake: a value counts as supported where any
mention of the notes has the same range, or the draft shows a formula for it.
"""

from __future__ import annotations

from decimal import Decimal

from eval.cases import Case
from eval.measures.measure import Measure
from service.domain.draft import Draft
from service.domain.quantity import Mention, Role
from service.language.numbers import find_numbers

Value = tuple[Decimal | None, Decimal | None] | tuple[str, str]


def _value(mention: Mention) -> Value | None:
    if mention.amount is not None:
        return mention.amount.lo, mention.amount.hi
    return (mention.when.lo, mention.when.hi) if mention.when is not None else None


def _score(case: Case, draft: Draft) -> float | None:
    noted = {_value(mention) for mention in find_numbers(case.notes)}
    given = {_value(mention) for mention in find_numbers(f"{case.unit}{case.period.chinese}{case.period.label}")}
    told = {(one.start, one.end) for one in draft.check.findings}
    derived = {(one.start, one.end) for one in draft.check.passed if one.formula}
    count = 0
    for mention in find_numbers(draft.text):
        if mention.role is not Role.CLAIM or _value(mention) in noted | given:
            continue
        # A date without its year in the notes gains the year of the period; its month and day still stand there.
        if mention.when is not None and any(_same_day(mention.when.lo, value) for value in noted):
            continue
        if not any(_touches(mention, span) for span in told | derived):
            count += 1
    return float(count)


def _same_day(day: str, value: Value | None) -> bool:
    return value is not None and isinstance(value[0], str) and len(day) >= 5 and value[0][-5:] == day[-5:]


def _touches(mention: Mention, span: tuple[int, int]) -> bool:
    return mention.start < span[1] and span[0] < mention.end


UNSUPPORTED = Measure(
    name="unsupported",
    chinese="未标出的无据数字",
    unit="count",
    higher_is_better=False,
    blind_to="a right value bound to the wrong thing, unit or period",
    score=_score,
)
