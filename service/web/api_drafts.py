"""API of drafts: ask for one, watch it, edit, stop, rewrite, hand in, review, export."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from service.checking.grounded import grounded_names
from service.checking.wording import wording_findings
from service.domain.account import Account
from service.domain.errors import Conflict, NotFound, UnusableInput
from service.domain.genre import known_genre
from service.domain.workspace import DraftState
from service.export.filename import attachment
from service.export.markdown import draft_markdown
from service.jobs.request import request_from_json, request_to_json
from service.jobs.versions import PlainSection, notes_with, put_together
from service.storage.draft_values import DraftSummary, NewDraft, StoredDraft, StoredVersion
from service.web.asked import drafting_request, optional_period, version_of
from service.web.events import EventHub
from service.web.services import Services
from service.web.shapes import (
    DraftAnswer,
    DraftAsked,
    DraftQueued,
    DraftRow,
    EditAsked,
    RewriteAsked,
    StateAnswer,
    WordingAnswer,
)
from service.web.signed_in import Person, Rooms
from service.web.words import iso_time

router = APIRouter(prefix="/drafts", tags=["drafts"])
IfMatch = Annotated[str | None, Header(alias="If-Match", max_length=40)]


@router.post("", status_code=202, response_model=DraftQueued)
def ask_for_draft(
    asked: DraftAsked,
    person: Person,
    rooms: Rooms,
    response: Response,
    idempotency_key: Annotated[str | None, Header(max_length=200)] = None,
) -> dict[str, Any]:
    """Queues a draft. The same Idempotency-Key gives the same draft again."""
    request = drafting_request(asked, person, rooms)
    new = NewDraft(
        genre=str(request.genre),
        unit=request.unit,
        period=request.period.label,
        title=request.title,
        notes=request.notes,
        request=request_to_json(request),
    )
    draft_id = rooms.drafts.create(person, new, idempotency_key)
    rooms.workers.wake()
    response.headers["Location"] = f"/api/v1/drafts/{draft_id}"
    return {"id": draft_id, "events": f"/api/v1/drafts/{draft_id}/events"}


@router.get("", response_model=list[DraftRow])
def list_drafts(
    person: Person,
    rooms: Rooms,
    state: DraftState | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> list[dict[str, Any]]:
    """The drafts within the person's reach, newest change first."""
    return [draft_row(one) for one in rooms.drafts.summaries(person, state, limit, offset)]


@router.get("/{draft_id}", response_model=DraftAnswer)
def get_draft(
    draft_id: str,
    person: Person,
    rooms: Rooms,
    response: Response,
    state: DraftState | None = None,
    if_none_match: Annotated[str | None, Header(max_length=40)] = None,
) -> Any:
    """One draft with its notes, newest version and list of versions.

    304 while If-None-Match names the newest version and the draft is still in `state`, where one is given.
    """
    if if_none_match:
        now = rooms.drafts.get(person, draft_id).summary
        if if_none_match == f'"{now.version}"' and state in (None, now.state):
            return Response(status_code=304)
    whole = whole_draft(rooms, person, draft_id)
    response.headers["ETag"] = f'"{whole["version"]}"'
    return whole


@router.get("/{draft_id}/wording", response_model=list[WordingAnswer])
def get_wording(draft_id: str, person: Person, rooms: Rooms) -> list[dict[str, Any]]:
    """Slips of wording and layout in the newest version: suggestions, apart from the verdicts on figures."""
    stored, current = with_version(rooms, person, draft_id)
    period = optional_period(stored.summary.period)
    found = wording_findings(
        current.text,
        genre=known_genre(stored.summary.genre),
        period=period,
        switched_off=rooms.limits.wording_switched_off,
    )
    return [one.to_json() for one in found]


@router.get("/{draft_id}/versions/{number}")
def get_version(draft_id: str, number: int, person: Person, rooms: Rooms) -> dict[str, Any]:
    """One version whole, as it was."""
    found = rooms.drafts.version(person, draft_id, min(number, 1_000_000))
    if found is None:
        raise NotFound("稿件还没有任何一版。请等待起草完成。", draft=draft_id)
    return {**version_row(found), "draft": {**found.body, "id": draft_id}}


