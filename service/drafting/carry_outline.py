"""A person's outline carried over to changed notes: facts that stayed keep their sections, new ones find theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from service.domain.draft import GenrePlan, SectionWish
from service.domain.fact import Fact, NotesRead
from service.drafting.place_facts import place_facts

_LAST = 1_000_000  # behind every fact that a person placed
_SAME_THING = 0.7  # of the characters of both; 发放宣传单500份 and 发放宣传单800份 share .9, two activities rarely .5


def carried_outline(
    wishes: Sequence[SectionWish], before: NotesRead, now: NotesRead, plan: GenrePlan
) -> tuple[SectionWish, ...]:
    """`wishes` with the facts of the notes `now` in place of those of `before`.

    A fact that is worded as before stands where it stood, also where its line moved; one that was taken out stays out.
    A fact in the place of another (12处 became 13处) takes its section. Any other new fact goes where the genre puts
    it, if that section is wished, else beside the fact it follows in the notes. Pure.
    """
    section_of = {fact: wish.key for wish in wishes for fact in wish.facts}
    place_of = {fact: place for wish in wishes for place, fact in enumerate(wish.facts)}
    came_from = dict(_pairs(before.facts, now.facts))
    by_genre = {fact.id: key for key, facts in place_facts(plan, list(now.facts)).by_section.items() for fact in facts}
    wanted: dict[str, list[tuple[int, str]]] = {wish.key: [] for wish in wishes}
    previous: tuple[str, int] | None = None
    for fact in now.facts:
        old = came_from.get(fact.id)
        if old is not None and old not in section_of:
            continue  # It was in no section before, and that was meant.
        if old is not None:
            key, place = section_of[old], place_of[old]
        else:
            home = by_genre.get(fact.id)
            key, place = (home, _LAST) if home in wanted and home else (previous or ("", _LAST))
        if key in wanted:
            wanted[key].append((place, fact.id))
            previous = (key, place)
    # Sorting keeps the order of the notes among facts of one place.
    return tuple(
        replace(wish, facts=tuple(fact for _, fact in sorted(wanted[wish.key], key=lambda one: one[0])))
        for wish in wishes
    )


def _pairs(before: Sequence[Fact], now: Sequence[Fact]) -> Iterator[tuple[str, str]]:
    """(new id, old id) of facts that are the same, or stand in each other's place."""
    known: dict[str, list[str]] = {}
    for fact in before:
        known.setdefault(fact.clean, []).append(fact.id)
    left_new: list[Fact] = []
    for fact in now:
        if same := known.get(fact.clean):
            yield fact.id, same.pop(0)
        else:
            left_new.append(fact)
    taken = {old for olds in known.values() for old in olds}
    left_old = [fact for fact in before if fact.id in taken]
    for new in left_new:
        like = max(left_old, key=lambda old: _likeness(old, new), default=None)
        if like is not None and _likeness(like, new) >= _SAME_THING:
            left_old.remove(like)
            yield new.id, like.id


def _likeness(one: Fact, two: Fact) -> float:
    return SequenceMatcher(None, one.clean, two.clean, autojunk=False).ratio()
