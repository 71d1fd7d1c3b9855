"""What a draft's own figures make of one another: 合计589人 behind 186人、163人和240人, 3个社区 behind three names.

A writer totals what the sentence has just told. Only figures that the notes support make another, and only those of
the same sentence, so that next to nothing is hit by chance.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from service.checking.arithmetic import found_by_surprise
from service.checking.catalogue import number_code
from service.checking.claim import CALENDAR, Claim, plain_unit
from service.checking.compared import told_by_comparison
from service.checking.derivation import Derivation, said
from service.checking.derive import derive
from service.checking.phrases import lead_of
from service.domain.finding import Band, Finding, Verdict
from service.domain.quantity import Kind, decimal_text
from service.language.patterns import deferred

_UNSUPPORTED = frozenset(
    (
        Verdict.NO_SOURCE,
        Verdict.CONTRADICTED,
        Verdict.UNDECIDED,
        Verdict.DERIVED_UNSAFE,
        Verdict.DERIVED_WRONG,
        Verdict.PRECISION_INVENTED,
        Verdict.CONTEXT_UNCLEAR,
        Verdict.RATE_VS_TOTAL,
    )
)
_STEPS = 3  # how often what is settled may settle another
_AROUND = 8  # figures on either side
_FARTHER = 2.0  # bits: figures of another sentence
_SURE, _CONTRADICTED = 2.0, 4.0  # bits: as for figures of the notes; more where a note says otherwise
_SAID_OTHERWISE = frozenset((Verdict.CONTRADICTED, Verdict.CONTEXT_UNCLEAR, Verdict.RATE_VS_TOTAL))
_MISTAKEN = frozenset((Verdict.ENTITY_SWAP, Verdict.PERIOD_SWAP, Verdict.CONTEXT_UNCLEAR, Verdict.PLAN_AS_DONE))
_TOTAL = deferred(r"(?:合计|共计|总计|一共|共|总数(?:为|达到?)?)[约近]?\s?$")
_ITEMS = deferred(r"、|(?<=[\u4e00-\u9fff]{2})[和及与](?=[\u4e00-\u9fff]{2})")
_LISTED = deferred(r"([^，。；：\d\n]{3,60})$")
_MOST_NAMES = 12
_JOINERS = ("、", "和", "及", "与", "，", ",")


def listed_right_before(claim: Claim, claims: Sequence[Claim]) -> Sequence[Claim]:
    """The figures of a total's unit that its sentence lists right before it, none where it is no total. Pure."""
    if not _TOTAL.search(lead_of(claim)):
        return ()
    unit = plain_unit(claim.mention.unit)
    before = [
        one
        for one in claims
        if one.sentence_span == claim.sentence_span
        and one.mention.start < claim.mention.start
        and one.mention.kind not in CALENDAR
    ]
    row: list[Claim] = []
    for one in reversed(before):
        alike = plain_unit(one.mention.unit) == unit and one.mention.amount is not None and one.mention.amount.exact
        joined = not row or one.after_text[:1] in _JOINERS
        if not unit or not alike or one.rate or one.change or not joined:
            break
        row.append(one)
    return tuple(reversed(row)) if len(row) > 1 else ()


def settled_by_own(
    claims: Sequence[Claim], found: Sequence[Finding], notes: str, pool: Sequence[Claim]
) -> list[Finding]:
    """The findings of a draft's figures, those of the unsupported told as derived that its own figures make. Pure.

    What is settled makes others in its turn: 11个 of 12个, then the 整改完成率91.7% of both.
    """
    by_start = {one.start: one for one in found}
    told = {claim.mention.start: claim for claim in claims}
    places = {claim.mention.start: place for place, claim in enumerate(claims)}
    for _ in range(_STEPS):
        before = dict(by_start)
        for one in found:
            claim, now = told.get(one.start), by_start[one.start]
            if claim is None or now.verdict not in _UNSUPPORTED | _MISTAKEN:
                continue
            operands: tuple[int, ...] = ()
            formula = _names_counted(claim, notes)
            if not formula and now.verdict in _UNSUPPORTED:
                formula, operands = _made_of_own(claim, claims, by_start)
                if not formula:
                    formula, operands = _by_surprise(claim, claims, places[one.start], by_start)
                if not formula:
                    formula, operands = _compared(claim, claims, by_start, pool)
                if not formula and _told_beside(claim, now, claims, by_start):
                    formula, operands = now.formula or "", ()
            if formula:
                made_of = [by_start[start] for start in operands]
                by_start[one.start] = _derived(one, formula, made_of or [one])
        if by_start == before:
            break
    return [by_start[one.start] for one in found]


