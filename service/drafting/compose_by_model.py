"""A section written by a language model from numbered note lines, held to its line ids; the rules stand behind it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from prompts.render import load_template, render
from service.domain.draft import DraftSection, SentenceKind
from service.domain.errors import ModelFailed
from service.domain.fact import Conflict, Fact, Frame, Tense
from service.drafting.compose_by_rules.opening import voice_of
from service.drafting.compose_by_rules.section import Written
from service.drafting.compose_by_rules.statement import conflict_question, state
from service.drafting.read_reply import ReplyRead, read_reply, shown_text
from service.drafting.tools import RuleWriter, SectionTask
from service.model.role import Prompt, Writer

_TEMPLATE, _VERSION = "write_section", 1
_TRIES = 2
_REPLY_MAX_FACTOR = 8  # a reply this many times longer than its notes repeats itself
_REPLY_MAX_FLOOR = 2_000  # characters


@dataclass(frozen=True)
class ModelSectionWriter:
    """A language model as a section writer. Openings, closings, issue lists and sections without facts are formulas and
    forms, so the rules write them; so they do where the model fails `_TRIES` times, and the section says so.

    `budget_tokens` is what a prompt may cost by `count_tokens`: exemplars are dropped first, then a section whose notes
    alone are too long goes to the rules, because a cut line would lose facts.
    """

    model: Writer
    side_by_side: int = 4
    budget_tokens: int = 14_000
    count_tokens: Callable[[str], int] = len
    rules: RuleWriter = field(default_factory=RuleWriter)

    @property
    def name(self) -> str:
        """The model's name."""
        return self.model.name

    @property
    def prompts(self) -> Mapping[str, str]:
        """The template's version and hash."""
        return {_TEMPLATE: load_template(_TEMPLATE, _VERSION).version}

    def write(self, task: SectionTask, on_text: Callable[[str], None]) -> tuple[DraftSection, Mapping[str, int]]:
        """The section by the model, or by the rules with the reason in `degraded`; and the tokens spent on it."""
        if not task.plan.facts or any(one.per == "item" for one in task.plan.planned.requires):
            return self.rules.write(task, on_text)
        usage = {"prompt_tokens": 0, "completion_tokens": 0, "requests": 0}
        objections: Sequence[str] = ()
        for _ in range(_TRIES):
            prompt = self._prompt(task, objections)
            if prompt is None:
                return self._by_rules(task, on_text, "本节笔记过长，超出模型一次能读的长度"), usage
            try:
                reply = self._reply(prompt, task, on_text, usage)
            except ModelFailed as failed:
                return self._by_rules(task, on_text, failed.message), usage
            read = read_reply(reply, _allowed(task), task.plan.heading)
            if read.sentences and not read.objections:
                return self._section(task, read), usage
            objections = read.objections or ("没有可用的句子",)
        if read.sentences and any(one.kind is SentenceKind.FACT for one in read.sentences):
            return self._section(task, read), usage
        return self._by_rules(task, on_text, f"模型输出不合要求（{objections[0]}）"), usage

    def _prompt(self, task: SectionTask, objections: Sequence[str]) -> Prompt | None:
        template = load_template(_TEMPLATE, _VERSION)
        masked = [f"【{one.heading}】\n{one.masked}" for one in task.plan.exemplars]
        lines = _numbered_lines(task)
        boundary = _boundary("\n".join([lines, *masked]))
        for kept in range(len(masked), -1, -1):
            rendered = render(
                template,
                {
                    "genre": task.genre.genre.chinese,
                    "register": task.genre.register,
                    "heading": task.plan.heading or task.plan.planned.purpose,
                    "purpose": task.plan.planned.purpose,
                    "never": "、".join(task.genre.never) or "笔记以外的内容",
                    "groups": _groups(task),
                    "lines": lines,
                    "exemplars": "\n".join(masked[:kept]) or "（无）",
                    "neighbours": "、".join(task.neighbours) or "（仅此一节）",
                    "boundary": boundary,
                    "objection": _objection_text(objections),
                },
            )
            if self.count_tokens(rendered.system + rendered.user) <= self.budget_tokens:
                return Prompt(rendered.system, rendered.user, boundary, rendered.version)
        return None

    def _reply(self, prompt: Prompt, task: SectionTask, on_text: Callable[[str], None], usage: dict[str, int]) -> str:
        """The whole reply, told as it grows. Raises ModelFailed where it fails or runs on without end."""
        limit = max(_REPLY_MAX_FLOOR, _REPLY_MAX_FACTOR * sum(len(fact.text) for fact in task.plan.facts))
        reply = self.model.write(prompt)
        text = ""
        usage["requests"] += 1
        try:
            for piece in reply:
                text += piece
                on_text(shown_text(text))
                if len(text) > limit:
                    raise ModelFailed("模型输出过长，疑似重复", chars=len(text))
        finally:
            usage["prompt_tokens"] += reply.usage.prompt_tokens
            usage["completion_tokens"] += reply.usage.completion_tokens
        return text

    def _section(self, task: SectionTask, read: ReplyRead) -> DraftSection:
        """The reply's sentences, then by rules the facts it left out, then the questions."""
        written = Written()
        for one in read.sentences:
            if one.new_paragraph:
                written.break_line()
            written.add(one.text, one.kind, one.lines)
        _add_left_out(written, task)
        written.add_questions(task.plan.missing)
        section = written.section(task.plan.heading, task.plan.missing)
        return replace(section, composer=self.name)

    def _by_rules(self, task: SectionTask, on_text: Callable[[str], None], why: str) -> DraftSection:
        section, _ = self.rules.write(task, on_text)
        heading = task.plan.heading or task.plan.planned.purpose
        return replace(section, degraded=f"“{heading}”由规则起草：{why.rstrip('。')}")


