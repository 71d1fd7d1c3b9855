"""Parts and proportions: percent, permille, 成, 分之, 1：3 and 番, and shares that exceed their whole."""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal

from service.domain.quantity import Amount, Approx, Kind, Mention, Role
from service.language.numbers.hedges import contradict, hedge_after, hedge_before, hedged
from service.language.numbers.numeral import ARABIC, adjacent, chinese_to_decimal
from service.language.numbers.view import View
from service.language.patterns import deferred

_CN = r"[〇零一二两三四五六七八九十百千]{1,9}(?:点[〇零一二三四五六七八九]{1,6})?"
_PERCENT = deferred(
    rf"(?P<a>{ARABIC}) {{0,2}}(?:(?P<ma>[%‰]) ?)?(?:[~]{{1,2}}|-{{1,2}}|至|到) {{0,2}}"
    rf"(?P<b>{ARABIC}) {{0,2}}(?P<mb>[%‰])"
    rf"|(?P<n>{ARABIC}) {{0,2}}(?P<over>[余多])? ?(?P<m>[%‰])"
)
_SPOKEN = deferred(rf"(?P<base>百|千|万|{_CN})分之(?P<n>{ARABIC}|{_CN}|百)(?P<over>[余多几])?")
_SPOKEN_SOME = deferred(r"百分之(?:[几数])十?")
_TENTHS = deferred(
    r"(?P<n>[一二三四五六七八九十两]|\d(?:\.\d)?|10)(?:成|折(?![叠返旧子算页合射线扣]))(?P<half>半)?(?P<fine>[一二三四五六七八九](?![一二三四五六七八九十名个人户]))?(?P<over>多)?(?!立|员|功|果|为|本|长|绩|效|就|熟|人|交|都|品|分|份|套|片|群|型|年|了|语|部|家|灾|堆|规|因|对|列|排|行|风|色|新)"
)
_TENTHS_PAIR = deferred(r"(?P<pair>[一二三四五六七八][二三四五六七八九])成(?!立|员|功|果|为|本|长|绩|效|就|熟|人)")
_HALF = deferred(r"一多半|一大半|一半|半数|大半(?!天|年|夜|个)|过半(?!百)")
_PAIR = deferred(
    rf"(?P<a>{ARABIC}|{_CN}) ?(?::|比|∶) ?(?P<b>{ARABIC}|[零一二三四五六七八九十]{{1,3}})(?![:\d年月]| ?[人名个次])"
)
_SHARES = deferred(r"\d{1,6}(?: ?[:∶] ?\d{1,6}){2,5}(?![\d:])")
_SLASH = deferred(r"(?P<a>\d{1,3})/(?P<b>\d{1,6})(?![\d/])")
_TURN = deferred(r"(?P<n>[一两二三四五六七八九]|\d)番(?!薯|茄|话)")
_WHOLE = deferred(r"百分百|百分之百")
# A part of a whole never exceeds it; growth and fulfilment of a plan may.
_SHARE_WORD = deferred(
    r"(?:覆盖率|合格率|满意率|满意度|知晓率|达标率|入学率|参与率|普及率|绿化率|绿地率|签订率|签约率|支持率|好评率|优良率|优秀率|占比|及格率|参保率|办结率|到位率|"
    r"处理率|处置率|回访率|建成率|整改率|接种率|就业率|巩固率|升学率|出勤率|公开率|检出率|破案率|化解率|调解成功率|注册率|入户率|收集率|分类率|纳管率|洁净率|完好率|安装率|占)[^，。；,;0-9]{0,4}$"
)
# Thirds have no finite decimal: their range is the two neighbours at twelve digits.
_DOWN, _UP = Context(prec=12, rounding=ROUND_FLOOR), Context(prec=12, rounding=ROUND_CEILING)
_MARKS = {"%": Decimal("0.01"), "‰": Decimal("0.001")}
_STEP = Decimal("0.000001")


def read_ratio(view: View, start: int) -> Mention | None:
    """The part or proportion that begins at `start`, or None. Pure."""
    plain = view.plain
    if found := _PERCENT.match(plain, start):
        return _percent(view, found)
    if found := _WHOLE.match(plain, start):
        return closed(view, start, found.end(), Decimal(1), Decimal(1), Kind.PERCENT, _STEP)
    if found := _SPOKEN_SOME.match(plain, start):
        amount = (
            Amount(Decimal("0.2"), Decimal("0.99"))
            if found[0].endswith("十")
            else Amount(Decimal("0.02"), Decimal("0.09"))
        )
        return view.mention(start, found.end(), Role.CLAIM, Kind.PERCENT, amount=amount, unit=None, approx=Approx.VAGUE)
    if found := _SPOKEN.match(plain, start):
        return _spoken(view, found)
    if (found := _TENTHS_PAIR.match(plain, start)) and (pair := adjacent(found["pair"])):
        amount = Amount(pair[0] / 10, pair[1] / 10)
        return view.mention(start, found.end(), Role.CLAIM, Kind.RATIO, amount=amount, approx=Approx.VAGUE)
    if found := _TENTHS.match(plain, start):
        return _tenths(view, found)
    if found := _HALF.match(plain, start):
        return _halves(view, found)
    if found := _TURN.match(plain, start):
        if "翻" in view.before(start, 3):
            value = Decimal(2) ** int(chinese_to_decimal(found["n"]) or 0)
            return view.mention(start, found.end(), Role.CLAIM, Kind.DELTA, amount=Amount(value, value), unit="倍")
        return None
    return _pair(view, start)


