"""Names as values, and the word lists of the name grammar (`names.toml`)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path


class NameKind(StrEnum):
    """What a name names."""

    PERSON = "person"
    PLACE = "place"
    UNIT = "unit"
    DOCUMENT = "document"
    PROJECT = "project"
    BRAND = "brand"


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text: `text[start:end]`. `sure` is False where it may be a common noun."""

    start: int
    end: int
    text: str
    kind: NameKind
    sure: bool = True


@dataclass(frozen=True)
class NameLists:
    """The word lists of the grammar; tuples are ordered longest first."""

    unit: frozenset[str]
    place: frozenset[str]
    firm: frozenset[str]
    kinds: frozenset[str]
    longest: int
    function: frozenset[str]
    level: frozenset[str]
    generic: frozenset[str]
    name_verbs: frozenset[str]
    stop_chars: frozenset[str]
    not_place: frozenset[str]
    titles: tuple[str, ...]
    titles_before: tuple[str, ...]
    project_heads: tuple[str, ...]
    surnames: frozenset[str]
    not_person: frozenset[str]
    not_alone: frozenset[str]
    people_verbs: tuple[str, ...]


@cache
def name_lists() -> NameLists:
    """The lists, read once."""
    table = tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))
    words = {key: frozenset(value.split()) for key, value in table["words"].items() if key != "stop_chars"}
    unit, place, firm = (frozenset(table["suffix"][key].split()) for key in ("unit", "place", "firm"))
    kinds = frozenset(table["suffix"]["kinds"].split())

    def longest_first(key: str) -> tuple[str, ...]:
        return tuple(sorted(words[key], key=lambda one: (-len(one), one)))

    return NameLists(
        unit=unit,
        place=place,
        firm=firm,
        kinds=kinds,
        longest=max(map(len, unit | place)),
        function=words["function"],
        level=words["level"],
        generic=words["generic"],
        name_verbs=words["name_verbs"],
        stop_chars=frozenset(table["words"]["stop_chars"]),
        not_place=words["not_place"],
        titles=longest_first("titles"),
        titles_before=longest_first("titles") + longest_first("titles_before"),
        project_heads=longest_first("project_heads"),
        surnames=words["surnames"],
        not_person=words["not_person"],
        not_alone=words["not_alone"],
        people_verbs=longest_first("people_verbs"),
    )


def suffix_of(word: str, lists: NameLists) -> tuple[str, NameKind] | None:
    """The longest ending of `word` that makes names, and of which kind; None where it has none. Pure."""
    for size in range(min(len(word), lists.longest), 0, -1):
        ending = word[-size:]
        if ending in lists.unit:
            return ending, NameKind.UNIT
        if ending in lists.place:
            return ending, NameKind.PLACE
    return None


def is_common(word: str, lists: NameLists) -> bool:
    """True for a word of function, a generic word or a common noun that names nothing by itself. Pure."""
    return word in lists.generic or word in lists.function or word in lists.not_place
