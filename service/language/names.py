"""Names in a text: people, places, units, documents, activities and brands, by the grammar of their endings.

Two readers share it. Masking hides every name before a composer sees a past report, so a missed name leaks; the checker
asks whether a draft's names stand in the notes, so a common noun taken for a name accuses an honest sentence. `sure`
tells them apart: masking takes all names, the checker only the sure ones.

The grammar walks from an ending (街道, 局, 小区, 路 …) to the left over words of function and level until it has a
proper word; endings with nothing but generic words before them (各社区, 相关单位, 便民服务中心) are no names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from service.language.name_lists import Name, NameKind, NameLists, is_common, name_lists, suffix_of
from service.language.patterns import deferred
from service.language.people import people_in
from service.language.words import Word, segment

__all__ = ["Name", "NameKind", "bare_name", "find_names", "policy_places", "policy_reason"]


_PROPER_TAGS = frozenset(("ns", "nr", "nrt", "nrfg", "nz", "nt"))
_NAME_TAGS = _PROPER_TAGS | frozenset(
    ("n", "j", "b", "a", "an", "ad", "i", "l", "s", "z", "zg", "g", "ng", "vn", "m", "tg", "ag", "eng")
)
_NUMBERED = frozenset(("国道", "省道", "县道", "中学", "小学", "幼儿园", "号楼"))
_LONGEST_NAME = 16  # characters; a longer run of nouns is a phrase, not a name
_QUOTED_LONGEST = 16  # characters inside quotes; a longer quotation is a sentence
_HAN = deferred(r"[\u3400-\u9fff]")
_TITLE = deferred(r"《([^《》\n]{1,60})》|〈([^〈〉《》\n]{1,60})〉")
_DOCUMENT_NUMBER = deferred(
    r"[\u4e00-\u9fff]{0,8}[〔\[【（(《〖［]\s{0,2}(?:(?:19|20)\d\d|20[xX×＊*_]{2})\s{0,2}[〕\]】）)》〗］]\s{0,2}第?\s{0,2}[\dxX×*]{1,5}\s{0,2}号"
)
_QUOTED = deferred(r"“([^“”\n]{1,40})”|\"([^\"\n]{1,40})\"|「([^「」\n]{1,40})」")
_SENTENCE_MARK = deferred(r"[。；;！!？?]")


def find_names(text: str) -> list[Name]:
    """The names of `text` in order, not overlapping; the outermost where one holds another (《青石区方案》). Pure."""
    words = segment(text)
    found = [*_documents(text), *_quotations(text), *_bodies_and_places(text, words), *people_in(text, words)]
    # A titled person is surer than a place that the dictionary sees in the same characters (欧阳, 郑国).
    rank = {NameKind.DOCUMENT: 0, NameKind.PROJECT: 1, NameKind.BRAND: 2, NameKind.PERSON: 5}
    found.sort(
        key=lambda one: (
            3 if one.kind is NameKind.PERSON and one.sure else rank.get(one.kind, 4),
            one.start - one.end,
            one.start,
        )
    )
    taken = bytearray(len(text))
    kept = []
    for name in found:
        if not any(taken[name.start : name.end]):
            taken[name.start : name.end] = b"\x01" * (name.end - name.start)
            kept.append(name)
    kept.sort(key=lambda one: one.start)
    return kept


def _documents(text: str) -> Iterator[Name]:
    for found in _TITLE.finditer(text):
        yield Name(found.start(), found.end(), found.group(), NameKind.DOCUMENT)
    for found in _DOCUMENT_NUMBER.finditer(text):
        yield Name(found.start(), found.end(), found.group(), NameKind.DOCUMENT)


def _quotations(text: str) -> Iterator[Name]:
    """Quoted names. What a head noun follows (“…”活动) is a project; another short quotation may be a slogan."""
    heads = name_lists().project_heads
    for found in _QUOTED.finditer(text):
        inner = next(group for group in found.groups() if group is not None)
        if len(inner) > _QUOTED_LONGEST or _SENTENCE_MARK.search(inner) or not inner.strip():
            continue
        after = text[found.end() : found.end() + 8].lstrip(" ”’")
        if after.startswith(heads):
            yield Name(found.start(), found.end(), found.group(), NameKind.PROJECT)
        else:
            yield Name(found.start(), found.end(), found.group(), NameKind.BRAND, sure=False)


def _bodies_and_places(text: str, words: Sequence[Word]) -> Iterator[Name]:
    lists = name_lists()
    index = len(words) - 1
    while index >= 0:
        word = words[index]
        if word.tag in ("ns", "nt") and word.text in lists.not_place:
            index -= 1
            continue
        ending = suffix_of(word.text, lists)
        name = _name_ending_at(text, words, index, *ending) if ending else None
        if name is None and word.tag == "ns" and len(word.text) > 1 and not is_common(word.text, lists):
            name = Name(word.start, word.end, word.text, NameKind.PLACE, sure=len(word.text) > 2)
        if name is None:
            index -= 1
            continue
        yield name
        while index >= 0 and words[index].start >= name.start:
            index -= 1


@dataclass(slots=True)
class _Walk:
    """What the walk to the left has gathered: the start, how many proper characters, whether a level was met."""

    start: int
    proper: int = 0
    level: bool = False
    surely: bool = False


def _name_ending_at(text: str, words: Sequence[Word], index: int, ending: str, kind: NameKind) -> Name | None:
    """The name whose last word is `words[index]`, or None where only generic words stand before the ending."""
    lists = name_lists()
    last = words[index]
    walk = _stem_of(last, words[index - 1].text if index else "", ending, kind, lists)
    if walk is None:
        return None
    numbered = ending in _NUMBERED or last.text in _NUMBERED
    at = index - 1
    while at >= 0:
        word = words[at]
        if last.end - word.start > _LONGEST_NAME or not _may_join(word, walk, numbered, lists):
            break
        role = _role_of(word, lists)
        if role == "plain" or (kind is NameKind.PLACE and word.text in lists.name_verbs):
            # 榆镇 in 望|榆镇中心小学 is a stump with its level.
            level = len(word.text) == 2 and word.text[-1] in lists.place and not walk.proper
            walk.proper += 1 if level else len(word.text)
            walk.surely = walk.surely or word.tag in _PROPER_TAGS
        elif role == "level":
            walk.level = True
        walk.start = word.start
        at -= 1
    start = _without_generic_head(words, at + 1, index, walk.start, lists)
    if not walk.proper and not (walk.level and kind is NameKind.UNIT and ending not in lists.kinds):
        return None
    if start >= last.end - len(ending):
        return None
    sure = walk.surely or (ending in lists.firm and walk.proper > 0) or (walk.level and kind is NameKind.UNIT)
    return Name(start, last.end, text[start : last.end], kind, sure)


def _stem_of(last: Word, before: str, ending: str, kind: NameKind, lists: NameLists) -> _Walk | None:
    """The walk begun with what stands before `ending` in its own word; None where that word is a common noun."""
    stem = last.text[: len(last.text) - len(ending)]
    walk = _Walk(last.start)
    if stem in lists.stop_chars:
        return None
    if kind is NameKind.PLACE and (last.text if stem else before + ending) in lists.not_place:
        return None
    if not stem:
        return walk
    if stem in lists.level:
        walk.level = True
    elif not is_common(stem, lists):
        # A dictionary noun that merely ends so (思路, 超市) names nothing; an unknown or proper word does.
        if kind is NameKind.PLACE and len(ending) == 1 and last.tag not in _PROPER_TAGS:
            return None
        walk.proper, walk.surely = len(stem), last.tag in _PROPER_TAGS
    elif last.text in lists.generic or (kind is NameKind.PLACE and len(ending) == 1):
        return None
    return walk


def _role_of(word: Word, lists: NameLists) -> str:
    if word.text in lists.level:
        return "level"
    if word.text in lists.function or word.text in lists.unit or word.text in lists.place:
        return "function"
    if word.text in lists.generic:
        return "generic"
    return "plain"


def _may_join(word: Word, walk: _Walk, numbered: bool, lists: NameLists) -> bool:
    """True where `word` may stand in the name to the right of it, which `walk` has gathered so far."""
    first = word.text[0]
    if first in lists.stop_chars and len(word.text) == 1:
        return False
    role = _role_of(word, lists)
    if walk.proper:
        # One proper word is a name. A second joins when the first is a mere stump (望江|里社区), or is itself proper.
        # A word that is itself a place (临江市|青石区) is a name of its own.
        whole = len(word.text) > 1 and word.text[-1] in lists.place
        stump = walk.proper == 1 or (word.tag in _PROPER_TAGS and walk.proper < 5)
        if walk.proper == 1 and len(word.text) == 1 and _HAN.match(word.text):
            return word.text not in lists.stop_chars and role == "plain"  # 望|榆镇: the stump takes what is beside it
        return role == "plain" and stump and not whole and _nameable(word, lists)
    if role == "generic":
        return False
    if walk.level and role == "function" and word.text not in lists.place:
        return False
    if role != "plain":
        return True
    if numbered and word.text.isdigit():
        return True
    return _nameable(word, lists)


def _nameable(word: Word, lists: NameLists) -> bool:
    if not _HAN.match(word.text) or word.text[0] in lists.stop_chars:
        return False
    if len(word.text) > 4:
        return False
    if word.tag in ("m", "q"):
        return len(word.text) <= 3 and word.text[-1] in "一二三四五六七八九十里"
    if word.tag.startswith("v") and word.tag != "vn":
        return word.text in lists.name_verbs
    if word.tag == "f":
        return len(word.text) == 1
    if word.tag in ("l", "i") and len(word.text) > 3:
        return False  # a phrase before a word, not a name
    return word.tag in _NAME_TAGS or word.text in lists.name_verbs


def _without_generic_head(words: Sequence[Word], at: int, index: int, start: int, lists: NameLists) -> int:
    """The start moved right past words of function that lead no name (干部|柳河街道) where a proper word follows."""
    while at < index:
        word = words[at]
        rest = words[at + 1 : index + 1]
        leads = _role_of(word, lists) in ("function", "generic") and word.text not in lists.level
        if not leads or not any(_role_of(one, lists) == "plain" for one in rest):
            break
        at += 1
        start = words[at].start
    return start


@cache
def _policies() -> dict[str, str]:
    rows = Path(__file__).with_name("policy_names.tsv").read_text(encoding="utf-8").splitlines()
    return dict(row.split("\t") for row in rows if row and not row.startswith("#"))


def bare_name(text: str) -> str:
    """`text` without the marks around it and the spaces in it: “三下乡” is 三下乡. Pure."""
    return re.sub(r"[\s《》〈〉“”\"‘’'「」]", "", text)


def policy_reason(text: str) -> str | None:
    """The Chinese reason why any report may carry this name, or None where it needs a source. Pure."""
    bare = bare_name(text)
    return _policies().get(bare)


def policy_places(text: str) -> Iterator[tuple[int, int]]:
    """The spans of names that any report may carry. Pure."""
    return (found.span() for found in _policy_pattern().finditer(text))


@cache
def _policy_pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _policies()), key=len, reverse=True)))


def surnames() -> frozenset[str]:
    """Every surname of the lexicon, of one character and of two. Pure."""
    return name_lists().surnames
