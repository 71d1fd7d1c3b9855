"""Units: which measures convert, which counters may stand for each other, and the unit that follows a number."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import cache
from importlib.resources import files
from typing import Any

LONGEST_UNIT_CHARS = 7

# Quotients such as 亩 to 平方米 have no finite decimal; thirty digits outlast every figure of a report.
_QUOTIENT = Context(prec=30)


@dataclass(frozen=True, slots=True)
class Unit:
    """A measure or a counter. `factor` turns one of it into the base of `dimension`, exactly; a counter has 1.

    `group` names what may stand for it: the dimension of a measure, the family of a counter, or the counter itself.
    """

    text: str
    dimension: str
    factor: Decimal
    group: str
    reason: str

    @property
    def is_counter(self) -> bool:
        """True where it counts things instead of measuring them."""
        return self.dimension == "count"


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "units.toml").read_text(encoding="utf-8"))


@cache
def _table() -> dict[str, Unit]:
    table: dict[str, Unit] = {}
    for dimension, measure in _file()["measure"].items():
        for text, factor in measure["factors"].items():
            table[text] = Unit(text, dimension, Decimal(factor), dimension, measure["reason"])
    for family in _file()["family"]:
        for text in family["counters"]:
            table.setdefault(text, Unit(text, "count", Decimal(1), family["name"], family["reason"]))
    counters = _file()["counters"]
    for text in counters["words"].split():
        table.setdefault(text, Unit(text, "count", Decimal(1), text, counters["reason"]))
    return table


@cache
def _followers() -> dict[str, tuple[str, ...]]:
    return {unit: tuple(words.split()) for unit, words in _file()["not_unit"].items()}


def unit_of(text: str) -> Unit | None:
    """The unit written exactly as `text`, or None where the table has none. Pure."""
    return _table().get(text)


def unit_at(view: str, start: int) -> Unit | None:
    """The longest unit that begins at `start` and is no part of another word (3部门 has none), or None. Pure."""
    table, followers = _table(), _followers()
    for length in range(min(LONGEST_UNIT_CHARS, len(view) - start), 0, -1):
        found = table.get(view[start : start + length])
        if found is None:
            continue
        other = followers.get(found.text)
        if other is None or not view.startswith(other, start + length):
            return found
    return None


def convertible(a: str, b: str) -> Decimal | None:
    """How many `b` one `a` is: 15 for 公顷 to 亩; None where they measure different things or only count. Pure.

    A quotient without a finite decimal (亩 to 平方米) has thirty digits; to compare exactly, multiply both sides by
    their `Unit.factor` instead.
    """
    one, other = unit_of(a), unit_of(b)
    if one is None or other is None or one.is_counter or one.dimension != other.dimension:
        return None
    return _QUOTIENT.divide(one.factor, other.factor)


def same_counter(a: str, b: str) -> bool:
    """True where `a` may stand for `b` when both count the same thing: 人 and 名, 个 and 家; not 人 and 人次. Pure."""
    if a == b:
        return True
    one, other = unit_of(a), unit_of(b)
    if one is not None and other is not None and one.is_counter and one.group == other.group:
        return True
    generic = _file()["generic"]
    return (a == generic["counter"] and b in generic["stands_for"]) or (
        b == generic["counter"] and a in generic["stands_for"]
    )
