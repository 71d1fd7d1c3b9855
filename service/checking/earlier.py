"""Values that a note gives by way of another: before a change, the whole of a share, the rest of a whole.

Each asks for the note's own words in the draft (常年, 户籍人口, 其余), so that no value is supported by chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from service.checking.arithmetic.fit import fits
from service.checking.beside import is_difference
from service.checking.binding import per
from service.checking.claim import Claim, bigrams, once_a_pool
from service.checking.derivation import Derivation, made_of, said
from service.checking.derive import about_one, percent_places, rounded_percent
from service.checking.likeness import opposed
from service.checking.phrases import tells_new
from service.checking.values import Family, family, middle, stated
from service.domain.quantity import Kind, decimal_text
from service.language.patterns import deferred

_BASE = deferred(
    r"(?:[比较](?P<base>[^，。；]{1,16}?)|(?P<same>同比|环比))(?P<way>增加|增长|上升|提高|多出?|放量|扩大|延长|新增|减少|下降|降低|少|缩短|压缩|缩量|收窄|回落|走低|走高|提升|下调|上调|偏?[高低早晚贵]|偏[多少]|便宜)了?(?:近|约)?\s?$"
    r"|(?P<rank>落后|领先|低于|高于|多于|少于)(?:了)?(?P<other>[^，。；\d]{1,12}?)\s?$"
)
_FALL = deferred(r"落后|低于|少于|偏?低|偏少|早|便宜|收窄|回落|走低|下调|减少|下降|降低|少|缩短|压缩|缩量")
_SAME_TIME = deferred(r"去年同期|上年同期|同期|去年|上年")
_SHARE_OF = deferred(r"占(?P<whole>[^，。；\d]{2,14}?)的?(?:比例|比重)?[为达约]?\s?$")
_REST = deferred(r"其余|其他|其它|余下|剩下|剩余|另外|另有|除此|以外|之外|非(?!常|法|机|遗)|没有|尚未|未")
_HEADS = frozenset(("人", "名", "位"))
_FAR = 240  # characters: how far a change may stand behind the figure it changes


def earlier_value(draft: Claim, notes: Sequence[Claim]) -> Derivation | None:
    """The figure before a change that the notes tell: 31天，比常年多12天 make 19天 of 常年. Pure."""
    ours = stated(draft.mention)
    if ours is None or is_difference(draft):
        return None  # 比上届增加14个 is a change, and never what was before one
    for change, found, moved in _changes(notes):
        if not _names_base(draft, found, change):
            continue
        if change.mention.kind in (Kind.PERCENT, Kind.RATIO):
            grown = _before_growth(draft, change, moved, bool(_FALL.match(_way(found))), notes)
            if grown is not None:
                return grown
        points = change.mention.kind is Kind.POINT and draft.mention.kind is Kind.PERCENT
        if not (points or _comparable(draft, change)):
            continue
        if points:
            moved /= 100
        now = _figure_before(draft if points else change, notes, change)
        value = stated(now.mention) if now is not None else None
        if now is None or value is None:
            continue
        falls = bool(_FALL.match(_way(found)))
        before = value + moved if falls else value - moved
        hedged = now.mention.approx != draft.mention.approx or change.mention.approx is not None
        if before == ours if not hedged else draft.mention.approx is not None and fits(draft, before):
            sign = "+" if falls else "−"
            return Derivation(made_of(f"{said(now)} {sign} {said(change)}", said(draft), now, change), (now, change))
    return None


@once_a_pool
def _changes(notes: Sequence[Claim]) -> Sequence[tuple[Claim, re.Match[str], Decimal]]:
    """The figures that tell by how much something differs from what it is compared with, each with the words for it."""
    compared = ((one, _BASE.search(_lead(one)), middle(one.mention)) for one in notes)
    return [(one, found, moved) for one, found, moved in compared if found is not None and moved is not None]


def _before_growth(
    draft: Claim, change: Claim, moved: Decimal, falls: bool, notes: Sequence[Claim]
) -> Derivation | None:
    """180亿元，同比增长20% make 150亿元 of the year before, to the last place the draft writes."""
    ours, now = stated(draft.mention), _figure_near(draft, change, notes)
    value = stated(now.mention) if now is not None else None
    factor = 1 - moved if falls else 1 + moved
    if now is None or value is None or ours is None or factor <= 0:
        return None
    step = _last_place(draft, ours)
    if abs(value / factor - ours) * 2 > step:
        return None
    sign = "−" if falls else "+"
    return Derivation(made_of(f"{said(now)} ÷（1 {sign} {said(change)}）", said(draft), now, change), (now, change))


def _last_place(draft: Claim, value: Decimal) -> Decimal:
    """What one step of the last written digit is worth: 亿 for 150亿元, a tenth of it for 15.3亿元."""
    written = re.search(r"\d+(?:\.(\d+))?", draft.mention.text)
    if written is None or not Decimal(written.group()):
        return Decimal(0)
    return value / Decimal(written.group()) * Decimal(1).scaleb(-len(written[1] or ""))


def _lead(claim: Claim) -> str:
    return claim.clause_text[: max(0, claim.mention.start - claim.clause_span[0])]


def _comparable(draft: Claim, note: Claim) -> bool:
    return (
        bool(draft.mention.unit)
        and (draft.mention.unit == note.mention.unit or {draft.mention.unit, note.mention.unit} <= _HEADS)
        and family(draft.mention, note.mention) is Family.SAME
    )


def _alike_in_unit(like: Claim, one: Claim) -> bool:
    return like.mention.kind is one.mention.kind is Kind.PERCENT or _comparable(like, one)


def _way(found: re.Match[str]) -> str:
    return found["way"] or found["rank"] or ""


def _year_before(draft: Claim, change: Claim) -> bool:
    """True where the draft's figure is of the year before the one that the notes compare: 2022年 beside 2023年."""
    years = [one.day.when.lo[:4] if one.day and one.day.when else "" for one in (draft, change)]
    return all(year.isdigit() for year in years) and int(years[0]) == int(years[1]) - 1


