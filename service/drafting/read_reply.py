"""A model's reply as sentences with line ids; what breaks the contract is named, never guessed right."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from service.domain.draft import SentenceKind
from service.domain.quantity import Role
from service.language.names import find_names
from service.language.numbers import find_numbers

_IDS = r"L?\d{1,5}(?:[\s,，、;；~～至—–-]{1,4}L?\d{1,5}){0,40}"
# Small models vary the marker: other brackets, 行 behind the number, ranges. Round brackets count only with an L, as
# （3） is an enumerator and （3月8日） a remark.
_MARK = re.compile(
    rf"(?:[\[【]\s*(?:(?P<formula>过渡|公式|小标题)|(?:笔记|依据)?(?:行号?|第)?[:：]?\s*(?P<lines>{_IDS})行?)\s*[\]】]"
    rf"|[（(]\s*(?:依据|见)?[:：]?\s*(?P<round>L{_IDS[2:]})\s*[）)])(?P<after>[。；！]?)",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(\d+)\s*[~～至—–-]\s*L?(\d+)", re.IGNORECASE)
# The marker before its sentence, as the note lines themselves have it: “L3 发放…” or “[L3] 发放…”.
_BARE_MARK = re.compile(r"^L(\d{1,5})(?:\s*[:：、.．]\s*|\s+)(?=\S)", re.IGNORECASE)
_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL | re.IGNORECASE)
_FENCE = re.compile(r"^```[^\n]*$", re.MULTILINE)
_MARKDOWN = re.compile(r"^(?:#{1,6}\s+|[-*•]\s+|\*\*|\d{1,2}\)\s+)|\*\*", re.MULTILINE)
_PREAMBLE = re.compile(r"^(?:好的|以下是|下面是|当然|根据您|这是)[^\n]{0,40}[：:。]\s*\n")
_NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、．]|#{1,6})\s*"
)
# Invisible characters, among them the tag characters of Unicode, with which a text may say more than is seen.
_HIDDEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\U000e0000-\U000e007f]")
_CJK = re.compile(r"[\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")
_SENTENCE_MAX_CHARS = 400
_TRADITIONAL = frozenset(
    "會議動員對開關開辦區鄉鎮責處發單個們這實個號從進過還說應門問題環衛貼標廣導組織練習導訓錄變業務與為國學習總結"
)


@dataclass(frozen=True)
class ReplySentence:
    """One sentence of a reply without its marker. `new_paragraph` is True where it begins one."""

    text: str
    lines: tuple[int, ...]
    kind: SentenceKind
    new_paragraph: bool


@dataclass(frozen=True)
class ReplyRead:
    """A reply in parts: usable sentences in order, and Chinese objections to the rest, for the next try."""

    sentences: tuple[ReplySentence, ...]
    objections: tuple[str, ...]


def read_reply(reply: str, allowed: Collection[int], heading: str) -> ReplyRead:
    """The sentences of `reply` that keep the contract: only line ids in `allowed`, no figure and no name in a formula,
    Chinese, no sentence twice. A repeated `heading` is dropped. Pure."""
    text = _cleaned(reply)
    if not text:
        return ReplyRead((), ("没有输出正文",))
    language = _language_objection(text)
    if language:
        return ReplyRead((), (language,))
    sentences: list[ReplySentence] = []
    objections: list[str] = []
    seen: set[str] = set()
    for paragraph in text.split("\n"):
        new = True
        for words, lines, formula in _marked(paragraph.strip(), allowed):
            if _same_heading(words, heading) or words in seen:
                continue
            objection = _objection(words, lines, formula, allowed)
            if objection:
                objections.append(objection)
                continue
            seen.add(words)
            kind = SentenceKind.FACT if lines else SentenceKind.FORMULA
            sentences.append(ReplySentence(words, lines, kind, new))
            new = False
    return ReplyRead(tuple(sentences), tuple(dict.fromkeys(objections)))


def shown_text(reply: str) -> str:
    """What a reader sees of a reply while it grows: no thoughts, no markers, no half-written marker. Pure."""
    paragraphs = (_marks_behind(one.strip()) for one in _cleaned(reply).split("\n"))
    text = _MARK.sub(lambda found: found["after"], "\n".join(paragraphs))
    return re.sub(r"(?:[\[【][^\]】\n]{0,20}|[（(]\s*(?:L[^）)\n]{0,20})?|^L\d*\s*)$", "", text, flags=re.MULTILINE)


def _cleaned(reply: str) -> str:
    text = _THOUGHT.sub("", _HIDDEN.sub("", reply))
    text = _FENCE.sub("", text)
    text = _PREAMBLE.sub("", text.strip() + "\n")
    return _MARKDOWN.sub("", text).strip()


def _language_objection(text: str) -> str | None:
    chinese, latin = len(_CJK.findall(text)), len(_LATIN.findall(text))
    if chinese < latin or not chinese:
        return "须用中文输出"
    if sum(character in _TRADITIONAL for character in text) * 25 > chinese:
        return "须用简体中文输出"
    return None


def _marked(paragraph: str, allowed: Collection[int]) -> list[tuple[str, tuple[int, ...], bool]]:
    """Sentences of a paragraph with their line ids, and whether they are marked as formulas; the last may be bare."""
    found: list[tuple[str, tuple[int, ...], bool]] = []
    start = 0
    paragraph = _marks_behind(paragraph)
    for mark in _MARK.finditer(paragraph):
        words = (paragraph[start : mark.start()].strip() + mark["after"]).strip()
        lines = _line_ids(mark["lines"] or mark["round"] or "", allowed)
        if words and words not in "。；！，":
            found.append((words, lines, bool(mark["formula"])))
        elif found:  # [L3][L5] behind one sentence
            before = found[-1]
            found[-1] = (before[0], tuple(sorted({*before[1], *lines})), before[2])
        start = mark.end()
    rest = paragraph[start:].strip()
    if rest and rest not in "。；！，":
        found.append((rest, (), False))
    return found


def _line_ids(said: str, allowed: Collection[int]) -> tuple[int, ...]:
    """The lines a marker names; a range is its two ends and the given lines between them."""
    named = {int(number) for number in re.findall(r"\d+", said)}
    for first, last in _RANGE.findall(said):
        named |= {line for line in allowed if int(first) < line < int(last)}
    return tuple(sorted(named))


def _marks_behind(paragraph: str) -> str:
    """`paragraph` with each marker behind its sentence, where it begins with one and none stands at its end."""
    bare = _BARE_MARK.match(paragraph)
    if bare and not _MARK.search(paragraph):
        return f"{paragraph[bare.end() :]}[L{bare[1]}]"
    marks = list(_MARK.finditer(paragraph))
    if not marks or paragraph[: marks[0].start()].strip() or marks[-1].end() == len(paragraph.rstrip()):
        return paragraph
    ends = [*(mark.start() for mark in marks[1:]), len(paragraph)]
    return "".join(f"{paragraph[mark.end() : end]}{mark[0]}" for mark, end in zip(marks, ends, strict=True))


def bare_heading(words: str) -> str:
    """A heading without its number and marks: 一、, （二）, ##, ： Pure."""
    return _NUMBERING.sub("", words.strip()).strip("。：: ")


def _same_heading(words: str, heading: str) -> bool:
    return bool(heading) and bare_heading(words) == heading


def _objection(words: str, lines: tuple[int, ...], formula: bool, allowed: Collection[int]) -> str | None:
    short = words[:20]
    if len(words) > _SENTENCE_MAX_CHARS:
        return f"“{short}…”过长，须分句并逐句标行号"
    if re.search(r"〔[^〕]{1,8}〕", words):
        return f"“{short}…”写入了参考样式里的空白"
    if "⟦" in words or "⟧" in words:
        return f"“{short}…”里的⟦隐⟧标记没有原样照抄"
    strangers = [line for line in lines if line not in allowed]
    if strangers:
        return f"“{short}…”标了没有给出的行号L{strangers[0]}"
    if not lines and states_something(words):
        return f"“{short}…”含有数字或名称，" + ("不能标为过渡句" if formula else "没有标行号")
    return None


def states_something(text: str) -> bool:
    """True where `text` holds a figure to verify or a name, which a sentence without lines may not. Pure."""
    if any(mention.role in (Role.CLAIM, Role.DEFECT, Role.NAME) for mention in find_numbers(text)):
        return True
    return bool(find_names(text))
