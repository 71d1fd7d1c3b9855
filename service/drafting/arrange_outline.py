"""An outline as a person arranged it: sections in their order, renamed, left out or added, facts moved between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from service.domain.draft import GenrePlan, PlannedSection, SectionWish
from service.domain.fact import Fact, FactKind

_TAKEN_OUT = "已从提纲中移出"


@dataclass(frozen=True)
class Arranged:
    """The genre's plan with the wished sections, the facts of each by its key, and the facts that none takes."""

    plan: GenrePlan
    by_section: Mapping[str, list[Fact]]
    unplaced: list[tuple[Fact, str]]


def arrange(
    plan: GenrePlan, facts: Sequence[Fact], unplaced: Sequence[tuple[Fact, str]], wishes: Sequence[SectionWish]
) -> Arranged:
    """`plan` with its sections as wished. A fact wished twice stands where it is wished first, an id that no fact has
    is passed over: notes may have changed since. Facts of no wish are unplaced, with the reason they had. Pure."""
    known = {one.key: one for one in plan.sections}
    by_id = {fact.id: fact for fact in facts}
    sections: dict[str, PlannedSection] = {}
    by_section: dict[str, list[Fact]] = {}
    placed: set[str] = set()
    for wish in wishes:
        if wish.key in sections:
            continue
        own = PlannedSection(wish.key, wish.heading, wish.heading, tuple(FactKind), empty="ask")
        sections[wish.key] = replace(known.get(wish.key, own), heading=wish.heading)
        wanted = [one for one in dict.fromkeys(wish.facts) if one in by_id and one not in placed]
        by_section[wish.key] = [by_id[one] for one in wanted]
        placed.update(wanted)
    reasons = {fact.id: reason for fact, reason in unplaced}
    rest = [(fact, reasons.get(fact.id, _TAKEN_OUT)) for fact in facts if fact.id not in placed]
    return Arranged(replace(plan, sections=tuple(sections.values())), by_section, rest)
