"""A figure that somebody was not sure of, and a later line that tells it for sure: 我记得是5人, then 文件上是7人."""

from __future__ import annotations

from collections.abc import Sequence

from service.domain.fact import Fact, SetAside, SetAsideReason
from service.domain.quantity import Mention
from service.domain.text import Notes
from service.drafting.facts.kinds import counted
from service.drafting.facts.likeness import bigrams, counted_thing, same_unit
from service.language.clean_view import tidy

_LOOK_AHEAD_FACTS = 40
_SAME_THING = 0.8


def told_for_sure(notes: Notes, facts: Sequence[Fact]) -> tuple[list[Fact], list[SetAside]]:
    """`facts` without those whose only figure is in doubt and stands for sure in a later one, and what is set aside.
    Pure."""
    kept: list[Fact] = []
    aside: list[SetAside] = []
    for place, fact in enumerate(facts):
        figure = _only_doubtful(fact)
        surer = figure and next(
            (
                found
                for later in facts[place + 1 : place + 1 + _LOOK_AHEAD_FACTS]
                if (found := _says(later, fact, figure))
            ),
            None,
        )
        if not surer:
            kept.append(fact)
            continue
        detail = f"以第{notes.line_at(surer.start).number}行的{tidy(surer.text)}为准"
        number = notes.line_at(fact.span.start).number
        aside.append(SetAside(number, fact.span, fact.text, SetAsideReason.SUPERSEDED, detail))
    return kept, aside


def _only_doubtful(fact: Fact) -> Mention | None:
    counts = counted(fact.mentions)
    return counts[0] if fact.unsure and len(counts) == 1 else None


def _says(later: Fact, fact: Fact, figure: Mention) -> Mention | None:
    """The figure of `later` that tells for sure what `figure` counts in `fact`, or None."""
    if later.unsure or later.whose != fact.whose or later.kind is not fact.kind or later.frame is not fact.frame:
        return None
    if later.day != fact.day and fact.day is not None and later.day is not None:
        return None
    thing = counted_thing(fact, figure) - bigrams(fact.unsure or "")
    known = counted(later.mentions)[:1]
    if not thing or not known or not same_unit(known[0], figure) or known[0].unit is None:
        return None
    shared = thing & counted_thing(later, known[0])
    return known[0] if len(shared) >= _SAME_THING * len(thing) else None
