"""Names that the borders of their clause give away, however the segmenter cut them: 在桂花弄口, 盐田乡干部, 百味斋把.

A name that begins with a word of the language is cut into words (百味|斋, 寒|山路) and no word of it is proper. But
where a place or a shop stands, the sentence leaves room for nothing else: before it a border (the sentence's begin, 在,
到, a verb), behind it another (a verb, a person, 口 or 旁). What stands between and is no common word names something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from corpus.mask.kinds import has_kinds, is_kind
from corpus.mask.vague import is_common_word
from service.language.words import Word, is_known, segment

_PLACES = "路街巷弄里桥镇乡村屯庄寨园苑坊楼阁轩斋堂居亭塔寺庙湾河湖溪渠塘岭坪山岛港渡闸"
# 和谐苑, 桂花弄: no kind of thing ends so, however common the word before it.
_ALWAYS_NAMED = frozenset("弄坊苑阁轩斋寺庙塔屯寨")
# Trades that shops and firms put behind their name: 九鼎餐饮, 泓泰物业.
TRADES = (
    "餐饮|物业|商贸|置业|地产|传媒|劳务|食品|药业|酒店|超市|家政|物流|纺织|建材|家居|书店|影楼|烘焙|水产|粮油|牧业|茶业|酒业|印务|汽修|医药|"
    "大药房|茶楼|饭庄|酒楼|饭店|面馆|火锅|烧烤|客栈|民宿"
)
_HAN = "[\u3400-\u9fff]"
_CANDIDATE = re.compile(
    rf"(?=(?P<stem>{_HAN}{{2,4}}?)(?P<place>[{_PLACES}])(?!{_HAN}{{0,1}}[路道]灯))"
    rf"|(?=(?P<firm>{_HAN}{{2}})(?:{TRADES}))"
)
# 和谐家园三期: whose phase, house or owners are spoken of is one estate, however common the words of its name.
_ESTATE = re.compile(
    rf"{_HAN}{{2,4}}?(?:家园|花园|公寓|新村|新城|雅居|华庭|名苑|佳苑)"
    r"(?=[一二三四五六七八九十\d〔]{1,4}[期区幢栋]|[\d〔][^，。]{0,5}号楼|物业|业委会|业主|门口)"
)
_TRADE = re.compile(TRADES)
_PREPOSITIONS = frozenset("在到于从往由向沿经赴至对把将被给和与及跟是为去比问找的")
_MARKS = re.compile(r"[^\w]|_")
# At which end of a place something stands: 巷口 is a word, and 桂花巷口 the end of 桂花巷 all the same.
_AT = frozenset("口边旁侧")
# What begins behind a place: where of it, or who.
_BEHIND = re.compile(
    r"[口边旁侧上下里内外东西南北中前后头两全一沿段的了是在被把从与和及由已将也都又却还就才共至到对为给让说请带有设挂贴开办建获]"
    r"|改造|修建|建设|新增|修订"
)
# Or who and what belongs there: 工农村|村民, though 村村 is a word too.
_WHO = re.compile(
    "附近|周边|沿线|干部|群众|居民|村民|书记|镇长|乡长|主任|小学|中学|社区|街道|派出所|卫生院|支行|门店|老板|员工|经理|商户|业主|工地|项目"
)
# A stem with one of these is a phrase: 每条路, 全镇各村, 两座桥.
_IN_PHRASE = re.compile(
    "[的地得了着过在对由和与及为从将把被于给让是等去赴至同跟往经按以因并或此有无没不也都还又再就各每该本其某全我你他她它们这那哪几多数余约近超共已未"
    "曾正另仅只均须应可会要想用拿请派送做一两条座个处所栋幢家片段名位户间支种项次]"
)


def find_bounded_names(text: str) -> Iterator[tuple[int, int, bool]]:
    """(start, end, whether it is a place) of what only its borders show to be a name. Pure."""
    words = segment(text)
    begins = _begins(text, words)
    for found in _ESTATE.finditer(text):
        if found.start() in begins:
            yield found.start(), found.end(), True
    for found in _CANDIDATE.finditer(text):
        start = found.start()
        if start not in begins:
            continue
        if found["firm"] is not None:
            if (end := _end_of_firm(text, start)) is not None:
                yield start, end, False
        elif _is_place_name(text, start, found.end("place")):
            yield start, found.end("place"), True


def _begins(text: str, words: list[Word]) -> set[int]:
    """Where a name may begin: at the text's begin, behind a mark or a preposition, behind what someone does."""
    begins = {0}
    for place, char in enumerate(text[:-1], start=1):
        if _MARKS.match(char) or char in _PREPOSITIONS:
            begins.add(place)
    begins.update(word.end for word in words if word.tag[0] in "vpcu" and is_known(word.text))
    return begins


def _is_place_name(text: str, start: int, end: int) -> bool:
    name = text[start:end]
    if _IN_PHRASE.search(name[:-1]) or is_common_word(name) or (is_known(name) and not _is_named(name)):
        return False
    if is_common_word(name[-2:]):
        return False  # 游|公园, 定|思路, 社区|食堂
    return _ends_at(text, end) and _is_proper(name[:-1], name[-1])


def _ends_at(text: str, end: int) -> bool:
    """True where a place that ends there may end: not inside 路灯, 村民 or 园区, and something new begins behind it."""
    behind = text[end : end + 4]
    if not behind or _MARKS.match(behind[0]) or behind[0] in _AT or _WHO.match(behind):
        return True
    if is_known(text[end - 1 : end + 1]):
        return False
    return bool(_BEHIND.match(behind)) or segment(behind)[0].tag[0] in "vpcufd"


def _end_of_firm(text: str, start: int) -> int | None:
    trade = _TRADE.match(text, start + 2)
    if trade is None or _IN_PHRASE.search(text[start : start + 2]):
        return None
    whole = text[start : trade.end()]
    if is_common_word(whole) or is_known(whole) or not _is_proper(text[start : start + 2], trade[0], strict=True):
        return None
    return trade.end()


def _is_proper(stem: str, ending: str, *, strict: bool = False) -> bool:
    """True where `stem` makes no kind of thing of `ending`; `strict` asks that the language does not know it as the
    work or the place that a phrase speaks of (加强餐饮, 城区物业)."""
    words = segment(stem)
    if is_kind(stem, ending):
        return False
    if len(words) > 1 and all(is_common_word(word.text) or is_kind(word.text, ending) for word in words):
        return False
    if is_common_word(stem):
        return ending in _ALWAYS_NAMED or (has_kinds(ending) and ending in _PLACES and len(stem) == 2)
    if len(words) == 1 and is_known(stem):
        named = ("nr", "ns", "nz", "nt", "nrt", "nrfg")
        if strict:
            return words[0].tag in named
        # 跃进路, 解放街: roads are called by what people did.
        return ending in _ALWAYS_NAMED or words[0].tag[0] in ("nj" if ending not in "路街" else "njv")
    return not any(word.tag[0] in "vpcudmqrf" and len(word.text) > 1 and is_known(word.text) for word in words)


@cache
def _is_named(word: str) -> bool:
    return segment(word)[0].tag in ("nr", "ns", "nz", "nt", "nrt", "nrfg")
