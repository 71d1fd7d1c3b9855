"""The place of a thing in a list of the notes: 第四局27比25 where they list 25比22、19比25、25比18、27比25."""

from __future__ import annotations

from decimal import Decimal

from service.checking.claim import Claim
from service.checking.derivation import Derivation, made_of, said
from service.checking.desk import Desk, Judgement
from service.domain.finding import Verdict
from service.domain.quantity import Kind

_PLACES = frozenset((Kind.ORDINAL, Kind.RANK))


def ranked(draft: Claim, desk: Desk) -> Judgement | None:
    """The judgement of a place that the notes tell by the order of a list: derived where the figure beside it stands at
    that place, rounded where they only tell the first few (前三位); None where they tell nothing. Pure."""
    amount = draft.mention.amount
    if draft.mention.kind not in _PLACES or amount is None or not amount.exact or amount.lo is None:
        return None
    place = int(amount.lo)
    for row in desk.lists:
        found = row[place - 1] if len(row) >= place else None
        if found is not None and found.mention.text.strip() in draft.clause_text:
            formula = made_of(f"所列的第{place}个", said(found), found)
            return Judgement(Verdict.DERIVED, found, derivation=Derivation(formula, (found,)))
    first = next((one for one in desk.near(draft) if one.mention.kind is Kind.RANK and _holds(one, amount.lo)), None)
    return Judgement(Verdict.ROUNDED, first) if first is not None else None


def _holds(note: Claim, place: Decimal) -> bool:
    amount = note.mention.amount
    group = note.mention.text.strip()[:1] in ("前", "头")
    return group and amount is not None and amount.hi is not None and place <= amount.hi
