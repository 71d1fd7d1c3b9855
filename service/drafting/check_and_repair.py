"""The assembled draft checked, and sentences with blocking figures mended until nothing invented is left."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from service.domain.draft import DraftRequest, DraftSection, Missing, Sentence, SentenceKind
from service.domain.fact import Fact, NotesRead
from service.domain.finding import Band, CheckResult, Finding, Verdict
from service.drafting.assemble import Assembled, assemble
from service.drafting.compose_by_rules.doubts import thing_before
from service.drafting.compose_by_rules.opening import voice_of
from service.drafting.compose_by_rules.statement import state
from service.drafting.compose_by_rules.surface import written_form

# These stand in the text on purpose: someone is asked to answer them.
_ON_PURPOSE = frozenset({Verdict.PLACEHOLDER})
_HEAD = re.compile(r"[一二三四五六七八]是|（[一二三四五六七八九十]{1,3}）|[\u4e00-\u9fff]{2,4}：")
_OPEN_QUESTION = re.compile(r"【待补：[^【】]*】")
_DOUBT_BESIDE = re.compile(r"(【待补：[^【】]*】[^，。；（）【】]{0,6})（待核实）")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_SAID_SHARE = 0.5
_MOST_WORDINGS = 2
CheckText = Callable[[str], CheckResult]
Place = tuple[int, int]  # the section, and the sentence in it


@dataclass(frozen=True)
class Repaired:
    """The draft as it ends: unnumbered `sections` after the last repair, the same assembled, and its check."""

    sections: tuple[DraftSection, ...]
    assembled: Assembled
    check: CheckResult


@dataclass(frozen=True)
class _Blocked:
    """A refused sentence: its text, and the findings in it with offsets into that text."""

    text: str
    findings: tuple[tuple[int, int, Finding], ...]


@dataclass
class _Mending:
    """What is tried on refused sentences, and the best wording of each so far."""

    read: NotesRead
    request: DraftRequest
    best: dict[Place, _Blocked] = field(default_factory=dict)
    tries: dict[Place, int] = field(default_factory=dict)

    def another_wording(self, place: Place, blocked: _Blocked, sentence: Sentence, by_rules: bool) -> str | None:
        """The next wording to try: for a model's sentence the rules' own, then each fact in a sentence of its own, then
        the notes' own words; None when all were refused."""
        tried = self.tries.get(place, 0 if not by_rules else 1)
        self.tries[place] = tried + 1
        if tried <= 1:
            # The rules' wording is the one a question is put into at last: it reads better than the notes' own words.
            self.best[place] = blocked
        own = [fact for fact in self.read.facts if _own_line(fact, self.read) in sentence.note_lines]
        said = [fact for fact in own if _said_in(fact, blocked.text)]
        if by_rules and not _tell_all(said, blocked.text, self.request):
            return None  # A part of a long fact: another wording would tell more, or leave figures out.
        # A model may name a line and say nothing of it but inventions; what the line does say stands in their place.
        facts = said if said or by_rules else own
        if tried > _MOST_WORDINGS or not facts:
            return None
        voice = voice_of(self.request)
        if tried <= 1:
            words = [found.alone if (found := state(fact, voice)) else _as_noted(fact) for fact in facts]
            # Two facts in one sentence share their subject for a reader, the checker among them; each alone does not.
            return _head(blocked.text) + ("。" if tried else "，").join(words) + _tail(blocked.text)
        return _head(blocked.text) + "。".join(map(_as_noted, facts)) + _tail(blocked.text)


def check_and_repair(
    title: str, sections: Sequence[DraftSection], read: NotesRead, request: DraftRequest, check: CheckText, rounds: int
) -> Repaired:
    """`sections` assembled and checked. A sentence with a blocking finding is said again, by rules or as the notes
    say it, at most `rounds` times; what is still refused then becomes a question in place of the figure. Placeholders
    stay: they are questions already. Pure as far as `check` is.
    """
    current = tuple(sections)
    mending = _Mending(read, request)
    for attempt in range(rounds + 2):
        assembled = assemble(title, current)
        result = check(assembled.text)
        blocked = _blocked(assembled, current, result.findings)
        if not blocked or rounds < 1:
            return Repaired(current, assembled, result)
        texts: dict[Place, tuple[str, tuple[Missing, ...]]] = {}
        for place, refused in blocked.items():
            section = current[place[0]]
            sentence = section.sentences[place[1]]
            again = None
            if attempt < rounds:
                again = mending.another_wording(place, refused, sentence, section.composer == "rules")
            if again is not None:
                texts[place] = (again, ())
            elif attempt <= rounds:
                texts[place] = _with_questions(mending.best.get(place, refused), section, sentence)
            else:
                texts[place] = _only_a_question(refused, section, sentence)
        current = tuple(_replaced(section, index, texts) for index, section in enumerate(current))
    assembled = assemble(title, current)
    return Repaired(current, assembled, check(assembled.text))


