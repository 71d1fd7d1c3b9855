"""The items of a rectification report: each problem with its cause, measure, responsibility, deadline, state, proof."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from service.domain.draft import DraftSection, RequiredField, SectionPlan, SentenceKind
from service.domain.fact import Fact, FactKind
from service.drafting.assemble import chinese_numeral
from service.drafting.compose_by_rules.doubts import with_open_questions, with_unsettled
from service.drafting.compose_by_rules.owners import named
from service.drafting.compose_by_rules.rewrite import Voice, split_clauses
from service.drafting.compose_by_rules.section import Written
from service.drafting.compose_by_rules.statement import Statement, state
from service.drafting.compose_by_rules.surface import written_form
from service.drafting.compose_by_rules.wording import reworded
from service.drafting.facts.kinds import counted

_HEADING_MAX_CHARS = 40
_DOING = re.compile(r"已经?(?!完成|办结|销号|整改|解决|全部|到位|落实)[\u4e00-\u9fff]")
_SAYS_NOTHING = re.compile(
    r"[（(]?(?:[待未没](?:定|填|说|补)|不详|不清楚?|看(?:天气|厂家|情况|领导)|再(?:定|说|议)|另定|空(?:着|白)?$|暂[缺无]|[？?\-—/]+$|"
    r"(?:大概|应该|已)*差不多了?$|还行$)"
)
_HAS_OFFICE = re.compile(
    r"[一-龥]{1,8}(?:科|室|处|办|局|所|站|部|组|队|中心|社区|公司|物业|主任|经理|[科处部队站所院园馆校]长)"
)
_FIRST, _MEASURE, _STATE = "问题", "整改措施", "完成情况"
_OFFICE, _PERSON = "责任单位", "责任人"


def compose_issues(plan: SectionPlan, voice: Voice) -> DraftSection:
    """The section of `plan` as a list of items, one per group, each field in the order the genre requires. Pure."""
    written = Written()
    fields = [one for one in plan.planned.requires if one.per == "item"]
    for number, (_, facts) in enumerate(plan.groups, 1):
        _write_item(written, number, facts, fields, plan, voice)
    written.add_questions(plan.missing)
    return written.section(plan.heading, plan.missing)


def _write_item(
    written: Written,
    number: int,
    facts: Sequence[Fact],
    fields: Sequence[RequiredField],
    plan: SectionPlan,
    voice: Voice,
) -> None:
    answers = {field.ask: answers_to(field, facts) for field in fields}
    written.break_line()
    problems = _texts(answers.pop(_FIRST, []), _FIRST, plan, voice)
    if problems:
        text = named("；".join(body for body, _ in problems), facts[0])
        problem_lines = sorted({line for _, lines in problems for line in lines})
        # One paragraph an item, so that what was done stands with its problem.
        written.add(f"（{chinese_numeral(number)}）{_heading(text)}。", SentenceKind.FACT, problem_lines)
        if len(text) > _HEADING_MAX_CHARS:
            written.add(f"问题：{text}。", SentenceKind.FACT, problem_lines)
    else:
        written.add(f"（{chinese_numeral(number)}）【待补：问题】。", SentenceKind.PLACEHOLDER)
    if not answers.get(_MEASURE) and _tells_a_doing(answers.get(_STATE, [])):
        # 已修 and 换了 tell what was done and how it stands: one answer to both.
        answers.pop(_MEASURE, None)
        fields = [replace(one, ask=f"{_MEASURE}及{_STATE}") if one.ask == _STATE else one for one in fields]
        fields = [one for one in fields if one.ask != _MEASURE]
        answers[f"{_MEASURE}及{_STATE}"] = answers.pop(_STATE)
    fields = _who_once(fields, facts)
    for field in fields:
        if field.ask == _FIRST:
            continue
        found = _texts(answers.get(field.ask, []), field.ask, plan, voice)
        if not found:
            written.add(f"{field.ask}：【待补：{field.ask}】。", SentenceKind.PLACEHOLDER)
        for position, (body, lines) in enumerate(found):
            head = f"{field.ask}：" if position == 0 else ""
            mark = "；" if position + 1 < len(found) else "。"
            written.add(f"{head}{body}{mark}", SentenceKind.FACT, lines)


def _tells_a_doing(answers: Sequence[tuple[Fact, str | None]]) -> bool:
    """True where the state of an item names what was done, and not only that it is: 已修, 已劝离, but not 已完成."""
    return any(_DOING.search(value or fact.clean) for fact, value in answers)


def asked_of_item(fields: Sequence[RequiredField], facts: Sequence[Fact]) -> list[RequiredField]:
    """The fields of an item that nothing of `facts` answers. Pure."""
    lacking = [field for field in _who_once(fields, facts) if not answers_to(field, facts)]
    state = next((field for field in fields if field.ask == _STATE), None)
    told = state is not None and _tells_a_doing(answers_to(state, facts))
    return [field for field in lacking if not (told and field.ask == _MEASURE)]


def _who_once(fields: Sequence[RequiredField], facts: Sequence[Fact]) -> list[RequiredField]:
    """`fields` with the office and the person who answer as one where neither is told, and without the office where the
    person is told with it (德育处 纪穗)."""
    told = {one.ask: answers_to(one, facts) for one in fields if one.ask in (_OFFICE, _PERSON)}
    if len(told) < len((_OFFICE, _PERSON)) or told[_OFFICE]:
        return list(fields)
    if not told[_PERSON]:
        both = f"{_OFFICE}和{_PERSON}"
        why = f"整改报告逐条须写{both}"
        joined = [replace(one, ask=both, why=why, names=()) if one.ask == _PERSON else one for one in fields]
        return [one for one in joined if one.ask != _OFFICE]
    with_office = any(_HAS_OFFICE.match(value or "") for _, value in told[_PERSON])
    return [one for one in fields if one.ask != _OFFICE or not with_office]


def _heading(text: str) -> str:
    if len(text) > _HEADING_MAX_CHARS:
        text = re.split(r"[，；]", text)[0][:_HEADING_MAX_CHARS]
    text = text.strip("“”。")
    if re.search(r"[“”]", text) or text.endswith("问题"):
        return f"关于{text}" if text.endswith("问题") else f"关于{text}的问题"
    return f"关于“{text}”的问题"


def answers_to(field: RequiredField, facts: Sequence[Fact]) -> list[tuple[Fact, str | None]]:
    """The facts of one item that answer `field`, each with the literal field value or None where the whole fact
    answers. A named field wins over a fact that is merely of the right kind. Pure."""
    names = (field.ask, *field.names)
    named = [(fact, fact.fields[name]) for fact in facts for name in names if _answered(fact.fields.get(name))]
    of_kind: list[tuple[Fact, str | None]] = [
        (fact, None) for fact in facts if fact.kind in field.kinds and not _named_elsewhere(fact)
    ]
    seen: set[str] = set()
    out: list[tuple[Fact, str | None]] = []
    for fact, value in [*named, *of_kind]:
        if fact.id not in seen:
            out.append((fact, value))
            seen.add(fact.id)
    return sorted(out, key=lambda one: one[0].span.start)


def _answered(value: str | None) -> bool:
    """False for a value that says nothing yet: 整改时限：看天气, 责任人：（待定）, 完成情况：大概差不多了."""
    return bool(value) and not _SAYS_NOTHING.match(value or "")


def _named_elsewhere(fact: Fact) -> bool:
    """True where the fact's named fields tell all it counts: 环卫所牵头，加防滑垫14块 still tells of the mats."""
    values = [value for name, value in fact.fields.items() if name != "item"]
    tells_more = any(not any(one.text.strip() in value for value in values) for one in counted(fact.mentions))
    return fact.kind is FactKind.FIELD or (bool(values) and not tells_more)


def _texts(
    answers: Sequence[tuple[Fact, str | None]], ask: str, plan: SectionPlan, voice: Voice
) -> list[tuple[str, tuple[int, ...]]]:
    out = []
    for fact, value in answers:
        if value is not None:
            text, open_lines = with_open_questions(written_form(value), fact, plan.conflicts)
            text, asked = with_unsettled(text, fact)
            open_lines = open_lines or asked
            clauses = reworded(split_clauses(text), voice, topics=False).clauses
            out.append(("，".join(clauses), tuple(sorted({*fact.lines, *open_lines}))))
            continue
        found: Statement | None = state(fact, voice, plan.conflicts, carries_day=False)
        if found is not None:
            out.append((_plain(found.alone, ask), found.lines))
    return out


def _plain(text: str, ask: str) -> str:
    return re.sub(rf"^{ask}[：:]", "", text)
