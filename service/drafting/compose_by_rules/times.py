"""Where a clause says when: the time goes to its front, as official reports put it."""

from __future__ import annotations

import re

from service.domain.quantity import When
from service.drafting.compose_by_rules.surface import day_words

_PART_OF_DAY = r"(?:上午|下午|晚上|早上|早晨|中午|傍晚|晚|清晨|凌晨|夜间)"
_CLOCK = r"(?:\d{1,2}(?:时|点)(?:半|\d{1,2}分)?|\d{1,2}[:：]\d\d)"
_DATE = (
    r"(?:(?:19|20)\d\d年)?\d{1,2}[至、]\d{1,2}月(?!\d)|"
    r"(?:(?:19|20)\d\d年|今年|去年)?\d{1,2}月(?:份|\d{1,2}日)?(?:至(?:\d{1,2}月)?(?:\d{1,2}日)?)?"
    rf"{_PART_OF_DAY}?{_CLOCK}?"
)
_OTHER = (
    r"(?:(?:19|20)\d\d年|今年|去年|上年|本年度?)(?:上半年|下半年|第?[一二三四]季度|同期|全年|度)?|上半年|下半年|第?[一二三四]季度|本月|本周|上周[一二三四五六日末]?|"
    r"下周[一二三四五六日末]?|本周[一二三四五六日末]|上月|下月|本季度|近期|近年来?|目前|截至目前|春节|清明节?|端午节?|中秋节?|国庆节?|元旦|元宵节?|重阳节?|腊八节?|五一|六一|七一|八一|十一|"
    r"暑假|寒假|暑期|汛期|创建以来|每[日月年]|每周(?![一二三四五六日末])|下学期|上学期|本学期|全年|明年"
)
_TAIL = (
    r"(?:底|初|末|中旬|上旬|下旬|中(?!心)|第[一二三四五]周)?(?:为止)?"
    r"(?:之前|以前|以来|期间|之后|以后|前后(?![勤台续])|前夕|前|起|后|间)?"
)
_LEADING = re.compile(
    rf"^(?P<time>(?:截至|自|从|自从|于|在)?(?:{_DATE}|{_OTHER}){_TAIL})(?P<rest>[，,：:、 ]?.*)$", re.DOTALL
)
_MOVABLE = re.compile(
    rf"(?P<before>^[\u4e00-\u9fff“”]{{1,14}}?)(?:于|在|是在|是)?"
    rf"(?P<time>\d{{1,2}}月(?:\d{{1,2}}日{_PART_OF_DAY}?|份)?)(?![\d前之以至起后间、～—底初末上中下的工数旬份])"
)
_HOLDS_BACK = re.compile(r"(?:预计|计划|拟|将|约|争取|力争|截至|自|从|到|至|每|由|逾|比|较|《[^》]*|“[^”]*)$")
_RELATIVE = re.compile(
    rf"^(?P<day>今天|昨天|前天|今儿|昨儿|今日|昨日|前日|今早|今晚|昨晚|刚才|刚刚|刚)(?P<part>{_PART_OF_DAY})?[，, ]?"
)
# A weekday names a day only with its date: 周一（5月13日）, or where the notes tell which day it was.
_WEEKDAY = re.compile(
    r"^(?:上|本|这)?(?:个)?(?:周|星期|礼拜)[一二三四五六日天](?:（(?P<date>(?:\d{1,2}月)?\d{1,2}日)）)?"
    rf"(?P<part>{_PART_OF_DAY})?(?!至|到|、|[一二三四五六日天])[，, ]?"
)
_PART_ONLY = re.compile(rf"^(?P<part>{_PART_OF_DAY})(?:{_CLOCK})?[，, ]?")
_THAT_DAY = re.compile(r"^(?:那天|那日|那一天)[，, ]?")
# 4月十几号开工 has no day to part from, and 暑假班 is a class.
_PART_OF_IT = re.compile(r"^(?:\d{1,2}月份?[十二几]{1,3}[号日]|(?:暑假|寒假|暑期)(?:[班营里]|作业|托管|学校|课堂))")
_NO_TIME_FOLLOWS = re.compile(r"^(?:的|工作|计划|任务|目标|度|总结|节|份?例会|月度)")


def leading_time(text: str, day: When | None, year: int) -> tuple[str, str]:
    """The time `text` begins with, and the rest; "" where it begins with none. 昨天 becomes `day`, or falls away
    where nothing says which day it was. Pure."""
    relative = _RELATIVE.match(text)
    if relative:
        known = day_words(day, year) if day is not None else None
        if known and relative["day"] != "刚":
            return known + (relative["part"] or ""), text[relative.end() :]
        return "", text[relative.end() :]
    weekday = _WEEKDAY.match(text)
    if weekday and len(text) > weekday.end():
        told = weekday["date"] or (day_words(day, year) if day is not None and day.lo == day.hi else None)
        if told and "日" in told:
            return told + (weekday["part"] or ""), text[weekday.end() :]
    part = _PART_ONLY.match(text)
    if part and day is not None and (known := day_words(day, year)):
        return known + part["part"], text[part.end() :]
    found = _LEADING.match(text)
    if not found or not found["time"] or _NO_TIME_FOLLOWS.match(found["rest"]) or _PART_OF_IT.search(found.group()):
        return "", text
    time = re.sub(r"^(?:于|在)(?=\d)", "", found["time"])
    rest = _THAT_DAY.sub("", found["rest"].lstrip("，,：:、 "))
    if not rest:
        return "", text
    # 去年发了800份 keeps its subject-less verb; 3月的例会 has been let through above.
    return re.sub(r"(?<=\d月)份$", "", time), rest


def movable_time(clause: str) -> tuple[str, str]:
    """A full date behind the subject of `clause`, and the clause without it; "" where there is none. Pure."""
    found = _MOVABLE.match(clause)
    if not found or _HOLDS_BACK.search(found["before"]):
        return "", clause
    rest = found["before"].removesuffix("于").removesuffix("在") + clause[found.end() :].lstrip("，")
    return found["time"].removesuffix("份"), rest
