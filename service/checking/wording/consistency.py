"""R32, R33 and R41: the same sentence or honour twice, the same word twice in a row, common misspellings."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from service.checking.wording.draft_text import DraftText
from service.checking.wording.finding import Occasion, Severity, Slip
from service.language.patterns import deferred

_SENTENCE = deferred(r"[^。！？；\n]{14,300}[。！？；]")
_NOT_WORD = deferred(r"[\W_]+")
# 责任：执法支队，责任人某某。 is a field of a form and may well be the same in every item.
_FIELD = deferred(r"\s{0,8}[\u4e00-\u9fff]{2,6}：")
_SHORTEST = 12


def repeated_sentence(draft: DraftText, occasion: Occasion) -> Iterator[Slip]:
    """R32: a sentence that stands in the draft before, or an honour that one list names twice."""
    seen: set[str] = set()
    for found in _SENTENCE.finditer(draft.raw):
        plain = _NOT_WORD.sub("", found.group())
        if len(plain) < _SHORTEST or _FIELD.match(found.group()):
            continue
        if plain in seen:
            lead = len(found.group()) - len(found.group().lstrip())
            yield Slip(found.start() + lead, found.end(), "这句话与前文重复。")
        seen.add(plain)
    yield from _repeated_honours(draft)


_HONOURS = deferred(r"(?:获|评为|评定为|授予|命名为|荣膺)[^。\n]{4,400}")
_HONOUR = deferred("“([^“”\n]{3,30})”")


def _repeated_honours(draft: DraftText) -> Iterator[Slip]:
    for row in _HONOURS.finditer(draft.raw):
        # 2022年、2023年两次 and 连续 give the same honour a reason to stand twice.
        seen: dict[str, int] = {}
        for found in _HONOUR.finditer(draft.raw, row.start(), row.end()):
            before = seen.get(found[1])
            if before is not None and not re.search(r"\d{4}年", draft.raw[before : found.start()]):
                yield Slip(found.start(), found.end(), f"同一处荣誉里“{found[1]}”写了两次。")
            seen[found[1]] = found.end()


_LONG_TWICE = deferred(r"([\u4e00-\u9fff]{3,8})\1")
_SHORT_TWICE = deferred(r"([\u4e00-\u9fff]{2})\1")
# 一步一步 and 逐条逐条 repeat to say "each". 社区社区工作者 joins a name and a word, 组织组织生活会 a verb and its
# object: such words are in doubled_words.toml with what may follow them.
_MEANT = deferred("[一二三四五六七八九十逐每各几再又不很非越几随边即].|.[个条件步次遍点家户随边即越]")


@cache
def _joined() -> dict[str, tuple[str, ...]]:
    table = tomllib.loads(Path(__file__).with_name("doubled_words.toml").read_text(encoding="utf-8"))
    return {word: tuple(rest) for word, rest in table["followed_by"].items()}


_DOUBLED_SIGN = deferred(
    r"(?<=[一二三四五六七八九十])是(?P<is>是)(?!非)|的(?P<of>的)(?![确士])|(?<=[\u4e00-\u9fff])了(?P<done>了)(?!解|然|却|结|断|如)"
    r"|在(?P<at>在)(?![建编册岗校职逃线户场家])|和(?P<and>和)(?![睦谐气美平解蔼好])"
)


def repeated_word(draft: DraftText, occasion: Occasion) -> Iterator[Slip]:
    """R33: 领导小组领导小组, 四是是. Two characters twice may be a verb and its object: a suggestion only."""
    taken: list[tuple[int, int]] = []
    for found in _LONG_TWICE.finditer(draft.own):
        word = found[1]
        if len(set(word)) > 1 and not _MEANT.match(word):
            taken.append(found.span())
            yield Slip(found.start(), found.end(), f"“{word}”连写了两次。", word)
    covered = {place for start, end in taken for place in range(start, end)}
    for found in _SHORT_TWICE.finditer(draft.own):
        word = found[1]
        if found.start() in covered or word[0] == word[1] or _MEANT.match(word):
            continue
        if draft.own.startswith(_joined().get(word, ()), found.end()):
            continue
        message = f"“{word}”连写了两次，请看是否多写。"
        yield Slip(found.start(), found.end(), message, word, Severity.SUGGESTION)
    for found in _DOUBLED_SIGN.finditer(draft.own):
        name = str(found.lastgroup)
        yield Slip(found.start(name), found.end(name), f"“{found[name]}”字重复。", "")


@cache
def _misspelt() -> tuple[tuple[str, str], ...]:
    rows = Path(__file__).with_name("misspelt.tsv").read_text(encoding="utf-8").splitlines()
    return tuple((wrong, right) for wrong, right in (row.split("\t") for row in rows if not row.startswith("#")))


def misspelling(draft: DraftText, occasion: Occasion) -> Iterator[Slip]:
    """R41: a misspelling by sound or shape, as 布署 for 部署. Shown, never mended unasked."""
    for wrong, right in _misspelt():
        at = draft.own.find(wrong)
        while at >= 0:
            yield Slip(at, at + len(wrong), f"“{wrong}”疑为“{right}”之误。", right)
            at = draft.own.find(wrong, at + len(wrong))
