"""Which way a figure moved, in the draft and in the notes."""

from __future__ import annotations

from collections.abc import Sequence

from service.checking.claim import Claim
from service.checking.phrases import way_of
from service.domain.quantity import Kind

_MOVES = frozenset(
    (Kind.PERCENT, Kind.POINT, Kind.COUNT, Kind.MONEY, Kind.MEASURE, Kind.RATIO, Kind.DURATION, Kind.RANGE)
)


def wrong_way(draft: Claim, notes: Sequence[Claim]) -> Claim | None:
    """The note that tells a rise of the figure that falls in the draft, or the other way; None if none. Pure."""
    ours = way_of(draft)
    if not ours or draft.mention.kind not in _MOVES or any(way_of(one) in (ours, "") for one in notes):
        return None
    return next(iter(notes), None)
