"""Arithmetic over the notes: a draft's number as a sum, difference, share, growth, average, or count of note numbers.

The search is bounded on purpose. With twenty numbers in the notes almost any value is some sum of some of them, so only
groups that a writer would add are tried: what one sentence or line lists in a row, and all figures of one thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations

from service.checking.arithmetic.doubts import overlap, repeated
from service.checking.binding import per
from service.checking.claim import Claim, once_a_pool, plain_unit
from service.checking.derivation import Derivation, lines_of, made_of, said
from service.checking.likeness import alike, shared
from service.checking.phrases import no_term
from service.checking.records import records_of
from service.checking.values import Family, factor, family, scaled
from service.domain.quantity import Kind, decimal_text
from service.language.patterns import deferred

_MOST_OPERANDS = 24
_LONGEST_ROW = 10  # figures in a line; a longer line is a table, and some run of it sums to almost anything
_HUNDRED = Decimal(100)
_COUNTED = frozenset((Kind.COUNT, Kind.MEASURE, Kind.MONEY))
_RATE_TAIL = deferred(r"(?:比例|占比|比重|比率|率|度|比)$")
_FALL = deferred(r"下[降调跌滑]|降低|减少|降幅|少了|缩[短小减]|压[缩减]|减|回落|收窄|放缓|跌")


def derive(draft: Claim, notes: Sequence[Claim]) -> Derivation | None:
    """The simplest derivation of the draft's value from bound note numbers, or None. Pure."""
    amount = draft.mention.amount
    if amount is None or amount.lo is None:
        return None
    if draft.mention.kind in (Kind.PERCENT, Kind.PERMILLE, Kind.RATIO):
        return _growth(draft, notes) or _share(draft, notes)
    if draft.mention.kind is Kind.POINT:
        return _points(draft, notes)
    found = _difference(draft, notes) if draft.change else None
    if found is None and draft.rate:
        found = _average(draft, notes)
    return found or _sum(draft, notes) or _product(draft, notes)


_PER_UNIT = {"日": ("天", "日"), "周": ("周", "个星期"), "月": ("个月", "月"), "年": ("年",)}


def _counts_per(rate: str, count: Claim) -> bool:
    """True where `count` counts what a rate is per: 天 for 日均, 户 for 户均."""
    return plain_unit(count.mention.unit) in _PER_UNIT.get(rate, (rate,)) or count.noun.endswith(rate)


def _product(draft: Claim, notes: Sequence[Claim]) -> Derivation | None:
    """A rate times what it is counted per: 春节七天，日均到馆6300人次 make about 4.4万人次."""
    amount = draft.mention.amount
    if amount is None or draft.rate:
        return None
    for rated in notes:
        rate = per(rated)
        value = _value_plain(rated, draft) if rate else None
        if value is None or not _about(draft, rated, rated):
            continue
        for count in notes:
            times = count.mention.amount
            if not _counts_per(rate, count) or times is None or not times.exact or times.lo is None:
                continue
            total = value * times.lo
            inside = (amount.lo is None or amount.lo <= total) and (amount.hi is None or total <= amount.hi)
            if inside and abs(count.line - rated.line) <= 1:
                unit = plain_unit(draft.mention.unit)
                formula = made_of(f"{said(rated)} × {said(count)}", f"{decimal_text(total)}{unit}", rated, count)
                return Derivation(formula, (rated, count), repeated(draft, (count,)))
    return None


def _value_plain(claim: Claim, unit_of: Claim) -> Decimal | None:
    """The exact value of a claim of the very unit of another, else None: no conversion, so no accident of factors."""
    same = plain_unit(claim.mention.unit) == plain_unit(unit_of.mention.unit)
    return _value(claim, unit_of) if same and claim.mention.unit else None


def _value(claim: Claim, unit_of: Claim) -> Decimal | None:
    amount = claim.mention.amount
    by = factor(unit_of.mention, claim.mention)
    if amount is None or by is None:
        return None
    amount = scaled(amount, by)
    return amount.lo if amount.exact else None


def _operands(draft: Claim, notes: Sequence[Claim]) -> list[Claim]:
    return [
        one
        for one in notes
        if family(draft.mention, one.mention) is Family.SAME
        and not no_term(one)
        and (not one.plan or draft.plan)
        and bool(one.before) == bool(draft.before)
        and per(one) == per(draft)
        and _value(one, draft) is not None
        and one.mention.kind not in (Kind.ORDINAL, Kind.RANK)
        and (_of_one_counter(draft, one) or about_one(draft, one))
    ]


