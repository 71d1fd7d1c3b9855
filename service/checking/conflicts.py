"""What sets the note that gives a draft's value apart from it: another period, body, rate or way, or a mere plan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from service.checking.beside import done_instead, is_difference
from service.checking.binding import bond
from service.checking.claims import CALENDAR, Claim, plain_unit
from service.checking.denied import denies
from service.checking.derivation import Derivation
from service.checking.desk import Candidate, Desk, Judgement
from service.checking.likeness import alike
from service.checking.loose import telling_value
from service.checking.phrases import lead_of
from service.checking.traits import verbatim
from service.checking.values import PASSING
from service.domain.finding import Verdict
from service.domain.quantity import Approx, Kind, decimal_text
from service.language.patterns import deferred


def conflict_of(draft: Claim, best: Candidate, candidates: Sequence[Candidate], desk: Desk) -> Judgement | None:
    """What sets the best note apart from the draft although the value is right, or None."""
    note, tie = best.note, best.bond
    # Another note with the same value may be free of what this one has against it.
    free = [one for one in candidates if one.verdict in PASSING and not one.bond.conflict and one.bond.thing >= 0.45]
    if free and (tie.conflict or is_difference(note)) and any(not is_difference(one.note) for one in free):
        return None
    other = next(
        (one.note for one in sorted(candidates, key=lambda one: -one.bond.score) if one.verdict not in PASSING), None
    )
    mend = other.mention.text.strip() if other is not None and not tie.plan else None
    not_so = _planned_or_denied(draft, best, free)
    if not_so is not None:
        return not_so
    if tie.frame or tie.scope:
        return _other_period(draft, best, candidates)
    rival = _of_now(draft, best, candidates, desk)
    if rival is not None:
        return Judgement(Verdict.PERIOD_SWAP, note, rival, mend=rival.mention.text.strip())
    otherwise = _done_or_rated(draft, best, candidates)
    if otherwise is not None:
        return otherwise
    if tie.side:
        verdict = Verdict.PERIOD_SWAP if re.search("年|季度|月", tie.side) else Verdict.ENTITY_SWAP
        return Judgement(verdict, note, other, tie.side, mend)
    if _CHANGES.search(lead_of(draft)) and _REACHED.search(lead_of(note)):
        return _end_for_change(draft, note, desk)
    if draft.change and note.before and _CHANGES.search(lead_of(draft)) and not is_difference(note):
        return Judgement(Verdict.CONTRADICTED, note, reason="笔记里这是原来的数，不是增减的数。")
    if is_difference(note) and not draft.change and not draft.ends:
        return Judgement(Verdict.CONTRADICTED, note, reason="笔记里这是增减的数，不是总数。")
    if tie.subject and any(one in desk.notes.text for one in draft.subjects):
        return _other_body(draft, best, candidates, desk)
    same_line = note.day is not None and desk.notes.text.count("\n", note.day.start, note.mention.start) == 0
    dated = tie.day and same_line and draft.day is not None and _day_in_notes(draft, desk)
    if dated and (not verbatim(draft, note) or _on_that_day(draft, candidates)):
        return Judgement(Verdict.PERIOD_SWAP, note, other, tie.day, mend)
    return None


def _planned_or_denied(draft: Claim, best: Candidate, free: Sequence[Candidate]) -> Judgement | None:
    """The judgement where the notes only plan what the draft tells, or one of the two says that it is not so."""
    note = best.note
    estimated = draft.mention.approx is Approx.ABOUT and bool(_ESTIMATE.search(note.clause_text))
    estimated = estimated or bool(_MAY_BE.search(draft.earlier + "，" + draft.clause_text))
    if best.bond.plan and not estimated and not (free and any(not one.bond.plan for one in free)):
        return Judgement(Verdict.PLAN_AS_DONE, note)
    denied = denies(draft, note)
    if denied and all(denies(draft, one.note) for one in free):
        return Judgement(Verdict.CONTRADICTED, note, reason=f"草稿与笔记一个说“{denied}”，一个说没有")
    return None


def _done_or_rated(draft: Claim, best: Candidate, candidates: Sequence[Candidate]) -> Judgement | None:
    """The judgement where the notes say how much of a figure is done, or count it per something; else None."""
    done = None if draft.total else done_instead(draft, best, candidates)
    if done is not None:
        return Judgement(Verdict.ENTITY_SWAP, best.note, done, mend=done.mention.text.strip())
    if best.bond.rate:
        return Judgement(Verdict.RATE_VS_TOTAL, best.note, reason=best.note.rate or draft.rate)
    return None


def _on_that_day(draft: Claim, candidates: Sequence[Candidate]) -> bool:
    """True where another figure of the draft's thing stands in the notes on the draft's own day."""
    return any(
        one.verdict not in PASSING and one.bond.thing >= _ALIKE and _dated_alike(draft, one) for one in candidates
    )


def _dated_alike(draft: Claim, one: Candidate) -> bool:
    return draft.day is not None and one.note.day is not None and not one.bond.day


_RIGHT_BEFORE = 2  # characters: 2022年第11名 dates its own figure, 2022年以来拆除12处 a stretch
_THIS_MONTH = deferred(r"[本当]月|这个月")


def _of_now(draft: Claim, best: Candidate, candidates: Sequence[Candidate], desk: Desk) -> Claim | None:
    """The figure of the draft's own time where the note that gives the value dates it otherwise: 第11名 of
    第5名（2022年第11名）, or July's 76件 told as 本月's in notes on August; None where nothing of the kind is said."""
    note, day = best.note, best.note.day
    if day is None or day.when is None:
        return None
    month = _month_told(draft, desk)
    right_before = day.kind is Kind.YEAR and 0 <= note.mention.start - day.end <= _RIGHT_BEFORE
    if month and own_day(note) is not None and _month(note):
        rivals = [one.note for one in candidates if _alike_of(one, best) and _month(one.note) == month]
        return rivals[0] if rivals and _month(note) != month else None
    years = {one.text for one in (draft.day, *draft.days) if one is not None}
    if not right_before or any(day.text in one or one in day.text for one in years) or _period_is(day.when.lo, desk):
        return None
    undated = [one.note for one in candidates if _alike_of(one, best) and own_day(one.note) is None]
    return next((one for one in undated if one.sentence_span == note.sentence_span), None)


def _alike_of(one: Candidate, best: Candidate) -> bool:
    same = plain_unit(one.note.mention.unit) == plain_unit(best.note.mention.unit)
    return one.verdict not in PASSING and one.bond.thing >= _ALIKE and same


_ALIKE = 0.6


def _period_is(year: str, desk: Desk) -> bool:
    return desk.period is not None and year.startswith(str(desk.period.year))


def _month(note: Claim) -> str:
    found = _MONTH.match(note.day.when.lo) if note.day is not None and note.day.when is not None else None
    return found[1] if found else ""


_MONTH = deferred(r"(?:\d{4}|-)-(\d\d)(?!\d)")


def _month_told(draft: Claim, desk: Desk) -> str:
    """The month that 本月 of a draft means: the last of its period, else the one that the notes' first line names."""
    if draft.scope != "本月":
        return ""
    if desk.period is not None:
        return f"{desk.period.end.month:02d}"
    first = desk.notes.text.find("\n")
    named = next((one for one in desk.notes.mentions if one.when is not None and one.kind in CALENDAR), None)
    found = _MONTH.match(named.when.lo) if named is not None and named.when is not None and named.end <= first else None
    return found[1] if found else ""


