"""Clauses of notes in official words, as far as the guard lets: one that would lose a word is said more plainly."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from service.drafting.compose_by_rules.guard import added_words, lost_words
from service.drafting.compose_by_rules.patterns import written_patterns
from service.drafting.compose_by_rules.rewrite import Voice, official_clause, strip_ends
from service.drafting.compose_by_rules.spoken import spoken_patterns, without_talk


@dataclass(frozen=True)
class Worded:
    """`clauses` as they stand in a report; `plain` are those of the notes that could only be said as they were written,
    wholly or but for single words."""

    clauses: tuple[str, ...]
    plain: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Way:
    """How clauses are said: `planned` lets 准备 mean a plan, `topics` lets a clause be a topic said first."""

    voice: Voice
    planned: bool
    topics: bool

    def in_full(self, clauses: Sequence[str]) -> list[str]:
        """Official words in official order; neighbours may become one clause."""
        said = [
            official_clause(one, self.voice, self.planned)
            for one in spoken_patterns(clauses, self.topics, self.planned)
        ]
        return written_patterns([clause for clause in said if clause])

    def by_words(self, clauses: Sequence[str]) -> list[str]:
        """Official words in the order of the notes."""
        return [said for one in clauses if (said := official_clause(one, self.voice, self.planned))]

    def as_noted(self, clauses: Sequence[str]) -> list[str]:
        """The notes' own words."""
        return [strip_ends(one) for one in clauses]


def reworded(clauses: Sequence[str], voice: Voice, planned: bool = False, topics: bool = True) -> Worded:
    """`clauses`, of one fact and in written form, in official words and order. Where the guard misses a word of them or
    finds a new one, the clause that holds it is said in official words only, at last in its own. Pure."""
    return _reworded(tuple(clauses), _Way(voice, planned, topics))


@lru_cache(maxsize=2048)  # a fact is worded for the outline's length, for its section and for each repair
def _reworded(clauses: tuple[str, ...], way: _Way) -> Worded:
    kept = without_talk(clauses)
    said = way.in_full(kept)
    if _holds(kept, said):
        return Worded(tuple(said))
    blamed = {place for place, clause in enumerate(kept) if not _holds([clause], way.in_full([clause]))}
    blamed = blamed or set(range(len(kept)))
    out: list[str] = []
    for guilty, run in groupby(range(len(kept)), key=lambda place: place in blamed):
        some = [kept[place] for place in run]
        whole = [] if guilty else way.in_full(some)
        out += whole if whole and _holds(some, whole) else [one for clause in some for one in _safest(clause, way)]
    return Worded(tuple(out), tuple(kept[place] for place in sorted(blamed)))


def _safest(clause: str, way: _Way) -> list[str]:
    ways: tuple[Callable[[Sequence[str]], list[str]], ...] = (way.in_full, way.by_words)
    for one in ways:
        said = one([clause])
        if said and _holds([clause], said):
            return said
    return way.as_noted([clause])


_LEFT_OVER = re.compile(r"^(?:[的了着过]|方面)|[，、]$|，，")


def _holds(noted: Sequence[str], said: Sequence[str]) -> bool:
    source, written = "，".join(noted), "，".join(said)
    if any(_LEFT_OVER.search(clause) for clause in said):
        return False
    return not lost_words(source, written) and not added_words(source, written)
