"""Dates, periods and times of a draft against those of the notes: the same day, and the same event on it."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from service.checking.bare_days import is_day_before, is_short_day, next_day, of_month
from service.checking.beside import tells_apart
from service.checking.binding import bond
from service.checking.claims import CALENDAR, CLOCK, Claim, Reading, bigrams
from service.checking.likeness import shared
from service.checking.stretches import Stretch, ends_of, stretch_of
from service.domain.finding import Verdict
from service.domain.period import Period
from service.domain.quantity import Kind, When
from service.language.patterns import deferred
from service.language.relative_days import RelativeDay, relative_days

_RELATIVE = deferred(
    r"(今年|本年|当年|去年|上年|前年|明年|本月|上个?月|下个?月|本季度|上季度|本周|上周|下周)[的\s]{0,2}$"
)
_ANY_YEAR = deferred(r"(?<!\d)((?:19|20)\d\d)(?=[年.\-/])")
_DATED_AT = deferred(
    r"((?:19|20)\d\d)年[\d月日号 ]{0,8}(?:整理|记录|汇总|统计|口述|制表|填报?|更新|记)|[写记]于((?:19|20)\d\d)"
)
_YEAR_LABEL = deferred(
    r"(?:[^\n：:]{1,8}[：:])?[^\n：:，。；]{0,8}?(?:明年|来年|下一?年度|"
    r"(?P<year>20\d\d)年)(?:的)?(?:打算|计划|安排|工作|重点|任务)?(?:[：:]| (?=[①(（]))"
)
_SHIFT = {"今年": 0, "本年": 0, "当年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}
_ISO = deferred(r"(?:(?P<year>\d{4})|--?)?-?(?:Q(?P<quarter>[1-4])|(?P<month>\d\d))?(?:-(?P<day>\d\d))?$")


@dataclass(frozen=True, slots=True)
class DateJudgement:
    """What was found of a date, the note it rests on, and the note that fits better where they differ."""

    verdict: Verdict
    note: Claim | None = None
    better: Claim | None = None
    reason: str = ""


def judge_date(draft: Claim, notes: Reading, pool: Sequence[Claim], period: Period | None) -> DateJudgement:
    """The judgement of a draft's date, period or time. Pure."""
    kinds = CLOCK if draft.mention.kind in CLOCK else CALENDAR
    candidates = [one for one in pool if one.mention.kind in kinds]
    if draft.mention.kind in CLOCK or stretch_of(draft) is None:
        return _by_text(draft, notes, candidates)
    ours = stretch_of(draft)
    assert ours is not None
    relative = _relative_before(draft)
    if relative and period is None:
        return DateJudgement(Verdict.RELATIVE_TIME, _same_text(draft, candidates), reason=relative)
    if relative in _SHIFT and period is not None and ours.year is None:
        year = period.year + _SHIFT[relative]
        ours = Stretch(year, ours.first, ours.last, year)
    matches = list(_matches(ours, draft, notes, candidates, period))
    if _is_period(ours, period) and all(verdict is not Verdict.EXACT for verdict, _ in matches):
        return DateJudgement(Verdict.EXACT if ours.year else Verdict.EQUIVALENT, reason="报告期")
    if matches:
        best = _best(draft, ours, matches, candidates)
        return DateJudgement(Verdict.PLAN_AS_DONE, best.note) if _told_as_done(draft, matches) else best
    if re.search(rf"(?<!\d){re.escape(draft.mention.text.strip())}(?!\d)", notes.text):
        return DateJudgement(Verdict.EXACT, reason="笔记")
    if _of_period(ours, period, draft):
        return DateJudgement(Verdict.EQUIVALENT, reason="报告期")
    told = _told_from_dateline(ours, notes, candidates, period)
    if told is not None:
        return DateJudgement(Verdict.EQUIVALENT, told, reason="按笔记的日期推算")
    if _told_by_word(ours, notes.text, period) or _of_month_named(ours, notes.text, period):
        return DateJudgement(Verdict.EQUIVALENT, reason="按笔记的说法推算")
    if _written_otherwise(ours, notes.text):
        return DateJudgement(Verdict.EQUIVALENT, reason="笔记里写作简写的日期")
    return _mismatch(draft, ours, notes, candidates)