_ESTIMATE = deferred("预计|预测|预估|估计")
# What the draft itself tells as still to come: 可省13元, 根据预报降温8℃.
_MAY_BE = deferred("可(?=[达省减增降惠供节])|可能|有望|预[报测警]|或将|最[高低多少]可|将(?=[会达有在])|有意")


def _other_body(draft: Claim, best: Candidate, candidates: Sequence[Candidate], desk: Desk) -> Judgement | None:
    """The judgement where the two are told of two bodies: a swap where the notes give the draft's own body another
    figure of the thing, a doubt where the note names the other body beside its figure, else none."""
    note = best.note
    rivals = [
        one
        for one in candidates
        if one.verdict not in PASSING
        and one.bond.thing >= desk.settings.thing_alike
        and not one.bond.subject
        and plain_unit(one.note.mention.unit) == plain_unit(note.mention.unit)
        and any(ours in theirs or theirs in ours for ours in draft.subjects for theirs in one.note.subjects)
    ]
    rival = max(rivals, key=lambda one: one.bond.score, default=None)
    if rival is not None:
        return Judgement(Verdict.ENTITY_SWAP, note, rival.note, best.bond.subject, rival.note.mention.text.strip())
    beside_it = best.bond.subject in lead_of(note) and not telling_value(draft)
    return Judgement(Verdict.ENTITY_SWAP, note, reason=best.bond.subject) if beside_it else None


