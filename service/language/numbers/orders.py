"""Ordinals, editions and ranks: 第三次, 第32届, 首届, 居第二, 第3名, 前三名, 末三位, 一等奖."""

from __future__ import annotations

from decimal import Decimal

from service.domain.quantity import Amount, Kind, Mention, Role, When
from service.language.numbers.numeral import CHINESE, chinese_to_decimal
from service.language.numbers.units import unit_at, unit_of
from service.language.numbers.view import View
from service.language.patterns import deferred

_ORDINAL = deferred(rf"第 {{0,2}}(?P<n>\d{{1,5}}|{CHINESE})(?P<gap> {{0,2}})")
_N = r"(?:\d{1,4}|[一二三四五六七八九十]{1,3})"
_SPAN = deferred(rf"第 ?{_N}(?:名|位|期|届|批|次)?(?:~{{1,2}}|-|至|到)第?(?P<b>{_N})(?P<unit>名|位|期|届|批|次|轮|组)")
_RANK_BEFORE = deferred(
    r"(?:居|列|排名?|名列|位列|位居|排在|获|荣获|取得|得|夺得|名次|跃居|升至|上升到|排到|总分|综合排名|全[市省区县国]|跻身|进入|迈入|挤进|挺进|稳居|保持|蝉联|团体|占|街道|位次|名次为|成绩|考评|考核|测评)[^，。；,;、0-9]{0,6}$"
)
_GROUP = deferred(r"(?P<n>\d{1,4}|[一二两三四五六七八九十百]{1,3})(?P<unit>[位名强]|甲)?")
_GROUP_WORD = deferred(r"(?:末|倒数|最?后|前|末尾|头)$")
_PRIZE = deferred(r"(?:[特一二三四五]|\d)等(?:奖|功)|[一二三]类(?=街道|单位|城市)|[一二三]等(?=次)")
# 二期工程 is the second phase; 第一、二批 and 二、三期 are orders too, with the unit given once.
_SERIES = deferred(
    r"(?P<n>[一二三四五六七八九])(?P<unit>[期批])(?=工程|项目|改造|收储|地块|建设|开发|安置|试点|投资|完工|已|占地|面积|总投)"
    r"|(?<!第)(?P<n0>二)(?P<unit0>期)(?!间|待)"
    r"|(?<!第)(?P<n3>[一二三四五六七])(?=、[二三四五六七八九](?P<unit3>[期批届]))"
    r"|(?<=第[一二三四五六七八九]、)(?P<n2>[一二三四五六七八九十])(?P<unit2>[名位期批届次组轮类级])"
)
# 第3、4名 gives 第 once.
_AFTER_ORDINAL = deferred(r"第 ?\d{1,4}(?:[、和及]\d{1,4}){0,4}[、和及]$")
_LISTED = deferred(r"(?P<n>\d{1,4})(?P<unit>[名位期届批次轮组]|(?=[、和及]\d{1,4}[、和及名位期届批次轮组]))")
_FIRST = deferred(r"首(?P<unit>届|期)")


def read_order(view: View, start: int) -> Mention | None:
    """The ordinal, edition or rank whose numeral stands at `start`, or None. Pure."""
    plain = view.plain
    if plain[start] == "首":
        found = _FIRST.match(plain, start)
        if found is None:
            return None
        return view.mention(start, found.end(), Role.CLAIM, Kind.ORDINAL, amount=_one(Decimal(1)), unit=found["unit"])
    if found := _SERIES.match(plain, start):
        value = chinese_to_decimal(found["n"] or found["n0"] or found["n2"] or found["n3"]) or Decimal(0)
        unit = found["unit"] or found["unit0"] or found["unit2"] or found["unit3"]
        kind = Kind.RANK if unit in ("名", "位") else Kind.ORDINAL
        return view.mention(start, found.end(), Role.CLAIM, kind, amount=_one(value), unit=unit)
    if found := _PRIZE.match(plain, start):
        level = chinese_to_decimal(found[0][0]) or Decimal(0)
        return view.mention(start, found.end(), Role.CLAIM, Kind.RANK, amount=_one(level), unit="等")
    listed = _LISTED.match(plain, start) if plain[start - 1 : start] in ("、", "和", "及") else None
    if listed is not None and _AFTER_ORDINAL.search(view.before(start, 24)):
        kind = Kind.RANK if listed["unit"] in ("名", "位") else Kind.ORDINAL
        amount, unit = _one(Decimal(listed["n"])), listed["unit"] or None
        return view.mention(start, listed.end(), Role.CLAIM, kind, amount=amount, unit=unit)
    begin = start - 1
    while begin > view.floor and plain[begin] == " ":
        begin -= 1
    if begin >= view.floor and plain[begin] == "第":
        return _ordinal(view, begin)
    return _group(view, start)


