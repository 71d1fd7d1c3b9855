"""Figures of the notes that a later word of the notes corrects: 3260元 after 报错了，应该是3620."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from service.checking.binding import bond, days_agree, telling_noun
from service.checking.claim import bigrams
from service.checking.claims import Claim, Reading, line_mentions, plain_unit
from service.checking.phrases import words_in
from service.checking.updated import (
    MOST_BACK,
    SHARED_PAIRS,
    WHOLE_CHAT,
    brought_up_to_date,
    days_put_right,
    like_size,
    line_around,
    near_in_size,
    ruled_by_source,
)
from service.checking.values import Family, family
from service.domain.quantity import decimal_text
from service.language.patterns import deferred
from service.language.taken_back import figures_taken_back
from service.language.taken_back_words import BREATH_DENIES, WRITES

_LINE_MOST_CHARS = 3_000  # A longer line is a document pasted whole.
_CUE = deferred(
    r"(?:总数|总额|总量|合计|数字|数量|人数)改\s?$|[数算报写记统点登](?:重复?|多|少|漏)了[，, ]?"
    r"(?:实际|应该|其实|只有|就)?(?:上|是|为|有)?\s?$|"
    r"(?:相应|一并|随之|同步)改[成为到]?\s?$|更正|改[一]?下|重新?[数点核算]|漏[了算报数掉]|[少多][算报数][了]|应该是|应是|应为|"
    rf"[{WRITES}][错反串]|不对|纠正|订正|有误|口误|(?:核[实对]|对[完了过]账)[后是]|实际是|后来又报|补报|"
    r"以(?:这个|此|后者?|最新|本|现在|新)[^，。；\n]{0,10}为准"
)
# 每季度一次改为每季度两次 is a measure; 改成38 alone in a line of chat is a correction.
_SHORT_CUE = deferred(r"改[成为]|是")
# 完工改为6个（6月28日验收），其余不变，以此信为准: what settles it may stand at the end of the line.
_SETTLES = deferred(r"以(?:这个|此|后者?|最新|本|现在|新)[^\n。；]{0,12}为准")
_WRONG_ITSELF = deferred(r"[”’』」\"\s]?[，,]?(?:应为|应是|应该是|改[为成]|更正[为成]|纠正[为成]|写错|有误)")
# 劝导是368 打反了 says what is right and that the word before was a slip.
_IS, _SLIPPED = (
    deferred(r"(?<![的写报])是\s?$"),
    deferred(
        rf"[ ，,]{{0,2}}(?:刚才?|上面|前面|我)?(?:(?:[{WRITES}]|打字|录入|抄写)(?:[错反串]|颠倒)了?|笔误|手误|口误)"
    ),
)
# 上面超限是上半年的！1—8月是537台次: what stood above was of another stretch, and what follows takes its place.
_ABOVE_WAS = deferred(
    r"(?:上面|刚才|前面|之前)(?:那个|那|的|报的)?(?P<thing>[\u4e00-\u9fff]{1,8}?)(?:是|算的是|报的是)"
    r"(?:上半年|上个?季度|上个?月|去年|全年|旧|老|\d{1,2}月份?)的?(?:数字?)?[！，。；!,; ]"
)
# 书记会后改：保险要15万，总数改64万: what opens with a word of correction puts right all that it names.
_OPENS = deferred(
    r"^\s*[^\n]{0,8}(?:更正|订正|勘误|补报|后来又报|[（(]补[)）]|补充[：:])|[\u4e00-\u9fff]{0,8}更新[：:，,]|"
    r"(?:^|[（(；;。，,])\s*[^\n：:，,。；;（(]{0,14}(?<![整修])(?:改(?:的|[一了]?下|数|动)?|更正|核对|核实|复核)\s?[：:]|"
    rf"{_ABOVE_WAS.pattern}"
)
# 沙洲文明户是217，已与村核对: whoever was asked stands behind the figure that holds.
_CHECKED_WITH = deferred(r"[，,]\s?(?:已|已经|刚)[与跟和同][^，。；\n\d]{1,6}(?:核对|核实|对)[过了]?")
_OPENING_REACH = 120  # characters: how far before its figure the words of an opening stand
_PROGRESS = deferred(r"更新[：:，,]")  # 占道更新，清到137处了
_UNCHANGED = deferred(r"(?:不变|不动|没变|照旧)\s?(?:[是为])?\s?$")  # 总数不变十四
_NEGATED = deferred(r"(?:不是|并非|而非|不再是|而不是)(?:之前的|原来的|刚才的)?\s?$")
# 跟城管局报的不是一个数 says that two figures differ, and takes back neither.
_AT_ODDS = deferred(r"一(?:个|回|码|种|家)?(?:数|事|口径|概念|意思|东西|部门|单位|地方|说法|样|批|拨|码|表)")
# Where none of these stands anywhere, no later line corrects an earlier one.
# 垃圾桶先按380个报 rules what is to be written.
_RULING = deferred(r"(?:(?:先|就|还是|统一|都)?按(?:照)?|以)\s?$")
_RULED = deferred(r"(?:来|去|上)?[报写算定填统]|[\u4e00-\u9fff]{0,2}为准")
_ANY_CUE = deferred(
    rf"{_CUE.pattern}|[数算报写记统点登](?:重|多|少|漏)|字错|录入错|抄写错|笔误|手误|口误|改(?:的|数|动)?[：:]|改[一了]下|更新[：:，,]|勘误|上半年的|核对|核[对实][：:]|复核[：:]|按|改[成为]|改是|不是|并非|而非|更正|补报|后来又报|[（(]补|补充[：:]|为准"
)
# A claim whose line holds none of these, nor the words right before it, corrects nothing.
_LINE_CUE = deferred(rf"{_ANY_CUE.pattern}|改|不再是")
_WORDS_BEFORE = 8  # characters
_SHORT_LINE = 16  # characters
_FAR = 12  # lines: how far below its figure a correction may stand in a chat
_OWN_WORD_LINES = 4
_SPEAKER = deferred(
    r" ?(?:(?:(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日? )?[\[(（]?\d{1,2}[:：]\d\d[\])）]? ?"
    r"(?:(?:[\u4e00-\u9fff]{1,6} )?([\u4e00-\u9fff]{1,6})[：:]|([\u4e00-\u9fff]{1,6}) )"
    r"|([\u4e00-\u9fff]{1,6}) {0,2}\d{1,2}[:：]\d\d)"
)
_NEAR = 14  # characters: the cue stands beside its number


@lru_cache(maxsize=64)
def corrections(notes: Reading) -> Mapping[int, Claim]:
    """The claims that stand corrected, by their start, each with the claim that replaces it. Pure."""
    claims = [part for claim in notes.claims for part in claim.parts]
    found = _taken_back(notes, claims) | brought_up_to_date(notes, claims) | ruled_by_source(notes, claims)
    found |= days_put_right(notes, claims)
    if not _ANY_CUE.search(notes.text):
        return found
    cues = [cue.start() for cue in _LINE_CUE.finditer(notes.text)]
    rights = {one.mention.start for one in found.values()}
    settled = frozenset(rights)
    for index, claim in enumerate(claims):
        if claim.mention.start in found:
            continue  # 更正 38 是漏了热线转的，一共43: what is taken back itself puts nothing right
        start, stop = line_around(claim, notes.text)
        if bisect_left(cues, start - _WORDS_BEFORE) == bisect_left(cues, stop):
            continue
        if _NEGATED.search(notes.text[max(0, claim.mention.start - 6) : claim.mention.start]):
            lead = notes.text[max(0, claim.mention.start - _WORDS_BEFORE) : claim.mention.start]
            if _AT_ODDS.match(notes.text, claim.mention.start) or BREATH_DENIES.search(lead):
                continue  # 三十一车啊不是三十七车 takes back the first
            denied = _denied(claims, index)
            found.update(denied)
            rights.update(right.mention.start for right in denied.values())
            for right in denied.values():  # 是11个，不是9个 takes back the 9个, never the 11个
                found.pop(right.mention.start, None)
            continue
        if not _corrects(claim, notes.text) or _repeats(claim, claims[max(0, index - 2) : index], rights):
            continue
        standing = [
            one
            for one in claims[max(0, index - MOST_BACK) : index]
            if one.mention.start not in found and not (one.line == claim.line and one.mention.start in rights)
        ]
        wrong = _corrected(claim, standing, notes.text, claim.mention.start in settled)
        if wrong is None:
            continue
        rights.add(claim.mention.start)
        for one in claims[max(0, index - MOST_BACK) : index]:  # the same slip may stand in several lines
            same = one.mention.amount == wrong.mention.amount and one.mention.unit == wrong.mention.unit
            alike = same and one.line != claim.line and bond(claim, one).thing >= 0.7
            if one is wrong or alike or (same and _named_by_opening(claim, one, notes.text)):
                found[one.mention.start] = claim
    return found


def _repeats(claim: Claim, earlier: Sequence[Claim], rights: set[int]) -> bool:
    """True for the second 26 of 先报23处，复核改26处，以26为准: what it puts right the first has put right."""
    return any(
        one.line == claim.line and one.mention.amount == claim.mention.amount and one.mention.start in rights
        for one in earlier
    )


def _named_by_opening(claim: Claim, one: Claim, text: str) -> bool:
    """True where a line that opens with a word of correction names an earlier figure's thing."""
    return _opened(claim, text) is not None and one.line != claim.line and bool(_words(claim) & one.own)