def _blocked(
    assembled: Assembled, sections: Sequence[DraftSection], findings: Sequence[Finding]
) -> Mapping[Place, _Blocked]:
    """The refused sentences by their place in `sections`."""
    kept = [index for index, section in enumerate(sections) if section.text.strip()]
    refusing = [one for one in findings if one.band is Band.BLOCK and one.verdict not in _ON_PURPOSE]
    found: dict[Place, _Blocked] = {}
    for index, start, section in zip(kept, assembled.starts, assembled.sections, strict=True):
        for number, sentence in enumerate(section.sentences):
            first, last = start + sentence.start, start + sentence.end
            inside = [one for one in refusing if first <= one.start < last]
            if inside and sentence.kind is SentenceKind.FACT:
                spans = tuple((one.start - first, min(one.end, last) - first, one) for one in inside)
                found[index, number] = _Blocked(section.text[sentence.start : sentence.end], spans)
    return found


def _with_questions(blocked: _Blocked, section: DraftSection, sentence: Sentence) -> tuple[str, tuple[Missing, ...]]:
    """The sentence with each refused figure replaced by a question that names its lines."""
    text = blocked.text
    asked = []
    for start, end, finding in sorted(blocked.findings, key=lambda one: -one[0]):
        inside = any(open_.start() < end and start < open_.end() for open_ in _OPEN_QUESTION.finditer(text))
        if not inside and start < end:
            about = thing_before(_HEAD.sub("", text[:start], count=1), len(text))
            ask = f"核实{about}“{finding.text}”（笔记第{_told(sentence.note_lines)}行）"
            text = f"{text[:start]}【待补：{ask}】{text[end:]}"
            asked.append(ask)
    # The question says already that the figure is in doubt.
    return _DOUBT_BESIDE.sub(r"\1", text), tuple(_missing(section, ask) for ask in reversed(asked))


def _only_a_question(blocked: _Blocked, section: DraftSection, sentence: Sentence) -> tuple[str, tuple[Missing, ...]]:
    ask = f"核实笔记第{_told(sentence.note_lines)}行"
    return f"{_head(blocked.text)}【待补：{ask}】{_tail(blocked.text)}", (_missing(section, ask),)


def _missing(section: DraftSection, ask: str) -> Missing:
    return Missing(section.heading, ask, "此处与笔记核对不上，未写入，请核实后补写", f"【待补：{ask}】")


def _replaced(
    section: DraftSection, index: int, texts: Mapping[Place, tuple[str, tuple[Missing, ...]]]
) -> DraftSection:
    """`section` with new sentence texts, every later offset moved along."""
    if not any(place[0] == index for place in texts):
        return section
    text, shift = section.text, 0
    sentences: list[Sentence] = []
    missing = list(section.missing)
    for number, sentence in enumerate(section.sentences):
        start, end, kind = sentence.start + shift, sentence.end + shift, sentence.kind
        if (index, number) in texts:
            piece, asked = texts[index, number]
            missing.extend(asked)
            if asked:
                kind = SentenceKind.PLACEHOLDER if not _OPEN_QUESTION.sub("", piece).strip("。；") else kind
            text = text[:start] + piece + text[end:]
            shift += len(piece) - (end - start)
            end = start + len(piece)
        sentences.append(Sentence(start, end, sentence.note_lines, kind))
    said = section.degraded
    if section.composer != "rules":
        heading = section.heading or "本节"
        mended = f"“{heading}”中模型写的句子与笔记核对不上，已改由规则写出或留空待补"
        said = said if said and mended in said else "；".join(filter(None, (said, mended)))
    return replace(section, text=text, sentences=tuple(sentences), missing=tuple(missing), degraded=said)


def _as_noted(fact: Fact) -> str:
    return written_form(fact.clean).rstrip("。；，！")


def _tell_all(facts: Sequence[Fact], text: str, request: DraftRequest) -> bool:
    """True where the figures of `facts` are those of the refused sentence, neither more nor fewer."""
    voice = voice_of(request)
    told = [state(fact, voice) for fact in facts]
    figures = {figure for one in told if one is not None for figure in _FIGURE.findall(one.alone)}
    return bool(facts) and figures >= set(_FIGURE.findall(_OPEN_QUESTION.sub("", text)))


def _said_in(fact: Fact, text: str) -> bool:
    """True where the fact's figures and most of its words stand in `text`: a line may hold several facts, said in
    several sentences."""
    figures = _FIGURE.findall(written_form(fact.clean))
    if figures and not set(figures) <= set(_FIGURE.findall(text)) and not _OPEN_QUESTION.search(text):
        return False
    words = re.findall(r"[\u4e00-\u9fff]", fact.clean)
    return not words or sum(word in text for word in words) >= len(words) * _SAID_SHARE


def _own_line(fact: Fact, read: NotesRead) -> int:
    return read.notes.line_at(fact.span.start).number


def _told(lines: Sequence[int]) -> str:
    return "、".join(map(str, lines))


def _head(text: str) -> str:
    """The 一是 or field label a sentence begins with; it stays when the rest is replaced."""
    found = _HEAD.match(text)
    return found.group() if found else ""


def _tail(text: str) -> str:
    return text[-1] if text and text[-1] in "。；" else ""
