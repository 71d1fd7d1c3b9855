"""R02–R06, R14, R31, R37: years, days, spans of time and 截至."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.checking.wording.draft_text import DraftText
from service.checking.wording.finding import Occasion, Slip
from service.language.patterns import deferred

_YEAR = deferred(r"(?<![\d.])((?:19|20)\d\d)年")
# Years that national plans look ahead to; any report may name them.
_FAR_AIMS = frozenset({2030, 2035, 2049, 2050, 2060})
_REACH_YEARS = 5


def far_year(draft: DraftText, occasion: Occasion) -> Iterator[Slip]:
    """R02: a year far after the period, as 2042年 for 2024年. Years that cannot be are the number checker's."""
    if occasion.period is None:
        return
    last = occasion.period.year + _REACH_YEARS
    for found in _YEAR.finditer(draft.own):
        year = int(found[1])
        if year > last and year not in _FAR_AIMS:
            message = f"{year}年远在报告期（{occasion.period.chinese}）之后，可能是数字颠倒，请核对。"
            yield Slip(found.start(), found.end(), message)


# 坚持10年以来 and 开园15年底 would be spans of time, so a short year needs a clause start or 自 于 至 before it,
# or a month, half or quarter after it.
_SHORT_YEAR = deferred(
    r"(?:(?<![\d.\-—~～第近满整达了过历])(?<![\u4e00-\u9fff][十百千])(?P<a>[0-4]\d|[89]\d)年"
    r"(?=(?:1[0-2]|[1-9])月(?!龄)|[上下]半年|第?[一二三四]季度)"
    r"|(?:(?<=[，。；、：（(\s自从于在至])|^)(?P<b>[0-4]\d|[89]\d)年(?=以来|度|年?[底初末]|春节|[春夏秋冬]季|全年|开始))",
    re.MULTILINE,
)


# Most drafts have none: a quick look spares them the long pattern.
_TWO_DIGITS = deferred(r"\d\d年(?<!\d\d\d年)")
_DOT = deferred(r"\d\.\d{1,2}(?:[日号]|\.\d)")


def short_year(draft: DraftText, occasion: Occasion) -> Iterator[Slip]:
    """R03: 23年以来 for 2023年以来."""
    if not _TWO_DIGITS.search(draft.own):
        return
    for found in _SHORT_YEAR.finditer(draft.own):
        digits = found["a"] or found["b"]
        full = ("20" if int(digits) < 50 else "19") + digits
        yield Slip(found.start(), found.end(), f"年份写四位数，宜写“{full}年”。", f"{full}年")


# 缩短至2.5日 is a length of time; a month and day either has a day of two digits or follows a clause start or 于 在 自.
_DOTTED_DAY = deferred(
    r"(?<![\d.])(?:(?P<year>(?:19|20)\d\d)\.)?(?P<month>1[0-2]|0?[1-9])\.(?P<day>3[01]|[12]\d|0?[1-9])[日号](?!均)"
)
_DOTTED_DATE = deferred(r"(?<![\d.A-Za-z])((?:19|20)\d\d)\.(1[0-2]|0?[1-9])\.(3[01]|[12]\d|0?[1-9])(?![\d.日号])")
_SPAN_BEFORE = deferred(r"(?:时|短|至|到|约|均|过|前|后|共|需|达|为|期|超|近|要|减|少)$")


def dotted_date(draft: DraftText, occasion: Occasion) -> Iterator[Slip]:
    """R04: 3.28日 for 3月28日, and 2024.3.28 in the text."""
    if not _DOT.search(draft.own):
        return
    for found in _DOTTED_DAY.finditer(draft.own):
        before = draft.own[max(0, found.start() - 1) : found.start()]
        if found["year"] is None and len(found["day"]) < 2 and _SPAN_BEFORE.search(before):
            continue
        year = f"{found['year']}年" if found["year"] else ""
        mended = f"{year}{int(found['month'])}月{int(found['day'])}日"
        yield Slip(found.start(), found.end(), f"日期写全“月、日”，宜写“{mended}”。", mended)
    for found in _DOTTED_DATE.finditer(draft.own):
        if _is_signature(draft, found.start(), found.end()):
            continue  # R06 asks for the form of a signature's date.
        mended = f"{found[1]}年{int(found[2])}月{int(found[3])}日"
        yield Slip(found.start(), found.end(), f"正文日期写全“年、月、日”，宜写“{mended}”。", mended)


_DAY_AS_HAO = deferred(
    r"(?<=\d月)(?P<day>[12]\d|3[01]|[1-9])号(?![楼院线桌门馆厅店井路文机台窗栋库泵会仓坑段]|公告|令)"
    r"|(?<=[至到—～~-])(?P<later>[12]\d|3[01]|[1-9])号(?![楼院线桌门馆厅店井路文机台窗栋库泵会仓坑段])"
)
_DAY_BEFORE = deferred(r"月\d{1,2}[日号]?$")


def day_as_hao(draft: DraftText, occasion: Occasion) -> Iterator[Slip]:
    """R05: 9月3号 for 9月3日."""
    for found in _DAY_AS_HAO.finditer(draft.own):
        # 1号至3号楼 is a row of buildings: the second day of a span needs the month of the first.
        if found["later"] and not _DAY_BEFORE.search(draft.own, max(0, found.start() - 6), found.start() - 1):
            continue
        digits = found["day"] or found["later"]
        yield Slip(found.start(), found.end(), "正式行文写“日”，不写“号”。", f"{digits}日")


