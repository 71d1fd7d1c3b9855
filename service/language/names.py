"""Names in a text: people, places, units, documents, activities and brands, by the grammar of their endings.

Two readers share it. Masking hides every name before a composer sees a past report, so a missed name leaks; the checker
asks whether a draft's names stand in the notes, so a common noun taken for a name accuses an honest sentence. `sure`
tells them apart: masking takes all names, the checker only the sure ones.

The grammar walks from an ending (街道, 局, 小区, 路 …) to the left over words of function and level until it has a
proper word; endings with nothing but generic words before them (各社区, 相关单位, 便民服务中心) are no names.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from service.language.words import Word, segment


class NameKind(StrEnum):
    """What a name names."""

    PERSON = "person"
    PLACE = "place"
    UNIT = "unit"
    DOCUMENT = "document"
    PROJECT = "project"
    BRAND = "brand"


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text: `text[start:end]`. `sure` is False where it may be a common noun."""

    start: int
    end: int
    text: str
    kind: NameKind
    sure: bool = True


@dataclass(frozen=True)
class _Lists:
    unit: frozenset[str]
    place: frozenset[str]
    firm: frozenset[str]
    kinds: frozenset[str]
    longest: int
    function: frozenset[str]
    level: frozenset[str]
    generic: frozenset[str]
    name_verbs: frozenset[str]
    stop_chars: frozenset[str]
    not_place: frozenset[str]
    titles: tuple[str, ...]
    project_heads: tuple[str, ...]
    surnames: frozenset[str]
    not_person: frozenset[str]
    people_verbs: tuple[str, ...]


_PROPER_TAGS = frozenset(("ns", "nr", "nrt", "nrfg", "nz", "nt"))
_NAME_TAGS = _PROPER_TAGS | frozenset(
    ("n", "j", "b", "a", "an", "ad", "i", "l", "s", "z", "zg", "g", "ng", "vn", "m", "tg", "ag", "eng")
)
_NUMBERED = frozenset(("国道", "省道", "县道", "中学", "小学", "幼儿园", "号楼"))
_NO_SURNAME_TAGS = frozenset(("c", "p", "u", "d", "v", "x", "r", "uj", "ul", "m", "q"))
_LONGEST_NAME = 16  # characters; a longer run of nouns is a phrase, not a name
_QUOTED_LONGEST = 16  # characters inside quotes; a longer quotation is a sentence
_HAN = re.compile(r"[\u3400-\u9fff]")
_TITLE = re.compile(r"《([^《》\n]{1,60})》|〈([^〈〉《》\n]{1,60})〉")
_DOCUMENT_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{0,8}[〔\[【（(《〖［]\s{0,2}(?:(?:19|20)\d\d|20[xX×＊*_]{2})\s{0,2}[〕\]】）)》〗］]\s{0,2}第?\s{0,2}[\dxX×*]{1,5}\s{0,2}号"
)
_QUOTED = re.compile(r"“([^“”\n]{1,40})”|\"([^\"\n]{1,40})\"|「([^「」\n]{1,40})」")
_SENTENCE_MARK = re.compile(r"[。；;！!？?]")


@cache
def _lists() -> _Lists:
    table = tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))
    words = {key: frozenset(value.split()) for key, value in table["words"].items() if key != "stop_chars"}
    unit, place, firm = (frozenset(table["suffix"][key].split()) for key in ("unit", "place", "firm"))
    kinds = frozenset(table["suffix"]["kinds"].split())

    def longest_first(key: str) -> tuple[str, ...]:
        return tuple(sorted(words[key], key=lambda one: (-len(one), one)))

    return _Lists(
        unit=unit,
        place=place,
        firm=firm,
        kinds=kinds,
        longest=max(map(len, unit | place)),
        function=words["function"],
        level=words["level"],
        generic=words["generic"],
        name_verbs=words["name_verbs"],
        stop_chars=frozenset(table["words"]["stop_chars"]),
        not_place=words["not_place"],
        titles=longest_first("titles"),
        project_heads=longest_first("project_heads"),
        surnames=words["surnames"],
        not_person=words["not_person"],
        people_verbs=longest_first("people_verbs"),
    )


