"""How the value of a draft's claim stands to the value of a note's claim, with binding left aside."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from service.checking.claim import Claim, plain_unit
from service.domain.finding import Verdict
from service.domain.quantity import Amount, Approx, Kind, Mention, decimal_text
from service.language.numbers import convertible, same_counter
from service.language.patterns import deferred

_ONE, _TEN = Decimal(1), Decimal(10)
_QUANTITIES = frozenset((Kind.COUNT, Kind.MEASURE, Kind.MONEY, Kind.RANGE, Kind.FREQUENCY, Kind.ZERO, Kind.DURATION))
_LABELS = frozenset((Kind.ORDINAL, Kind.RANK))
_OF_RANKS = frozenset(("", "位", "名"))
# Bounds that are set, and not only a way to round: 超过400家 may stand for 430家, 不低于90% never for 不低于95%.
_SET_BOUND = deferred(r"不[低少]于|不[超高大]|至[少多]|最[多少高低长]|以[上下内外]")
_TENTH, _FRACTION_REACH = Decimal("0.1"), Decimal("0.4")
_ABOUT = Decimal("0.03")
_QUARTER_MORE = Decimal("0.25")
# 二成半 stands for any share within half a percentage point of it, 约四分之一 for any within a point and a half.
_FRACTION_NEAR, _FRACTION_ABOUT = Decimal("0.005"), Decimal("0.015")


class Family(StrEnum):
    """Whether two mentions may be compared at all."""

    SAME = "same"  # one unit, or one after conversion
    OTHER_UNIT = "other_unit"  # quantities of two units
    APART = "apart"  # a date and a count


def family(a: Mention, b: Mention) -> Family:
    """Whether the values of two claims may be compared. Pure."""
    if a.amount is None or b.amount is None:
        return Family.APART
    return _family(a.kind, a.unit, b.kind, b.unit)


@lru_cache(maxsize=16384)
def _family(kind: Kind | None, unit: str | None, other_kind: Kind | None, other_unit: str | None) -> Family:
    kinds = {kind, other_kind}
    if kinds <= {Kind.PERCENT, Kind.PERMILLE, Kind.RATIO}:
        known = len(kinds) == 1 or Kind.PERCENT in kinds or Kind.PERMILLE in kinds
        return Family.SAME if known else Family.APART
    if kinds & {Kind.PERCENT, Kind.PERMILLE, Kind.POINT, Kind.RATIO, Kind.DELTA}:
        return Family.SAME if len(kinds) == 1 else Family.APART
    if kinds & _LABELS or Kind.AGE in kinds:
        # 居行业第二 and 行业第二位 are one rank, 第二届 and 第二期 two ordinals.
        units = {plain_unit(unit), plain_unit(other_unit)}
        one_unit = len(units) == 1 or (Kind.RANK in kinds and units <= _OF_RANKS)
        # 保持第一大 is read as a rank, 为第一大 as an ordinal.
        return Family.SAME if (len(kinds) == 1 or kinds <= _LABELS) and one_unit else Family.APART
    if not kinds <= _QUANTITIES:
        return Family.SAME if len(kinds) == 1 else Family.APART
    return Family.SAME if _factor(unit, other_unit) is not None else Family.OTHER_UNIT


_SPOKEN_MONEY = {"元", "块"}  # 罚了600块 is 600元; whether boards or money were meant the binding decides


def factor(a: Mention, b: Mention) -> Decimal | None:
    """What multiplies a value of `b` into the unit of `a`; None where they do not convert. Pure."""
    return _factor(a.unit, b.unit)


@lru_cache(maxsize=16384)
def _factor(unit: str | None, other_unit: str | None) -> Decimal | None:
    ours, theirs = plain_unit(unit), plain_unit(other_unit)
    if ours == theirs:
        return _ONE
    if not ours or not theirs:
        return _ONE  # a clerk leaves units out (报名286，到场210); the binding decides
    if same_counter(ours, theirs) or {ours, theirs} == _SPOKEN_MONEY:
        return _ONE
    return convertible(theirs, ours)


def scaled(amount: Amount, by: Decimal) -> Amount:
    """`amount` with both ends multiplied. Pure."""
    return Amount(None if amount.lo is None else amount.lo * by, None if amount.hi is None else amount.hi * by)


def stated(mention: Mention) -> Decimal | None:
    """The number as written, hedge left aside: 400 for 四百余, 100 for 近百; None for ranges and vague numbers. Pure.

    A lower bound is written one unit of its last place below its range; an upper one at its open end.
    """
    amount = mention.amount
    if amount is None:
        return None
    if amount.exact:
        return amount.lo
    lo, hi = amount.lo, amount.hi
    if lo is None and mention.approx is None:
        return hi  # 不超过600元
    if mention.approx is Approx.OVER and lo is not None:
        whole = lo.to_integral_value()
        return lo if hi is None and "以上" in mention.text else whole - 1 if whole == lo and lo > 1 else whole
    if mention.approx is Approx.NEAR and hi is not None:
        return _roundest(hi)
    if mention.approx is Approx.ABOUT and lo is not None and hi is not None:
        return (lo + hi) / 2
    return None


def middle(mention: Mention) -> Decimal | None:
    """The number as written, also of a fraction that has no finite decimal (三分之一); None if none. Pure."""
    amount, value = mention.amount, stated(mention)
    third = value is None and mention.approx is None and mention.kind is Kind.RATIO and amount is not None
    if third and amount is not None and amount.lo is not None and amount.hi is not None:
        return (amount.lo + amount.hi) / 2
    return value


def _roundest(top: Decimal) -> Decimal:
    """The written number of 近X, whose range ends at X or just below it."""
    whole = top.to_integral_value(rounding="ROUND_CEILING")
    if whole != top:
        return whole
    after = top + 1
    trailing = len(str(int(after))) - len(str(int(after)).rstrip("0"))
    own = len(str(int(top))) - len(str(int(top)).rstrip("0"))
    return after if trailing > own else top


def relation(draft: Mention, note: Mention) -> Verdict:
    """What the note's value says of the draft's: a passing verdict, a soft one, or the fault. Pure.

    Both mentions have amounts of one family.
    """
    by = factor(draft, note) or _ONE
    ours, theirs = draft.amount, note.amount
    assert ours is not None and theirs is not None
    if by is not _ONE and by != 1:
        theirs = scaled(theirs, by)
    if draft.approx is Approx.ABOUT and note.approx is not None and _AT_LEAST.search(note.text):
        # A bound is no guess.
        return Verdict.QUALIFIER_DROPPED if stated(draft) == stated(note) else Verdict.CONTRADICTED
    if ours == theirs:
        same = draft.approx == note.approx or {draft.approx, note.approx} <= {None}
        if same and draft.text.strip() == note.text.strip():
            return Verdict.EXACT
        return Verdict.EQUIVALENT if same else _hedge_changed(draft, note)
    if ours.exact and theirs.exact:
        return (
            Verdict.ROUNDED if _rounds(draft, ours.lo or Decimal(0), theirs.lo or Decimal(0)) else Verdict.CONTRADICTED
        )
    if _open_ended(ours) and _open_ended(theirs):
        return _bounds(draft, note, ours, theirs)
    if ours.exact:
        return _exact_from_hedged(ours, theirs, note, by)
    if theirs.exact:
        return _hedged_from_exact(ours, theirs.lo or Decimal(0), draft)
    return _hedged_from_hedged(draft, note, ours, theirs, by)


def _open_ended(amount: Amount) -> bool:
    return amount.lo is None or amount.hi is None


def _bounds(draft: Mention, note: Mention, ours: Amount, theirs: Amount) -> Verdict:
    """A bound against a bound: a set one must be the very one; what only rounds may round a closer one."""
    if (ours.lo is None) is not (theirs.lo is None):
        return Verdict.CONTRADICTED
    a, b = stated(draft), stated(note)
    loose = not _SET_BOUND.search(draft.text) and a is not None and b is not None and ours.lo is not None
    return Verdict.ROUNDED if loose and a and b and a <= b < a + _reach(draft, a) else Verdict.CONTRADICTED


def _reach(draft: Mention, value: Decimal) -> Decimal:
    """How far above its number 超过X or X以上 may stand: one of its last written place, or a quarter of it."""
    if draft.kind is Kind.RATIO:
        return _TENTH if "成" in draft.text else value * _FRACTION_REACH
    place = _place(value) if value >= 1 else _TENTH
    # 超过2365亿元 stands for nothing like 2760亿元, 超过20亿元 for anything below 30亿元.
    return max(place, min(value * _QUARTER_MORE, place * _TEN))


def _place(value: Decimal) -> Decimal:
    """What one step of a number's last digit that is no 0 is worth."""
    digits = decimal_text(value) or "0"
    if "." in digits:
        return _ONE.scaleb(-len(digits.split(".")[1]))
    return _TEN ** (len(digits) - len(digits.rstrip("0")))