def _own_line(fact: Fact, task: SectionTask) -> int:
    return task.read.notes.line_at(fact.span.start).number


def _allowed(task: SectionTask) -> frozenset[int]:
    return frozenset(line for fact in task.plan.facts for line in fact.lines) | {
        line for conflict in task.plan.conflicts for line in conflict.lines
    }


def _numbered_lines(task: SectionTask) -> str:
    """The facts of the section as the model sees them: the literal words, one numbered line each, with what the notes
    say of doubt, plan and year."""
    rows = [f"L{_own_line(fact, task)} {fact.clean}{_marks(fact)}" for fact in task.plan.facts]
    open_rows = [_open_row(conflict) for conflict in task.plan.conflicts]
    return "\n".join([*rows, *open_rows])


def _open_row(conflict: Conflict) -> str:
    return f"L{conflict.lines[0]} （此处数字不一致，不写数字，原样写【待补：{conflict_question(conflict)}】）"


def _marks(fact: Fact) -> str:
    marks = [
        "计划" if fact.tense is Tense.PLANNED else "",
        "上年情况" if fact.frame is Frame.BEFORE else "",
        "待核实" if fact.unsure is not None else "",
        f"日期{fact.day.lo}" if fact.day is not None else "",
    ]
    told = "、".join(mark for mark in marks if mark)
    return f"（{told}）" if told else ""


def _groups(task: SectionTask) -> str:
    def told(heading: str, facts: Sequence[Fact]) -> str:
        lines = dict.fromkeys(_own_line(fact, task) for fact in facts)
        return f"{heading or '不分小标题'}：{'、'.join(f'L{number}' for number in lines)}"

    return "\n".join(told(heading, facts) for heading, facts in task.plan.groups)


def _objection_text(objections: Sequence[str]) -> str:
    if not objections:
        return ""
    return "\n上一稿不合要求，请重写整节：\n" + "\n".join(f"- {one}" for one in objections[:8])


def _boundary(content: str) -> str:
    """A mark that stands nowhere in `content`, new for each request, so no note can close the data it stands in."""
    while True:
        mark = secrets.token_hex(6)
        if mark not in content:
            return mark


def _add_left_out(written: Written, task: SectionTask) -> None:
    cited = {line for sentence in written.sentences for line in sentence.note_lines}
    left_out = [fact for fact in task.plan.facts if _own_line(fact, task) not in cited]
    if not left_out:
        return
    written.break_line()
    voice = voice_of(task.request)
    for fact in left_out:
        found = state(fact, voice, task.plan.conflicts)
        if found is not None:
            written.add(f"{found.alone}。", SentenceKind.FACT, found.lines)
