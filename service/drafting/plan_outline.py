"""Genre plan and facts as an outline: every fact placed once or left out with the reason, what is missing asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from service.domain.draft import GenrePlan, Missing, Outline, PlannedSection, RequiredField, SectionPlan, SectionWish
from service.domain.fact import Conflict, Fact, FactKind, Frame, NotesRead, Tense
from service.domain.genre import Genre
from service.domain.report import Exemplar
from service.drafting.arrange_outline import arrange
from service.drafting.compose_by_rules.issues import answers_to
from service.drafting.compose_by_rules.numbered_issues import with_numbered_issues
from service.drafting.compose_by_rules.opening import basis_phrase
from service.drafting.compose_by_rules.rewrite import Voice
from service.drafting.compose_by_rules.statement import conflict_question, thing_in_doubt, unsettled_question
from service.drafting.group_by_topic import grouped_by_topic, in_order
from service.language.words import segment

OPENING = PlannedSection("opening", "", "导语", (FactKind.BASIS,))
CLOSING = PlannedSection("closing", "", "结束语", ())

# A planned doing is a plan, whatever its sentence is about: 准备开动员会 is no meeting that was held.
_BECOMES_NEXT = frozenset({FactKind.ACTIVITY, FactKind.MEETING, FactKind.RESULT, FactKind.FIGURE, FactKind.MEASURE})
_FOLLOWS_DOCUMENT = re.compile(
    r"(?:根据|按照|依据|遵照|对照|为贯彻|为落实)[^，。；]{0,16}《[^》]{2,60}》[^，。；]{0,10}$"
)
_IN_BRACKETS = re.compile(r"（[^（）]{0,60}）|[(][^()]{0,60}[)]")
_BEFORE_WORD = re.compile(r"去年|上年|前年|往年|同期|(?:19|20)\d\d年")
_THIS_WORD = re.compile(r"今年|本年|全年|上半年|下半年|本季度|本月")
_COMPARED = frozenset({FactKind.FIGURE, FactKind.ACTIVITY, FactKind.MEETING})
_APART = frozenset({FactKind.PROBLEM, FactKind.CAUSE, FactKind.NEXT, FactKind.BASIS})
# What a bare figure is called depends on its neighbours: 党员118名 is profile beside 居民小组8个.
_LOOSE_KINDS = frozenset({FactKind.ACTIVITY, FactKind.FIGURE, FactKind.PROFILE, FactKind.MEETING, FactKind.RESULT, FactKind.MEASURE})
_ONE_THING_CHARS = 120
_ROW_FIELDS = 2  # a row with a problem and one more column of an item is an item
_INTENT = re.compile(r"(?:下学期|下半年|下一步|下步|接下来|下[周月]|明年)?.{0,6}?(?:准备|计划|打算|拟|将|争取|力争)")
_DONE = re.compile(r"(?<![为除])了(?!解)|已经?(?!有)|完成了|过去|去年|上年|以来|截至|累计|荣获|获评|被评为")
_PLAN_TAKES_DONE = frozenset({FactKind.BASIS, FactKind.PROFILE, FactKind.PROBLEM, FactKind.CAUSE, FactKind.FIELD})


@dataclass(frozen=True)
class _Placing:
    """Facts by the key of the section that takes them, and those no section takes."""

    by_section: Mapping[str, list[Fact]]
    unplaced: list[tuple[Fact, str]]


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
    if _item_section(plan) is not None:
        facts = with_numbered_issues(facts, read.notes)
    if plan.genre is Genre.PLAN:
        facts = [as_planned(fact) for fact in facts]
    too_long = [(fact, "超出篇幅限制，本稿未写入") for fact in facts if fact.id in leave_out]
    facts = [fact for fact in facts if fact.id not in leave_out]
    opening, facts = _opening_fact(facts, voice, plan)
    placing = _place(plan, facts)
    if wishes:
        arranged = arrange(plan, facts, placing.unplaced, wishes)
        plan, placing = arranged.plan, _Placing(arranged.by_section, arranged.unplaced)
    lacking = tuple(_ask("", field) for field in plan.requires if not _answered_anywhere(field, read, plan.genre))
    sections = [SectionPlan(OPENING, "", (("", (opening,)),) if opening else (), missing=lacking)]
    for planned in plan.sections:
        taken = placing.by_section[planned.key]
        if not taken and planned.empty == "omit":
            continue
        sections.append(_section(planned, taken, read.conflicts, exemplars, plan.genre))
    sections = _with_open_points(sections, read)
    sections.append(SectionPlan(CLOSING, "", ()))
    return Outline(plan.genre, title, tuple(sections), (*doubled, *placing.unplaced, *too_long))


def _answered_anywhere(field: RequiredField, read: NotesRead, genre: Genre) -> bool:
    return any(_answers(field, fact, genre) for fact in read.facts) or any(word in read.notes.raw for word in field.words)


def _with_open_points(sections: list[SectionPlan], read: NotesRead) -> list[SectionPlan]:
    """The sections with what the notes leave undecided asked where its line stands, else where the organisation is told,
    else in the first section of all."""
    out = list(sections)
    for point in read.open_points:
        missing = Missing("", point.ask, "笔记说这件事还没有定，须明确后再写", f"【待补：{point.ask}】")
        headed = [at for at, one in enumerate(out) if one.planned is not OPENING]
        beside = [at for at in headed if any(point.line in fact.lines for fact in out[at].facts)]
        told = [at for at in headed if out[at].planned.key == "organisation"]
        place = next(iter([*beside, *told, *headed]), 0)
        out[place] = replace(
            out[place], missing=(*out[place].missing, replace(missing, section=out[place].heading))
        )
    return out


def _joined_conflicts(conflicts: Sequence[Conflict]) -> tuple[Conflict, ...]:
    """Conflicts about one thing as one: lines 1 and 2, and 1 and 3, are a single question."""
    joined: list[Conflict] = []
    for one in conflicts:
        at = next(
            (
                i
                for i, two in enumerate(joined)
                if thing_in_doubt(two) == thing_in_doubt(one) and set(two.lines) & set(one.lines)
            ),
            None,
        )
        if at is None:
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


def effective_kind(fact: Fact, genre: Genre) -> FactKind:
    """The kind a fact is placed by: what is planned is a next step, also where it stands among the problems. Pure."""
    if fact.kind is FactKind.MEASURE and genre is Genre.RECTIFICATION:
        return fact.kind
    ahead = fact.tense is Tense.PLANNED or fact.frame is Frame.AFTER
    meant = fact.kind in _BECOMES_NEXT or (
        fact.kind in (FactKind.PROBLEM, FactKind.CAUSE) and _INTENT.match(fact.clean)
    )
    return FactKind.NEXT if ahead and meant else fact.kind


def as_planned(fact: Fact) -> Fact:
    """`fact` as a plan states it: 3月开动员大会 is planned in a 方案, though its words bear no mark of it; what says it
    is done, 去年清理了, stays done. Pure."""
    done = fact.frame is Frame.BEFORE or _DONE.search(fact.clean)
    if fact.tense is Tense.PLANNED or fact.kind in _PLAN_TAKES_DONE or done:
        return fact
    return replace(fact, tense=Tense.PLANNED)


def _place(plan: GenrePlan, facts: Sequence[Fact]) -> _Placing:
    by_section: dict[str, list[Fact]] = {planned.key: [] for planned in plan.sections}
    unplaced: list[tuple[Fact, str]] = []
    items = _item_section(plan)
    beside: dict[int, str] = {}
    # Reading what is counted costs the words of every fact, so only notes that tell of an earlier year pay for it.
    counted = _Counted(facts if any(fact.frame is Frame.BEFORE for fact in facts) else ())
    for fact in facts:
        reason = _refused(fact, plan, counted)
        if reason:
            unplaced.append((fact, reason))
            continue
        key = items if items and _is_of_item(fact, plan) else _section_for(plan, fact, beside)
        if key is None:
            unplaced.append((fact, f"{plan.genre.chinese}没有写此类内容的章节"))
            continue
        by_section[key].append(fact)
        beside[fact.lines[-1]] = key
    _keep_lines_together(plan, by_section, items)
    return _Placing(by_section, unplaced)


def _keep_lines_together(plan: GenrePlan, by_section: dict[str, list[Fact]], items: str | None) -> None:
    """Moves the facts of a short line into the section that holds most of them: a clerk who wrote 结对村投14.6万元，修村史馆，
    结对11户 in one line has said one thing. Problems and next steps stay apart from what was done."""
    where: dict[tuple[int, bool], list[tuple[str, Fact]]] = {}
    for key, facts in by_section.items():
        if key == items:
            continue
        for fact in facts:
            apart = effective_kind(fact, plan.genre) in _APART and plan.genre is not Genre.PLAN
            where.setdefault((fact.lines[-1], apart), []).append((key, fact))
    allowed = {one.key: one for one in plan.sections}
    for (_, apart), placed in where.items():
        keys = [key for key, _ in sorted(placed, key=lambda one: one[1].span.start)]
        chars = sum(len(fact.clean) for _, fact in placed)
        if apart or len(set(keys)) < 2 or chars > _ONE_THING_CHARS:
            continue
        best = max(dict.fromkeys(keys), key=keys.count)
        kinds = allowed[best].kinds
        for key, fact in placed:
            fits = effective_kind(fact, plan.genre) in kinds or fact.kind in _LOOSE_KINDS
            if key != best and fits:
                by_section[key] = [one for one in by_section[key] if one is not fact]
                by_section[best].append(fact)


def _is_of_item(fact: Fact, plan: GenrePlan) -> bool:
    """True for a fact of an item, and for a ledger row whose columns are the fields of one."""
    if fact.fields.get("item") is not None:
        return True
    fields = [one for section in plan.sections for one in section.requires if one.per == "item"]
    return sum(any(fact.fields.get(name) for name in (one.ask, *one.names)) for one in fields) >= _ROW_FIELDS


def _item_section(plan: GenrePlan) -> str | None:
    return next((one.key for one in plan.sections if any(field.per == "item" for field in one.requires)), None)


def _refused(fact: Fact, plan: GenrePlan, counted: _Counted) -> str | None:
    if plan.genre is Genre.PLAN and fact.tense is not Tense.PLANNED and fact.kind not in _PLAN_TAKES_DONE:
        return "方案不写已完成的工作和结果"
    # What a unit is judged on reaches back over years: 2019年获区级文明单位 belongs into its declaration.
    years_matter = plan.genre is not Genre.DECLARATION
    if years_matter and _is_of_before(fact) and fact.kind in _COMPARED and not counted.beside(fact):
        return "时间早于本报告期，本期没有可以对照的内容，未写入；如属本期，请核对报告期"
    return None


def _is_of_before(fact: Fact) -> bool:
    """False where last year is only set beside this year's figure: 全年进馆18万人次（2023年是15万人次）."""
    if fact.frame is not Frame.BEFORE:
        return False
    outside = _IN_BRACKETS.sub("", fact.clean)
    says_before = _BEFORE_WORD.search(outside) is not None
    return not _THIS_WORD.search(outside) and (says_before or not _BEFORE_WORD.search(fact.clean))


