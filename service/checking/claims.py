"""Claims of a text: each number with what it counts, what was done, to whom, when, and in which way it is meant.

Each line is read once and remembered, so a page that checks again after a keystroke reads only the changed line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from service.checking.cues import (
    BETWEEN,
    CHANGE,
    DONE,
    PART,
    SOURCE,
    TOTAL,
    counted_per,
    earlier_period,
    planned,
    reporter,
    scope_of,
)
from service.checking.likeness import sides
from service.domain.quantity import Amount, Kind, Mention, Role
from service.domain.text import split_lines
from service.language.names import Name, NameKind, find_names
from service.language.numbers import find_numbers
from service.language.words import Word, segment

CALENDAR = frozenset((Kind.DATE, Kind.YEAR, Kind.MONTH, Kind.QUARTER, Kind.PERIOD))
CLOCK = frozenset((Kind.TIME,))

_SENTENCE_END = "。！？!?；;"
_CLAUSE_END = "，,：:" + _SENTENCE_END
_ITEM_END = "、" + _CLAUSE_END

_NOMINAL = frozenset(
    ("n", "vn", "nz", "ns", "nr", "nt", "j", "l", "an", "i", "b", "ng", "nrt", "nrfg", "s", "g", "eng", "z")
)
_DELTA_WORDS = re.compile(
    r"由|从|原来的?|的|[上下]?[升降]至|[上下]?[升降]到|(?:增加|减少|提高|提升|上升|下降|降低|增长|扩大|缩短|压减|调整|变|增|减)[为至到]?|[至到]"
)
_COUNTED = re.compile(
    r"(家庭|住户|农户|户居民)|(?:居民|群众|市民|村民|党员|干部|职工|员工|学生|师生|教师|志愿者|老人|人口|游客|读者|观众|家长)"
)
_DATE_HEAD = re.compile(r"^[\s\d.、．)）(（一二三四五六七八九十·*\-—]{0,8}$")


@dataclass(frozen=True, slots=True)
class Claim:
    """A number of a text with what it is bound to. Offsets are into the whole text; `line` is 1-based.

    `noun` is what is counted, "" where the text leaves it out; `action` the verb that governs it. `own`, `clause` and
    `sentence` are the pairs of neighbouring characters around it, without numbers. `subjects` are the bodies, places
    and people it is said of. `before` marks a figure of an earlier period, `plan` one not yet reached, `rate` what it
    is counted per ("" for a plain total), `scope` the stretch it covers (累计, 本月 …), `sides` the words that
    set its circumstances apart (上午, 党员 …). `local` is the same claim with offsets into its own line: equal lines
    give equal local claims wherever they stand, so what was judged of one need not be judged again.
    """

    mention: Mention
    line: int
    noun: str = ""
    action: str = ""
    clause: frozenset[str] = frozenset()
    sentence: frozenset[str] = frozenset()
    subjects: tuple[str, ...] = ()
    day: Mention | None = None
    days: tuple[Mention, ...] = ()
    before: str = ""
    plan: bool = False
    rate: str = ""
    scope: str = ""
    total: bool = False
    part: bool = False
    change: bool = False
    source: str = ""
    sentence_span: tuple[int, int] = (0, 0)
    clause_span: tuple[int, int] = (0, 0)
    clause_text: str = ""
    item_text: str = ""
    own: frozenset[str] = frozenset()
    sides: frozenset[tuple[int, str]] = frozenset()
    ends: tuple[Claim, ...] = ()
    before_text: str = ""
    after_text: str = ""
    local: Claim | None = field(default=None, compare=False, repr=False)

    @property
    def parts(self) -> tuple[Claim, ...]:
        """The claims a note may be compared by: both ends of a change (由44项减少到33项), else itself."""
        return self.ends or (self,)


@dataclass(frozen=True)
class Reading:
    """Everything read of one text: its claims in order, all mentions, and its names."""

    text: str
    claims: tuple[Claim, ...]
    mentions: tuple[Mention, ...]
    names: tuple[Name, ...]


@dataclass(frozen=True)
class _Line:
    claims: tuple[Claim, ...]
    mentions: tuple[Mention, ...]
    names: tuple[Name, ...]
    plan_head: bool
    day_head: Mention | None


_PERSONS = frozenset(("人", "名", "位", "人次", "户", "家"))


def plain_unit(unit: str | None) -> str:
    """The unit without what it is counted per (次/周 is 次). Pure."""
    return (unit or "").split("/", 1)[0]


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _like(first: Mention, last: Mention) -> Amount | None:
    """The first amount read as the kind of the last: 由90升至95% means 90%."""
    if last.kind is Kind.PERCENT and first.kind is not Kind.PERCENT and first.amount is not None:
        lo, hi = first.amount.lo, first.amount.hi
        return Amount(None if lo is None else lo / 100, None if hi is None else hi / 100)
    return first.amount


def bigrams(text: str) -> frozenset[str]:
    """The pairs of neighbouring letters or Chinese characters of `text`. Pure."""
    return frozenset(a + b for a, b in pairwise(text) if a.isalnum() and b.isalnum())


@lru_cache(maxsize=64)
def read_text(text: str) -> Reading:
    """The claims, mentions and names of `text`; headings and dated lines govern the lines below them. Pure."""
    claims: list[Claim] = []
    mentions: list[Mention] = []
    names: list[Name] = []
    plan_head, day_head = False, None
    for line in split_lines(text).lines:
        if not line.text.strip():
            continue
        read = _read_line(line.text)
        if _is_heading(line.text) or read.day_head is not None:
            plan_head = read.plan_head and not read.claims
        claims.extend(_placed(one, line.start, line.number, plan_head, day_head) for one in read.claims)
        mentions.extend(_moved(one, line.start) for one in read.mentions)
        names.extend(replace(one, start=one.start + line.start, end=one.end + line.start) for one in read.names)
        if read.day_head is not None:
            day_head = _moved(read.day_head, line.start)
    return Reading(text, tuple(claims), tuple(mentions), tuple(names))


def _is_heading(text: str) -> bool:
    return (
        len(text.strip()) <= 30
        and not text.rstrip().endswith(("。", "；", ";"))
        and bool(re.match(r"\s{0,8}(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|#|【)", text))
    )


def _moved(mention: Mention, by: int) -> Mention:
    return replace(mention, start=mention.start + by, end=mention.end + by)


def _placed(claim: Claim, by: int, line: int, plan_head: bool, day_head: Mention | None) -> Claim:
    local = claim
    planned_above = plan_head and not claim.plan and not DONE.search(claim.clause_text)
    lent = claim.day is None and day_head is not None
    if planned_above or (lent and day_head is not None):
        floating = replace(day_head, start=-1, end=-1) if lent and day_head is not None else claim.day
        local = replace(claim, plan=claim.plan or planned_above, day=floating)
    return replace(
        local,
        local=local,
        mention=_moved(claim.mention, by),
        line=line,
        day=_moved(claim.day, by) if claim.day is not None else day_head,
        days=tuple(_moved(one, by) for one in claim.days),
        ends=tuple(_placed(one, by, line, plan_head, day_head) for one in claim.ends),
        sentence_span=(claim.sentence_span[0] + by, claim.sentence_span[1] + by),
        clause_span=(claim.clause_span[0] + by, claim.clause_span[1] + by),
    )


def _breaks(text: str, mentions: Sequence[Mention], marks: str) -> list[int]:
    """Offsets just after each mark of `marks` that stands in no mention, with 0 and the length at the ends."""
    inside = bytearray(len(text) + 1)
    for one in mentions:
        inside[one.start : one.end] = b"\x01" * (one.end - one.start)
    return [0, *(at + 1 for at, char in enumerate(text) if char in marks and not inside[at]), len(text)]


def _between(breaks: Sequence[int], at: int) -> tuple[int, int]:
    index = bisect_right(breaks, at) - 1
    start = breaks[index]
    return start, next((one for one in breaks[index + 1 :] if one > start), breaks[-1])


@lru_cache(maxsize=8192)
def _read_line(text: str) -> _Line:
    mentions = find_numbers(text)
    names = find_names(text)
    plan_head = bool(re.search(r"下一步|下步|打算|计划|目标|规划|明年|今后", text))
    if not any(one.role is Role.CLAIM for one in mentions):
        return _Line((), tuple(mentions), tuple(names), plan_head, None)
    reader = _LineReader(text, mentions, names)
    claims = tuple(reader.claim(one) for one in mentions if one.role is Role.CLAIM)
    first = next((one for one in mentions if one.role is Role.CLAIM), None)
    leads = first is not None and first.kind in (Kind.DATE, Kind.MONTH) and _DATE_HEAD.match(text[: first.start])
    return _Line(claims, tuple(mentions), tuple(names), plan_head, first if leads else None)


class _LineReader:
    """Reads the claims of one line from its words, its breaks and its names."""

    def __init__(self, text: str, mentions: Sequence[Mention], names: Sequence[Name]) -> None:
        self.text = text
        self.mentions = mentions
        self.words = segment(text)
        self.starts = [one.start for one in self.words]
        self.names = [one for one in names if one.kind in (NameKind.UNIT, NameKind.PLACE, NameKind.PERSON)]
        self.sentences = _breaks(text, mentions, _SENTENCE_END)
        self.clauses = _breaks(text, mentions, _CLAUSE_END)
        self.items = _breaks(text, mentions, _ITEM_END)
        # The text with every number blanked, so that equal words are compared and digits are not.
        plain = list(text)
        for one in mentions:
            if one.role in (Role.CLAIM, Role.DEFECT):
                plain[one.start : one.end] = " " * (one.end - one.start)
        self.plain = "".join(plain)

    def claim(self, mention: Mention) -> Claim:
        """The claim that `mention` makes, with offsets into the line."""
        counted = _COUNTED.match(self.text, mention.end)
        if mention.unit is None and mention.kind is Kind.COUNT and counted:
            # 3.8万居民 counts people, though no counter stands there, and 3.8万户 is another thing.
            mention = replace(mention, unit="户" if counted.group(1) else "人")
        sentence, clause = _between(self.sentences, mention.start), _between(self.clauses, mention.start)
        item = _between(self.items, mention.start)
        noun = self._noun(mention, item)
        lead = self.text[clause[0] : mention.start]
        clause_text = self.text[clause[0] : clause[1]]
        before_sentence = self.text[sentence[0] : mention.start]
        days = self._days(mention, sentence)
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
            before=earlier_period(lead, before_sentence),
            plan=planned(lead, before_sentence, clause_text),
            rate=counted_per(lead, mention),
            scope=scope_of(lead, before_sentence),
            total=bool(TOTAL.search(lead)) and mention.kind not in (Kind.PERCENT, Kind.RATIO),
            part=bool(PART.search(lead)) or bool(PART.search(before_sentence[-40:])),
            change=bool(CHANGE.search(lead)),
            source=reporter(lead),
            sentence_span=sentence,
            clause_span=clause,
            clause_text=clause_text,
            item_text=self.text[item[0] : item[1]],
            before_text=self.text[max(0, mention.start - 8) : mention.start],
            after_text=self.text[mention.end : mention.end + 2],
            sides=sides(re.split("、", lead)[-1] + " " + noun),
            own=bigrams(self.plain[slice(*self._own(mention, clause))]),
        )
        return replace(claim, ends=self._ends(claim)) if mention.kind is Kind.DELTA else claim

    def _ends(self, claim: Claim) -> tuple[Claim, ...]:
        """The two figures of a change, the first of them an earlier one."""
        mention = claim.mention
        inner = [one for one in find_numbers(_DELTA_WORDS.sub(_blank, mention.text)) if one.amount is not None]
        if len(inner) != 2:
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

    def _own(self, mention: Mention, clause: tuple[int, int]) -> tuple[int, int]:
        """The part of the clause between its neighbours' numbers: 全镇21个村中有 for 21, 个村实现 for 17."""
        ends = [one.end for one in self.mentions if clause[0] <= one.start and one.end <= mention.start]
        starts = [one.start for one in self.mentions if mention.end <= one.start < clause[1]]
        return max(ends, default=clause[0]), min(starts, default=clause[1])

    def _words_in(self, start: int, end: int) -> list[Word]:
        first = bisect_right(self.starts, start - 1) if start else 0
        chosen = []
        for word in self.words[max(0, first - 1) :]:
            if word.start >= end:
                break
            if word.start >= start and word.end <= end:
                chosen.append(word)
        return chosen

    def _noun(self, mention: Mention, item: tuple[int, int]) -> str:
        """What `mention` counts, on either side of it: 发放手册412册, 412册手册; "" where it is left out."""
        earlier = max(
            (one.end for one in self.mentions if item[0] <= one.start and one.end <= mention.start), default=0
        )
        later = min((one.start for one in self.mentions if one.start >= mention.end), default=len(self.text))
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
        here = [one.text for one in self.names if clause[0] <= one.start and one.end <= mention.start]
        here = here or [one.text for one in self.names if sentence[0] <= one.start and one.end <= mention.start]
        if here:
            return tuple(here)
        label = re.match(r"[^，。；：:]{0,20}[：:]", self.text)
        return tuple(one.text for one in self.names if label and one.end <= label.end())

    def _days(self, mention: Mention, sentence: tuple[int, int]) -> tuple[Mention, ...]:
        """The dates before `mention` in its sentence, else all before it in the line."""
        if mention.kind in CALENDAR:
            return ()
        earlier = [one for one in self.mentions if one.end <= mention.start]
        days = [one for one in earlier if one.role is Role.CLAIM and one.kind in CALENDAR]
        return tuple(one for one in days if one.start >= sentence[0]) or tuple(days)