def _names_base(draft: Claim, found: re.Match[str], change: Claim) -> bool:
    """True where the draft says its figure is of the time that the note compares with."""
    if found["same"]:
        return bool(_SAME_TIME.search(_lead(draft))) or _year_before(draft, change)
    base = found["base"] or found["other"]
    if _SAME_TIME.search(base) and _SAME_TIME.search(_lead(draft)):
        return True
    if base.rstrip("份") in _lead(draft):
        return True
    if found["rank"]:
        return base[-2:] in _lead(draft)
    words = bigrams(re.sub(r"\d+年?", " ", base))
    years = re.findall(r"\d{4}", base)
    days = [one.text for one in (draft.day, *draft.days) if one is not None]
    told = len(words & draft.sentence) >= 0.6 * len(words)
    return len(words) >= 2 and told and all(any(year in day for day in days) for year in years)


def _figure_before(like: Claim, notes: Sequence[Claim], change: Claim) -> Claim | None:
    """The nearest figure of the unit of `like` before a change, in its own sentence."""
    near = [
        one
        for one in notes
        if one.sentence_span == change.sentence_span
        and one.mention.start < change.mention.start
        and change.mention.start - one.mention.end < _FAR
        and _alike_in_unit(like, one)
        # 同比下降2.2%，降幅比3月收窄0.7个百分点: a rate of change is itself the figure that changed.
        and (change.mention.kind is Kind.POINT or not _BASE.search(_lead(one)))
    ]
    return next((one for one in near if one.mention.amount == change.of), near[-1] if near else None)


def grown_by_new(draft: Claim, notes: Sequence[Claim]) -> Derivation | None:
    """What there was before and what is new together: 轮椅原来有12台，这次新买了8台 make 20台 now. Pure."""
    ours = stated(draft.mention)
    if ours is None or draft.before or tells_new(draft):
        return None
    if draft.change and not _REACHED.search(_lead(draft)):
        return None
    for first, new in pairwise(notes):
        if not (first.before and first.sentence_span == new.sentence_span and tells_new(new)):
            continue
        values = stated(first.mention), stated(new.mention)
        if values[0] is None or values[1] is None or not (_comparable(draft, first) and _comparable(draft, new)):
            continue
        if values[0] + values[1] == ours and about_one(draft, first):
            return Derivation(made_of(f"{said(first)} + {said(new)}", said(draft), first, new), (first, new))
    return None


_REACHED = deferred(r"[到至为]\s?$")


_OF_NAMED = deferred(r"占[全总]?(?P<whole>[^，。；\d]{2,8}?)(?:总[数量人]数?|人数)?的?(?:约|近)?\s?$")


def share_of_named(draft: Claim, notes: Sequence[Claim]) -> Derivation | None:
    """The share that the figure told right before is of the whole that the draft names: 407人，占职工总数的72.3% of
    职工563人. Pure."""
    amount, part = draft.mention.amount, draft.neighbours[0]
    found = _OF_NAMED.search(_lead(draft)) if draft.mention.kind is Kind.PERCENT else None
    if found is None or amount is None or not amount.exact or part is None or not part.exact or not part.lo:
        return None
    parts = [one for one in notes if one.mention.amount == part]
    for whole in notes:
        value = stated(whole.mention)
        if not value or value <= part.lo or found["whole"] not in (whole.noun, _lead(whole)[-len(found["whole"]) :]):
            continue
        if parts and rounded_percent(part.lo, value, percent_places(draft)) == amount.lo:
            steps = f"{said(parts[0])} ÷ {said(whole)}"
            return Derivation(made_of(steps, said(draft), parts[0], whole), (parts[0], whole))
    return None


_GROWN = deferred(r"(?:增加|提高|提升|上升|增长|新增|减少|下降|降低)\s?$|再(?:增加?|建|添|提高)\s?$")
_REACHES = deferred(r"(?:[达增升提减降]高?[到至为]|发展到|达|到|为)\s?$")