def find_names(text: str) -> list[Name]:
    """The names of `text` in order, not overlapping; the outermost where one holds another (《青石区方案》). Pure."""
    words = segment(text)
    found = [*_documents(text), *_quotations(text), *_bodies_and_places(text, words), *_people(text, words)]
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
    heads = _lists().project_heads
    for found in _QUOTED.finditer(text):
        inner = next(group for group in found.groups() if group is not None)
        if len(inner) > _QUOTED_LONGEST or _SENTENCE_MARK.search(inner) or not inner.strip():
            continue
        after = text[found.end() : found.end() + 8].lstrip(" ”’")
        if after.startswith(heads):
            yield Name(found.start(), found.end(), found.group(), NameKind.PROJECT)
        else:
            yield Name(found.start(), found.end(), found.group(), NameKind.BRAND, sure=False)


def _suffix_of(word: str, lists: _Lists) -> tuple[str, NameKind] | None:
    for size in range(min(len(word), lists.longest), 0, -1):
        ending = word[-size:]
        if ending in lists.unit:
            return ending, NameKind.UNIT
        if ending in lists.place:
            return ending, NameKind.PLACE
    return None


def _bodies_and_places(text: str, words: Sequence[Word]) -> Iterator[Name]:
    lists = _lists()
    index = len(words) - 1
    while index >= 0:
        word = words[index]
        if word.tag in ("ns", "nt") and word.text in lists.not_place:
            index -= 1
            continue
        ending = _suffix_of(word.text, lists)
        name = _name_ending_at(text, words, index, *ending) if ending else None
        if name is None and word.tag == "ns" and len(word.text) > 1 and not _is_common(word.text, lists):
            name = Name(word.start, word.end, word.text, NameKind.PLACE, sure=len(word.text) > 2)
        if name is None:
            index -= 1
            continue
        yield name
        while index >= 0 and words[index].start >= name.start:
            index -= 1


def _is_common(word: str, lists: _Lists) -> bool:
    return word in lists.generic or word in lists.function or word in lists.not_place


@dataclass(slots=True)
class _Walk:
    """What the walk to the left has gathered: the start, how many proper characters, whether a level was met."""

    start: int
    proper: int = 0
    level: bool = False
    surely: bool = False


def _name_ending_at(text: str, words: Sequence[Word], index: int, ending: str, kind: NameKind) -> Name | None:
    """The name whose last word is `words[index]`, or None where only generic words stand before the ending."""
    lists = _lists()
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
            walk.proper += len(word.text)
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


def _stem_of(last: Word, before: str, ending: str, kind: NameKind, lists: _Lists) -> _Walk | None:
    """The walk begun with what stands before `ending` in its own word; None where that word is a common noun."""
    stem = last.text[: len(last.text) - len(ending)]
    walk = _Walk(last.start)
    if kind is NameKind.PLACE and (last.text if stem else before + ending) in lists.not_place:
        return None
    if not stem:
        return walk
    if stem in lists.level:
        walk.level = True
    elif not _is_common(stem, lists):
        # A dictionary noun that merely ends so (思路, 超市) names nothing; an unknown or proper word does.
        if kind is NameKind.PLACE and len(ending) == 1 and last.tag not in _PROPER_TAGS:
            return None
        walk.proper, walk.surely = len(stem), last.tag in _PROPER_TAGS
    elif last.text in lists.generic or (kind is NameKind.PLACE and len(ending) == 1):
        return None
    return walk


def _role_of(word: Word, lists: _Lists) -> str:
    if word.text in lists.level:
        return "level"
    if word.text in lists.function or word.text in lists.unit or word.text in lists.place:
        return "function"
    if word.text in lists.generic:
        return "generic"
    return "plain"


def _may_join(word: Word, walk: _Walk, numbered: bool, lists: _Lists) -> bool:
    """True where `word` may stand in the name to the right of it, which `walk` has gathered so far."""
    first = word.text[0]
    if first in lists.stop_chars and len(word.text) == 1:
        return False
    role = _role_of(word, lists)
    if walk.proper:
        # One proper word is a name. A second joins when the first is a mere stump (望江|里社区), or is itself proper.
        # A word that is itself a place (临江市|青石区) is a name of its own.
        whole = len(word.text) > 2 and word.text[-1] in lists.place
        stump = walk.proper == 1 or (word.tag in _PROPER_TAGS and walk.proper < 5)
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


