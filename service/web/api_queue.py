"""API of the editors' reading: the queue, two versions compared, the fact sheet."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query

from service.domain.account import AccountRole
from service.domain.errors import Forbidden, NotFound, UnusableInput
from service.domain.finding import Verdict
from service.domain.review import Decision, DecisionKind
from service.domain.text import split_lines
from service.domain.verdict_names import VERDICTS
from service.domain.workspace import DraftState
from service.jobs.versions import notes_with
from service.language.differences import Row, RowKind, differences
from service.storage.queue import ORDERS
from service.storage.review_values import QueueFilter, QueueRow
from service.web.api_drafts import version_row, with_version
from service.web.shapes_review import CompareAnswer, QueueAnswer, SheetAnswer
from service.web.signed_in import Person, Rooms
from service.web.words import iso_time

router = APIRouter(tags=["review"])
_WAITING = (DraftState.SUBMITTED, DraftState.REVIEWING)
_WAITED_FOR = (*_WAITING, DraftState.RETURNED, DraftState.APPROVED, DraftState.EXPORTED)
Word = Annotated[str, Query(max_length=400)]


@router.get("/queue", response_model=QueueAnswer)
def queue(
    person: Person,
    rooms: Rooms,
    state: Annotated[list[DraftState] | None, Query(max_length=10)] = None,
    unit: Word = "",
    genre: Word = "",
    of: Word = "",
    mine: bool = False,
    red: bool | None = None,
    order: Annotated[str, Query(max_length=20)] = "waiting",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> dict[str, Any]:
    """Drafts handed in, oldest first. `state` may be repeated; `of` is an author's or editor's name; `mine` are those
    the person holds; `red` those with, or without, open red findings; `order` waiting, newest, red, chars or unit."""
    if person.role not in (AccountRole.EDITOR, AccountRole.ADMIN):
        raise Forbidden("只有审核人员可以查看审核队列。如需处理，请联系管理员。", code="E-403")
    if order not in ORDERS:
        raise UnusableInput(f"没有这种排序。可选：{'、'.join(ORDERS)}。", field="order")
    wanted = QueueFilter(
        states=tuple(state) if state else _WAITED_FOR,
        unit=unit.strip(),
        genre=genre.strip(),
        person=of.strip(),
        claimed_by=person.id if mine else "",
        red=red,
    )
    total, rows = rooms.queue.page(person, wanted, order, limit, offset)
    now = int(time.time() * 1000)
    counts = {str(one): count for one, count in rooms.queue.counts(person).items()}
    return {"total": total, "counts": counts, "rows": [queue_row(one, now) for one in rows]}


def queue_row(one: QueueRow, now: int) -> dict[str, Any]:
    """One draft in the queue as the API and the page give it. Pure."""
    waits = one.state in _WAITING and one.submitted_at is not None
    return {
        "id": one.id,
        "title": one.title,
        "genre": one.genre,
        "unit": one.unit,
        "owner_unit": one.owner_unit,
        "period": one.period,
        "owner": one.owner,
        "state": str(one.state),
        "state_name": one.state.chinese,
        "version": one.version,
        "chars": one.chars,
        "red": one.red,
        "yellow": one.yellow,
        "submitted_at": iso_time(one.submitted_at) if one.submitted_at else None,
        "waiting_minutes": max(0, now - (one.submitted_at or now)) // 60_000 if waits else None,
        "editor": one.editor,
        "claimed_at": iso_time(one.claimed_at) if one.claimed_at else None,
        "updated_at": iso_time(one.updated_at),
    }


@router.get("/drafts/{draft_id}/compare", response_model=CompareAnswer)
def compare(
    draft_id: str,
    person: Person,
    rooms: Rooms,
    before: Annotated[int, Query(ge=1, le=1_000_000)],
    after: Annotated[int, Query(ge=1, le=1_000_000)],
    numbers_only: bool = False,
) -> dict[str, Any]:
    """Two versions, sentence by sentence; with `numbers_only` only sentences whose numbers changed."""
    old = rooms.drafts.version(person, draft_id, before)
    new = rooms.drafts.version(person, draft_id, after)
    if old is None or new is None:
        raise NotFound("稿件还没有任何一版。请等待起草完成。", draft=draft_id)
    rows = differences(old.text, new.text)
    shown = [row for row in rows if row.numbers_changed] if numbers_only else rows
    return {
        "before": version_row(old),
        "after": version_row(new),
        "rows": [_row(row) for row in shown],
        "changed": sum(row.kind is not RowKind.SAME for row in rows),
        "numbers_changed": sum(row.numbers_changed for row in rows),
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "kind": str(row.kind),
        "before": row.before.text.strip("\r\n") if row.before else None,
        "after": row.after.text.strip("\r\n") if row.after else None,
        "before_start": row.before.start if row.before else None,
        "after_start": row.after.start if row.after else None,
        "pieces": [{"kind": str(one.kind), "text": one.text, "number": one.number} for one in row.pieces],
        "numbers_changed": row.numbers_changed,
    }


@router.get("/drafts/{draft_id}/sheet", response_model=SheetAnswer)
def sheet(draft_id: str, person: Person, rooms: Rooms) -> dict[str, Any]:
    """The fact sheet of the newest version: number or name, its note lines, its status, who settled it."""
    stored, current = with_version(rooms, person, draft_id)
    open_ones = {
        (one.finding["start"], one.finding["end"]): one.decision
        for one in rooms.reviews.reviewed(person, draft_id).findings
    }
    notes = split_lines(notes_with(stored.notes, current.body.get("supplements", [])))
    lines = {line.number: line.text for line in notes.lines}
    starts = [one["start"] for one in current.body["sections"]]
    checked = current.body["check"]
    claims = sorted((*checked["findings"], *checked["passed"]), key=lambda one: (one["start"], one["end"]))
    rows = [
        {
            **{key: one[key] for key in ("start", "end", "text", "kind", "verdict", "band", "message", "formula")},
            "section": sum(start <= one["start"] for start in starts),
            "verdict_name": VERDICTS[Verdict(one["verdict"])],
            "lines": _lines(one, lines),
            **_settled(open_ones.get((one["start"], one["end"]))),
        }
        for one in claims
    ]
    summary = stored.summary
    return {
        "id": summary.id,
        "title": summary.title,
        "unit": summary.unit,
        "version": current.number,
        "sha256": current.sha256,
        "state_name": summary.state.chinese,
        "rows": rows,
    }


def _lines(claim: Mapping[str, Any], lines: Mapping[int, str]) -> list[dict[str, Any]]:
    numbers = sorted({one["line"] for one in claim["evidence"] if one["line"] is not None})
    return [{"line": number, "text": lines.get(number, "")} for number in numbers]


def _settled(decision: Decision | None) -> dict[str, Any]:
    if decision is None or decision.kind is DecisionKind.RETURNED:
        return {"settled_by": None, "settled_how": None, "settled_at": None}
    how = f"{decision.kind.chinese}：{decision.source or decision.reason}"
    return {"settled_by": decision.by, "settled_how": how, "settled_at": iso_time(decision.at)}
