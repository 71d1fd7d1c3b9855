"""The judgement of one number of a draft: which note it rests on, and what sets them apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service.checking.binding import Bond, bond, telling_unit, thing_of
from service.checking.claims import CALENDAR, CLOCK, Claim, Reading, plain_unit
from service.checking.dates import judge_date
from service.checking.derive import (
    Derivation,
    derive,
    percent_places,
    rounded_percent,
    share_pairs,
    sum_groups,
)
from service.checking.likeness import alike, shared
from service.checking.settings import CheckSettings
from service.checking.values import PASSING, Family, family, relation, scale_slip, stated
from service.domain.finding import Verdict
from service.domain.period import Period
from service.domain.quantity import Kind, decimal_text


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found of one claim. `note` is the claim it rests on, `rival` the one that fits its words better.

    `reason` finishes the Chinese message; `mend` is the text to put in its place, None where nothing is known.
    """

    verdict: Verdict
    note: Claim | None = None
    rival: Claim | None = None
    reason: str = ""
    mend: str | None = None
    derivation: Derivation | None = None


@dataclass(frozen=True, slots=True)
class _Candidate:
    note: Claim
    bond: Bond
    verdict: Verdict


@dataclass(frozen=True)
class Desk:
    """What a claim is judged against: the notes' claims (deltas split into their ends), the period, what is known.

    `stale` are figures of the notes that the notes correct, each with the one that replaces it; they are in no pool.
    """

    draft: str
    notes: Reading
    pool: tuple[Claim, ...]
    period: Period | None
    aside: frozenset[str]
    settings: CheckSettings
    stale: tuple[tuple[Claim, Claim], ...] = ()


def judge(draft: Claim, desk: Desk) -> Judgement:
    """The judgement of one claim of the draft against the notes alone. Pure."""
    if draft.mention.kind in CALENDAR or draft.mention.kind in CLOCK:
        found = judge_date(draft, desk.draft, desk.notes, desk.pool, desk.period)
        if found.verdict in (Verdict.NO_SOURCE, Verdict.CONTRADICTED) and _signs(draft, desk.draft):
            return Judgement(Verdict.CONTEXT_UNCLEAR, reason="这是落款的成文日期，笔记里没有，请确认")
        mend = (found.better or found.note) if found.verdict in (Verdict.ENTITY_SWAP, Verdict.CONTRADICTED) else None
        return Judgement(
            found.verdict, found.note, found.better, found.reason, mend.mention.text.strip() if mend else None
        )
    if draft.ends:
        return _judge_delta(draft, desk)
    if draft.mention.amount is None:
        return _judge_text(draft, desk)
    return _judge_amount(draft, desk)


def _signs(draft: Claim, text: str) -> bool:
    """True where a date stands alone on one of the last lines: the date of signing, which no note gives."""
    start, end = draft.mention.start, draft.mention.end
    row = text[text.rfind("\n", 0, start) + 1 : start] + text[end : (text + "\n").index("\n", end)]
    return not row.strip(" 　。（）()") and "\n" in text and not text[end:].strip(" 　。）)\n")


def _judge_delta(draft: Claim, desk: Desk) -> Judgement:
    """Both ends of 由44项减少到33项 are judged; the worse one speaks for the whole."""
    ends = [_judge_amount(end, desk) for end in draft.ends]
    order = [one for one in ends if one.verdict.band.value == "block"] or [
        one for one in ends if one.verdict not in PASSING
    ]
    if order:
        return order[0]
    first, last = ends
    whole = next((one for one in desk.notes.claims if one.ends and one.mention.text == draft.mention.text), None)
    return Judgement(Verdict.EXACT if whole else Verdict.EQUIVALENT, whole or first.note, last.note)


def _judge_text(draft: Claim, desk: Desk) -> Judgement:
    same = next((one for one in desk.pool if one.mention.text.strip() == draft.mention.text.strip()), None)
    if same is not None or _verbatim(draft, desk):
        return Judgement(Verdict.EXACT, same)
    return Judgement(Verdict.UNDECIDED, reason="这个写法没有可比较的数值")