def _nameable(word: Word, lists: _Lists) -> bool:
    if not _HAN.match(word.text) or word.text[0] in lists.stop_chars:
        return False
    if word.tag in ("m", "q"):
        return len(word.text) <= 3 and word.text[-1] in "一二三四五六七八九十里"
    if word.tag.startswith("v") and word.tag != "vn":
        return word.text in lists.name_verbs
    if word.tag == "f":
        return len(word.text) == 1
    return word.tag in _NAME_TAGS or word.text in lists.name_verbs


def _without_generic_head(words: Sequence[Word], at: int, index: int, start: int, lists: _Lists) -> int:
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


def _people(text: str, words: Sequence[Word]) -> Iterator[Name]:
    lists = _lists()
    for index, word in enumerate(words):
        candidate = _person_at(text, words, index, lists)
        if candidate is None:
            continue
        start, end = candidate
        before, after = text[max(0, start - 8) : start].rstrip(" ：:"), text[end : end + 6].lstrip(" 　")
        titled = before.endswith(lists.titles) or after.startswith(lists.titles)
        acts = after.startswith(lists.people_verbs) or before.endswith(("由", "组长", "名单"))
        listed = word.tag.startswith("nr") and (before.endswith(("、", "，")) or after.startswith("、"))
        if titled or acts or listed or (word.tag.startswith("nr") and end - start == 3):
            yield Name(start, end, text[start:end], NameKind.PERSON, sure=titled or (acts and end - start > 1))


def _person_at(text: str, words: Sequence[Word], index: int, lists: _Lists) -> tuple[int, int] | None:
    """The span of a surname and given name that starts at `words[index]`, as far as the words allow."""
    word = words[index]
    family = word.text[:2] if word.text[:2] in lists.surnames else word.text[:1]
    if family not in lists.surnames or word.text in lists.not_person or _is_common(word.text, lists):
        return None
    given = len(word.text) - len(family)
    if word.tag.startswith("nr") and 1 <= given <= 2:
        following = words[index + 1] if index + 1 < len(words) else None
        # The segmenter often cuts the third character off (李秀|兰 is 李秀兰 before 同志).
        joins = given == 1 and following and len(following.text) == 1 and following.tag not in _NO_SURNAME_TAGS
        if joins and following and _HAN.match(following.text) and _ends_person(text, following.end, lists):
            return word.start, following.end
        return word.start, word.end
    titled_before = text[max(0, word.start - 6) : word.start].rstrip(" ：:").endswith(lists.titles)
    if 1 <= given <= 2 and (titled_before or _ends_person(text, word.end, lists)) and word.tag != "v":
        return word.start, word.end
    if given == 0 and word.tag not in _NO_SURNAME_TAGS:
        return _given_name_after(text, words, index, len(family), lists, titled_before)
    return None


def _given_name_after(
    text: str, words: Sequence[Word], index: int, family: int, lists: _Lists, titled_before: bool
) -> tuple[int, int] | None:
    """The person whose surname alone is `words[index]` (周|海涛): the pieces up to two characters that a title closes,
    or, after a title, the pieces themselves."""
    start = end = words[index].start + family
    start = words[index].start
    for piece in words[index + 1 : index + 3]:
        joined = _HAN.match(piece.text) and piece.end - start <= family + 2 and piece.text not in lists.titles
        if not joined or piece.tag in _NO_SURNAME_TAGS or _is_common(piece.text, lists):
            break
        end = piece.end
        if _ends_person(text, end, lists):
            return start, end
    if titled_before and end > start + family:
        return start, end
    if _ends_person(text, start + family, lists):
        return start, start + family
    return None


def _ends_person(text: str, end: int, lists: _Lists) -> bool:
    return text[end : end + 6].lstrip(" 　").startswith(lists.titles)


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


def surnames() -> frozenset[str]:
    """Every surname of the lexicon, of one character and of two. Pure."""
    return _lists().surnames
