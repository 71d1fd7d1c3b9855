"""Parts of a report that words inside a line open: 存在的问题主要是…, 短板写一条, 2026：…."""

from __future__ import annotations

import re
from dataclasses import replace

from service.domain.fact import FactKind
from service.domain.period import Period
from service.drafting.facts.clause_read import Carried

# 存在的问题主要是… opens the problems of a line without marks; 打算 and 另外 end them.
# 2026：再建床位150张 in a report on 2025, 下半年：… in one on the first half, tell what comes next.
LATER = re.compile(
    r"(?P<when>20\d\d年?|下半年|明年|来年|[二三四]季度|新学[年期]|下(?:个|一)?(?:学期|学年|季度|季|月)|(?:1[0-2]|[1-9])月(?:份)?)"
)
# 新学年想：, 四季度安排： open the plans as 下半年： does.
LATER_LABEL = re.compile(LATER.pattern + r"(?:里|我们)?(?:想|要|准备|打算|计划|安排|争取|还要|还想)?[：:] ?")


def is_later(when: str, period: Period | None) -> bool:
    """True where a label names a time after the period: 2026 or 下半年. Pure."""
    if when[:2] == "20":
        return period is not None and int(when[:4]) > period.end.year
    if when == "下半年":
        return period is not None and period.end.month <= _HALF_YEAR_MONTHS
    if when[0].isdigit():
        month = int(when.split("月")[0])
        return period is not None and period.start.year == period.end.year and month > period.end.month
    if when[0] in "二三四":
        return period is not None and period.end.month < 3 * "一二三四".index(when[0]) + 1
    return True


def is_next_year(when: str) -> bool:
    """True where a label names a year of its own, so that 3月 behind it is of that year: 2026, 明年. Pure."""
    return when[:2] in ("20", "明年", "来年")


_HALF_YEAR_MONTHS = 6
_SPOKEN_PROBLEMS = re.compile(
    r"(?:目前|现在|主要|要说|有啥|有什么|你要问)?(?:存在|还有)?的?(?:主要)?(?:问题|不足|毛病|困难|短板|难处)(?:呢|嘛|吧|的话)?(?:我想想)?(?:(?:还是|也|肯定|多少)有(?:的|一些|一点|点)(?:就是|是)?|(?:主要|就|也)?(?:是|有|就是)(?!所|的|关))"
)
_ASKED_PROBLEMS = re.compile(r"(?:问题|短板|不足|毛病)(?:就|也)?(?:写|提|讲|说)(?:一|两|几)?(?:条|个|点)")
_ENDS_PROBLEMS = re.compile(
    r"(?:明年|来年|下半年|下学期|下个月|今后|后面)?(?:我们|还|就)?(?:打算|计划|准备|下一步|下步|接下来|另外|再一个要|还要|还想|要(?!不|说))"
)


def after_spoken_part(text: str, start: int, end: int, number: int, carried: Carried) -> tuple[int, Carried]:
    """Where the words behind 存在的问题是 begin, and the part it opens; the plan that follows ends it."""
    standing = carried.standing
    asked = _ASKED_PROBLEMS.match(text, start, end)
    if (opened := asked or _SPOKEN_PROBLEMS.match(text, start, end)) and (opened.end() < end or asked):
        standing = replace(standing, kind=FactKind.PROBLEM, kind_line=number, spoken=True)
        return opened.end(), replace(carried, standing=standing, tense=None)
    if standing.spoken and _ENDS_PROBLEMS.match(text, start, end):
        standing = replace(standing, kind=None, kind_line=0, spoken=False)
        return start, replace(carried, standing=standing)
    return start, carried