def _near_enough(draft: Mention, value: Decimal) -> bool:
    """True where 约X or 近X, written to so many digits, may stand for a number: 约46.1万 for no 42.7万."""
    written = stated(draft)
    if not written or draft.kind is Kind.RATIO or draft.approx not in (Approx.ABOUT, Approx.NEAR):
        return True
    place = _place(written)
    return abs(value - written) <= max(place, written * _ABOUT) or written / place < _TEN


def _rounds(draft: Mention, ours: Decimal, theirs: Decimal) -> bool:
    """True where the draft writes the note's number to fewer places: 1.03万 for 10326, 四分之一 for 24.8%."""
    if draft.kind is Kind.RATIO and "分之" in draft.text and draft.unit != "倍":
        return abs(ours - theirs) <= (_FRACTION_ABOUT if draft.approx is not None else _FRACTION_NEAR)
    written = _WRITTEN.search(draft.text)
    if written is None or not ours or draft.kind in (Kind.PERCENT, Kind.PERMILLE, Kind.POINT):
        return False
    number = Decimal(written[1] + (written[2] or ""))
    if not number:
        return False  # 0万1 has no place that could be rounded
    step = ours / number * Decimal(1).scaleb(-len((written[2] or ".")[1:]))
    return abs(ours - theirs) * 2 <= step and theirs % step != 0