def _by_surprise(
    claim: Claim, claims: Sequence[Claim], place: int, found: dict[int, Finding]
) -> tuple[str, tuple[int, ...]]:
    """How the supported figures around a claim make it, too exactly for an accident, and where they stand; else "".

    Its own sentence is tried first; the one before it, and for a total the next line, must tell more.
    """
    around = [one for one in claims[max(0, place - _AROUND) : place + _AROUND + 1] if abs(one.line - claim.line) <= 1]
    supported = [
        one
        for one in around
        if one is not claim and (told := found.get(one.mention.start)) is not None and told.band is Band.PASS
    ]
    own = [one for one in supported if one.sentence_span == claim.sentence_span]
    near = [one for one in supported if one.line == claim.line and one.mention.start < claim.sentence_span[1]]
    below = [one for one in supported if one.mention.start > claim.mention.start] if claim.total else []
    doubted = found[claim.mention.start].verdict in _SAID_OTHERWISE
    least = _CONTRADICTED if doubted else _SURE
    for pool, more in ((own, 0.0), (near, _FARTHER), (below, _FARTHER)):
        parts = [part for one in pool for part in one.parts]
        made = found_by_surprise(claim, parts) if len(parts) > 1 else None
        if (
            made is None
            or made.derivation.doubt
            or made.evidence < least + more
            or _far_fetched(claim, made.derivation)
        ):
            continue
        starts = {one.mention.start for one in pool}
        operands = tuple(one.mention.start for one in made.derivation.operands if one.mention.start in starts)
        return _without_lines(made.derivation.formula), operands
    return "", ()


def _told_beside(claim: Claim, now: Finding, claims: Sequence[Claim], found: dict[int, Finding]) -> bool:
    """True where the figure right before tells one of the two that a doubted sum rests on, and the words ask for it:
    新增5条，总数达到8条 leaves no choice which figures were added."""
    if now.verdict is not Verdict.DERIVED_UNSAFE or _BY_CHANCE not in now.message or not _ASKED.search(lead_of(claim)):
        return False
    resting = {one.start for one in now.evidence if one.source is None}
    if len(resting) != _TWO or "÷" in (now.formula or "") or "×" in (now.formula or ""):
        return False
    same = [one for one in claims if one.sentence_span == claim.sentence_span and one.mention.kind not in CALENDAR]
    before = [one for one in same if one.mention.start < claim.mention.start]
    told = found.get(before[-1].mention.start) if before else None
    if told is None or told.band is not Band.PASS or told.verdict is Verdict.DERIVED:
        return False
    return bool(resting & {one.start for one in told.evidence})


_BY_CHANCE, _TWO = "碰巧", 2
_ASKED = deferred(r"(?:总[数量]|共|合计|达|累计|再|还需|还差|尚|新增|相差|剩余?|增至|增加到)[\u4e00-\u9fff]{0,4}\s?$")


def _compared(
    claim: Claim, claims: Sequence[Claim], found: dict[int, Finding], pool: Sequence[Claim]
) -> tuple[str, tuple[int, ...]]:
    """How a change comes of the supported figures before it in its sentence and of the notes' earlier ones; else ""."""
    own = [
        one
        for one in claims
        if one.sentence_span == claim.sentence_span
        and one.mention.start < claim.mention.start
        and one.mention.amount is not None
        and not one.change
        and (told := found.get(one.mention.start)) is not None
        and told.band is Band.PASS
    ]
    made = told_by_comparison(claim, own, pool) if own else None
    return (made.formula, tuple(one.mention.start for one in own[-1:])) if made is not None else ("", ())


def _far_fetched(claim: Claim, made: Derivation) -> bool:
    """True where a count is made by dividing, though it is no rate, or a share where by how much is told, or things of
    two counters are reckoned together without a word: nobody finds 30个 as 24个 ÷ 80% nor 172人 as 186名 − 14个, and
    高于标准11% is never 24座 ÷ 211座. Pure."""
    if "÷" not in made.formula:
        units = {plain_unit(one.mention.unit) for one in made.operands}
        counted_otherwise = units != {plain_unit(claim.mention.unit)} and "×" not in made.formula
        return counted_otherwise and not claim.total
    shares = claim.mention.kind in (Kind.PERCENT, Kind.PERMILLE, Kind.RATIO)
    if shares and claim.change and "−" not in made.formula and "+" not in made.formula:
        return True  # 由15人次降至9人次，下降60% tells what is left as what is gone
    return _ABOVE.search(lead_of(claim)) is not None if shares else not claim.rate


