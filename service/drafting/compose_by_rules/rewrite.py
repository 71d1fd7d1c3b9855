"""A clause in the official register: spoken words become official ones, chatter falls away, nothing is added."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from service.drafting.compose_by_rules.lexicon import (
    ASPECTS,
    EVENT_ASPECTS,
    EVENT_CLASSES,
    Lexicon,
    SpokenVerb,
    lexicon,
    object_class,
)
from service.drafting.compose_by_rules.particles import may_fall
from service.language.words import is_known, segment

_NUMBER_START = re.compile(r"[约近共超]?(?:\d|[一二三四五六七八九十百千两几数半](?![是直些样般致起]))")
_BEFORE_COUNT = re.compile(r"(?P<noun>[\u4e00-\u9fff]{2,8})(?=\d|$|、)")
_NUMBER = re.compile(r"\d[\d.,]{0,12}[万千百亿]{0,2}余?")
_NOUN_MAX_CHARS = 8
_OBJECT_NEAR_CHARS = 10  # a bare verb takes the noun right behind it: 开动员大会, not 开 … some clause later 会
_BARE_COUNT = re.compile(r"[约近共]?\d[\d.,]*[万千百]?余?(?P<unit>[\u4e00-\u9fff])")
_COUNT_END = re.compile(r"\d[余万千百]?[\u4e00-\u9fff]{1,2}$")
_WEEKDAY_END = re.compile(r"(?:周|星期)[一二三四五六日天末]$")
_CLOSED = re.compile(r"“[^“”]{0,80}”|《[^《》]{0,80}》|【[^【】]{0,120}】|（[^（）]{0,80}）|〔[^〔〕]{0,20}〕")
# What may stand before a verb and still leave it the verb of its clause.
_BEFORE_VERB = frozenset("已共还再又先后并都集中统一组织主动联合陆续分别及时全部各累计新下拟将要会去来")
_ALL = {"都": "均", "均": "均", "全": "全部", "全部": "全部"}
_FINISHED = frozenset({"好了", "完了"})
_STATE = re.compile(r"[是有为已由未无]|完成|进行")
# 才画18个位 and 才几盏 are few; 十点半才散 is late, and 才能 and 才知道 are neither.
_ONLY_SO_MANY = re.compile(r"(?![能可会知明好行算敢肯发])[\u4e00-\u9fff]{0,3}[\d一二两三四五六七八九十几]")
# The segmenter glues these to a verb: 再装, 已发, 共清.
_GLUED = frozenset("再已共先又还")
_BEFORE_WORDS = ("再次", "计划", "力争", "多次", "每日", "每周", "每月")
_SELF = re.compile(
    r"(?:我们|咱们|咱|俺们|俺|我)(?P<unit>街道|社区|学校|医院|单位|公司|支部|党支部|局|镇|乡|村|区|县|市|校|院|中心|办|科|站|所)"
    r"(?![长务域内民里部外])"
)


@dataclass(frozen=True, slots=True)
class Voice:
    """How a unit speaks of itself (`self_name`: 我街道) and of its period (`span_word`: 本季度), and its year."""

    self_name: str
    span_word: str
    year: int


def official_clause(text: str, voice: Voice, planned: bool = False) -> str:
    """`text`, one clause without its final mark, in official words. `planned` lets 准备 and 想 mean a plan. Pure."""
    text = strip_ends(text)
    text = _SELF.sub(lambda found: _self_name(found["unit"], voice), text)
    scan = _Scan(text, planned)
    return strip_ends(scan.result())


def _self_name(unit: str, voice: Voice) -> str:
    short = {"学校": "校", "医院": "院"}.get(unit, unit)
    return voice.self_name if voice.self_name.endswith(unit) or voice.self_name == f"我{short}" else f"我{short}"


def strip_ends(text: str) -> str:
    """`text` without final particles and marks. Pure."""
    words = lexicon()
    text = text.strip(" 　，、；。！!~～…:：")
    stripped = True
    while stripped and text:
        stripped = False
        for ender in words.enders:
            # 网吧, 酒吧 and 哈 as the last character of a name are no particles: the word boundary says so.
            if text.endswith(ender) and len(text) > len(ender) and _ends_a_word(text, len(text) - len(ender)):
                text, stripped = text[: -len(ender)].rstrip(" 　，、；。！!~～…"), True
                break
    return text


def _ends_a_word(text: str, at: int) -> bool:
    # The segmenter takes 处哈 for a word; behind a count a particle is a particle.
    return at in _boundaries(text) or _COUNT_END.search(text[:at]) is not None


_AFTER_TIME = re.compile(r"(?<=\d[年月日时])(?=[\u4e00-\u9fff])")


@lru_cache(maxsize=1024)
def _boundaries(text: str) -> frozenset[int]:
    # The segmenter reads 4月查了 as 4 月查 了; a word always begins behind a date.
    after_time = (found.start() for found in _AFTER_TIME.finditer(text))
    return frozenset({0, len(text), *after_time, *(word.start for word in segment(text))})


def without_head(text: str) -> str:
    """`text` without the chatter and the first person it begins with: 然后我们4月 → 4月. Pure."""
    words = lexicon()
    while True:
        bounds = _boundaries(text[:24])
        length = next(
            (n for n in range(8, 0, -1) if n in bounds and n < len(text) and _is_head(text[:n], text[n:], words)), 0
        )
        if not length:
            return text
        text = text[length:].lstrip("，,：:、 ")


def _is_head(word: str, rest: str, words: Lexicon) -> bool:
    if word in ("还有", "还") and _NUMBER_START.match(rest):
        return False  # 还有2份没补 tells what is left.
    if word in words.interjections and rest[:1] in "，,、。！!~～ 　：:":
        return True
    if word in words.subjects:
        named = any((word + rest).startswith(one) for one in words.quoted)  # 我们的节日
        return not named and _SELF.match(word + rest) is None
    return word in words.openers and not any(
        (word + rest).startswith(one) for one in words.replace if one != word and one.startswith(word)
    )


class _Scan:
    """One pass over a clause from left to right, the longest entry of the lexicon first."""

    def __init__(self, text: str, planned: bool) -> None:
        self.text = text
        self.planned = planned
        self.words: Lexicon = lexicon()
        self.bounds = _boundaries(text)
        # 没完成 is 未完成; 没物业 and 没盖 say that a thing is not there.
        self.verbs = {word.start: len(word.text) > 1 and word.tag == "v" for word in segment(text)}
        # 去翠柏苑 清了: inside a word that the dictionary does not know a verb with its 了 is a verb.
        self.made_up = frozenset(
            word.start + place
            for word in segment(text)
            if len(word.text) > 1 and not is_known(word.text) and word.tag not in ("m", "x", "eng")
            for place in range(1, len(word.text))
            if text[word.start + place + 1 : word.start + place + 2] == "了"
            and text[word.start + place] in _verb_starts()
        )
        self.closed = {found.start(): found.end() for found in _CLOSED.finditer(text)}
        self.out: list[str] = []
        self.at_head = True

    def result(self) -> str:
        """The rewritten clause."""
        at = 0
        while at < len(self.text):
            if at in self.closed:
                self._put(self.text[at : self.closed[at]])
                at = self.closed[at]
                continue
            at = self._step(at)
        return "".join(self.out)

    def _put(self, piece: str) -> None:
        if piece:
            self.out.append(piece)
            self.at_head = False

    def _step(self, at: int) -> int:
        text, words = self.text, self.words
        if at in self.bounds or text[at - 1] in _GLUED or at in self.made_up:
            for length in range(min(words.longest, len(text) - at), 0, -1):
                end = at + length
                piece = self._entry(at, end)
                if piece is not None:
                    self._put(piece)
                    return end
        quoted = self._quoted(at)
        if quoted:
            self._put(f"“{quoted}”")
            return at + len(quoted)
        self._put(text[at])
        return at + 1

    def _entry(self, at: int, end: int) -> str | None:
        """What the lexicon makes of `text[at:end]`; None where it has no entry for it."""
        word, words = self.text[at:end], self.words
        if word in words.keep:
            return word
        ends_word = end in self.bounds
        for table in (words.plan if self.planned else {}, words.head if self.at_head else {}, words.replace):
            if word in table and ends_word:
                return table[word]
        if word == "没":
            return "未" if self.verbs.get(end) else word
        if word == "都" and ends_word:
            return "均" if self.verbs.get(end) or _STATE.match(self.text, end) else word
        if word == "才" and ends_word:
            return "仅" if _ONLY_SO_MANY.match(self.text, end) else word
        if word in words.hedge and ends_word and _NUMBER_START.match(self.text, end):
            return words.hedge[word]
        if self.at_head and ends_word and (word in words.openers or word in words.subjects):
            return ""
        spoken = self._verb(word, end)
        if spoken is not None:
            return spoken
        if word == "了":
            return "" if may_fall(self.text, at) else word
        if word in words.particles and ends_word:
            return ""
        return None

    def _verb(self, word: str, end: int) -> str | None:
        """The official verb for a spoken one, by the noun it takes."""
        if word[0] not in _verb_starts():
            return None
        stem, aspect = _stem(word)
        if stem is None:
            return None
        rest = self._object_part(end)
        if not aspect and end not in self.bounds and not _NUMBER_START.match(rest) and not self._noun_first(rest):
            return None
        if not aspect and not (self._verb_stands_here() and self._takes_object(rest, self.words.verbs[stem])):
            return None
        if aspect and not rest and "了" not in aspect and aspect != "过":
            return None
        verb = self.words.verbs[stem]
        if len(rest) == 1 and aspect and not rest.isdigit():
            return None  # 签了字, 起了名
        if verb.only_things and not _is_thing(rest):
            return None
        if not rest and aspect in _FINISHED and verb.default:
            return f"已{verb.default}"
        if not rest and aspect == "了" and verb.default and self.out and self.out[-1] in _ALL:
            self.out[-1] = _ALL[self.out[-1]]
            return f"已{verb.default}"
        counter = _BARE_COUNT.match(rest)
        by_counter = next((one for one, marks in verb.counted.items() if counter and counter["unit"] in marks), None)
        if by_counter:
            return by_counter
        found = object_class(_NUMBER.sub(" ", rest), verb.by_class)
        official = verb.by_class[found] if found else verb.default
        if aspect in EVENT_ASPECTS and found not in EVENT_CLASSES:
            return None  # 装了一个路灯 counts; 办了一个仪式 does not.
        # 补了 with no official verb keeps its 了: 补还差2份 is no sentence.
        return official or (word if "了" in aspect and not may_fall(self.text, end - 1) else stem)

    def _noun_first(self, rest: str) -> bool:
        # 花池 is no spending: a verb that the segmenter sees inside a word counts only before a noun of its own.
        return any(rest[:length] in self.words.classes for length in range(2, 7))

    def _object_part(self, start: int) -> str:
        rest = re.split(r"[，。；：！？]", self.text[start:], maxsplit=1)[0]
        return rest[:40]

    def _verb_stands_here(self) -> bool:
        before = "".join(self.out)
        if not before or before.endswith(_BEFORE_WORDS) or _WEEKDAY_END.search(before):
            return True
        return before[-1] in _BEFORE_VERB or before[-1] in "，、；：”》日天午晚月周年度期间"

    def _takes_object(self, rest: str, verb: SpokenVerb) -> bool:
        # A bare verb is one where a number or a known object follows at once: 发宣传单, 挂12条; not 发 in 发自内心.
        if _NUMBER_START.match(rest):
            return True
        near = rest[:_OBJECT_NEAR_CHARS]
        if object_class(near, verb.by_class):
            return True
        # 发健康手册600本: a known noun that ends what the verb takes, before the count or the end of the clause.
        taken = _BEFORE_COUNT.match(near)
        ends = taken["noun"] if taken else ""
        if not verb.default:
            return False
        known = self.words.classes
        begins = any(near[:length] in known for length in range(2, _NOUN_MAX_CHARS + 1))
        return begins or any(ends[-length:] in known for length in range(2, len(ends) + 1))

    def _quoted(self, at: int) -> str | None:
        for word in _quoted_by_first().get(self.text[at], ()):
            if self.text.startswith(word, at) and not self._inside_quotes(at, at + len(word)):
                return word
        return None

    def _inside_quotes(self, start: int, end: int) -> bool:
        return self.text[start - 1 : start] in ("“", "‘", "《") or self.text[end : end + 1] in ("”", "’", "》")


@cache
def _verb_starts() -> frozenset[str]:
    return frozenset(verb[0] for verb in lexicon().verbs)


@cache
def _quoted_by_first() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in lexicon().quoted:
        found.setdefault(word[0], []).append(word)
    return found


def _is_thing(rest: str) -> bool:
    """True where `rest` begins with a count of things, or with a noun that is known or counted."""
    counted = re.match(
        r"(?:[\u4e00-\u9fff]{1,8}?)?[约近共]?(?:\d[\d.]*[万千百余]{0,2}(?:[块个盏条台张扇根把具只樘套米平幅处棵组本床吨]|公里)|【)",
        rest,
    )
    known = lexicon().classes
    return counted is not None or not rest or any(rest[:length] in known for length in range(2, _NOUN_MAX_CHARS + 1))


def _stem(word: str) -> tuple[str | None, str]:
    table = lexicon().verbs
    if word in table:
        return word, ""
    for aspect in ASPECTS:
        if word.endswith(aspect) and word[: -len(aspect)] in table:
            return word[: -len(aspect)], aspect
    return None, ""


def split_clauses(text: str) -> Sequence[str]:
    """The clauses of `text` at ，；。！？ outside quotes and brackets, not inside 1，200; no empty ones. Pure."""
    closed = [(found.start(), found.end()) for found in _CLOSED.finditer(text)]
    clauses, start = [], 0
    for mark in re.finditer(r"(?<!\d)[，,](?!\d{3}(?!\d))|(?<=\d)[，](?!\d{3}(?!\d))|[；;。！!？?\n]", text):
        if any(low <= mark.start() < high for low, high in closed):
            continue
        clauses.append(text[start : mark.start()])
        start = mark.end()
    clauses.append(text[start:])
    return [clause.strip() for clause in clauses if clause.strip(" 　、：:")]
