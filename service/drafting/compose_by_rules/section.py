"""A planned section as written text: paragraphs of statements, each sentence with the note lines it rests on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from service.domain.draft import DraftSection, GenrePlan, Missing, SectionPlan, Sentence, SentenceKind
from service.domain.fact import Fact, FactKind
from service.domain.text import Notes
from service.drafting.assemble import chinese_numeral
from service.drafting.compose_by_rules.labels import UNIT_END
from service.drafting.compose_by_rules.owners import by_owner, named
from service.drafting.compose_by_rules.problems import single_problems
from service.drafting.compose_by_rules.rewrite import Voice
from service.drafting.compose_by_rules.sentences import draws_together, sentences_of
from service.drafting.compose_by_rules.spoken import is_bare_topic
from service.drafting.compose_by_rules.statement import Statement, state, timed

_ORDER = ("一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是")
_LISTED_AT_LEAST = 2
_JOINED_MAX_CHARS = 90  # a longer sentence is hard to read aloud
_DATE = re.compile(r"\d ?[月号日]|\d\.\d|[一二三四五六七八九十][月号日]")
_NUMBERED = re.compile(r"(?:\d{1,2}[.、．)）]|[（(][\d一二三四五六七八九十]{1,2}[)）]|[①-⑩]|[一二三四五六七八九]是) ?$")
_NUMBERED_HEAD = re.compile(
    r"(?:\d{1,2}[.、．)）](?!\d)|[（(][\d一二三四五六七八九十]{1,2}[)）]|[①-⑩]|[一二三四五六七八九]是)"
)
# 保洁员原来22个，8月增加5个: what a figure grew by stands with it.
_CHANGED = re.compile(r"(?:又|再)?(?:增加|新增|减少|增至|减至)了?\d")
_NEW_SENTENCE = re.compile(r"[；;。]")
_LISTED_KINDS = frozenset({FactKind.PROBLEM, FactKind.CAUSE, FactKind.NEXT, FactKind.MEASURE})


@dataclass
class Written:
    """The text of a section as it grows, and its sentences."""

    text: str = ""
    sentences: list[Sentence] = field(default_factory=list)

    def add(self, piece: str, kind: SentenceKind, lines: Sequence[int] = ()) -> None:
        """Appends one sentence."""
        if not piece:
            return
        start = len(self.text)
        self.text += piece
        self.sentences.append(Sentence(start, len(self.text), tuple(lines), kind))

    def break_line(self) -> None:
        """Starts a new paragraph, unless one has just been started."""
        if self.text and not self.text.endswith("\n"):
            self.text += "\n"

    def add_questions(self, missing: Sequence[Missing]) -> None:
        """Adds the placeholders that stand nowhere yet, each as a paragraph; those of a figure stand in its place."""
        for one in missing:
            if one.placeholder not in self.text:
                self.break_line()
                self.add(one.placeholder, SentenceKind.PLACEHOLDER)

    def section(self, heading: str, missing: tuple[Missing, ...] = ()) -> DraftSection:
        """What was written, as a section."""
        text = self.text.rstrip("\n")
        return DraftSection(heading, text, tuple(self.sentences), missing=missing)


def compose_section(plan: SectionPlan, notes: Notes, voice: Voice, genre: GenrePlan) -> DraftSection:
    """The section of `plan` written by rules: every fact once, in the order of its groups. Pure."""
    written = Written()
    groups = [(heading, _statements(facts, plan, notes, voice, genre)) for heading, facts in plan.groups]
    groups = [(heading, statements) for heading, statements in groups if statements]
    groups_joined = [(heading, _joined(statements, notes)) for heading, statements in groups]
    if plan.planned.lead and sum(len(joined) for _, joined in groups_joined) >= 2:
        written.add(plan.planned.lead, SentenceKind.FORMULA)
    for number, (heading, joined) in enumerate(groups_joined):
        if heading:
            written.break_line()
            written.add(f"（{chinese_numeral(number + 1)}）{heading}", SentenceKind.FORMULA)
            written.break_line()
        elif number:
            written.break_line()
        # An indicator statement is prose: its one weak point is no list.
        _write_group(written, joined, genre.lists, voice.year)
    written.add_questions(plan.missing)
    return written.section(plan.heading, plan.missing)


def _statements(
    facts: Sequence[Fact], plan: SectionPlan, notes: Notes, voice: Voice, genre: GenrePlan
) -> list[Statement]:
    # The whole of a 方案 lies ahead, so its sentences need not say so one by one.
    future = "" if genre.ahead else "计划"
    found = ((fact, state(fact, voice, plan.conflicts, future, _carries_day(fact, notes))) for fact in facts)
    return by_owner([_with_label(one, fact, notes) for fact, one in found if one is not None])


def _with_label(one: Statement, fact: Fact, notes: Notes) -> Statement:
    """The statement with the unit its line begins with, where the fact was read without it: 环卫所：机扫率92%. A person
    who speaks in a chat is no such unit."""
    unit = fact.where or (fact.who if fact.who and UNIT_END.search(fact.who) else None)
    line = notes.line_at(fact.span.start)
    before = notes.raw[line.start : fact.span.start].rstrip()
    if not unit or unit in one.body or not before.endswith((f"{unit}：", f"{unit}:")):
        return one
    return replace(one, body=f"{unit}{one.body}")


def _carries_day(fact: Fact, notes: Notes) -> bool:
    """False where the line names a date before the fact: in 25号前修好下水，马甲订了50件 the second has no day."""
    line = notes.line_at(fact.span.start)
    return _DATE.search(notes.raw[line.start : fact.span.start]) is None


@dataclass(frozen=True)
class _Joined:
    """Statements that share a sentence."""

    time: str
    body: str
    lines: tuple[int, ...]
    listed: bool
    wrong: bool = False
    whose: str | None = None


def _joined(statements: Sequence[Statement], notes: Notes) -> list[_Joined]:
    """`statements` with neighbours of one note line in one sentence, where it stays short. A statement that only names
    a topic leads the next one of its line (环境方面，…)."""
    out: list[_Joined] = []
    before: Statement | None = None
    leading: Statement | None = None
    for one in statements:
        if leading is not None and _own_line(leading, notes) == _own_line(one, notes):
            one = replace(
                one, body=f"{leading.body.removesuffix('方面')}方面，{one.body}", lines=_both(leading.lines, one.lines)
            )
            before = None
        leading = None
        # 3月12日植树 has a day of its own: something that was done, which must not be lost as a topic's name.
        if one.fact.kind is FactKind.ACTIVITY and not one.time and is_bare_topic(one.body):
            leading = one
            continue
        if before and out and _belong_together(before, one, out[-1], notes):
            last = out[-1]
            body = f"{last.body}，{_continued(one, last)}"
            out[-1] = replace(last, body=body, lines=_both(last.lines, one.lines))
        else:
            listed = one.fact.kind in _LISTED_KINDS
            first, *others = single_problems(_cause(one)) if one.fact.kind is FactKind.PROBLEM else [_cause(one)]
            wrong = one.fact.kind in (FactKind.PROBLEM, FactKind.CAUSE)
            if (
                not others
                and before
                and out
                and _same_kind(out[-1], one, listed)
                and draws_together(out[-1].body, first)
            ):
                last = out[-1]
                out[-1] = replace(last, body=f"{last.body}，{first}", lines=_both(last.lines, one.lines))
                before = one
                continue
            of = one.fact.whose
            out.append(_Joined(one.time, named(first, one.fact), one.lines, listed, wrong, of))
            out.extend(_Joined("", named(other, one.fact), one.lines, listed, wrong, of) for other in others)
        before = one
    # A topic that nothing follows (服务, a heading read as words) says nothing by itself.
    return out


def _same_kind(last: _Joined, one: Statement, listed: bool) -> bool:
    return not (last.listed or listed or last.wrong or last.time or one.time) and last.whose == one.fact.whose


def _both(first: tuple[int, ...], second: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted({*first, *second}))


def _own_line(statement: Statement, notes: Notes) -> int:
    return notes.line_at(statement.fact.span.start).number


def _belong_together(before: Statement, one: Statement, last: _Joined, notes: Notes) -> bool:
    beside = _own_line(before, notes) == _own_line(one, notes)
    if before.fact.whose != one.fact.whose:
        return False
    # What one place did goes into one sentence, so that its name is said once.
    beside = beside or (bool(one.fact.whose) and one.fact.kind not in _LISTED_KINDS)
    if len(last.body) + len(one.body) > _JOINED_MAX_CHARS or not beside:
        return one.fact.kind is FactKind.CAUSE and before.fact.kind is FactKind.PROBLEM
    new_time = one.time and one.time not in (before.time, last.time) and not one.time.endswith("前")
    if new_time and not (_CHANGED.match(one.body) and not last.time):
        return False
    if one.fact.kind is FactKind.CAUSE:
        return before.fact.kind is FactKind.PROBLEM
    if before.fact.tense is not one.fact.tense or _opens_entry(one, notes):
        return False
    if one.fact.kind is FactKind.PROBLEM and len(single_problems(f"{last.body}，{one.body}")) > 1:
        return False
    between = notes.raw[before.fact.span.end : one.fact.span.start + 1]
    if one.fact.kind is FactKind.PROBLEM and _NEW_SENTENCE.search(between):
        return False
    return (before.fact.kind in _LISTED_KINDS) == (one.fact.kind in _LISTED_KINDS)


def _opens_entry(one: Statement, notes: Notes) -> bool:
    """True where the notes number this statement: 1.厕所有异味 2.着装不统一 are two problems of one line."""
    start = one.fact.span.start
    return bool(_NUMBERED.search(notes.raw[max(0, start - 5) : start]) or _NUMBERED_HEAD.match(one.fact.text))


def _continued(one: Statement, last: _Joined) -> str:
    """`one` as it stands behind `last` in a sentence: its own time stays where it is another, 计划 is said once."""
    body = _cause(one)
    if last.body.startswith("计划") or "，计划" in last.body:
        body = re.sub(r"^计划(?=[\u4e00-\u9fff])", "", body)
    return f"{one.time}{body}" if one.time and one.time != last.time else body


def _cause(one: Statement) -> str:
    if one.fact.kind is not FactKind.CAUSE or re.match(r"(?:主要)?原因|由于|因|源于", one.body):
        return one.body
    return f"主要原因是{one.body}"


def _write_group(written: Written, joined: Sequence[_Joined], may_list: bool, year: int) -> None:
    # What is wrong and what comes next are two lists, also where a genre has one section for both.
    for wrong, run in groupby(joined, key=lambda one: one.wrong):
        if may_list and written.text and not wrong and joined[0].wrong:
            written.break_line()
        _write_run(written, list(run), may_list, year)


def _write_run(written: Written, joined: Sequence[_Joined], may_list: bool, year: int) -> None:
    # 一是, 二是 tells problems and plans apart; six unlike things that were done read better as sentences.
    listed = may_list and _LISTED_AT_LEAST <= len(joined) <= len(_ORDER) and all(one.listed for one in joined)
    told: list[str] = []
    for number, one in enumerate(joined):
        text = timed(one.time, _planned_once(one.body, joined[:number]) if listed else one.body)
        text = text if listed else _timed(one, told)
        told += [one.time] if one.time else []
        following = joined[number + 1] if number + 1 < len(joined) else None
        mark = "；" if following is not None and (listed or _next_place(one, following)) else "。"
        head = _ORDER[number] if listed else ""
        pieces = [text] if listed else sentences_of(text, year)
        for piece in pieces[:-1]:
            written.add(f"{piece}。", SentenceKind.FACT, one.lines)
        written.add(f"{head}{pieces[-1]}{mark}", SentenceKind.FACT, one.lines)


def _next_place(one: _Joined, following: _Joined) -> bool:
    """True where the next sentence tells the same of another place: 北桥市场…；西门市场…"""
    return bool(one.whose and following.whose and one.whose != following.whose and not following.time)


def _planned_once(body: str, before: Sequence[_Joined]) -> str:
    """`body` without the 计划 that the list has said already: 一是计划维修外墙；二是借用车位."""
    said = any(one.body.startswith("计划") for one in before)
    return re.sub(r"^计划(?=[\u4e00-\u9fff])", "", body) if said else body


def _timed(one: _Joined, told: Sequence[str]) -> str:
    """The sentence with its time; the same time again is 同日 or 同月 once, and after that it is understood."""
    if not one.time:
        return one.body
    if list(told[-2:]) == [one.time] * 2:
        return one.body
    if list(told[-1:]) == [one.time]:
        same = "同日" if re.search(r"\d日$", one.time) else ("同月" if one.time.endswith("月") else "")
        return f"{same}，{one.body}" if same else one.body
    return timed(one.time, one.body)
