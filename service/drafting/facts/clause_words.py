"""A clause's words as they may be composed from: no filler, no personal data, no emoji, spaces tidied."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from service.domain.quantity import Mention, When
from service.drafting.facts.cuts import Cut
from service.drafting.facts.days import DOTTED, spoken_day
from service.drafting.facts.lexicon import words
from service.language.clean_view import tidy
from service.language.relative_days import said_absolutely
from service.language.words import segment

END_MARKS = " ，,、：:；;。！!？?~～…·-—"
EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d]+|\\[[\u4e00-\u9fffA-Za-z]{1,6}\\]")
_ORDINAL_OPENING = re.compile(r"(?:[一二三四五六七八九十]是|[（(]?\d{1,2}[)）]|\d{1,2}、(?!\d{1,2}月)|[①-⑳])(?!否) ?")
# 昨天（10月29日）清理: the day itself is what a report says.
_DAY_SAID_TWICE = re.compile(
    r"(?:昨天|今天|前天|昨日|今日|前日|上周[一二三四五六日]?|本周[一二三四五六日]?)[（(]((?:\d{4}年)?\d{1,2}月\d{1,2}[日号])[）)]"
)
# 上月（7月）全街道: the brackets say which one is meant.
_NAMED_AFTER = re.compile(
    r"(?:[上本这下当]{1,2}个?[月季](?:度|份)?|去年|今年|上年|昨[天晚]|前天|今天)[（(]((?:\d{4}年)?(?:\d{1,2}月(?:\d{1,2}[日号])?|[一二三四]季度)|\d{4}年)[）)]"
)
_BARE_DAY = re.compile(r"(?:1[0-2]|0?[1-9])[./](?:3[01]|[12]\d|0?[1-9])")
_BARE_SPAN = re.compile(rf"{_BARE_DAY.pattern} ?(?:[-~～—–]{{1,2}}|到|至) ?{_BARE_DAY.pattern}")
_RANKED = re.compile(r"[一二两三四五六七八九十\d]{1,3}[名位个家批次轮天周]")
_LAUGHTER = re.compile(r"[哈嘿呵嘻]{2,}[了啦]?$")
_EMPTIED = re.compile(r"[（(][：:，, ]*[）)]")


# 参加人数46 counts people: the name tells the unit that the figure lacks.
_NAMED_COUNT = re.compile(
    r"(?P<named>(?:人|户|场|件|次|份|处|张|条|块|册|家|个|支|对|起)数|人次|场次)(?:[：:是为有共约]|"
    r" )*(?P<figure>\d[\d,]*)(?![\d.,]*[\u4e00-\u9fff%％‰\d])"
)


# 户3127人8044 as a profile is jotted down; 党员212 lacks the unit that everybody knows.
_UNIT_FIRST = re.compile(
    r"(?<![\d每一几])(?:[户人栋幢][：:]?\d[\d,]{0,8}){2,}(?<=\d)(?=$|[^\u4e00-\u9fff\d.]|[\u4e00-\u9fff]{1,4}[：:]?\d)"
)
_ONE_UNIT_FIRST = re.compile(r"(?P<unit>[户人栋幢])[：:]?(?P<figure>\d[\d,]*)")
_PEOPLE = re.compile(
    r"(?<![\u4e00-\u9fff])(?P<named>(?:在职|在册|注册|直管|流动|常住|户籍)?(?:党员|人口|网格员|志愿者|职工|教职工|教师|学生|辅警|楼栋长|保洁员))"
    r"[：:]?(?P<figure>\d[\d,]*)(?=$|[，、；）)])"
)
# 满意率98.6 lacks the sign that a rate has.
_RATE = re.compile(
    r"(?P<rate>(?:满意|知晓|办结|参与|覆盖|合格|达标|支持|礼让|整改|完成|普及|分类|投放|及时|回访|绿化|入住|签约|清运)率(?:是|为|达|达到|到了|有)?)"
    r"(?P<figure>\d{1,2}\.\d{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?点[零一二三四五六七八九]{1,2})(?=$|[，。；、）])"
)
# 楼31，网格7，工作者11: what everybody counts in one unit, jotted down before its bare figure.
_JOTTED_UNITS = {
    "户": ("户", "户数"),
    "人": ("人", "人口", "志愿者注册", "注册志愿者"),
    "栋": ("楼", "楼栋"),
    "个": ("网格", "车位", "党支部", "小组", "村民小组", "自然村"),
    "名": ("工作者", "工作人员", "楼栋长", "楼长"),
    "家": ("驻区", "驻区单位"),
    "份": ("问卷",),
}
_JOTTED_UNIT_OF = {name: unit for unit, names in _JOTTED_UNITS.items() for name in names}
_JOTTED = re.compile(
    rf"(?:(?<=[，、；（])|"
    rf"^)(?P<named>{'|'.join(sorted(_JOTTED_UNIT_OF, key=len, reverse=True))})(?P<figure>\d[\d,]*)(?=$|"
    rf"[，、；）满不])"
)
_BARE_YEAR = re.compile(
    r"(?<![\dA-Za-z.〔（(第])(?P<year>(?:19[5-9]|"
    r"20[0-4])\d)[ \u3000]{1,2}(?=[约近]?\d[\d,.]{0,9}(?:万|亿)?[\u4e00-\u9fff%])"
)
_SQUARE, _METRES = re.compile(r"(?<=[\d万]) ?(?:㎡|m²|m2)(?![A-Za-z\d])"), re.compile(r"(?<=\d) ?[mM](?![A-Za-z²\d])")
_HOURS, _TEN_THOUSAND = re.compile(r"(?<=\d)[hH](?![A-Za-z\d])"), re.compile(r"(?<=\d)[wW](?![A-Za-z\d])")
_RUNS_ON = re.compile(r"(?:(?<=\d[户人栋幢个家名])|(?<=[）)]))(?=[\u4e00-\u9fff]{1,4}\d)")


def with_counted_units(text: str) -> str:
    """`text` with the unit that a count's own name tells behind a figure that has none. Pure."""
    if turned := _UNIT_FIRST.search(text):
        said = [f"{one['figure']}{one['unit']}" for one in _ONE_UNIT_FIRST.finditer(turned.group())]
        rest = text[turned.end() :]
        rest = _RUNS_ON.sub("，", rest) if re.match(r"[（(\u4e00-\u9fff]", rest) else rest
        joint = "，" if re.match(r"[\u4e00-\u9fff]", rest) else ""
        text = f"{text[: turned.start()]}{'、'.join(said)}{joint}{rest}"
    text = _SQUARE.sub("平方米", _METRES.sub("米", text))
    text = _TEN_THOUSAND.sub("万", _HOURS.sub("小时", text))
    text = _JOTTED.sub(_in_its_unit, text)
    text = _RATE.sub(r"\g<rate>\g<figure>%", text)
    text = _PEOPLE.sub(r"\g<named>\g<figure>人", text)
    return _NAMED_COUNT.sub(lambda one: one.group() + one["named"].removesuffix("数").replace("场次", "场"), text)


