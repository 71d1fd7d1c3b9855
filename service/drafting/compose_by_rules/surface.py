"""Figures and dates in their official written form. The value never changes, only how it is written."""

from __future__ import annotations

import re
from decimal import Decimal

from service.domain.quantity import When
from service.drafting.compose_by_rules.arabic import arabic_form
from service.language.clean_view import clean_view
from service.language.numbers import find_numbers

_CHINESE_DAY = {word: number for number, word in enumerate("一二三四五六七八九十", 1)}
_YEAR = r"(?P<y>(?:19|20)\d\d)"
_MONTH = r"(?P<m>1[0-2]|0?[1-9])"
_DAY = r"(?P<d>3[01]|[12]\d|0?[1-9])"
_FULL_DOTTED = re.compile(rf"(?<![\d.]){_YEAR}(?P<sep>[./-]){_MONTH}(?P=sep){_DAY}(?:日|号)?(?![\d.])")
_DOTTED = re.compile(rf"(?<![\d.]){_MONTH}[./]{_DAY}(?:日|号)")
_MONTH_DAY = re.compile(rf"(?<!\d){_MONTH}月份?{_DAY}号")
_LATER_DAY = re.compile(r"(?<=[日月至到～、—-])(?P<d>3[01]|[12]\d|[1-9])号(?![楼院幢栋门路])")
_CHINESE_DATE = re.compile(
    r"(?P<m>十[一二]|[一二三四五六七八九十])月(?P<d>三十一|三十|二十[一二三四五六七八九]|二十|十[一二三四五六七八九]|初?[一二三四五六七八九十])(?:[日号]|(?=[完开竣][工学业]|启用|投用|动工|验收))"
)
_CHINESE_MONTH = re.compile(r"(?<![一二三四五六七八九十\d个])(?P<m>十[一二]?|[一二三四五六七八九])月(?![三亮球饼])")
_MONTH_SPAN = re.compile(r"(?<![\d.])(?P<a>1[0-2]|[1-9])月?份?(?:-|~|～|—|到|至)(?P<b>1[0-2]|[1-9])月份?(?!\d)")
_DAY_SPAN = re.compile(
    r"(?<=\d月)(?P<a>3[01]|[12]\d|[1-9])[日号]?(?:-|~|～|—|到|至)(?P<b>3[01]|[12]\d|[1-9])[日号]?(?![\d%月.])(?!人|名|个|处|场|次)"
)
_MORE = re.compile(r"(?P<n>\d[十百千万亿]{0,2}|[十百千万亿])多(?=[\u4e00-\u9fff])(?!半|月|年半|少|种多样)")
_MORE_UNIT = re.compile(r"(?<=[\d十百千万])多(?=[个名人户处条份块家场次件张盏棵吨])")
_RANGE = re.compile(
    r"(?<![\d.〔\-A-Za-z])(?P<a>\d{1,6}(?:\.\d{1,3})?%?)[-~](?P<b>\d{1,6}(?:\.\d{1,3})?)(?=[\u4e00-\u9fff%])(?![年月号])"
)
_ADJACENT = re.compile(r"(?<![\d.、])(?P<a>[1-9])、(?P<b>[1-9])(?=[个名人户处条份块家场次件张盏棵吨天])")
_MONEY = re.compile(r"(?<=[\d万千百])(?:块钱|元钱)")
# 四十三个人 are 43人; 个人 behind a word is a person's own.
_PERSONS = re.compile(r"(?<=[\d余几])个(?=人(?![大民员家行均物才事体]))")
_YEAR_SPELLED = re.compile(r"(?P<y>[一二][零〇九][零〇一二三四五六七八九]{2})年")
_YEAR_DIGITS = str.maketrans("零〇一二三四五六七八九", "00123456789")
_STRAIGHT_QUOTES = re.compile(r"\"(?P<said>[^\"\n“”]{1,40})\"")
_OF_MONEY = re.compile(
    r"资金|经费|预算|概算|投资|投入|捐款|善款|花了?|花费|支出|投|出钱|掏钱|拨|补贴|补助|补偿|奖励|罚|收费|缴|工资|价|费用|造价|租金|钱|"
    r"每间给|每户给|每人给|便宜|每餐|一荤|一份|补(?=\d)"
)
_BOARDS = re.compile(r"板|牌|栏|屏|砖|匾|石|玻璃|地|田|绿|幕|布|标识|瓦")
_YUAN = re.compile(r"(?<=[\d万千百])块(?=$|[，。；、（）])")
_BARE_MONEY = re.compile(r"(?<=[\d一二三四五六七八九十百两])[万亿](?=$|[，。；、（）])")
_SQUARE = re.compile(r"(?<=[\d万千百余多])(?:个?平方|平米|㎡|平(?=[，。；、的]|$))(?!米|公里|千米|厘米|分米|[A-Za-z])")
_PERIOD_DASH = re.compile(r"(?P<a>\d{1,2}月份?(?:\d{1,2}日)?|\d{4}年)[-~～到](?=\d{1,2}[月日]|\d{4}年|\d{1,2}月)")
_BARE_YEAR = re.compile(
    rf"(?<![\dA-Za-z.〔（(第]){_YEAR}[ \u3000]{{1,2}}(?=[约近]?\d[\d,.]{{0,9}}(?:万|亿)?[\u4e00-\u9fff%])"
)
_ACROSS_YEARS = re.compile(
    r"(?P<then>(?:19|20)\d\d年)(?P<a>\d[\d,]{0,9}(?:\.\d+)?)(?P<unit>[万亿]?[\u4e00-\u9fff%]{1,3}?) ?(?:→|->|—>|⇒|=>) ?"
    r"(?P<now>(?:19|20)\d\d年)(?P<b>\d[\d,]{0,9}(?:\.\d+)?)(?P=unit)"
)
_TITLES = re.compile(r"(?<=》)、(?=《)")