def _judge_amount(draft: Claim, desk: Desk) -> Judgement:
    comparable = [
        (note, relation(draft.mention, note.mention))
        for note in desk.pool
        if family(draft.mention, note.mention) is Family.SAME
    ]
    sound = [
        _Candidate(note, bond(draft, note, desk.aside), verdict) for note, verdict in comparable if verdict in PASSING
    ]
    best = max(sound, key=lambda one: (one.bond.score, one.verdict is Verdict.EXACT), default=None)
    if best is not None and _settled(draft, best):
        return Judgement(best.verdict, best.note)
    candidates = sound + _others(draft, comparable, desk)
    if best is not None:
        return _supported(draft, best, candidates, desk)
    outdated = _outdated(draft, desk)
    if outdated is not None:
        return outdated
    if draft.mention.kind is Kind.ZERO:
        return _judge_zero(draft, candidates, desk)
    bad = max(candidates, key=lambda one: one.bond.score, default=None)
    soft = [one for one in candidates if one.verdict in (Verdict.QUALIFIER_DROPPED, Verdict.CONTEXT_UNCLEAR)]
    if soft:
        best = max(soft, key=lambda one: one.bond.score)
        if best is bad or best.bond.thing >= desk.settings.thing_alike:
            conflict = _conflict(draft, best, candidates, desk)
            return conflict or Judgement(best.verdict, best.note, mend=best.note.mention.text.strip())
    if _verbatim(draft, desk):
        return Judgement(Verdict.EXACT)
    derived = derive(draft, desk.pool)
    if derived is not None:
        return _derived(draft, derived)
    return _unsupported(draft, bad, desk)


_SETTLED = 7.0  # points: the same noun (4), verb (1.2) and clause (2); no other note can fit so much better


def _settled(draft: Claim, best: _Candidate) -> bool:
    """True where a note says just what the draft says, so that no rival need be weighed."""
    note, tie = best.note, best.bond
    if tie.score < _SETTLED or tie.thing < 0.9 or tie.conflict or tie.plan or best.verdict is Verdict.ROUNDED:
        return False
    same_place = not draft.subjects or draft.subjects == note.subjects
    same_day = draft.day is None or (note.day is not None and not tie.day)
    lone = not (note.source or note.total or _own_day(note))  # else the notes may give it twice, and differ
    return same_place and same_day and lone and draft.change == note.change


def _verbatim(draft: Claim, desk: Desk) -> bool:
    """True where the notes hold the very words around the number, read as no claim there (得了第一)."""
    start, end = draft.mention.start, draft.mention.end
    own = draft.mention.text.strip()
    before, after = desk.draft[max(0, start - 2) : start], desk.draft[end : end + 2]
    claimed = {one.mention.start for one in desk.pool}
    for found in re.finditer(re.escape(own), desk.notes.text):
        text, at, stop = desk.notes.text, found.start(), found.end()
        if at in claimed or text[at - 1 : at].isdigit() or text[stop : stop + 1].isdigit():
            continue
        beside = (len(before) == 2 and text[max(0, at - 2) : at] == before) or text[stop : stop + 2] == after != ""
        if beside or (not draft.mention.unit and len(own) >= 4):
            return True
    return False


def _outdated(draft: Claim, desk: Desk) -> Judgement | None:
    """The judgement where the draft took a figure that the notes themselves correct, or None."""
    for wrong, right in desk.stale:
        if family(draft.mention, wrong.mention) is not Family.SAME or bond(draft, wrong, desk.aside).thing < 0.45:
            continue
        if relation(draft.mention, wrong.mention) in PASSING:
            reason = f"笔记第{right.line}行已更正为“{right.mention.text.strip()}”。"
            return Judgement(Verdict.CONTRADICTED, wrong, right, reason, right.mention.text.strip())
    return None


def _others(draft: Claim, comparable: Sequence[tuple[Claim, Verdict]], desk: Desk) -> list[_Candidate]:
    """The notes of another value that may yet be the draft's thing.

    Binding is dear; a note of another value and another thing can neither support the draft nor rival a support.
    """
    return [
        _Candidate(note, bond(draft, note, desk.aside), verdict)
        for note, verdict in comparable
        if verdict not in PASSING and (thing_of(draft, note) >= 0.45 or shared(draft.own, note.own) > 0)
    ]


