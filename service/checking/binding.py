"""How well a claim of the draft and one of the notes speak of the same thing: explicit points, each with a reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from service.checking.claim import Claim, bigrams, once_a_claim, plain_unit
from service.checking.likeness import alike, opposed, shared
from service.checking.phrases import item_of
from service.domain.quantity import Mention, When
from service.language.patterns import deferred

_PER = str.maketrans("", "", "每均个一")


@dataclass(frozen=True, slots=True)
class Bond:
    """How a draft's claim is bound to a note's: `score` in points, `thing` (0 to 1) for what is counted alone.

    The conflicts name what sets them apart, "" where nothing does: `subject`, `day`, `frame` (last year and this),
    `scope` (本月 and 累计), `rate`, `plan`, `side` (上午 and 下午).
    """

    score: float
    thing: float
    about: float
    subject: str = ""
    day: str = ""
    frame: str = ""
    scope: str = ""
    rate: str = ""
    plan: str = ""
    side: str = ""

    @property
    def conflict(self) -> bool:
        """True where anything sets the two apart."""
        return bool(self.subject or self.day or self.frame or self.scope or self.rate or self.side)


def bond(draft: Claim, note: Claim, aside: frozenset[str] = frozenset()) -> Bond:
    """The bond of two claims. `aside` are subjects that the whole report is about, so they distinguish nothing. Pure.

    A matching noun is worth 4, the clause 2, verb 1.2, sentence 1; a conflict costs as much as it usually decides.
    """
    thing = thing_of(draft, note)
    about = shared(draft.sentence, note.sentence)
    clause = 0.8 * shared(draft.clause, note.clause) + 1.2 * shared(draft.own, note.own)
    score = 4 * thing + 1.2 * alike(draft.action, note.action) + clause + about
    subject, subject_points = _subject(draft, note, aside)
    day, day_points = _day(draft, note)
    one_time = bool(draft.before) == bool(note.before) or (draft.before and note.may_be_before)
    frame = "" if one_time else (note.before or draft.before)
    scope = note.scope if draft.scope and note.scope and draft.scope != note.scope else ""
    counted, theirs = per(draft), per(note)
    rate = "" if counted == theirs or _one_rate(draft, note) else (note.rate or draft.rate)
    plan = "计划" if note.plan and not draft.plan else ""
    side = opposed(draft.sides, note.sides)
    if side and any(side in one for one in draft.subjects):
        side = ""  # 柳北、桥东两个社区 are names, and no two sides of the town
    score += subject_points + day_points
    score += (1 if draft.before else 0) if not frame else -2
    score -= 1.5 * bool(scope) + 2 * bool(rate) + 0.7 * bool(plan) + 2.5 * bool(side)
    score += 1.5 if counted and not rate else 0
    score += (
        0.5 * (draft.total and note.total) + 0.5 * (draft.part and note.part) + 0.8 * (draft.scope == note.scope != "")
    )
    return Bond(score, thing, about, subject, day, frame, scope, rate, plan, side)


def _one_rate(draft: Claim, note: Claim) -> bool:
    """True where one writes what the other's sentence says once for all (每月由50元到80元，百岁老人500元), or one calls
    平均 what the other calls 人均."""
    if "平均" in (draft.rate, note.rate) and draft.rate and note.rate:
        return True
    if draft.rate[:1] == "每" and draft.rate[1:] in _COUNTERS and not note.rate and not note.total:
        return True  # 每份补贴3元 of 套餐12元，其中补3元: a price is of one, whether it is said or not
    if any(per(one) == "年" and not other.rate and other.scope == "累计" for one, other in _both(draft, note)):
        return True  # 一年看了1700多人次 is 全年接诊1700余人次
    if any(
        one.rate and not other.rate and _each_of(one.rate[-1], other.clause_text) for one, other in _both(draft, note)
    ):
        return True
    return any(
        bool(one.rate)
        and not other.rate
        and (
            one.rate[:2] in other.sentence
            or one.rate in other.clause_text
            or one.rate in other.mention.text
            or (per(one) == "日" and "每天" in other.sentence)
        )
        for one, other in ((draft, note), (note, draft))
    )


_COUNTERS = frozenset("套盏块座台份册件栋幢棵株本只把副亩米吨班桌支条组格站所校")


def _both(draft: Claim, note: Claim) -> tuple[tuple[Claim, Claim], tuple[Claim, Claim]]:
    return (draft, note), (note, draft)


def _each_of(counted: str, clause: str) -> bool:
    """True where a clause says of each what a rate is per: 每个网格 and 32个班各 for 每格 and 每班."""
    return (
        re.search(f"(?:每[^，。；]{{0,4}}|逐|各){re.escape(counted)}|{re.escape(counted)}[^，。；]{{0,6}}各", clause)
        is not None
    )


def per(claim: Claim) -> str:
    """What a claim is counted per: 日 for 每天, 每日, 日均; "" for a plain count. Pure."""
    return _per(claim.rate) if claim.rate else ""


@lru_cache(maxsize=1024)
def _per(rate: str) -> str:
    return "平" if rate == "平均" else rate.translate(_PER).replace("天", "日").replace("星期", "周")


def thing_of(draft: Claim, note: Claim) -> float:
    """From 0 to 1, how far two claims count the same thing, judged by their nouns and where those are missing. Pure."""
    ours, theirs = telling_noun(draft), telling_noun(note)
    if ours and theirs:
        direct = alike(ours, theirs)
        # 参加活动的志愿者35人 against 志愿者活动有35人参加: the noun may stand elsewhere in the clause.
        if direct < 0.8 and (_head(ours) in item_of(note) or _head(theirs) in item_of(draft)):
            return max(direct, 0.6)
        return direct
    noun, other = (ours, note) if ours else (theirs, draft)
    if noun:
        head = _head(noun)
        if head in item_of(other):
            return 0.8
        if head in other.clause_text or head in other.earlier:
            return 0.7
        floor = 0.45 if alike(noun, other.action) < 0.5 else 0.7
        return max(floor, alike(draft.action, note.action) * 0.6, 0.7 if telling_unit(draft, note) else 0.0)
    return max(0.5, alike(draft.action, note.action) * 0.9)


@once_a_claim
def telling_noun(claim: Claim) -> str:
    """What a claim counts, "" where that tells nothing (总数)."""
    return "" if _ANY_COUNT.fullmatch(claim.noun) else claim.noun


def telling_unit(draft: Claim, note: Claim) -> bool:
    """True where the unit alone says what is counted: whatever is counted in 户 is households. Pure."""
    return plain_unit(draft.mention.unit) in _TELLING and plain_unit(note.mention.unit) in _TELLING


# 总数2145 counts whatever the clause before it counts.
_ANY_COUNT = deferred(r"实际|现有|目前|(?:总|合|共|小|累)?[计数][量目]?|总[数量额]|人数|数目")
_TELLING = frozenset(("平方公里", "户", "栋", "幢", "盏", "岁", "步", "席", "床位", "教学班", "栋楼", "人家"))


def _head(noun: str) -> str:
    return noun[-2:]


def _subject(draft: Claim, note: Claim, aside: frozenset[str]) -> tuple[str, float]:
    if not draft.subjects or not note.subjects:
        return "", 0.0
    ours = [one for one in draft.subjects if one not in aside]
    theirs = [one for one in note.subjects if one not in aside]
    if not ours or not theirs:
        return "", 0.0
    if any(a in b or b in a for a in ours for b in theirs):
        return "", 1.5
    # 公路平交路口安全设施22处 names both: of two names that stand in both clauses neither sets them apart.
    if theirs[-1] in draft.clause_text and ours[-1] in note.clause_text:
        return "", 0.0
    # 石岗 stands in the note's sentence too, though another clause names the body that dug there.
    if theirs[-1] not in note.clause_text and any(bigrams(one) <= note.sentence for one in ours):
        return "", 0.0
    return theirs[-1], -2.5


def _day(draft: Claim, note: Claim) -> tuple[str, float]:
    if draft.day is None or note.day is None:
        return "", 0.0
    if any(days_agree(draft.day, one) for one in (note.day, *note.days)):
        return "", 1.0
    in_sentence = draft.sentence_span[0] <= draft.day.start < draft.sentence_span[1]
    return (note.day.text, -2.0) if in_sentence else ("", -0.3)


def days_agree(a: Mention, b: Mention) -> bool:
    """True where two dates may be the same, as far as both are written (3月8日 and 2024年3月). Pure."""
    if a.when is None or b.when is None:
        return a.text == b.text
    return whens_agree(a.when, b.when)


@lru_cache(maxsize=16384)
def whens_agree(a: When, b: When) -> bool:
    """True where two stretches of time may share a day, as far as both are written. Pure."""
    first, second = _parts(a.lo), _parts(b.lo)
    first_end, second_end = _parts(a.hi), _parts(b.hi)
    if first[0] and second[0] and first[0] != second[0] and first_end[0] != second_end[0]:
        return False
    return _key(first) <= _key(second_end, True) and _key(second) <= _key(first_end, True)


def _parts(iso: str) -> tuple[str, str, str]:
    """Year, month and day of an ISO partial, each "" where it is not written; a quarter is its first month."""
    if iso.startswith("--"):
        iso = "-" + iso[2:]
        year, rest = "", iso[1:]
    else:
        year, _, rest = iso.partition("-")
    quarter = re.match(r"Q(\d)", rest)
    if quarter:
        return year, f"{int(quarter[1]) * 3 - 2:02d}", "Q"
    month, _, day = rest.partition("-")
    return year, month, day


def _key(parts: tuple[str, str, str], end: bool = False) -> tuple[str, str]:
    _, month, day = parts
    if day == "Q":
        return (f"{int(month) + 2:02d}", "31") if end else (month, "01")
    return month or ("12" if end else "01"), day or ("31" if end else "01")
