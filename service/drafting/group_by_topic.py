"""Facts of a section in groups by topic, with neutral headings, in the order past reports take the topics."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from service.domain.fact import Fact, FactKind, Frame
from service.domain.report import Exemplar
from service.language.topics import topic_of

_GROUPED_FROM = 4  # fewer facts read better as plain paragraphs than under headings of one sentence each
_GROUP_LINES = 2  # a heading over a single sentence reads as thin
_JOINS_FAMILY_LINES = 3
_FEW_LINES = 2
_LINE_MAX_FACTS = 6
_LINE_MAX_CHARS = 110
_MOST_NAMED = 2  # 组织志愿服务，整治环境卫生 is a heading, three of them are a list
_OTHER = "other"


@cache
def _table() -> Mapping[str, Any]:
    source = files("service.drafting.compose_by_rules").joinpath("topics.toml").read_text(encoding="utf-8")
    return tomllib.loads(source)


@cache
def topic_headings() -> Mapping[str, str]:
    """The heading of a group by the id of its topic, of a family of topics (family:0), and `other`."""
    families = {f"family:{place}": family["heading"] for place, family in enumerate(_table()["family"])}
    return {**_table()["headings"], **families}


@cache
def _families() -> Mapping[str, str]:
    return {topic: f"family:{place}" for place, family in enumerate(_table()["family"]) for topic in family["topics"]}


def grouped_by_topic(
    facts: Sequence[Fact], exemplars: Sequence[Exemplar] = ()
) -> tuple[tuple[str, tuple[Fact, ...]], ...]:
    """`facts` in groups of one topic each with a heading, or all in one group without one where there are few. A topic
    of a single line joins the group of a kindred topic, and what has none the last group. Pure."""
    ordered = in_order(facts)
    if not ordered:
        return ()
    topics = _with_neighbours(ordered, _topic_by_line(ordered))
    groups = _gathered(ordered, topics)
    if _lines(ordered) < _GROUPED_FROM or len(groups) < 2:
        return (("", tuple(ordered)),)
    order = _topic_order(exemplars)
    names = sorted(groups, key=lambda topic: (topic == _OTHER, *_place_of(topic, groups[topic], topics, order)))
    return tuple((_heading_of(name, groups[name], topics), tuple(groups[name])) for name in names)


def _heading_of(name: str, facts: Sequence[Fact], topics: Mapping[str, str]) -> str:
    """The heading of a group; what was left over names its topics, of more than two the first and that there are
    others: 做好政务服务，倡导文明行为等."""
    headings = topic_headings()
    if name != _OTHER:
        return headings.get(name, headings[_OTHER])
    own = [topic for topic in dict.fromkeys(topics[fact.id] for fact in facts) if topic != _OTHER]
    if not own:
        return headings[_OTHER]
    named = "，".join(headings[topic] for topic in own[:_MOST_NAMED])
    more = len(own) > _MOST_NAMED or any(topics[fact.id] == _OTHER for fact in facts)
    return f"{named}等工作" if more else named


def _gathered(ordered: Sequence[Fact], topics: Mapping[str, str]) -> dict[str, list[Fact]]:
    """Groups of two lines and more where that can be: the topic's own, else its family's, else other work."""
    named = dict(topics)
    counted = _sizes(ordered, named)
    families = _families()
    for fact in ordered:
        if counted[named[fact.id]] < _GROUP_LINES and named[fact.id] != _OTHER:
            named[fact.id] = families.get(named[fact.id], _OTHER)
    counted = _sizes(ordered, named)
    # 整治环境卫生 beside 整治环境和秩序 would be two headings for one thing: the small group joins its family.
    joined = {
        topic: families[topic]
        for topic, lines in counted.items()
        if families.get(topic) in counted and lines <= _JOINS_FAMILY_LINES
    }
    named = {fact: joined.get(topic, topic) for fact, topic in named.items()}
    counted = _sizes(ordered, named)
    lone = [topic for topic, lines in counted.items() if lines < _GROUP_LINES and topic.startswith("family:")]
    alone = len(lone) == 1 and not counted.get(_OTHER)
    groups: dict[str, list[Fact]] = {}
    for fact in ordered:
        name = named[fact.id]
        if name in lone:
            # Where one single line is left that nothing joins, a heading of its own is better than 其他 of one line.
            name = topics[fact.id] if alone else _OTHER
        groups.setdefault(name, []).append(fact)
    return groups


def _sizes(facts: Sequence[Fact], named: Mapping[str, str]) -> dict[str, int]:
    lines: dict[str, set[tuple[int, ...]]] = {}
    for fact in facts:
        lines.setdefault(named[fact.id], set()).add(fact.lines)
    return {topic: len(found) for topic, found in lines.items()}


def _place_of(name: str, facts: Sequence[Fact], topics: Mapping[str, str], order: Mapping[str, int]) -> tuple[int, str]:
    """Where a group stands: by the first of its topics that past reports rank, else by their ids."""
    ids = sorted(topics[fact.id] for fact in facts) if name.startswith("family:") else [name]
    return (min(order.get(topic, len(order)) for topic in ids), ids[0])


def _lines(facts: Sequence[Fact]) -> int:
    """Note lines the facts stand in: facts of one line become one sentence."""
    return len({fact.lines for fact in facts})


def in_order(facts: Sequence[Fact]) -> list[Fact]:
    """`facts` by day; one without a day stays behind the one it follows in the notes, and those of a line stay
    together. Problems and next steps keep the order of the notes. Pure."""
    day = ""
    line: tuple[int, ...] = ()
    keyed = []
    for fact in sorted(facts, key=lambda one: one.span.start):
        dated = fact.day is not None and fact.day.lo[:1].isdigit() and fact.frame is not Frame.BEFORE
        if fact.day is not None and dated and (fact.lines[-1:] != line or not day):
            day, line = _begins(fact.day.lo), fact.lines[-1:]
        keyed.append((day if fact.kind not in (FactKind.PROBLEM, FactKind.CAUSE) else "", fact.span.start, fact))
    return [fact for _, _, fact in sorted(keyed, key=lambda one: one[:2])]


def _begins(day: str) -> str:
    """A quarter by its first month, so that 二季度 stands before 5月3日."""
    year, mark, quarter = day.partition("-Q")
    return f"{year}-{3 * int(quarter) - 2:02d}" if mark else day


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
    kept_whole = _short_lines(facts)
    for fact in facts:
        if fact.lines in kept_whole:
            found[fact.id] = next((own[one] for one in kept_whole[fact.lines] if own[one]), None) or _OTHER
            continue
        near = next((by_line[line] for line in reversed(fact.lines) if line in by_line), None)
        found[fact.id] = own[fact.id] or near or _OTHER
    return found


def _with_neighbours(ordered: Sequence[Fact], topics: Mapping[str, str]) -> dict[str, str]:
    """`topics` with those of a line or two that name none under the topic of the line before them, as a clerk sets
    them: a heading 其他工作 over one sentence tells nothing."""
    without = {fact.lines for fact in ordered if topics[fact.id] == _OTHER}
    if not 0 < len(without) <= _FEW_LINES or len(set(topics.values())) < 2:
        return dict(topics)
    named = dict(topics)
    last = next(topic for topic in topics.values() if topic != _OTHER)
    for fact in sorted(ordered, key=lambda one: one.span.start):
        if named[fact.id] == _OTHER:
            named[fact.id] = last
        last = named[fact.id]
    return named


def _short_lines(facts: Sequence[Fact]) -> dict[tuple[int, ...], list[str]]:
    """Ids of the facts of each line that is short enough to be about one thing: 宣传这块，海报贴了560张. A long
    dictated paragraph is about many and is not kept together."""
    lines: dict[tuple[int, ...], list[Fact]] = {}
    for fact in facts:
        lines.setdefault(fact.lines, []).append(fact)
    return {
        key: [fact.id for fact in group]
        for key, group in lines.items()
        if len(group) <= _LINE_MAX_FACTS and sum(len(fact.clean) for fact in group) <= _LINE_MAX_CHARS
    }


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