_AT_LEAST = deferred(r"不少于|不低于|至少|最少|以上|不超过|至多|最多|以[下内]")
_WRITTEN = deferred(r"(\d{1,9})(\.\d{1,6})?[万亿]")


def _hedge_changed(draft: Mention, note: Mention) -> Verdict:
    return Verdict.ROUNDED if draft.approx is Approx.ABOUT or draft.approx is not None else Verdict.QUALIFIER_DROPPED


def _inside(value: Decimal, amount: Amount) -> bool:
    return (amount.lo is None or amount.lo <= value) and (amount.hi is None or value <= amount.hi)


def _exact_from_hedged(ours: Amount, theirs: Amount, note: Mention, by: Decimal) -> Verdict:
    value = ours.lo or Decimal(0)
    written = stated(note)
    if written is not None and written * by == value:
        return Verdict.QUALIFIER_DROPPED
    if _inside(value, theirs):
        return Verdict.PRECISION_INVENTED
    return Verdict.CONTRADICTED


def _hedged_from_exact(ours: Amount, value: Decimal, draft: Mention) -> Verdict:
    written = stated(draft)
    if not _near_enough(draft, value):
        return Verdict.CONTRADICTED if value > (written or 0) else Verdict.APPROX_INFLATED
    if _inside(value, ours) and not (draft.approx is Approx.NEAR and written is not None and value >= written):
        if ours.hi is None and written and value >= written + _reach(draft, written):
            return Verdict.CONTEXT_UNCLEAR  # 超过400 for 1,200 is true and tells nothing
        if ours.lo is None and ours.hi and value < ours.hi * Decimal("0.6"):
            return Verdict.CONTEXT_UNCLEAR
        return Verdict.ROUNDED
    if draft.approx is Approx.OVER and written is not None and value <= written:
        return Verdict.APPROX_WRONG_SIDE if value >= written * Decimal("0.85") else Verdict.APPROX_INFLATED
    if draft.approx is Approx.NEAR and written is not None:
        if value >= written:
            return Verdict.APPROX_WRONG_SIDE if value <= written * Decimal("1.15") else Verdict.CONTRADICTED
        return Verdict.APPROX_INFLATED
    if ours.lo is not None and value < ours.lo:
        return Verdict.APPROX_INFLATED
    return Verdict.CONTRADICTED


