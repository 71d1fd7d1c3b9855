"""What a figure counts where its own clause leaves the word out: 新划停车位45个，6月再划20个."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from service.domain.fact import Fact, FactKind
from service.domain.quantity import Mention
from service.drafting.facts.kinds import counted
from service.drafting.facts.lexicon import words
from service.drafting.facts.likeness import words_beside
from service.language.clean_view import tidy
from service.language.words import Word, segment

_TOLD_APART = (FactKind.NEXT, FactKind.PROBLEM)


def with_their_things(facts: Sequence[Fact]) -> list[Fact]:
    """`facts`, where a plan or a problem whose only figure has no noun takes that of the last statement before it in
    its line that counts in the same unit: it is told apart from what was done. Pure."""
    told: list[Fact] = []
    for fact in facts:
        # 宣传栏计划做十块，现在做好了六块: what is done is told apart from its plan, too.
        apart = fact.kind in _TOLD_APART or (bool(told) and told[-1].kind is FactKind.NEXT)
        told.append(_with_thing(fact, told) if apart else fact)
    return told


def _with_thing(fact: Fact, told: Sequence[Fact]) -> Fact:
    counts = counted(fact.mentions)
    counts = counts if fact.kind in _TOLD_APART else counts[:1]
    if len(counts) != 1 or not counts[0].unit or _thing(fact, counts[0]):
        return fact
    count, figure = counts[0], tidy(counts[0].text)
    thing = _thing_before(fact, count, told)
    if not thing or fact.clean.count(figure) != 1:
        return fact
    # 出店经营整治36处，还剩4处没弄完: what is left is said of the thing.
    left = fact.kind is FactKind.PROBLEM
    return replace(fact, clean=thing + fact.clean if left else fact.clean.replace(figure, thing + figure))


def _thing_before(fact: Fact, count: Mention, told: Sequence[Fact]) -> str:
    for before in reversed(told):
        if fact.lines[-1] != before.lines[-1] or before.span.end > fact.span.start:
            return ""
        known = [one for one in counted(before.mentions) if one.unit == count.unit]
        if known:
            return _thing(before, known[-1]) or _topic_of(before)
    return ""


def _topic_of(fact: Fact) -> str:
    """The thing that a fact names before it says anything of it: 宣传栏，计划做十块; "" where it names none."""
    first = re.split(r"[，,]", fact.clean)[0]
    return first if first != fact.clean and first and _nouns(first, last=False) == first else ""


def _thing(fact: Fact, mention: Mention) -> str:
    """The noun beside the figure, as the fact writes it; "" where none stands there."""
    before, after = words_beside(fact, mention) or ("", "")
    return _nouns(after, last=False) or _nouns(before, last=True)


def _nouns(text: str, *, last: bool) -> str:
    """The first or the last run of nouns in the words beside a figure."""
    runs, before = [""], ""
    for word in segment(text.strip()):
        runs[-1:] = [runs[-1] + word.text] if _is_noun(word, before) else [runs[-1], ""]
        before = word.tag
    named = [run for run in runs if len(run) > 1]
    return named[-1 if last else 0] if named else ""


def _is_noun(word: Word, before: str) -> bool:
    if word.text in words("work_verbs").words and before != "v":
        return False
    if word.tag.startswith("vn"):
        return before.startswith(("v", "n"))  # 开展宣讲6场 is of talks, 再培训30人 is of nobody named.
    plain = not re.fullmatch("新[\u4e00-\u9fff]", word.text) and not words("next").first(word.text)
    return plain and word.tag.startswith(("n", "l", "an"))
