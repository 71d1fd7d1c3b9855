"""Calendar expressions: years, months, days, quarters, half years, weekdays and their spans, spoken or dotted."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace

from service.domain.quantity import Kind, Mention, Role, When
from service.language.numbers.numeral import chinese_to_decimal
from service.language.numbers.units import unit_at
from service.language.numbers.view import View
from service.language.patterns import deferred

_N = r"(?:\d{1,2}|三十一?|[二廿]十?[一二三四五六七八九]|二十|十[一二三四五六七八九]?|[一二三四五六七八九])"
# 二0二四 writes its zero as a figure, and 20 24 年 is a year that a conversion has torn apart.
_Y = r"(?:\d{4}|(?:1 ?9|2 ?0) ?\d ?\d(?= {0,2}年)|[一二][〇零0一二三四五六七八九]{3})"
_TO = r" {0,2}(?:至|到|~{1,2}|-{1,2}) {0,2}"
# After a month a day is a day whatever follows: 5月12号院务会.
_DAY_OF_MONTH_TAIL = r" ?(?:日|号(?!楼(?!道)|院(?!务|领导|内|里)|线(?![上下])|桥|地块))"
_MONTH_TAIL = r"(?:份(?!额|量)|底|初|末|上旬|中旬|下旬)?"
# 5号楼 and 3号文 are names, but 12日院务会 and 3月5号文艺演出 are days: only 号 may open a name, and not every word.
_DAY_TAIL = (
    r" ?(?:日|号(?!楼(?!道)|院(?!务|内|里)|线(?!上|下)|文(?!明|艺|化|体|物)|机(?!关|构|动)|令|公路|门(?!前|口)|地块"
    r"|台(?!账)|桌|馆|厅|库|井|坝|桥|点|信箱|岗|码))"
)

_POINT = deferred(
    rf"(?:(?P<y>{_Y}) {{0,2}}年(?:度)? {{0,2}}(?:的)?)?"
    rf"(?:第?(?P<q>[一二三四1-4])季(?:度|(?=[ \t、,/:;()\n]|$|\d))|(?P<h>[上下])半年"
    rf"|(?P<m>{_N}) {{0,2}}月(?P<mt>{_MONTH_TAIL})(?: {{0,2}}(?P<d>{_N}){_DAY_OF_MONTH_TAIL})?)"
)
# 五月二十六完工: speech leaves out 日; 三月二十六车 counts.
_SPOKEN_DAY = deferred(
    r" ?(?P<d>二?十[一二三四五六七八九]?|三十一?)"
    r"(?=$|[\n ,，。;；、:：）)]|[完开竣动启揭挂召举办搞到结才就上下晚早那是不又去来改写说])"
)
_YEAR = deferred(rf"(?P<y>{_Y}) {{0,2}}年(?:度(?!过)|底|初|末)?(?!级)")
# 志愿者 2024 610人 → 2025 735人: a year that a blank sets before its figure.
_BARE_YEAR = deferred(
    r"(?<![\dA-Za-z.〔（(第])(?P<y>(?:19[5-9]|20[0-4])\d)(?= {1,2}[约近]?\d[\d,.]{0,9}(?:万|亿)?[\u4e00-\u9fff%])"
)
_SHORT_YEAR = deferred(r"(?P<y>[0-9]{2}) ?年(?=以来|底|初|度|末|\d{1,2}月|[上下]半年)(?:底|初|度|末)?")
# 98年建成 is a year; 98年 alone may be a span.
_OLD_YEAR = deferred(
    r"(?P<y>[6-9]\d|0\d) ?年(?=建|成立|创|始|入党|参加工|出生|投用|开业|开工|竣工|[上下]半年|\d{1,2}月|底|初)(?:底|初)?"
    r"|(?P<z>[〇零][一二三四五六七八九]|[一二][〇零])年"
)
_DECADE = deferred(
    r"(?:(?P<c>1[0-9]|2[01]|十九|二十一?) ?世纪(?:的)?)?(?P<d>[1-9]0|[二三四五六七八九]十) ?年代(?:初|末|中|后)?期?"
)
_CENTURY = deferred(r"(?P<c>1[0-9]|2[0-9]|十九|二十一?) ?世纪")
_DAY = deferred(rf"(?P<d>{_N}){_DAY_TAIL}(?!内|游|以内|之内)")
_DOTTED = deferred(r"(?P<y>(?:19|20)\d\d)(?P<s>[./-])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?![\d.])日?")
_DOTTED_MONTH = deferred(r"(?P<y>(?:19|20)\d\d)[./](?P<m>0?[1-9]|1[0-2])(?![\d.%万亿余多])月?")
_DOTTED_DAY = deferred(r"(?P<m>\d{1,2})\.(?P<d>\d{1,2}) ?[日号]")
# 3.12 is a date only in company: 今天3.12植树; elsewhere it is a figure.
_BARE_DOTTED = deferred(r"(?P<m>1[0-2]|0?[1-9])\.(?P<d>[12]\d|3[01]|0?[1-9])(?![\d.%万亿余多]| ?[元吨亩公平米千个])")
_DOTTED_DAYS = deferred(rf"(?P<m>\d{{1,2}})\.(?P<d>\d{{1,2}}){_TO}(?P<n>\d{{1,2}})\.(?P<e>\d{{1,2}}) ?[日号]")
_DOTTED_TAIL = deferred(r"(?P<m>1[0-2]|0?[1-9])(?P<s>[./])(?P<d>[12]\d|3[01]|0?[1-9])(?![\d.])日?")
_HALF_DAY = deferred(r" ?(?:上午|下午|晚上|早上|中午|凌晨|当天|傍晚)")
_LINE_DAY = deferred(r"(?:1[0-2]|0?[1-9])\.(?:[12]\d|3[01])(?=[ ,:])")
_LATE_DAY = deferred(r"(?:1[0-2]|0?[1-9])\.(?:[12]\d|3[01])(?! ?[倍成折分级版])")
_OPENS = deferred(r"(?:^|[\n;；。,，(（])[ \-·•*]{0,4}$")
_DAY_WORD = deferred(r"(?:今天|昨天|明天|前天|定于|截至|日期:?|时间:?|当天) ?$")
_DAY_IN_BRACKETS = deferred(r"(?:[今昨明前后当][天日]|本月|本周|上周|下周|[周期][一二三四五六日天]|节) ?\($")
_COLUMN_DAY = deferred(r"(?:1[0-2]|[1-9])\.(?:[12]\d|3[01]|[1-9])[ \u4e00-\u9fff](?!级)")
_HIGH_DAY = deferred(
    r"(?:^|\n)(?:1[0-2]|[1-9])\.(?:1[3-9]|2\d|3[01])(?=[ \u4e00-\u9fff])"
    r"(?! ?[万亿余多元吨亩公平米千倍%])"
)
_COLUMN_CHARS = 1500
_SPEAKER = deferred(r"(?:^|\n) ?[\u4e00-\u9fffA-Za-z]{1,8}:$")
_FEAST_BEFORE = deferred(r"[\u4e00-\u9fff]{2}节$")
_SAYS = deferred(r"[\u4e00-\u9fff](?<![高低多少以左的余万亿])")
# 6月30前 lacks its 日; 6月96起 counts what happened in a month.
_BROKEN_DAY = deferred(
    rf"(?:(?P<y>{_Y}) {{0,2}}年 {{0,2}})?(?P<m>\d{{1,2}}) {{0,2}}月 {{0,2}}(?P<d>3[01]|[12]\d|0?[1-9])(?!\d)"
    r"(?:[前后起止](?!期|勤)|之前|以前)"
)
_MONTHS = deferred(rf"(?:(?P<y>{_Y}) {{0,2}}年 {{0,2}})?(?P<a>{_N}){_TO}(?P<b>{_N}) {{0,2}}月(?:份)?(?! ?{_N}[日号])")
# 三四月份 names two months.
_NEXT_MONTHS = deferred(r"(?P<a>[一二三四五六七八])(?P<b>[二三四五六七八九])月份?(?!龄)")
_DAYS = deferred(
    rf"(?:(?P<y>{_Y}) {{0,2}}年 {{0,2}})?(?:(?P<m>{_N}) {{0,2}}月 {{0,2}})?"
    rf"(?P<a>{_N}){_TO}(?P<b>{_N}){_DAY_TAIL}(?!内|游)"
)
_YEARS = deferred(
    rf"(?P<a>{_Y}){_TO}(?P<b>{_Y}) {{0,2}}(?:学年|年度?)|(?P<c>(?:19|20)\d\d){_TO}(?P<e>(?:19|20)\d\d)(?=\))"
)
_QUARTERS = deferred(rf"(?:(?P<y>{_Y}) {{0,2}}年 {{0,2}})?(?P<a>[一二三四1-4]){_TO}(?P<b>[一二三四1-4])季度")
_FIRST_QUARTERS = deferred(r"(?P<n>[两二三23])个?季度")
_CONNECTOR = deferred(_TO)
# 20006年 has a digit too many, 202年 one too few, 2204年 two changed places; 200年 of history has none.
_LONG_YEAR = deferred(r"(?:\d{5,9}|20[1-9]|2[2-9]\d\d) {0,2}年(?!前|后|来|历史|的历史|以上|间)")


@dataclass(frozen=True, slots=True)
class Point:
    """A calendar point: parts that are not written are None. `half` is 1 or 2."""

    end: int
    kind: Kind
    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    half: int | None = None

    @property
    def possible(self) -> bool:
        """True where the calendar has such a point; 29 February counts where no year denies it."""
        if self.month is not None and not 1 <= self.month <= 12:
            return False
        if self.day is None:
            return True
        if self.month is None:
            return 1 <= self.day <= 31
        return 1 <= self.day <= monthrange(self.year or 2024, self.month)[1]

    @property
    def iso(self) -> When:
        """The point as ISO partials; a half year is a span of months."""
        year = f"{self.year:04d}" if self.year is not None else "-"
        if self.half is not None:
            months = ("01", "06") if self.half == 1 else ("07", "12")
            return When(f"{year}-{months[0]}", f"{year}-{months[1]}")
        if self.quarter is not None:
            return _same(f"{year}-Q{self.quarter}")
        if self.day is not None:
            return _same(f"{year}-{self.month:02d}-{self.day:02d}" if self.month else f"---{self.day:02d}")
        return _same(f"{year}-{self.month:02d}" if self.month else year)


def _same(text: str) -> When:
    return When(text, text)


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    plain = text.replace(" ", "")
    if plain[0] in "一二":
        plain = plain.replace("0", "〇")
    value = chinese_to_decimal(plain.replace("廿", "二十") if len(plain) < 3 else plain)
    return None if value is None else int(value)


def read_calendar(view: View, start: int) -> Mention | None:
    """The calendar expression that begins at `start`: a span, a point, or a damaged or impossible one. Pure."""
    plain = view.plain
    if start > 0 and plain[start - 1] in "第." and not plain.startswith("季度", start + 1):
        return None
    if found := _BROKEN_DAY.match(plain, start):
        return view.mention(start, found.end(), Role.DEFECT, Kind.DATE, reason="missing_day_word")
    if found := _LONG_YEAR.match(plain, start):
        return view.mention(start, found.end(), Role.DEFECT, Kind.CORRUPT, reason="damaged_year")
    if found := _DOTTED_DAYS.match(plain, start):
        begin = Point(start, Kind.DATE, None, int(found["m"]), int(found["d"]))
        return _span(view, start, begin, Point(found.end(), Kind.DATE, None, int(found["n"]), int(found["e"])))
    if span := _headless_span(view, start):
        return span
    if age := _age(view, start):
        return age
    first = read_point(plain, start)
    if first is None:
        return None
    if joined := _CONNECTOR.match(plain, first.end):
        second = read_point(plain, joined.end()) or _dotted_tail(plain, start, first, joined.end())
        if second is not None:
            return _span(view, start, first, second)
    return _point(view, start, first)


def _dotted_tail(plain: str, start: int, first: Point, second: int) -> Point | None:
    """The shorter end of a dotted span: 2024.3.8-3.12."""
    found = _DOTTED_TAIL.match(plain, second)
    if found is None or first.year is None or first.day is None or plain[start + 4] != found["s"]:
        return None
    return Point(found.end(), Kind.DATE, first.year, int(found["m"]), int(found["d"]))


def _age(view: View, start: int) -> Mention | None:
    """A decade or a century: 20世纪80年代 is 1980 to 1989; without a century the one before 2030 is meant."""
    if found := _DECADE.match(view.plain, start):
        decade = _number(found["d"]) or 0
        century = _number(found["c"]) or (21 if decade < 30 else 20)
        first = (century - 1) * 100 + decade
        when = When(str(first), str(first + 9))
        return view.mention(start, found.end(), Role.CLAIM, Kind.PERIOD, when=when)
    if found := _CENTURY.match(view.plain, start):
        last = (_number(found["c"]) or 0) * 100
        return view.mention(start, found.end(), Role.CLAIM, Kind.PERIOD, when=When(str(last - 99), str(last)))
    return None


def read_point(plain: str, start: int) -> Point | None:
    """One calendar point that begins at `start`, or None. Pure."""
    if found := _DOTTED.match(plain, start):
        return Point(found.end(), Kind.DATE, int(found["y"]), int(found["m"]), int(found["d"]))
    if found := _DOTTED_DAY.match(plain, start):
        return Point(found.end(), Kind.DATE, None, int(found["m"]), int(found["d"]))
    found = _BARE_DOTTED.match(plain, start)
    if found is not None and _is_dotted_day(plain, start, found.end()):
        return Point(found.end(), Kind.DATE, None, int(found["m"]), int(found["d"]))
    if found := _POINT.match(plain, start):
        return _spoken_point(plain, found)
    if found := _YEAR.match(plain, start) or _BARE_YEAR.match(plain, start):
        year = _number(found["y"]) or 0
        # 1000年 and 500年 count years; 1840年 names one.
        return Point(found.end(), Kind.YEAR, year) if 1600 <= year <= 2199 else None
    if found := _OLD_YEAR.match(plain, start):
        short = _number(found["y"] or found["z"]) or 0
        return Point(found.end(), Kind.YEAR, (1900 if short >= 60 else 2000) + short)
    if found := _SHORT_YEAR.match(plain, start):
        return _short_year(plain, found)
    if (found := _DOTTED_MONTH.match(plain, start)) and found.end() - start > 5:
        return Point(found.end(), Kind.MONTH, int(found["y"]), int(found["m"]))
    if found := _DAY.match(plain, start):
        day = _number(found["d"])
        if day is not None and day <= 31 and _is_day(plain, start, found):
            return Point(found.end(), Kind.DATE, day=day)
    return None


def _short_year(plain: str, found: re.Match[str]) -> Point | None:
    """25年底, and 25年12月 as the month it is."""
    year = int(found["y"])
    month = _POINT.match(plain, found.end())
    if month and month["m"] and not month["y"] and (whole := _spoken_point(plain, month)) and whole.month:
        return replace(whole, year=(1900 if year > 60 else 2000) + year)  # 25年12月
    if plain[found.end("y") :].lstrip(" 年")[:2] == "以来" and year < 15:
        return None
    return Point(found.end(), Kind.YEAR, (1900 if year > 60 else 2000) + year)


def day_at_line_start(plain: str, start: int) -> bool:
    """True where a note begins with its day, 4.15上午, 4.15， or 4.3 in a column of days; 1.2 heads a section. Pure."""
    found = _BARE_DOTTED.match(plain, start)
    if found is None:
        return False
    return bool(_HALF_DAY.match(plain, found.end()) or _LINE_DAY.match(plain, start) or _in_column(plain, start))


def _in_column(plain: str, start: int) -> bool:
    """True for 4.3 among lines that begin with 4.12 and 4.26: no section has so high a number."""
    if not _COLUMN_DAY.match(plain, start):
        return False
    window = plain[max(0, start - _COLUMN_CHARS) : start + _COLUMN_CHARS]
    return _HIGH_DAY.search(window) is not None


def _is_dotted_day(plain: str, start: int, end: int) -> bool:
    after = end + (plain[end : end + 1] == " ")
    unit = unit_at(plain, after)
    if unit is not None and not unit.is_counter:
        return False  # 平均停电时间1.9小时 lasts, it is no ninth of January.
    before = plain[max(0, start - 6) : start]
    if _HALF_DAY.match(plain, end) or _DAY_WORD.search(before):
        return True
    if plain[end : end + 1] == ")" and _DAY_IN_BRACKETS.search(before):
        return True
    if start == 0 or plain[start - 1] == "\n":
        return _LINE_DAY.match(plain, start) is not None or _in_column(plain, start)
    opens = _OPENS.search(before) is not None and _SAYS.match(plain, after) is not None
    if opens and unit is None and _LATE_DAY.match(plain, start):
        return True  # 9.28镇党委会；9.29各村开会
    # 小窦：4.20邻里运动会 begins a message; 得分：9.8高于去年 compares.
    said = plain[start - 1] == ":" and _SPEAKER.search(plain[max(0, start - 12) : start]) is not None
    told = said or _FEAST_BEFORE.search(before) is not None
    return told and unit is None and _SAYS.match(plain, end) is not None


_TIMES_OF_DAY = ("晚上", "早上", "上午", "下午", "凌晨", "傍晚", "中午", "夜里")


def _is_day(plain: str, start: int, found: re.Match[str]) -> bool:
    """日 makes a day; 号 does so only among dates, or 3号 of a house or a bus would be one."""
    before, after = plain[max(0, start - 1) : start], plain[found.end() : found.end() + 2]
    if found[0][-1] == "日":
        return before not in ("每", "假", "节", "近", "前", "后")
    if before in ("G", "S", "第", "楼", "路", "街", "巷", "院"):
        return False
    if not found["d"].isdigit():
        # 四号才能修好 and 是四号晚上到的 are days; 四号 alone is a house, a line or a prize.
        if plain.startswith(_TIMES_OF_DAY, found.end()) or before == "月":  # 每个月十五号
            return True
        if before in ("", " ", ",", "、", "。") and after[:1] in ("是", "那", "开"):
            return True
        return before in ("", "\n", ",", "、", "。") and after[:1] in (
            "前",
            "后",
            "晚",
            "早",
            "才",
            "就",
            "之",
            "到",
            "起",
        )
    return before in ("", "\n", ",", "、", "。", "~", "至", "到", "和", "及", " ", "月") or after[:1] in (
        "前",
        "晚",
        "早",
        "上",
        "下",
        "至",
        "到",
    )


def _spoken_point(plain: str, found: re.Match[str]) -> Point | None:
    year = _number(found["y"])
    if found["q"]:
        return Point(found.end(), Kind.QUARTER, year, quarter=_number(found["q"]))
    if found["h"]:
        return Point(found.end(), Kind.PERIOD, year, half=1 if found["h"] == "上" else 2)
    month, day = _number(found["m"]), _number(found["d"])
    spoken = _SPOKEN_DAY.match(plain, found.end()) if day is None and found["m"] and not found["mt"] else None
    if spoken is not None and not found["m"].isdigit() and unit_at(plain, spoken.end()) is None:
        return Point(spoken.end(), Kind.DATE, year, month, _number(spoken["d"]))
    if day is None:
        # 三月时间 and 3月龄 count months.
        if plain[found.end() : found.end() + 1] in ("龄", "以") and not found["mt"]:
            return None
        return Point(found.end(), Kind.MONTH, year, month)
    return Point(found.end(), Kind.DATE, year, month, day)


def _headless_span(view: View, start: int) -> Mention | None:
    """Spans whose first end leaves out its word: 1-6月份, 2023—2025年, 3月1-5日, 一至三季度."""
    plain = view.plain
    if found := _YEARS.match(plain, start):
        first, second = _number(found["a"] or found["c"]), _number(found["b"] or found["e"])
        return _span(view, start, Point(start, Kind.YEAR, first), Point(found.end(), Kind.YEAR, second))
    if (found := _FIRST_QUARTERS.match(plain, start)) and start > view.floor and plain[start - 1] == "前":
        last = Point(found.end(), Kind.QUARTER, quarter=_number(found["n"].replace("两", "二")))
        return replace(
            _span(view, start, Point(start, Kind.QUARTER, quarter=1), last),
            start=start - 1,
            text=view.text[start - 1 : last.end],
        )
    if (found := _NEXT_MONTHS.match(plain, start)) and _number(found["b"]) == (_number(found["a"]) or 0) + 1:
        begin = Point(start, Kind.MONTH, month=_number(found["a"]))
        return _span(view, start, begin, Point(found.end(), Kind.MONTH, month=_number(found["b"])))
    if found := _QUARTERS.match(plain, start):
        year = _number(found["y"])
        return _span(
            view,
            start,
            Point(start, Kind.QUARTER, year, quarter=_number(found["a"])),
            Point(found.end(), Kind.QUARTER, year, quarter=_number(found["b"])),
        )
    if found := _MONTHS.match(plain, start):
        year = _number(found["y"])
        return _span(
            view,
            start,
            Point(start, Kind.MONTH, year, _number(found["a"])),
            Point(found.end(), Kind.MONTH, year, _number(found["b"])),
        )
    if (found := _DAYS.match(plain, start)) and (found["m"] or found[0].rstrip()[-1] == "日"):
        year, month = _number(found["y"]), _number(found["m"])
        return _span(
            view,
            start,
            Point(start, Kind.DATE, year, month, _number(found["a"])),
            Point(found.end(), Kind.DATE, year, month, _number(found["b"])),
        )
    return None


def _span(view: View, start: int, first: Point, second: Point) -> Mention:
    if second.year is None and first.year is not None:
        second = Point(
            second.end, second.kind, first.year, second.month or first.month, second.day, second.quarter, second.half
        )
    if second.month is None and first.month is not None and second.day is not None:
        second = Point(second.end, second.kind, second.year, first.month, second.day)
    if not (first.possible and second.possible):
        return view.mention(start, second.end, Role.DEFECT, Kind.DATE, reason="impossible_date")
    when = When(first.iso.lo, second.iso.hi)
    return view.mention(start, second.end, Role.CLAIM, Kind.PERIOD, when=when)


def _point(view: View, start: int, point: Point) -> Mention:
    if not point.possible:
        return view.mention(start, point.end, Role.DEFECT, Kind.DATE, reason="impossible_date")
    return view.mention(start, point.end, Role.CLAIM, point.kind, when=point.iso)
