"""People that stand where reports put people: after a title, after 责任人, alone in brackets.

`find_names` must not accuse an honest sentence, so it keeps to surnames that the segmenter agrees with. A mask may err
the other way: rare given names (望舒, 若檀) fall apart in every segmenter, and the place they stand in gives them away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.language.names import surnames
from service.language.words import segment

_TITLE = (
    "书记|局长|院长|馆长|校长|园长|主任|镇长|乡长|县长|区长|市长|旗长|村长|处长|科长|股长|所长|站长|队长|会长|理事长|"
    "董事长|总经理|经理|主席|部长|组长|行长|厂长|班长|楼长|社长|台长|司机|柜员|民警|教师|老师|医生|医师|护士|教授|辅导员|"
    "志愿者|居民|村民|党员|老党员|退休职工|调解员|网格员|环卫工|模范"
)
_SLOT = (
    "责任人|负责人|联系人|联络人|联络员|主讲人|经办人|审核人|牵头人|记录人|签发人|校对人|填表人|点位长|街长|巷长|河长"
)
_GIVEN = "[一-龥]"
_PLACES = re.compile(
    f"(?:{_TITLE})(?=(?P<titled>{_GIVEN}{{2,5}}))"
    f"|(?:{_SLOT})[ 　]?[为是：:、]?[ 　]?(?=(?P<slot>{_GIVEN}{{2,5}}))"
    f"|(?<=[部科室处办局队组人员师长股站心所厂校院])[（(](?=(?P<alone>{_GIVEN}{{2,4}})[）)])"
)
# What stands after a name in a sentence: someone acts, is listed, or the sentence ends.
_AFTER = re.compile(
    r"[，。；：、！？（）()\s〔“”《》]|$|任|为|与|和|及|同|带|主|亲|负|牵|出|到|在|说|对|向|率|作|等|深|先|多|把|被|给|讲|介|强|"
    r"指|表|要|用|还|又|也|从|以|将|每|是|自|的|家|们"
)
# Surnames that are everyday words as well: 书记和主任, 局长高度重视, 主任于昨日. Only these are looked up, because the
# segmenter guesses a verb for any rare name (纪慕青 begins with the verb 纪慕).
_ALSO_WORDS = frozenset("和于向方高全安时都从以应要同常关连年明易经平能计成通史相后有干晏车项强古")
_RARE_SURNAMES = frozenset(
    re.findall("..", "鲜于宇文尉迟澹台公冶宗政濮阳淳于单于太叔申屠公孙仲孙轩辕令狐钟离长孙慕容司徒司空闻人呼延")
)

# Parts of speech that no name of a person has.
_COMMON_TAGS = ("v", "a", "d", "p", "c", "m", "q", "r", "u", "f", "b", "i", "l", "t", "s")
_HAN_ONLY = re.compile(f"{_GIVEN}{{2,4}}")
_LISTED = re.compile(f"[、,，](?=({_GIVEN}{{2,4}}))")


def find_people(text: str) -> Iterator[tuple[int, int]]:
    """The spans of people that stand in a place for people, in order. Pure."""
    for place in _PLACES.finditer(text):
        group = place.lastgroup or ""
        start = place.start(group)
        end = _end_of_name(text, start, whole=place[group] if group == "alone" else None)
        while end is not None:
            yield start, end
            # 责任人：郁长麓、苗启辰 names two.
            more = _LISTED.match(text, end) if group != "alone" else None
            if more is None:
                break
            start = more.start(1)
            end = _end_of_name(text, start, whole=None)


def _end_of_name(text: str, start: int, whole: str | None) -> int | None:
    """Where the name that begins at `start` ends: after two given characters, else after one; None where there is
    no name."""
    family = _length_of_surname(text, start)
    if not family:
        return None
    if whole is not None:
        end = start + len(whole)
        return end if len(whole) in (family + 1, family + 2) and not _is_a_word(whole) else None
    for given in (2, 1):
        end = start + family + given
        name = text[start:end]
        if len(name) == family + given and _AFTER.match(text, end) and _HAN_ONLY.fullmatch(name):
            return None if text[start] in _ALSO_WORDS and _begins_with_a_word(text, start, end) else end
    return None


def _length_of_surname(text: str, start: int) -> int:
    pair = text[start : start + 2]
    if pair in surnames() or pair in _RARE_SURNAMES:
        return 2
    return 1 if pair[:1] in surnames() else 0


def _is_a_word(name: str) -> bool:
    words = segment(name)
    # A noun counts for a name here: after 经营部 the brackets hold 商陆, which the dictionary knows as a herb.
    return len(words) == 1 and words[0].tag.startswith(_COMMON_TAGS)


def _begins_with_a_word(text: str, start: int, end: int) -> bool:
    """True where 高度重视 or 方案 stands there and no 高某某: the first word is a common one of two characters."""
    first = segment(text[start : min(len(text), end + 2)])[0]
    if len(first.text) < 2:
        return first.tag.startswith(_COMMON_TAGS)
    return first.tag.startswith(_COMMON_TAGS) or (first.tag in ("n", "vn", "an") and len(first.text) >= end - start)