def _of_one_counter(draft: Claim, note: Claim) -> bool:
    """True unless one is counted in 个 and the other in a counter of its own: 督导员6个 are none of 16座."""
    units = {plain_unit(draft.mention.unit), plain_unit(note.mention.unit)}
    return len(units) == 1 or "" in units or "个" not in units


def sum_groups(draft: Claim, notes: Sequence[Claim]) -> Iterator[list[Claim]]:
    """The groups of note claims that a writer would add to get a figure like `draft`'s, the likeliest first."""
    operands = [one for one in _operands(draft, notes) if not one.total]
    by_line: dict[int, list[Claim]] = {}
    for one in operands:
        by_line.setdefault(one.stands_for or one.line, []).append(one)
    rows = [row for row in by_line.values() if len(row) >= 2]
    yield from (row for row in rows if len(row) <= _MOST_OPERANDS and _fits(draft, row))
    yield from _whole_lists(draft, rows)
    for row in rows:  # 风电和光伏发电15亿千瓦时 names each of its terms
        named = [one for one in row if len(one.noun) > 1 and one.noun in draft.clause_text]
        if 2 <= len(named) <= _LONGEST_ROW and len({one.noun for one in named}) == len(named):
            yield named
    yield from _columns(draft, operands)
    yield from records_of(draft, operands, notes)
    same = [one for one in operands if not one.column and (not draft.noun or _counts_same(draft, one))]
    for members in (same, [one for one in same if not one.part]):
        if 2 <= len(members) <= _MOST_OPERANDS and members[0].line != members[-1].line and _fits(draft, members):
            yield members
    for row in rows:
        yield from (run for run in _runs(row) if len(row) <= _LONGEST_ROW and _fits(draft, run))
    if draft.total and len(same) <= _MOST_OPERANDS:
        yield from _runs(same)


def _columns(draft: Claim, operands: Sequence[Claim]) -> Iterator[list[Claim]]:
    """The whole columns of tables that tell of the draft's thing, or that alone hold its unit."""
    columns: dict[str, list[Claim]] = {}
    for one in operands:
        if one.column:
            columns.setdefault(one.column, []).append(one)
    unit = plain_unit(draft.mention.unit)
    in_unit = [column for column in columns.values() if unit and plain_unit(column[0].mention.unit) == unit]
    for column in columns.values():
        told = bool(column[0].noun) and (_counts_same(draft, column[0]) or column[0].noun in draft.clause_text)
        if len(column) > 1 and (told or in_unit == [column]):
            yield column


def _whole_lists(draft: Claim, rows: Sequence[Sequence[Claim]]) -> Iterator[list[Claim]]:
    """The figures of one enumeration (酒驾62起、超速416起), all of them, for a draft that says 合计."""
    for row in rows if draft.total else ():
        clauses: dict[tuple[int, int], list[Claim]] = {}
        for one in row:
            if "、" in one.clause_text:
                clauses.setdefault(one.clause_span, []).append(one)
        for members in clauses.values():
            told = _about(draft, members[0], members[-1]) or alike(draft.action, members[0].action) >= 0.9
            if told and 2 <= len(members) <= _LONGEST_ROW:
                yield members


def _runs(row: Sequence[Claim]) -> Iterator[list[Claim]]:
    """The stretches of neighbours in `row`, two to all but one, the longest first."""
    for size in range(len(row) - 1, 1, -1):
        for start in range(len(row) - size + 1):
            yield list(row[start : start + size])


def _counts_same(draft: Claim, note: Claim) -> bool:
    return alike(draft.noun, note.noun) >= 0.7 or draft.noun[-2:] in note.clause_text


def _fits(draft: Claim, group: Sequence[Claim]) -> bool:
    """True where the members count things that add up to what the draft counts."""
    alikes = all(alike(group[0].noun, one.noun) >= 0.6 or not one.noun or not group[0].noun for one in group[1:])
    if draft.noun and any(one.noun for one in group):
        named = [one for one in group if one.noun]
        return (alikes and any(_counts_same(draft, one) for one in named)) or (draft.total and _persons(draft))
    return alikes or draft.total


def _persons(claim: Claim) -> bool:
    return plain_unit(claim.mention.unit) in ("人", "名", "位", "人次")


def _sum(draft: Claim, notes: Sequence[Claim]) -> Derivation | None:
    amount = draft.mention.amount
    if amount is None:
        return None
    for group in sum_groups(draft, notes):
        values = [value for one in group if (value := _value(one, draft)) is not None]
        total = sum(values, Decimal(0))
        inside = (amount.lo is None or amount.lo <= total) and (amount.hi is None or total <= amount.hi)
        if inside and len(values) >= 2 and max(values) > 1 and (amount.exact or draft.total):
            return Derivation(_sum_formula(draft, group, total), tuple(group), overlap(draft, group))
    return None


