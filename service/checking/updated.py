"""Figures that a later line brings up to date, or sets aside for those of the source that it settles on."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from service.checking.claims import CALENDAR, Claim, Reading
from service.checking.phrases import words_in
from service.checking.values import Family, family
from service.language.patterns import deferred

WHOLE_CHAT = 60  # lines: how far what opens with a word of correction reaches back
MOST_BACK = 80  # figures: a correction is not looked for further up
SHARED_PAIRS = 2  # pairs of characters: three characters in a row, or two words
_NEAR = 14  # characters
_NEAR_PART = Decimal("0.75")
# 8月19日又过了2家，49家: what came on top, or was struck off, and what it makes.
_ON_TOP = deferred(
    r"(?:又|再|还)[\u4e00-\u9fff]{0,4}$|补[报录算登]?了?[^，。；\d]{0,4}$|漏[了算报数记登][^，。；\d]{0,6}$|加上[^，。；\d]{0,4}$|新增$"
)
_STRUCK_OFF = deferred(r"扣|剔|核减|去掉|除去|减去|不算|不计|作废|重复|算咨询|退")
_NEXT_FIGURE = 16  # characters between what came on top and what it makes
_SINCE = 6  # lines


def brought_up_to_date(notes: Reading, claims: list[Claim]) -> dict[int, Claim]:
    """The figures that a later line brings up to date, saying by how much: 47家, then 又过了2家，49家."""
    found: dict[int, Claim] = {}
    for place, (more, now) in enumerate(pairwise(claims)):
        left = _left_of_more(notes, claims, place)
        if left is not None:
            found[left.mention.start] = more
            continue
        near = more.line == now.line and 0 < now.mention.start - more.mention.end <= _NEXT_FIGURE
        if not near or family(more.mention, now.mention) is not Family.SAME:
            continue
        by, value = _whole_number(more), _whole_number(now)
        start = line_around(more, notes.text)[0]
        lead = notes.text[max(start, more.mention.start - _NEAR) : more.mention.start]
        added = _ON_TOP.search(lead)
        struck = _STRUCK_OFF.search(lead + notes.text[more.mention.end : now.mention.start])
        if by is None or value is None or not (added or struck):
            continue
        words = words_in(notes.text[start : more.mention.start - (len(added.group()) if added else 0)])
        for old in reversed(claims[max(0, place - MOST_BACK) : place]):
            before = _whole_number(old)
            if now.line - old.line > _SINCE or old.mention.unit != now.mention.unit or before is None or old.plan:
                continue
            # 充电桩又装了4个，24个口 brings no 车位20个 up to date; 换55个，新增30个，共85个 is a sum.
            if added and old.line == now.line:
                continue
            if words and not words & words_in(notes.text[slice(*line_around(old, notes.text))]):
                continue
            if (added and before + by == value) or (struck and before - by == value):
                found[old.mention.start] = now
                break
    return found


# 自己查的是23处，有2处是商业广告不归我们 brings 25处 down.
_NOT_OURS = deferred(r"[^。；\n\d]{0,12}(?:不归|不属|不算|不计|剔|扣掉?|多[报算]|重复|作废)")


def _left_of_more(notes: Reading, claims: list[Claim], place: int) -> Claim | None:
    """The earlier figure of which the one at `place` is what is left, the next telling what went; else None."""
    now, struck = claims[place], claims[place + 1]
    near = struck.line == now.line and 0 < struck.mention.start - now.mention.end <= _NEXT_FIGURE
    if not near or family(struck.mention, now.mention) is not Family.SAME:
        return None
    by, value = _whole_number(struck), _whole_number(now)
    if by is None or value is None or not _NOT_OURS.match(notes.text, struck.mention.end):
        return None
    words = words_in(notes.text[line_around(now, notes.text)[0] : now.mention.start])
    for old in reversed(claims[max(0, place - MOST_BACK) : place]):
        same = old.mention.unit == now.mention.unit and _whole_number(old) == value + by and old.line != now.line
        if same and words & words_in(notes.text[slice(*line_around(old, notes.text))]):
            return old
    return None


_DAY_DENIED = deferred(r"不是\s?$")
_DAY_SETTLED = deferred(r"[，, ]{0,2}(?:而?是|不对|错了|[写记说报][错反]了?)[，, ]{0,2}(?:应该?)?是?\s?$")


def days_put_right(notes: Reading, claims: list[Claim]) -> dict[int, Claim]:
    """The days that a line takes back (不是三月十八是三月二十八号), there and where an earlier line gave them."""
    found: dict[int, Claim] = {}
    days = [one for one in claims if one.mention.kind in CALENDAR and one.mention.when is not None]
    for place, (wrong, right) in enumerate(pairwise(days)):
        between = notes.text[wrong.mention.end : right.mention.start]
        if wrong.line != right.line or wrong.mention.kind is not right.mention.kind or len(between) > _NEAR:
            continue
        denied = _DAY_DENIED.search(notes.text[max(0, wrong.mention.start - _SINCE) : wrong.mention.start])
        settled = _DAY_SETTLED.match(between)
        if settled is None or (not denied and settled.group().strip("，, ") in ("是", "而是", "")):
            continue
        earlier = [one for one in days[:place] if one.mention.when == wrong.mention.when]
        found |= {one.mention.start: right for one in (wrong, *earlier[-1:])}
    return found


# 老站长说九十六，台账是一百零六，他认了台账: whose figure holds is said at the end of the line.
_BY_SOURCE = deferred(
    r"(?:认了?|按(?:照)?|以|用|取)(?P<who>台账|发票|档案|合同|文件|系统|报表|登记表|统计表|账本|账上)(?:的)?(?:数|走|算|来|报|写|为准|准){0,2}[了吧]?[。；！）)\s]*$",
    re.MULTILINE,
)


def ruled_by_source(notes: Reading, claims: list[Claim]) -> dict[int, Claim]:
    """The figures that a line sets aside for that of the source it settles on, there and where they stood before."""
    found: dict[int, Claim] = {}
    for ruled in _BY_SOURCE.finditer(notes.text):
        start = notes.text.rfind("\n", 0, ruled.start()) + 1
        told = notes.text.find(ruled["who"], start, ruled.start())
        inside = [
            one for one in claims if start <= one.mention.start < ruled.start() and _whole_number(one) is not None
        ]
        right = next((one for one in inside if 0 <= told < one.mention.start <= told + _NEXT_FIGURE), None)
        if right is None:
            continue
        wrong = [one for one in inside if like_size(right, one)]
        found |= {one.mention.start: right for one in wrong}
        words = words_in(notes.text[start : inside[0].mention.start])
        for one in claims:
            said = any(one.mention.amount == other.mention.amount for other in wrong)
            above = right.line - WHOLE_CHAT <= one.line < right.line and (said or not wrong)
            alike = above and like_size(right, one) and family(one.mention, right.mention) is Family.SAME
            # The thing is named at the head of the line, the figure some clauses behind it.
            named = len(words & words_in(notes.text[one.sentence_span[0] : one.mention.start])) >= SHARED_PAIRS
            if alike and named and near_in_size(right, one):
                found[one.mention.start] = right
    return found


def _whole_number(claim: Claim) -> Decimal | None:
    amount = claim.mention.amount
    return amount.lo if amount is not None and amount.exact and claim.mention.kind not in CALENDAR else None


def line_around(claim: Claim, text: str) -> tuple[int, int]:
    """Where the line of a figure begins and ends. Pure."""
    stop = text.find("\n", claim.mention.end)
    return text.rfind("\n", 0, claim.mention.start) + 1, len(text) if stop < 0 else stop


def near_in_size(claim: Claim, one: Claim) -> bool:
    """True where a figure is within a quarter of another: who puts 161 right says 159 and seldom 88."""
    low, high = sorted(
        (claim.mention.amount.lo or Decimal(0), one.mention.amount.lo or Decimal(0))
        if claim.mention.amount and one.mention.amount
        else (Decimal(0), Decimal(1))
    )
    return low >= high * _NEAR_PART


def like_size(claim: Claim, one: Claim) -> bool:
    """True where one figure may be a slip for the other: of one family, unlike, and within twice of each other."""
    a, b = claim.mention.amount, one.mention.amount
    if family(claim.mention, one.mention) is not Family.SAME or a is None or b is None or a == b:
        return False
    return bool(a.lo and b.lo) and max(a.lo or 0, b.lo or 0) <= 2 * min(a.lo or 0, b.lo or 0)
