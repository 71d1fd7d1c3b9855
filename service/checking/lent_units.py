"""Units that speech and jottings leave to be understood: 进馆61200人次，去年同期54000; 总投1120万（市补640，区配300）.

A bare figure takes the unit of the figure that it is set beside by a word of time alone, or that the bracket splits up;
and money where the words pay: 一盏二百六, 花了四万三千四. Only then: 网格10 in a list of other things stays bare.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from service.checking.claim import CALENDAR, CLOCK, Claim, plain_unit
from service.checking.values import scaled
from service.domain.quantity import Kind
from service.language.patterns import deferred

_TIME = (
    r"(?:去年|上年|前年|今年|往年|上个?[月周]|上?季度?|上届|上次|同期|年[初底末]|月[初底]|原来|原先|之前|以前|现在|目前|[上下]半年"
    r"|[一二三四]季度?|[这本]个?(?:季度?|月|周)|\d{1,4}年|(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?)"
)
_TWIN = deferred(
    rf"[，,；;、（(→—\- \t]{{0,3}}(?:而|其中)?{_TIME}(?:{_TIME}|的|底|初|末|那[时次]|全年){{0,3}}"
    r"(?:[为是有共约达到：: ]|大概|差不多|只有|才|将近){0,4}\Z"
)
_OPENS, _CLOSES = deferred(r"\s?[（(]"), deferred(r"[）)]")
_OF_IT = deferred(r"其中|[含有新老]|里[面头]")
_PAID = deferred(
    r"(?:花|投入?|耗资|花费|拨款?|捐款?|筹资?|造价|罚款?|经费|预算|资金|成本|挽回|节约|省下|减免)"
    r"[了掉]?(?:约|共|近|大概|合计)?[ ：:]?\Z"
)
_MONEY_LINE = deferred(
    r"[\s△●\-·*\d.、]{0,6}[\u4e00-\u9fff]{0,4}(?:经费|资金|预算|开支|支出|花费)[\u4e00-\u9fff]{0,4}[：:]"
)
_LEAST_PRICE = 5
_TURNS = ("一",)


def lend_units(text: str, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims of one line, its bare figures with the unit that the words lend them. Pure."""
    if all(one.mention.unit or one.mention.kind is not Kind.COUNT for one in claims):
        return tuple(claims)
    lent: list[Claim] = []
    money = _MONEY_LINE.match(text) is not None
    for claim in claims:
        before = next((one for one in reversed(lent) if one.mention.kind not in CALENDAR | CLOCK), None)
        told = _lent(text, claim, before, money) if _is_bare(claim) else claim
        lent.append(_rated_alike(text, told, before))
    split = _split_up(text, lent)
    return tuple(_as(one, *split[one.mention.start]) if one.mention.start in split else one for one in lent)


def _is_bare(claim: Claim) -> bool:
    amount = claim.mention.amount
    return claim.mention.kind is Kind.COUNT and not claim.mention.unit and amount is not None and not claim.ends


def _lent(text: str, claim: Claim, before: Claim | None, money: bool) -> Claim:
    start = claim.mention.start
    if before is not None and before.mention.unit and before.sentence_span == claim.sentence_span:
        between = text[before.mention.end : start]
        if not between.strip() and _is_one(before) and claim.mention.amount is not None:
            return replace(_in_yuan(claim), rate=f"每{plain_unit(before.mention.unit)}")
        if _TWIN.match(between):
            return _as(claim, before, _ONE)
    if (money and claim.noun not in ("", claim.mention.text)) or _PAID.search(text[max(0, start - 8) : start]):
        return _in_yuan(claim)
    return claim


def _rated_alike(text: str, claim: Claim, before: Claim | None) -> Claim:
    """The claim with the rate of the figure that a word of time sets it beside: 平均一场花14000元，去年是23000元."""
    if before is None or claim.rate or not before.rate or before.sentence_span != claim.sentence_span:
        return claim
    same = plain_unit(claim.mention.unit) == plain_unit(before.mention.unit) != ""
    return (
        replace(claim, rate=before.rate)
        if same and _TWIN.match(text[before.mention.end : claim.mention.start])
        else claim
    )


def _is_one(before: Claim) -> bool:
    """True for the 一盏 of 一盏二百六."""
    amount = before.mention.amount
    return before.mention.text.startswith(_TURNS) and amount is not None and amount.exact and amount.lo == 1


def _split_up(text: str, claims: Sequence[Claim]) -> dict[int, tuple[Claim, Decimal]]:
    """The bare figures of brackets that split up the figure before them, by where they stand: that figure, and what
    turns theirs into its unit."""
    found: dict[int, tuple[Claim, Decimal]] = {}
    for place, whole in enumerate(claims):
        opened = _OPENS.match(text, whole.mention.end) if whole.mention.unit and not whole.ends else None
        if opened is None:
            continue
        closed = _CLOSES.search(text, opened.end())
        stop = closed.start() if closed is not None else len(text)
        inside = [one for one in claims[place + 1 :] if one.mention.start < stop]
        parts = [one for one in inside if _is_bare(one)]
        by = _scale_of(whole, parts) if parts and len(parts) == len(inside) else None
        label = text[opened.end() : parts[0].mention.start] if parts else ""
        if by is not None and (len(parts) > 1 or len(label.strip()) <= _SHORT or _OF_IT.search(label)):
            found |= {one.mention.start: (whole, by) for one in parts}
    return found


def _scale_of(whole: Claim, parts: Sequence[Claim]) -> Decimal | None:
    """What turns parts into the unit of their whole, None where they are too much for it."""
    top = whole.mention.amount.lo if whole.mention.amount is not None else None
    values = [one.mention.amount.lo for one in parts if one.mention.amount is not None]
    if top is None or any(one is None for one in values):
        return None
    total = sum((one for one in values if one is not None), Decimal(0))
    scale = next((Decimal(by) for word, by in _SCALES if word in whole.mention.text), _ONE)
    return next((by for by in dict.fromkeys((scale, _ONE)) if total * by <= top), None)


_SHORT = 2  # characters: 14人（女11）
_SCALES = (("亿", 10**8), ("万", 10**4))
_ONE = Decimal(1)


def _as(claim: Claim, before: Claim, by: Decimal) -> Claim:
    mention = claim.mention
    if mention.amount is None:
        return claim
    own_scale = any(word in mention.text for word, _ in _SCALES)
    amount = mention.amount if own_scale else scaled(mention.amount, by)
    return replace(
        claim,
        mention=replace(mention, unit=before.mention.unit, kind=before.mention.kind, amount=amount),
        noun=claim.noun or before.noun,
    )


def _in_yuan(claim: Claim) -> Claim:
    amount = claim.mention.amount
    if amount is None or amount.lo is None or amount.lo < _LEAST_PRICE:
        return claim
    return replace(claim, mention=replace(claim.mention, unit="元", kind=Kind.MONEY))