def _sum_formula(draft: Claim, group: Sequence[Claim], total: Decimal) -> str:
    unit = plain_unit(draft.mention.unit)
    left = " + ".join(one.mention.text.strip() for one in group)
    return f"{left} = {decimal_text(total)}{unit}（{lines_of(group)}）"


@once_a_pool
def _pairs(notes: Sequence[Claim]) -> Sequence[tuple[Claim, Claim]]:
    """Pairs of claims that a writer would compare: of one sentence, or of one thing."""
    bounded = [one for one in notes if one.mention.amount is not None and one.mention.amount.exact][:120]
    return [
        (one, other)
        for one, other in combinations(bounded, 2)
        if (one.line == other.line or alike(one.noun, other.noun) >= 0.7)
        and family(one.mention, other.mention) is Family.SAME
    ]


def _earlier_first(one: Claim, other: Claim) -> tuple[Claim, Claim]:
    return (other, one) if other.before and not one.before else (one, other)


def _difference(draft: Claim, notes: Sequence[Claim]) -> Derivation | None:
    amount = draft.mention.amount
    for one, other in _pairs(notes):
        if family(draft.mention, one.mention) is not Family.SAME or amount is None or not amount.exact:
            continue
        if not _about(draft, one, other):
            continue
        # 新增12处 is first of all a count of its own; it is a difference only of what was before and is now.
        if "新增" in draft.clause_text and bool(one.before) == bool(other.before):
            continue
        a, b = _value(one, draft), _value(other, draft)
        if a is None or b is None or abs(a - b) != amount.lo or a == b:
            continue
        first, second = (one, other) if a > b else (other, one)
        unit = plain_unit(draft.mention.unit)
        formula = made_of(f"{said(first)} − {said(second)}", f"{decimal_text(abs(a - b))}{unit}", one, other)
        return Derivation(formula, (one, other), _wrong_way(draft, one, other))
    return None


def about_one(draft: Claim, note: Claim) -> bool:
    """True where a draft's claim speaks of what one of the notes speaks of. Pure."""
    return _about(draft, note, note)


def _about(draft: Claim, one: Claim, other: Claim) -> bool:
    return max(shared(draft.sentence, one.sentence), shared(draft.sentence, other.sentence)) >= 0.2 or any(
        alike(draft.noun, note.noun) >= 0.6 or (len(note.noun) > 1 and note.noun[-2:] in draft.clause_text)
        for note in (one, other)
    )


def _wrong_way(draft: Claim, one: Claim, other: Claim) -> str:
    """The doubt where the draft says 增加 of what fell, judged only where the notes say which came first."""
    if bool(one.before) == bool(other.before):
        return ""
    first, second = _earlier_first(one, other)
    a, b = first.mention.amount, second.mention.amount
    if a is None or b is None or a.lo is None or b.lo is None:
        return ""
    lead = draft.clause_text
    falls = bool(_FALL.search(lead))
    return "WRONG_WAY" if (b.lo > a.lo) == falls else ""


def _points(draft: Claim, notes: Sequence[Claim]) -> Derivation | None:
    amount = draft.mention.amount
    for one, other in _pairs(notes):
        if one.mention.kind is not Kind.PERCENT or other.mention.kind is not Kind.PERCENT or amount is None:
            continue
        a, b = one.mention.amount, other.mention.amount
        if a is None or b is None or a.lo is None or b.lo is None:
            continue
        if abs(a.lo - b.lo) * (_HUNDRED**2 if "基点" in draft.mention.text else _HUNDRED) == amount.lo and _about(
            draft, one, other
        ):
            first, second = (one, other) if a.lo > b.lo else (other, one)
            points = f"{decimal_text(amount.lo)}个{'基点' if '基点' in draft.mention.text else '百分点'}"
            formula = made_of(f"{said(first)} − {said(second)}", points, one, other)
            return Derivation(formula, (one, other), _wrong_way(draft, one, other))
    return None


def percent_places(claim: Claim) -> int:
    """How many decimals a percentage is written with. Pure."""
    found = re.search(r"[.．](\d{1,6})", claim.mention.text)
    return len(found[1]) if found else 0


def rounded_percent(part: Decimal, whole: Decimal, places: int) -> Decimal:
    """`part`/`whole` as a fraction rounded to `places` decimals of a percent, halves up. Pure."""
    step = Decimal(1).scaleb(-places)
    return (part / whole * _HUNDRED).quantize(step, ROUND_HALF_UP) / _HUNDRED


