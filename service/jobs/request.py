"""The drafting request as JSON in the record, and back: a run that starts again asks for exactly the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.domain.draft import DraftRequest, SectionWish
from service.domain.genre import UnitType, parse_genre
from service.domain.period import parse_period


def request_to_json(request: DraftRequest) -> dict[str, Any]:
    """The request without its notes, which the record keeps beside it. Pure."""
    return {
        "genre": str(request.genre),
        "unit": request.unit,
        "unit_type": str(request.unit_type),
        "period": request.period.label,
        "title": request.title,
        "length": request.length,
        "wishes": [{"key": one.key, "heading": one.heading, "facts": list(one.facts)} for one in request.wishes],
    }


def request_from_json(plain: Mapping[str, Any], notes: str) -> DraftRequest:
    """The request that `request_to_json` wrote, with its notes. Pure."""
    return DraftRequest(
        notes=notes,
        genre=parse_genre(plain["genre"]),
        unit=plain["unit"],
        period=parse_period(plain["period"]),
        unit_type=UnitType(plain["unit_type"]),
        title=plain["title"],
        length=plain["length"],
        # A request stored before outlines could be arranged has none.
        wishes=tuple(SectionWish(one["key"], one["heading"], tuple(one["facts"])) for one in plain.get("wishes", ())),
    )
