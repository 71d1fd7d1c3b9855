"""A figure of the notes given to something else than its own words point to."""

from __future__ import annotations

from collections.abc import Sequence

from service.checking.binding import bond
from service.checking.claim import CALENDAR, CLOCK, Claim, plain_unit
from service.checking.desk import Candidate, Desk
from service.checking.likeness import alike
from service.checking.values import NO_RIVAL, PASSING
from service.domain.finding import Verdict
from service.domain.quantity import Kind
from service.language.numbers import same_counter

# A figure is given to something else where its own note covers less than this much of its words, and another note
# covers so much more. Chosen on the open labelled pairs; how often honest figures fall under it was not counted apart.
_OWN, _MARGIN = 0.4, 0.38
_OWN_RATE, _MARGIN_RATE = 0.2, 0.5
_COUNTED = frozenset((Kind.COUNT, Kind.MEASURE, Kind.MONEY))


def pointed_elsewhere(
    draft: Claim, best: Candidate, comparable: Sequence[tuple[Claim, Verdict]], desk: Desk
) -> Claim | None:
    """The note that a figure's words mean where another of the same sentence gives its value: 培训取证3120人 where the
    notes write 培训3120人，其中取证2496人. None where the words do not tell. Pure.

    `comparable` are the notes of the draft's unit with what their value says of the draft's.
    """
    if draft.mention.approx is not None or draft.total:
        return None
    same = [note for note, verdict in comparable if verdict in PASSING]
    if any(_retold(draft, note) for note in same):
        return None
    own = max(desk.words.coverage(draft, one) for one in same)
    if draft.mention.kind is Kind.PERCENT and own < _OWN_RATE:
        return _other_rate(draft, same, own, desk)
    if draft.mention.kind not in _COUNTED or own >= _OWN:
        return None
    rivals = [
        (cover, -note.mention.start, note)
        for note, verdict in comparable
        if verdict not in NO_RIVAL
        and note.mention.text not in draft.clause_text  # 32部电梯中缺标志的有两部 tells both figures
        and _beside(note, best.note)
        and not _done_alike(draft, best.note, note)
        and (cover := desk.words.coverage(draft, note)) - own >= _MARGIN
        and _free(draft, note, desk)
    ]
    return max(rivals, key=lambda one: one[:2])[2] if rivals else None


def _retold(draft: Claim, note: Claim) -> bool:
    """True where the note's item stands in the draft as it is, or one day sets the figure apart (2021年42万元)."""
    if draft.item_text.strip("。，；、 ") in note.item_text:
        return True
    own = note.day is not None and note.clause_span[0] <= note.day.start < note.clause_span[1]
    return own and draft.day is not None and note.day is not None and draft.day.when == note.day.when


def _done_alike(draft: Claim, note: Claim, rival: Claim) -> bool:
    """True where the draft tells the very thing done that its note tells, and the rival another: 完工, and 改造."""
    return alike(draft.action, note.action) >= 0.9 and alike(draft.action, rival.action) < 0.6


def _free(draft: Claim, note: Claim, desk: Desk) -> bool:
    tie = bond(draft, note, desk.aside)
    return not tie.conflict and not tie.plan


def _beside(a: Claim, b: Claim) -> bool:
    near = a.sentence_span == b.sentence_span or abs(a.line - b.line) == 1
    ours, theirs = plain_unit(a.mention.unit), plain_unit(b.mention.unit)
    # 世界500强 has no unit of its own, and rivals no 1.27亿元.
    return near and bool(ours and theirs) and (ours == theirs or same_counter(ours, theirs))


def _other_rate(draft: Claim, same: Sequence[Claim], own: float, desk: Desk) -> Claim | None:
    """净利润增长8% where the notes tell of 净利润 elsewhere and give the 8% to 营业收入."""
    figures = [one for one in desk.near(draft) if one.mention.kind not in CALENDAR | CLOCK]
    hosts = [host for one in same if (host := _host(one, figures)) is not None]
    told = draft.earlier + "，" + draft.clause_text
    if any(one.mention.text.strip() in told for one in hosts):
        return None  # 事故89起，下降17%: the figure that the rate is told of stands beside it here too
    others = [
        (desk.words.coverage(draft, one), -one.mention.start, one)
        for one in figures
        if all(one is not note for note in (*same, *hosts))
    ]
    cover, _, meant = max(others, key=lambda one: one[:2], default=(0.0, 0, None))
    return meant if cover - own >= _MARGIN_RATE else None


def _host(rate: Claim, figures: Sequence[Claim]) -> Claim | None:
    """The figure of a rate's sentence that the rate is told of: the last quantity before it."""
    before = [
        one
        for one in figures
        if one.sentence_span == rate.sentence_span
        and one.mention.start < rate.mention.start
        and one.mention.kind in _COUNTED
    ]
    return before[-1] if before else None