def _growth(draft: Claim, notes: Sequence[Claim]) -> Derivation | None:
    amount = draft.mention.amount
    if not draft.change or amount is None or draft.mention.kind is not Kind.PERCENT:
        return None
    for one, other in _pairs(notes):
        if one.mention.kind is Kind.PERCENT or not _about(draft, one, other):
            continue
        if bool(one.mention.unit) != bool(other.mention.unit):
            continue  # 109人 and a score of 91.2
        first, second = _earlier_first(one, other)
        for base, now in ((first, second), (second, first)):
            a, b = _value(base, now), _value(now, now)
            if not a or b is None or (base.before == "" and now.before != ""):
                continue
            # 8万 and 10万 are a rise by a quarter of the 8万; a fifth of the 10万 is a fall from it.
            if bool(base.before) == bool(now.before) and (b < a) != bool(_FALL.search(draft.clause_text)):
                continue
            if rounded_percent(abs(b - a), a, percent_places(draft)) == amount.lo:
                steps = f"（{said(now)} − {said(base)}）÷ {said(base)}"
                formula = made_of(steps, said(draft), one, other)
                return Derivation(formula, (base, now), _wrong_way(draft, base, now))
    return None


def share_pairs(draft: Claim, notes: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of note counts (part, whole) that the draft's rate may rest on: their words repeat the rate's name."""
    stem = _RATE_TAIL.sub("", draft.noun)[-2:]
    for one, other in _pairs(notes) if stem else ():
        if one.mention.kind not in _COUNTED or abs(one.line - other.line) > 1:
            continue
        a, b = _value(one, one), _value(other, one)
        if a is None or b is None:
            continue
        part, whole = (one, other) if a <= b else (other, one)
        if stem in part.clause_text or (_alone(one, other, notes) and any(char in part.clause_text for char in stem)):
            yield part, whole


def _alone(one: Claim, other: Claim, notes: Sequence[Claim]) -> bool:
    """True where a sentence holds these two counts of their unit and no third: 应到60人，实到57人."""
    if one.sentence_span != other.sentence_span:
        return False
    same = [note for note in notes if note.sentence_span == one.sentence_span]
    return sum(family(note.mention, one.mention) is Family.SAME for note in same) == 2


def _share(draft: Claim, notes: Sequence[Claim]) -> Derivation | None:
    amount, stem_pairs = draft.mention.amount, list(share_pairs(draft, notes))
    if draft.change or amount is None:
        return None
    others = [
        (a, b)
        for a, b in _pairs(notes)
        if a.sentence_span == b.sentence_span and a.mention.kind in _COUNTED and _about(draft, a, b)
    ]
    for one, other in [*stem_pairs, *others]:
        a, b = _value(one, one), _value(other, one)
        if not a or not b:
            continue
        part, whole = (one, other) if a <= b else (other, one)
        low, high = sorted((a, b))
        value = rounded_percent(low, high, percent_places(draft))
        if draft.mention.kind is Kind.PERCENT and value == amount.lo and amount.exact:
            formula = made_of(f"{said(part)} ÷ {said(whole)}", said(draft), one, other)
            return Derivation(formula, (part, whole))
        floor, top = amount.lo, amount.hi
        if (
            draft.mention.kind is Kind.RATIO
            and floor is not None
            and floor <= low / high <= (Decimal(1) if top is None else top)
        ):
            formula = made_of(f"{said(part)} ÷ {said(whole)}", said(draft), one, other)
            return Derivation(formula, (part, whole))
    return None


def _average(draft: Claim, notes: Sequence[Claim]) -> Derivation | None:
    amount = draft.mention.amount
    if amount is None or not amount.exact or amount.lo is None:
        return None
    for total in notes:
        value = _value_plain(total, draft)
        if value is None or total.rate:
            continue
        for count in notes:
            parts = count.mention.amount
            if count.line != total.line or count is total or parts is None or not parts.exact or not parts.lo:
                continue
            if not (
                _counts_per(per(draft), count)
                or (per(draft) == "平" and family(count.mention, total.mention) is Family.OTHER_UNIT)
            ):
                continue
            step = Decimal(1).scaleb(-percent_places(draft))
            if (value / parts.lo).quantize(step, ROUND_HALF_UP) == amount.lo and parts.lo > 1:
                result = f"{decimal_text(amount.lo)}{plain_unit(draft.mention.unit)}"
                formula = made_of(f"{said(total)} ÷ {said(count)}", result, total, count)
                return Derivation(formula, (total, count))
    return None