def _one(value: Decimal) -> Amount:
    return Amount(value, value)


def _ordinal(view: View, begin: int) -> Mention | None:
    plain = view.plain
    found = _ORDINAL.match(plain, begin)
    if found is None:
        return None
    value = chinese_to_decimal(found["n"])
    if value is None:
        return view.mention(begin, found.end("n"), Role.LEXICAL, reason="word")
    if span := _SPAN.match(plain, begin):
        last = chinese_to_decimal(span["b"])
        if last is not None and value <= last:
            kind = Kind.RANK if span["unit"] in ("名", "位") else Kind.ORDINAL
            return view.mention(begin, span.end(), Role.CLAIM, kind, amount=Amount(value, last), unit=span["unit"])
    if plain.startswith("季度", found.end()) and 1 <= value <= 4:
        when = When(f"--Q{value}", f"--Q{value}")
        return view.mention(begin, found.end() + 2, Role.CLAIM, Kind.QUARTER, when=when)
    unit = unit_at(plain, found.end())
    if (
        unit is not None
        and unit.text == "个星期"
        and plain[found.end() + 3 : found.end() + 4] in tuple("一二三四五六日天")
    ):
        # 第一个星期六 is a Saturday, the first one.
        unit = unit_of("个")
    end = found.end("n")
    if unit is not None and unit.text not in ("部", "课", "堂"):
        end = found.end() + len(unit.text)
    told = unit.text if unit is not None and end > found.end("n") else None
    if view.before(begin, 2) == "倒数" and begin - 2 >= view.floor:  # 倒数第二 is no second place
        return view.mention(begin - 2, end, Role.CLAIM, Kind.RANK, amount=_one(value), unit="倒数")
    ranked = told in ("名", "位") or (told is None and _RANK_BEFORE.search(view.before(begin, 10)))
    if told is None and not ranked and plain[end : end + 1] not in tuple("阶季次批轮类大梯方多"):
        listed = plain[end : end + 1] == "、" and plain[end + 1 : end + 2] in tuple("一二三四五六七八九十")
        ended = plain[end : end + 1] in ("", ",", "。", ";", "、", ")")
        kind = Kind.RANK if ended and not listed else Kind.ORDINAL
    else:
        kind = Kind.RANK if ranked else Kind.ORDINAL
    return view.mention(begin, end, Role.CLAIM, kind, amount=_one(value), unit=told)


def _goes_on(view: View, end: int) -> bool:
    """True where a unit or a stretch of time follows: 进入前10天 and 进入前一阶段 rank nobody."""
    return unit_at(view.plain, end) is not None or view.plain[end : end + 1] in tuple("季阶段期")


def _group(view: View, start: int) -> Mention | None:
    """前三名 and 末三位: how many places the group has."""
    word = _GROUP_WORD.search(view.before(start, 2))
    if word is None or start - len(word[0]) < view.floor:
        return None
    found = _GROUP.match(view.plain, start)
    if found is None:
        return None
    begin = start - len(word[0])
    if not found["unit"] and (_goes_on(view, found.end()) or not _RANK_BEFORE.search(view.before(begin, 10))):
        return None
    if word[0] == "最后" and found["unit"] not in ("名", "位"):
        return None
    if word[0] in ("前", "后") and begin > 0 and view.plain[begin - 1] in "以之此日年月天先最落":
        return None
    value = chinese_to_decimal(found["n"])
    if value is None:
        return None
    return view.mention(begin, found.end(), Role.CLAIM, Kind.RANK, amount=_one(value), unit=found["unit"])