def _denied(claims: list[Claim], index: int) -> dict[int, Claim]:
    """What 是11个，不是9个 replaces: the 9个 it names, there and where the notes gave it before."""
    wrong = claims[index]
    beside = [
        one
        for one in (*reversed(claims[max(0, index - 3) : index]), *claims[index + 1 : index + 3])
        if one.line == wrong.line and family(one.mention, wrong.mention) is Family.SAME
    ]
    if not beside:
        return {}
    same = [
        one
        for one in claims[max(0, index - MOST_BACK) : index]
        if one.mention.amount == wrong.mention.amount
        and (
            one.mention.unit == wrong.mention.unit
            or (not wrong.mention.unit and _many_digits(wrong))
            or _said_again(wrong, beside[0], one, False)
        )
    ]
    return {one.mention.start: beside[0] for one in (wrong, *same[-1:])}


def _taken_back(notes: Reading, claims: list[Claim]) -> dict[int, Claim]:
    """The figures that their own line takes back: 先报3120户，结算核下来是2986户."""
    by_start = {claim.mention.start: claim for claim in claims}
    starts = sorted(by_start)
    found: dict[int, Claim] = {}
    places = {claim.mention.start: place for place, claim in enumerate(claims)}
    start = 0
    for line in notes.text.split("\n"):
        own = starts[bisect_left(starts, start) : bisect_left(starts, start + len(line))]
        if len(own) > 1 and len(line) <= _LINE_MOST_CHARS:
            for old, new in _pairs(line, tuple(one - start for one in own)):
                if family(by_start[old + start].mention, by_start[new + start].mention) is not Family.SAME:
                    continue  # 轮椅两台花了6.8万哦不对轮椅是三台 says nothing of the money
                found[old + start] = by_start[new + start]
                # 补砖别写325，三月单独是196: the line above that says 325㎡ is put right too.
                wrong, earlier = by_start[old + start], claims[: places[old + start]][-2 * MOST_BACK :]
                alike = [one for one in earlier if one.mention.amount == wrong.mention.amount]
                alone = len(alike) == 1
                right = by_start[new + start]
                found |= {one.mention.start: right for one in alike if _said_again(wrong, right, one, alone)}
        start += len(line) + 1
    return found


