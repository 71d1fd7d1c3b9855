"""What the notes make of their numbers, tried from the ways that ask for most to those that ask for least."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from service.checking.arithmetic import found_by_surprise, reckon, span_between
from service.checking.arithmetic.doubts import left_out, same_people
from service.checking.arithmetic.terms import terms_like
from service.checking.claims import Claim, plain_unit
from service.checking.counted import days_between, first_months, listed, weekdays, years_between
from service.checking.cues import DONE
from service.checking.derivation import Derivation
from service.checking.derive import derive
from service.checking.desk import Candidate, Desk, Judgement
from service.checking.earlier import (
    earlier_value,
    grown_by_new,
    later_value,
    rest_of_whole,
    share_of_named,
    whole_of_share,
)
from service.checking.listing import counted_in_list
from service.checking.phrases import lead_of, stretch_before, way_of, words_in
from service.checking.scores import scored
from service.checking.values import stated
from service.domain.finding import Verdict
from service.domain.quantity import Kind, decimal_text
from service.language.patterns import deferred

# Bits of evidence for a derivation. Of the figures that labelled derivations state, 67 in 100 have 2 bits or more, of
# other figures of their length put in their place 1 in 100; 90 and 10 lie above the lower bound.
_SURE, _UNSURE = 2.0, -3.0
_TOLD_OTHERWISE = 4.0  # bits


def retells(draft: Claim, bad: Candidate) -> bool:
    """True where the draft says what one note says, word by word, with another figure: no sum can be meant."""
    tie = bad.bond
    if draft.total and not bad.note.total:
        return False
    both = draft.scope == bad.note.scope == "累计" and plain_unit(draft.mention.unit) == plain_unit(
        bad.note.mention.unit
    )
    if both and tie.thing >= _SAME_THING and not tie.conflict:
        return True
    told = len(draft.own & bad.note.own) / max(1, len(draft.own))
    return tie.thing >= 0.8 and tie.about >= 0.6 and told >= 0.7 and not tie.conflict


def labelled(draft: Claim, bad: Candidate) -> bool:
    """True where all that the draft says right before its figure stands right before the note's: 流通环节8批次.

    Pure.
    """
    label, unit = words_in(stretch_before(draft)), plain_unit(draft.mention.unit)
    if len(label) < _LABEL or draft.change or draft.rate or draft.total or bad.bond.conflict:
        return False
    if unit != plain_unit(bad.note.mention.unit) or _ASKS_FOR_SUMS.search(lead_of(draft)):
        return False
    return label <= words_in(stretch_before(bad.note))


_LABEL = 3  # pairs of characters


def hedged_wrong(draft: Claim, bad: Candidate) -> bool:
    """True for 120余人 of the 118人 that the note gives of the same thing: nothing need be reckoned. Pure."""
    return bad.verdict is Verdict.APPROX_WRONG_SIDE and bad.bond.thing >= _SAME_THING and not draft.total


def slipped(draft: Claim, bad: Candidate) -> bool:
    """True for 13倍 of the 1.3倍 that the note gives of the same thing: the point has moved. Pure."""
    ours, theirs = stated(draft.mention), stated(bad.note.mention)
    if not ours or not theirs or ours == theirs or bad.bond.thing < _SAME_THING or bad.bond.conflict or draft.total:
        return False
    by = ours / theirs if ours > theirs else theirs / ours
    digits = (decimal_text(ours) or "").replace(".", "").strip("0")
    return by in _PLACES and len(digits) > 1 and plain_unit(draft.mention.unit) == plain_unit(bad.note.mention.unit)


_PLACES = frozenset(Decimal(10) ** size for size in range(1, 5))


_SAME_THING = 0.6
_TWO = 2
_ASKS_FOR_SUMS = deferred(
    r"(?:超(?:出|过)?[^，。；\d]{0,4}(?:计划|目标|任务)(?:数|量)?|比[^，。；]{1,20}[多少高低增减早晚大小快慢]\S{0,2}|相差|还[有剩需差]|尚[有余需]|仍有|剩余?|其余|另有|合计|总计|总[数量](?:将)?(?:达到?|为)?|一共|(?<!公)共(?:计|(?![建享治同青产])[\u4e00-\u9fff]{0,2})|平均|均为?|中)[约近]?$"
)


def meant_by_words(draft: Claim, best: Candidate, desk: Desk) -> Derivation | None:
    """What the notes make where the draft's words ask for a sum or difference, though its value also stands alone."""
    notes = desk.near(draft)
    told = scored(draft, notes) or (_told_by_words(draft, notes) if best.bond.thing < 0.45 else None)
    if told is None and _ASKS_FOR_SUMS.search(lead_of(draft)):
        return reckon(draft, notes, desk.notes.text)
    if told is None and best.verdict is Verdict.ROUNDED:  # 约2400例 fits a figure of last month by chance
        return reckon(draft, notes, desk.notes.text, told_otherwise=True)
    return told