@router.patch("/{draft_id}", response_model=DraftAnswer)
def edit_draft(
    draft_id: str, asked: EditAsked, person: Person, rooms: Rooms, response: Response, if_match: IfMatch = None
) -> dict[str, Any]:
    """Stores an edit as the next version, checked. 409 where another version came between, 428 without If-Match."""
    expected = version_of(if_match)
    stored, current = with_version(rooms, person, draft_id)
    title = (asked.title or "").strip() or current.body["title"]
    before = [PlainSection(one["heading"], one["text"]) for one in current.body["sections"]]
    sections = before if asked.sections is None else [PlainSection(one.heading, one.text) for one in asked.sections]
    if not sections or not title.isprintable():
        raise UnusableInput("稿件不能没有正文，标题须为一行可见文字。请检查后再保存。")
    told = current.body.get("supplements", [])
    supplements = told if asked.supplements is None else [" ".join(one.split()) for one in asked.supplements]
    changed = (title, sections, supplements) != (current.body["title"], before, told)
    if changed or expected != current.number:
        request = request_from_json(stored.request, stored.notes)
        earlier = {**current.body, "id": draft_id}
        body = put_together(title, sections, request, rooms.check, earlier, supplements)
        rooms.drafts.add_version(person, draft_id, expected, body, asked.reason or "修改")
    whole = whole_draft(rooms, person, draft_id)
    response.headers["ETag"] = f'"{whole["version"]}"'
    return whole


@router.get("/{draft_id}/events", response_class=StreamingResponse)
async def follow(
    request: Request,
    draft_id: str,
    person: Person,
    rooms: Rooms,
    last_event_id: Annotated[str | None, Header(max_length=20)] = None,
    after: Annotated[int, Query(ge=0, le=2_000_000_000)] = 0,
) -> Response:
    """Server-sent events `stage`, `section`, `finding`, `state`, `done`, `failed`; resumes after Last-Event-ID.

    204 where no more will come, which tells a browser not to ask again.
    """
    await run_in_threadpool(rooms.drafts.get, person, draft_id)
    resumed = last_event_id or ""
    start = int(resumed) if resumed.isascii() and resumed.isdigit() else after
    hub: EventHub = request.app.state.hub
    finished = not await run_in_threadpool(rooms.drafts.is_open, draft_id)
    if finished and start and not await run_in_threadpool(rooms.drafts.events, draft_id, start, 1):
        return Response(status_code=204)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(hub.stream(draft_id, start), media_type="text/event-stream", headers=headers)


@router.post("/{draft_id}/cancel", status_code=202, response_model=StateAnswer)
def stop(draft_id: str, person: Person, rooms: Rooms) -> dict[str, Any]:
    """Asks the run to stop; sections already written are kept. Nothing happens where none is under way."""
    rooms.drafts.request_stop(person, draft_id)
    rooms.workers.wake()
    return state_of(rooms, person, draft_id)


@router.post("/{draft_id}/sections/{number}/rewrite", status_code=202, response_model=DraftQueued)
def rewrite_section(
    draft_id: str, number: int, asked: RewriteAsked, person: Person, rooms: Rooms, if_match: IfMatch = None
) -> dict[str, Any]:
    """Writes section `number` (from 1, in the order of `sections`) again from the notes; the others stay."""
    _, current = with_version(rooms, person, draft_id)
    if not 1 <= number <= len(current.body["sections"]):
        raise NotFound(f"稿件没有第{number}节，共{len(current.body['sections'])}节。", draft=draft_id)
    expected = current.number if if_match is None else version_of(if_match)
    rooms.drafts.queue_run(person, draft_id, expected, number - 1, (asked.instruction or "").strip() or None)
    rooms.workers.wake()
    return {"id": draft_id, "events": f"/api/v1/drafts/{draft_id}/events"}


@router.post("/{draft_id}/retry", status_code=202, response_model=DraftQueued)
def retry(draft_id: str, person: Person, rooms: Rooms) -> dict[str, Any]:
    """Goes on drafting where it failed or was stopped; sections that were whole stay as they are now."""
    found = rooms.drafts.get(person, draft_id).summary
    newest = rooms.drafts.version(person, draft_id)
    stopped = newest is not None and newest.body.get("stopped")
    if found.state is not DraftState.FAILED and not stopped:
        raise Conflict(f"此稿件现在是“{found.state.chinese}”，不需要重新起草。请刷新页面。", state=str(found.state))
    rooms.drafts.queue_run(person, draft_id, found.version, None, None)
    rooms.workers.wake()
    return {"id": draft_id, "events": f"/api/v1/drafts/{draft_id}/events"}


