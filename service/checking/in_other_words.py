"""Figures that a draft tells in another form than the notes: 至少上门1次 for 上门至少1次, 评选100名 for 前100名."""

from __future__ import annotations

from service.checking.claim import Claim, plain_unit
from service.checking.phrases import lead_of, words_in
from service.checking.values import stated
from service.domain.finding import Verdict
from service.domain.period import Period
from service.domain.quantity import Approx, Kind
from service.language.patterns import deferred

_HEDGES = {
    Approx.OVER: deferred(r"(?:至少|不少于|不低于|最少|起码)[^，。；]{1,8}$"),
    Approx.NEAR: deferred(r"(?:不超过|至多|最多)[^，。；]{1,8}$"),
}
_EVERY = deferred(r"每个?(?P<time>天|日|周|星期|月|季度?|半年|学期|年)")
_TIMES = frozenset(("次", "期", "场", "遍"))
_HEADS = frozenset(("名", "位", "人", "个", "家", "户", "支", "篇", "件", "幅"))


def hedged_apart(draft: Claim, note: Claim, verdict: Verdict) -> Verdict:
    """The verdict of two values, where the draft puts the note's hedge before its verb: 至少上门服务1次. Pure."""
    if verdict is not Verdict.QUALIFIER_DROPPED or draft.mention.approx is not None or note.mention.approx is None:
        return verdict
    hedge = _HEDGES.get(note.mention.approx)
    same = stated(draft.mention) == stated(note.mention)
    return Verdict.EQUIVALENT if same and hedge is not None and hedge.search(lead_of(draft)) else verdict


def once_each(draft: Claim, notes: str) -> bool:
    """True for 每季度通报一次 where the notes say 每季度通报: to do a thing each time is to do it once. Pure."""
    amount = draft.mention.amount
    if amount is None or not amount.exact or amount.lo != 1 or plain_unit(draft.mention.unit) not in _TIMES:
        return False
    ours = _EVERY.search(draft.clause_text)
    if ours is None:
        return False
    told = words_in(_EVERY.sub(" ", draft.clause_text))
    return any(
        found["time"][:1] == ours["time"][:1] and told & words_in(notes[found.end() : found.end() + _AFTER])
        for found in _EVERY.finditer(notes)
    )


def years_told(draft: Claim, notes: str, period: Period | None) -> bool:
    """True for 两年累计 of notes that tell last year's figures and this year's, and for 三个季度 of as long a period.

    Pure.
    """
    amount, unit = draft.mention.amount, plain_unit(draft.mention.unit)
    if draft.mention.kind is not Kind.DURATION or amount is None or not amount.exact or amount.lo is None:
        return False
    around = lead_of(draft)[-_AROUND:] + draft.clause_text[len(lead_of(draft)) :][:_AFTER]
    if not 1 < amount.lo <= _MOST_YEARS or not _ALL_OF_THEM.search(around):
        return False
    if "季度" in unit:
        return period is not None and (period.end.month - period.start.month + 1) == 3 * amount.lo
    if "年" not in unit or "个月" in unit:
        return False
    years = {int(found[1]) for found in _YEAR.finditer(notes)}
    in_a_row = bool(years) and max(years) - min(years) + 1 == len(years) == amount.lo
    spoken = {word for word in ("前年", "去年", "今年") if word in notes}
    spans = period is not None and period.end.year - period.start.year + 1 == amount.lo
    return spans or in_a_row or len(spoken) == amount.lo


_ALL_OF_THEM = deferred("累计|合计|共|来|间|以来|均")
_YEAR = deferred(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_MOST_YEARS, _AROUND = 5, 8


def months_of_period(draft: Claim, period: Period | None) -> bool:
    """True for 前9个月 of a report whose period ends with September. Pure."""
    amount = draft.mention.amount
    months = draft.before_text.endswith(("前", "头")) and plain_unit(draft.mention.unit) == "个月"
    return months and period is not None and amount is not None and amount.exact and amount.lo == period.end.month


_AFTER = 12  # characters behind 每季度 that say what is done then


def first_of_a_rank(draft: Claim, note: Claim) -> bool:
    """True for 评选先进100名 where the notes say 积分前100名评为先进: as many as stand before the bound. Pure."""
    counts = draft.mention.kind is Kind.COUNT and plain_unit(draft.mention.unit) in _HEADS
    bound = note.mention.kind is Kind.RANK and note.mention.text.strip().startswith("前")
    same = counts and bound and draft.mention.amount == note.mention.amount
    return same and bool(words_in(draft.clause_text) & words_in(note.clause_text))