_PADDED = deferred(r"(?<=年)0(?=[1-9]月)|(?<=月)0(?=[1-9]日)")
_MIXED_DATE = deferred(
    r"[〇○零一二三四五六七八九]{4}年(?:\d{1,2}月)(?:\d{1,2}日)?|(?<!\d)(?:19|20)\d\d年[一二三四五六七八九十]{1,2}月(?:\d{1,2}日|[一二三四五六七八九十]{1,3}日)?"
)
_SMALL = "[一二三四五六七八九十]"
_SIGNED = deferred(
    r"[ \t\u3000]{0,40}(?P<date>(?:(?P<year>(?:19|20)\d\d|[〇○零一二三四五六七八九]{4})[年.\-/])?"
    rf"(?P<month>\d{{1,2}}|{_SMALL}{{1,2}})[月.\-/](?P<day>\d{{1,2}}|{_SMALL}{{1,3}})[日号]?)"
    r"(?P<stop>[。.]?)[ \t\u3000]{0,20}$"
)
_PLACES = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_LAST_LINES = 3


def _is_signature(draft: DraftText, start: int, end: int) -> bool:
    line = draft.line_at(start)
    return (
        line is not None
        and line in draft.lines[-_LAST_LINES:]
        and draft.raw[line.start : line.end].strip() == draft.raw[start:end]
    )


def signing_date(draft: DraftText, occasion: Occasion) -> Iterator[Slip]:
    """R06: no leading zeros, one kind of numerals, a full year, Arabic digits under a signature."""
    for found in _PADDED.finditer(draft.own):
        yield Slip(found.start(), found.end(), "月、日前不加“0”。", "")
    signed: list[tuple[int, int]] = []
    for line in draft.lines[1:][-_LAST_LINES:]:
        shown = _SIGNED.match(draft.raw[line.start : line.end])
        if shown is not None:
            start, end = line.start + shown.start("date"), line.start + shown.end("stop")
            signed.append((start, end))
            yield from _signed(draft, shown, start, end)
    for found in _MIXED_DATE.finditer(draft.own):
        if not any(start <= found.start() < end for start, end in signed):
            yield Slip(found.start(), found.end(), "同一日期里不混用汉字和阿拉伯数字。")


def _signed(draft: DraftText, shown: re.Match[str], start: int, end: int) -> Iterator[Slip]:
    if shown["year"] is None:
        yield Slip(start, end, "成文日期要写明年份。")
        return
    month, day = _small(shown["month"]), _small(shown["day"])
    mended = f"{shown['year'].translate(_PLACES)}年{month}月{day}日"
    written = draft.raw[start:end]
    # Leading zeros alone are mended one by one above.
    if re.sub(r"(?<=[年月])0", "", written) != mended and month and day:
        yield Slip(start, end, f"成文日期用阿拉伯数字写全年、月、日，末尾不加标点，宜写“{mended}”。", mended)


def _small(text: str) -> int:
    from service.checking.wording.draft_text import chinese_number

    return int(text) if text.isdigit() else chinese_number(text) or 0


_HYPHEN = r"(?:-{1,2}|–|~|——)"
_YEARS = deferred(rf"(?<![\d.\-])((?:19|20)\d\d)(年?)(?:{_HYPHEN}|～)((?:19|20)\d\d)(年|学年)")
_MONTHS = deferred(rf"(?<![\d.\-])(1[0-2]|[1-9])(月?){_HYPHEN}(1[0-2]|[1-9])月(?!龄)")
_DAYS = deferred(rf"(?<=月)([12]\d|3[01]|[1-9])(日?){_HYPHEN}((?:(?:1[0-2]|[1-9])月)?(?:[12]\d|3[01]|[1-9]))日")


def time_span_sign(draft: DraftText, occasion: Occasion) -> Iterator[Slip]:
    """R14: 2023-2025年 for 2023—2025年."""
    message = "时间起止用一字线“—”。"
    for found in _YEARS.finditer(draft.own):
        yield Slip(found.start(), found.end(), message, f"{found[1]}{found[2]}—{found[3]}{found[4]}")
    for found in _MONTHS.finditer(draft.own):
        yield Slip(found.start(), found.end(), message, f"{found[1]}{found[2]}—{found[3]}月")
    for found in _DAYS.finditer(draft.own):
        yield Slip(found.start(), found.end(), message, f"{found[1]}{found[2]}—{found[3]}日")


_UNTIL = deferred(
    r"(?<![名报票集稿收名标])截止(?:到|至)?(?=\s?(?:\d{1,4}[年月.]|[〇零一二三四五六七八九十]{1,4}[年月]|目前|今[年天日]|本[月年周]|上个?月"
    r"|去年|[上下]半年|[年月]底|当前|现在|同期|第?[一二三四]季度))"
)


def until(draft: DraftText, occasion: Occasion) -> Iterator[Slip]:
    """R31: 截止6月底 for 截至6月底."""
    for found in _UNTIL.finditer(draft.own):
        message = "表示“到某时为止”用“截至”；“截止”是“停止”，后面不带时间。"
        yield Slip(found.start(), found.end(), message, "截至")


_RELATIVE = deferred(r"今年|去年|前年|本年度|上年度?|上个?月|本月")
_ANY_YEAR = deferred(r"(?:19|20)\d\d[年.\-/]|[〇○零一二三四五六七八九]{4}年")


def loose_time(draft: DraftText, occasion: Occasion) -> Iterator[Slip]:
    """R37: 今年 in a draft without any year or period. Only the first place is shown: one year settles all."""
    if occasion.period is not None or _ANY_YEAR.search(draft.raw):
        return
    found = _RELATIVE.search(draft.own)
    if found is not None:
        yield Slip(found.start(), found.end(), f"全文没有写年份，“{found.group()}”无从对应，请写明年份或先填报告期。")
