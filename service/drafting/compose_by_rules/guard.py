"""The content guard: what a rewritten clause has lost of the notes' words, or has added to them.

Rewriting is done by a lexicon and by patterns of order. Both are made of examples, and Chinese has no blanks: an entry
that fits 请市里的专家 on paper cuts a word in the next clause. So nothing rests on the entries being right. Each word
of the source must stand whole in the result, or have been exchanged by a pair of the lexicon whose other side stands
there, or be one of the closed class that carries nothing. Where one is missing the caller takes a plainer wording.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator
from functools import cache, lru_cache

from service.drafting.compose_by_rules.lexicon import ASPECTS, lexicon
from service.language.words import Word, is_known, segment

# Particles, interjections and marks by the segmenter's tags.
_EMPTY_TAGS = frozenset({"x", "u", "uj", "ul", "uz", "ug", "ud", "uv", "y", "e", "o", "w"})
_FIGURE = re.compile(r"\d+(?:\.\d+)?%?|\d")
_NUMBER_WORD = re.compile(r"[零〇一二两三四五六七八九十百千万亿半]+")
_ENUMERATED = re.compile(
    r"(?:^|(?<=，))(?:第?[一二三四五六七八九]个?是|还有一?个?是|再一?个是|一方面是?|另一方面是?|一块是)"
)
_MARK = re.compile(r"[\s，。；：、！？“”‘’（）()《》【】\[\]〔〕,;:!?~～…·\-—\"'．.]")
_QUESTION = re.compile(r"【待补：[^【】]*】")
_LONGEST_SOURCE = 600
# A noun that names what was held may take its verb; who came takes 参加. All of it says only what the noun says.
_FRAMES = (
    "开展", "召开", "举办", "组织", "参加", "参与", "到场", "活动", "方面", "针对", "计划", "去年", "同日", "同月",
    "待核实", "内容为", "已", "共", "为", "由", "的", "在", "约", "年", "月", "日", "至", "其中", "主要原因是", "存在",
    "历时", "一带",
    "仍", "启用", "我", "设", "展出", "走访",
)  # fmt: skip


def lost_words(source: str, written: str) -> tuple[str, ...]:
    """The words and figures of `source` that `written` no longer holds, in order; empty where nothing is lost.

    Both are clauses in written form (digits, dates and units normalised already). A word that a lexicon pair exchanged
    counts as held where the pair's other side stands in `written`. Pure.
    """
    source, written = source[:_LONGEST_SOURCE], written
    covered = _exchanged(source, written)
    held, lost = Counter(_FIGURE.findall(written)), []
    for figure, count in Counter(_FIGURE.findall(source)).items():
        lost += [figure] * (count - held[figure])
    wanted: Counter[str] = Counter()
    for word in segment(source):
        for piece in _uncovered(word, covered):
            wanted[piece] += 1
    plain = _plain(written)
    for piece, count in wanted.items():
        # A verb said twice (开展…，开展…) may be said once; a thing may not.
        found = plain.count(piece)
        if found == 0 or (len(piece) == 1 and found < min(count, 2) and _FIGURE.search(piece)):
            lost.append(piece)
    return tuple(lost)


def added_words(source: str, written: str) -> tuple[str, ...]:
    """The words of `written` that neither stand in `source` nor come from a pair of the lexicon, nor belong to the few
    that only carry a clause (开展, 参加). A figure that `source` does not hold is one of them. Pure."""
    plain = _plain(source)
    had, added = Counter(_FIGURE.findall(source)), []
    for figure, count in Counter(_FIGURE.findall(written)).items():
        added += [figure] * (count > had[figure] and had[figure] == 0)
    allowed = bytearray(len(written))
    targets = _targets()
    for place, target in _parts(written, targets, max(map(len, targets))):
        allowed[place : place + len(target)] = b"\1" * len(target)
    for word in segment(written):
        for piece in _uncovered(word, allowed):
            if piece not in plain and not all(mark in plain for mark in piece):
                added.append(piece)
    return tuple(added)


def _plain(text: str) -> str:
    return _MARK.sub("", text)


def _uncovered(word: Word, covered: bytearray) -> Iterator[str]:
    """The parts of `word` that nothing else accounts for; none of an empty word."""
    if word.tag in _EMPTY_TAGS and word.tag != "x" and not re.search(r"[\u4e00-\u9fff]{2}", word.text):
        return
    piece = ""
    known = is_known(word.text)
    for at in range(word.start, word.end + 1):
        if piece and not known:
            yield piece
            piece = ""
        mark = word.text[at - word.start] if at < word.end else ""
        if mark and not covered[at] and not _MARK.match(mark) and not mark.isdigit() and mark not in _EMPTY_MARKS:
            piece += mark
        elif piece:
            yield piece
            piece = ""


_EMPTY_MARKS = frozenset("了着呢吧啊呀嘛哈啦哦%")


def _exchanged(source: str, written: str) -> bytearray:
    """A mark for each character of `source` that a pair of the lexicon accounts for in `written`."""
    covered = bytearray(len(source))
    bounds = word_starts(source)
    pairs, droppable = _pairs(), _droppable()
    for place, said in _parts(source, pairs, _longest_said()):
        end = place + len(said)
        whole = place in bounds and end in bounds
        if (whole or len(said) > 1) and any(target in written for target in pairs[said]):
            covered[place:end] = b"\1" * len(said)
    for found in _ENUMERATED.finditer(source):
        covered[found.start() : found.end()] = b"\1" * (found.end() - found.start())
    for place, said in _parts(source, droppable, max(map(len, droppable))):
        end = place + len(said)
        if place in bounds and end in bounds:
            covered[place:end] = b"\1" * len(said)
    return covered


@lru_cache(maxsize=1024)
def word_starts(text: str) -> frozenset[int]:
    """Where words of `text` begin, its end included; every place of a word that the segmenter made up, and the place
    behind the verb of one like 发传单. Pure."""
    starts = {0, len(text)}
    for word in segment(text):
        known = len(word.text) == 1 or is_known(word.text)
        starts.update((word.start,) if known else range(word.start, word.end))
        if len(word.text) > 2 and word.text[0] in lexicon().verbs and is_known(word.text[1:]):
            starts.add(word.start + 1)
    return frozenset(starts)


def _parts(text: str, words: Container[str], longest: int) -> Iterator[tuple[int, str]]:
    """Each place of `text` where one of `words` stands, with the word."""
    for at in range(len(text)):
        for end in range(at + 1, min(at + longest, len(text)) + 1):
            if text[at:end] in words:
                yield at, text[at:end]


@cache
def _longest_said() -> int:
    return max(map(len, _pairs()))


@cache
def _pairs() -> dict[str, tuple[str, ...]]:
    words = lexicon()
    pairs: dict[str, set[str]] = {}
    for table in (words.replace, words.plan, words.hedge, words.head, words.order):
        for said, target in table.items():
            pairs.setdefault(said, set()).update(target.split("|"))
    for said, verb in words.verbs.items():
        targets = {one for one in (verb.default, *verb.by_class.values(), *verb.counted) if one}
        for aspect in ("", *ASPECTS):
            pairs.setdefault(said + aspect, set()).update(targets)
        pairs.setdefault(f"{said}了", set()).add("历时")
    return {said: tuple(sorted(targets)) for said, targets in pairs.items()}


@cache
def _targets() -> frozenset[str]:
    return frozenset({target for targets in _pairs().values() for target in targets if target} | set(_FRAMES))


@cache
def _droppable() -> frozenset[str]:
    words = lexicon()
    return frozenset(
        {"那边", "这边", *words.openers, *words.interjections, *words.subjects, *words.enders, *words.particles}
    )
