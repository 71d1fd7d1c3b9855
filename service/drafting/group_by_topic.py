"""Facts of a section in groups by topic, with neutral headings, in the order past reports take the topics."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from service.domain.fact import Fact, FactKind, Frame
from service.domain.report import Exemplar
from service.language.topics import topic_of

_GROUPED_FROM = 5  # fewer facts read better as plain paragraphs than under headings of one sentence each
_OTHER = "other"


@cache
def topic_headings() -> Mapping[str, str]:
    """The heading of a group by the id of its topic, and `other`."""
    source = files("service.drafting.compose_by_rules").joinpath("topics.toml").read_text(encoding="utf-8")
    headings: Mapping[str, str] = tomllib.loads(source)["headings"]
    return headings


def grouped_by_topic(
    facts: Sequence[Fact], exemplars: Sequence[Exemplar] = ()
) -> tuple[tuple[str, tuple[Fact, ...]], ...]:
    """`facts` in groups of one topic each with a heading, or all in one group without one where there are few. A topic
    of a single fact joins the last group of other work, unless it is the only one of its sort. Pure."""
    ordered = in_order(facts)
    if not ordered:
        return ()
    topics = _topic_by_line(ordered)
    groups: dict[str, list[Fact]] = {}
    for fact in ordered:
        groups.setdefault(topics[fact.id], []).append(fact)
    single = [topic for topic, group in groups.items() if _lines(group) == 1 and topic != _OTHER]
    if _lines(ordered) < _GROUPED_FROM or len(groups) - len(single) < 2:
        return (("", tuple(ordered)),)
    if len(single) > 1 or (single and _OTHER in groups):
        rest = [topic for topic in [*single, _OTHER] if topic in groups]
        others = [fact for fact in ordered if topics[fact.id] in rest]
        groups = {topic: group for topic, group in groups.items() if topic not in rest}
        groups[_OTHER] = others
    order = _topic_order(exemplars)
    names = sorted(groups, key=lambda topic: (topic == _OTHER, order.get(topic, len(order)), topic))
    headings = topic_headings()
    return tuple((headings.get(topic, headings[_OTHER]), tuple(groups[topic])) for topic in names)


def _lines(facts: Sequence[Fact]) -> int:
    """Note lines the facts stand in: facts of one line become one sentence."""
    return len({fact.lines for fact in facts})


def in_order(facts: Sequence[Fact]) -> list[Fact]:
    """`facts` by day; one without a day stays behind the one it follows in the notes, and those of a line stay
    together. Problems and next steps keep the order of the notes. Pure."""
    day = ""
    keyed = []
    for fact in sorted(facts, key=lambda one: one.span.start):
        if fact.day is not None and fact.day.lo[:1].isdigit() and fact.frame is not Frame.BEFORE:
            day = fact.day.lo
        keyed.append((day if fact.kind not in (FactKind.PROBLEM, FactKind.CAUSE) else "", fact.span.start, fact))
    return [fact for _, _, fact in sorted(keyed, key=lambda one: one[:2])]


def _topic_by_line(facts: Sequence[Fact]) -> dict[str, str]:
    """The topic each fact is grouped under: its own, or where it has none that of a neighbour in its line, so that
    发宣传单，挂了12条 is not torn apart."""
    headings = topic_headings()
    own = {fact.id: fact.topic if fact.topic in headings else None for fact in facts}
    by_line: dict[int, str] = {}
    for fact in facts:
        topic = own[fact.id]
        if topic is not None:
            for line in fact.lines:
                by_line.setdefault(line, topic)
    found = {}
    for fact in facts:
        near = next((by_line[line] for line in reversed(fact.lines) if line in by_line), None)
        found[fact.id] = own[fact.id] or near or _OTHER
    return found


def _topic_order(exemplars: Sequence[Exemplar]) -> Mapping[str, int]:
    """Ranks of topics as the headings of past reports take them; empty without exemplars. Only order is learnt here:
    no word of an exemplar reaches the draft."""
    places: dict[str, list[int]] = {}
    for exemplar in exemplars:
        for place, line in enumerate([exemplar.heading, *exemplar.masked.splitlines()[:20]]):
            topic = topic_of(line[:40])
            if topic is not None:
                places.setdefault(topic, []).append(place)
    ranked = sorted(places, key=lambda topic: (sum(places[topic]) / len(places[topic]), topic))
    return {topic: rank for rank, topic in enumerate(ranked)}
