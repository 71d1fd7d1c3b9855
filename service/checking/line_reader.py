"""Reads the claims of one line from its words, its breaks and its names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from service.checking.claim import CALENDAR, Claim, bigrams, plain_unit
from service.checking.cues import (
    BETWEEN,
    CHANGE,
    DONE,
    PART,
    SOURCE,
    TOTAL,
    counted_per,
    earlier_period,
    may_be_earlier,
    planned,
    reporter,
    scope_of,
)
from service.checking.likeness import inherited, sides
from service.checking.spoken_clauses import spoken_breaks
from service.domain.quantity import Amount, Kind, Mention, Role
from service.language.names import Name, NameKind
from service.language.numbers import find_numbers
from service.language.patterns import deferred
from service.language.words import Word, segment

_SENTENCE_END = "。！？!?；;|"
_CLAUSE_END = "，,：:" + _SENTENCE_END
_ITEM_END = "、" + _CLAUSE_END
_BLANKS = frozenset((" ", "\u3000", "\t"))
_MOVED_TO_WORDS = r"[上下]?[升降]|增加?|减少?|提[高升]|缩短|压[缩减]|扩大|下降|上升|降低"
_MOVED_TO = deferred(rf"(?:{_MOVED_TO_WORDS})[到至为]了?")
_MOVED_ON = deferred(rf"(?:{_MOVED_TO_WORDS})[到至为成](?=[\u4e00-\u9fff])")  # 由3天压缩为当天
_FROM = deferred(r"[由从][^，。；\d]{0,6}$")
_ARROW = deferred(r"\s?(?:→|➡|⇒|—>|-+>|＞)\s?")

_NOMINAL = frozenset(
    ("n", "vn", "nz", "ns", "nr", "nt", "j", "l", "an", "i", "b", "ng", "nrt", "nrfg", "s", "g", "eng", "z")
)
_DELTA_WORDS = deferred(
    r"由|从|原来的?|的|[上下]?[升降]至|[上下]?[升降]到|(?:增加|减少|提高|提升|上升|下降|降低|增长|扩大|缩短|压减|调整|变|增|减)[为至到]?|[至到]"
)
# 缩短至118天 states where a change ended, and no change.
_REACHED = deferred(r"(?:缩短|压缩|减少|降低|下降|增加|提高|提升|上升|扩大|下调|上调)[到至为]\s?$")
_SUMMED = deferred(r"(?:一共|总共|总数(?:达到?|为|是)?|合计|加起来)(?:达到?|有|是)?\s?$")  # 加了12台一共28台
_COMPARED = deferred(
    r"[由从比较][^，。；]{1,24}?(?:缩短|压缩|减少|降低|下降|增加|提高|提升|上升|扩大|增|减|升|降)[到至为]?了?\s?\Z"
)
_COUNTED = deferred(
    r"(家庭|住户|农户|户居民)|(?:居民|群众|市民|村民|党员|干部|职工|员工|学生|师生|教师|志愿者|老人|人口|游客|读者|观众|家长)"
)
# How far, in characters, a clause and a sentence reach around a number: a line of 100,000 characters without a mark
# would else be copied once for each of its numbers.
_CLAUSE_REACH, _SENTENCE_REACH = 120, 300
_MOST_DAYS = 12  # dates before a number that are kept in view, the nearest
_RATE_REACH = 24  # characters: how far before its figure a rate is named
_RATE_NAMED = deferred(r"(?:[\u4e00-\u9fff]率|满意度)(?:[：:][^。；]{0,20}|[^，。；\d]{0,6})$")
_WHOLE = Decimal(100)
# What opens a line of a ledger (1路 日均客运8640人次, 8月：闯红灯1530起), without the marks of a list.
_HEAD = deferred(r"[\s\-·•◆□*#（(]{0,6}([\u4e00-\u9fff\dA-Za-z]{1,10})[\s：:，,（(]")
# 明年：…；建公共桩150个: what the label of a line puts ahead, all its sentences tell of.
_AHEAD = deferred(
    r"[\s\-·•◆●■□*#（(\d.、)）一二三四五六七八九十]{0,8}(?:下一?步|明年|来年|打算|计划|下半年|下阶段|下季度|下个?月|今后|后续|接下来)"
    r"[^：:\n，,。；;\d]{0,8}[：:]|\s{0,4}[^：:\n，,。；;]{1,8}[：:]\s?(?:再|准备|打算|拟(?!定|写|订)|计划|争取|力争)"
)
_TARGET, _DISTANCE = deferred(r"的?[\u4e00-\u9fff]{0,4}(?:目标|任务|指标)"), deferred(r"[距离][^，。；]{0,12}$")
_IN_PERCENT = deferred(
    r"单位\s?[：:]\s?[%％]|[都均][是为](?:百分比|百分数|百分之|[%％])|[（(](?:百分比|百分数|[%％])[）)]"
)
_ASIDE, _CLOSED = 30, deferred(r"[）)]")  # characters that such a bracket holds
_AROUND = 12  # figures on either side of one that are told beside it
_PERSONS = frozenset(("人", "名", "位", "人次", "户", "家"))


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _like(first: Mention, last: Mention) -> Amount | None:
    """The first amount read as the kind of the last: 由90升至95% means 90%."""
    if last.kind is Kind.PERCENT and first.kind is not Kind.PERCENT and first.amount is not None:
        lo, hi = first.amount.lo, first.amount.hi
        return Amount(None if lo is None else lo / 100, None if hi is None else hi / 100)
    return first.amount


def _breaks(text: str, mentions: Sequence[Mention], marks: str) -> list[int]:
    """Offsets just after each mark of `marks` that stands in no mention, with 0 and the length at the ends."""
    inside = bytearray(len(text) + 1)
    for one in mentions:
        inside[one.start : one.end] = b"\x01" * (one.end - one.start)
    return [0, *(at + 1 for at, char in enumerate(text) if char in marks and not inside[at]), len(text)]


def _gaps(text: str, mentions: Sequence[Mention]) -> list[int]:
    """Offsets after the blanks that part one figure of a ledger line from the next thing: 收入 11.2万 租金 19.5万.

    One blank alone (志愿者30人 清扫街道) parts nothing; a row of them does.
    """
    return [
        one.end + 1
        for one, following in pairwise(mentions)
        if one.role is Role.CLAIM
        and one.kind not in CALENDAR
        and text[one.end : one.end + 1] in _BLANKS
        and not set(text[one.end : following.start]) & set(_ITEM_END)
        and "\u4e00" <= text[one.end + 1 : one.end + 2] <= "\u9fff"
        and following.role is Role.CLAIM
    ]


def _between(breaks: Sequence[int], at: int) -> tuple[int, int]:
    index = bisect_right(breaks, at) - 1
    start = breaks[index]
    return start, next((one for one in breaks[index + 1 :] if one > start), breaks[-1])


def _clipped(span: tuple[int, int], mention: Mention, reach: int) -> tuple[int, int]:
    return max(span[0], mention.start - reach), min(span[1], mention.end + reach)


class LineReader:
    """Reads the claims of one line from its words, its breaks and its names."""

    def __init__(self, text: str, mentions: Sequence[Mention], names: Sequence[Name]) -> None:
        self.text = text
        self.mentions = mentions
        self.mention_starts = [one.start for one in mentions]
        self.days = [one for one in mentions if one.role is Role.CLAIM and one.kind in CALENDAR]
        self.day_starts = [one.start for one in self.days]
        self.words = segment(text)
        self.starts = [one.start for one in self.words]
        self.names = [one for one in names if one.kind in (NameKind.UNIT, NameKind.PLACE, NameKind.PERSON)]
        self.name_starts = [one.start for one in self.names]
        self.sentences = _breaks(text, mentions, _SENTENCE_END)
        gaps = _gaps(text, mentions)
        spoken = spoken_breaks(text, mentions, self.words, self.name_starts)
        self.marked = sorted({*_breaks(text, mentions, _CLAUSE_END), *spoken})
        self.clauses = sorted({*self.marked, *gaps})
        self.items = sorted({*_breaks(text, mentions, _ITEM_END), *gaps, *spoken})
        # The text with every number blanked, so that equal words are compared and digits are not.
        plain = list(text)
        for one in mentions:
            if one.role in (Role.CLAIM, Role.DEFECT):
                plain[one.start : one.end] = " " * (one.end - one.start)
        self.plain = "".join(plain)
        opened = _HEAD.match(text)
        self.head = opened[1] if opened else ""
        self.percents = _IN_PERCENT.search(text) is not None
        ahead = _AHEAD.match(text)
        self.ahead = ahead.end() if ahead else 0

    def claim(self, mention: Mention) -> Claim:
        """The claim that `mention` makes, with offsets into the line."""
        counted = _COUNTED.match(self.text, mention.end)
        if mention.unit is None and mention.kind is Kind.COUNT and counted:
            # 3.8万居民 counts people, though no counter stands there, and 3.8万户 is another thing.
            mention = replace(mention, unit="户" if counted.group(1) else "人")
        sentence, clause = _between(self.sentences, mention.start), _between(self.clauses, mention.start)
        mention = self._percentage(mention, sentence)
        item = _between(self.items, mention.start)
        noun = self._noun(mention, item)
        whole_sentence = sentence
        clause, sentence = _clipped(clause, mention, _CLAUSE_REACH), _clipped(sentence, mention, _SENTENCE_REACH)
        lead = self.text[clause[0] : mention.start]
        clause_text = self.text[clause[0] : clause[1]]
        before_sentence = self.text[sentence[0] : mention.start]
        days = self._days(mention, sentence)
        before, behind = self._beside(mention, whole_sentence)
        marked = self.text[max(_between(self.marked, mention.start)[0], mention.start - _CLAUSE_REACH) : mention.start]
        claim = Claim(
            mention,
            0,
            noun=noun,
            action=self._action(mention, clause, sentence, noun),
            clause=bigrams(self.plain[clause[0] : clause[1]]),
            sentence=bigrams(self.plain[sentence[0] : sentence[1]]),
            subjects=self._subjects(mention, clause, sentence),
            day=days[-1] if days else None,
            days=days,
            # 去年门诊93.2 住院96.8: the blank of a list parts two figures and not their time.
            before=earlier_period(marked, before_sentence) or self._turned_into(mention),
            may_be_before=may_be_earlier(self.text[: mention.start]),
            plan=self._planned(mention, lead, before_sentence, clause_text),
            rate="" if self._spans(mention) else counted_per(lead, mention),
            scope=scope_of(lead, before_sentence),
            total=bool(TOTAL.search(lead)) and mention.kind not in (Kind.PERCENT, Kind.RATIO),
            part=bool(PART.search(lead)) or bool(PART.search(before_sentence[-40:])),
            change=bool(CHANGE.search(lead)) and not _REACHED.search(lead) and not _SUMMED.search(lead),
            source=reporter(lead),
            sentence_span=whole_sentence,
            clause_span=clause,
            clause_text=clause_text,
            item_text=self.text[slice(*_clipped(item, mention, _CLAUSE_REACH))],
            earlier=re.split("[，,；;：:]", self.text[max(sentence[0], clause[0] - 40) : max(0, clause[0] - 1)])[-1],
            before_text=self.text[max(0, mention.start - 8) : mention.start],
            after_text=self.text[mention.end : mention.end + 2],
            sides=inherited(before_sentence, sides(re.split("、", lead)[-1] + " " + noun)),
            own=bigrams(self.plain[slice(*self._own(mention, clause))]),
            head=self.head,
            others=frozenset((*before, *behind)),
            neighbours=(before[-1] if before else None, behind[0] if behind else None),
        )
        return replace(claim, ends=self._ends(claim)) if mention.kind is Kind.DELTA else claim

    def _spans(self, mention: Mention) -> bool:
        """True for the 三年 of 每月1次，三年共36次: how long something went on is counted per nothing."""
        return mention.kind is Kind.DURATION and self.text.startswith(("共", "一共", "累计"), mention.end)

    def _planned(self, mention: Mention, lead: str, before_sentence: str, clause: str) -> bool:
        """True where its own words or the label of the line make a figure one still to come."""
        if _TARGET.match(self.text, mention.end) and _DISTANCE.search(lead):
            return True
        labelled = self.ahead and mention.start >= self.ahead and not DONE.search(clause)
        return labelled or planned(lead, before_sentence, clause)

    def _percentage(self, mention: Mention, sentence: tuple[int, int]) -> Mention:
        """The bare figure of a rate read as the percentage it is: 满意度：一季度93.2，二季度94.8."""
        amount = mention.amount
        if mention.unit or mention.kind is not Kind.COUNT or amount is None or not amount.exact or not amount.lo:
            return mention
        before = self.text[max(sentence[0], mention.start - _RATE_REACH) : mention.start]
        if not 1 < amount.lo <= _WHOLE or not (self.percents or _RATE_NAMED.search(before)):
            return mention
        value = amount.lo / _WHOLE
        return replace(mention, kind=Kind.PERCENT, amount=Amount(value, value))

    def _ends(self, claim: Claim) -> tuple[Claim, ...]:
        """The two figures of a change, the first of them an earlier one."""
        mention = claim.mention
        inner = [one for one in find_numbers(_DELTA_WORDS.sub(_blank, mention.text)) if one.amount is not None]
        if len(inner) != 2:
            inner = [
                replace(one, start=one.start - mention.start, end=one.end - mention.start) for one in mention.parts
            ]
        if len(inner) != 2 or any(one.amount is None for one in inner):
            return ()
        unit = inner[1].unit or inner[0].unit
        first, last = (
            replace(one, start=one.start + mention.start, end=one.end + mention.start, unit=one.unit or unit)
            for one in inner
        )
        if first.kind is None or (first.kind is not last.kind and last.kind is not None):
            first = replace(first, kind=last.kind, amount=_like(first, last))
        return (
            replace(claim, mention=first, before=claim.before or "原来", change=False),
            replace(claim, mention=last, before="", change=False),
        )

    def _turned_into(self, mention: Mention) -> str:
        """原来 for the first figure of 62批次→41批次 and of 由每周23起降到每周9起, else ""."""
        earlier, following = self._neighbours(mention)
        if _ARROW.fullmatch(self.text, mention.end, following):
            return "原来"
        moved = _MOVED_TO.fullmatch(self.text, mention.end, following) or _MOVED_ON.match(self.text, mention.end)
        return "原来" if moved and _FROM.search(self.text, max(earlier, mention.start - 10), mention.start) else ""

    def _own(self, mention: Mention, clause: tuple[int, int]) -> tuple[int, int]:
        """The part of the clause between its neighbours' numbers: 全镇21个村中有 for 21, 个村实现 for 17."""
        earlier, later = self._neighbours(mention)
        return max(clause[0], earlier), min(clause[1], later)

    def _neighbours(self, mention: Mention) -> tuple[int, int]:
        """Where the number before `mention` ends and the number after it starts, or the ends of the line."""
        at = bisect_left(self.mention_starts, mention.start)
        earlier = self.mentions[at - 1].end if at else 0
        after = bisect_left(self.mention_starts, mention.end)
        return earlier, self.mention_starts[after] if after < len(self.mentions) else len(self.text)

    def _beside(self, mention: Mention, sentence: tuple[int, int]) -> tuple[tuple[Amount, ...], tuple[Amount, ...]]:
        """The amounts of the figures before and behind one in its sentence, each in order."""
        at = bisect_left(self.mention_starts, mention.start)
        around = self.mentions[max(0, at - _AROUND) : at + _AROUND + 1]
        told = [
            (one.start, one.amount)
            for one in around
            if one.amount is not None and one.role is Role.CLAIM and sentence[0] <= one.start < sentence[1]
        ]
        return (
            tuple(amount for start, amount in told if start < mention.start),
            tuple(amount for start, amount in told if start > mention.start),
        )

    def _words_in(self, start: int, end: int) -> list[Word]:
        chosen = []
        for at in range(bisect_left(self.starts, start), len(self.words)):
            word = self.words[at]
            if word.start >= end:
                break
            if word.end <= end:
                chosen.append(word)
        return chosen

    def _noun(self, mention: Mention, item: tuple[int, int]) -> str:
        """What `mention` counts, on either side of it: 发放手册412册, 412册手册; "" where it is left out."""
        earlier, later = self._neighbours(mention)
        floor = max(item[0], earlier)
        named = SOURCE.match(self.text, floor, mention.start)
        left, tight = self._left_noun(self._words_in(max(floor, named.end() if named else 0), mention.start))
        person = plain_unit(mention.unit) in _PERSONS
        right = self._right_noun(self._words_in(mention.end, min(item[1], later)), person)
        counts = mention.kind in (Kind.COUNT, Kind.MEASURE, Kind.RANGE, Kind.ZERO, Kind.AGE, Kind.RANK, Kind.ORDINAL)
        # 志愿者30名党员12名: the right noun belongs to the next number when that follows it at once.
        owned = (
            bool(right) and self.text[mention.end : later].strip().endswith(right) and later < item[1] and bool(left)
        )
        if (
            right
            and counts
            and not owned
            and (not left or not tight or mention.unit in ("名", "位", "个", "人", "支", "家"))
        ):
            return right
        return left or ("" if owned else right)

    @staticmethod
    def _left_noun(words: Sequence[Word]) -> tuple[str, bool]:
        chain: list[str] = []
        tight = True
        for word in reversed(words):
            if not chain and (word.text in BETWEEN or word.tag in ("u", "uj", "ul", "d", "p", "x", "c", "m", "q", "r")):
                tight = tight and word.text in BETWEEN
                continue
            if word.tag not in _NOMINAL or len(chain) == 3:
                # 飞线剪了52条: in speech a short verb stands between a thing and its number.
                if not chain and word.tag.startswith("v") and len(word.text) == 1 and word.text not in "去到进找":
                    tight = False
                    continue
                if not chain and word.tag.startswith("v"):
                    return "", False
                break
            chain.append(word.text)
        return "".join(reversed(chain)), tight

    @staticmethod
    def _right_noun(words: Sequence[Word], person: bool) -> str:
        chain: list[str] = []
        for word in words:
            if not chain and word.text in ("的", " ", "余", "多", "左右", "以上"):
                continue
            # People act: in 17人参观 and 35名志愿者上门服务 the verb is no part of who is counted.
            acts = person and word.tag in ("vn", "v", "vd", "vi")
            if word.tag not in _NOMINAL or len(chain) == 4 or acts:
                break
            chain.append(word.text)
        return "".join(chain)

    def _action(self, mention: Mention, clause: tuple[int, int], sentence: tuple[int, int], noun: str) -> str:
        whole = re.match(r"[\u4e00-\u9fff]{0,6}?[中里](?:有|，)", self.text[mention.end : mention.end + 8])
        after = mention.end if whole else clause[1]
        for start, end in ((clause[0], mention.start), (mention.end, after), (sentence[0], clause[0])):
            words = self._words_in(start, end)
            ordered = words if start == mention.end else reversed(words)
            for word in ordered:
                if word.tag.startswith("v") and word.text not in BETWEEN and len(word.text) > 1 and word.text != noun:
                    return word.text
        return ""

    def _subjects(self, mention: Mention, clause: tuple[int, int], sentence: tuple[int, int]) -> tuple[str, ...]:
        near = self.names[: bisect_left(self.name_starts, mention.start)][-12:]
        here = [one.text for one in near if clause[0] <= one.start and one.end <= mention.start]
        here = here or [one.text for one in near if sentence[0] <= one.start and one.end <= mention.start]
        if here:
            return tuple(here)
        label = re.match(r"[^，。；：:]{0,20}[：:]", self.text)
        return tuple(one.text for one in self.names[:6] if label and one.end <= label.end())

    def _set_aside(self, day: Mention, mention: Mention) -> bool:
        """True for a day in a bracket that tells a figure of its own: （去年1-10月150场） dates nothing behind it."""
        opened = max(self.text.rfind(one, max(0, day.start - _ASIDE), day.start) for one in "（(")
        closed = _CLOSED.search(self.text, day.end, min(mention.start, day.end + _ASIDE)) if opened >= 0 else None
        if closed is None or _CLOSED.search(self.text, opened, day.start):
            return False
        at = bisect_left(self.mention_starts, opened)
        inside = (one for one in self.mentions[at : at + _MOST_DAYS] if one.start < closed.start())
        return any(one.amount is not None and one.role is Role.CLAIM for one in inside)

    def _days(self, mention: Mention, sentence: tuple[int, int]) -> tuple[Mention, ...]:
        """The dates before `mention` in its sentence, else all before it in the line."""
        if mention.kind in CALENDAR:
            return ()
        before = bisect_left(self.day_starts, mention.start)
        days = self.days[max(0, before - _MOST_DAYS) : before]
        compared = _COMPARED.search(self.text, max(sentence[0], mention.start - _CLAUSE_REACH), mention.start)
        if compared:  # 由2021年的127天缩短至118天: that year is the first figure's
            days = [one for one in days if not compared.start() <= one.start < mention.start] or days
        days = [one for one in days if not self._set_aside(one, mention)]
        # 较二季度增加0.7万人次，出院6420人次: what a figure is compared with dates nothing.
        days = [one for one in days if self.text[one.start - 1 : one.start] not in ("比", "较")]
        return tuple(one for one in days if one.start >= sentence[0]) or tuple(days)