def _supported(draft: Claim, best: _Candidate, candidates: Sequence[_Candidate], desk: Desk) -> Judgement:
    """The judgement where the value stands in the notes: passed, unless it belongs to something else there."""
    rivals = [
        one
        for one in candidates
        if one.verdict not in PASSING
        and one.bond.thing >= desk.settings.thing_alike
        and one.verdict is not best.verdict
        and not (draft.total and one.note.part and not draft.part)
        and (best.bond.conflict or not one.bond.conflict)
    ]
    rival = max(rivals, key=lambda one: one.bond.score, default=None)
    margin = desk.settings.swap_margin
    if rival is not None and rival.bond.thing >= 0.9 and best.bond.thing <= 0.7:
        margin *= 0.6  # the other note counts this very thing, this one only something like it
    if not draft.noun:
        margin *= 2  # 约18起 alone names nothing, so little can fit it better
    if rival is not None and rival.bond.score >= best.bond.score + margin:
        if (
            best.verdict is Verdict.ROUNDED
        ):  # a hedged number covers many others by chance; the fault is against its own note
            return Judgement(rival.verdict, rival.note, mend=rival.note.mention.text.strip())
        return Judgement(_swap_kind(best), best.note, rival.note, mend=rival.note.mention.text.strip())
    conflict = _conflict(draft, best, candidates, desk)
    if conflict is not None:
        return conflict
    clash = _notes_conflict(draft, best, candidates)
    if clash is not None:
        return Judgement(Verdict.NOTES_CONFLICT, best.note, clash)
    if _hangs_loose(draft, best, desk):
        return Judgement(
            Verdict.CONTEXT_UNCLEAR, best.note, reason=f"笔记里的{best.note.mention.text.strip()}说的可能是别的事"
        )
    return Judgement(best.verdict, best.note)


def _swap_kind(best: _Candidate) -> Verdict:
    if best.bond.rate and not best.bond.subject:
        return Verdict.RATE_VS_TOTAL
    if (best.bond.frame or best.bond.day or best.bond.scope) and best.bond.thing >= 0.6:
        return Verdict.PERIOD_SWAP
    return Verdict.ENTITY_SWAP


def _conflict(draft: Claim, best: _Candidate, candidates: Sequence[_Candidate], desk: Desk) -> Judgement | None:
    """What sets the best note apart from the draft although the value is right, or None."""
    note, tie = best.note, best.bond
    # Another note with the same value may be free of what this one has against it.
    free = [one for one in candidates if one.verdict in PASSING and not one.bond.conflict and one.bond.thing >= 0.45]
    if free and (tie.conflict or _is_difference(note)) and any(not _is_difference(one.note) for one in free):
        return None
    other = next(
        (one.note for one in sorted(candidates, key=lambda one: -one.bond.score) if one.verdict not in PASSING), None
    )
    mend = other.mention.text.strip() if other is not None and not tie.plan else None
    if tie.plan and not (free and any(not one.bond.plan for one in free)):
        return Judgement(Verdict.PLAN_AS_DONE, note)
    if tie.frame:
        return Judgement(Verdict.PERIOD_SWAP, note, other, tie.frame, mend)
    if tie.scope:
        return Judgement(Verdict.PERIOD_SWAP, note, other, tie.scope, mend)
    if tie.rate:
        return Judgement(Verdict.RATE_VS_TOTAL, note, reason=note.rate or draft.rate)
    if tie.side:
        return Judgement(Verdict.ENTITY_SWAP, note, other, tie.side, mend)
    if _is_difference(note) and not draft.change and not draft.ends:
        return Judgement(Verdict.CONTRADICTED, note, reason="笔记里这是增减的数，不是总数。")
    if tie.subject and any(one in desk.notes.text for one in draft.subjects):
        return Judgement(Verdict.ENTITY_SWAP, note, other, tie.subject, mend)
    same_line = note.day is not None and desk.notes.text.count("\n", note.day.start, note.mention.start) == 0
    if tie.day and same_line and draft.day is not None and _day_in_notes(draft, desk):
        return Judgement(Verdict.PERIOD_SWAP, note, other, tie.day, mend)
    return None


