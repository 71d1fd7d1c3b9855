"""A rate of the notes given to something else than it is told of there."""

from __future__ import annotations

from collections.abc import Sequence

from service.checking.claim import CALENDAR, CLOCK, Claim
from service.checking.desk import Candidate, Desk
from service.checking.likeness import alike
from service.checking.phrases import lead_of
from service.checking.values import PASSING, stated
from service.domain.finding import Verdict
from service.domain.quantity import Kind
from service.language.patterns import deferred

# A rate is told of something else where its own note covers less than this much of its words, and a figure of another
# thing covers so much more.
_OWN_RATE, _MARGIN_RATE = 0.2, 0.5
_COUNTED = frozenset((Kind.COUNT, Kind.MEASURE, Kind.MONEY))


def rate_of_another(draft: Claim, comparable: Sequence[tuple[Claim, Verdict]], desk: Desk) -> Claim | None:
    """The figure that a draft's rate is told of where the notes tell that rate of something else: 净利润增长8% where
    they give the 8% to 营业收入. None where the words do not tell. Pure.

    `comparable` are the notes of the draft's unit with what their value says of the draft's.
    """
    if draft.mention.approx is not None or draft.mention.kind is not Kind.PERCENT:
        return None
    same = [note for note, verdict in comparable if verdict in PASSING]
    if any(_retold(draft, note) for note in same):
        return None
    own = max(desk.words.coverage(draft, one) for one in same)
    return _other_rate(draft, same, own, desk) if own < _OWN_RATE else None


def _retold(draft: Claim, note: Claim) -> bool:
    """True where the note's item stands in the draft as it is."""
    return draft.item_text.strip("。，；、 ") in note.item_text


def _other_rate(draft: Claim, same: Sequence[Claim], own: float, desk: Desk) -> Claim | None:
    figures = [one for one in desk.near(draft) if one.mention.kind not in CALENDAR | CLOCK]
    hosts = [host for one in same if (host := _host(one, figures)) is not None]
    told = draft.earlier + "，" + draft.clause_text
    if any(one.mention.text.strip() in told or _is_told(one, draft) for one in hosts):
        return None  # 事故89起，下降17%: the figure that the rate is told of stands beside it here too
    others = [
        (desk.words.coverage(draft, one), -one.mention.start, one)
        for one in figures
        if all(one is not note for note in (*same, *hosts)) and one.noun and one.noun in told
    ]
    cover, _, meant = max(others, key=lambda one: one[:2], default=(0.0, 0, None))
    return meant if cover - own >= _MARGIN_RATE else None


def _is_told(host: Claim, draft: Claim) -> bool:
    """True where a figure of the draft's line stands for the host's, rounded or not: 4.2万余人次 for 42360人次."""
    value = stated(host.mention)
    return value is not None and any(
        (one.lo is None or one.lo <= value) and (one.hi is None or value <= one.hi) for one in draft.others
    )


def _host(rate: Claim, figures: Sequence[Claim]) -> Claim | None:
    """The figure of a rate's sentence that the rate is told of: the last quantity before it."""
    before = [
        one
        for one in figures
        if one.sentence_span == rate.sentence_span
        and one.mention.start < rate.mention.start
        and one.mention.kind in _COUNTED
    ]
    return next((one for one in before if one.mention.amount == rate.of), before[-1] if before else None)


_NAMED = deferred(r"([\u4e00-\u9fff]{2})率[^，。；\d]{0,5}$")


def another_rate(draft: Claim, one: Candidate) -> bool:
    """True where a rounded rate bears one name in the draft and another in the note: 入户率超八成, 准确率83.5%.

    Pure.
    """
    if one.verdict is not Verdict.ROUNDED or draft.mention.kind not in (Kind.PERCENT, Kind.RATIO):
        return False
    ours, theirs = _NAMED.search(lead_of(draft)), _NAMED.search(lead_of(one.note))
    return ours is not None and theirs is not None and alike(ours[1], theirs[1]) < _NEAR_NAME


_NEAR_NAME = 0.5