def _hedged_from_hedged(draft: Mention, note: Mention, ours: Amount, theirs: Amount, by: Decimal) -> Verdict:
    a, b = stated(draft), stated(note)
    if a is not None and b is not None and a == b * by:
        sides = {draft.approx, note.approx}
        if sides == {Approx.OVER, Approx.NEAR}:
            return Verdict.APPROX_WRONG_SIDE
        if note.approx is Approx.ABOUT and draft.approx in (Approx.OVER, Approx.NEAR) and "来" not in note.text:
            return Verdict.PRECISION_INVENTED
        return Verdict.ROUNDED
    if note.approx is Approx.ABOUT and b is not None and _inside(b * by, ours):
        return Verdict.ROUNDED
    within = (ours.lo is None or (theirs.lo is not None and ours.lo <= theirs.lo)) and (
        ours.hi is None or (theirs.hi is not None and theirs.hi <= ours.hi)
    )
    if within:
        return Verdict.ROUNDED
    narrower = (theirs.lo is None or (ours.lo is not None and theirs.lo <= ours.lo)) and (
        theirs.hi is None or (ours.hi is not None and ours.hi <= theirs.hi)
    )
    if narrower:
        return Verdict.PRECISION_INVENTED
    if ours.lo is not None and theirs.hi is not None and ours.lo > theirs.hi:
        return Verdict.APPROX_INFLATED
    return Verdict.CONTRADICTED


_LEAST = deferred(r"起|最[低少小短]|至少|不低于|以上")
_MOST = deferred(r"最[高多大长]|至多|不超过|封顶|以下|以内")


def end_of_range(draft: Claim, note: Claim) -> bool:
    """True where the draft tells the least or the most of what the notes give as a range: 起售价16.98万元 of
    16.98万元至22.98万元. Pure."""
    ours, theirs, by = draft.mention.amount, note.mention.amount, factor(draft.mention, note.mention)
    if note.mention.approx is not None or ours is None or theirs is None or by is None or theirs.exact:
        return False
    if ours.lo is None or not ours.exact or theirs.lo is None or theirs.hi is None:
        return False
    low, high = ours.lo == theirs.lo * by, ours.lo == theirs.hi * by
    return (low and bool(_LEAST.search(draft.item_text))) or (high and bool(_MOST.search(draft.item_text)))


def scale_slip(draft: Mention, note: Mention) -> bool:
    """True where the same digits got another magnitude or measure (22万元 as 22元, 3吨 as 3公斤). Pure."""
    a, b = stated(draft), stated(note)
    if not a or not b:
        return False
    ours, theirs = plain_unit(draft.unit), plain_unit(note.unit)
    by = convertible(theirs, ours) if ours and theirs and ours != theirs else Decimal(1)
    if by is None:
        return False
    if a == b and by != 1:
        return True
    ratio = a / (b * by) if a >= b * by else (b * by) / a
    return ratio in (_TEN**4, _TEN**8) and draft.approx == note.approx


PASSING = frozenset((Verdict.EXACT, Verdict.EQUIVALENT, Verdict.ROUNDED))
SOFT = frozenset((Verdict.QUALIFIER_DROPPED, Verdict.CONTEXT_UNCLEAR))
# What rounds or bounds the draft's very figure is no rival of the note that gives it: 突破1万家，达10326家.
NO_RIVAL = frozenset((*PASSING, Verdict.PRECISION_INVENTED, Verdict.QUALIFIER_DROPPED, Verdict.CONTEXT_UNCLEAR))
