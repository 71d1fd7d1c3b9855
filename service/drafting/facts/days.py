"""The day of a statement: its own date, a heading's, or a chat stamp's where the words say 今天 or 昨天."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from service.domain.period import Period
from service.domain.quantity import Kind, Mention, Role, When
from service.drafting.facts.kinds import dated
from service.language.numbers import chinese_to_decimal
from service.language.relative_days import relative_days

_JUST_NOW = re.compile(r"刚刚|刚才")
DOTTED = "dotted_day"  # The reason on a mention that stands bare as 4.20 and is a day.
_OPENS_DOTTED = re.compile(
    r"(?:^|[：:\t\n限])[ \-·•*●○◇◆▲>]{0,4}(?:1[0-2]|0?[1-9])\.(3[01]|[12]\d|0?[1-9])(?=[\u4e00-\u9fff\t ])",
    re.MULTILINE,
)
NEXT_YEAR = re.compile(r"明年|来年|下一?年度")
_LAST_YEAR = re.compile(r"去年|上年")
_DONE_ON = re.compile(
    r"(?:上午|下午|晚上|早上|当天|已)?(?:组织|召开|举办|举行|开展|成立|启动|升旗|上午|下午|开(?!放)|办|完|装|挪|评|验收|报|交|清|改|通报|复查|到位)"
)
# 开推进会2次，7.18、9.5
# Behind a mark and a space a new statement opens; 满意度 9.5 goes on with one.
_AFTER_MARK = re.compile(r"[，,。；;：:、]\s?$")
_DAY_LIST = re.compile(
    r"次[，,：:（( ]{1,2}(?:1[0-2]|[1-9])\.(?:3[01]|[12]\d|[1-9])(?:、(?:1[0-2]|[1-9])\.(?:3[01]|[12]\d|[1-9]))+"
)
_PARTIAL = re.compile(r"--(\d\d)(?:-(\d\d))?$")
_QUARTER = re.compile(r"--(Q[1-4])$")
# A day without its month takes the month of the heading or of the chat stamp: 12日, 把9号那场改成55人.
_NO_DAY = r"(?!楼|院|线|路|公路|地块|门|桌|店|文|馆|车|厅|教|机|选手|井|码|召|称)"
_SPOKEN_NUMBER = r"三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九]"
_DAY_ALONE = re.compile(
    rf"(?<![\d.月\-/第一二三四五六七八九十〕\]】])(3[01]|[12]\d|0?[1-9]|(?:{_SPOKEN_NUMBER})(?=号))(?:日|号{_NO_DAY})"
)


def day_of(
    text: str,
    mentions: Sequence[Mention],
    period: Period | None,
    stamp: date | None,
    under: When | None = None,
    ahead: bool = False,
) -> When | None:
    """The day or span of days that the statement names, with the year of the period where the notes give none; None
    where it names none. `under` is the day or month of the heading above, `stamp` the day the words were said, `ahead`
    says that a label dates the statement to next year. Pure."""
    own = [one for one in dated(mentions) if not _compares(text, one.text)]
    found = [one for one in own if one.kind is not Kind.YEAR and one.when] or [one for one in own if one.when]
    whole = [one for one in found if one.when and not one.when.lo.startswith("---")]
    if whole:
        return _with_year(whole[0].when, _period_meant(text, whole[0].text, period, ahead))
    if stamp and (named := next(relative_days(text, stamp), None)) is not None:
        return named.when
    if stamp and _JUST_NOW.search(text):
        return When(stamp.isoformat(), stamp.isoformat())
    if stamp is None and (told_month := month_of(period)) is not None:
        named = next(relative_days(text, told_month, months_only=True), None)
        if named is not None:
            return named.when
    alone = _DAY_ALONE.search(text)
    month = _month_around(under, stamp, period)
    if alone and month:
        day = f"{month}-{_number_of(alone[1]):02d}"
        return When(day, day)
    return None


def _number_of(text: str) -> int:
    return int(text) if text.isdigit() else int(chinese_to_decimal(text) or 1)


def with_month(text: str, day: When | None) -> str:
    """`text` with the days that it gives without a month in full, `day` being the first of them: 五号义诊，八号放电影
    is 9月5日义诊，8日放电影. Pure."""
    found = _DAY_ALONE.search(text)
    told = re.fullmatch(r"(?:\d{4}|-)-(\d\d)-(\d\d)", day.lo) if day is not None and day.lo == day.hi else None
    if found is None or told is None or _number_of(found[1]) != int(told[2]):
        return text
    head = f"{text[: found.start()]}{int(told[1])}月{int(told[2])}日"
    return head + _DAY_ALONE.sub(lambda one: f"{_number_of(one[1])}日", text[found.end() :])


def in_its_year(text: str, day: When | None, year: int | None) -> str:
    """`text` with the year before the month it opens with, where a label above dated it to another than `year`: below
    2026年：, 1月 is 2026年1月. Pure."""
    month = re.match(r"(\d{1,2})月", text)
    told = re.match(r"(\d{4})-(\d\d)", day.lo) if day is not None else None
    other = month and told and year and int(told[2]) == int(month[1]) and int(told[1]) != year
    return f"{told[1]}年{text}" if other and told else text


def month_of(period: Period | None) -> date | None:
    """A day in the one month that the period is; None where it is longer or unknown. Pure."""
    if period is None or (period.start.year, period.start.month) != (period.end.year, period.end.month):
        return None
    return period.start


def _period_meant(text: str, said: str, period: Period | None, ahead: bool) -> Period | None:
    """The period that gives a date its year: the year before it where 去年 stands before the date, the next where 明年
    does or where `ahead`."""
    if period is None:
        return None
    before = text[: text.find(said)] if said in text else ""
    if ahead or NEXT_YEAR.search(before[-4:]):
        return _year_of(period.end.year + 1)
    if _LAST_YEAR.search(before[-4:]):
        return _year_of(period.start.year - 1)
    return period


def _year_of(year: int) -> Period:
    return Period(f"{year}年", date(year, 1, 1), date(year, 12, 31))


def _compares(text: str, said: str) -> bool:
    """True where the date only dates a figure beside it in brackets: 投诉214件（二季度260件）."""
    found = re.search(r"[（(]([^（()）]{0,20})[）)]", text)
    return bool(found and said in found[1] and re.search(r"\d+[\u4e00-\u9fff%]", found[1].replace(said, "")))


def _month_around(under: When | None, stamp: date | None, period: Period | None) -> str | None:
    """The one month that a day without a month can mean, as 2024-03 or --03; None where several can."""
    if under is not None and (found := re.match(r"(\d{4}-\d\d|--\d\d)(?!\d)", under.lo)):
        return found[1]
    if stamp is not None:
        return f"{stamp.year:04d}-{stamp.month:02d}"
    if period is not None and (period.start.year, period.start.month) == (period.end.year, period.end.month):
        return f"{period.start.year:04d}-{period.start.month:02d}"
    return None


def _with_year(when: When | None, period: Period | None) -> When | None:
    if when is None or period is None:
        return when
    return When(_full(when.lo, period, last=False), _full(when.hi, period, last=True))


def _full(partial: str, period: Period, last: bool) -> str:
    if quarter := _QUARTER.match(partial):
        return f"{period.year:04d}-{quarter[1]}"
    found = _PARTIAL.match(partial)
    if not found:
        return partial
    month, day = int(found[1]), int(found[2]) if found[2] else None
    year = period.year_holding(month, day, last)
    return f"{year:04d}-{month:02d}" + (f"-{day:02d}" if day else "")


def dates_by_dots(text: str) -> bool:
    """True where lines of the notes open with days as 4.20: the number of a part stays below 10 there. Pure."""
    return any(int(found[1]) >= 10 for found in _OPENS_DOTTED.finditer(text)) or _DAY_LIST.search(text) is not None


def dotted_day(mention: Mention, line: str, line_start: int, words_start: int, by_days: bool) -> Mention:
    """`mention` as the day it is where a bare 4.20 opens the words, stands in brackets alone or behind a festival
    (4.20邻里运动会, 昨天(10.29), 重阳节10.11); any other mention as it was. Pure.

    `by_days` says that the notes write days so: elsewhere 1.2 at the head of a line numbers a part.
    """
    found = re.fullmatch(r"(1[0-2]|0?[1-9])([./])(3[01]|[12]\d|0?[1-9])", mention.text)
    if not found or mention.unit or mention.role in (Role.LEXICAL, Role.DEFECT):
        return mention
    if mention.role is Role.STRUCTURE and not by_days:
        return mention  # 1.1, 1.2 number the parts of a report.
    start, end = mention.start - line_start, mention.end - line_start
    before, after = line[max(0, start - 1) : start], line[end : end + 1]
    opens = (
        mention.start == words_start
        or before in tuple("（(节日天；;。限计：:")
        or _AFTER_MARK.search(line[:start]) is not None
    )
    if found[2] == "/" and not (opens or before in tuple("，,、 至到于自") or after == "前"):
        return mention  # 完成3/5 is a share.
    opens = opens or (found[2] == "/" and after in ("", *"，,。；;）)"))
    follows = before in tuple("、，,到至-~～—") and by_days
    dated = bool(_DONE_ON.match(line, end)) or after == "前"
    if not (opens or follows or dated) or not (after in ("", *"）) 、，,—-~；;。前") or "\u4e00" <= after <= "\u9fff"):
        return mention
    partial = f"--{int(found[1]):02d}-{int(found[3]):02d}"
    return replace(
        mention, role=Role.CLAIM, kind=Kind.DATE, amount=None, parts=(), when=When(partial, partial), reason=DOTTED
    )


_LAST_DAY = 31


def days_without_word(mentions: Sequence[Mention], line: str, line_start: int) -> list[Mention]:
    """`mentions` with 6月26 and 五月二十 read as the one day each is, where nothing is counted by the 26. Pure."""
    out: list[Mention] = []
    for one in mentions:
        month = out[-1] if out else None
        exact = one.amount is not None and one.amount.lo == one.amount.hi and one.approx is None
        day = int(one.amount.lo) if exact and one.amount and one.amount.lo and one.amount.lo % 1 == 0 else 0
        bare = 1 <= day <= _LAST_DAY and one.unit is None and one.role is Role.CLAIM and one.kind is Kind.COUNT
        if bare and month is not None and month.kind is Kind.MONTH and month.when and month.text.endswith("月"):
            after = line[one.end - line_start : one.end - line_start + 1]
            if line[month.end - line_start : one.start - line_start].strip() == "" and after not in tuple(
                "-~～—至到、%"
            ):
                when = f"{month.when.lo}-{day:02d}"
                text = line[month.start - line_start : one.end - line_start]
                out[-1] = replace(
                    month, end=one.end, text=text, kind=Kind.DATE, when=When(when, when), amount=None, reason=DOTTED
                )
                continue
        out.append(one)
    return out


def outside_of(day: When | None, period: Period | None) -> int:
    """-1 where the whole of `day` lies before the period, 1 where it lies after it, 0 else and where nobody can tell.
    Pure."""
    if day is None or period is None or not re.match(r"\d{4}-\d\d", day.lo) or not re.match(r"\d{4}-\d\d", day.hi):
        return 0
    if day.hi < period.start.isoformat()[: len(day.hi)]:
        return -1
    return 1 if day.lo > period.end.isoformat()[: len(day.lo)] else 0


def names_year(mentions: Sequence[Mention]) -> bool:
    """True where a date is written with its year. Pure."""
    return any(one.kind is Kind.YEAR or (one.when is not None and one.text[:2] in ("19", "20")) for one in mentions)


def spoken_day(day: When) -> str:
    """The day in words: --04-20 is 4月20日. Pure."""
    year, month, number = day.lo.rsplit("-", 2)
    return (f"{year}年" if year.isdigit() else "") + f"{int(month)}月{int(number)}日"


def day_in_cell(text: str, period: Period | None) -> When | None:
    """The day that a cell of a date column holds where it is written bare (3.5, 3-5, 03/05), else None. Pure."""
    found = re.fullmatch(r"(1[0-2]|0?[1-9])[.\-/](3[01]|[12]\d|0?[1-9])(?:日|号)?", text)
    if not found:
        return None
    partial = f"--{int(found[1]):02d}-{int(found[2]):02d}"
    return _with_year(When(partial, partial), period)
