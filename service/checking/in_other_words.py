"""Figures that a draft tells in another form than the notes: 至少上门1次 for 上门至少1次, 评选100名 for 前100名."""

from __future__ import annotations

from service.checking.claim import Claim, plain_unit
from service.checking.phrases import lead_of, words_in
from service.checking.values import stated
from service.domain.finding import Verdict
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


_AFTER = 12  # characters behind 每季度 that say what is done then


def first_of_a_rank(draft: Claim, note: Claim) -> bool:
    """True for 评选先进100名 where the notes say 积分前100名评为先进: as many as stand before the bound. Pure."""
    counts = draft.mention.kind is Kind.COUNT and plain_unit(draft.mention.unit) in _HEADS
    bound = note.mention.kind is Kind.RANK and note.mention.text.strip().startswith("前")
    same = counts and bound and draft.mention.amount == note.mention.amount
    return same and bool(words_in(draft.clause_text) & words_in(note.clause_text))
