"""A section written by a language model from numbered note lines, held to them; the rules stand behind it.

Each reply is read sentence by sentence (`read_reply`), its words are held against the lines it names (`support`) and
its figures and names against the notes (the checker). What does not hold goes back with the exact objection, at most
`rounds` times. What is still refused is left out here or mended by `check_and_repair`; the rules then say every fact
that no accepted sentence says, so a section loses nothing whatever the model does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from prompts.render import load_template
from service.domain.draft import DraftSection, SentenceKind
from service.domain.errors import ModelFailed
from service.domain.finding import Band, Verdict
from service.drafting.accepted import accepted, add_left_out, add_sentence
from service.drafting.arrange import arranged
from service.drafting.compose_by_rules.section import Written
from service.drafting.model_prompts import (
    GROUP,
    GROUP_VERSION,
    WRITE,
    WRITE_VERSION,
    Again,
    Window,
    parts_that_fit,
    section_prompt,
    split_task,
)
from service.drafting.read_reply import ReplyRead, ReplySentence, shown_text
from service.drafting.tools import RuleWriter, SectionTask
from service.drafting.wishes import read_wish, with_lines
from service.model.asking import Asker
from service.model.failures import cause_of
from service.model.role import Prompt

_REPLY_MAX_FACTOR = 8  # a reply this many times longer than its notes repeats itself
_REPLY_MAX_FLOOR = 2_000  # characters
_REFUSAL = re.compile(
    r"^\s*(?:抱歉|对不起|很遗憾|作为(?:一个)?(?:人工智能|AI)|I(?:'m| am) sorry|I cannot|I can't|As an AI)"
)


@dataclass(frozen=True)
class ModelSectionWriter:
    """A language model as a section writer. Openings, closings, issue lists and sections without facts are formulas and
    forms, so the rules write them; so they do where the model fails, and the section says so.

    `budget_tokens` is what a prompt may cost by `count_tokens`. `rounds` bounds how often objections go back.
    `arranges` lets the model group and order the facts first.
    """

    model: Asker
    side_by_side: int = 4
    budget_tokens: int = 14_000
    count_tokens: Callable[[str], int] = len
    rounds: int = 2
    arranges: bool = True
    rules: RuleWriter = field(default_factory=RuleWriter)

    @property
    def name(self) -> str:
        """The model's name."""
        return self.model.name

    @property
    def prompts(self) -> Mapping[str, str]:
        """The templates' versions and hashes."""
        used = [(WRITE, WRITE_VERSION), *([(GROUP, GROUP_VERSION)] if self.arranges else [])]
        return {name: load_template(name, version).version for name, version in used}

    def write(self, task: SectionTask, on_text: Callable[[str], None]) -> tuple[DraftSection, Mapping[str, int]]:
        """The section by the model, or by the rules with the reason in `degraded`; and what was spent on it."""
        planned, not_done = task, list[str]()
        if task.wish:
            plan, not_done = with_lines(task.plan, task.read, read_wish(task.wish).lines)
            planned = replace(task, plan=plan)
        if not planned.plan.facts or any(one.per == "item" for one in task.plan.planned.requires):
            return self.rules.write(task, on_text)
        usage: dict[str, int] = {}
        deadline = self.model.deadline()
        window = Window(self.budget_tokens, self.count_tokens)
        try:
            # What a person arranged, a model does not arrange again.
            if self.arranges and not task.request.wishes:
                planned = arranged(planned, self.model, window, usage, deadline)
            section = _Section(self, planned, window, deadline, usage, on_text).written()
        except ModelFailed as failed:
            section = self._by_rules(task, on_text, failed.message)
        return _saying(section, not_done), usage

    def _by_rules(self, task: SectionTask, on_text: Callable[[str], None], why: str) -> DraftSection:
        section, _ = self.rules.write(task, on_text)
        heading = task.plan.heading or task.plan.planned.purpose
        return _saying(section, [f"“{heading}”由规则起草：{why.rstrip('。')}"], first=True)


@dataclass(frozen=True)
class _Reading:
    """A reply as it was read, and what the checker says of the sentences that were accepted."""

    read: ReplyRead
    findings: Sequence[str]

    @property
    def objections(self) -> tuple[str, ...]:
        """All that is said against it."""
        empty = () if self.read.sentences or self.read.objections else ("没有可用的句子",)
        return (*self.read.objections, *self.findings, *empty)