def written_form(text: str) -> str:
    """`text` with full-width digits, stray spaces, dotted and spoken dates, 多, ranges and spoken units in official
    form: 3.8号 → 3月8日, ３０多个 → 30余个, 三十八次 → 38次, 15-20处 → 15～20处, 200平 → 200平方米. Pure."""
    text = arabic_form(clean_view(_BARE_YEAR.sub(r"\g<y>年", text)).strip())
    text = _ACROSS_YEARS.sub(_across_years, text)
    text = _FULL_DOTTED.sub(lambda f: f"{f['y']}年{int(f['m'])}月{int(f['d'])}日", text)
    text = _DOTTED.sub(lambda f: f"{int(f['m'])}月{int(f['d'])}日", text)
    text = _MONTH_DAY.sub(lambda f: f"{int(f['m'])}月{int(f['d'])}日", text)
    text = _CHINESE_DATE.sub(lambda f: f"{_small(f['m'])}月{_small(f['d'])}日", text)
    text = _CHINESE_MONTH.sub(lambda f: f"{_small(f['m'])}月", text)
    text = _MONTH_SPAN.sub(lambda f: f"{f['a']}月至{f['b']}月", text)
    text = _DAY_SPAN.sub(lambda f: f"{f['a']}日至{f['b']}日", text)
    text = _LATER_DAY.sub(lambda f: f"{int(f['d'])}日", text)
    text = _PERIOD_DASH.sub(lambda f: f"{f['a']}至", text)
    text = _MONEY.sub("元", text)
    text = _STRAIGHT_QUOTES.sub(lambda f: f"“{f['said']}”", text)
    text = _PERSONS.sub("", text)
    text = _YEAR_SPELLED.sub(lambda f: f["y"].translate(_YEAR_DIGITS) + "年", text)
    text = _SQUARE.sub("平方米", text)
    text = _MORE.sub(lambda f: f"{f['n']}余", text)
    text = _MORE_UNIT.sub("余", text)
    text = _RANGE.sub(_range, text)
    text = _ADJACENT.sub(_adjacent, text)
    return _TITLES.sub("", text)


def _across_years(found: re.Match[str]) -> str:
    """2022年12.4% → 2025年8.6% as a change, whose direction the figures decide."""
    before, after = (Decimal(found[name].replace(",", "")) for name in ("a", "b"))
    word = "为" if before == after else ("增至" if after > before else "降至")
    then, now = f"{found['then']}的{found['a']}{found['unit']}", f"{found['now']}的{found['b']}{found['unit']}"
    return f"由{then}{word}{now}"


