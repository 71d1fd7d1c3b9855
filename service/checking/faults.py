"""Which fault a number has that no note supports: another unit, a slip of scale, wrong sums, a zero from silence."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from service.checking.binding import bond
from service.checking.claims import Claim, plain_unit
from service.checking.derivation import Derivation
from service.checking.derive import percent_places, rounded_percent, share_pairs, sum_groups
from service.checking.desk import Candidate, Desk, Judgement
from service.checking.likeness import alike, shared
from service.checking.phrases import an_article
from service.checking.values import Family, family, scale_slip, stated
from service.domain.finding import Verdict
from service.domain.quantity import Kind, decimal_text
from service.language.patterns import deferred

_CASES = frozenset(("起", "件", "例", "次", "宗", "个"))


def unsupported(draft: Claim, bad: Candidate | None, desk: Desk) -> Judgement:
    """The judgement where no note gives the value: which fault it is, as near as the notes can tell. Pure."""
    swapped = _swapped_value(draft, bad, desk)
    if swapped is not None:
        return swapped
    slip = _unit_fault(draft, desk)
    if slip is not None:
        return slip
    wrong = _wrong_arithmetic(draft, bad, desk)
    if wrong is not None:
        return wrong
    if bad is not None and (
        bad.bond.thing >= desk.settings.thing_alike
        or (bad.bond.thing >= 0.45 and bad.bond.about >= 0.3)
        or bad.bond.about >= 0.6
        or _only_one(draft, bad.note, desk)
    ):
        label = draft.mention.kind is Kind.ORDINAL
        verdict = Verdict.NAME_NUMBER_ALTERED if label else bad.verdict
        # 每周五 cannot stand in the place of 8次, though it shows that 8次 is wrong.
        mend = None if bad.bond.rate or bad.note.mention.when is not None else bad.note.mention.text.strip()
        return Judgement(verdict, bad.note, mend=mend)
    return Judgement(Verdict.NO_SOURCE)


def _only_one(draft: Claim, note: Claim, desk: Desk) -> bool:
    """True where the notes count this unit once, and neither side names a thing that sets the two apart.

    来了35人 and 53人参加 share no word, yet no other head count stands in the notes.
    """
    unit = plain_unit(draft.mention.unit)
    if not unit or (draft.noun and note.noun and alike(draft.noun, note.noun) < 0.45):
        return False
    same = [
        one
        for one in desk.near(draft)
        if one.mention.unit
        and family(draft.mention, one.mention) is Family.SAME
        and one.mention.kind is note.mention.kind
    ]
    return len(same) == 1 and bond(draft, note, desk.aside).conflict is False


def _swapped_value(draft: Claim, bad: Candidate | None, desk: Desk) -> Judgement | None:
    """海报20张 where the notes say 海报120张 and 横幅20条: the figure belongs to the other thing."""
    value = stated(draft.mention)
    if bad is None or value is None or bad.bond.thing < 0.8 or draft.mention.approx is not None:
        return None
    for note in desk.near(draft):
        other_thing = note.noun and alike(draft.noun, note.noun) < desk.settings.thing_alike
        if (
            other_thing
            and note is not bad.note
            and stated(note.mention) == value
            and abs(note.line - bad.note.line) <= 1
        ):
            return Judgement(Verdict.ENTITY_SWAP, note, bad.note, mend=bad.note.mention.text.strip())
    return None


def _unit_fault(draft: Claim, desk: Desk) -> Judgement | None:
    """The same number with another unit or magnitude, of a note that is bound to the draft's thing; None if none."""
    best: tuple[float, Claim, Verdict] | None = None
    for note in desk.near(draft):
        verdict = _unit_verdict(draft, note)
        if verdict is None:
            continue
        tie = bond(draft, note, desk.aside)
        bound = tie.thing >= desk.settings.thing_alike or tie.about >= 0.4
        if bound and (best is None or tie.score > best[0]):
            best = tie.score, note, verdict
    if best is None:
        return _difference_as_percent(draft, desk)
    return Judgement(best[2], best[1], mend=best[1].mention.text.strip())


