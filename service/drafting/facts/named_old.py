"""A figure that a later line calls old by its value (表里的214是图纸数) gives way to the one that line gives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from service.domain.fact import Fact, SetAside, SetAsideReason
from service.domain.quantity import Kind, Mention
from service.domain.text import Notes
from service.drafting.facts.corrections import corrected
from service.drafting.facts.kinds import counted
from service.drafting.facts.likeness import digits_of, same_unit
from service.language.clean_view import tidy

_ADDED = re.compile(r"加上|再加|漏了|多报|少报")


def with_named_old(
    notes: Notes, facts: Sequence[Fact], replaced: Sequence[tuple[int, str, int]]
) -> tuple[list[Fact], list[SetAside]]:
    """The facts with each figure that a later line names as old replaced by the one that line gives, and what is set
    aside with it; what that line says besides only to confirm (4起没错) goes too. Pure.

    `replaced` are the line that calls a figure old, that figure's words, and the offset of the one that holds.
    """
    kept = list(facts)
    aside: list[SetAside] = []
    for number, old, start in replaced:
        source = next((one for one in kept if any(mention.start == start for mention in one.mentions)), None)
        if source is None:
            continue
        new = next(mention for mention in source.mentions if mention.start == start)
        found = _last_of(notes, kept, number, old, new)
        if found is None:
            if _put_right_in_change(notes, kept, aside, number, old, new):
                kept = [fact for fact in kept if fact is not source]
            continue
        place, mention = found
        target = kept[place]
        line = notes.line_at(mention.start).number
        kept[place] = corrected(target, mention, new, source)
        aside.append(
            SetAside(
                line, mention.span, mention.text, SetAsideReason.SUPERSEDED, f"以第{number}行的{tidy(new.text)}为准"
            )
        )
        known = {one.amount for fact in kept if notes.line_at(fact.span.start).number == line for one in fact.mentions}
        digits = digits_of_words(old)
        others = [
            one
            for one in counted(source.mentions)
            if one is not new and one.amount not in known and digits_of(one) != digits
        ]
        if not others or _ADDED.search(source.clean):
            kept = [fact for fact in kept if fact is not source]
            aside.append(SetAside(number, source.span, source.text, SetAsideReason.DUPLICATE, f"已据此更正第{line}行"))
        kept = _without_denial(notes, kept, aside, number, digits)
    return kept, aside


def _put_right_in_change(
    notes: Notes, kept: list[Fact], aside: list[SetAside], number: int, old: str, new: Mention
) -> bool:
    """Puts `new` in the place of the figure that a change holds: 从14.6%降到10.9%, and 10.9是快报数，用9.8 below."""
    digits = digits_of_words(old)
    for place in range(len(kept) - 1, -1, -1):
        fact = kept[place]
        if notes.line_at(fact.span.start).number >= number or not digits:
            continue
        for one in fact.mentions:
            pattern = re.compile(rf"(?<![\d.]){re.escape(digits)}(?![\d.])")
            if one.kind not in (Kind.DELTA, Kind.RANGE) or not pattern.search(one.text):
                continue
            becomes = digits_of_words(new.text)
            told = replace(one, text=pattern.sub(becomes, one.text))
            line = notes.line_at(one.start).number
            kept[place] = replace(
                fact,
                clean=pattern.sub(becomes, fact.clean),
                mentions=tuple(told if other is one else other for other in fact.mentions),
                lines=tuple(sorted({*fact.lines, number})),
            )
            detail = f"以第{number}行的{tidy(new.text)}为准"
            aside.append(SetAside(line, one.span, one.text, SetAsideReason.SUPERSEDED, detail))
            return True
    return False


def _without_denial(notes: Notes, facts: Sequence[Fact], aside: list[SetAside], number: int, digits: str) -> list[Fact]:
    """The facts without what line `number` says of the old figure alone: 培训58人次不准."""
    kept = []
    for fact in facts:
        figures = counted(fact.mentions) if notes.line_at(fact.span.start).number == number else []
        if figures and all(digits_of(one) == digits for one in figures):
            aside.append(SetAside(number, fact.span, fact.text, SetAsideReason.SUPERSEDED, "笔记注明不是这个数"))
        else:
            kept.append(fact)
    return kept


def digits_of_words(words: str) -> str:
    """The digits in a figure's words. Pure."""
    return re.sub(r"[^\d.]", "", words)


def _last_of(notes: Notes, facts: Sequence[Fact], before: int, old: str, new: Mention) -> tuple[int, Mention] | None:
    """The last figure above line `before` that is written as `old`, with the place of its fact."""
    digits = digits_of_words(old)
    for place in range(len(facts) - 1, -1, -1):
        fact = facts[place]
        if notes.line_at(fact.span.start).number >= before:
            continue
        for mention in counted(fact.mentions):
            if digits_of(mention) == digits and digits and same_unit(mention, new):
                return place, mention
    return None