def with_money_unit(text: str) -> str:
    """`text` with 万 as 万元 and 块 as 元 where it speaks of money and of nothing else: 花了52万, 每餐补3块. Pure."""
    if not _OF_MONEY.search(text):
        return text
    # What a question quotes stays as it was asked.
    return "".join(part if part.startswith("【") else _in_yuan(part) for part in re.split(r"(【[^】]*】)", text))


def _in_yuan(text: str) -> str:
    if not _BOARDS.search(text):
        text = _YUAN.sub("元", text)
    if re.search(r"万[份人次册只张棵平米吨方件条]", text):
        return text
    return _BARE_MONEY.sub(lambda found: f"{found.group()}元", text)


def _small(word: str) -> int:
    """The number a Chinese day or month word names, 1 to 31. Pure."""
    word = word.removeprefix("初")
    tens, mark, ones = word.rpartition("十")
    if not mark:
        return _CHINESE_DAY[word]
    return (_CHINESE_DAY[tens] if tens else 1) * 10 + (_CHINESE_DAY[ones] if ones else 0)


def _range(found: re.Match[str]) -> str:
    # 15-20% leaves the first percent sign out, which the standard forbids: it reads as 15 to 20 %.
    after = found.string[found.end() : found.end() + 1]
    first = found["a"] + "%" if after == "%" and not found["a"].endswith("%") else found["a"]
    return f"{first}～{found['b']}"


def _adjacent(found: re.Match[str]) -> str:
    # 3、4个 is 三四个 only where the digits follow each other; 3、7个 stays as the clerk wrote it.
    low, high = int(found["a"]), int(found["b"])
    return f"{'一二三四五六七八九'[low - 1]}{'一二三四五六七八九'[high - 1]}" if high == low + 1 else found.group()


# 停电时间1.9小时 has the word 时间 before a figure that looks like a day.
_NO_UNIT = r"(?!小时|分钟|公里|公斤|毫升|平方|[天个次人户处份条吨米亩万亿元倍岁分秒度级成千百斤升件块家名场])"


def with_bare_dates(text: str, day: When | None) -> str:
    """`text` with a bare 4.12 written as 4月12日 where the notes were understood to mean that day. Only `day` tells a
    date from a decimal, and a unit behind it tells that it is one: 4.12公里 stays. Pure."""
    found = _ISO.match(day.lo) if day is not None else None
    if not found or not found["d"]:
        return text
    month, date = int(found["m"]), int(found["d"])
    bare = re.compile(rf"(?<![\d.])0?{month}[.．/]0?{date}(?![\d.%]){_NO_UNIT}")
    measured = [one for one in find_numbers(text) if one.unit is not None]
    for match in reversed(list(bare.finditer(text))):
        if not any(one.start <= match.start() < one.end for one in measured):
            text = f"{text[: match.start()]}{month}月{date}日{text[match.end() :]}"
    return text


_ISO = re.compile(r"(?:(?P<y>\d{4})|-)-(?P<m>\d\d)(?:-(?P<d>\d\d))?$")


def day_words(day: When, year: int) -> str | None:
    """`day` as an official date without the year where it is `year`: 3月8日, 2023年3月8日, 3月, 3月1日至5日. None where
    it is no day or month. Pure."""
    first = _one_day(day.lo, year)
    if day.lo == day.hi or first is None:
        return first
    low, high = _ISO.match(day.lo), _ISO.match(day.hi)
    if low and high and low["y"] == high["y"] and low["m"] == high["m"] and low["d"] and high["d"]:
        return f"{first}至{int(high['d'])}日"
    last = _one_day(day.hi, int(low["y"]) if low and low["y"] else year)
    return f"{first}至{last}" if last else None


def _one_day(iso: str, year: int) -> str | None:
    found = _ISO.match(iso)
    if not found:
        return None
    head = f"{found['y']}年" if found["y"] and int(found["y"]) != year else ""
    return f"{head}{int(found['m'])}月" + (f"{int(found['d'])}日" if found["d"] else "")
