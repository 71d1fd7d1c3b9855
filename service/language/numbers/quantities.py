"""Quantities: a number with its hedges, its unit, its rate, and the other end where it is a span."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from service.domain.quantity import Amount, Approx, Kind, Mention, Role, When
from service.language.numbers.hedges import Hedge, HedgeWord, contradict, hedge_after, hedge_before, hedged
from service.language.numbers.measures import Measured, measure_after
from service.language.numbers.money import is_money
from service.language.numbers.names import ends_name
from service.language.numbers.numeral import Numeral, chinese_to_decimal, read_numeral
from service.language.numbers.rates import OCCASIONS, rate_before
from service.language.numbers.units import unit_at
from service.language.numbers.view import View
from service.language.patterns import deferred

_TO = deferred(r" {0,2}(?:~{1,2}|-{1,2}|至|到) {0,2}")
# 壹佰贰拾叁元肆角伍分 is one sum.
_SMALL_MONEY = deferred(r"(?P<tenth>[一二三四五六七八九零1-9])角(?:(?P<cent>[一二三四五六七八九1-9])分|整)?")
_LIST = deferred(r"、(?=[1-9一二三四五六七八九])")
_KINDS = {"money": Kind.MONEY, "dollar": Kind.MONEY, "euro": Kind.MONEY, "hongkong_dollar": Kind.MONEY}
_KINDS |= {"time": Kind.DURATION, "workday": Kind.DURATION, "months": Kind.DURATION, "age": Kind.AGE}
_KINDS |= {"point": Kind.POINT, "times": Kind.RATIO, "count": Kind.COUNT, "score": Kind.COUNT, "": Kind.COUNT}
_SHARED_SCALES = {"万": 10**4, "亿": 10**8, "千": 1000, "百": 100}
_NOTHING = Amount(Decimal(0), Decimal(0))
_FRACTION = Decimal("0.01")
_YEARS_AFTER = deferred(r"(?:[、和](?:19|20)\d\d){0,5}[两三四五2-5]个?年(?!级)")
_YEAR_LIKE = range(1990, 2036)
# 三大行动 counts three of a kind; 大厅, 大会 and 大队 are words of their own.
_LARGE_GROUP = deferred(
    r"大(?=[\u4e00-\u9fff])(?!厅|会|队|街|道|楼|厦|学|桥|家|人|型|棚|米|批|件|箱|包|袋|半|多|小|力|量|幅|概|约|扫)"
)
# Counted without a counter: 两同志, 七村、镇.
_UNITLESS = deferred(
    "同志|村|镇|乡|街|社区|县|市|区|校|局|院|省|馆|中心|部门|单位|家庭|企业|学校|小区|路口|学生|干部|党员|老人|儿童|"
    "街道|机关|厂|园区|支部"
)
_LASTING = deferred("(?:历时|为期|用时|长达|耗时|时间|持续|经过|需要?|达|了|已|已经)$")
_NOT_MOVED_AFTER = frozenset("几多各这那哪每整一二两三四五六七八九十百千万0123456789余")


@dataclass(frozen=True, slots=True)
class _Stated:
    """A number with its unit before the hedges around it are read; `kind` is set where the shape decides it."""

    number: Numeral
    measured: Measured
    lo: Decimal
    hi: Decimal
    kind: Kind | None = None

    @property
    def over(self) -> bool:
        return self.number.over or self.measured.over

    @property
    def step(self) -> Decimal:
        """The smallest difference that counts: persons come whole, tonnes and hours do not, large figures are whole."""
        counted = self.measured.unit is None or self.measured.unit.is_counter
        whole = self.lo == self.lo.to_integral_value() and self.hi == self.hi.to_integral_value()
        return Decimal(1) if whole and (counted or self.hi >= 1000) else _FRACTION


def read_quantity(view: View, start: int) -> Mention | None:
    """The quantity whose numeral begins at `start`, with hedges, unit and the second end of a span, or None. Pure."""
    number = read_numeral(view.plain, start, view.widths)
    # 每半年 says how often something else happens: 每半年开展一次.
    if number is None or (view.plain[start] == "半" and view.before(start, 1) == "每"):
        return None
    listed = _listed_pair(view, number)
    stated = _single(view, listed) if listed else _span(view, number) or _single(view, number)
    return _mention(view, stated) if stated else None


_MOST_BESIDE = 1000  # 900、1000; the remainder of forty digits is no number at all


def _listed_pair(view: View, number: Numeral) -> Numeral | None:
    """3、4个, 三、四个, 20、30人 and 4、50个: neighbours with a mark between are one approximate number."""
    plain = view.plain
    mark = _LIST.match(plain, number.end)
    if mark is None or not number.exact or not 1 <= number.lo <= 900:
        return None
    second = read_numeral(plain, mark.end(), view.widths)
    if second is None or not second.exact or second.arabic != number.arabic or second.lo > _MOST_BESIDE:
        return None
    # 3、4 are neighbours, 20、30 too; 4、50 and 3、400 leave out the magnitude of the first.
    scale = Decimal(10) ** (len(str(second.lo)) - 1) if second.lo == second.lo.to_integral_value() else Decimal(1)
    if second.lo % scale or not 1 <= second.lo / scale <= 9:
        return None
    lo = number.lo * scale if number.lo < 10 else number.lo
    if lo + scale != second.lo or scale > 100:
        return None
    unit = unit_at(plain, second.end)
    if unit is None or unit.text in ("月", "日", "年", "期", "级", "号", "季度", "点", "批", "届"):
        return None
    return Numeral(number.start, second.end, lo, second.hi, scale, number.arabic, vague=True, adjacent=True)


def _span(view: View, first: Numeral) -> _Stated | None:
    """15~20处, 2万~5万元, 2～5万元, 3到5天, 50米至80米."""
    plain = view.plain
    left = measure_after(view, first)
    for at in (first.end, left.end):
        joined = _TO.match(plain, at)
        second = read_numeral(plain, joined.end(), view.widths) if joined else None
        if second is None or first.over:
            continue
        right = measure_after(view, second)
        if right.text is None and left.text is None and plain[at] not in "~-":
            continue
        unlike = None not in (left.text, right.text) and left.text not in (right.text, "个")
        if at == left.end and unlike:
            continue
        lo = first.lo
        # 2～5万元 gives the magnitude once, for both ends.
        if at == first.end and lo < 1000 <= second.hi:
            lo *= _SHARED_SCALES.get(plain[second.end - 1], 1)
        if lo <= second.hi:
            return _Stated(first, right, lo, second.hi, Kind.RANGE)
    return None


def _single(view: View, number: Numeral) -> _Stated | None:
    measured = measure_after(view, number)
    lo, hi = number.lo, number.hi
    if measured.half:
        lo, hi = lo + Decimal("0.5"), hi + Decimal("0.5")
    if measured.over and number.exact:
        lo, hi = lo + _FRACTION, hi + min(number.place, Decimal(1)) - _FRACTION
    if measured.text in ("元", "圆") and (small := _SMALL_MONEY.match(view.plain, measured.end)):
        part = (chinese_to_decimal(small["tenth"]) or 0) / Decimal(10)
        part += (chinese_to_decimal(small["cent"]) or 0) / Decimal(100) if small["cent"] else 0
        lo, hi, measured = lo + part, hi + part, Measured("元", small.end(), measured.unit)
    if measured.text is None:
        if group := _LARGE_GROUP.match(view.plain, number.end):
            measured = Measured("项", group.end())
        elif not number.arabic and not _stands_alone(view, number):
            return None
    return _Stated(number, measured, lo, hi, Kind.RANGE if number.adjacent else None)


def _stands_alone(view: View, number: Numeral) -> bool:
    """A Chinese numeral without a unit is a number only if hedged or long: 三百, 近百, 数十; 三 is part of a word."""
    if number.over or number.around or (number.vague and number.end - number.start > 1):
        return True
    unitless = number.lo >= 2 and number.exact and _UNITLESS.match(view.plain, number.end) is not None
    if unitless and view.before(number.start, 1) != "第" and not ends_name(view, number.start):
        return True
    if hedge_before(view.plain, number.start, view.floor, number.bare) is not None:
        return True
    return number.place < 1 or (not number.bare and number.lo >= 11)


def _mention(view: View, stated: _Stated) -> Mention:
    """The mention of a stated number with the hedges around it; a name or a defect where it cannot be a claim."""
    plain, number, measured = view.plain, stated.number, stated.measured
    start = number.start
    before = hedge_before(plain, start, view.floor, number.bare)
    after = hedge_after(plain, measured.end)
    begin, end = before.start if before else start, after.end if after else measured.end
    hedged_at_all = before is not None or after is not None or stated.over
    if number.bare and measured.unit is not None and not hedged_at_all:
        # 百场宣传进社区 and 千名干部 are figures of speech; 近百场 is a number.
        return view.mention(start, end, Role.NAME, reason="figure_of_speech")
    if measured.text is None and not hedged_at_all and _is_listed_year(plain, number):
        year = str(number.lo)
        return view.mention(start, end, Role.CLAIM, Kind.YEAR, when=When(year, year))
    if measured.text == "号" and number.exact and not hedged_at_all:
        return view.mention(start, end, Role.NAME, reason="place")
    if before is not None and plain[before.start] == "近" and _is_recent(view, stated, begin):
        return view.mention(begin, end, Role.CLAIM, Kind.PERIOD)
    amount, approx = _amount(view, stated, before, after)
    if measured.dimension == "temperature" and before is None and view.minus_before(start):
        begin, amount = start - 1, Amount(-stated.hi, -stated.lo)
    kind, unit = stated.kind or _KINDS.get(measured.dimension, Kind.MEASURE), measured.text
    if unit is None and is_money(view, begin, measured.end, end):
        kind, unit = (Kind.MONEY if kind is Kind.COUNT else kind), "元"
    if unit is not None and "/" not in unit and (rate := rate_before(view, begin)):
        if unit in OCCASIONS and rate.often:
            kind = Kind.FREQUENCY
        unit = f"{unit}/{rate.per}"
        begin = begin if before else rate.start
    if _year_for_count(plain, number):
        return view.mention(begin, end, Role.DEFECT, Kind.CORRUPT, unit=unit, reason="year_for_count")
    if _moved(view, begin, number):
        return view.mention(
            begin - 1, end, Role.DEFECT, Kind.CORRUPT, amount=amount, unit=unit, reason="words_transposed"
        )
    if kind is Kind.COUNT and unit is not None and amount == _NOTHING:
        kind = Kind.ZERO  # 超期的0件 claims that there is none, as 无一件 does
    denied = _denied(stated, before, after)
    return view.mention(
        begin,
        end,
        Role.DEFECT if denied else Role.CLAIM,
        kind,
        amount=amount,
        unit=unit,
        approx=approx,
        reason="contradictory_hedges" if denied else None,
    )


def _denied(stated: _Stated, before: HedgeWord | None, after: HedgeWord | None) -> bool:
    return contradict(before.hedge if before else None, after.hedge if after else None, stated.over)


def _amount(
    view: View, stated: _Stated, before: HedgeWord | None, after: HedgeWord | None
) -> tuple[Amount, Approx | None]:
    """The range under the outer hedge; 余 inside the number stands where an outer hedge contradicts it."""
    word = before or after
    around = stated.number.around
    if stated.number.plus and word is None:
        return hedged(stated.lo, stated.hi, stated.step, Hedge.AT_LEAST, view.widths)
    if word is not None and not around and not (stated.over and _denied(stated, before, after)):
        return hedged(stated.lo, stated.hi, stated.step, word.hedge, view.widths)
    vague = Approx.VAGUE if stated.number.vague else None
    return Amount(stated.lo, stated.hi), Approx.OVER if stated.over else vague


def _is_recent(view: View, stated: _Stated, begin: int) -> bool:
    """近两年 is the time up to now; 历时近两年 is almost two years."""
    if _LASTING.search(view.before(begin, 3)):
        return False
    return stated.measured.dimension in ("months", "time") and stated.hi <= 12 and not stated.over


def _is_listed_year(plain: str, number: Numeral) -> bool:
    """2023、2024两年 and 2022、2023年连续两年 name years; 2024 alone may count."""
    if number.end - number.start != 4 or not number.exact or number.lo not in _YEAR_LIKE:
        return False
    return _YEARS_AFTER.match(plain, number.end) is not None


def _year_for_count(plain: str, number: Numeral) -> bool:
    """2024余份: a year-replacer hit a count; nobody hedges a figure that is exact to the last digit."""
    digits = plain[number.start : number.start + 4]
    if not number.over or not digits.isdigit() or digits[-1] == "0" or int(digits) not in _YEAR_LIKE:
        return False
    return plain[number.start + 4 : number.start + 6].strip()[:1] in ("余", "多")


def _moved(view: View, begin: int, number: Numeral) -> bool:
    """个42班次: a counter ahead of its number, where two words changed places."""
    if not number.arabic or begin < 2 or view.plain[begin - 1] != "个" or begin - 1 < view.floor:
        return False
    return view.plain[begin - 2] not in _NOT_MOVED_AFTER
