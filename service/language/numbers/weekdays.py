"""Days of a week: 周五, 每周五, 周二周四, 周一、三、五; 每周一次 and 一周五次 count."""

from __future__ import annotations

import re

from service.domain.quantity import Amount, Kind, Mention, Role, When
from service.language.numbers.numeral import chinese_to_decimal
from service.language.numbers.view import View
from service.language.patterns import deferred

_WEEKDAYS = "一二三四五六"
# 周二周四 and 周一、三、五: the days of one week told in a row, behind which nothing is counted.
_WEEK_RUN = deferred(
    r"(?:周|星期|礼拜)[一二三四五六日天](?:[、和及]?(?:周|星期|礼拜)?[一二三四五六日天]){1,6}(?![次场遍回轮期份堂节个名人年岁条篇课])"
)
_WEEK_RUN_BACK = 16  # characters
_WEEK_WORD = deferred(r"(?P<every>每)?(?:周|星期|礼拜)$")


def read_weekday(view: View, start: int) -> Mention | None:
    """A weekday whose digit stands at `start` (周五, 每周五), or None: 每周一次 counts, 一周五次 too. Pure."""
    plain = view.plain
    at = _WEEKDAYS.find(plain[start])
    run = at >= 0 and _in_week_run(view, start)
    if at < 0 or (start == view.floor and not run):
        return None
    if plain[start - 1] not in "周期拜":
        return view.mention(start, start + 1, Role.CLAIM, Kind.DATE, when=_on(at)) if run else None
    word = _WEEK_WORD.search(view.before(start, 3))
    if word is None or start - len(word[0]) < view.floor:
        return None
    following = plain[start + 1 : start + 2]
    twice = word["every"] is None and re.match("[一二两三四五六七八九][次场回遍趟]", plain[start + 1 : start + 3])
    if not (twice or run) and following in tuple("次场遍回轮期份堂节个名人十百两三四五六七八九级岁年条篇课"):
        return None
    begin = start - len(word[0])
    if not run and begin > 0 and plain[begin - 1] in "一二两三四五六七八九十0123456789":
        return None
    day = _on(at)
    if word["every"]:
        return view.mention(
            begin, start + 1, Role.CLAIM, Kind.FREQUENCY, amount=Amount(_ONE, _ONE), when=day, unit="次/周"
        )
    return view.mention(begin, start + 1, Role.CLAIM, Kind.DATE, when=day)


def _in_week_run(view: View, start: int) -> bool:
    """True where the digit at `start` is one of the days of a week told in a row."""
    low = max(0, start - _WEEK_RUN_BACK)
    return any(found.start() < start < found.end() for found in _WEEK_RUN.finditer(view.plain, low, start + 6))


_ONE = chinese_to_decimal("一")


def _on(at: int) -> When:
    return When(f"-W-{at + 1}", f"-W-{at + 1}")
