"""Cues of a clause: whether its number is of last year, planned, a daily rate, a total, a part, a change.

The words are data (`cues.toml`). Each pattern is bounded, so a hostile line costs linear time.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from service.domain.quantity import Kind, Mention
from service.language.numbers.rates import SO_FAR
from service.language.patterns import deferred

_TABLE: dict[str, Any] = tomllib.loads(Path(__file__).with_name("cues.toml").read_text(encoding="utf-8"))


def _pattern(key: str) -> re.Pattern[str]:
    written = _TABLE["patterns"][key]
    return re.compile(written if isinstance(written, str) else "|".join(written))


BETWEEN: frozenset[str] = frozenset(_TABLE["between"].split())
OPPOSED: tuple[tuple[str, ...], ...] = tuple(tuple(row.split()) for row in _TABLE["opposed"])
BEFORE, PLAN, DONE, TOTAL, PART, CHANGE, SOURCE = map(
    _pattern, ("before", "plan", "done", "total", "part", "change", "source")
)
_NOW, _RATE = _pattern("now"), _pattern("rate")
_COMPARED = deferred(r"[比较]\s?$")
_SINCE = deferred(r"[^，。；]{0,4}(?:以来|相比|至今|起)")
_GROWN = deferred(r"[^，]{0,2}(?:增|减|提|上升|下降|多|少|高|低)")
_FORMER = ("原来", "原有", "原", "之前", "此前", "过去")
_COMPLETED = deferred(r"(?<![未没待需要可能应])完成[了约近]?\s?$")
_FROM = deferred(r"[由从]\s?$")
_CAME_TO = deferred(
    r"\d[^，。；]{0,8}(?:缩短|增加?|增长|减少?|下?降低?|上?升|提高|提升|扩大|压缩|变|并|改)[到至为成]\s?$"
)
_SCOPES = (
    ("累计", deferred(r"累计|截[至止]|以来|总共|历年|全年|年内|全部")),
    ("本月", deferred(r"本月|当月|这个月")),
    ("本周", deferred(r"本周|这周|当周")),
    ("当日", deferred(r"当[天日]|今[天日]|昨[天日]|本日")),
    ("本季度", deferred(r"本季度|这个季度")),
)
_ONE_EACH = deferred(
    r"(?<![十百\d了花用这那第每有统进专唯])(一[天日周月年])(?:有|共|要|约|(?![净新共累])[\u4e00-\u9fff]{2})?$|(一[次场份趟])(?:大概|差不多|大约|平均|约|是|要|用|得){0,2}$"
)  # 一天8位家长, 一次大概120辆
_ASIDE, _OPEN_ASIDE = deferred(r"[（(][^（()）]{0,30}[）)]"), deferred(r"[（(][^（()）]*$")
_AHEAD = deferred(r"下一步|下步|明年|今后|接下来")
_ATTRIBUTE = deferred(r"涉及|惠及|覆盖|受益|总投资|投资额|预算|占地|面积|总长|全长|人口|户数|现有|辖|共有|编制|设有")
# 每月1次三年共36次: what comes together over a stretch is no longer per month.
_SUMMED = deferred(r"[\d一二两三四五六七八九十][\u4e00-\u9fff]{1,3}共\s?$")
_DATED = deferred(r"\d\s?日[^每]{0,8}$")
# 小组去年调整过，每月开一次会: a 去年 without a figure of its own governs no other figure.
_COUNTED_CLAUSE = deferred(
    r"[^，。；]{0,24}?(?:\d{1,9}|[一二两三四五六七八九十百]{1,5})(?![月日号年\d一二三四五六七八九十])|"
    # 去年底，全街道只有2家: the time alone in front of a comma governs what follows it.
    r"(?:年?底|年?末|年?初|全年|[上下]半年|\d{1,2}月(?:份|\d{1,2}日|[初底末])?|[\u4e00-\u9fff]{2,8}方面)?，|"
    # 上月（7月）全街道合计：杂物188，占道151: the label of a line governs all of it.
    r"[^，。；：:]{0,16}[：:]"
)
_OPENING = 6  # characters: a word of time that opens the sentence within these governs all of it
# 原来22个 8月加了5个: what a figure of before grew by is of now.
_GREW_BY = deferred(
    r"[的是有约近共]{0,2}[\d零一二两三四五六七八九十百千万]+[\u4e00-\u9fff]{1,2}[ ，,]"
    r"[^，,。；]{0,8}?(?:[加添减增补]了?|新增|又|再)[^，,。；]{0,4}$"
)
_COUNTERS = tuple("套盏块座台份册件栋幢棵株本只把副亩米吨班桌支条组格站所校")
_NEAR_RATE = 20  # characters: how far before its number 每天 still governs it within one clause


def earlier_period(lead: str, before_sentence: str) -> str:
    """The words that make a figure one of an earlier period (去年同期), "" where it is this period's. Pure.

    `lead` is the clause up to the number, `before_sentence` the sentence up to it.
    """
    for stretch in (lead, before_sentence):
        past = list(BEFORE.finditer(stretch))
        now = list(_NOW.finditer(stretch))
        # 今年412件，去年538件，收缴率86%: what trails a comparison governs nothing after it; an opening 去年 does.
        inherited = bool(past) and stretch is before_sentence and stretch is not lead
        if inherited and (past[-1].start() > _OPENING or not _COUNTED_CLAUSE.match(stretch, past[-1].end())):
            return ""
        if past and (not now or past[-1].start() > now[-1].start()):
            # 比去年同期3650起多: the figure right behind it is the one compared with.
            ends = stretch is lead and not stretch[past[-1].end() :].strip(" 的")
            compared = (not ends and _COMPARED.search(stretch[: past[-1].start()])) or _SINCE.match(
                stretch, past[-1].end()
            )
            # 比去年增加12件, 同期下降5%: the figure is this year's change, not last year's count.
            grown = "同期" in past[-1].group() and _GROWN.match(stretch, past[-1].end())
            # 由原来的50分钟缩短为7分钟: what it came to is no figure of before.
            began = past[-1].group() in _FORMER or _FROM.search(stretch, 0, past[-1].start())
            came_to = began and _CAME_TO.search(stretch, past[-1].end())
            grown = grown or (past[-1].group() in _FORMER and _GREW_BY.match(stretch, past[-1].end()))
            return "" if compared or grown or came_to else past[-1].group()
        if now:
            return ""
    return ""


_TOLD_BEFORE = 240  # characters of a paragraph that are read back
_SET_BESIDE = deferred(r"(?:[比较由从]|同比|相比)[^，。；]{0,4}$")


def may_be_earlier(paragraph: str) -> bool:
    """True where a figure behind `paragraph` may be of an earlier period though its own sentence names none: 去年受理
    1874件。新业态案件226件 goes on about last year until a word of now. Pure."""
    told = paragraph[-_TOLD_BEFORE:]
    past = [
        one
        for one in BEFORE.finditer(told)
        if not _SET_BESIDE.search(told[: one.start()]) and _COUNTED_CLAUSE.match(told, one.end())
    ]
    now = list(_NOW.finditer(told))
    return bool(past) and (not now or past[-1].start() > now[-1].start())


def planned(lead: str, before_sentence: str, clause: str) -> bool:
    """True where the words before a number make it a plan that nothing says is done. Pure."""
    plans = list(PLAN.finditer(lead))
    if plans:
        done = list(DONE.finditer(lead))
        return not done or done[-1].start() < plans[-1].start()
    # 加装4处（已装2处）: what a bracket says is done is not the figure before it.
    if _COMPLETED.search(lead) or DONE.search(clause if _OPEN_ASIDE.search(lead) else _ASIDE.sub("", clause)):
        return False
    # 计划改造126个，总投资6.2亿元: a plan's cost is a figure like any other; what 下一步 opens is all still to come.
    return bool(_AHEAD.search(before_sentence)) or (
        bool(PLAN.search(before_sentence)) and not _ATTRIBUTE.search(clause)
    )


def counted_per(lead: str, mention: Mention) -> str:
    """What a number is counted per (每天, 人均), "" for a plain count. Pure."""
    if mention.kind is Kind.AGE:
        return ""  # 平均85份，80岁以上的收6元
    inside = _RATE.search(mention.text)
    if inside:
        return inside.group()
    found = list(_RATE.finditer(near := lead[-_NEAR_RATE:]))
    if found and not SO_FAR.search(near, found[-1].end()) and not _SUMMED.search(near, found[-1].end()):
        last = found[-1].group()  # 平均每班2名 is an average first
        averaged = last[1:] in _COUNTERS and any(one.group() == "平均" for one in found)
        return "平均" if averaged else last
    daily = _ONE_EACH.search(lead)
    hedged = daily is not None and (mention.approx is not None or not daily.group().endswith(daily[2] or " "))
    if daily and (daily[1] or hedged) and mention.kind in (Kind.COUNT, Kind.MONEY):
        return daily[1] or daily[2]
    rate = mention.unit.split("/", 1)[1] if mention.unit and "/" in mention.unit else ""
    # 3月5日清理4辆 is no daily rate, though 日清 stands in it.
    return "" if rate == "日" and _DATED.search(lead) else rate


def scope_of(*stretches: str) -> str:
    """The stretch of time a figure covers, from the first of the texts that says one: 累计, 本月 …, or "". Pure."""
    for stretch in stretches:
        for label, pattern in _SCOPES:
            if pattern.search(stretch):
                return label
    return ""


def reporter(lead: str) -> str:
    """Who or what reports the figure (组长说, 登记表), or "". Pure."""
    found = SOURCE.match(lead.strip())
    return found.group() if found else ""