_DONE_BY_THEN = deferred(r"已(?:于|经|在)?|如期|顺利|正式(?:投|启|开|运|上)")
_AHEAD = deferred(r"计划|拟|将|预计|打算|争取|力争|前|未")


def _told_as_done(draft: Claim, matches: Sequence[tuple[Verdict, Claim]]) -> bool:
    """True where the draft tells as done on a day what the notes only plan for it: 计划12月投用 as 已于12月投用."""
    if draft.plan or not _DONE_BY_THEN.search(draft.clause_text) or _AHEAD.search(draft.clause_text):
        return False
    return all(note.plan and not _DONE_BY_THEN.search(note.clause_text) for _, note in matches)


def _relative_before(claim: Claim) -> str:
    found = _RELATIVE.search(claim.before_text) or re.match(r"(今年|去年|前年|明年)", claim.mention.text)
    return found.group(1) if found else ""


def _told_by_word(ours: Stretch, text: str, period: Period | None) -> bool:
    """True for the year that 去年 or 明年 of the notes names, as far as it can be known which year they are of."""
    whole = ours.first == (1, 1) and ours.last == (12, 31)
    base = period.year if period is not None else _written_in(text) or _only_year(text)
    if not whole or base is None or ours.year is None or ours.last_year not in (None, ours.year):
        return False
    return any(word in text and base + shift == ours.year for word, shift in _SHIFT.items())


def _year_of(note: Claim, own: Stretch, notes: Reading, period: Period | None) -> tuple[int | None, bool]:
    """The year a note's date belongs to, as far as it can be known, and whether it was written relative (今年3月)."""
    if own.year is not None:
        return own.year, False
    if (labelled := _labelled_year(note, notes.text, period)) is not None:
        return labelled, False
    relative = _relative_before(note)
    base = (_written_in(notes.text) if relative else None) or (
        period.year if period is not None else _only_year(notes.text)
    )
    return (base + _SHIFT.get(relative, 0) if base is not None else None), bool(relative)


def _labelled_year(note: Claim, text: str, period: Period | None) -> int | None:
    """The year that the label of the line gives the dates of the note (明年：2月建食堂；6月开业), or None."""
    start = text.rfind("\n", 0, note.mention.start) + 1
    found = _YEAR_LABEL.match(text, start, note.mention.start)
    if found is None:
        return None
    if found["year"]:
        return int(found["year"])
    return period.year + 1 if period is not None else None


@lru_cache(maxsize=32)
def _written_in(text: str) -> int | None:
    """The year in which the notes say they were written (2022年11月整理), None where they do not."""
    found = _DATED_AT.search(text)
    return int(found[1] or found[2]) if found else None


@lru_cache(maxsize=32)
def _only_year(text: str) -> int | None:
    """The one year that a text writes anywhere, None where it writes none or several."""
    written = {int(found[1]) for found in _ANY_YEAR.finditer(text)}
    return written.pop() if len(written) == 1 else None


def _matches(
    ours: Stretch, draft: Claim, notes: Reading, candidates: Sequence[Claim], period: Period | None
) -> Iterator[tuple[Verdict, Claim]]:
    for note in candidates:
        theirs = stretch_of(note)
        if theirs is None:
            continue
        year, relative = _year_of(note, theirs, notes, period)
        known = Stretch(year, theirs.first, theirs.last, year if theirs.year is None else theirs.last_year)
        same = ours.first == theirs.first and ours.last == theirs.last
        if same and (ours.year is None or theirs.year is not None or year is not None):
            if ours.years_agree(known):
                alike = draft.mention.text.strip() == note.mention.text.strip()
                yield (Verdict.EXACT if alike else Verdict.EQUIVALENT), note
            elif relative:
                yield Verdict.RELATIVE_TIME, note
        elif same:
            yield (Verdict.RELATIVE_TIME if relative else Verdict.CONTEXT_UNCLEAR), note
        # 到2030年达标 rests on no 1至8月 of a year that the notes do not say.
        elif _longer(ours) and ours.holds(known) and (draft.mention.kind is not Kind.YEAR or theirs.year is not None):
            yield Verdict.ROUNDED, note