_ABOVE = deferred(r"(?:[高低多少]于|超[过出]?|距)[^，。；\d]{0,8}$")


def _without_lines(formula: str) -> str:
    return re.sub(r"（行[^）]*）$", "", formula)


def _derived(one: Finding, formula: str, operands: Sequence[Finding]) -> Finding:
    """The finding told as derived: its evidence is that of the figures it is made of."""
    return replace(
        one,
        verdict=Verdict.DERIVED,
        rule=number_code(Verdict.DERIVED),
        message=f"可由草稿中已核对的数推算：{formula}。",
        suggestion="",
        replacement=None,
        formula=formula,
        evidence=tuple(dict.fromkeys(evidence for operand in operands for evidence in operand.evidence)),
    )


def _made_of_own(claim: Claim, claims: Sequence[Claim], found: dict[int, Finding]) -> tuple[str, tuple[int, ...]]:
    """How the supported figures of a claim's sentence make it and where they stand; "" where they do not."""
    supported = [
        one
        for one in claims
        if one.sentence_span == claim.sentence_span
        and one.mention.start < claim.mention.start
        and (told := found.get(one.mention.start)) is not None
        and told.band is Band.PASS
    ]
    row = [one for one in listed_right_before(claim, claims) if one in supported]
    if len(row) > 1 and len(row) == len(listed_right_before(claim, claims)) and claim.mention.amount is not None:
        total = sum((one.mention.amount.lo or Decimal(0) for one in row if one.mention.amount), Decimal(0))
        if total == claim.mention.amount.lo:
            formula = f"{' + '.join(map(said, row))} = {decimal_text(total)}{plain_unit(claim.mention.unit)}"
            return formula, tuple(one.mention.start for one in row)
    made_of = _right_before(claim, supported)
    if made_of:
        return f"{' + '.join(map(said, made_of))} = {said(claim)}", tuple(one.mention.start for one in made_of)
    if not claim.change and not _LEFT.search(lead_of(claim)):
        return "", ()
    derived = derive(replace(claim, change=True), supported) if len(supported) > 1 else None
    if derived is None or derived.doubt:
        return "", ()
    return _without_lines(derived.formula), tuple(one.mention.start for one in derived.operands)


def _right_before(claim: Claim, supported: Sequence[Claim]) -> Sequence[Claim]:
    """The counts right before a total that make it, whatever their counters: 表扬信143封、锦旗96面，共239件."""
    amount = claim.mention.amount
    if not claim.total or claim.rate or amount is None or not amount.exact or (amount.lo or 0) < _TELLING:
        return ()
    row: list[Claim] = []
    total = Decimal(0)
    for one in reversed(supported):
        exact = one.mention.kind is Kind.COUNT and one.mention.amount is not None and one.mention.amount.exact
        if not exact or one.rate or one.change or one.mention.amount is None:
            return ()
        row.append(one)
        total += one.mention.amount.lo or 0
        if len(row) > 1 and total == amount.lo:
            return tuple(reversed(row))
        if total > (amount.lo or 0):
            return ()
    return ()


_TELLING = 10
_LEFT = deferred(r"(?:还差|尚差|相差|还[有剩缺]|剩余?|余下|尚[有余缺]|仍有|其余)[约近]?\s?$")


def _names_counted(claim: Claim, notes: str) -> str:
    """The names that a clause lists before its figure, as many as it says and all in the notes; "" else."""
    amount = claim.mention.amount
    if claim.mention.kind is not Kind.COUNT or amount is None or not amount.exact or not amount.lo:
        return ""
    listed = _LISTED.search(lead_of(claim))
    names = _ITEMS.split(listed[1].removesuffix("等")) if listed is not None else []
    if not 1 < len(names) <= _MOST_NAMES or len(names) != amount.lo or not all(len(one) > 1 for one in names):
        return ""
    if not all(_in_notes(one, notes) for one in names):
        return ""
    return f"{'、'.join(one[-6:] for one in names)} = {said(claim)}"


def _in_notes(name: str, notes: str) -> bool:
    size = min(3, len(name))
    return any(name[at : at + size] in notes for at in range(len(name) - size + 1))
