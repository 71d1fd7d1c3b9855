"""The way of one draft, on one screen: notes → facts → exemplars → outline → sections → check → repair → draft."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

from service.domain.draft import Draft, DraftRequest, DraftSection, GenrePlan, Outline, Provenance, SectionPlan
from service.domain.errors import InputTooLarge, NoFacts, UnusableInput, ZhibiError
from service.domain.fact import NotesRead
from service.domain.finding import CheckResult
from service.domain.report import Retrieved
from service.drafting.assemble import assemble
from service.drafting.check_and_repair import check_and_repair
from service.drafting.compose_by_rules.opening import title_of, voice_of
from service.drafting.fit_length import facts_over_length, within_limit
from service.drafting.made_from import made_from
from service.drafting.other_units import without_other_units
from service.drafting.plan_outline import plan_outline
from service.drafting.tools import (
    DraftEvent,
    DraftingTools,
    RuleWriter,
    SectionTask,
    finding_event,
    section_event,
    stage_event,
)
from service.drafting.unused import unused_notes

OnEvent = Callable[[DraftEvent], None]
_TOLD_FACTS, _TOLD_CHARS = 3, 20
_EMPTY = "笔记中没有找到可用的事实（时间、数量、活动）。请补充后再起草。"


def draft_report(request: DraftRequest, tools: DraftingTools, on_event: OnEvent = lambda event: None) -> Draft:
    """The checked draft of `request`; `on_event` is told each step, each section as it grows, and each finding.

    Raises UnusableInput for empty notes, InputTooLarge for notes over the limit, NoFacts where they hold only chatter.
    A shelf that fails or a model that fails does not stop the draft: `provenance.degraded` says so.
    """
    _refuse_unusable(request.notes, tools.notes_max_chars)
    on_event(stage_event("read", "正在读取笔记"))
    read = without_other_units(tools.read_notes(request.notes, request.period), request.unit)
    if not read.facts:
        raise NoFacts(_EMPTY, lines=len(read.notes.lines))
    on_event(stage_event("exemplars", "正在查找可参考的旧稿结构", facts=len(read.facts)))
    retrieved, degraded = _exemplars(request, read, tools)
    on_event(stage_event("outline", "正在编排提纲", exemplars=len(retrieved)))
    genre = tools.genre_plan(request.genre, request.unit_type)
    outline = _outline(request, read, genre, retrieved)
    on_event(stage_event("write", "正在起草各节", sections=len(outline.sections), title=outline.title))
    check = partial(_check, request=request, retrieved=retrieved, tools=tools)
    tasks = _tasks(request, read, genre, outline, check)
    sections, usage = _write(tasks, tools, on_event)
    sections = within_limit(
        sections,
        genre.max_chars,
        lambda at: RuleWriter().write(tasks[at], lambda text: None)[0],
        lambda written: len(assemble(outline.title, written).text),
    )
    on_event(stage_event("check", "正在核对数字"))
    ended = check_and_repair(
        outline.title,
        sections,
        read,
        request,
        check,
        tools.repair_rounds,
    )
    for finding in ended.check.findings:
        on_event(finding_event(finding))
    reasons = [degraded, *(one.degraded for one in ended.sections)]
    draft = Draft(
        genre=request.genre,
        unit=request.unit,
        period=request.period,
        title=outline.title,
        text=ended.assembled.text,
        sections=ended.assembled.sections,
        section_starts=ended.assembled.starts,
        missing=tuple(one for section in ended.sections for one in section.missing),
        unused_notes=unused_notes(read, outline, ended.assembled.sections),
        exemplars=tuple(one.exemplar for one in retrieved),
        check=ended.check,
        provenance=Provenance(
            composer=tools.writer.name,
            prompts={**tools.writer.prompts, f"genre/{genre.genre}": genre.version},
            degraded=_told_once(reasons),
            usage=usage,
        ),
    )
    on_event(DraftEvent("done", {"title": draft.title, "chars": len(draft.text)}))
    return draft


def _told_once(reasons: Sequence[str | None]) -> str | None:
    """The reasons in order, what holds of several sections told once: “甲”“乙”由规则起草：模型没有回答."""
    of: dict[str, list[str]] = {}
    for one in "；".join(reason for reason in reasons if reason).split("；"):
        section, told, why = one.partition("由规则起草：")
        sections = of.setdefault(told + why if told else one, [])
        if told and section not in sections:
            sections.append(section)
    return "；".join("".join(sections) + why for why, sections in of.items()) or None


def _refuse_unusable(notes: str, limit: int) -> None:
    if not notes.strip():
        raise UnusableInput(_EMPTY)
    if len(notes) > limit:
        raise InputTooLarge(
            f"粘贴内容共{len(notes) / 10_000:.1f}万字，超过上限{limit / 10_000:g}万字。请分次粘贴或删减无关内容。",
            chars=len(notes),
            limit=limit,
        )


def _exemplars(request: DraftRequest, read: NotesRead, tools: DraftingTools) -> tuple[Sequence[Retrieved], str | None]:
    """Exemplars, or none and the reason: past reports give form only, so a draft does not wait for them."""
    try:
        return tuple(tools.choose_exemplars(request, read.facts)), None
    except ZhibiError as failed:
        return (), f"未能参考旧稿：{failed.message}"


def _outline(request: DraftRequest, read: NotesRead, genre: GenrePlan, retrieved: Sequence[Retrieved]) -> Outline:
    """The outline whose draft by rules keeps the wanted length."""
    voice, title = voice_of(request), title_of(genre, request)
    exemplars = [one.exemplar for one in retrieved]
    limits = [limit for limit in (request.length, genre.max_chars) if limit]

    def without(left_out: frozenset[str]) -> Outline:
        return plan_outline(genre, read, voice, title, exemplars, left_out, request.wishes)

    def length_without(left_out: frozenset[str]) -> int:
        outline = without(left_out)
        writer = RuleWriter()
        tasks = [SectionTask(plan, genre, request, read, title) for plan in outline.sections]
        return len(assemble(title, [writer.write(task, lambda text: None)[0] for task in tasks]).text)

    return without(facts_over_length(read.facts, min(limits, default=None), length_without))


def _tasks(
    request: DraftRequest, read: NotesRead, genre: GenrePlan, outline: Outline, check: Callable[[str], CheckResult]
) -> list[SectionTask]:
    """What each section is written from; a section knows what the others tell, so that nothing is said twice."""
    headings = tuple(plan.heading for plan in outline.sections if plan.heading)
    told = [_told(plan) for plan in outline.sections]
    return [
        SectionTask(
            plan, genre, request, read, outline.title, headings,
            tuple(line for other, line in enumerate(told) if line and other != index), None, check,
        )
        for index, plan in enumerate(outline.sections)
    ]  # fmt: skip


def _told(plan: SectionPlan) -> str:
    """A line on what a section tells: its heading and the beginnings of its first facts."""
    begun = "；".join(fact.clean[:_TOLD_CHARS] for fact in plan.facts[:_TOLD_FACTS])
    return f"{plan.heading}：{begun}" if plan.heading and begun else ""


def _write(
    tasks: Sequence[SectionTask], tools: DraftingTools, on_event: OnEvent
) -> tuple[list[DraftSection], dict[str, int]]:
    """All sections side by side, in the order of the outline, and their cost summed."""
    total = len(tasks)

    def write(index: int) -> DraftSection:
        task = tasks[index]
        heading = task.plan.heading
        section, cost = tools.writer.write(
            task, lambda text: on_event(section_event(index, total, heading, text, (), False))
        )
        on_event(section_event(index, total, heading, section.text, section.sentences, True))
        return replace(section, usage=dict(cost), made_from=made_from(task))

    if tools.writer.side_by_side <= 1:
        written = [write(index) for index in range(total)]
    else:
        with ThreadPoolExecutor(tools.writer.side_by_side) as pool:
            written = list(pool.map(write, range(total)))
    usage: dict[str, int] = {}
    for section in written:
        for name, amount in section.usage.items():
            usage[name] = usage.get(name, 0) + amount
    return written, usage


def _check(text: str, request: DraftRequest, retrieved: Sequence[Retrieved], tools: DraftingTools) -> CheckResult:
    known = [request.unit, request.period.chinese, request.period.label, request.title or ""]
    return tools.check(
        request.notes,
        text,
        [one.original for one in retrieved],
        request.period,
        [word for word in known if word.strip()],
    )
