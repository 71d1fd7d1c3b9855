"""Names made of common words: 平安超市, 红袖标巡逻队, 惠民早餐工程. The kind of thing they are tells them from form.

No dictionary gives such a name away, for each of its words stands in every report. What is limited is the number of
words that make a *kind* of thing of an ending (便民超市, 治安巡逻队); any other noun before it names one of them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

from service.language.words import Word, segment

_PLACES = frozenset("坡岭湾坝沟洼塘") | frozenset(
    ("公园", "广场", "街", "园", "坊", "楼", "小区", "社区", "大院", "长廊", "家园", "站", "厂")
)
_HAN = re.compile(r"[\u3400-\u9fff]{2,6}")
# These end names only as words of their own (石板|坡); 排水沟 and 斜坡 are things.
_BARE = frozenset("坡岭湾坝沟洼塘")

# A place has one of each of these: 园林处, 汽车东站. What makes a kind of other endings makes a name of them.
_ONE_OF_A_KIND = frozenset(("处", "东站", "西站", "南站", "北站"))

# A village, a road or a town may be called by any word, 青年 and 健康 too.
_NAMED_BY_ANY = frozenset("村路镇桥湖河巷")

# 北路, 新城, 佳苑: half a name, whose other half stands before it (环城, 高铁, 和谐).
_HALF = re.compile(r"[东西南北中新老大小佳嘉][\u3400-\u9fff]{1,3}")

_LONGEST_HALF = 12

# Farther to the left stand words of the sentence, no longer of the name.
_MOST_WORDS = 3
_MODIFIERS = ("n", "nr", "ns", "nz", "nt", "a", "b", "j", "l", "s", "z", "i", "t")
# A noun that these begin or end belongs to the sentence: 各超市, 家超市, 一所学校.
_SENTENCE = re.compile(r"^[各每本该某此这那我全一二两三四五六七八九十多几]|[个家所座处条支名位段]$")


def find_named_kinds(text: str) -> Iterator[tuple[int, int, bool]]:
    """(start, end, whether it is a place) of endings with a noun before them that makes no kind of thing. Pure."""
    words = segment(text)
    for index, word in enumerate(words):
        # 带队 and 站岗 are what people do.
        ending = "" if word.tag[0] in "vd" else _ending_of(word.text)
        if (ending in _BARE and word.text != ending) or ending in _NAMED_BY_ANY:
            continue  # what names the latter is told by the borders around it
        first = _first_proper(words, index, ending) if ending else None
        if first is not None:
            yield words[first].start, word.end, ending in _PLACES


def has_kinds(ending: str) -> bool:
    """True where it is known which words make a kind of thing of `ending`, so that others make a name. Pure."""
    return ending in _kinds()


def is_kind(word: str, ending: str) -> bool:
    """True where `word` makes a kind of thing of `ending` (办公|楼), or of every ending. Pure."""
    kinds = _kinds()
    everywhere = word in kinds["everywhere"] and ending not in _NAMED_BY_ANY
    return everywhere or word in kinds.get(ending, ()) or f"{word}{ending}" in kinds["everywhere"]


def begin_of_half(text: str, start: int, end: int) -> int:
    """Where a name begins of which `text[start:end]` may be half; `start` where it is whole. Pure."""
    if not _HALF.fullmatch(text, start, end):
        return start
    before = segment(text[max(0, start - _LONGEST_HALF) : start])
    if not before or not _modifies(before[-1]) or before[-1].text in _kinds()["near"]:
        return start
    return start - len(before[-1].text)


def _first_proper(words: Sequence[Word], index: int, ending: str) -> int | None:
    """The first word of the name that ends with `words[index]`, None where every word before it makes a kind.

    One word that does not is enough: 爱心妈妈团队 begins with 爱心.
    """
    everywhere = frozenset[str]() if ending in _ONE_OF_A_KIND else _kinds()["everywhere"]
    of_ending = _kinds()[ending]
    is_name, at = False, index - 1
    while at >= max(0, index - _MOST_WORDS) and _modifies(words[at]):
        said = words[at].text
        together = said + "".join(word.text for word in words[at + 1 : index])
        if not {said, together} & (everywhere | of_ending) and f"{said}{ending}" not in everywhere:
            is_name = True
        at -= 1
    return at + 1 if is_name else None


def _modifies(word: Word) -> bool:
    is_noun = word.tag in _MODIFIERS or word.tag in ("vn", "an")
    return is_noun and bool(_HAN.fullmatch(word.text)) and not _SENTENCE.search(word.text)


@cache
def _ending_of(word: str) -> str:
    for length in range(min(len(word), 3), 0, -1):
        if word[-length:] in _kinds() and len(word) - length <= 2:
            return word[-length:]
    return ""


@cache
def _kinds() -> Mapping[str, frozenset[str]]:
    table = tomllib.loads(files("corpus.mask").joinpath("kinds.toml").read_text(encoding="utf-8"))
    return {ending: frozenset(words.split()) for ending, words in table.items()}