@dataclass
class _Section:
    """One section under way."""

    writer: ModelSectionWriter
    task: SectionTask
    window: Window
    deadline: float
    usage: dict[str, int]
    on_text: Callable[[str], None]
    before: str = ""

    def written(self) -> DraftSection:
        """The section. Raises ModelFailed where the model gives nothing that can stand."""
        parts = parts_that_fit(self.task, self.window)
        if parts is None:
            raise ModelFailed("本节有一条笔记过长，超出模型一次能读的长度")
        written = Written()
        refused = 0
        for part in parts:
            read = self._part(part)
            refused += len(read.objections)
            for sentence in read.sentences:
                add_sentence(written, sentence, self.task)
            self.before = f"{written.text}\n"
        if not any(one.kind is SentenceKind.FACT for one in written.sentences):
            raise ModelFailed("模型没有写出可用的句子")
        said_by_rules = add_left_out(written, self.task)
        written.add_questions(self.task.plan.missing)
        section = replace(written.section(self.task.plan.heading, self.task.plan.missing), composer=self.writer.name)
        if not refused:
            return section
        heading = self.task.plan.heading or self.task.plan.planned.purpose
        mended = f"，由规则补写{said_by_rules}处" if said_by_rules else ""
        return _saying(section, [f"“{heading}”中模型有{refused}处不合要求，未采用{mended}"])

    def _part(self, part: SectionTask) -> ReplyRead:
        """The best reading of the model's replies for `part`; a part whose reply is too long is written in two."""
        readings: list[_Reading] = []
        again: Again | None = None
        for _ in range(1 + self.writer.rounds):
            prompt = section_prompt(part, self.window, again) or section_prompt(part, self.window)
            try:
                reply = self._reply(prompt, part) if prompt else ""
            except ModelFailed as failed:
                halves = split_task(part) if cause_of(failed) == "length" and not readings else None
                if halves:
                    return _both(self._part(halves[0]), self._part(halves[1]))
                if not readings:
                    raise
                break
            read = accepted(reply, part)
            readings.append(_Reading(read, self._findings(read, part)))
            objections = readings[-1].objections
            if not objections:
                return read
            again = Again(reply, objections)
        best = min(readings, key=lambda one: (len(one.objections), -len(one.read.sentences)))
        return best.read

    def _findings(self, read: ReplyRead, part: SectionTask) -> list[str]:
        """The checker's objections to the sentences that were accepted."""
        if part.check is None or not read.sentences:
            return []
        result = part.check("".join(f"{one.text}\n" for one in read.sentences))
        blocking = [one for one in result.findings if one.band is Band.BLOCK and one.verdict is not Verdict.PLACEHOLDER]
        return list(dict.fromkeys(one.message for one in blocking))

    def _reply(self, prompt: Prompt, part: SectionTask) -> str:
        """The whole reply, told as it grows. Raises ModelFailed where it fails or runs on without end."""
        limit = max(_REPLY_MAX_FLOOR, _REPLY_MAX_FACTOR * sum(len(fact.text) for fact in part.plan.facts))

        def grown(text: str) -> None:
            if len(text) > limit:
                raise ModelFailed("模型输出过长，疑似重复", chars=len(text), cause="repeats")
            self.on_text(self.before + shown_text(text))

        answer = self.writer.model.ask(prompt, self.usage, grown, deadline=self.deadline)
        if _REFUSAL.match(answer.text) and len(answer.text) < 200:
            raise ModelFailed(f"模型{answer.model}拒绝作答", cause="refused", model=answer.model)
        return answer.text


def _both(first: ReplyRead, second: ReplyRead) -> ReplyRead:
    sentences: tuple[ReplySentence, ...] = (*first.sentences, *second.sentences)
    return ReplyRead(sentences, (*first.objections, *second.objections))


def _saying(section: DraftSection, reasons: Sequence[str], first: bool = False) -> DraftSection:
    told = [section.degraded] if section.degraded else []
    every = [*reasons, *told] if first else [*told, *reasons]
    return replace(section, degraded="；".join(every) or None)
