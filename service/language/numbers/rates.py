"""Rates: what a figure is per, read from the clause before it (日清运320吨, 人均18.53平方米, 每年不少于2次)."""

from __future__ import annotations

from dataclasses import dataclass

from service.domain.quantity import Amount, Kind, Mention, Role
from service.language.numbers.numeral import chinese_to_decimal
from service.language.numbers.view import View
from service.language.patterns import deferred

_SPANS = "周|星期|月|年|天|日|季度|季|学期|小时|半年|半月|学年|晚|夜"
_THINGS = "人|户|次|场|班|分钟|公里|平方公里|万人|千人|百户|车|个月|村|社区|楼|所"
_PER = deferred(
    rf"(?:(?P<mean>[人户日月年周均])均|每(?:个|一|位|名)?(?P<every>{_SPANS}|{_THINGS})"
    r"|(?<![今当同昨次近生节假工每即整])(?P<daily>日)(?=清运|处理|产|供|清|接待|巡|销|消纳|排|收|转运|用水|保洁))"
    r"[^，。；！？,;!?\n0-9每均]{0,12}$"
)
# 每周五带队查 已经查了7回: what has come together so far is no longer per week.
SO_FAR = deferred("已经|累计|至今|迄今|到现在|到目前|先后")
# 每周四刷 刷一次大概用两桶, 每月十五号一次一次大概三十个: what one time takes is counted per time.
_ONCE = deferred(r"一(次|场|份|趟)(?:大概|差不多|大约|平均|用|要|得|是){1,3}$")
_ADJACENT = deferred(rf"每(?:个|一)?(?:{_SPANS})$")
# What happens so often; tonnes and persons per day are no frequency.
OCCASIONS = frozenset({"次", "场", "遍", "回", "轮", "期", "场次", "趟", "班次", "节", "课时", "讲", "篇", "封"})
_CLAUSE_CHARS = 18
_RECURRENCE = deferred(
    r"(?:(?P<n>[一两二三四五六七八九十]|\d{1,2})(?P<each>个)?(?P<span>周|天|日|月|季度|季|年|小时|星期|学期)|(?P<half>半个?[年月]))"
    r"(?P<often>[一两二三四五六]|\d{1,2})(?P<unit>次|场|遍|回|轮|届)(?![也都]没)"
)
_EVERY = deferred(r"每隔?$")


@dataclass(frozen=True, slots=True)
class Rate:
    """What a figure is per. `often` is true for a stated recurrence (每周), false for a mean and for things (每户).

    `start` is where 每周 begins if it stands right before the figure, else the start of the figure.
    """

    per: str
    often: bool
    start: int


def read_recurrence(view: View, start: int) -> Mention | None:
    """一周两次, 每两周一次, 两年一届, whose first numeral stands at `start`, as one frequency, or None. Pure."""
    found = _RECURRENCE.match(view.plain, start)
    if found is None:
        return None
    every = _EVERY.search(view.before(start, 3))
    begin = start - len(every[0]) if every and start - len(every[0]) >= view.floor else start
    often = chinese_to_decimal(found["often"])
    if often is None or (begin == start and found["n"] not in ("一", "两", None)):
        return None
    span = found["half"] or found["span"]
    if found["n"] not in ("一", "1", None):
        span = f"{found['n']}{found['each'] or ''}{span}"
    unit = f"{found['unit']}/{span}"
    return view.mention(begin, found.end(), Role.CLAIM, Kind.FREQUENCY, amount=Amount(often, often), unit=unit)


def rate_before(view: View, start: int) -> Rate | None:
    """The rate that the clause before `start` states for a figure there, or None. Pure."""
    clause = view.clause_before(start, _CLAUSE_CHARS)
    if not ("每" in clause or "均" in clause or "日" in clause):
        return None
    found = _PER.search(clause)
    if found is None or SO_FAR.search(found.group()):
        return None
    if once := _ONCE.search(found.group()):
        return Rate(once[1], False, start)
    if found["mean"] or found["daily"]:
        return Rate(found["mean"] or found["daily"], False, start)
    begin = start
    each = _ADJACENT.search(view.before(start, 5))
    if each is not None and start - len(each[0]) >= view.floor:
        begin = start - len(each[0])
    return Rate(found["every"], found["every"] not in ("人", "户", "次", "场"), begin)