def _unit_verdict(draft: Claim, note: Claim) -> Verdict | None:
    kin = family(draft.mention, note.mention)
    if kin is Family.SAME:
        return Verdict.UNIT_SCALE if scale_slip(draft.mention, note.mention) else None
    if kin is Family.OTHER_UNIT:
        value = stated(draft.mention)
        if value is None or value != stated(note.mention) or an_article(note) or an_article(draft):
            return None
        if _said_by_noun(draft, note) or _said_by_noun(note, draft) or _any_counter(draft, note):
            return Verdict.EQUIVALENT
        return Verdict.CONTEXT_UNCLEAR if _paper(draft, note) else Verdict.UNIT_SWAP
    return Verdict.PP_VS_PERCENT if _points_as_percent(draft, note) else None


_YUAN, _VOTES = frozenset(("元", "块")), frozenset(("票", "张"))


def _said_by_noun(one: Claim, other: Claim) -> bool:
    """True where the unit of one is the noun of the other: 3组 and 3个组; and for 3块 of 3元, 219票 of 得票219张."""
    unit = plain_unit(one.mention.unit)
    units = {unit, plain_unit(other.mention.unit)}
    if units == _YUAN or (units == _VOTES and "票" in one.clause_text and "票" in other.clause_text):
        return True
    return (
        bool(unit)
        and plain_unit(other.mention.unit) == "个"
        and (other.noun.startswith(unit) or other.after_text.startswith(unit))
    )


def _any_counter(draft: Claim, note: Claim) -> bool:
    """True where 个 stands for the counter of one noun: 18个家庭 for 18组家庭."""
    units = {plain_unit(draft.mention.unit), plain_unit(note.mention.unit)}
    return "个" in units and not units & {"人次", "户", "%"} and alike(draft.noun, note.noun) >= _ONE_NOUN


_ONE_NOUN = 0.85


# Sheets and copies of paper, in a number that nothing else has: 折页5500张 told as 资料5500份.
_MANY = 100
_OF_PAPER = frozenset(("张", "份", "页"))


def _paper(draft: Claim, note: Claim) -> bool:
    return {plain_unit(draft.mention.unit), plain_unit(note.mention.unit)} <= _OF_PAPER and (
        stated(draft.mention) or 0
    ) >= _MANY


def _points_as_percent(draft: Claim, note: Claim) -> bool:
    kinds = {draft.mention.kind, note.mention.kind}
    a, b = draft.mention.amount, note.mention.amount
    if kinds != {Kind.PERCENT, Kind.POINT} or a is None or b is None or a.lo is None or b.lo is None:
        return False
    percent, point = (a.lo, b.lo) if draft.mention.kind is Kind.PERCENT else (b.lo, a.lo)
    return percent * 100 == point


def _difference_as_percent(draft: Claim, desk: Desk) -> Judgement | None:
    """提高5% where the notes give 90% and 95%: five points, and 5.6 percent."""
    amount = draft.mention.amount
    if draft.mention.kind is not Kind.PERCENT or not draft.change or amount is None:
        return None
    percents = [one for one in desk.near(draft) if one.mention.kind is Kind.PERCENT and one.mention.amount is not None]
    for index, one in enumerate(percents):
        for other in percents[index + 1 :]:
            a, b = one.mention.amount, other.mention.amount
            if a and b and a.lo is not None and b.lo is not None and abs(a.lo - b.lo) == amount.lo:
                points = f"{decimal_text(abs(a.lo - b.lo) * 100)}个百分点"
                return Judgement(Verdict.PP_VS_PERCENT, one, other, mend=points)
    return None


