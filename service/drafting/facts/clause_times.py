"""Whether a clause has happened, and which period it belongs to, beside what stands before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from service.domain.fact import Fact, Frame, Tense
from service.domain.period import Period
from service.domain.quantity import Mention, When
from service.drafting.facts.around import said_on
from service.drafting.facts.clause_read import Carried
from service.drafting.facts.days import outside_of
from service.drafting.facts.kinds import counted, dated, frame_of, tense_of
from service.drafting.facts.lexicon import words

_HAPPENED = re.compile(r"[了过]|已|完成|结束")
# 10月28日前把台账补齐, said on the 12th, is a task; 截至28日前 counts back.
_DUE_BY = re.compile(r"(?:[日号底末初旬]|月份?|周[一二三四五六日天末])(?:之|以)?前")
_HAS_HAPPENED = re.compile(r"[了过]|已|截[至止]")
# What was asked of the unit before the period is what the work of the period answers.
_ASKED_FOR = re.compile(
    r"反馈|通报|督查|督导|交办|下达|印发|转办|暗访|复查|检查组|考评|测评|部署|方案|通知|起|以来|至今|开始"
)


def tense_and_frame(
    period: Period | None, shown: str, mentions: Sequence[Mention], own_day: When | None, carried: Carried
) -> tuple[Tense, Frame]:
    """Whether a statement has happened and which period it is of: by its words, its day, and what stands before it."""
    tense, frame = tense_of(shown), frame_of(shown, mentions, period)
    if tense is Tense.DONE and not words("done").first(shown):
        goes_on = carried.tense is not None and own_day is None
        ahead = goes_on or _lies_ahead(own_day, period, shown)
        tense = Tense.PLANNED if ahead else tense
    if tense is Tense.DONE and _is_due(own_day, said_on(carried.standing), shown):
        tense = Tense.PLANNED
    carries = carried.frame is Frame.BEFORE and bool(counted(mentions))
    if carries and frame is Frame.THIS and not words("this").first(shown) and own_day is None:
        frame = Frame.BEFORE  # 去年同期活动12场，服务1800人次: both are last year's.
    side = outside_of(own_day, period) if frame is Frame.THIS and not words("this").first(shown) else 0
    next_year = carried.standing.ahead and frame is Frame.THIS and tense is not Tense.DONE
    if next_year or (side > 0 and tense is Tense.PLANNED):
        frame = Frame.AFTER
    elif (
        side < 0
        and tense is Tense.DONE
        and not _ASKED_FOR.search(carried.line_words)
        and not _also_now(mentions, period)
    ):
        frame = Frame.BEFORE
    return (Tense.DONE if frame is Frame.BEFORE else tense), frame


def frame_carried(facts: Sequence[Fact]) -> Frame:
    """The frame that the last of `facts` gives to what follows it in its sentence. Last year's figure that is only set
    beside this year's of the same unit gives none: 投诉14件，去年三季度是31件都回复了，办结13件. Pure."""
    last, beside = facts[-1], facts[-2] if len(facts) > 1 else None
    if last.frame is Frame.BEFORE and beside is not None and beside.lines[-1:] == last.lines[-1:]:
        units = {one.unit for one in counted(last.mentions)} & {one.unit for one in counted(beside.mentions)}
        return Frame.THIS if beside.frame is Frame.THIS and units else last.frame
    return last.frame


def _is_due(day: When | None, said: date | None, shown: str) -> bool:
    """True where the statement names a day by which something is to be done that was still to come when it was said."""
    due = day is not None and said is not None and _DUE_BY.search(shown) and not _HAS_HAPPENED.search(shown)
    return bool(due) and day is not None and said is not None and day.hi[:4].isdigit() and day.hi > said.isoformat()


def _also_now(mentions: Sequence[Mention], period: Period | None) -> bool:
    """True where the statement names a day of the period too: 9月81.4%，10月84.7% compares."""
    days = [one.when for one in dated(mentions) if one.when is not None]
    return len(days) > 1 and any(outside_of(day, period) == 0 for day in days)


def _lies_ahead(day: When | None, period: Period | None, shown: str) -> bool:
    """True where the statement's own day comes after the period and nothing says that it happened: 11月：收秸秆."""
    if day is None or period is None or _HAPPENED.search(shown):
        return False
    return len(day.lo) >= 7 and day.lo[4:6] != "-Q" and day.lo[:7] > period.end.isoformat()[:7]
