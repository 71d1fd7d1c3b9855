"""R27 and R28: what the draft's own figures say of each other, also where the notes make the same slip."""

from __future__ import annotations

from collections.abc import Iterator

from service.checking.claims import Claim, plain_unit, read_text
from service.checking.inside import contradictions
from service.checking.wording.draft_text import DraftText
from service.checking.wording.finding import Occasion, Slip
from service.domain.finding import Verdict
from service.domain.quantity import Kind

_COUNTED = frozenset((Kind.COUNT, Kind.MEASURE, Kind.MONEY))
_SAME_WORDS = 0.8  # of the pairs of characters in both clauses; 开展阅读活动8场 beside 开展义诊活动12场 has fewer
_LEAST_PAIRS = 4  # 9处全部完成 names nothing in particular
_MOST_OF_A_THING = 40  # figures; a thing counted so often is a table's


def two_values(draft: DraftText, occasion: Occasion) -> Iterator[Slip]:
    """R27: a thing that the draft gave another value before, in the same words."""
    earlier: dict[tuple[object, ...], list[Claim]] = {}
    for claim in read_text(draft.raw).claims:
        amount = claim.mention.amount
        if claim.mention.kind not in _COUNTED or amount is None or not amount.exact or not claim.noun:
            continue
        if claim.part or claim.change or claim.rate or len(claim.clause) < _LEAST_PAIRS:
            continue
        told = earlier.setdefault(_thing(claim), [])
        other = next((one for one in reversed(told) if _same_words(one, claim)), None)
        if other is not None and other.mention.amount != amount:
            before = other.mention.text.strip()
            message = f"前文同样的话写的是{before}，这里是{claim.mention.text.strip()}，请核对是不是同一件事。"
            yield Slip(claim.mention.start, claim.mention.end, message)
        if len(told) < _MOST_OF_A_THING:
            told.append(claim)


def _thing(claim: Claim) -> tuple[object, ...]:
    """What two figures must share to be of one thing; a day, a stretch or a place apart sets them apart."""
    day = claim.day.when if claim.day is not None else None
    return (
        claim.noun, plain_unit(claim.mention.unit), claim.subjects, day, claim.before, claim.plan, claim.scope,
        claim.total, claim.sides,
    )  # fmt: skip


def _same_words(one: Claim, other: Claim) -> bool:
    if one.sentence_span == other.sentence_span:
        return False
    both = one.clause | other.clause
    return bool(both) and len(one.clause & other.clause) >= _SAME_WORDS * len(both)


def rate_beside_counts(draft: DraftText, occasion: Occasion) -> Iterator[Slip]:
    """R28: a rate that the two counts in its sentence do not give."""
    for fault in contradictions(read_text(draft.raw)).values():
        if fault.verdict is Verdict.DERIVED_WRONG:
            yield Slip(fault.start, fault.end, fault.message, fault.mend)