def _wrong_arithmetic(draft: Claim, bad: Candidate | None, desk: Desk) -> Judgement | None:
    """A total or a rate that the notes let one compute, computed wrong."""
    amount = draft.mention.amount
    if amount is None or not amount.exact or amount.lo is None:
        return None
    if draft.mention.kind is Kind.PERCENT and not draft.change:
        for part, whole in share_pairs(draft, desk.near(draft)):
            low, high = part.mention.amount, whole.mention.amount
            one_unit = plain_unit(part.mention.unit) == plain_unit(whole.mention.unit)
            if one_unit and low and high and low.lo is not None and high.lo and low.lo != high.lo:
                denied = _denies(part, draft)
                right = high.lo - low.lo if denied else low.lo
                text = _share_told(right, high.lo, percent_places(draft))
                left = f"（{whole.mention.text} − {part.mention.text}）" if denied else part.mention.text
                formula = f"{left} ÷ {whole.mention.text} = {text}"
                return Judgement(
                    Verdict.DERIVED_WRONG, part, whole, mend=text, derivation=Derivation(formula, (part, whole))
                )
    stated_total = bad is not None and bad.note.total and bad.bond.thing >= desk.settings.thing_alike
    if draft.total and not stated_total:
        for group in sum_groups(draft, desk.near(draft)):
            values = [
                one.mention.amount.lo for one in group if one.mention.amount and one.mention.amount.lo is not None
            ]
            unit = plain_unit(draft.mention.unit)
            counted = plain_unit(group[0].mention.unit) == unit or {plain_unit(group[0].mention.unit), unit} <= _HEADS
            if len(values) == len(group) and _listed(group) and counted:
                total = sum(values[1:], values[0])
                formula = " + ".join(one.mention.text.strip() for one in group) + f" = {decimal_text(total)}{unit}"
                mend = f"{decimal_text(total)}{unit}"
                return Judgement(
                    Verdict.DERIVED_WRONG, group[0], group[-1], mend=mend, derivation=Derivation(formula, tuple(group))
                )
    return None


_HEADS = frozenset(("人", "名", "位"))  # 57个食堂和84个食堂 are no 141名监督员
_NOT = deferred(r"(?:不|未|没有?|无)(?=([\u4e00-\u9fff]{2}))")


def _denies(part: Claim, draft: Claim) -> bool:
    """True where the part is what the draft's rate is not of: 不合格1批 against 合格率."""
    told = [found[1] for found in _NOT.finditer(part.clause_text)]
    return any(one in draft.clause_text for one in told) and not _NOT.search(draft.clause_text)


def _share_told(part: Decimal, whole: Decimal, places: int) -> str:
    """A share with as many places as the draft has, and one more where it would read as none or all."""
    value = rounded_percent(part, whole, places)
    if value in (0, 1) and part not in (0, whole):
        value = rounded_percent(part, whole, max(places, 1))
    return f"{decimal_text(value * 100)}%"


def _listed(group: Sequence[Claim]) -> bool:
    """True where one sentence lists the members side by side as one kind of thing, so that their sum is sure."""
    unit = plain_unit(group[0].mention.unit)
    alike_in_unit = bool(unit) and all(plain_unit(one.mention.unit) == unit for one in group)
    nouns = {one.noun for one in group}
    if any(one.part for one in group):
        return False  # 独得24分，其中扣球19分: a whole and its parts make no sum, and parts only their own whole
    one_place = len({one.sentence_span for one in group}) == 1
    one_thing = len(nouns) == 1 or len({one.clause_span for one in group}) == 1
    return alike_in_unit and one_thing and (one_place or nouns != {""})


def judge_zero(draft: Claim, desk: Desk) -> Judgement:
    """The judgement of 零投诉 or 无一起 where the notes state no such zero. Pure."""
    thing = draft.noun or draft.mention.text.strip("零无未发生0 起例件次")
    for note in desk.near(draft):
        amount = note.mention.amount
        positive = amount is not None and amount.lo is not None and amount.lo > 0
        about = thing and (thing in note.clause_text or alike(thing, note.noun) >= 0.8) and not note.before
        if positive and about and plain_unit(note.mention.unit) in _CASES and not note.plan:
            return Judgement(Verdict.CONTRADICTED, note, mend=note.mention.text.strip())
    return Judgement(Verdict.ZERO_FROM_ABSENCE, reason=thing)


def bound_alike(draft: Claim, other: Claim) -> bool:
    """True where another text gives the same value of the same thing, as a leak would. Pure."""
    if family(draft.mention, other.mention) is not Family.SAME or draft.mention.amount != other.mention.amount:
        return draft.mention.when is not None and draft.mention.when == other.mention.when
    telling = draft.mention.amount is not None and (draft.mention.amount.lo or 0) >= 10
    same_thing = alike(draft.noun, other.noun) >= 0.6 or shared(draft.sentence, other.sentence) >= 0.4
    return same_thing or (telling and alike(draft.action, other.action) >= 0.9)
