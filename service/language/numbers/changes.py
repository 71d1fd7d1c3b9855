"""Changes with both ends (由44项减少到33项), and claims that nothing happened (零投诉, 无一起)."""

from __future__ import annotations

from decimal import Decimal

from service.domain.quantity import Amount, Kind, Mention, Role
from service.language.numbers.numeral import ARABIC
from service.language.numbers.quantities import read_quantity
from service.language.numbers.ratios import read_ratio
from service.language.numbers.units import unit_at
from service.language.numbers.view import View
from service.language.patterns import deferred

_VERBS = (
    "上升|提高|提升|增加|加|添|增长|减少|下降|降低|降|增|减|扩大|压缩|缩短|缩减|升|增至|减至|扩展|发展|变|延长|攀升|回落|"
    "上涨|增强|跃升|调整|压减|精简|翻|扩|改善|优化|拓展|扩充|扩增"
)
_THEN = (
    "最初|去年|原来|以前|原先|过去|上年|年初|之前|此前|同期|开始|起初|当初|上月|上季度|先前|前年|上半年|"
    "创建前|整治前|改造前"
)
_NOW = "现在|目前|今年|如今|当前|本月|本季度|年底|年末|下半年"
_FROM = deferred(rf"[由从自](?:(?:{_THEN}){{1,2}}的?)? ?$")
_TO = deferred(
    rf" ?(?:大幅|逐步|逐年|快速|迅速|稳步|明显|直接|一举)?(?:{_VERBS})?(?:到了?|至|为|成)(?:了)?(?:(?:{_NOW})的?)? ?"
)
_FROM_CHARS = 9
_PERCENT_TO = deferred(rf"(?P<n>{ARABIC})%(?=[到至][\d.]{{1,6}}%(?!不等))")
_DIGITS = frozenset("0123456789一二两三四五六七八九十百千万亿零〇")
_NEGATION = deferred(
    r"(?:从未发生|未发生过?|没有发生过?|没有出现|未出现过?|无|没有|未有|未见|未接到|杜绝|零发生|未曾发生|不存在)$"
)
# What is none of the lexicon's 零距离 and 零星 claims that nothing of the kind happened.
_ZERO = deferred(r"零(?![点〇零一二三四五六七八九十])[\u4e00-\u9fff]{2}(?<![年月日])")
_NO_SUCH = deferred(r"0[\u4e00-\u9fff]{2}(?<![年月日])")
_NOTHING = Amount(Decimal(0), Decimal(0))
# 一个都没少, 一次也没有断供, 过期食品一个没有; 一个没有围墙的小区 has no wall and claims nothing.
_NOT_ONE = deferred(
    r"[都也](?:没有?|未|不)(?:少|落下?|漏掉?|掉队?|发生|出现|发现|剩|缺|有|拖|欠|丢|误)?"
    r"|(?:没有|未)(?:发生|出现|发现|漏|落下|掉队)|(?:没有|没少|没落|没漏|不少|不落|不漏|不缺|不差)(?=[，。；！？,;!?、:)）\s]|$)"
)
_ZERO_ALONE = deferred(r"零(?=[，。；！？,;!?、)）\s]|$)")
_COMES_TO = deferred(r"(?:为|是|达到?|降至|降到|降为|保持|归|实现)了? ?$")


def read_change(view: View, start: int) -> Mention | None:
    """A change with both ends whose first numeral begins at `start`, or None. Pure.

    Words such as 去年的 may stand before either end; a date may not, since it is a mention of its own. `parts` of the
    mention holds the two ends.
    """
    lead = _FROM.search(view.before(start, _FROM_CHARS))
    if lead is None or start - len(lead[0]) < view.floor:
        return None
    first = _first_end(view, start, lead[0])
    if first is None:
        return None
    verb = _TO.match(view.plain, first.end)
    if verb is None or verb.end() >= len(view.plain):
        return None
    kept, view.floor = view.floor, verb.end()
    second = _end(view, verb.end())
    view.floor = kept
    if second is None or second.role is not Role.CLAIM:
        return None
    unit = second.unit or first.unit
    return view.mention(start - len(lead[0]), second.end, Role.CLAIM, Kind.DELTA, unit=unit, parts=(first, second))


def _first_end(view: View, start: int, lead: str) -> Mention | None:
    """The first end; of 由61%到88% only 61%, which without 由 would be a span."""
    found = _PERCENT_TO.match(view.plain, start) if lead[0] in "由从" else None
    if found is None:
        return _end(view, start)
    value = Decimal(found["n"].replace(",", "")) / 100
    return view.mention(start, found.end("n") + 1, Role.CLAIM, Kind.PERCENT, amount=Amount(value, value))


def _end(view: View, start: int) -> Mention | None:
    if view.plain[start] not in _DIGITS:
        return None
    found = read_ratio(view, start) or read_quantity(view, start)
    if found is None or found.start != start or found.kind in (Kind.RANGE, None):
        return None
    # 从3月到5月 and 由2021年 are calendar spans, which the calendar reads.
    return None if found.unit in ("月", "年") and found.text[-1] in "月年" and found.text[0].isdigit() else found


def read_not_one(view: View, start: int) -> Mention | None:
    """A claim that not one is left or missing, whose numeral is at `start`: 一个没有, 一起也没有; or None. Pure."""
    plain = view.plain
    if plain[start] not in "一1" or plain[start - 1 : start] in ("第", "每", "十", "廿"):
        return None
    unit = unit_at(plain, start + 1)
    found = _NOT_ONE.match(plain, start + 1 + len(unit.text)) if unit else None
    if unit is None or found is None:
        return None
    return view.mention(start, found.end(), Role.CLAIM, Kind.ZERO, amount=_NOTHING, unit=unit.text)


def read_nothing(view: View, start: int) -> Mention | None:
    """A claim that nothing happened whose numeral stands at `start`: 零投诉, 无一起; None otherwise. Pure."""
    plain = view.plain
    if plain[start] == "零" and (found := _ZERO.match(plain, start)):
        return view.mention(start, found.end(), Role.CLAIM, Kind.ZERO, amount=_NOTHING)
    if plain[start] == "零" and _ZERO_ALONE.match(plain, start) and _COMES_TO.search(view.before(start, 4)):
        return view.mention(start, start + 1, Role.CLAIM, Kind.ZERO, amount=_NOTHING)
    # 0投诉; 0件 has a counter and is a count of none.
    if (found := _NO_SUCH.match(plain, start)) and unit_at(plain, start + 1) is None:
        return view.mention(start, found.end(), Role.CLAIM, Kind.ZERO, amount=_NOTHING)
    if plain[start] not in "一1":
        return None
    negation = _NEGATION.search(view.before(start, 6))
    unit = unit_at(plain, start + 1)
    if negation is None or unit is None or start - len(negation[0]) < view.floor:
        return None
    end = start + 1 + len(unit.text)
    return view.mention(start - len(negation[0]), end, Role.CLAIM, Kind.ZERO, amount=_NOTHING, unit=unit.text)
