"""Names that only their place gives away: whatever stands before 苑, 药店 or 三组 and is no word of the trade.

The name grammar of the language room must not accuse an honest sentence, so it holds to what it is sure of. A mask errs
the other way: an ending that reports put names before, with any word before it that our own texts never use, is a name.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from service.language.name_lists import name_lists
from service.language.names import surnames
from service.language.words import Word, is_known, segment

# A longer run of nouns is a phrase (characters).
_LONGEST = 14


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NAME_TAGS = ("n", "j", "a", "b", "f", "s", "z", "g", "i", "l", "t", "h", "k", "e", "o", "y")
_NUMERAL = re.compile(r"[第]?[一二三四五六七八九十0-9〇]{1,3}")
_HAN = re.compile(r"[\u3400-\u9fff]+")
# Single characters between words that no name is made of.
_BREAKS = frozenset(
    "的地得了着过在对由和与及为从将把被于给让是等去赴至同跟往经按据以因并且或此有无没不也都还又再就则而到向请使叫"
    "各每该本其某全我你他她它们这那哪几多数余约近超共已未曾正另仅只均须需应可能会要想用拿带请派送发做办开设建修装换清查"
)
# Bodies by a number of their own, and the few whose ending is their whole name.
_NUMBERED = re.compile(
    r"(?:督查|巡查|暗访|执法|环卫|交警|刑警|[民刑]|行政|业务|生产|检查|督导|考评|测评)[一二三四五六七八九十]{1,2}"
    r"(?:组|队|所|庭|科|处|中队|大队)(?![织成理])"
    # 县一中、二小, 实验二小, 师范附小
    r"|(?:(?<=[市县区镇乡])|(?<=[中小幼]、)|(?<![\u3400-\u9fff]))(?:实验|师范|机关|城关)?(?:[一二三四五六七八九十]{1,2}|实验|附)[中小幼](?=[、，。和与及的师学校组门高初开]|$)"
)
_ALONE = frozenset(("群艺馆", "团市委", "团县委", "团区委"))
_MAKES_A_THING = frozenset("感度性率化力书式型类级观法汤网车机器具品物费金款证卡表册单栏牌")
# 走上, 来到, 落到: what a verb ends in that says where to. What stands behind it is no part of its name.
_COMPLEMENTS = frozenset("上下到进出过起来去回在至向往入成为给着了")
_LEVELS = frozenset("省市县区旗州镇乡团")
_NAMED_TAGS = frozenset(("nr", "nrt", "nrfg", "ns", "nt", "nz"))
# Verbs of the trade that stand inside the names of bodies: 市创建指挥部, 实验学校, 督查三组.
_MODIFYING = _words(
    "创建 实验 督查 健身 维修 服务 管理 监督 检查 建设 监测 研究 设计 运输 保障 救援 检验 培训 "
    "投资 开发 发展 监管 执法 调解 鉴定 供热 供水 供电 排水 "
)
# What a town once had one of; 老厂房 and 旧仓库 are kinds of buildings.
_FORMER = (
    "厂",
    "站",
    "粮库",
    "供销社",
    "礼堂",
    "影院",
    "剧院",
    "学校",
    "小学",
    "中学",
    "医院",
    "市场",
    "码头",
    "招待所",
    "矿",
)
_SIDES = frozenset("头口段边旁内外上下南北东西侧")
# After a figure these count: 死角580处, 学校5所, 三组 of 督查三组 is a body all the same.
_COUNTERS = frozenset("处家所组站班段户里科会社州区路项栋")
# Endings of bodies that need no proper word before them: 卫健局, 群艺馆, 团市委.
_ALWAYS = _words(
    "局 委 厅 署 馆 分馆 庭 支队 大队 中队 总会 联社 供销社 指挥部 化肥厂 门市"
    " 宫 文化宫 少年宫 枢纽 营业部 监管所 司法所 管理所 管理处 园林处 市政处 "
)
_NOT_ALWAYS = _words("常委 村委 社委 纪委 党委 政委 展馆 场馆 宾馆 茶馆 旅馆 本局 该局 大局 全局 结局 格局 家庭 居委 ")


@dataclass(frozen=True)
class _Lists:
    place: frozenset[str]
    unit: frozenset[str]
    body: frozenset[str]
    kinds: frozenset[str]
    not_names: frozenset[str]
    common: frozenset[str]
    longest: int
    whole: frozenset[str]


@cache
def _lists() -> _Lists:
    folder = files("corpus.mask")
    table = tomllib.loads(folder.joinpath("endings.toml").read_text(encoding="utf-8"))
    words = {key: frozenset(value.split()) for key, value in table.items()}
    rows = folder.joinpath("common_words.txt").read_text(encoding="utf-8").splitlines()
    common = {word for row in rows if not row.startswith("#") for word in row.split()}
    known = name_lists()
    return _Lists(
        place=words["place"],
        unit=words["unit"],
        body=words["body"],
        kinds=words["kinds"],
        not_names=words["not_names"],
        common=frozenset(common) | known.generic | known.function | known.not_person | words["not_names"],
        longest=max(map(len, words["place"] | words["unit"])),
        whole=frozenset(one for one in words["place"] | words["unit"] if len(one) > 1),
    )


def is_common_word(word: str) -> bool:
    """True for a word of the trade that names nobody. Pure."""
    return word in _lists().common


def ending_lists() -> tuple[tuple[str, frozenset[str]], ...]:
    """The endings behind which reports put names, by kind: b bodies, p places, u units. Pure."""
    lists = _lists()
    return ("b", lists.body), ("p", lists.place), ("u", lists.unit)


def find_vague_names(text: str) -> Iterator[tuple[int, int, bool]]:
    """(start, end, whether it is a place) of what stands before an ending as a name does, from the end. Pure."""
    for found in _NUMBERED.finditer(text):
        yield found.start(), found.end(), False
    yield from _former_sites(segment(text))
    words = _regrouped(text)
    index = len(words) - 1
    while index >= 0:
        name = _name_ending_at(words, index)
        if name is None:
            index -= 1
            continue
        name = _begun(words, name)
        yield name
        while index >= 0 and words[index].start >= name[0]:
            index -= 1


def _begun(words: Sequence[Word], name: tuple[int, int, bool]) -> tuple[int, int, bool]:
    """A name that begins with an ending (坪图书馆 of 黄桷坪图书馆) takes the proper word before it."""
    for index, word in enumerate(words[1:], start=1):
        if word.start == name[0] and word.text in _lists().place and _is_proper(words[index - 1]):
            return words[index - 1].start, name[1], name[2]
    return name


def _former_sites(words: Sequence[Word]) -> Iterator[tuple[int, int, bool]]:
    """旧煤球厂, 老汽车站, 原供销社: there was one of them in the place, so it is a name."""
    for index, word in enumerate(words):
        if word.text in ("老", "旧", "原"):
            for after in range(index + 1, min(index + 4, len(words))):
                if not _HAN.fullmatch(words[after].text) or words[after].tag[0] in "vpcud":
                    break
                if words[after].text.endswith(_FORMER) and words[after].end - word.end >= 2:
                    yield word.start, words[after].end, True
                    break


def find_unknown_words(text: str) -> Iterator[tuple[int, int, bool]]:
    """(start, end, whether it is a place) of words that no dictionary of ours knows, or that it knows as names. Pure.

    A report is written in words of the trade; what is neither one nor a word of the language names somebody.
    """
    common = _lists().common
    words = segment(text)
    yield from _rare_fragments(words)
    for word in words:
        # 二十大 and 三下乡 are state words that the number grammar knows; 一棵树 is no name.
        if word.text in common or not _HAN.fullmatch(word.text) or _NUMERAL.match(word.text):
            continue
        # The dictionary calls 明显改善 and 文明礼仪 people; a family name of two characters makes 诸葛建国 one.
        is_phrase = len(word.text) >= 4 and word.text[:2] not in surnames() and _is_compound(word.text)
        named = word.tag in _NAMED_TAGS and not is_phrase and not _is_abstract(word.text)
        unknown = len(word.text) >= 2 and not is_known(word.text) and not _is_compound(word.text)
        if (named and (len(word.text) >= 2 or word.tag == "nr")) or unknown:
            yield word.start, word.end, word.tag == "ns"


def _is_abstract(word: str) -> bool:
    """True where the dictionary calls a thing a name: 安全感 and 防盗网 are a word and what makes a thing of it."""
    return len(word) >= 3 and word[-1] in _MAKES_A_THING and is_known(word[:-1])


def _rare_fragments(words: Sequence[Word]) -> Iterator[tuple[int, int, bool]]:
    """A rare character that is no part of a word, with the single characters at its sides: 晟|达, 淇|滨.

    The segmenter breaks a name it does not know into characters; a word of the trade it would have known.
    """
    for index, word in enumerate(words):
        if len(word.text) == 1 and is_rare(word.text):
            first = last = index
            if index and _is_fragment(words[index - 1]):
                first = index - 1
            if index + 1 < len(words) and _is_fragment(words[index + 1]):
                last = index + 1
            yield words[first].start, words[last].end, False


def _is_fragment(word: Word) -> bool:
    return (
        len(word.text) == 1
        and bool(_HAN.fullmatch(word.text))
        and word.text not in _BREAKS
        and word.tag[0] not in "pcudmqrf"
    )


def is_rare(char: str) -> bool:
    """True for a character outside the 3,755 of everyday Chinese (the first level of GB 2312). Pure."""
    try:
        return char.encode("gb2312") >= b"\xd8"
    except UnicodeEncodeError:
        return bool(_HAN.fullmatch(char))


def _is_compound(word: str) -> bool:
    """True where an unknown word is made of known ones (清障|车队) or holds a particle (据市)."""
    if _BREAKS & set(word) or _NUMERAL.match(word):
        return True
    return any(
        (word[:cut] in _lists().common or is_known(word[:cut]))
        and (word[cut:] in _lists().common or is_known(word[cut:]))
        for cut in range(2, len(word) - 1)
    )


def _regrouped(text: str) -> list[Word]:
    """The words with endings whole, however the segmenter cut them: 四大|队于 is 四|大队|于, 桥头 is 桥|头."""
    lists = _lists()
    words = segment(text)
    borders = {word.start for word in words} | {len(text)}
    tags = {word.start: word.tag for word in words}
    whole = {word.start: word.end for word in words}
    for found in _long_endings().finditer(text):
        held = next((word for word in words if word.start <= found.start() and found.end() <= word.end), None)
        if held is not None and (held.text in lists.common or held.end == found.end()):
            continue
        borders -= set(range(found.start() + 1, found.end()))
        borders |= {found.start(), found.end()}
        tags[found.start()] = "n"
    grouped: list[Word] = []
    ordered = sorted(borders)
    for start, end in pairwise(ordered):
        piece = text[start:end]
        tag = tags.get(start, "n") if whole.get(start) == end or start in tags else "n"
        if len(piece) > 1 and piece[-1] in _SIDES and piece not in lists.common and _is_place(piece[:-1]):
            grouped += [Word(start, end - 1, piece[:-1], "n"), Word(end - 1, end, piece[-1], "f")]
        else:
            grouped.append(Word(start, end, piece, tag))
    return grouped


@cache
def _long_endings() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _lists().whole), key=len, reverse=True)))


def _is_place(word: str) -> bool:
    return _ending_of(word) in _lists().place


def _ending_of(word: str) -> str:
    lists = _lists()
    for length in range(min(len(word), lists.longest), 0, -1):
        ending = word[-length:]
        if ending in lists.place or ending in lists.unit:
            return ending
    return ""


@dataclass(slots=True)
class _Before:
    """What stands before an ending: where it starts, how many characters of it are proper, and the first of those."""

    start: int
    proper: int = 0
    first_proper: int = -1
    level: bool = False
    numbered: bool = False


def _name_ending_at(words: Sequence[Word], index: int) -> tuple[int, int, bool] | None:
    lists, last = _lists(), words[index]
    ending = _ending_of(last.text)
    before = words[index - 1] if index else None
    if not ending or not _may_end(last, ending, before):
        return None
    stem = last.text[: len(last.text) - len(ending)]
    if stem and last.tag[0] in "liav" and is_known(last.text):
        return None  # 落到实处, 开馆
    if last.text in _ALONE or (stem and ending in _ALWAYS and last.text not in _NOT_ALWAYS):
        return last.start, last.end, False
    own = len(stem) if stem not in lists.common and stem[:1] not in _BREAKS else 0
    if stem and (not own or last.text in lists.common):
        return None
    found = _walked(words, index, _Before(last.start, own, last.start if own else -1))
    is_place = ending in lists.place and ending not in lists.unit
    if found.proper >= (1 if len(ending) > 1 or not is_place else 2) or (found.proper and stem):
        return (found.start if found.level else found.first_proper), last.end, is_place
    if found.start == last.end - len(ending):
        return None
    by_level = found.level and ending in lists.body
    by_number = found.numbered and ending in lists.unit and ending not in ("班", "组", "处", "科", "会", "社")
    always = ending in _ALWAYS and last.text not in _NOT_ALWAYS
    return (found.start, last.end, False) if by_level or by_number or always else None


def _may_end(last: Word, ending: str, before: Word | None) -> bool:
    if last.text in _lists().not_names and last.text != ending:
        return False
    if len(last.text) > 1:
        return True
    if last.tag[0] in "vqpfdm" and (before is None or not _is_proper(before)):
        return False
    return not (last.text in _COUNTERS and before is not None and before.text[-1].isdigit())


def _walked(words: Sequence[Word], index: int, found: _Before) -> _Before:
    """The words to the left of an ending as far as they may belong to its name."""
    last, at = words[index], index - 1
    while at >= 0 and last.end - words[at].start <= _LONGEST and _joins(words[at], words[at - 1] if at else None):
        word = words[at]
        # 检查|凤尾|路, 绕行|老|油坊|桥: a verb before a name that is whole is what someone does there.
        if word.tag == "v" and found.proper >= 2 and is_known(word.text):
            break
        if _NUMERAL.fullmatch(word.text):
            found.numbered = True
        elif word.text in _LEVELS:
            found.level = True
        elif word.text not in _lists().common:
            found.proper += len(word.text)
            found.first_proper = word.start
        found.start = word.start
        at -= 1
    return found


def _is_proper(word: Word) -> bool:
    return word.tag[0] == "n" and word.text not in _lists().common and bool(_HAN.fullmatch(word.text))


def _joins(word: Word, before: Word | None) -> bool:
    text = word.text
    if not _HAN.fullmatch(text):
        return False
    if text in _MODIFYING:
        return True
    if text[0] in _BREAKS and (len(text) == 1 or text in _lists().common):
        return False
    if text in _LEVELS or _NUMERAL.fullmatch(text):
        return True
    if len(text) == 1 and word.tag[0] in "qvm":
        return before is not None and _is_proper(before)
    if word.tag.startswith("v") and word.tag != "vn":
        return text not in _lists().common and len(text) == 2 and text[0] not in _BREAKS and text[1] not in _COMPLEMENTS
    return word.tag.startswith(_NAME_TAGS) or (word.tag in ("vn", "x", "eng", "d", "m") and text not in _lists().common)
