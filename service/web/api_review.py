"""API of the review: hand in, take, decide findings, return, approve."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Header

from service.domain.account import Account
from service.domain.anchor import find_again
from service.domain.errors import Conflict, UnusableInput
from service.domain.finding import Verdict
from service.domain.review import LOST_PLACE, Decision, DecisionKind
from service.domain.text import Span
from service.domain.verdict_names import VERDICTS
from service.domain.workspace import DraftState
from service.jobs.passages import with_passage
from service.jobs.request import request_from_json
from service.jobs.versions import put_together
from service.storage.draft_values import StoredDraft, StoredVersion
from service.storage.review_values import NewDecision, Review
from service.web.api_drafts import IfMatch, state_of, with_version
from service.web.asked import version_of
from service.web.services import Services
from service.web.shapes import StateAnswer
from service.web.shapes_review import (
    DecisionAnswer,
    DecisionAsked,
    DecisionsAsked,
    FindingsAnswer,
    ReasonAsked,
    ReviewAsked,
    SubmitAsked,
)
from service.web.signed_in import Person, Rooms
from service.web.words import iso_time

router = APIRouter(prefix="/drafts/{draft_id}", tags=["review"])
Match = Annotated[str | None, Header(alias="If-Match", max_length=40)]


@router.post("/submit", response_model=StateAnswer)
def submit(
    draft_id: str, person: Person, rooms: Rooms, asked: SubmitAsked | None = None, if_match: IfMatch = None
) -> dict[str, Any]:
    """Hands the draft in for review; again changes nothing. 409 `Blocked` while a finding or placeholder blocks."""
    _, current = with_version(rooms, person, draft_id)
    note = asked.note.strip() if asked else ""
    rooms.reviews.submit(person, draft_id, _expected(if_match, current), note)
    return state_of(rooms, person, draft_id)


@router.post("/withdraw", response_model=StateAnswer)
def withdraw(draft_id: str, person: Person, rooms: Rooms) -> dict[str, Any]:
    """Takes back a draft that was handed in and that no editor holds yet."""
    rooms.reviews.withdraw(person, draft_id)
    return state_of(rooms, person, draft_id)


@router.post("/void", response_model=StateAnswer)
def void(draft_id: str, person: Person, rooms: Rooms, asked: ReasonAsked | None = None) -> dict[str, Any]:
    """Marks a draft as void; it stays readable and leaves the queue."""
    rooms.reviews.void(person, draft_id, asked.reason.strip() if asked else "")
    return state_of(rooms, person, draft_id)


@router.post("/claim", response_model=StateAnswer)
def claim(draft_id: str, person: Person, rooms: Rooms) -> dict[str, Any]:
    """Takes the draft for review. 409 `Claimed` names who holds it since when."""
    rooms.reviews.claim(person, draft_id)
    return state_of(rooms, person, draft_id)


@router.delete("/claim", response_model=StateAnswer)
def release(draft_id: str, person: Person, rooms: Rooms) -> dict[str, Any]:
    """Gives the draft back to the queue."""
    rooms.reviews.release(person, draft_id)
    return state_of(rooms, person, draft_id)


@router.post("/review", response_model=StateAnswer)
def review(draft_id: str, asked: ReviewAsked, person: Person, rooms: Rooms, if_match: IfMatch = None) -> dict[str, Any]:
    """Approves or returns a draft that was handed in; a return needs a reason and at least one place."""
    _, current = with_version(rooms, person, draft_id)
    if asked.outcome == "returned" and not asked.reason.strip():
        raise UnusableInput("退回须写明原因。请补充后再提交。", field="reason")
    if asked.outcome == "approved" and asked.unresolved is not None:
        _refuse_unless_shown(rooms, person, draft_id, asked.unresolved)
    decisions = [one.model_dump(mode="json") for one in asked.decisions]
    verdict = Review(DraftState(asked.outcome), asked.reason.strip(), decisions)
    rooms.reviews.review(person, draft_id, _expected(if_match, current), verdict)
    return state_of(rooms, person, draft_id)


@router.get("/findings", response_model=FindingsAnswer)
def findings(draft_id: str, person: Person, rooms: Rooms) -> dict[str, Any]:
    """The findings of the newest version with the decision on each, and decisions whose text has changed."""
    _, current = with_version(rooms, person, draft_id)
    found = rooms.reviews.reviewed(person, draft_id)
    starts = [one["start"] for one in current.body["sections"]]
    rows = [
        {
            **one.finding,
            "id": one.id,
            "section": sum(start <= one.finding["start"] for start in starts),
            "verdict_name": VERDICTS[Verdict(one.finding["verdict"])],
            "settled": one.is_settled,
            "decision": decision_json(one.decision, current.body) if one.decision else None,
        }
        for one in found.findings
    ]
    return {
        "version": current.number,
        "findings": rows,
        "lost": [decision_json(one, current.body) for one in found.lost],
        "red": found.red,
        "yellow": found.yellow,
        "done": sum(one.decision is not None for one in found.findings),
        "total": len(rows),
    }


@router.post("/decisions", response_model=DecisionAnswer, status_code=201)
def decide(draft_id: str, asked: DecisionAsked, person: Person, rooms: Rooms, if_match: Match) -> dict[str, Any]:
    """Decides one finding of the version in If-Match. `accepted` makes the next version."""
    stored, current = with_version(rooms, person, draft_id)
    expected = version_of(if_match)
    replacement, body = None, None
    if asked.decision is DecisionKind.ACCEPTED and expected == current.number:
        replacement = _replacement(asked, current)
        body = rewritten(rooms, stored, current, Span(asked.start, asked.end), replacement)
    wanted = NewDecision(
        asked.start, asked.end, asked.decision, asked.reason.strip(), asked.source.strip(), replacement, body
    )
    made = rooms.decisions.decide(person, draft_id, expected, [wanted])[0]
    return decision_json(made, with_version(rooms, person, draft_id)[1].body)


@router.post("/decisions/same", response_model=list[DecisionAnswer], status_code=201)
def decide_alike(
    draft_id: str, asked: DecisionsAsked, person: Person, rooms: Rooms, if_match: Match
) -> list[dict[str, Any]]:
    """The same decision on several findings of one rule that do not block."""
    _, current = with_version(rooms, person, draft_id)
    wanted = [
        NewDecision(start, end, DecisionKind(asked.decision), asked.reason.strip(), asked.source.strip())
        for start, end in sorted({(start, end) for start, end in asked.places})
    ]
    made = rooms.decisions.decide(person, draft_id, version_of(if_match), wanted, alike=True)
    return [decision_json(one, current.body) for one in made]


@router.get("/decisions", response_model=list[DecisionAnswer])
def decisions(draft_id: str, person: Person, rooms: Rooms) -> list[dict[str, Any]]:
    """Every decision, also those taken back, oldest first: who, when, why."""
    _, current = with_version(rooms, person, draft_id)
    return [decision_json(one, current.body, undone) for one, undone in rooms.decisions.history(person, draft_id)]


@router.delete("/decisions/{decision_id}", response_model=StateAnswer)
def undo(draft_id: str, decision_id: str, person: Person, rooms: Rooms, if_match: Match) -> dict[str, Any]:
    """Takes a decision back; an accepted change is taken back in the text, as the next version."""
    stored, current = with_version(rooms, person, draft_id)
    expected = version_of(if_match)
    decision = rooms.decisions.get(person, draft_id, decision_id)
    body = None
    if decision.replacement is not None and expected == current.number:
        place = _place_of_change(decision, current.body)
        body = rewritten(rooms, stored, current, place, decision.anchor.quote)
    rooms.decisions.undo(person, draft_id, decision_id, expected, body)
    return state_of(rooms, person, draft_id)


def rewritten(rooms: Services, stored: StoredDraft, current: StoredVersion, place: Span, words: str) -> dict[str, Any]:
    """The body of the next version with `words` in `place`, checked anew. Raises UnusableInput."""
    title, sections = with_passage(current.body, place, words)
    request = request_from_json(stored.request, stored.notes)
    return put_together(title, sections, request, rooms.check, {**current.body, "id": stored.summary.id})


def decision_json(one: Decision, body: Mapping[str, Any], undone_by: str | None = None) -> dict[str, Any]:
    """A decision as the API gives it, placed in the version `body`. Pure."""
    place = None if one.kind is DecisionKind.ACCEPTED else find_again(one.anchor, body)
    lost = place is None and one.kind is not DecisionKind.ACCEPTED
    return {
        "id": one.id,
        "decision": one.kind,
        "decision_name": one.kind.chinese,
        "reason": one.reason,
        "source": one.source,
        "replacement": one.replacement,
        "rule": one.rule,
        "verdict": one.verdict,
        "by": one.by,
        "at": iso_time(one.at),
        "version": one.version,
        "made_version": one.made_version,
        "anchor": one.anchor.to_json(),
        "place": {"start": place.start, "end": place.end} if place else None,
        "notice": LOST_PLACE if lost else None,
        "undone_by": undone_by,
    }


def _expected(if_match: str | None, current: StoredVersion) -> int:
    return current.number if if_match is None else version_of(if_match)


def _replacement(asked: DecisionAsked, current: StoredVersion) -> str:
    if asked.replacement is not None:
        return asked.replacement
    for one in current.body["check"]["findings"]:
        if (one["start"], one["end"]) == (asked.start, asked.end) and one.get("replacement"):
            return str(one["replacement"])
    raise UnusableInput("这处标记没有可直接替换的文字。请填写改成什么，或直接修改正文。", field="replacement")


def _place_of_change(decision: Decision, body: Mapping[str, Any]) -> Span:
    """Where the words of an accepted change stand now. Raises Conflict where they are no longer there. Pure."""
    place = find_again(decision.anchor.with_quote(decision.replacement or ""), body)
    if place is None:
        raise Conflict("采纳的文字后来又被改动，不能自动撤销。请直接修改正文。", decision=decision.id)
    return place


def _refuse_unless_shown(rooms: Services, person: Account, draft_id: str, shown: int) -> None:
    now = rooms.reviews.reviewed(person, draft_id).yellow
    if now != shown:
        raise Conflict(f"还有{now}处黄色标记未处理，与您确认时的{shown}处不同。请核对后再通过。", unresolved=now)
