"""Which numbers stand in the notes, read more simply than the checker does, so that the two cannot share a mistake."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache

from eval.cases import Case
from service.domain.draft import Draft
from service.domain.finding import Finding
from service.domain.quantity import Mention, Role
from service.language.numbers import find_numbers
from service.language.relative_days import relative_days

Value = tuple[Decimal | None, Decimal | None] | tuple[str, str]

# 5/31, 5.31 and 05-31 are days to whoever jots them, whatever else they may be.
_JOTTED_DAY = re.compile(r"(?<![\d.])(1[0-2]|0?[1-9])\s*[./\-月]\s*(3[01]|[12]\d|0?[1-9])(?!\d)")


def value_of(mention: Mention) -> Value | None:
    """The range a mention states: of an amount in base units, of a date as ISO partials. Pure."""
    if mention.amount is not None:
        return mention.amount.lo, mention.amount.hi
    return (mention.when.lo, mention.when.hi) if mention.when is not None else None


@lru_cache(maxsize=512)
def values_in(text: str) -> frozenset[Value]:
    """Every value a text states, the two ends of a change apart. Pure."""
    found: set[Value] = set()
    for mention in find_numbers(text):
        found |= {value for one in (mention, *mention.parts) if (value := value_of(one)) is not None}
    for month, day in _JOTTED_DAY.findall(unicodedata.normalize("NFKC", text)):
        found.add((f"--{int(month):02}-{int(day):02}",) * 2)
    return frozenset(found)


def given(case: Case) -> frozenset[Value]:
    """The values that whoever asked for the draft gave: in the notes, the unit's name and the period. Pure."""
    return (
        values_in(case.notes)
        | _in_ten_thousands(case.notes)
        | _told_by_day(case)
        | values_in(f"{case.unit}\n{case.period.chinese}\n{case.period.label}")
    )


_TEN_THOUSANDS = re.compile(r"[（(/]\s*万[\u4e00-\u9fff]{0,3}\s*[）)]?")


def _in_ten_thousands(notes: str) -> set[Value]:
    """The figures of rows whose own label, or whose table's head, counts in 万: 12.3 below 到馆(万人次). Pure."""
    found: set[Value] = set()
    headed = False
    for line in notes.split("\n"):
        figures = [one.amount for one in find_numbers(line.replace("\t", " , ")) if one.amount is not None]
        told = _TEN_THOUSANDS.search(line) is not None
        headed = "\t" in line and (headed or (told and not figures))
        if told or headed:
            found |= {
                (one.lo * 10_000, one.hi * 10_000) for one in figures if one.lo is not None and one.hi is not None
            }
    return found


def _told_by_day(case: Case) -> set[Value]:
    """The days that 昨天 or 下周三 of the notes are, seen from any day that the notes name. Pure."""
    found: set[Value] = set()
    for value in values_in(case.notes):
        parts = re.fullmatch(r"(?:(\d{4})|-)-(\d\d)-(\d\d)", str(value[0]))
        try:
            day = date(int(parts[1] or case.period.year), int(parts[2]), int(parts[3])) if parts else None
        except ValueError:
            continue
        if day is not None:
            found |= {(one.when.lo, one.when.hi) for one in relative_days(case.notes, day)}
    return found


def claims_of(text: str) -> Iterator[Mention]:
    """The numbers of a text that claim something, outside its placeholders. Pure."""
    holes = [(hole.start(), hole.end()) for hole in re.finditer("【待补：[^】]*】", text)]
    for mention in find_numbers(text):
        if mention.role is Role.CLAIM and not any(start <= mention.start < end for start, end in holes):
            yield mention


def stands(mention: Mention, values: frozenset[Value]) -> bool:
    """True where `values` hold what the mention states; a day may have gained its year, a period its own. Pure."""
    if value_of(mention) in values:
        return True
    if mention.when is None:
        return bool(mention.parts) and all(stands(part, values) for part in mention.parts)
    ends = {_tail(end) for value in values if isinstance(value[0], str) for end in value if isinstance(end, str)}
    return {_tail(mention.when.lo), _tail(mention.when.hi)} <= ends


def _tail(partial: str) -> str:
    """A date without its year: --05-31 and 2024-05-31 are 05-31, --Q3 and 2025-Q3 are Q3; a month keeps its month, a
    bare day its day. Pure."""
    found = re.fullmatch(r"(?:\d{4}|-)-(\d\d(?:-\d\d)?|[QH]\d)", partial)
    return found.group(1) if found else partial.lstrip("-")


def touched(mention: Mention, told: list[Finding]) -> bool:
    """True where one of `told` is about this mention. Pure."""
    return any(mention.start < one.end and one.start < mention.end for one in told)


def derived(draft: Draft) -> list[Finding]:
    """The claims of the draft that the checker made from operands and shows a formula for. Pure."""
    return [one for one in draft.check.passed if one.formula]