def _other_period(draft: Claim, best: Candidate, candidates: Sequence[Candidate]) -> Judgement | None:
    """The judgement where the words set two periods apart: a swap where the notes give the draft's own period another
    figure of the thing, else a doubt where the note itself names its period, else none.

    挽回损失2387万元 of a report on 2023 may be told as 去年挽回2387万元 by whoever writes in 2024.
    """
    note, reason = best.note, best.bond.frame or best.bond.scope
    rivals = [
        one
        for one in candidates
        if one.verdict not in PASSING
        and one.bond.thing >= max(0.6, best.bond.thing - 0.15)
        and not (one.bond.frame or one.bond.scope)
        and plain_unit(one.note.mention.unit) == plain_unit(note.mention.unit)
    ]
    rival = max(rivals, key=lambda one: one.bond.score, default=None)
    if rival is not None:
        return Judgement(Verdict.PERIOD_SWAP, note, rival.note, reason, rival.note.mention.text.strip())
    own = note.before and note.before in lead_of(note) and note.before != "上周"  # the report is of more than a week
    dated = any(one.kind is Kind.YEAR for one in draft.days)  # 2023年挽回2387万元 may tell what the notes call 去年
    if own and not draft.before and not dated and best.bond.thing >= _ALIKE and _LAST_YEAR.match(note.before):
        return Judgement(Verdict.PERIOD_SWAP, note, reason=note.before)
    return Judgement(Verdict.CONTEXT_UNCLEAR, note, reason=f"笔记里这是{note.before}的数") if own else None


_LAST_YEAR = deferred("去年|上年|上一?年度|前年|往年")
_CHANGES = deferred(
    r"(?:增加|增长|减少|降低|下降|上升|提高|提升|降价|涨价|下调|上调|缩短|压缩|扩大|多了|少了|增|减|降)了?(?:约|近)?\s?$"
)
_REACHED = deferred(r"(?:增加?|增长|减少?|上?升|下?降低?|提高|提升|扩大|缩短|压缩|下调|上调)[到至为]\s?$")


def _end_for_change(draft: Claim, note: Claim, desk: Desk) -> Judgement:
    """增加3500个 where the notes write 由1200个增至3500个: the end is given for the change."""
    reason = "笔记里这是变化后的数，不是增减的数。"
    before = next((one for one in desk.pool if one.before == "原来" and one.clause_span == note.clause_span), None)
    ours, theirs = note.mention.amount, before.mention.amount if before is not None else None
    if before is None or ours is None or theirs is None or not ours.exact or not theirs.exact:
        return Judgement(Verdict.CONTRADICTED, note, reason=reason)
    difference = abs((ours.lo or Decimal(0)) - (theirs.lo or Decimal(0)))
    mend = f"{decimal_text(difference)}{plain_unit(note.mention.unit)}"
    formula = f"{note.mention.text.strip()} − {before.mention.text.strip()} = {mend}"
    return Judgement(Verdict.DERIVED_WRONG, note, before, mend=mend, derivation=Derivation(formula, (note, before)))


def _day_in_notes(draft: Claim, desk: Desk) -> bool:
    day = draft.day
    return day is not None and any(
        one.mention.when is not None and day.when is not None and one.mention.when.lo[-5:] == day.when.lo[-5:]
        for one in desk.near(draft)
        if one.mention.kind in CALENDAR
    )


def notes_conflict(draft: Claim, best: Candidate, candidates: Sequence[Candidate]) -> Claim | None:
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
        same_day = own_day(note) is not None and own_day(note) == own_day(best.note) and note.line != best.note.line
        doubted = bool(_UNSURE.search(best.note.clause_text)) and not _UNSURE.search(note.clause_text)
        told_twice = doubted and bond(best.note, note).thing >= 0.7 and one.bond.thing >= 0.7
        if told_twice:
            return note
        if (sources or totals or (twins and same_day)) and not bond(best.note, note).conflict:
            return note
    return None


_UNSURE = deferred(r"好[像象]|似乎|记不清|听说|印象中|不太确定|不确定|估摸|大概是|可能是|应该有")


def own_day(note: Claim) -> tuple[str, str] | None:
    """The day a claim's own sentence gives it, not one that an earlier line lends it."""
    day = note.day
    if day is None or day.when is None or not note.sentence_span[0] <= day.start < note.sentence_span[1]:
        return None
    return day.when.lo, day.when.hi
