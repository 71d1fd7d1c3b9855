"""What sets the time of a draft's figure apart from that of the note that gives its value."""

from __future__ import annotations

from collections.abc import Sequence

from service.checking.claims import CALENDAR, Claim, plain_unit
from service.checking.desk import Candidate, Desk, Judgement
from service.checking.phrases import an_article, lead_of
from service.checking.timed import LAST_YEAR, of_a_while, of_that_time, own_dates, own_day
from service.checking.values import PASSING
from service.domain.finding import Verdict
from service.domain.quantity import Kind
from service.language.patterns import deferred

ALIKE = 0.6


def of_other_time(draft: Claim, best: Candidate, candidates: Sequence[Candidate], desk: Desk) -> Judgement | None:
    """The judgement where the dates beside the figures set two times apart; None where they do not. Pure."""
    note = best.note
    if of_a_while(draft, note):
        return Judgement(Verdict.PERIOD_SWAP, note, firm=True)
    others = tuple(one.note for one in candidates if one.verdict not in PASSING)
    rival = _of_now(draft, best, candidates, desk) or of_that_time(draft, note, others)
    if rival is None:
        return None
    firm = bool(note.column) or of_that_time(draft, note, (rival,)) is not None
    return Judgement(Verdict.PERIOD_SWAP, note, rival, mend=rival.mention.text.strip(), firm=firm)


_RIGHT_BEFORE = 2  # characters: 2022年第11名 dates its own figure, 2022年以来拆除12处 a stretch


def _of_now(draft: Claim, best: Candidate, candidates: Sequence[Candidate], desk: Desk) -> Claim | None:
    """The figure of the draft's own time where the note that gives the value dates it otherwise: 第11名 of
    第5名（2022年第11名）, or July's 76件 told as 本月's in notes on August; None where nothing of the kind is said."""
    note, day = best.note, best.note.day
    if day is None or day.when is None or (draft.before and note.before):
        return None
    month = _month_told(draft, desk)
    right_before = day.kind is Kind.YEAR and 0 <= note.mention.start - day.end <= _RIGHT_BEFORE
    if month and own_day(note) is not None and _month(note):
        rivals = [one.note for one in candidates if _alike_of(one, best) and _month(one.note) == month]
        rivals = [one for one in rivals if not an_article(one)]
        return rivals[0] if rivals and _month(note) != month else None
    years = {one.text for one in (draft.day, *draft.days) if one is not None}
    if not right_before or any(day.text in one or one in day.text for one in years) or _period_is(day.when.lo, desk):
        return None
    undated = [one.note for one in candidates if _alike_of(one, best) and own_day(one.note) is None]
    return next((one for one in undated if one.sentence_span == note.sentence_span), None)


def _alike_of(one: Candidate, best: Candidate) -> bool:
    units = plain_unit(one.note.mention.unit), plain_unit(best.note.mention.unit)
    same = units[0] == units[1] or not all(units)  # 4月1,870人次（3月1,210）
    return one.verdict not in PASSING and one.bond.thing >= ALIKE and same


def _period_is(year: str, desk: Desk) -> bool:
    return desk.period is not None and year.startswith(str(desk.period.year))


def _month(note: Claim) -> str:
    found = _MONTH.match(note.day.when.lo) if note.day is not None and note.day.when is not None else None
    return found[1] if found else ""


_MONTH = deferred(r"(?:\d{4}|-)-(\d\d)(?!\d)")


def _month_told(draft: Claim, desk: Desk) -> str:
    """The month that 本月 of a draft means: the last of its period, else the one that the notes' first line names.

    A report of one month tells that month's figures where it names no other.
    """
    if draft.scope != "本月" and (not _of_one_month(desk) or draft.before or draft.scope or _names_a_month(draft)):
        return ""
    if desk.period is not None:
        return f"{desk.period.end.month:02d}"
    first = desk.notes.text.find("\n")
    named = next((one for one in desk.notes.mentions if one.when is not None and one.kind in CALENDAR), None)
    found = _MONTH.match(named.when.lo) if named is not None and named.when is not None and named.end <= first else None
    return found[1] if found else ""


def _of_one_month(desk: Desk) -> bool:
    period = desk.period
    return period is not None and (period.start.year, period.start.month) == (period.end.year, period.end.month)


def _names_a_month(draft: Claim) -> bool:
    """True where the draft's sentence dates its figure, and does not merely compare it (较9月份增加465起)."""
    return any(not _measured_against(one.text, draft.clause_text) for one in own_dates(draft))


def _measured_against(day: str, clause: str) -> bool:
    """True for 9月份 in 较9月份增加465起: it dates what the figure is compared with, not the figure."""
    return any(sign + day in clause for sign in "比较")


def other_period(draft: Claim, best: Candidate, candidates: Sequence[Candidate]) -> Judgement | None:
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
    # 保留的地面车位180个 of 原来地面车位180个保留; and the report is of more than a week.
    kept = _KEPT.search(draft.clause_text)
    own = note.before and not kept and note.before in lead_of(note) and note.before != "上周"
    dated = any(one.kind is Kind.YEAR for one in draft.days)  # 2023年挽回2387万元 may tell what the notes call 去年
    if own and not draft.before and not dated and best.bond.thing >= ALIKE and LAST_YEAR.match(note.before):
        return Judgement(Verdict.PERIOD_SWAP, note, reason=note.before)
    return Judgement(Verdict.CONTEXT_UNCLEAR, note, reason=f"笔记里这是{note.before}的数") if own else None


_KEPT = deferred(r"保留|原有|连同|现有|在[^，。；]{2,16}基础上")
