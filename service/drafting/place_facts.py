"""Which section of a genre takes which fact, and which no section takes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from service.domain.draft import GenrePlan, PlannedSection
from service.domain.fact import Fact, FactKind, Frame, Tense
from service.drafting.facts.clauses import has_action
from service.drafting.facts.kinds import counted
from service.language.words import segment

# A planned doing is a plan, whatever its sentence is about: 准备开动员会 is no meeting that was held.
_BECOMES_NEXT = frozenset({FactKind.ACTIVITY, FactKind.MEETING, FactKind.RESULT, FactKind.FIGURE, FactKind.MEASURE})
_IN_BRACKETS = re.compile(r"（[^（）]{0,60}）|[(][^()]{0,60}[)]")
_BEFORE_WORD = re.compile(r"去年|上年|前年|往年|同期|(?:19|20)\d\d年")
_THIS_WORD = re.compile(r"今年|本年|全年|上半年|下半年|本季度|本月")
_COMPARED = frozenset({FactKind.FIGURE, FactKind.ACTIVITY, FactKind.MEETING})
ROW_FIELDS = 2  # a row with a problem and one more column of an item is an item
_INTENT = re.compile(r"(?:下学期|下半年|下一步|下步|接下来|下[周月]|明年)?.{0,6}?(?:准备|计划|打算|拟|将|争取|力争)")
_DONE = re.compile(
    r"(?<![为除])了(?!解)|已经?(?!有)|完成了|过去|去年|上年|以来|"
    r"截至|累计|荣获|获评|被评为"
)
_PLAN_TAKES_DONE = frozenset({FactKind.BASIS, FactKind.PROFILE, FactKind.PROBLEM, FactKind.CAUSE, FactKind.FIELD})
# What a target is measured by is told in a 方案 though it lies behind: 上半年投诉127件，作为基数.
_BASELINE = re.compile(r"基数|作为?背景|作为?对比|作为?对照|作为?基准|作为?参照")
_FOR_COMPARISON = re.compile(
    r"(?:作|供|用来|做)?(?:对比|对照|比较)(?:用|一下)?$|(?:作|供|用来|做)(?:个)?(?:对比|对照|比较)"
)
_BACKGROUND = re.compile(r"背景|摸底|现状|由头|起因|缘由|基数|底数|基础")
_NAMED_YEAR = re.compile(r"(?:19|20)\d\d年?|[一二][九〇零][〇零一二三四五六七八九]{2}年")
_HONOURED = re.compile(
    r"(?:评|授|获|拿|得|命名|创|挂|给)(?:上|为|予|了|得|到|成|的)?[\u4e00-\u9fff“”]{0,10}(?:文明|先进|示范|模范|卫生|平安|称号|奖|牌)|"
    r"(?:国家|省|市|区|县|镇|街道)级[\u4e00-\u9fff“”]{0,8}(?:文明|先进|示范|模范|卫生|平安)|评上[国省市区县]级"
)
_FOUNDED = re.compile(r"成立|始建|建(?:成|校|院|馆|站|园|所|厂|村)于?|组建|设立|挂牌|投用|交付")
# 编制34人，在岗32人 and 员工26人党员11人 tell who the unit is, whatever stands before the colon.
_OF_UNIT = re.compile(
    r"(?:[一-龥]{1,6}[：:] ?)?[一-龥]{0,4}?(?:编制|在编|在岗|职工|员工|教职工|床位|"
    r"内设(?:股室|科室|机构)?|(?:户籍|常住)人口)"
    r"(?:床位|人数|总数|现有|共|约)?\d"
)
# A yield is known only afterwards, whatever day stands beside it: 4月12日清理出杂物2.5吨.
_YIELD = re.compile(r"[理清拉运查捡铲拆评选栽种劝]出[\u4e00-\u9fff]{0,6}\d|[拉运清拖搬]走[\u4e00-\u9fff]{0,6}\d")
_APART = frozenset({FactKind.PROBLEM, FactKind.CAUSE, FactKind.NEXT, FactKind.BASIS})
# What a bare figure is called depends on its neighbours: 党员118名 is profile beside 居民小组8个.
_LOOSE_KINDS = frozenset(
    {FactKind.ACTIVITY, FactKind.FIGURE, FactKind.PROFILE, FactKind.MEETING, FactKind.RESULT, FactKind.MEASURE}
)
_LABEL_CHARS = 2
_ONE_THING_CHARS = 120
_COUNTED_ISSUE = re.compile(
    r"第(?:[一二三四五六七八九十]{1,2}|\d{1,2})(?:条|项|个?问题)|问题(?:[一二三四五六七八九十]{1,2}|\d{1,2})(?![\u4e00-\u9fff]|\d)"
)
_DONE_TO_WRONG = 4  # statements of what was done for each problem, from which notes are told by topic
_VERB_COUNT = re.compile(r"([\u4e00-\u9fff]{2})(?:了|约|近|共){0,2}\d[\d.,]*([\u4e00-\u9fff])")


@dataclass(frozen=True)
class Placing:
    """Facts by the key of the section that takes them, and those no section takes."""

    by_section: Mapping[str, list[Fact]]
    unplaced: list[tuple[Fact, str]]


def effective_kind(fact: Fact, plan: GenrePlan) -> FactKind:
    """The kind a fact is placed by: what is planned is a next step, also where it stands among the problems. Pure."""
    if fact.kind is FactKind.MEASURE and item_section(plan) is not None:
        return fact.kind
    if fact.kind in _COMPARED and _stands_since(fact) and not plan.ahead:
        # 2022年评上市级文明单位 is an honour, 2021年成立 part of who the unit is.
        return FactKind.RESULT if _HONOURED.search(fact.clean) else FactKind.PROFILE
    if (
        fact.kind in _COMPARED
        and _OF_UNIT.match(fact.clean)
        and len(counted(fact.mentions)) > 1
        and not plan.ahead
        and not has_action(fact.clean)
    ):
        return FactKind.PROFILE
    ahead = fact.tense is Tense.PLANNED or fact.frame is Frame.AFTER
    meant = fact.kind in _BECOMES_NEXT or (
        fact.kind in (FactKind.PROBLEM, FactKind.CAUSE) and _INTENT.match(fact.clean)
    )
    return FactKind.NEXT if ahead and meant else fact.kind


def planned_facts(facts: Sequence[Fact]) -> list[Fact]:
    """The facts as a 方案 states them: what bears no mark of the past is planned; a line that tells what its work
    yielded is past as a whole. Pure."""
    past = {fact.lines[-1] for fact in facts if _YIELD.search(fact.clean)}
    return [replace(fact, tense=Tense.DONE) if fact.lines[-1] in past else as_planned(fact) for fact in facts]


def as_planned(fact: Fact) -> Fact:
    """`fact` as a plan states it: 3月开动员大会 is planned in a 方案, though its words bear no mark of it; what says it
    is done, 去年清理了, stays done. Pure."""
    # 承办9场（v2写的8场，有一场加了）: what a bracket tells of the sheet is not what the statement says.
    done = fact.frame is Frame.BEFORE or _DONE.search(_IN_BRACKETS.sub("", fact.clean))
    if fact.kind is FactKind.PROBLEM and fact.day is not None and not done:
        return replace(fact, kind=FactKind.NEXT, tense=Tense.PLANNED)  # 4月上线超时提醒 is what will be done about it.
    if fact.tense is Tense.PLANNED or fact.kind in _PLAN_TAKES_DONE or done:
        return fact
    return replace(fact, tense=Tense.PLANNED)


def place_facts(plan: GenrePlan, facts: Sequence[Fact]) -> Placing:
    """Every fact in the section that takes it, or unplaced with the reason. Pure."""
    by_section: dict[str, list[Fact]] = {planned.key: [] for planned in plan.sections}
    unplaced: list[tuple[Fact, str]] = []
    items = item_section(plan)
    listed = items is not None and any(_is_of_item(fact, plan) for fact in facts)
    without_items = replace(plan, sections=tuple(one for one in plan.sections if one.key != items))
    beside: dict[int, str] = {}
    # Reading what is counted costs the words of every fact, so only notes that tell of an earlier year pay for it.
    counted = _Counted(facts if any(fact.frame is Frame.BEFORE for fact in facts) else ())
    for fact in facts:
        reason = _refused(fact, plan, counted)
        if reason:
            unplaced.append((fact, reason))
            continue
        if plan.ahead and _is_baseline(fact) and plan.sections:
            by_section[plan.sections[0].key].append(fact)
            continue
        of_item = items is not None and _is_of_item(fact, plan)
        # Beside a list of items what belongs to none is told elsewhere: 长效机制：每周巡查.
        elsewhere = plan if not listed or fact.kind is FactKind.PROBLEM else without_items
        key = items if of_item else _section_for(elsewhere, fact, beside) or _section_for(plan, fact, beside)
        if key is None:
            unplaced.append((fact, f"{plan.genre.chinese}没有写此类内容的章节"))
            continue
        by_section[key].append(fact)
        beside[fact.lines[-1]] = key
    _keep_lines_together(plan, by_section, items)
    return Placing(by_section, unplaced)


def _keep_lines_together(plan: GenrePlan, by_section: dict[str, list[Fact]], items: str | None) -> None:
    """Moves the facts of a short line into the section that holds most of them: in one line a clerk has said one thing
    (投14.6万元，修村史馆1间，结对11户). Problems and next steps stay apart from what was done."""
    where: dict[tuple[int, bool], list[tuple[str, Fact]]] = {}
    for key, facts in by_section.items():
        if key == items:
            continue
        for fact in facts:
            apart = effective_kind(fact, plan) in _APART and not plan.ahead
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
            fits = effective_kind(fact, plan) in kinds or fact.kind in _LOOSE_KINDS
            if key != best and fits:
                by_section[key] = [one for one in by_section[key] if one is not fact]
                by_section[best].append(fact)


def _is_of_item(fact: Fact, plan: GenrePlan) -> bool:
    """True for a fact of an item, and for a ledger row whose columns are the fields of one."""
    if fact.fields.get("item") is not None:
        return True
    return _item_fields(fact, plan) >= ROW_FIELDS


def _item_fields(fact: Fact, plan: GenrePlan) -> int:
    """How many of the fields that an item answers the fact names."""
    fields = [one for section in plan.sections for one in section.requires if one.per == "item"]
    return sum(any(fact.fields.get(name) for name in (one.ask, *one.names)) for one in fields)


def item_section(plan: GenrePlan) -> str | None:
    """The key of the section that is a list of items, or None. Pure."""
    return next((one.key for one in plan.sections if any(field.per == "item" for field in one.requires)), None)


def as_told(plan: GenrePlan, facts: Sequence[Fact]) -> tuple[GenrePlan, list[Fact]]:
    """`plan` as it takes `facts`, and those: a genre that lists items has its sections for notes without a list where
    none of the facts is of an item, and what was done is told far more often than what was wrong. A row of a table
    is then no problem of its own. Pure."""
    if not _may_be_unlisted(plan) or _answers_items(plan, facts):
        return plan, list(facts)
    if any(_COUNTED_ISSUE.search(fact.text) for fact in facts):
        return plan, list(facts)  # 第二条渣土车带泥上路: whoever counts them aloud has a list.
    wrong = sum(fact.kind is FactKind.PROBLEM and not fact.fields for fact in facts)
    done = sum(fact.kind in _LOOSE_KINDS or bool(fact.fields) for fact in facts)
    if wrong * _DONE_TO_WRONG > done or done < _DONE_TO_WRONG:
        return plan, list(facts)
    # The sections stay marked as those of a genre that answers a list: what set it going lies before its period.
    sections = (replace(one.unlisted, unlisted=one.unlisted) if one.unlisted else one for one in plan.sections)
    told = [
        replace(one, kind=FactKind.FIGURE, fields={name: words for name, words in one.fields.items() if name != "item"})
        if one.kind is FactKind.PROBLEM and one.fields
        else one
        for one in facts
    ]
    return replace(plan, sections=tuple(sections)), told


def _answers_items(plan: GenrePlan, facts: Sequence[Fact]) -> bool:
    """True where something is told of an item beside its problem; a column that only names problems does not."""
    items = Counter(fact.fields["item"] for fact in facts if fact.fields.get("item"))
    return any(count > 1 for count in items.values()) or any(_item_fields(fact, plan) >= ROW_FIELDS for fact in facts)


def _may_be_unlisted(plan: GenrePlan) -> bool:
    return any(one.unlisted is not None for one in plan.sections)


def _refused(fact: Fact, plan: GenrePlan, counted: _Counted) -> str | None:
    if plan.ahead and _is_baseline(fact):
        return None
    if plan.ahead and fact.tense is not Tense.PLANNED and fact.kind not in _PLAN_TAKES_DONE:
        return "方案不写已完成的工作和结果"
    # What a unit is judged on reaches back over years: 2019年获区级文明单位 belongs into its declaration.
    years_matter = not plan.all_years and not _FOR_COMPARISON.search(fact.clean)
    years_matter = years_matter and not _stands_since(fact)
    answers_a_list = item_section(plan) is not None or _may_be_unlisted(plan)
    years_matter = years_matter and not (answers_a_list and _is_of_this_year(fact))
    if years_matter and _is_of_before(fact) and fact.kind in _COMPARED and not counted.beside(fact):
        return "时间早于本报告期，本期没有可以对照的内容，未写入；如属本期，请核对报告期"
    return None


def _stands_since(fact: Fact) -> bool:
    """True for what has held since a year that the notes name: 2019年评上县级文明单位, 2021年成立."""
    return bool(_NAMED_YEAR.search(fact.clean) and (_HONOURED.search(fact.clean) or _FOUNDED.search(fact.clean)))


def _is_baseline(fact: Fact) -> bool:
    """True for what a 方案 starts from: 上半年投诉127件，作为基数; 背景：去年清垃圾2.4吨."""
    return bool(_BASELINE.search(fact.clean) or _BACKGROUND.search(fact.label or fact.heading))


def _is_of_this_year(fact: Fact) -> bool:
    """True for a day before the period that no word puts into an earlier year: what a list of issues answers was found,
    and its work set going, before the quarter it is reported for."""
    return fact.day is not None and _BEFORE_WORD.search(fact.clean) is None


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
        self._by_verb: set[str] = set()
        for fact in facts:
            if fact.frame is Frame.THIS and fact.tense is not Tense.PLANNED:
                units = _units(fact)
                self._by_thing |= {(unit, thing) for unit in units for thing in _things(fact)}
                self._by_line |= {(unit, fact.lines[-1]) for unit in units}
                self._by_verb |= _counted_by(fact)

    def beside(self, before: Fact) -> bool:
        """True where this period counts the same thing in the same unit, or the same unit in the same line; and where
        last year's words name no thing (去年同期查出56处), where something was counted by the same word."""
        units, things = _units(before), _things(before)
        alike = any((unit, thing) in self._by_thing for unit in units for thing in things)
        alike = alike or (not things and not self._by_verb.isdisjoint(_counted_by(before)))
        return alike or any((unit, before.lines[-1]) in self._by_line for unit in units)


