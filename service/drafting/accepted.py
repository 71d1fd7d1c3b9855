"""What of a model's reply may stand in a section, and what the rules must say in its place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.domain.draft import SentenceKind
from service.domain.fact import Fact
from service.domain.quantity import Mention, Role
from service.drafting.assemble import chinese_numeral
from service.drafting.compose_by_rules.opening import voice_of
from service.drafting.compose_by_rules.section import Written
from service.drafting.compose_by_rules.statement import state
from service.drafting.held_to_lines import strange_figure
from service.drafting.model_prompts import allowed_lines, own_line
from service.drafting.read_reply import ReplyRead, ReplySentence, bare_heading, read_reply
from service.drafting.support import fit_formula, unsupported
from service.drafting.tools import SectionTask
from service.language.numbers import find_numbers

_PLACEHOLDER = re.compile(r"【待补：[^【】]*】")
_SAID_SHARE = 0.5


def accepted(reply: str, task: SectionTask) -> ReplyRead:
    """The sentences of `reply` that keep the contract and say what their lines say, with objections to the others. A
    transition that says more than a transition may is dropped without a word. Pure."""
    read = read_reply(reply, allowed_lines(task), task.plan.heading)
    kept: list[ReplySentence] = []
    objections = list(read.objections)
    for one in read.sentences:
        if one.kind is SentenceKind.FORMULA:
            if _is_sub_heading(one.text, task) or fit_formula(one.text, _form_words(task)):
                kept.append(one)
            continue
        why = _unsupported(one, task)
        if why is None:
            kept.append(one)
        else:
            objections.append(f"“{one.text[:30]}”{why}")
    return ReplyRead(tuple(kept), tuple(dict.fromkeys(objections)))


def add_sentence(written: Written, one: ReplySentence, task: SectionTask) -> None:
    """Adds an accepted sentence; a sub-heading gets its （一） and a line of its own."""
    if one.kind is SentenceKind.FORMULA and _is_sub_heading(one.text, task):
        number = sum(_counts(written.text[s.start : s.end]) for s in written.sentences) + 1
        written.break_line()
        written.add(f"（{chinese_numeral(number)}）{bare_heading(one.text)}", SentenceKind.FORMULA)
        written.break_line()
        return
    if one.new_paragraph:
        written.break_line()
    written.add(one.text, one.kind, one.lines)


def add_left_out(written: Written, task: SectionTask) -> int:
    """Adds by rules each fact that no sentence says, and gives how many they were."""
    left_out = [fact for fact in task.plan.facts if not _is_said(fact, written, task)]
    if left_out:
        written.break_line()
    voice = voice_of(task.request)
    count = 0
    for fact in left_out:
        found = state(fact, voice, task.plan.conflicts)
        if found is not None:
            written.add(f"{found.alone}。", SentenceKind.FACT, found.lines)
            count += 1
    return count


def _is_said(fact: Fact, written: Written, task: SectionTask) -> bool:
    """True where the sentences that name the fact's line hold its figures and most of its words, or ask for it."""
    line = own_line(fact, task)
    text = "".join(written.text[one.start : one.end] for one in written.sentences if line in one.note_lines)
    if not text:
        return False
    if any(set(one.lines) & set(fact.lines) for one in task.plan.conflicts) and "【待补" in text:
        return True
    figures = [one for one in fact.mentions if one.role is Role.CLAIM]
    told = [one for one in find_numbers(text) if one.role is Role.CLAIM] if figures else []
    # A day left out is not worth a second sentence about the same figure; without a figure it is what is told.
    counted = [one for one in figures if one.amount is not None] or figures
    if not all(any(_same(one, two) for two in told) for one in counted):
        return False
    words = re.findall(r"[\u4e00-\u9fff]", fact.clean)
    return not words or bool(figures) or sum(word in text for word in words) >= len(words) * _SAID_SHARE


def _same(one: Mention, two: Mention) -> bool:
    if one.amount is not None:
        return two.amount is not None and (one.amount.lo, one.amount.hi) == (two.amount.lo, two.amount.hi)
    if one.when is not None:
        # 3月8日 of the notes may be told with its year.
        return two.when is not None and two.when.lo[-5:] == one.when.lo[-5:]
    return one.text == two.text


def _unsupported(one: ReplySentence, task: SectionTask) -> str | None:
    asked = {missing.placeholder for missing in task.plan.missing}
    for found in _PLACEHOLDER.findall(one.text):
        if found not in asked:
            return "写了没有要求的【待补】"
    rest = _PLACEHOLDER.sub("", one.text).strip("。；，、 ")
    if not rest:
        return None
    named = [fact for fact in task.plan.facts if set(fact.lines) & set(one.lines)]
    if strange := strange_figure(rest, named, task.request.period):
        return f"所标的笔记行没有“{strange}”"
    return unsupported(rest, _words_of(one.lines, task))


def _words_of(lines: Sequence[int], task: SectionTask) -> str:
    notes = task.read.notes
    told = [notes.lines[number - 1].text for number in lines if 1 <= number <= len(notes.lines)]
    # A fact also rests on its day, place and heading, and so do the words taken from them.
    clean = [fact.clean for fact in task.plan.facts if set(fact.lines) & set(lines)]
    return "\n".join([*told, *clean, task.request.unit])


def _is_sub_heading(text: str, task: SectionTask) -> bool:
    return bare_heading(text) in {heading for heading, _ in task.plan.groups if heading}


def _form_words(task: SectionTask) -> str:
    return f"{task.plan.heading}{task.plan.planned.purpose}{task.plan.planned.lead}{task.genre.register}"


def _counts(text: str) -> bool:
    return re.match(r"（[一二三四五六七八九十]{1,3}）", text) is not None