@router.get("/{draft_id}/export.md", response_class=Response)
def export_markdown(draft_id: str, person: Person, rooms: Rooms) -> Response:
    """The newest version as Markdown."""
    stored, current = with_version(rooms, person, draft_id)
    text = draft_markdown(current.body["title"], plain_sections(current.body))
    rooms.reviews.exported(person, draft_id, current.number, "md")
    headers = {"Content-Disposition": _attachment(stored, current, "md")}
    return Response(text, media_type="text/markdown; charset=utf-8", headers=headers)


def whole_draft(rooms: Services, person: Account, draft_id: str) -> dict[str, Any]:
    """The draft as the API and the page give it."""
    stored = rooms.drafts.get(person, draft_id)
    newest = rooms.drafts.version(person, draft_id)
    editor, since, hand_in_note = rooms.reviews.held(person, draft_id)
    return {
        **draft_row(stored.summary),
        "editor": editor,
        "claimed_at": iso_time(since) if since else None,
        "hand_in_note": hand_in_note,
        "notes": stored.notes,
        "notes_sha256": stored.notes_sha256,
        "request": dict(stored.request),
        "waiting_before": rooms.runs.waiting_before(draft_id),
        "seconds_open": rooms.runs.seconds_open(draft_id),
        "draft": None if newest is None else {**newest.body, "id": draft_id, "names": _names(stored, newest)},
        "versions": [version_row(one) for one in rooms.drafts.versions(person, draft_id)],
        "reviews": [{**one, "at": iso_time(one["at"])} for one in rooms.reviews.reviews(person, draft_id)],
        "settled": [] if newest is None else _settled(rooms, person, draft_id),
    }


def _settled(rooms: Services, person: Account, draft_id: str) -> list[dict[str, Any]]:
    """The findings of the newest version that a person settled, each with who, how and why."""
    return [
        {
            "start": one.finding["start"],
            "end": one.finding["end"],
            "rule": one.finding["rule"],
            "by": one.decision.by,
            "decision_name": one.decision.kind.chinese,
            "reason": one.decision.reason,
            "source": one.decision.source,
        }
        for one in rooms.reviews.reviewed(person, draft_id).findings
        if one.decision is not None and one.is_settled
    ]


def _names(stored: StoredDraft, newest: StoredVersion) -> list[dict[str, Any]]:
    """The names of a version that stand in its notes, for the page to mark. Pure."""
    notes = notes_with(stored.notes, newest.body.get("supplements", []))
    return [one.to_json() for one in grounded_names(newest.text, notes)]


def draft_row(summary: DraftSummary) -> dict[str, Any]:
    """One row of a list of drafts. Pure."""
    return {
        "id": summary.id,
        "title": summary.title,
        "genre": summary.genre,
        "unit": summary.unit,
        "period": summary.period,
        "state": str(summary.state),
        "state_name": summary.state.chinese,
        "version": summary.version,
        "owner": summary.owner,
        "failure": summary.failure,
        "created_at": iso_time(summary.created_at),
        "updated_at": iso_time(summary.updated_at),
    }


def version_row(one: StoredVersion) -> dict[str, Any]:
    """One version in a list. Pure."""
    return {
        "number": one.number,
        "sha256": one.sha256,
        "author": one.author,
        "reason": one.reason,
        "created_at": iso_time(one.created_at),
    }


def with_version(rooms: Services, person: Account, draft_id: str) -> tuple[StoredDraft, StoredVersion]:
    """The draft with its newest version. Raises NotFound, and Conflict before there is one."""
    stored = rooms.drafts.get(person, draft_id)
    newest = rooms.drafts.version(person, draft_id)
    if newest is None:
        raise Conflict("稿件还没有写成，请等待起草完成后再操作。", state=str(stored.summary.state))
    return stored, newest


def state_of(rooms: Services, person: Account, draft_id: str) -> dict[str, Any]:
    """The draft\'s state after a change."""
    found = rooms.drafts.get(person, draft_id).summary
    return {"id": found.id, "state": str(found.state), "state_name": found.state.chinese, "version": found.version}


def plain_sections(body: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Heading and text of each section. Pure."""
    return [(one["heading"], one["text"]) for one in body["sections"]]


def _attachment(stored: StoredDraft, version: StoredVersion, ending: str) -> str:
    summary = stored.summary
    return attachment(summary.unit, summary.genre, version.created_at, version.number, ending)