def _counted_by(fact: Fact) -> set[str]:
    """The words before a fact's counts, with their units: 查出处 of 一共查出31处."""
    return {found[1] + found[2] for found in _VERB_COUNT.finditer(fact.clean)}


def _units(fact: Fact) -> set[str]:
    return {mention.unit for mention in fact.mentions if mention.unit}


def _things(fact: Fact) -> set[str]:
    """The nouns of a fact: 50人参加劝导 and 慰问老党员20人 share a counter and nothing else."""
    return {
        word.text for word in segment(_BEFORE_WORD.sub(" ", fact.clean)) if word.tag[:1] == "n" and len(word.text) > 1
    }


def _section_for(plan: GenrePlan, fact: Fact, beside: Mapping[int, str]) -> str | None:
    """The key of the section that takes `fact`: one that names its words or topic, then the one of its
    neighbour in the line (`beside`), then one that takes any."""
    takers = _takers(plan, fact)
    for name in (fact.label, fact.heading.strip(" #")):
        # 组织：市创建办总牵头 is of 组织领导.
        named = [one.key for one in takers if any(word.startswith(name) for word in one.words)]
        if len(name) >= _LABEL_CHARS and named:
            return named[0]
    for text in (fact.label, fact.heading, fact.clean):
        named = [one.key for one in takers if any(word in text for word in one.words)]
        # 方案要有目标 步骤 要求 stands above them all and names none.
        if named and not (text is fact.heading and len(named) > 1):
            return named[0]
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
    kind = effective_kind(fact, plan)
    tense = Tense.PLANNED if kind is FactKind.NEXT else fact.tense
    free = not plan.ahead and (fact.kind in _PLAN_TAKES_DONE or kind is FactKind.NEXT)
    return [one for one in plan.sections if kind in one.kinds and (not one.tenses or tense in one.tenses or free)]
