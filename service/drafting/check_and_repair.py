"""The assembled draft checked, and sentences with blocking figures mended until nothing invented is left."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from service.domain.draft import DraftRequest, DraftSection, Missing, Sentence, SentenceKind
from service.domain.fact import Fact, NotesRead
from service.domain.finding import Band, CheckResult, Finding, Verdict
from service.drafting.assemble import Assembled, assemble
from service.drafting.compose_by_rules.surface import written_form

# These stand in the text on purpose: someone is asked to answer them.
_ON_PURPOSE = frozenset({Verdict.PLACEHOLDER})
_HEAD = re.compile(r"[一二三四五六七八]是|[\u4e00-\u9fff]{2,4}：")
CheckText = Callable[[str], CheckResult]


@dataclass(frozen=True)
class Repaired:
    """The draft as it ends: unnumbered `sections` after the last repair, the same assembled, and its check."""

    sections: tuple[DraftSection, ...]
    assembled: Assembled
    check: CheckResult


def check_and_repair(
    title: str, sections: Sequence[DraftSection], read: NotesRead, request: DraftRequest, check: CheckText, rounds: int
) -> Repaired:
    """`sections` assembled and checked; a sentence with a blocking finding is put in the notes' own words, and after
    `rounds` of that it becomes a question naming its lines. Placeholders stay: they are questions already. Pure as far
    as `check` is.
    """
    del request
    current = tuple(sections)
    for attempt in range(rounds + 1):
        assembled = assemble(title, current)
        result = check(assembled.text)
        blocked = _blocked_sentences(assembled, current, result.findings)
        if not blocked:
            return Repaired(current, assembled, result)
        final = attempt + 1 >= rounds
        current = tuple(
            _mended(section, blocked[index], read, final) if index in blocked else section
            for index, section in enumerate(current)
        )
    assembled = assemble(title, current)
    return Repaired(current, assembled, check(assembled.text))


def _blocked_sentences(
    assembled: Assembled, sections: Sequence[DraftSection], findings: Sequence[Finding]
) -> Mapping[int, frozenset[int]]:
    """Places of sentences with a blocking finding, by the place of their section in `sections`."""
    kept = [index for index, section in enumerate(sections) if section.text.strip()]
    found: dict[int, set[int]] = {}
    for finding in findings:
        if finding.band is not Band.BLOCK or finding.verdict in _ON_PURPOSE:
            continue
        for place, (start, section) in enumerate(zip(assembled.starts, assembled.sections, strict=True)):
            for number, sentence in enumerate(section.sentences):
                inside = start + sentence.start <= finding.start < start + sentence.end
                if inside and sentence.kind is SentenceKind.FACT:
                    found.setdefault(kept[place], set()).add(number)
    return {index: frozenset(numbers) for index, numbers in found.items()}


def _mended(section: DraftSection, numbers: frozenset[int], read: NotesRead, final: bool) -> DraftSection:
    text, shift = section.text, 0
    sentences: list[Sentence] = []
    missing = list(section.missing)
    for number, sentence in enumerate(section.sentences):
        start, end = sentence.start + shift, sentence.end + shift
        kind, lines = sentence.kind, sentence.note_lines
        if number in numbers:
            old = text[start:end]
            if final:
                piece, kind = _question(old, lines), SentenceKind.PLACEHOLDER
                missing.append(_asked(section, lines))
            else:
                piece = _in_the_notes_words(old, lines, read)
            text = text[:start] + piece + text[end:]
            shift += len(piece) - (end - start)
            end = start + len(piece)
        sentences.append(Sentence(start, end, lines, kind))
    return replace(section, text=text, sentences=tuple(sentences), missing=tuple(missing))


def _in_the_notes_words(old: str, lines: Sequence[int], read: NotesRead) -> str:
    """The facts of `lines` as the notes word them, in place of a sentence the checker refused."""
    facts = [fact for fact in read.facts if _own_line(fact, read) in lines]
    if not facts:
        return _question(old, lines)
    words = "，".join(written_form(fact.clean).rstrip("。；，！") for fact in facts)
    return _head(old) + words + (old[-1] if old[-1] in "。；" else "")


def _own_line(fact: Fact, read: NotesRead) -> int:
    return read.notes.line_at(fact.span.start).number


def _question(old: str, lines: Sequence[int]) -> str:
    mark = old[-1] if old and old[-1] in "。；" else ""
    return f"{_head(old)}【待补：{_question_words(lines)}】{mark}"


def _head(old: str) -> str:
    """The 一是 or field label a sentence begins with; it stays when the rest is replaced."""
    found = _HEAD.match(old)
    return found.group() if found else ""


def _question_words(lines: Sequence[int]) -> str:
    return f"核实笔记第{'、'.join(map(str, lines))}行的数字" if lines else "核实此处的数字"


def _asked(section: DraftSection, lines: Sequence[int]) -> Missing:
    ask = _question_words(lines)
    return Missing(section.heading, ask, "此处的数字与笔记核对不上，未写入，请核实后补写", f"【待补：{ask}】")
