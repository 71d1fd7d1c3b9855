"""What a person asks of one section that is written again: 更简洁, 补充第7行. Rules say what they cannot do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.domain.draft import DraftSection, SectionPlan, Sentence, SentenceKind
from service.domain.fact import Fact, NotesRead

_SHORTER = re.compile(r"(?:更|再|要|尽量|写得?)?(?:简洁|简短|精简|简练|短些|短一点|压缩|缩短|精炼)(?:一些|一点|些|点)?")
_LINES = re.compile(
    r"(?:补充|补上|加上|加入|增加|写上|写入|写进|带上|补写)[^第，。；]{0,8}第?(\d{1,5}(?:[、,，和及]第?\d{1,5}){0,30})行?"
)
_MARKS = re.compile(r"[\s，。；、！,.;!]+")
_FILLER = frozenset({"请", "请把", "本节", "这节", "内容", "一下", "并", "的", "还有", "另外"})


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish understood: `shorter`, note `lines` to be told, and the `rest` that only a model can follow."""

    text: str
    shorter: bool
    lines: tuple[int, ...]
    rest: str


def read_wish(text: str) -> Wish:
    """The wish in a person's words. Pure."""
    lines = tuple(dict.fromkeys(int(one) for found in _LINES.finditer(text) for one in re.findall(r"\d+", found[1])))
    rest = _MARKS.sub(" ", _SHORTER.sub(" ", _LINES.sub(" ", text))).split()
    left = [one for one in rest if one not in _FILLER and one not in ("的内容", "内容")]
    return Wish(text, _SHORTER.search(text) is not None, lines, "，".join(left))


def with_lines(plan: SectionPlan, read: NotesRead, lines: Sequence[int]) -> tuple[SectionPlan, list[str]]:
    """`plan` with the facts of `lines` it lacks, and in Chinese which lines hold nothing that can be written. Pure."""
    placed = {fact.id for fact in plan.facts}
    added: list[Fact] = []
    not_done: list[str] = []
    for line in lines:
        facts = [fact for fact in read.facts if line in fact.lines]
        if not facts:
            not_done.append(_why_not(read, line))
        added += [fact for fact in facts if fact.id not in placed and fact not in added]
    if not added:
        return plan, not_done
    *before, last = plan.groups or (("", ()),)
    # Sections of items open an item for each; elsewhere the facts stand at the end of the last group.
    if any(one.per == "item" for one in plan.planned.requires):
        return replace(plan, groups=(*plan.groups, *(("", (fact,)) for fact in added))), not_done
    return replace(plan, groups=(*before, (last[0], (*last[1], *added)))), not_done


def _why_not(read: NotesRead, line: int) -> str:
    if not 1 <= line <= len(read.notes.lines):
        return f"笔记没有第{line}行"
    aside = next((one for one in read.set_aside if one.line == line), None)
    return f"第{line}行没有补充（{aside.reason.chinese if aside else '没有可写入的事实'}）"


def without_formulas(section: DraftSection) -> DraftSection:
    """`section` without its transitions; sub-headings and questions stay. Pure."""
    text, sentences = "", []
    for one in section.sentences:
        words = section.text[one.start : one.end]
        if one.kind is SentenceKind.FORMULA and not _is_heading(section.text, one):
            continue
        if text and section.text[: one.start].endswith("\n") and not text.endswith("\n"):
            text += "\n"
        sentences.append(Sentence(len(text), len(text) + len(words), one.note_lines, one.kind))
        text += words
    return replace(section, text=text, sentences=tuple(sentences))


def _is_heading(text: str, one: Sentence) -> bool:
    return (one.start == 0 or text[one.start - 1] == "\n") and text[one.end : one.end + 1] == "\n"


def said_of(wish: Wish, not_done: Sequence[str], shortened: bool) -> str | None:
    """What of the wish the rules did not do, None where they did it all. Pure."""
    left = list(not_done)
    if wish.shorter and not shortened:
        left.append("本节已没有可删的套话")
    if wish.rest:
        left.append(f"规则起草不能按“{wish.rest}”改写")
    return "；".join(left) or None