_DIFFERENCE = re.compile(r"减少|下降|降低|同比|环比|比去年|较去年|比上年|较上年|多出|少了|净增|缩短")


def _is_difference(note: Claim) -> bool:
    """True where the note's number is a change. 增加停车位100个 is none: what was added stands there."""
    lead = note.clause_text[: max(0, note.mention.start - note.clause_span[0])]
    return note.change and not note.before and bool(_DIFFERENCE.search(lead)) and not re.search(r"[到至为]\s?$", lead)


def _day_in_notes(draft: Claim, desk: Desk) -> bool:
    day = draft.day
    return day is not None and any(
        one.mention.when is not None and day.when is not None and one.mention.when.lo[-5:] == day.when.lo[-5:]
        for one in desk.pool
        if one.mention.kind in CALENDAR
    )


def _notes_conflict(draft: Claim, best: _Candidate, candidates: Sequence[_Candidate]) -> Claim | None:
    """A note that gives the same thing another value with nothing to tell the two apart, or None."""
    for one in candidates:
        note = one.note
        if one.verdict in PASSING or one.verdict is Verdict.QUALIFIER_DROPPED or note is best.note:
            continue
        if note.plan != best.note.plan or bool(note.before) != bool(best.note.before) or note.part != best.note.part:
            continue
        nouns = alike(note.noun, best.note.noun) >= 0.9 or (not note.noun and not best.note.noun)
        sources = bool(note.source) and bool(best.note.source) and note.source != best.note.source and nouns
        totals = note.total and best.note.total and nouns and bool(note.noun) and note.scope == best.note.scope
        totals = totals and note.line != best.note.line and note.mention.kind is not Kind.PERCENT
        twins = nouns and bool(note.noun) and note.clause == best.note.clause and note.subjects == best.note.subjects
        same_day = _own_day(note) is not None and _own_day(note) == _own_day(best.note) and note.line != best.note.line
        if (sources or totals or (twins and same_day)) and not bond(best.note, note).conflict:
            return note
    return None


def _own_day(note: Claim) -> tuple[str, str] | None:
    """The day a claim's own sentence gives it, not one that an earlier line lends it."""
    day = note.day
    if day is None or day.when is None or not note.sentence_span[0] <= day.start < note.sentence_span[1]:
        return None
    return day.when.lo, day.when.hi


def _hangs_loose(draft: Claim, best: _Candidate, desk: Desk) -> bool:
    """True where nothing but the value and the unit ties the draft's number to the note."""
    note = best.note
    if telling_unit(draft, note):
        return False
    if draft.noun and note.noun and not _known_in(draft.noun, desk.notes.text):
        # 设置鸟窝14个 beside a note on 设置岗位14个: the notes never speak of the thing that the draft counts.
        return alike(draft.noun, note.noun) < 0.5 and best.bond.about < 0.4
    return (
        best.bond.thing < 0.45
        and best.bond.about < 0.2
        and alike(draft.action, note.action) < 0.7
        and not (draft.noun and draft.noun[-2:] in note.clause_text)
    )


def _known_in(noun: str, notes: str) -> bool:
    return any(noun[at : at + 2] in notes for at in range(max(1, len(noun) - 1)))


_CASES = frozenset(("起", "件", "例", "次", "宗", "个"))


def _judge_zero(draft: Claim, candidates: Sequence[_Candidate], desk: Desk) -> Judgement:
    thing = draft.noun or draft.mention.text.strip("零无未发生0 起例件次")
    for note in desk.pool:
        amount = note.mention.amount
        positive = amount is not None and amount.lo is not None and amount.lo > 0
        about = thing and (thing in note.clause_text or alike(thing, note.noun) >= 0.8) and not note.before
        if positive and about and plain_unit(note.mention.unit) in _CASES and not note.plan:
            return Judgement(Verdict.CONTRADICTED, note, mend=note.mention.text.strip())
    return Judgement(Verdict.ZERO_FROM_ABSENCE, reason=thing)


def _derived(draft: Claim, derived: Derivation) -> Judgement:
    if derived.doubt == "WRONG_WAY":
        return Judgement(Verdict.CONTRADICTED, derived.operands[0], reason="增减方向与笔记相反", derivation=derived)
    if derived.doubt:
        return Judgement(Verdict.DERIVED_UNSAFE, derived.operands[0], reason=derived.doubt, derivation=derived)
    return Judgement(Verdict.DERIVED, derived.operands[0], derivation=derived)


