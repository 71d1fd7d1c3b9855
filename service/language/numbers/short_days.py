"""Days as ledgers write them short: 6.6-6.10, 4/8 at the head of a line, and the year of a season: 2024春季学期."""

from __future__ import annotations

from calendar import monthrange

from service.domain.quantity import Kind, Mention, Role, When
from service.language.numbers.view import View
from service.language.patterns import deferred

_DAYS = deferred(
    r"(?P<m>1[0-2]|[1-9])(?P<s>[./])(?P<d>[12]\d|3[01]|[1-9]) ?(?:[~\-]{1,2}|至|到) ?"
    r"(?P<n>1[0-2]|[1-9])(?P=s)(?P<e>[12]\d|3[01]|[1-9])(?![\d.%万亿余多]| ?[元吨亩公平米千个倍度分])"
)
_SLASH = deferred(r"(?P<m>1[0-2]|0?[1-9])/(?P<d>[12]\d|3[01]|0?[1-9])(?= {0,2}[\u4e00-\u9fff“])(?! ?[的以左余多])")
# 4.14（周一） is the day a note was written on; no figure is followed by the day of a week.
_OF_WEEK = deferred(
    r"(?P<m>1[0-2]|0?[1-9])\.(?P<d>[12]\d|3[01]|0?[1-9])(?= ?(?:\((?:周|星期|礼拜)[一二三四五六日天]\)|"
    r"(?:周|星期|礼拜)[一二三四五六日天](?![\u4e00-\u9fff])))"
)
# 6-24 19:10 heads a message of a chat.
_OF_CLOCK = deferred(r"(?P<m>1[0-2]|0?[1-9])[-./](?P<d>[12]\d|3[01]|0?[1-9])(?= {1,2}\d{1,2}:\d\d(?!\d))")
_HEAD = deferred(r"(?:^|[\n,;:(，；。：（]) {0,4}(?:[-·•*] {0,2})?$")
_SEASON = deferred(r"(?P<y>(?:19|20)\d\d)(?= ?(?:[春夏秋冬](?:季|学期)|学年|财年|赛季))")
_HEAD_CHARS = 8


def read_short_day(view: View, start: int) -> Mention | None:
    """The short day, span of days or year of a season that begins at `start`, or None. Pure."""
    plain = view.plain
    if season := _SEASON.match(plain, start):
        return view.mention(start, season.end(), Role.CLAIM, Kind.YEAR, when=When(season["y"], season["y"]))
    if days := _DAYS.match(plain, start):
        first, last = (int(days["m"]), int(days["d"])), (int(days["n"]), int(days["e"]))
        # 6.6-6.9 may be a range of figures; no figure is written 6.10.
        told = days["s"] == "/" or days["e"].endswith("0") or len(days["e"]) > 1
        if told and first < last and _possible(*first) and _possible(*last):
            return view.mention(start, days.end(), Role.CLAIM, Kind.PERIOD, when=When(_iso(*first), _iso(*last)))
    named = _OF_WEEK.match(plain, start) or _OF_CLOCK.match(plain, start)
    if named and _possible(int(named["m"]), int(named["d"])):
        day = _at(int(named["m"]), int(named["d"]))
        return view.mention(start, named.end(), Role.CLAIM, Kind.DATE, when=day)
    slash = _SLASH.match(plain, start)
    if slash is None or not _HEAD.search(plain[max(0, start - _HEAD_CHARS) : start]):
        return None
    month, number = int(slash["m"]), int(slash["d"])
    if not _possible(month, number):
        return None
    return view.mention(start, slash.end(), Role.CLAIM, Kind.DATE, when=_at(month, number))


def _possible(month: int, day: int) -> bool:
    return 1 <= day <= monthrange(2024, month)[1]


def _iso(month: int, day: int) -> str:
    return f"--{month:02d}-{day:02d}"


def _at(month: int, day: int) -> When:
    return When(_iso(month, day), _iso(month, day))
