"""What people call each other in speech: 小柯, 老秦, 何奶奶, 李大爷. A report names no one so."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from service.drafting.facts.labels import SURNAMES
from service.drafting.facts.lexicon import trie_pattern, words
from service.language.words import Word, segment

_KIN = trie_pattern(words("kin_words").words)
_CALLED = re.compile(rf"[{SURNAMES}](?P<kin>{_KIN})")
_NICKNAME = re.compile(rf"[小老阿][{SURNAMES}]")
# 罗胖子他们家, 郝大炮: a surname with what people call someone behind his back.
_EPITHET = re.compile(
    rf"[{SURNAMES}](?:[胖瘦麻瘸跛秃拐矮聋哑瞎疯傻黑]子|大(?:炮|嘴|个子?|头|胖)|二(?:愣|楞|狗|傻)子?|光头|快嘴)(?:(?:他|她)们?)?(?:家|的店|那家)?"
)
_AROUND_CHARS = 40
_SMALL_WORDS = "给和与对向为的把被跟同及请由让帮替叫是有到见看、，,（(；;。：: "
_NO_NICKNAME = frozenset(
    "时师康车路计农山水石白黄花金高龙方米曲冷温包游于明红乐毛马牛江河云成安平和全充国文广能苗向习相关利连养从边通"
    "党房单项支元古井叶桑麻甘步都满双宫宿空门段巴牧谷武符束司印皮齐宗经应解昌席危童颜季强贝沙池商学区堵"
)
_PLACE_AFTER = re.compile(r"[庄村路桥街巷镇乡店坝湾沟坡河山塘口园区城厂屯家组号桥圩渡井塔寨库]")
_ROLE_BEFORE = re.compile(
    r"(?:居民|村民|业主|住户|客户|顾客|商户|群众|患者|病人|老人|老党员|党员|志愿者|独居|空巢|高龄|孤寡|退休|游客|乘客|"
    r"司机|邻居)$"
)
_MASKED = re.compile(
    rf"[{SURNAMES}]某(?:某|[\u4e00-\u9fff](?=[，,。；;）)家等说、]))?(?![种些个一地日月校局镇村区市县])"
)


@dataclass(frozen=True, slots=True)
class CalledPart:
    """What to cut at `text[start:end]` so that nobody is named: of 何奶奶 the 何, of 居民李大爷 the whole name."""

    start: int
    end: int


def nicknames_in(text: str) -> bool:
    """True where `text` calls a colleague by a nickname. Pure."""
    return any(True for _ in _nicknames(text)) if _NICKNAME.search(text) else False


def called_parts(text: str) -> list[CalledPart]:
    """The private names of people in `text` as speech has them, in order. Pure."""
    found = [CalledPart(one.start(), one.end()) for one in _MASKED.finditer(text) if _begins_word(text, one.start())]
    found += [CalledPart(one.start(), one.end()) for one in _EPITHET.finditer(text)]
    if _CALLED.search(text):
        found += _kin_parts(text)
    if _NICKNAME.search(text):
        found += [CalledPart(start, end) for start, end in _nicknames(text) if end < len(text)]
    return sorted(found, key=lambda one: one.start)


def _kin_parts(text: str) -> list[CalledPart]:
    parts = []
    for found in _CALLED.finditer(text):
        if not _begins_word(text, found.start()):
            continue  # 门卫大爷, 邻居大妈: 卫 and 居 are surnames only where no word ends in them.
        whole = _ROLE_BEFORE.search(text[: found.start()]) or found["kin"] in ("女士", "先生", "小姐")
        parts.append(CalledPart(found.start(), found.end() if whole else found.start("kin")))
    return parts


def words_around(text: str, start: int, end: int) -> list[Word]:
    """The words of `text` near `text[start:end]`, as the segmenter sees them. Bounded, so that a hostile line of ten
    thousand names is not segmented ten thousand times. Pure."""
    first = max(0, start - _AROUND_CHARS)
    near = segment(text[first : end + _AROUND_CHARS])
    return [replace(word, start=word.start + first, end=word.end + first) for word in near]


def _begins_word(text: str, place: int) -> bool:
    """True where a word begins at `place`; the segmenter may draw a small word before it in (给何|奶奶)."""
    if place == 0 or text[place - 1] in _SMALL_WORDS:
        return True
    return any(word.start == place for word in words_around(text, place, place))


def _nicknames(text: str) -> list[tuple[int, int]]:
    parts = segment(text)
    at = {word.start: number for number, word in enumerate(parts)}
    found = []
    for one in _NICKNAME.finditer(text):
        start, end = one.span()
        if start not in at or text[start + 1] in _NO_NICKNAME or _PLACE_AFTER.match(text, end):
            continue  # 老张庄 is a village; 小时, 老师 and 小路 hold no surname.
        if words("chat_labels").opens(text, end):
            continue  # 小陈老师 and 老李书记 bear a post.
        word = parts[at[start]]
        following = parts[at[start] + 1] if at[start] + 1 < len(parts) else word
        # 小程序 and 老路灯 are words of the dictionary, or 小 and such a word; behind 小 a surname stands alone.
        alone = len(word.text) == 1 and (len(following.text) == 1 or following.tag.startswith("nr"))
        if alone or len(word.text) == 2 or word.tag.startswith("nr"):
            found.append((start, end))
    return found
