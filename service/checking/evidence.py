"""What speaks for one note and against another: points of the binding and the words that both stand among, summed."""

from __future__ import annotations

from collections.abc import Sequence

from service.checking.claim import Claim, plain_unit
from service.checking.desk import Candidate, Desk
from service.checking.phrases import way_of
from service.domain.quantity import Kind

# Points for a note whose words cover all that the draft's words point to; a matching noun is worth 4 too.
_WORDS = 4.0
# Points by which a note may fit the draft's words worse than the one that gives the value, and yet be meant.
_LEEWAY = -0.5
_MOVES = frozenset((Kind.PERCENT, Kind.POINT, Kind.COUNT, Kind.MONEY, Kind.MEASURE, Kind.RATIO, Kind.DURATION))


def fit_of(draft: Claim, one: Candidate, desk: Desk) -> float:
    """How well a note fits a draft's figure by all but its value, in points. Pure."""
    return one.bond.score + _WORDS * desk.words.coverage(draft, one.note)


def outweighs(draft: Claim, rival: Candidate, best: Candidate, desk: Desk) -> bool:
    """True where the rival's figure may be the one meant although another note gives the value.

    61名职工参加献血: 职工528人 has the noun, 献血61人 all the rest. A figure without a unit is no rival of one that has
    one. Pure.
    """
    ours = plain_unit(best.note.mention.unit)
    if ours and not plain_unit(rival.note.mention.unit) and rival.note.mention.kind is not Kind.PERCENT:
        return False
    return fit_of(draft, rival, desk) - fit_of(draft, best, desk) >= _LEEWAY


def wrong_way(draft: Claim, notes: Sequence[Claim]) -> Claim | None:
    """The note that tells a rise of the figure that falls in the draft, or the other way; None if none. Pure."""
    ours = way_of(draft)
    if not ours or draft.mention.kind not in _MOVES or any(way_of(one) in (ours, "") for one in notes):
        return None
    return next(iter(notes), None)
