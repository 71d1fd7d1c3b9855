"""Times of day: 4:30~22:30, 上午9点半, 8时30分, 早七晚十; a time no clock shows is a defect."""

from __future__ import annotations

from service.domain.quantity import Kind, Mention, Role, When
from service.language.numbers.numeral import chinese_to_decimal
from service.language.numbers.view import View
from service.language.patterns import deferred

_N = r"(?:\d{1,2}|二十[一二三四]?|十[一二三四五六七八九]?|[一二两三四五六七八九])"
_M = r"(?:\d{1,2}|[二三四五]?十[一二三四五六七八九]?|[〇零][一二三四五六七八九])"
_COLON = deferred(r"(?P<h>\d{1,2}):(?P<m>\d{2})(?P<s>:\d{2})?(?!\d|:\d)")
_SPOKEN = deferred(rf"(?P<h>{_N}) ?(?:点钟?|时)(?:(?P<m>{_M})分(?!钟)|(?P<half>半)|(?P<quarter>[一三])刻|整)?")
_TO = deferred(r" {0,2}(?:至|到|~{1,2}|-{1,2}) {0,2}(?P<late>下午|晚上?|次日|凌晨|上午|中午|夜间)?")
_LATE = deferred(r"(?:下午|晚上?|傍晚|夜间|当晚|晚间)$")
_HALF_DAY = deferred(r"(?:上午|下午|早上?|晚上?|凌晨|中午|傍晚|夜间|清晨|早晨|晚间|日|号|当天|每天|每日|至|到)$")
_EARLY_LATE = deferred(rf"(?P<a>{_N})(?:点|时)?(?:至|到|~)?晚上?(?P<b>{_N})(?:点|时)?")
_TIME_BEFORE = deferred(rf"(?:\d{{1,2}}:\d{{2}}|(?<![\d.]){_N}(?:[点时](?:{_M}分|半|整)?)) ?[、和及]$")
# What people do at an hour: 9点出发, 8点集合; 9点要求 and 9点建议 count.
_AT_HOUR = deferred(
    r" ?(?:出发|开始|集合|集中|开会|开门|关门|上班|下班|准时|开工|收工|报到|到场|到岗|到位|签到|发车|闭馆|开馆|开场)"
)
_HOUR_HEAD = deferred(r"(?:^|[，。；、,;:！？\n \u4e00-\u9fff](?<![第提有共出这几各等列]))$")
_RATIO_WORD = deferred(r"(?:比例|配比|比|比分|按|比值|比率)(?:为|达|达到|是)?$")


def read_clock(view: View, start: int) -> Mention | None:
    """The time or time span that begins at `start`, or None. Pure."""
    early = start > view.floor and view.plain[start - 1] in "早朝"
    if early and (found := _EARLY_LATE.match(view.plain, start)):
        return _times(view, start - 1, found.end(), (_value(found["a"]), 0), _late((_value(found["b"]), 0)))
    # 11时、17时 and 8时至11时、14时至17时: after a time, 时 and 点 tell times.
    first = _one(view, start, strict=_TIME_BEFORE.search(view.before(start, 14)) is None)
    if first is None:
        return None
    time, end = first
    if _LATE.search(view.before(start, 3)):
        time = _late(time)
    joined = _TO.match(view.plain, end)
    if joined and (second := _one(view, joined.end(), strict=False)):
        last, end = second
        if joined["late"] in ("下午", "晚", "晚上", "夜间") or (not joined["late"] and last < time and time[0] >= 12):
            last = _late(last)
        return _times(view, start, end, time, last)
    return _times(view, start, end, time, time)


def _one(view: View, start: int, strict: bool) -> tuple[tuple[int, int], int] | None:
    """Hour and minute with the end offset. 三点要求 is a count: a spoken hour needs a sign that a clock is meant."""
    plain = view.plain
    if found := _COLON.match(plain, start):
        if _RATIO_WORD.search(view.before(start, 4)):
            return None
        # 佟 9:10：30个单位: the wide colon behind a chat's stamp opens what is said, and tells no seconds.
        seconds = found["s"] is None or view.text[found.end("h")] == view.text[found.start("s")]
        return (int(found["h"]), int(found["m"])), found.end() if seconds else found.end("m")
    found = _SPOKEN.match(plain, start)
    if found is None:
        return None
    if found["half"]:
        minute = 30
    elif found["quarter"]:
        minute = 15 if found["quarter"] == "一" else 45
    else:
        minute = _value(found["m"]) if found["m"] else 0
    after = plain[found.end() : found.end() + 2]
    told = found["m"] or found["half"] or found["quarter"] or found[0].endswith(("钟", "整"))
    told = told or (found["h"].isdigit() and after[:1] in ("前", "后", "起", "止", "整"))
    if not told and _HOUR_HEAD.search(view.before(start, 1)):
        told = _AT_HOUR.match(plain, found.end()) is not None or (
            after[:1] in ("前", "后")
            and view.before(start, 1) in ("", ",", "。", "\n", " ", "，")
            and after[1:] != "面"
        )
    if strict and not told and not _HALF_DAY.search(view.before(start, 3)) and not _to_hour(plain, found.end()):
        return None
    if after[:1] in ("间", "期", "效", "代", "位", "名", "人", "多", "建", "意", "要") and not told:
        return None
    return (_value(found["h"]), minute), found.end()


def _to_hour(plain: str, end: int) -> bool:
    joined = _TO.match(plain, end)
    return bool(joined and (_SPOKEN.match(plain, joined.end()) or _COLON.match(plain, joined.end())))


def _times(view: View, start: int, end: int, first: tuple[int, int], last: tuple[int, int]) -> Mention:
    if not all(hour <= 24 and minute < 60 and (hour, minute) <= (24, 0) for hour, minute in (first, last)):
        return view.mention(start, end, Role.DEFECT, Kind.TIME, reason="impossible_time")
    when = When(f"{first[0]:02d}:{first[1]:02d}", f"{last[0]:02d}:{last[1]:02d}")
    return view.mention(start, end, Role.CLAIM, Kind.TIME, when=when)


def _late(time: tuple[int, int]) -> tuple[int, int]:
    return (time[0] + 12, time[1]) if time[0] < 12 else time


def _value(text: str) -> int:
    return int(chinese_to_decimal(text) or 0)
