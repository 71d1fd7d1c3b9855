"""The reporting period: what 今年, 目前 and a date without a year mean in a set of notes."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from service.domain.errors import UnusableInput

_DIGITS = str.maketrans("０１２３４５６７８９〇零一二三四五六七八九", "0123456789" + "00" + "123456789")
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_QUARTER = re.compile(_YEAR + r"(?:年?第?(?P<q>[1-4])季度?|[-年]?Q(?P<q2>[1-4]))$", re.IGNORECASE)
_HALF = re.compile(_YEAR + r"年?(?P<half>上半年|下半年|-?H1|-?H2)$", re.IGNORECASE)
_MONTH = re.compile(_YEAR + r"(?:年|-|/|\.)(?P<month>1[0-2]|0?[1-9])月?份?$")
_MONTHS = re.compile(_YEAR + r"年(?P<m1>1[0-2]|0?[1-9])月?份?[-—–~～至到](?P<m2>1[0-2]|0?[1-9])月份?$")
_QUARTERS = re.compile(_YEAR + r"年?(?:前|第?(?P<q1>[1-4])季?度?[-—–~～至到、]第?)(?P<q2>[1-4])个?季度?$")
_FIRST_MONTHS = re.compile(_YEAR + r"年?前(?P<count>1[0-2]|[2-9])个月$")
_UP_TO = re.compile(
    r"截[至止]到?" + _YEAR + r"年(?P<month>1[0-2]|0?[1-9])月(?P<day>3[01]|[12]\d|0?[1-9])?(?:日|底|末|份)?$"
)
_MONTH_TO_MONTH = re.compile(
    # 2023年至2026年8月 begins with its first year.
    _YEAR + r"(?:(?:年|[-/.])(?P<m1>1[0-2]|0?[1-9])月?份?|年)[-—–~～至到]+"
    r"(?P<y2>(?:19|20)\d\d)(?:年|[-/.])(?P<m2>1[0-2]|0?[1-9])月?(?:份|底)?$"
)
_TEN_DAYS = re.compile(_YEAR + r"年(?P<month>1[0-2]|0?[1-9])月(?P<part>[上中下])旬$")
_SCHOOL_YEAR = re.compile(_YEAR + r"年?[-—–~～至到]+(?P<y2>(?:19|20)\d\d)年?学年度?(?:第?(?P<half>[12上下])学期)?$")
_YEARS = re.compile(_YEAR + r"年?[-—–~～至到](?P<y2>(?:19|20)\d\d)年?(?:度|全年)?$")
_TERM = re.compile(_YEAR + r"年?(?P<term>春季|秋季)(?:学期)?$")
# 2025年春运期间, 2025年国庆期间: the days differ from year to year, so the year bounds it and its name is kept.
_SEASON = re.compile(_YEAR + r"年(?P<season>[一-龥]{2,10})期间$")
_WHOLE_YEAR = re.compile(_YEAR + r"年?(?:度|全年)?$")
_DAY = r"(?P<{0}y>(?:19|20)\d\d)(?:年|-|/|\.)(?P<{0}m>1[0-2]|0?[1-9])(?:月|-|/|\.)(?P<{0}d>3[01]|[12]\d|0?[1-9])日?"
_DAYS = re.compile(_DAY.format("a") + r"(?:[~～至到—–]|--?|\.\.|/)+" + _DAY.format("b") + "$")
_ONE_DAY = re.compile(_DAY.format("a") + "$")


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day of the reporting period, both included, and the label as the person gave it."""

    label: str
    start: date
    end: date

    @property
    def year(self) -> int:
        """The year the period ends in; a date without a year belongs to it."""
        return self.end.year

    def year_holding(self, month: int, day: int | None, last: bool = False) -> int:
        """The year that puts the day inside the period; the period's own year where none does. `last` says that a month
        without a day stands for its last one. Pure."""
        for year in range(self.end.year, self.start.year - 1, -1):
            if not 1 <= month <= 12:
                break
            length = monthrange(year, month)[1]
            if self.start <= date(year, month, min(day or (length if last else 1), length)) <= self.end:
                return year
        return self.year

    @property
    def chinese(self) -> str:
        """The period in official Chinese: 2024年第一季度, 2024年上半年, 2024年度, 2024年3月1日至5月15日."""
        first, last = self.start, self.end
        if term := _TERM.match(self.label):
            return f"{term['year']}年{term['term']}学期"
        if _SEASON.match(self.label) or "学年" in self.label:
            return self.label
        if _TEN_DAYS.match(self.label.translate(_DIGITS)):
            return f"{first.year}年{first.month}月{'上中下'[(first.day - 1) // 10]}旬"
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year != last.year:
            return f"{first.year}—{last.year}年"
        if first.year == last.year and first.day == 1 and last.day == monthrange(last.year, last.month)[1]:
            months = (first.month, last.month)
            named = {(1, 12): "度", (1, 6): "上半年", (7, 12): "下半年"}
            if months in named:
                return f"{first.year}年{named[months]}"
            if first.month % 3 == 1 and last.month == first.month + 2:
                return f"{first.year}年第{'一二三四'[first.month // 3]}季度"
            if first.month == last.month:
                return f"{first.year}年{first.month}月"
            return f"{first.year}年{first.month}—{last.month}月"
        if first.day == 1 and last.day == monthrange(last.year, last.month)[1]:
            return f"{first.year}年{first.month}月至{last.year}年{last.month}月"
        tail = f"{last.month}月{last.day}日" if first.year == last.year else f"{last.year}年{last.month}月{last.day}日"
        head = f"{first.year}年{first.month}月{first.day}日"
        return head if first == last else f"{head}至{tail}"

    @property
    def is_whole_year(self) -> bool:
        """True where the period is one calendar year."""
        if _SEASON.match(self.label):
            return False
        return (self.start.month, self.start.day, self.end.month, self.end.day) == (1, 1, 12, 31)