def _longer(ours: Stretch) -> bool:
    return ours.last != ours.first or ours.year != ours.last_year


def _written_otherwise(ours: Stretch, text: str) -> bool:
    """True where the notes give both ends of the stretch in a short form that reads as no date alone: 4.3, 10/11, or
    a day under the heading of its month."""
    return all(_short_day(month, day, text) for month, day in {ours.first, ours.last})


# A day that closes its line or stands for a news agency's, or one that opens a line of a log: 10月31日 聊天记录.
_DATELINE = deferred(
    r"(?:日|号)?(?:电|讯|[（(]|消息|[^，。；\n\d]{0,12}$|[^，。；\n]{0,4}\d{1,2}[:：]\d\d)", re.MULTILINE
)
_ANY_LEAP_YEAR = 2024
_OPENS_LINE = deferred(r"(?:^|\n)[^\n\d，。；]{0,24}(?:\d{4}[年./-])?$")


def _told_from_dateline(
    ours: Stretch, notes: Reading, candidates: Sequence[Claim], period: Period | None
) -> Claim | None:
    """The dateline from which 昨天 or 下周三 of the notes is the draft's day: 8月24日 of a report of 8月25日; None if
    none."""
    for note in candidates:
        theirs, at = stretch_of(note), note.mention.start
        if note.mention.kind is not Kind.DATE or theirs is None or theirs.first != theirs.last:
            continue
        same_day = ours.first == ours.last
        bare = same_day and any(is_short_day(ours.first, one) for one in candidates)
        if (bare and of_month(ours.first, theirs.first)) or (
            same_day and next_day(ours.first, theirs.first, notes.text)
        ):
            return note
        if not (_DATELINE.match(notes.text, note.mention.end) or _OPENS_LINE.search(notes.text[max(0, at - 40) : at])):
            continue
        try:
            told = theirs.year or (period.year if period is not None else ours.year)
            year = told or _year_of_weekday(notes.text[note.mention.end :], *theirs.first)
            day = date(year, *theirs.first)
        except ValueError:
            continue
        if any(_is_stretch(one.when, ours) for one in _relative_to(notes.text, day)):
            return note
    return None


_WEEKDAY = deferred(r"[（( ]{0,2}(?:周|星期|礼拜)([一二三四五六日天])")


def _year_of_weekday(behind: str, month: int, day: int) -> int:
    """A year in which the day is of the week written right behind it: 4月14日（周一）; a leap year where none is."""
    found = _WEEKDAY.match(behind)
    wanted = "一二三四五六日".index(found[1].replace("天", "日")) if found is not None else None
    years = range(_ANY_LEAP_YEAR, _ANY_LEAP_YEAR + 7)
    return next((year for year in years if date(year, month, day).weekday() == wanted), _ANY_LEAP_YEAR)


def _of_month_named(ours: Stretch, text: str, period: Period | None) -> bool:
    """True where 下月5号 of notes on one month is the draft's day: on whatever day it was said, the month is known."""
    if period is None or period.start.replace(day=1) != period.end.replace(day=1):
        return False
    return any(_is_stretch(one.when, ours) for one in relative_days(text, period.start, months_only=True))


@lru_cache(maxsize=64)
def _relative_to(text: str, day: date) -> tuple[RelativeDay, ...]:
    return tuple(relative_days(text, day))


def _is_stretch(when: When, ours: Stretch) -> bool:
    first, last = ends_of(when.lo), ends_of(when.hi)
    if first is None or last is None:
        return False
    return (first[1], last[2]) == (ours.first, ours.last) and ours.year in (None, first[0])