def _unsupported(draft: Claim, bad: _Candidate | None, desk: Desk) -> Judgement:
    """The judgement where no note gives the value: which fault it is, as near as the notes can tell."""
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
    ):
        label = draft.mention.kind is Kind.ORDINAL
        verdict = Verdict.NAME_NUMBER_ALTERED if label else bad.verdict
        return Judgement(verdict, bad.note, mend=bad.note.mention.text.strip())
    return Judgement(Verdict.NO_SOURCE)


def _swapped_value(draft: Claim, bad: _Candidate | None, desk: Desk) -> Judgement | None:
    """海报20张 where the notes say 海报120张 and 横幅20条: the figure belongs to the other thing."""
    value = stated(draft.mention)
    if bad is None or value is None or bad.bond.thing < 0.8 or draft.mention.approx is not None:
        return None
    for note in desk.pool:
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
    for note in desk.pool:
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
        return Verdict.UNIT_SWAP if value is not None and value == stated(note.mention) else None
    return Verdict.PP_VS_PERCENT if _points_as_percent(draft, note) else None


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
    percents = [one for one in desk.pool if one.mention.kind is Kind.PERCENT and one.mention.amount is not None]
    for index, one in enumerate(percents):
        for other in percents[index + 1 :]:
            a, b = one.mention.amount, other.mention.amount
            if a and b and a.lo is not None and b.lo is not None and abs(a.lo - b.lo) == amount.lo:
                points = f"{decimal_text(abs(a.lo - b.lo) * 100)}个百分点"
                return Judgement(Verdict.PP_VS_PERCENT, one, other, mend=points)
    return None


def _wrong_arithmetic(draft: Claim, bad: _Candidate | None, desk: Desk) -> Judgement | None:
    """A total or a rate that the notes let one compute, computed wrong."""
    amount = draft.mention.amount
    if amount is None or not amount.exact or amount.lo is None:
        return None
    if draft.mention.kind is Kind.PERCENT and not draft.change:
        for part, whole in share_pairs(draft, desk.pool):
            low, high = part.mention.amount, whole.mention.amount
            if low and high and low.lo is not None and high.lo and low.lo != high.lo:
                right = rounded_percent(low.lo, high.lo, percent_places(draft))
                text = f"{decimal_text(right * 100)}%"
                formula = f"{part.mention.text} ÷ {whole.mention.text} = {text}"
                return Judgement(
                    Verdict.DERIVED_WRONG, part, whole, mend=text, derivation=Derivation(formula, (part, whole))
                )
    stated_total = bad is not None and bad.note.total and bad.bond.thing >= desk.settings.thing_alike
    if draft.total and not stated_total:
        for group in sum_groups(draft, desk.pool):
            values = [
                one.mention.amount.lo for one in group if one.mention.amount and one.mention.amount.lo is not None
            ]
            unit = plain_unit(draft.mention.unit)
            if len(values) == len(group) and all(
                plain_unit(one.mention.unit) == plain_unit(group[0].mention.unit) for one in group
            ):
                total = sum(values[1:], values[0])
                formula = " + ".join(one.mention.text.strip() for one in group) + f" = {decimal_text(total)}{unit}"
                mend = f"{decimal_text(total)}{unit}"
                return Judgement(
                    Verdict.DERIVED_WRONG, group[0], group[-1], mend=mend, derivation=Derivation(formula, tuple(group))
                )
    return None


def bound_alike(draft: Claim, other: Claim) -> bool:
    """True where another text gives the same value of the same thing, as a leak would. Pure."""
    if family(draft.mention, other.mention) is not Family.SAME or draft.mention.amount != other.mention.amount:
        return draft.mention.when is not None and draft.mention.when == other.mention.when
    telling = draft.mention.amount is not None and (draft.mention.amount.lo or 0) >= 10
    same_thing = alike(draft.noun, other.noun) >= 0.6 or shared(draft.sentence, other.sentence) >= 0.4
    return same_thing or (telling and alike(draft.action, other.action) >= 0.9)
