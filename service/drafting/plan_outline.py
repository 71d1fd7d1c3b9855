"""Genre plan and facts as an outline: every fact placed once or left out with the reason, what is missing asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from service.domain.draft import GenrePlan, Missing, Outline, PlannedSection, RequiredField, SectionPlan, SectionWish
from service.domain.fact import Conflict, Fact, FactKind, NotesRead
from service.domain.report import Exemplar
from service.drafting.arrange_outline import arrange
from service.drafting.compose_by_rules.doubts import (
    conflict_question,
    doubt_question,
    doubtful_figure,
    thing_in_doubt,
    unsettled_question,
)
from service.drafting.compose_by_rules.issues import asked_of_item
from service.drafting.compose_by_rules.opening import addressee_of, basis_phrase
from service.drafting.compose_by_rules.rewrite import Voice
from service.drafting.group_by_topic import grouped_by_topic, in_order
from service.drafting.items import with_items
from service.drafting.place_facts import (
    ROW_FIELDS,
    Placing,
    as_told,
    effective_kind,
    item_section,
    place_facts,
    planned_facts,
)
from service.drafting.told_by_number import told_by_number

OPENING = PlannedSection("opening", "", "导语", (FactKind.BASIS,))
_POINT_OPENS = 3
_SHORT_POINT = 8  # characters; a longer one asks for more than the document's own field
CLOSING = PlannedSection("closing", "", "结束语", ())

_FOLLOWS_DOCUMENT = re.compile(
    r"(?:根据|按照|依据|遵照|对照|为贯彻|为落实)[^，。；]{0,16}《[^》]{2,60}》[^，。；]{0,10}$"
)


def plan_outline(
    plan: GenrePlan,
    read: NotesRead,
    voice: Voice,
    title: str,
    exemplars: Sequence[Exemplar] = (),
    leave_out: frozenset[str] = frozenset(),
    wishes: Sequence[SectionWish] = (),
) -> Outline:
    """The outline of a draft: opening, the genre's sections in order, closing. A section without facts is left out or
    kept as a question, as the genre says; its heading is "" until numbered only where the genre gives none.

    `leave_out` are ids of facts that do not fit the wanted length: they are unplaced with that reason. `wishes` are the
    sections as a person arranged them, which then hold instead of the genre's. Pure.
    """
    read = replace(read, conflicts=_joined_conflicts(read.conflicts))
    facts, doubled = _without_doubled(read)
    if item_section(plan) is not None:
        facts = told_by_number(with_items(facts, read.notes), read.notes)
        plan, facts = as_told(plan, facts)
    if plan.ahead:
        facts = planned_facts(facts)
    too_long = [(fact, "超出篇幅限制，本稿未写入") for fact in facts if fact.id in leave_out]
    facts = [fact for fact in facts if fact.id not in leave_out]
    opening, facts = _opening_fact(facts, voice, plan)
    addressee = next((fact for fact in facts if plan.requires and addressee_of(fact)), None)
    facts = [fact for fact in facts if fact is not addressee]
    placing = place_facts(plan, facts)
    if wishes:
        arranged = arrange(plan, facts, placing.unplaced, wishes)
        plan, placing = arranged.plan, Placing(arranged.by_section, arranged.unplaced)
    lacking = tuple(_ask("", field) for field in plan.requires if not _answered_anywhere(field, read, plan))
    opened = tuple(fact for fact in (addressee, opening) if fact is not None)
    sections = [SectionPlan(OPENING, "", (("", opened),) if opened else (), missing=lacking)]
    for planned in plan.sections:
        taken = placing.by_section[planned.key]
        if not taken and planned.empty == "omit":
            continue
        sections.append(_section(planned, taken, read.conflicts, exemplars, plan))
    sections = _with_open_points(sections, read, [one.ask for one in lacking])
    sections.append(SectionPlan(CLOSING, "", ()))
    return Outline(plan.genre, title, tuple(sections), (*doubled, *placing.unplaced, *too_long))


def _answered_anywhere(field: RequiredField, read: NotesRead, genre: GenrePlan) -> bool:
    return any(_answers(field, fact, genre) for fact in read.facts) or any(
        _given_in(line.text, word) for line in read.notes.lines for word in field.words
    )


def _given_in(line: str, word: str) -> bool:
    """True where a line of the notes tells what `word` asks for: 主送谁还没查到 only says that nobody knows."""
    place = line.find(word)
    return place >= 0 and not _UNKNOWN.search(re.split(r"[；;。]", line[place:])[0])


def _with_open_points(sections: list[SectionPlan], read: NotesRead, asked: Sequence[str]) -> list[SectionPlan]:
    """The sections with what the notes leave undecided asked where its line stands, else where the organisation is
    told, else in the first section of all; without what the whole document asks for already (`asked`)."""
    out = list(sections)
    for point in read.open_points:
        about = point.ask.split("（第")[0]
        opens = about if len(about) <= _SHORT_POINT else about[:_POINT_OPENS]
        if any(_pairs(opens) & _pairs(one) for one in asked):
            continue  # 主送谁没定 is asked as 主送机关.
        if _WHO_ALONE.fullmatch(about) and any("牵头" in one.ask for section in out for one in section.missing):
            continue  # 由谁牵头, of the whole, is asked by the genre.
        if any(_same_figure(about, point.line, one.ask) for section in out for one in section.missing):
            continue  # 经费：5万左右？校长没批: the figure in doubt is asked about.
        if any(_of_item(about, one) for one in out):
            continue  # 时限：没填 is asked of its item.
        if any(point.line in one.lines and _pairs(about) & _pairs(thing_in_doubt(one)) for one in read.conflicts):
            continue  # 我们登记的是34件，口径待对: both figures are asked about.
        missing = Missing("", point.ask, "笔记说这件事还没有定，须明确后再写", f"【待补：{point.ask}】")
        headed = [at for at, one in enumerate(out) if one.planned is not OPENING]
        beside = [at for at in headed if any(point.line in fact.lines for fact in out[at].facts)]
        told = [at for at in headed if out[at].planned.key == "organisation" and _WHO.search(about)]
        near = sorted(
            (at for at in headed if out[at].facts),
            key=lambda at: min(abs(point.line - fact.lines[-1]) for fact in out[at].facts),
        )
        named = [at for at in headed if _is_of(out[at].planned, about)]
        place = next(iter([*named, *beside, *told, *near, *headed]), 0)
        out[place] = replace(out[place], missing=(*out[place].missing, replace(missing, section=out[place].heading)))
    return out


def _is_of(planned: PlannedSection, about: str) -> bool:
    """True where a point names what the section is for: 下一步工作, 存在的问题."""
    wrong = re.match(r"存在的|问题|不足|困难", about) and FactKind.PROBLEM in planned.kinds
    ahead = re.match(r"下一?步", about) and FactKind.NEXT in planned.kinds
    return bool(wrong or ahead) and len(planned.kinds) <= _NARROW_KINDS


_NARROW_KINDS = 3  # a section for anything is for nothing in particular
_WHO_ALONE = re.compile(r"由谁(?:牵头)?(?:负责)?")
_WHO = re.compile(r"谁|牵头|负责|组长|指挥|领导|分工")


def _same_figure(about: str, line: int, ask: str) -> bool:
    """True where a question on the line asks for the figure that an open point is about."""
    figures = re.findall(r"\d[\d,.]*", about)
    return f"第{line}行" in ask and any(figure in ask.split("（第")[0] for figure in figures)


def _of_item(about: str, section: SectionPlan) -> bool:
    """True where the section asks each of its items for the field that a point leaves blank."""
    fields = [field for field in section.planned.requires if field.per == "item"]
    asked = {one.ask for one in section.missing}
    names = [name for field in fields if any(field.ask in one for one in asked) for name in (field.ask, *field.names)]
    # 其余几条的原因 is asked of each of them.
    return about in names or any(
        re.fullmatch(rf"(?:其[余他])?[几每各]?[条项个](?:的|问题的?)?{name}.{{0,6}}", about) for name in names
    )


def _pairs(words: str) -> set[str]:
    return {words[at : at + 2] for at in range(len(words) - 1)}


def _joined_conflicts(conflicts: Sequence[Conflict]) -> tuple[Conflict, ...]:
    """Conflicts about one thing as one: lines 1 and 2, and 1 and 3, are a single question."""
    joined: list[Conflict] = []
    places: dict[str, list[int]] = {}
    for one in conflicts:
        alike = places.setdefault(thing_in_doubt(one), [])
        at = next((place for place in alike if set(joined[place].lines) & set(one.lines)), None)
        if at is None:
            alike.append(len(joined))
            joined.append(one)
            continue
        told = dict(zip((*joined[at].lines, *one.lines), (*joined[at].values, *one.values), strict=False))
        joined[at] = Conflict(tuple(told), one.about, tuple(told.values()))
    return tuple(joined)


def _without_doubled(read: NotesRead) -> tuple[list[Fact], list[tuple[Fact, str]]]:
    """The facts without the later halves of conflicts: the first one asks for both, so writing the other would state
    a figure nobody has confirmed."""
    by_line: dict[int, list[Fact]] = {}
    for fact in read.facts:
        by_line.setdefault(read.notes.line_at(fact.span.start).number, []).append(fact)
    later: dict[str, str] = {}
    for conflict in read.conflicts:
        sides = [fact for line in conflict.lines for fact in by_line.get(line, ()) if _holds_a_value(fact, conflict)]
        for fact in sorted(sides, key=lambda one: one.span.start)[1:]:
            later.setdefault(fact.id, f"与第{conflict.lines[0]}行的数字不一致，已在该处一并列出，待核实")
    kept = [fact for fact in read.facts if fact.id not in later]
    return kept, [(fact, later[fact.id]) for fact in read.facts if fact.id in later]


def _holds_a_value(fact: Fact, conflict: Conflict) -> bool:
    return any(value in fact.text or value in fact.clean for value in conflict.values)


def _opening_fact(facts: Sequence[Fact], voice: Voice, plan: GenrePlan) -> tuple[Fact | None, list[Fact]]:
    takes = any("{basis}" in form for form in plan.opening_forms)
    for fact in facts:
        names_document = fact.kind is FactKind.BASIS or _FOLLOWS_DOCUMENT.match(fact.clean)
        if takes and names_document and basis_phrase(fact, voice):
            return fact, [one for one in facts if one is not fact]
    return None, list(facts)


def _section(
    planned: PlannedSection,
    facts: Sequence[Fact],
    conflicts: Sequence[Conflict],
    exemplars: Sequence[Exemplar],
    genre: GenrePlan,
) -> SectionPlan:
    touching = tuple(
        one
        for one in conflicts
        if any(set(one.lines) & set(fact.lines) and _holds_a_value(fact, one) for fact in facts)
    )
    groups = _groups(planned, facts, exemplars)
    plan = SectionPlan(planned, planned.heading, groups, tuple(exemplars), touching)
    return replace(plan, missing=_missing(plan, genre))


def _groups(
    planned: PlannedSection, facts: Sequence[Fact], exemplars: Sequence[Exemplar]
) -> tuple[tuple[str, tuple[Fact, ...]], ...]:
    if any(field.per == "item" for field in planned.requires):
        return _by_item(facts)
    if planned.by_topic:
        return grouped_by_topic(facts, exemplars)
    return (("", tuple(in_order(facts))),) if facts else ()


def _by_item(facts: Sequence[Fact]) -> tuple[tuple[str, tuple[Fact, ...]], ...]:
    items: dict[str, list[Fact]] = {}
    loose = 0
    for fact in sorted(facts, key=lambda one: one.span.start):
        item = fact.fields.get("item")
        if item is None and len(fact.fields) >= ROW_FIELDS:
            item = fact.id
        elif item is None:
            # A problem without an item of its own opens one; what follows it belongs to it.
            if fact.kind is FactKind.PROBLEM or not items:
                loose += 1
            elif not loose:
                items[next(reversed(items))].append(fact)
                continue
            item = f"loose{loose}"
        items.setdefault(item, []).append(fact)
    return tuple(("", tuple(group)) for group in items.values())


def _missing(plan: SectionPlan, genre: GenrePlan) -> tuple[Missing, ...]:
    """What the genre requires of this section and its facts do not hold: items in order, then the whole section."""
    per_item = [field for field in plan.planned.requires if field.per == "item"]
    out = [
        _ask(f"{plan.heading}第{number}项" if len(plan.groups) > 1 else plan.heading, field)
        for number, (_, facts) in enumerate(plan.groups, 1)
        for field in asked_of_item(per_item, facts)
    ]
    # Without one item what every item must tell is asked once.
    out += [_ask(plan.heading, field) for field in per_item if not plan.groups]
    out += [
        _ask(plan.heading, field)
        for field in plan.planned.requires
        if field.per == "section" and not any(_answers(field, fact, genre, plan.facts) for fact in plan.facts)
    ]
    if not plan.groups and not out and plan.planned.empty == "ask":
        name = plan.heading or plan.planned.purpose
        out.append(Missing(plan.heading, name, f"笔记中没有可写入“{name}”的内容", f"【待补：{name}】"))
    out += [_unsettled(plan.heading, fact, figure) for fact in plan.facts for figure in fact.unsettled]
    disputed = {line for one in plan.conflicts for line in one.lines}
    out += [
        _doubted(plan.heading, fact, figure)
        for fact in plan.facts
        if not disputed & set(fact.lines) and (figure := doubtful_figure(fact))
    ]
    return (*out, *(_open_question(plan.heading, conflict) for conflict in plan.conflicts))


def _doubted(section: str, fact: Fact, figure: str) -> Missing:
    ask = doubt_question(fact, figure)
    return Missing(section, ask, "笔记对这个数没有把握，须核实后再写", f"【待补：{ask}】")


def _unsettled(section: str, fact: Fact, figure: str) -> Missing:
    ask = unsettled_question(fact, figure)
    return Missing(section, ask, "笔记说这个数还没有定，须核实后再写", f"【待补：{ask}】")


def _open_question(section: str, conflict: Conflict) -> Missing:
    ask = conflict_question(conflict)
    return Missing(section, ask, "笔记中同一事项有不同的数字，须核实后再写", f"【待补：{ask}】")


def _answers(field: RequiredField, fact: Fact, genre: GenrePlan, beside: Sequence[Fact] = ()) -> bool:
    kind = effective_kind(fact, genre)
    if kind is FactKind.BASIS and _NO_DOCUMENT.search(fact.clean):
        return False
    named = any(_given(fact.fields.get(name)) for name in (field.ask, *field.names))
    # 抽查表有，照片没收齐: what its line says is lacking is asked for.
    named = named and not any(one.lines[-1] == fact.lines[-1] and _LACKS.search(one.clean) for one in beside)
    return (
        named
        or kind in field.kinds
        or any(word in text for word in field.words for text in (fact.clean, fact.label, fact.heading))
    )


_LACKS = re.compile(r"没|缺|未|还差|待|不全|空着")


_NO_DOCUMENT = re.compile(r"找不(?:着|到|见)|没找到|不知道|记不(?:得|清)|丢了|没见着?|没看到")
_UNKNOWN = re.compile(r"找不|丢了|没|未|缺|待|谁|不知|不清|空着|？|\?")


def _given(value: str | None) -> bool:
    """True for a field whose value is there: 照片没收齐，签到还没交 says that it is not."""
    return bool(value) and not _LACKS.search(value or "")


def _ask(section: str, field: RequiredField) -> Missing:
    return Missing(section, field.ask, field.why, f"【待补：{field.ask}】")