def _short_day(month: int, day: int, text: str) -> bool:
    dotted = re.search(rf"(?<![\d.])0?{month}[./\-]0?{day}(?![\d.%％万亿元吨米])", text)
    if dotted or re.search(rf"(?<!\d)0?{month}月 ?0?{day}(?![\d.%％日号])", text):
        return True
    heading = re.search(rf"(?<!\d)0?{month}月(?!\d)", text)
    spoken = rf"(?<![\d月.])0?{day}[日号]|(?<![一二三四五六七八九十月第]){_spoken(day)}号"
    below = heading and re.search(spoken, text[heading.end() : heading.end() + 600])
    return bool(below)


def _spoken(number: int) -> str:
    """A day as it is spoken: 12 is 十二, 20 is 二十. Pure."""
    ones = "一二三四五六七八九"
    tens, one = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else f"{ones[tens - 1]}十") + (ones[one - 1] if one else "")


def _best(
    draft: Claim, ours: Stretch, matches: Sequence[tuple[Verdict, Claim]], candidates: Sequence[Claim]
) -> DateJudgement:
    order = (Verdict.EXACT, Verdict.EQUIVALENT, Verdict.ROUNDED, Verdict.RELATIVE_TIME, Verdict.CONTEXT_UNCLEAR)
    # A dateline tells when a report was sent, and of no event.
    candidates = [
        one
        for one in candidates
        if not (ours.first == ours.last and is_short_day(ours.first, one)) and one.after_text[:1] not in _SENT
    ]
    verdict, note = min(matches, key=lambda one: (order.index(one[0]), -_event(draft, one[1])))
    if verdict in (Verdict.EXACT, Verdict.EQUIVALENT) and draft.mention.kind is Kind.DATE:
        supporting = max(_event(draft, one) for _, one in matches)
        others = [one for one in candidates if all(one is not match for _, match in matches)]
        rivals = [one for one in others if one.mention.kind in (Kind.DATE, Kind.PERIOD) and one.line != note.line]
        rivals += [one for one in others if one.line == note.line and one.sentence_span != note.sentence_span]
        better = max(rivals, key=lambda one: _event(draft, one), default=None)
        if (
            better is not None
            and _event(draft, better) >= supporting + 1.5
            and shared(draft.sentence, better.sentence) >= 0.5
            and shared(draft.clause, better.clause) > shared(draft.clause, note.clause)
        ):
            return DateJudgement(Verdict.ENTITY_SWAP, note, better)
    meant = _other_event(draft, [one for _, one in matches], candidates) if verdict in _SURE else None
    return DateJudgement(Verdict.ENTITY_SWAP, note, meant) if meant is not None else DateJudgement(verdict, note)


_SURE = frozenset((Verdict.EXACT, Verdict.EQUIVALENT))
_SENT = ("电", "讯")
_ANY_EVENT = deferred(r"开展|组织|召开|举办|进行|活动|集中|[将于在为了的]")


def _other_event(draft: Claim, same: Sequence[Claim], candidates: Sequence[Claim]) -> Claim | None:
    """The date of the draft's event where every note of the draft's date tells of another: 2014年建成 against
    2008年建成，2014年扩建 of one sentence; None where the words do not tell."""
    ours = _event_words(draft)
    if not ours or not all(_event_words(one) for one in same):
        return None
    for one in candidates:
        if one in same or one.mention.kind is not draft.mention.kind or one.line != same[0].line:
            continue
        rival = _event_words(one)
        if rival and all(tells_apart(ours, _event_words(note), rival) for note in same):
            return one
    return None


def _event_words(claim: Claim) -> frozenset[str]:
    """What a date's own words say happened, on the same side of the next comma; not to whom."""
    bodies = frozenset().union(*map(bigrams, claim.subjects))
    return frozenset(pair for pair in claim.own - bodies if not _ANY_EVENT.search(pair))


