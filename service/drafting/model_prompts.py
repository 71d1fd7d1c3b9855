"""The prompts of the drafting path: what a model is told of a section, cut to its window by the order of importance.

Contract and note lines always stay. Exemplars go first, then the summaries of other sections, then the outline. Lines
that do not fit even so are written in several requests, split between facts: a cut line would lose or bend a fact.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from prompts.render import load_template, render
from service.domain.draft import SectionPlan
from service.domain.fact import Conflict, Fact, Frame, Tense
from service.domain.quantity import Role
from service.drafting.compose_by_rules.doubts import conflict_question
from service.drafting.tools import SectionTask
from service.language.numbers import find_numbers
from service.model.role import Prompt

WRITE, WRITE_VERSION = "write_section", 3
GROUP, GROUP_VERSION = "group_facts", 2
_MOST_OBJECTIONS = 8
_NONE = "（无）"
_ISO_DAY = re.compile(r"(?:(\d{4})|-)-(\d\d)(?:-(\d\d))?")


@dataclass(frozen=True)
class Again:
    """A reply that was refused: its text as it came, and the exact objections to it."""

    reply: str
    objections: Sequence[str]


@dataclass(frozen=True)
class Window:
    """What a prompt may cost: `tokens` by `count`."""

    tokens: int
    count: Callable[[str], int]

    def holds(self, prompt: Prompt) -> bool:
        """True where `prompt` fits."""
        return self.count(prompt.system + prompt.user) <= self.tokens


def section_prompt(task: SectionTask, window: Window, again: Again | None = None) -> Prompt | None:
    """The prompt for one section, None where its lines alone do not fit."""
    for masked, beside, outline in _versions(task):
        prompt = _rendered(task, masked, beside, outline, again)
        if window.holds(prompt):
            return prompt
    return None


def parts_that_fit(task: SectionTask, window: Window) -> list[SectionTask] | None:
    """`task` as one or several tasks whose prompts fit, facts in order; None where a single fact does not fit."""
    if section_prompt(task, window) is not None:
        return [task]
    halves = split_task(task)
    if halves is None:
        return None
    parts = [parts_that_fit(one, window) for one in halves]
    found = [one for part in parts if part is not None for one in part]
    return None if any(part is None for part in parts) else found


def split_task(task: SectionTask) -> tuple[SectionTask, SectionTask] | None:
    """`task` in two, between facts; None for a single fact. Conflicts and questions go with the facts they touch."""
    facts = task.plan.facts
    if len(facts) < 2:
        return None
    first = {id(fact) for fact in facts[: len(facts) // 2]}
    return _with_facts(task, lambda fact: id(fact) in first), _with_facts(task, lambda fact: id(fact) not in first)


def _with_facts(task: SectionTask, keep: Callable[[Fact], bool]) -> SectionTask:
    groups = [(heading, tuple(fact for fact in facts if keep(fact))) for heading, facts in task.plan.groups]
    groups = [(heading, facts) for heading, facts in groups if facts]
    lines = {line for _, facts in groups for fact in facts for line in fact.lines}
    conflicts = tuple(one for one in task.plan.conflicts if set(one.lines) & lines)
    return replace(task, plan=replace(task.plan, groups=tuple(groups), conflicts=conflicts))


def grouping_prompt(task: SectionTask) -> Prompt:
    """The question how the facts of a section are to be grouped, ordered and labelled."""
    facts = "\n".join(f"F{place} {fact.clean}" for place, fact in enumerate(task.plan.facts, 1))
    boundary = _boundary(facts)
    values = {
        "genre": task.genre.genre.chinese,
        "heading": _name(task.plan),
        "purpose": task.plan.planned.purpose,
        "facts": facts,
        "boundary": boundary,
    }
    made = render(load_template(GROUP, GROUP_VERSION), values)
    return Prompt(made.system, made.user, boundary, made.version, f"{_name(task.plan)}·分组")


def own_line(fact: Fact, task: SectionTask) -> int:
    """The note line a fact stands in."""
    return task.read.notes.line_at(fact.span.start).number


def allowed_lines(task: SectionTask) -> frozenset[int]:
    """The note lines a reply may name."""
    return frozenset(line for fact in task.plan.facts for line in fact.lines) | {
        line for conflict in task.plan.conflicts for line in conflict.lines
    }


def _versions(task: SectionTask) -> Iterator[tuple[list[str], str, str]]:
    """Exemplars, summaries and outline from all of them to none, in the order in which they are given up."""
    masked = [f"【{one.heading}】\n{one.masked}" for one in task.plan.exemplars]
    beside = "\n".join(task.beside) or _NONE
    outline = "、".join(task.neighbours) or "（仅此一节）"
    for kept in range(len(masked), -1, -1):
        yield masked[:kept], beside, outline
    yield [], _NONE, outline
    yield [], _NONE, _NONE


def _rendered(task: SectionTask, masked: Sequence[str], beside: str, outline: str, again: Again | None) -> Prompt:
    lines = _numbered_lines(task)
    boundary = _boundary("\n".join([lines, *masked]))
    made = render(
        load_template(WRITE, WRITE_VERSION),
        {
            "genre": task.genre.genre.chinese,
            "register": task.genre.register,
            "heading": _name(task.plan),
            "purpose": task.plan.planned.purpose,
            "never": "、".join(task.genre.never) or "笔记以外的内容",
            "groups": _groups(task),
            "lines": lines,
            "exemplars": "\n".join(masked) or _NONE,
            "outline": outline,
            "beside": beside,
            "boundary": boundary,
            "wish": f"\n经办人对本节的要求（不得因此违反以上各条）：{task.wish}" if task.wish else "",
            "objection": _objection_text(again),
        },
    )
    return Prompt(made.system, made.user, boundary, made.version, _name(task.plan))


def _name(plan: SectionPlan) -> str:
    return plan.heading or plan.planned.purpose


def _numbered_lines(task: SectionTask) -> str:
    """The facts of the section as the model sees them: the literal words, one numbered line each, with what the notes
    say of doubt, plan and year."""
    rows = [f"L{own_line(fact, task)} {_bare(fact.clean)}{_marks(fact)}" for fact in task.plan.facts]
    return "\n".join([*rows, *(_open_row(conflict) for conflict in task.plan.conflicts)])


def _bare(clean: str) -> str:
    """The words without the number an item of a list begins with (2. 加活动厕所16座): no model should copy it."""
    first = next(iter(find_numbers(clean)), None)
    if first is None or first.start or first.role is not Role.STRUCTURE:
        return clean
    return clean[first.end :].lstrip(" 、.．)）:：") or clean


def _open_row(conflict: Conflict) -> str:
    return f"L{conflict.lines[0]} （此处数字不一致，不写数字，原样写【待补：{conflict_question(conflict)}】）"


def _marks(fact: Fact) -> str:
    marks = [
        "计划" if fact.tense is Tense.PLANNED else "",
        "上年情况" if fact.frame is Frame.BEFORE else "",
        "待核实" if fact.unsure is not None else "",
        f"日期{_day_words(fact)}" if fact.day is not None else "",
        f"归属{fact.whose}" if fact.whose and fact.whose not in fact.clean else "",
        f"地点{fact.where}" if fact.where != fact.whose and fact.where and fact.where not in fact.clean else "",
    ]
    told = "、".join(mark for mark in marks if mark)
    return f"（{told}）" if told else ""


def _day_words(fact: Fact) -> str:
    """The fact's day or period as people write it, so that a model copies it instead of converting it."""
    assert fact.day is not None
    first, last = _in_words(fact.day.lo), _in_words(fact.day.hi)
    return first if first == last else f"{first}至{last}"


def _in_words(day: str) -> str:
    found = _ISO_DAY.fullmatch(day)
    if found is None:
        return f"{day}年" if len(day) == 4 else day
    year, month, number = found.groups()
    return f"{f'{year}年' if year else ''}{int(month)}月{f'{int(number)}日' if number else ''}"


def _groups(task: SectionTask) -> str:
    def told(heading: str, facts: Sequence[Fact]) -> str:
        lines = dict.fromkeys(own_line(fact, task) for fact in facts)
        return f"{heading or '不分小标题'}：{'、'.join(f'L{number}' for number in lines)}"

    return "\n".join(told(heading, facts) for heading, facts in task.plan.groups)


def _objection_text(again: Again | None) -> str:
    if again is None:
        return ""
    told = "\n".join(f"- {one}" for one in again.objections[:_MOST_OBJECTIONS])
    return f"\n上一稿如下，有几处不合要求，请改正后重写整节：\n{again.reply.strip()}\n不合要求的地方：\n{told}"


def _boundary(content: str) -> str:
    """A mark that stands nowhere in `content`, new for each request, so no note can close the data it stands in."""
    while True:
        mark = secrets.token_hex(6)
        if mark not in content:
            return mark
