"""The own time of a figure: the dates of its sentence, else the period that the report is of."""

from __future__ import annotations

from service.checking.binding import whens_agree
from service.checking.claim import CALENDAR, Claim
from service.checking.phrases import an_article, lead_of
from service.domain.period import Period
from service.domain.quantity import Kind, Mention, When
from service.language.patterns import deferred


def own_dates(claim: Claim) -> tuple[Mention, ...]:
    """The dates that a claim's own sentence puts before it, or the head of its column. Pure."""
    if claim.column and claim.day is not None and claim.day.start < 0:
        return (claim.day,)
    start, stop = claim.sentence_span[0], claim.mention.start
    return tuple(
        one for one in claim.days if start <= one.start < stop and one.when is not None and "W" not in one.when.lo
    )


def own_day(note: Claim) -> tuple[str, str] | None:
    """The last of a claim's own dates, as its first and last day; None where its sentence gives none. Pure."""
    days = own_dates(note)
    return (_last(days).lo, _last(days).hi) if days else None


def other_time(draft: Claim, note: Claim, rival: Claim, period: Period | None) -> bool:
    """True where a note may be of the draft's time, and the rival is of another or of more than that. Pure."""
    if draft.mention.kind in CALENDAR or not (theirs := own_dates(rival)):
        return False
    ours, mine = _time_of(draft, period), own_dates(note)
    if ours is None:
        return False
    dated = bool(own_dates(draft))
    if mine and not whens_agree(ours, _last(mine)):
        return False
    if not whens_agree(ours, _last(theirs)):
        return True
    # 3月12日和4月18日两场参加430人；其中4月18日240人: of a day that the draft names, what is of two days is not.
    if dated and mine and not all(whens_agree(ours, one.when) for one in theirs if one.when is not None):
        return len(mine) < len(theirs)
    # 7月6件 8月5件 9月3件，一共14件: of a whole quarter a month is a part.
    return not dated and note.total and not rival.total and note.sentence_span == rival.sentence_span


_WHOLE_YEAR = deferred("今年|全年|年度|累计|年内|计划")


def of_that_time(draft: Claim, note: Claim, rivals: tuple[Claim, ...]) -> Claim | None:
    """The figure that a sentence of the notes gives for the very time the draft names, where the note that gives the
    draft's value is dated otherwise or not: 10月新增420个 of 今年增加420个，其中10月增加130个. Pure."""
    days = own_dates(draft)
    ours = days[-1] if days else None
    if ours is None or ours.when is None or draft.scope or note.plan or _WHOLE_YEAR.search(lead_of(draft)):
        return None
    mine = own_dates(note)
    if mine and len(mine) in (1, len(days)) and whens_agree(ours.when, _last(mine)):
        return None  # of as many dates as the draft names: 3月12日和4月18日两场，认养560棵
    if not mine and _told_under(note, ours.when):
        return None  # 9月份上涨0.8%。其中猪肉上涨7.4%: the next sentence goes on about September
    for one in rivals:
        if an_article(one) or (draft.before and note.before and not one.before):
            continue  # 去年9月督查6次 is never 9月督查12次
        theirs = own_dates(one)
        near = one.line == note.line and one.mention.unit == note.mention.unit
        near = near and one.mention.amount not in draft.others
        same_day = near and bool(theirs) and _last(theirs) == ours.when
        elsewhere = not mine or _last(mine) != ours.when
        if same_day and (elsewhere or (len(mine) > 1 and len(theirs) == 1)):
            return one
    return None


def _told_under(note: Claim, when: When) -> bool:
    """True where the last date before a figure in its line is the time asked for, and nothing widens the stretch."""
    day = note.day
    if day is None or day.when != when or day.start < 0 or note.scope or note.before:
        return False
    return not _WHOLE_YEAR.search(lead_of(note))


def of_last_year(draft: Claim, note: Claim, period: Period | None) -> bool:
    """True where the draft gives by its number the year that the note calls 去年: （2025年为93.4%） in a plan for 2026.

    Pure.
    """
    lead = lead_of(draft)
    near = [one for one in (draft.day, *draft.days) if one is not None and one.kind is Kind.YEAR]
    last = str(period.year - 1) if period is not None else ""
    told = any(one.when is not None and one.when.lo[:4] == last and one.text in lead for one in near)
    return told and bool(LAST_YEAR.match(note.before))


LAST_YEAR = deferred("去年|上年|上一?年度|前年|往年")


_ALL_YEAR = deferred("全年|今年以来|一年来|年内|累计")
_SHORT_WHILE = deferred(
    r"(?:国庆|春节|元旦|五一|端午|中秋|清明|暑期?|寒)(?:假|黄金周|小长假|期间|\d{1,2}天|[一二三四五六七八九十]天)|假期|首日|当[天日]|单日|黄金周"
)


def of_a_while(draft: Claim, note: Claim) -> bool:
    """True where the draft tells for the whole year what the note tells of some days: 国庆7天接待48.5万人次. Pure."""
    whole = _ALL_YEAR.search(lead_of(draft)) and not _SHORT_WHILE.search(draft.clause_text)
    return bool(whole and _SHORT_WHILE.search(note.clause_text[: max(0, note.mention.start - note.clause_span[0])]))


def still_to_come(draft: Claim, period: Period | None) -> bool:
    """True where a draft dates its figure after the period that it reports on. Pure."""
    days = own_dates(draft)
    return (
        period is not None and bool(days) and _last(days).lo[:4].isdigit() and _last(days).lo > period.end.isoformat()
    )


def _time_of(draft: Claim, period: Period | None) -> When | None:
    days = own_dates(draft)
    if days:
        return _last(days)
    return When(period.start.isoformat(), period.end.isoformat()) if period is not None else None


def _last(days: tuple[Mention, ...]) -> When:
    when = days[-1].when
    assert when is not None
    return when