def _percent(view: View, found: re.Match[str]) -> Mention:
    if found["b"]:
        mark = _MARKS[found["mb"]]
        lo, hi = _plain(found["a"]) * mark, _plain(found["b"]) * mark
        kind = Kind.PERCENT if found["mb"] == "%" else Kind.PERMILLE
        if lo > hi:
            lo, hi = hi, lo
        return closed(view, found.start(), found.end(), lo, hi, kind, _STEP, "‰" if kind is Kind.PERMILLE else None)
    mark = _MARKS[found["m"]]
    value = _plain(found["n"]) * mark
    if view.minus_before(found.start()):
        amount = Amount(-value, -value)
        return view.mention(found.start() - 1, found.end(), Role.CLAIM, Kind.PERCENT, amount=amount)
    kind, unit = (Kind.PERCENT, None) if found["m"] == "%" else (Kind.PERMILLE, "‰")
    if found["over"]:
        digits = _plain(found["n"])
        place = Decimal(10) if digits >= 10 and digits % 10 == 0 else Decimal(1)
        amount = Amount(value + _STEP, value + place * mark - _STEP)
        return view.mention(found.start(), found.end(), Role.CLAIM, kind, amount=amount, unit=unit, approx=Approx.OVER)
    return closed(view, found.start(), found.end(), value, value, kind, _STEP, unit)


def _plain(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def closed(
    view: View, start: int, end: int, lo: Decimal, hi: Decimal, kind: Kind, step: Decimal, unit: str | None = None
) -> Mention:
    """A proportion or time with the hedges around it, or a defect where a part exceeds its whole. Pure."""
    before = hedge_before(view.plain, start, view.floor, bare_magnitude=False)
    after = hedge_after(view.plain, end)
    begin = before.start if before else start
    finish = after.end if after else end
    amount, approx = Amount(lo, hi), None
    word = before or after
    if word:
        amount, approx = hedged(lo, hi, step, word.hedge, view.widths)
    if kind in (Kind.PERCENT, Kind.PERMILLE) and lo > 1 and _SHARE_WORD.search(view.clause_before(start, 14)):
        return view.mention(
            begin, finish, Role.DEFECT, kind, amount=amount, unit=unit, approx=approx, reason="impossible_share"
        )
    if contradict(before.hedge if before else None, after.hedge if after else None, False):
        return view.mention(
            begin, finish, Role.DEFECT, kind, amount=amount, unit=unit, approx=approx, reason="contradictory_hedges"
        )
    return view.mention(begin, finish, Role.CLAIM, kind, amount=amount, unit=unit, approx=approx)


def _spoken(view: View, found: re.Match[str]) -> Mention | None:
    base, part = chinese_to_decimal(found["base"]), chinese_to_decimal(found["n"])
    if not base or part is None:
        return None
    kind = Kind.PERCENT if base == 100 else Kind.PERMILLE if base == 1000 else Kind.RATIO
    unit = "‰" if kind is Kind.PERMILLE else None
    if found["over"]:
        place = Decimal(10) if part >= 10 and part % 10 == 0 else Decimal(1)
        approx = Approx.VAGUE if found["over"] == "几" else Approx.OVER
        amount = Amount(_DOWN.divide(part, base) + _STEP, _UP.divide(part + place, base) - _STEP)
        return view.mention(found.start(), found.end(), Role.CLAIM, kind, amount=amount, unit=unit, approx=approx)
    return closed(view, found.start(), found.end(), _DOWN.divide(part, base), _UP.divide(part, base), kind, _STEP, unit)


def _tenths(view: View, found: re.Match[str]) -> Mention | None:
    value = chinese_to_decimal(found["n"])
    if value is None:
        return None
    value /= 10
    if found["half"]:
        value += Decimal("0.05")
    if found["fine"]:
        value += (chinese_to_decimal(found["fine"]) or 0) / Decimal(100)
    if found["over"]:
        amount = Amount(value + _STEP, value + Decimal("0.1") - _STEP)
        return view.mention(found.start(), found.end(), Role.CLAIM, Kind.RATIO, amount=amount, approx=Approx.OVER)
    return closed(view, found.start(), found.end(), value, value, Kind.RATIO, _STEP)


def _halves(view: View, found: re.Match[str]) -> Mention:
    half = Decimal("0.5")
    if found[0] in ("大半", "过半", "一多半", "一大半"):
        amount = Amount(half + _STEP, Decimal(1))
        return view.mention(found.start(), found.end(), Role.CLAIM, Kind.RATIO, amount=amount, approx=Approx.OVER)
    return closed(view, found.start(), found.end(), half, half, Kind.RATIO, _STEP)


def _pair(view: View, start: int) -> Mention | None:
    plain = view.plain
    if found := _SHARES.match(plain, start):
        return view.mention(start, found.end(), Role.CLAIM, Kind.RATIO)
    if (found := _SLASH.match(plain, start)) and int(found["b"]):
        a, b = Decimal(found["a"]), Decimal(found["b"])
        return closed(view, start, found.end(), _DOWN.divide(a, b), _UP.divide(a, b), Kind.RATIO, _STEP)
    found = _PAIR.match(plain, start)
    if found is None:
        return None
    first, second = chinese_to_decimal(found["a"]), chinese_to_decimal(found["b"])
    if first is not None and second == 0 and "比" in found[0]:
        return view.mention(start, found.end(), Role.CLAIM, Kind.RATIO)  # 2比0: a score, of which no part can be told
    if first is None or not second or (":" in found[0] and len(found["b"]) == 2 and found["b"].startswith("0")):
        return None
    return closed(view, start, found.end(), _DOWN.divide(first, second), _UP.divide(first, second), Kind.RATIO, _STEP)
