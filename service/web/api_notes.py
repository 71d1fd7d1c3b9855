"""API of a draft's notes: changed, and what depends on the change drafted anew."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Header

from service.domain.errors import NoFacts
from service.domain.period import parse_period
from service.drafting.carry_outline import carried_outline
from service.drafting.tools import genre_plan
from service.jobs.request import request_from_json, request_to_json
from service.storage.draft_values import StoredDraft
from service.storage.notes_history import change_notes
from service.web.asked import NO_FACTS, version_of, within_limit
from service.web.services import Services
from service.web.shapes import Asked, DraftQueued, LongText
from service.web.signed_in import Person, Rooms

router = APIRouter(prefix="/drafts", tags=["drafts"])
IfMatch = Annotated[str | None, Header(alias="If-Match", max_length=40)]


class NotesAsked(Asked):
    """The notes as they are now, whole."""

    notes: LongText


@router.put("/{draft_id}/notes", status_code=202, response_model=DraftQueued)
def put_notes(
    draft_id: str, asked: NotesAsked, person: Person, rooms: Rooms, if_match: IfMatch = None
) -> dict[str, Any]:
    """Stores changed notes and drafts anew the sections that depend on the change; the others stay as they are, a
    person's edits too. The old notes are kept. 409 where another version came between, 428 without If-Match."""
    expected = version_of(if_match)
    stored = rooms.drafts.get(person, draft_id)
    notes = within_limit(asked.notes, rooms.limits.notes_max_chars)
    if not notes.strip() or not rooms.read_notes(notes, parse_period(stored.summary.period)).facts:
        raise NoFacts(NO_FACTS)
    if change_notes(rooms.drafts, person, draft_id, expected, notes, _request(stored, notes, rooms)):
        rooms.workers.wake()
    return {"id": draft_id, "events": f"/api/v1/drafts/{draft_id}/events"}


def _request(stored: StoredDraft, notes: str, rooms: Services) -> dict[str, Any] | None:
    """What was asked, with a person's outline over the facts of the changed notes; None where nobody arranged one."""
    before = request_from_json(stored.request, stored.notes)
    if not before.wishes:
        return None
    plan = genre_plan(before.genre, before.unit_type)
    old, new = (rooms.read_notes(one, before.period) for one in (stored.notes, notes))
    return request_to_json(replace(before, notes=notes, wishes=carried_outline(before.wishes, old, new, plan)))