def with_years(text: str) -> str:
    """`text` with 年 behind a year that a blank sets before its figure: 2025 74车 is 2025年74车. Pure."""
    return _BARE_YEAR.sub(r"\g<year>年", text)


def _in_its_unit(found: re.Match[str]) -> str:
    named, unit = found["named"], _JOTTED_UNIT_OF[found["named"]]
    named = {"楼": "楼栋", "人": "", "户": "", "驻区": "驻区单位"}.get(named, named)
    return f"{named}{found['figure']}{unit}"


def without_filler(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the clause `text[start:end]` begins and ends without its spoken opening (那个，然后), its 一是 and its end
    marks. A clause of nothing else keeps its words. Pure."""
    while start < end:
        if text[start] in END_MARKS:
            start += 1
        elif (found := _ORDINAL_OPENING.match(text, start, end)) or (found := words("filler").opens(text, start)):
            if found.end() > end or found.end() - found.start() == end - start:
                break
            if _says_something(text, start, found.end(), end):
                break
            start = found.end()
        else:
            break
    while end > start and text[end - 1] in END_MARKS:
        end -= 1
    return start, end


# 领导 and 补充 address and announce only where a mark follows: 领导干部 and 补充物资 are the thing itself.
_ONLY_BEFORE_MARK = frozenset({"领导", "各位领导", "各位", "补充", "同时"})
_POINTED_AT = frozenset("月季学年星礼周社小村街项点")
_LONGEST_WORD = 12


def _says_something(text: str, start: int, stop: int, end: int) -> bool:
    """True where the filler `text[start:stop]` is part of a word, or tells something of what follows."""
    said = text[start:stop]
    if said == "最后":
        return _RANKED.match(text, stop, end) is not None  # 最后三名 tells which; 最后，… only goes on.
    if said.endswith("还有"):
        return text[stop : stop + 1].isdigit()  # 还有2份没补 tells what is left.
    if said in ("这个", "那个") and text[stop : stop + 1] in _POINTED_AT:
        return True  # 这个月查了33家
    if said in _ONLY_BEFORE_MARK and stop < end and text[stop] not in END_MARKS:
        return True
    starts = {word.start for word in segment(text[start : min(end, stop + _LONGEST_WORD)])}
    return stop < end and stop - start not in starts


def shown_words(text: str, start: int, end: int, parts: Sequence[Cut]) -> str:
    """The clause without the parts in `parts`, emoji and trailing laughter, tidied. Pure."""
    kept, place = [], start
    for part in parts:
        kept.append(text[place : part.start])
        place = part.end
    kept.append(text[place:end])
    plain = EMOJI.sub("", _EMPTIED.sub("", "".join(kept)))
    return tidy(in_full_thirds(_LAUGHTER.sub("", plain))).strip(END_MARKS)


_THIRD = re.compile(r"(?<=\d月)(?P<third>[上中下])(?=[ \t　，,：:（(]|$)")


def in_full_thirds(text: str) -> str:
    """`text` with 3月下 as 3月下旬. Pure."""
    return _THIRD.sub(r"\g<third>旬", text)


def with_days(
    clean: str, mentions: Sequence[Mention], said_on: date | None, year: int | None, month: date | None = None
) -> str:
    """The words with a bare 4.20 spelled 4月20日, which to a reader of the draft is a measure, and with 昨天 of a log
    as the day it was. `year` is the one that needs no saying; `month` is a day in the month the notes are of, where no
    stamp tells the day itself. Pure."""
    for one in mentions:
        if one.when is not None and (one.reason == DOTTED or _BARE_DAY.fullmatch(one.text)):
            clean = clean.replace(one.text, spoken_day(one.when), 1)
        elif one.when is not None and _BARE_SPAN.fullmatch(one.text):
            first, last = When(one.when.lo, one.when.lo), When(one.when.hi, one.when.hi)
            clean = clean.replace(tidy(one.text), f"{spoken_day(first)}至{spoken_day(last)}", 1)
    clean = _NAMED_AFTER.sub(r"\1", _DAY_SAID_TWICE.sub(r"\1", clean))
    if said_on is None and month is not None:
        return said_absolutely(clean, month, year, months_only=True)
    return said_absolutely(clean, said_on, year) if said_on else clean