def parse_period(text: str) -> Period:
    """The period that `text` names: 2024, 2024年度, 2024年上半年, 2024年一季度, 2024-Q1, 2024年3月, 2024年1-6月,
    2022—2024年, 2024年春季学期, 2024年前三季度, 截至2024年10月底, 2024-03-01至2024-05-15. Pure.

    Raises UnusableInput where it names none, an impossible date, or an end before its start.
    """
    label = text.strip()
    plain = re.sub(r"\s+", "", label).translate(_DIGITS)
    plain = plain.replace("十1", "11").replace("十2", "12").replace("十月", "10月").replace("十个", "10个")
    # 2024年3月1日至6月30日, 2024年9月16日至30日: the second date may leave out the year, and the month too.
    short = re.match(
        _DAY.format("a") + r"(?:[~～至到—–-]+)(?:(?P<bm>1[0-2]|0?[1-9])月)?(?P<bd>3[01]|[12]\d|0?[1-9])日?$", plain
    )
    try:
        if short:
            year, month = int(short["ay"]), int(short["am"])
            last = date(year, int(short["bm"] or month), int(short["bd"]))
            return _span(label, date(year, month, int(short["ad"])), last)
        if found := _DAYS.match(plain):
            return _span(
                label,
                date(int(found["ay"]), int(found["am"]), int(found["ad"])),
                date(int(found["by"]), int(found["bm"]), int(found["bd"])),
            )
        if found := _ONE_DAY.match(plain):
            day = date(int(found["ay"]), int(found["am"]), int(found["ad"]))
            return Period(label, day, day)
    except ValueError as wrong:
        raise UnusableInput(f"报告期“{label}”里有不存在的日期。请改为实际日期。", period=label) from wrong
    if named := _named_period(label, plain):
        return named
    raise UnusableInput(
        f"看不懂报告期“{label}”。可写：2024年、2024年上半年、2024年一季度、2024年3月、2024-03-01至2024-05-15。",
        period=label,
    )


def _named_period(label: str, plain: str) -> Period | None:
    """Years, halves, quarters, months and school terms."""
    if found := _QUARTER.match(plain):
        quarter = int(found["q"] or found["q2"])
        return _months(label, int(found["year"]), quarter * 3 - 2, quarter * 3)
    if found := _HALF.match(plain):
        first = found["half"] == "上半年" or found["half"].endswith("1")
        return _months(label, int(found["year"]), 1 if first else 7, 6 if first else 12)
    if found := _MONTHS.match(plain):
        return _months(label, int(found["year"]), int(found["m1"]), int(found["m2"]))
    if found := _MONTH.match(plain):
        return _months(label, int(found["year"]), int(found["month"]), int(found["month"]))
    if spelt := _stretch(label, plain):
        return spelt
    if found := _YEARS.match(plain):
        return _span(label, date(int(found["year"]), 1, 1), date(int(found["y2"]), 12, 31))
    if found := _TERM.match(plain):
        # School terms as the school calendar has them: spring from February to July, autumn from September to January.
        year = int(found["year"])
        if found["term"] == "春季":
            return Period(label, date(year, 2, 1), date(year, 7, 31))
        return Period(label, date(year, 9, 1), date(year + 1, 1, 31))
    if _SEASON.match(label):
        year = int(label[:4])
        return Period(label, date(year, 1, 1), date(year, 12, 31))
    if found := _WHOLE_YEAR.match(plain):
        return _months(label, int(found["year"]), 1, 12)
    return None


def _stretch(label: str, plain: str) -> Period | None:
    """Stretches that begin or end elsewhere than a year does: 前三季度, 截至10月底, 上旬, a school year."""
    if found := _QUARTERS.match(plain):
        return _months(label, int(found["year"]), int(found["q1"] or 1) * 3 - 2, int(found["q2"]) * 3)
    if found := _FIRST_MONTHS.match(plain):
        return _months(label, int(found["year"]), 1, int(found["count"]))
    if found := _UP_TO.match(plain):
        year, month = int(found["year"]), int(found["month"])
        length = monthrange(year, month)[1]
        return Period(label, date(year, 1, 1), date(year, month, min(int(found["day"] or length), length)))
    if found := _MONTH_TO_MONTH.match(plain):
        last, month = int(found["y2"]), int(found["m2"])
        first = date(int(found["year"]), int(found["m1"] or 1), 1)
        return _span(label, first, date(last, month, monthrange(last, month)[1]))
    if found := _TEN_DAYS.match(plain):
        year, month = int(found["year"]), int(found["month"])
        begin, end = {"上": (1, 10), "中": (11, 20), "下": (21, monthrange(year, month)[1])}[found["part"]]
        return Period(label, date(year, month, begin), date(year, month, end))
    if (found := _SCHOOL_YEAR.match(plain)) and int(found["y2"]) == int(found["year"]) + 1:
        year, half = int(found["year"]), {"1": 1, "上": 1, "2": 2, "下": 2}.get(found["half"] or "")
        first = date(year + 1, 2, 1) if half == 2 else date(year, 9, 1)
        return Period(label, first, date(year + 1, 1, 31) if half == 1 else date(year + 1, 7, 31))
    return None


def _months(label: str, year: int, first: int, last: int) -> Period:
    if last < first:
        raise UnusableInput(f"报告期“{label}”的结束早于开始。请调整起止时间。", period=label)
    return Period(label, date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def _span(label: str, first: date, last: date) -> Period:
    if last < first:
        raise UnusableInput(f"报告期“{label}”的结束早于开始。请调整起止时间。", period=label)
    return Period(label, first, last)