class _Counted:
    """What this period's facts count, so that last year's figure finds the one it stands beside without a search."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self._by_thing: set[tuple[str, str]] = set()
        self._by_line: set[tuple[str, int]] = set()
        for fact in facts:
            if fact.frame is Frame.THIS and fact.tense is not Tense.PLANNED:
                units = _units(fact)
                self._by_thing |= {(unit, thing) for unit in units for thing in _things(fact)}
                self._by_line |= {(unit, fact.lines[-1]) for unit in units}

    def beside(self, before: Fact) -> bool:
        """True where this period counts the same thing in the same unit, or the same unit in the same line."""
        units = _units(before)
        alike = any((unit, thing) in self._by_thing for unit in units for thing in _things(before))
        return alike or any((unit, before.lines[-1]) in self._by_line for unit in units)


def _units(fact: Fact) -> set[str]:
    return {mention.unit for mention in fact.mentions if mention.unit}


def _things(fact: Fact) -> set[str]:
    """The nouns of a fact: 50人参加劝导 and 慰问老党员20人 share a counter and nothing else."""
    return {word.text for word in segment(fact.clean) if word.tag[:1] == "n" and len(word.text) > 1}


def _section_for(plan: GenrePlan, fact: Fact, beside: Mapping[int, str]) -> str | None:
    """The key of the section that takes `fact`: one that names its words or topic, then the one of its
    neighbour in the line (`beside`), then one that takes any."""
    takers = _takers(plan, fact)
    for text in (fact.label, fact.clean):
        for one in takers:
            if any(word in text for word in one.words):
                return one.key
    for one in takers:
        if fact.topic is not None and fact.topic in one.topics:
            return one.key
    near = beside.get(fact.lines[-1])
    if any(one.key == near for one in takers):
        return near
    for one in takers:
        if not one.topics and not one.words:
            return one.key
    # A genre whose every section is narrow still takes a fact it has the kind for, in its first such section.
    return takers[0].key if takers else None


def _takers(plan: GenrePlan, fact: Fact) -> list[PlannedSection]:
    kind = effective_kind(fact, plan.genre)
    tense = Tense.PLANNED if kind is FactKind.NEXT else fact.tense
    free = plan.genre is not Genre.PLAN and (fact.kind in _PLAN_TAKES_DONE or kind is FactKind.NEXT)
    return [one for one in plan.sections if kind in one.kinds and (not one.tenses or tense in one.tenses or free)]


def _section(
    planned: PlannedSection,
    facts: Sequence[Fact],
    conflicts: Sequence[Conflict],
    exemplars: Sequence[Exemplar],
    genre: Genre,
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
        if item is None and len(fact.fields) >= _ROW_FIELDS:
            item = fact.id
        elif item is None:
            # A problem without an item of its own opens one; what follows it belongs to it.
            if fact.kind is FactKind.PROBLEM or not items:
                loose += 1
            item = f"loose{loose}"
        items.setdefault(item, []).append(fact)
    return tuple(("", tuple(group)) for group in items.values())


def _missing(plan: SectionPlan, genre: Genre) -> tuple[Missing, ...]:
    """What the genre requires of this section and its facts do not hold: items in order, then the whole section."""
    per_item = [field for field in plan.planned.requires if field.per == "item"]
    out = [
        _ask(f"{plan.heading}第{number}项" if len(plan.groups) > 1 else plan.heading, field)
        for number, (_, facts) in enumerate(plan.groups, 1)
        for field in per_item
        if not answers_to(field, facts)
    ]
    out += [
        _ask(plan.heading, field)
        for field in plan.planned.requires
        if field.per == "section" and not any(_answers(field, fact, genre, plan.facts) for fact in plan.facts)
    ]
    if not plan.groups and not out and plan.planned.empty == "ask":
        name = plan.heading or plan.planned.purpose
        out.append(Missing(plan.heading, name, f"笔记中没有可写入“{name}”的内容", f"【待补：{name}】"))
    out += [_unsettled(plan.heading, fact, figure) for fact in plan.facts for figure in fact.unsettled]
    return (*out, *(_open_question(plan.heading, conflict) for conflict in plan.conflicts))


def _unsettled(section: str, fact: Fact, figure: str) -> Missing:
    ask = unsettled_question(fact, figure)
    return Missing(section, ask, "笔记说这个数还没有定，须核实后再写", f"【待补：{ask}】")


def _open_question(section: str, conflict: Conflict) -> Missing:
    ask = conflict_question(conflict)
    return Missing(section, ask, "笔记中同一事项有不同的数字，须核实后再写", f"【待补：{ask}】")


def _answers(field: RequiredField, fact: Fact, genre: Genre, beside: Sequence[Fact] = ()) -> bool:
    kind = effective_kind(fact, genre)
    named = any(_given(fact.fields.get(name)) for name in (field.ask, *field.names))
    # 抽查表有，照片没收齐: what its line says is lacking is asked for.
    named = named and not any(one.lines[-1] == fact.lines[-1] and _LACKS.search(one.clean) for one in beside)
    return named or kind in field.kinds or any(word in fact.clean for word in field.words)


_LACKS = re.compile(r"没|缺|未|还差|待|不全|空着")


def _given(value: str | None) -> bool:
    """True for a field whose value is there: 照片没收齐，签到还没交 says that it is not."""
    return bool(value) and not _LACKS.search(value or "")


def _ask(section: str, field: RequiredField) -> Missing:
    return Missing(section, field.ask, field.why, f"【待补：{field.ask}】")