def _told_by_words(draft: Claim, notes: Sequence[Claim]) -> Derivation | None:
    return (
        earlier_value(draft, notes)
        or grown_by_new(draft, notes)
        or later_value(draft, notes)
        or share_of_named(draft, notes)
        or rest_of_whole(draft, notes)
        or whole_of_share(draft, notes)
    )


def from_notes(draft: Claim, desk: Desk, told_otherwise: bool) -> Derivation | None:
    """The simplest way in which the notes make the draft's value, or None.

    `told_otherwise`: one note gives the very thing with another figure, so no sum is tried.
    """
    notes = desk.near(draft)
    found = (
        scored(draft, notes)
        or derive(draft, notes)
        or _told_by_words(draft, notes)
        or days_between(draft, notes, desk.period)
        or years_between(draft, notes)
        or weekdays(draft, notes, desk.period)
        or first_months(draft, notes, desk.period)
        or listed(draft, desk.notes.text)
        or counted_in_list(draft, desk.notes.text)
    )
    found = found or _reckoned(draft, notes, desk, told_otherwise) or span_between(draft, notes)
    if found is not None and _of_another_whole(draft, found, notes):
        return None
    if found is not None and " + " in found.formula and " − " not in found.formula and not found.doubt:
        doubt = left_out(draft, found.operands, notes) or same_people(draft, found.operands, desk.notes.text)
        return replace(found, doubt=doubt)
    return found


_SHARE_OF = deferred(r"占[全总]?([^，。；\d]{2,10}?)的?\s?$")


def _of_another_whole(draft: Claim, found: Derivation, notes: Sequence[Claim]) -> bool:
    """True where a share is reckoned of one whole and the draft names another that the notes give beside it:
    占发放问卷的96.1% of 发放500份，收回486份，满意467份."""
    named = _SHARE_OF.search(lead_of(draft))
    if named is None or " ÷ " not in found.formula or len(found.operands) != _TWO:
        return False
    whole = max(found.operands, key=lambda one: stated(one.mention) or Decimal(0))
    ours = _letters(named[1], whole)
    return any(
        _letters(named[1], one) > ours
        for one in notes
        if one.line == whole.line
        and one.mention.start != whole.mention.start
        and plain_unit(one.mention.unit) == plain_unit(whole.mention.unit)
        and (stated(one.mention) or Decimal(0)) > (stated(found.operands[0].mention) or Decimal(0))
    )


def _letters(named: str, note: Claim) -> int:
    return len(set(named) & set(lead_of(note)))


def _reckoned(draft: Claim, notes: Sequence[Claim], desk: Desk, told_otherwise: bool) -> Derivation | None:
    """What the words allow to be reckoned; a sum only where it tells more than that some figures add up to anything."""
    found = reckon(draft, notes, desk.notes.text, told_otherwise)
    if found is None or " + " not in found.formula or "÷" in found.formula:
        return found
    weighed = found_by_surprise(draft, notes)
    return found if weighed is not None and weighed.evidence >= _SUM_TELLS else None


_SUM_TELLS = 1.0  # bits