def later_value(draft: Claim, notes: Sequence[Claim]) -> Derivation | None:
    """What a figure of the notes comes to by the change that they tell of the same thing: 普及率86.5% and 普及率提高4个
    百分点以上 make 90.5%以上. Pure."""
    ours = draft.mention.amount
    if ours is None or ours.lo is None or not _REACHES.search(_lead(draft)):
        return None
    for change, found in _grown(notes):
        by = change.mention.amount
        if by is None or by.lo is None or change.mention.approx != draft.mention.approx:
            continue
        points = change.mention.kind is Kind.POINT and draft.mention.kind is Kind.PERCENT
        if not (points or _comparable(draft, change)) or not about_one(draft, change):
            continue
        moved = by.lo / 100 if points else by.lo
        named = _lead(change)[: found.start()].strip()[-_NAMED:]
        before = ours.lo + moved if _FALL.match(found.group().strip()) else ours.lo - moved
        for base in notes if named else ():
            alike = base.mention.kind is draft.mention.kind and (points or _comparable(draft, base))
            if alike and named in _lead(base) and stated(base.mention) == before and base is not change:
                steps = f"{said(base)} {'−' if before > ours.lo else '+'} {said(change)}"
                return Derivation(made_of(steps, said(draft), base, change), (base, change))
    return None


@once_a_pool
def _grown(notes: Sequence[Claim]) -> Sequence[tuple[Claim, re.Match[str]]]:
    return [(one, found) for one in notes if (found := _GROWN.search(_lead(one))) is not None]


_NAMED = 5  # characters


def whole_of_share(draft: Claim, notes: Sequence[Claim]) -> Derivation | None:
    """The whole that a part and its share make: 98.4万人，占户籍人口的24.6% make 户籍人口 of about 400万人. Pure."""
    amount = draft.mention.amount
    if amount is None or draft.mention.approx is None:
        return None  # a share is rounded, so no exact whole follows from it
    for share in notes:
        found = _SHARE_OF.search(_lead(share)) if share.mention.kind is Kind.PERCENT else None
        if found is None or not bigrams(found["whole"]) <= draft.clause or not share.mention.amount:
            continue
        part, rate = _figure_near(draft, share, notes), share.mention.amount.lo
        value = stated(part.mention) if part is not None else None
        if part is None or value is None or not rate or not share.mention.amount.exact:
            continue
        whole = value / rate
        if (amount.lo is None or amount.lo <= whole) and (amount.hi is None or whole <= amount.hi):
            return Derivation(
                made_of(f"{said(part)} ÷ {said(share)}", f"约{_round(whole)}", part, share), (part, share)
            )
    return None


def _round(value: Decimal) -> str:
    return decimal_text(value.quantize(Decimal(1))) or ""


def _figure_near(draft: Claim, share: Claim, notes: Sequence[Claim]) -> Claim | None:
    near = [
        one
        for one in notes
        if one.sentence_span == share.sentence_span
        and one.mention.start < share.mention.start
        and _comparable(draft, one)
    ]
    return next((one for one in near if one.mention.amount == share.of), near[-1] if near else None)


def rest_of_whole(draft: Claim, notes: Sequence[Claim]) -> Derivation | None:
    """What a whole leaves besides its 其中 parts: 60人，其中党员22人 leave 38人 who are none. Pure."""
    amount = draft.mention.amount
    if amount is None or not amount.exact:
        return None
    named = bool(_REST.search(draft.item_text))
    for whole, parts in _wholes(draft, notes):
        top = whole.mention.amount.lo if whole.mention.amount else None
        values = [one.mention.amount.lo for one in parts if one.mention.amount and one.mention.amount.lo is not None]
        for used in {1, len(values)}:
            taken = values[:used]
            # 男职工 are what 职工 leave besides 女职工, though nothing says 其余.
            if not named and not (used == 1 and opposed(draft.sides, parts[0].sides)):
                continue
            if top is None or not taken or top - sum(taken[1:], taken[0]) != amount.lo or amount.lo == 0:
                continue
            steps = " − ".join(said(one) for one in (whole, *parts[:used]))
            return Derivation(made_of(steps, said(draft), whole, *parts[:used]), (whole, *parts[:used]))
    return None


def _wholes(draft: Claim, notes: Sequence[Claim]) -> Iterator[tuple[Claim, list[Claim]]]:
    for index, whole in enumerate(notes):
        if whole.part or not _comparable(draft, whole) or per(whole) or not about_one(draft, whole):
            continue
        if whole.mention.amount is None or not whole.mention.amount.exact:
            continue
        parts = [
            one
            for one in notes[index + 1 : index + 7]
            if one.sentence_span == whole.sentence_span
            and (one.part or opposed(draft.sides, one.sides))
            and _comparable(draft, one)
        ]
        if parts:
            yield whole, parts