def _many_digits(claim: Claim) -> bool:
    return _digits_of(claim) > _FEW_DIGITS


def _digits_of(claim: Claim) -> int:
    """How many digits a figure has, 一百二十七 as many as 127."""
    written = sum(character.isdigit() for character in claim.mention.text)
    amount = claim.mention.amount
    if written or amount is None or amount.lo is None or not amount.exact:
        return written
    return len((decimal_text(amount.lo) or "").replace(".", ""))


def _said_again(wrong: Claim, right: Claim, one: Claim, alone: bool) -> bool:
    """True where an earlier line gives the figure, of more than one digit, that a later line takes back, for a thing
    that the later line names or in its unit; however far up where it stands `alone` in the notes."""
    digits = _digits_of(wrong) > 1
    same = one.mention.amount is not None and one.mention.amount == wrong.mention.amount and one.line != wrong.line
    unit = plain_unit(wrong.mention.unit)
    alike = bool(unit) and unit == plain_unit(one.mention.unit)
    # 等下，286是9月的 below 劝离286处: the digits are repeated without a unit.
    bare = not unit and (_many_digits(wrong) or wrong.line - one.line <= _OWN_WORD_LINES)
    apart = wrong.line - one.line
    told = len((wrong.sentence | right.clause) & one.clause)
    if alike or bare or told > 0:
        reach = WHOLE_CHAT if told >= SHARED_PAIRS and not unit else _FAR
        return digits and same and (apart <= reach or (alike and alone))
    return False


