"""The number grammar: every numeral of a text as one mention, and the units that numbers carry."""

from service.language.numbers.grammar import find_numbers
from service.language.numbers.hedges import HedgeWidths
from service.language.numbers.numeral import chinese_to_decimal
from service.language.numbers.units import Unit, convertible, same_counter, unit_at, unit_of

__all__ = [
    "HedgeWidths",
    "Unit",
    "chinese_to_decimal",
    "convertible",
    "find_numbers",
    "same_counter",
    "unit_at",
    "unit_of",
]