def by_surprise(draft: Claim, desk: Desk, told_otherwise: bool) -> tuple[Derivation | None, Derivation | None]:
    """What the notes make of a figure by whatever way: too exact to be an accident, and perhaps an accident; each None
    where it is not so. `told_otherwise` asks for more, for one note gives the very thing with another figure. Pure."""
    found = found_by_surprise(draft, desk.near(draft))
    if found is None:
        return None, None
    more = _TOLD_OTHERWISE if told_otherwise else 0.0
    if found.evidence >= _SURE + more:
        return found.derivation, None
    unsure = found.evidence >= _UNSURE + more
    return None, replace(found.derivation, doubt="别的算法也可能碰巧得到这个数") if unsure else None


# 共, 平均 and 比…增加 say that a figure was reckoned; 满意率98% says nothing of the kind.
_COMPARED = deferred(r"[比较](?:去年|上年|前年|上月|上季度|上届|往年|同期|原来|之前|此前|上周|计划|目标)")


def may_be_reckoned(draft: Claim, desk: Desk) -> bool:
    """True where a draft's words say that its figure was reckoned, and the notes hold figures that it may be made of,
    though none of the ways tried makes it. Pure."""
    asked = draft.total or bool(draft.rate) or (draft.change and bool(_COMPARED.search(draft.clause_text)))
    if not asked or draft.mention.kind is Kind.PERCENT:
        return False
    tied = [one.claim for one in terms_like(draft, desk.near(draft)) if one.tie > 0]
    rated = bool(draft.rate) and any(one.rate for one in tied)  # 平均等候18分钟 of the notes is no term of it
    return len(tied) >= _FEWEST_TERMS and not rated


_FEWEST_TERMS = 2


def turned(draft: Claim, derived: Derivation) -> bool:
    """True where a draft tells a fall and the two figures it rests on, of which the notes or the draft say which came
    first, rose; or the other way. Pure."""
    way = way_of(draft)
    if not way or len(derived.operands) != _TWO or " − " not in derived.formula or "÷" in derived.formula:
        return False
    one, other = derived.operands
    first = _first_of(draft, one, other)
    values = stated(one.mention), stated(other.mention)
    if first is None or values[0] is None or values[1] is None or values[0] == values[1]:
        return False
    before, now = (values[0], values[1]) if first is one else (values[1], values[0])
    return (now < before) is (way == "up")


def _first_of(draft: Claim, one: Claim, other: Claim) -> Claim | None:
    """The earlier of two figures, as far as the notes tell: last year's, or that of an earlier month or year."""
    if bool(one.before) != bool(other.before):
        return one if one.before else other
    named = [_of_the_time_compared(draft, operand) for operand in (one, other)]
    if named[0] != named[1]:
        return one if named[0] else other
    days = one.day, other.day
    if days[0] is None or days[1] is None or days[0].when is None or days[1].when is None:
        return None
    lows = days[0].when.lo, days[1].when.lo
    if len(lows[0]) != len(lows[1]) or lows[0] == lows[1] or "Q" in lows[0] + lows[1]:
        return None
    return one if lows[0] < lows[1] else other


def _of_the_time_compared(draft: Claim, note: Claim) -> bool:
    """True where the draft compares with the time that the note's figure is of: 较一季度增加6户."""
    return note.day is not None and any(sign + note.day.text in draft.clause_text for sign in "比较")


def derived_judgement(draft: Claim, derived: Derivation) -> Judgement:
    """The judgement of a number that the notes make: derived, in doubt, or the wrong way round. Pure."""
    if derived.doubt == "WRONG_WAY":
        return Judgement(Verdict.CONTRADICTED, derived.operands[0], reason="增减方向与笔记相反", derivation=derived)
    planned = next((one for one in derived.operands if one.plan), None)
    if planned is not None and not draft.plan and DONE.search(draft.clause_text + draft.action) and not draft.change:
        return Judgement(Verdict.PLAN_AS_DONE, planned, derivation=derived)
    if turned(draft, derived):
        return Judgement(Verdict.CONTRADICTED, derived.operands[0], reason="增减方向与笔记相反", derivation=derived)
    if derived.doubt:
        return Judgement(Verdict.DERIVED_UNSAFE, derived.operands[0], reason=derived.doubt, derivation=derived)
    return Judgement(Verdict.DERIVED, derived.operands[0], derivation=derived)