@lru_cache(maxsize=4096)
def _pairs(line: str, starts: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    """Where the figures stand that a line takes back, each with the one that holds; `starts` are its figures' own."""
    mentions = sorted((one for one in line_mentions(line) if one.start in starts), key=lambda one: one.start)
    pairs = figures_taken_back(line, mentions).pairs
    return tuple((old.start, new.start) for old, new in pairs if new.start in starts)


def _corrects(claim: Claim, text: str) -> bool:
    start, stop = line_around(claim, text)
    if _IS.search(text[start : claim.mention.start]) and _SLIPPED.match(text, claim.mention.end):
        return True
    if _WRONG_ITSELF.match(text, claim.mention.end):
        return False  # “整改98个”应为“89个”: the 98个 takes the place of nothing
    before = text[max(start, claim.mention.start - _NEAR) : claim.mention.start]
    if _UNCHANGED.search(before):
        return False
    if _RULING.search(before) and _RULED.match(text, claim.mention.end):
        return True
    if _CUE.search(before) or (stop - start <= _SHORT_LINE and _SHORT_CUE.search(before) and "改" in before):
        return True
    after = re.match(
        r"[^\n。；]{0,6}?以(?:这个|此|后者?|最新|本|现在|新)[^\n。；]{0,12}为准",
        text[claim.mention.end : claim.mention.end + 30],
    ) or (_SHORT_CUE.search(before[-3:]) and "改" in before[-3:] and _SETTLES.search(text, claim.mention.end, stop))
    after = after or _CHECKED_WITH.match(text, claim.mention.end)
    pointing = text[max(start, claim.mention.start - 1) : claim.mention.start] in _POINTING  # 那2个是换证没下来
    return bool(after) or (not pointing and _opened(claim, text) is not None)


def _opened(claim: Claim, text: str) -> int | None:
    """Where the words of correction end that open the line, or the bracket, in which a figure stands; None if none."""
    start = line_around(claim, text)[0]
    lead = text[start : claim.mention.start]
    last = (
        max((found.end() for found in _OPENS.finditer(lead)), default=None) if len(lead) <= _LINE_MOST_CHARS else None
    )
    return None if last is None else start + last


def _corrected(claim: Claim, earlier: list[Claim], text: str, settled: bool) -> Claim | None:
    """The earlier figure that `claim` takes the place of: in its own line, of its own thing, or just above it; where it
    has `settled` a figure of its own line, of its own thing alone."""
    best: tuple[tuple[bool, bool, bool, int, float], Claim] | None = None
    speaker, noun = _speaker(claim, text), telling_noun(claim)
    opened = _opened(claim, text)
    words, needed = (_words(claim), 1) if opened is not None else (claim.own, SHARED_PAIRS)
    start = max(line_around(claim, text)[0], claim.mention.start - _OPENING_REACH)
    above = _ABOVE_WAS.search(text, start, claim.mention.start) if opened is not None else None
    words = words | words_in(above["thing"]) if above else words
    progress = _PROGRESS.search(text, start, claim.mention.start) is not None
    far = _FAR if opened is None and not _CHECKED_WITH.match(text, claim.mention.end) else WHOLE_CHAT
    for one in reversed(earlier):
        if claim.line - one.line > far:
            break
        if not like_size(claim, one) or (one.before and not claim.before) or (progress and _makes_whole(claim, one)):
            continue
        tie = bond(claim, one)
        if one.line == claim.line and (opened is None or one.mention.start >= opened):
            if settled:
                continue
            # 单价6.2元，定额应该是8.5元: what should be is another thing's.
            subject = _SHOULD_BE.match(claim.clause_text)
            other = subject is not None and subject[1] not in text[one.clause_span[0] : claim.clause_span[0]]
            if not other and _CUE.search(text[one.mention.end : claim.mention.end + 24]):
                return one
            continue
        # 楼道杂物应该是65处 has no noun beside its figure; the words it shares with 清理楼道杂物56处 name the thing.
        theirs = one.own if opened is None else _words(one) | one.clause if progress else _words(one)
        told = len(words & theirs)
        shared = told >= needed and claim.mention.unit in (None, one.mention.unit) and not one.before
        named = (bool(noun and one.noun) and tie.thing >= 0.7) or ((opened is not None or not noun) and shared)
        named = named or (opened is not None and _of_all(claim) and _of_all(one))
        named = named or _only_like(claim, one, earlier) or _of_that_day(claim, one)
        # 小梁 更正下 是5车 is about what 小梁 said, though another line of the chat has come between.
        own_word = speaker != "" and claim.line - one.line <= _OWN_WORD_LINES and _speaker(one, text) == speaker
        bare = not settled and not (noun and one.noun) and (claim.line - one.line == 1 or own_word)
        alike = told if opened is not None else 0
        rank = bool((noun or opened is not None) and named), own_word, near_in_size(claim, one), alike, tie.score
        if (named or bare) and (best is None or rank > best[0]):
            best = rank, one
    return best[1] if best is not None else None


def _makes_whole(claim: Claim, one: Claim) -> bool:
    """True where a figure and the one behind it make up the earlier one: 清到137处了，还剩9处 takes back no 146处."""
    ours, behind, theirs = claim.mention.amount, claim.neighbours[1], one.mention.amount
    if ours is None or behind is None or theirs is None or not (ours.exact and behind.exact and theirs.exact):
        return False
    return (ours.lo or 0) + (behind.lo or 0) == theirs.lo


def _words(claim: Claim) -> frozenset[str]:
    """The pairs beside a figure and in the clause before it: 现在161个 names nothing without 亮证经营原来是121个."""
    if claim.before_text.endswith(("（", "(")):
        return words_in(claim.clause_text)
    return claim.own | words_in(claim.earlier) | bigrams(claim.head)


def _of_all(claim: Claim) -> bool:
    """True for a figure that its own words call a whole: 总的是172万, 总预算168万."""
    return "总" in claim.clause_text[: max(0, claim.mention.start - claim.clause_span[0])]


def _speaker(claim: Claim, text: str) -> str:
    """Who speaks the line of `claim` in a chat whose lines open with names and times; "" where nobody is named."""
    found = _SPEAKER.match(text, line_around(claim, text)[0])
    return (found[1] or found[2] or found[3]) if found else ""


def _of_that_day(claim: Claim, one: Claim) -> bool:
    """True where a correction names the day of the earlier figure and its thing: 4月“除草”应为12公里."""
    days = claim.day, one.day
    same = days[0] is not None and days[1] is not None and days_agree(days[0], days[1])
    told = same and days[0] is not None and claim.sentence_span[0] <= days[0].start < claim.sentence_span[1]
    words = claim.own | words_in(claim.earlier)  # 5/31那个善款，对完账是5,160元
    return told and bool(words & one.own) and claim.mention.unit == one.mention.unit


def _only_like(claim: Claim, one: Claim, earlier: Sequence[Claim]) -> bool:
    """True where no other earlier figure of the unit shares a pair of characters: 培育数改成36家 after 企业培育40家."""
    unit = plain_unit(claim.mention.unit)
    return bool(unit) and [
        other
        for other in earlier
        if plain_unit(other.mention.unit) == unit and claim.own & other.clause and like_size(claim, other)
    ] == [one]


_POINTING = ("那", "这", "另", "有")
_FEW_DIGITS = 2
_SHOULD_BE = deferred(r"([\u4e00-\u9fff]{2,8}?)(?:应该?[是为])")


def inheriting(claim: Claim, wrong: Claim | None) -> Claim:
    """A claim with the words of the figure `wrong` that it corrects: 下午是11个 counts what 下午又清摊点9个 counted.
    Pure."""
    if wrong is None:
        return claim
    mention = claim.mention if claim.mention.unit else replace(claim.mention, unit=wrong.mention.unit)
    return replace(
        claim,
        mention=mention,
        noun=claim.noun or wrong.noun,
        action=claim.action or wrong.action,
        own=claim.own | wrong.own,
        sentence_span=wrong.sentence_span,
        column=claim.column or wrong.column,
        stands_for=wrong.line,
        clause=claim.clause | wrong.clause,
        sentence=claim.sentence | wrong.sentence,
        **(_told_there(claim, wrong) if not claim.noun else {}),
    )


def _told_there(claim: Claim, wrong: Claim) -> dict[str, Any]:
    """The words that a correction without a noun takes from where the wrong figure stands: 占道那个数是432处 is told
    as 占道经营清理了432处."""
    at = wrong.mention.start - wrong.clause_span[0]
    if not 0 <= at <= len(wrong.clause_text) or wrong.clause_text[at:].find(wrong.mention.text) != 0:
        return {}
    lead, tail = wrong.clause_text[:at], wrong.clause_text[at + len(wrong.mention.text) :]
    start, item = claim.mention.start, wrong.item_text.replace(wrong.mention.text, claim.mention.text, 1)
    return {
        "clause_text": lead + claim.mention.text + tail,
        "item_text": item,
        "clause_span": (start - len(lead), claim.mention.end + len(tail)),
        "earlier": wrong.earlier,
        "subjects": wrong.subjects or claim.subjects,
        "head": wrong.head,
        "source": "",
    }