def _event(draft: Claim, note: Claim) -> float:
    """How far two dates are dates of the same event."""
    return 3 * shared(draft.sentence, note.sentence) + bond(draft, note).score / 8


def _is_period(ours: Stretch, period: Period | None) -> bool:
    """True where the draft names the very period the form gives (2024年第一季度 in the title)."""
    if period is None or ours.year not in (None, period.start.year):
        return False
    if ours.last_year not in (None, period.end.year) or period.start.year != period.end.year:
        return False
    month_end = period.end.day == monthrange(period.end.year, period.end.month)[1] and ours.last[1] >= 28
    last = ours.last[0] == period.end.month and (month_end or ours.last[1] == period.end.day)
    return last and ours.first == (period.start.month, period.start.day)


def _of_period(ours: Stretch, period: Period | None, draft: Claim) -> bool:
    if period is None:
        return False
    first, last = (period.start.month, period.start.day), (period.end.month, period.end.day)
    years = ours.year in (None, period.start.year, period.end.year)
    whole = draft.mention.kind is Kind.YEAR or (ours.first == (1, 1) and ours.last == (12, 31))
    ends = ours.first <= first and last <= ours.last
    month_end = ours.first[0] == ours.last[0] == last[0] and ours.last[1] >= 28 and ours.first[1] in (1, last[1])
    return years and (whole or ends or (month_end and period.end.day >= 28) or (ours.first == ours.last == last))


def _mismatch(draft: Claim, ours: Stretch, notes: Reading, candidates: Sequence[Claim]) -> DateJudgement:
    near = [one for one in candidates if stretch_of(one) is not None and _grain(one) == _grain(draft)]
    if not near:
        return DateJudgement(Verdict.NO_SOURCE)
    best = max(near, key=lambda one: _event(draft, one))
    if shared(draft.sentence, best.sentence) >= 0.4 or (
        len(near) == 1 and shared(draft.sentence, best.sentence) >= 0.2
    ):
        return DateJudgement(Verdict.CONTRADICTED, best)
    return DateJudgement(Verdict.NO_SOURCE)


def _grain(claim: Claim) -> str:
    when = claim.mention.when
    return (
        ""
        if when is None
        else re.sub(r"^(?:\d{4}|-)", "", when.lo).translate(str.maketrans("0123456789", "0000000000"))
    )


def _same_text(draft: Claim, candidates: Sequence[Claim]) -> Claim | None:
    return next((one for one in candidates if one.mention.text.strip() == draft.mention.text.strip()), None)


def _by_text(draft: Claim, notes: Reading, candidates: Sequence[Claim]) -> DateJudgement:
    same = _same_text(draft, candidates)
    if same is not None:
        meant = _other_event(draft, [same], candidates) if draft.mention.when is not None else None
        return DateJudgement(Verdict.ENTITY_SWAP if meant else Verdict.EXACT, same, meant)
    equal = next((one for one in candidates if draft.mention.when and one.mention.when == draft.mention.when), None)
    if equal is None and draft.mention.when is not None and draft.mention.when.lo.startswith("---"):
        # 16日 alone is the day of 8月16日 in notes that speak of one month.
        equal = next(
            (
                one
                for one in candidates
                if (own := stretch_of(one)) and own.first == own.last and is_short_day(own.first, draft)
            ),
            None,
        )
    if equal is None:
        equal = next((one for one in candidates if is_day_before(draft, one, notes.text)), None)
    if equal is not None:
        return DateJudgement(Verdict.EQUIVALENT, equal)
    if draft.mention.when is None:
        return DateJudgement(Verdict.UNDECIDED, reason="笔记没有写明这段时间")
    best = max(candidates, key=lambda one: _event(draft, one), default=None)
    if best is not None and shared(draft.sentence, best.sentence) >= 0.3:
        return DateJudgement(Verdict.CONTRADICTED, best)
    return DateJudgement(Verdict.NO_SOURCE)
