"""API of comments with threads, and of suggestions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter

from service.domain.anchor import Anchor, find_again
from service.domain.errors import Conflict, UnusableInput
from service.domain.review import LOST_PLACE
from service.domain.text import Span
from service.storage.review_values import Comment, Suggestion
from service.web.api_drafts import with_version
from service.web.api_review import Match, rewritten
from service.web.asked import version_of
from service.web.shapes_review import (
    CommentAnswer,
    CommentAsked,
    ResolveAsked,
    SettleAsked,
    SuggestionAnswer,
    SuggestionAsked,
)
from service.web.signed_in import Person, Rooms
from service.web.words import iso_time

router = APIRouter(prefix="/drafts/{draft_id}", tags=["discussion"])


@router.get("/comments", response_model=list[CommentAnswer])
def comments(draft_id: str, person: Person, rooms: Rooms) -> list[dict[str, Any]]:
    """The threads of the draft, oldest first, each placed in the newest version."""
    found = rooms.discussion.comments(person, draft_id)
    newest = rooms.drafts.version(person, draft_id)
    return _threads(found, newest.body if newest else None)


@router.post("/comments", response_model=CommentAnswer, status_code=201)
def comment(draft_id: str, asked: CommentAsked, person: Person, rooms: Rooms) -> dict[str, Any]:
    """A remark on a passage or on the whole draft, or an answer in a thread; gives the whole thread back."""
    text = asked.text.strip()
    if not text:
        raise UnusableInput("批注不能为空。请写明意见。", field="text")
    if (asked.start is None) != (asked.end is None):
        raise UnusableInput("一处批注须同时给出起止位置。请重新选择文字。", field="start")
    place = None if asked.start is None or asked.end is None else Span(asked.start, asked.end)
    made = rooms.discussion.comment(person, draft_id, text, None if asked.thread else place, asked.thread)
    thread = made.thread_id or made.id
    return next(one for one in comments(draft_id, person, rooms) if one["id"] == thread)


@router.patch("/comments/{comment_id}", response_model=CommentAnswer)
def resolve(draft_id: str, comment_id: str, asked: ResolveAsked, person: Person, rooms: Rooms) -> dict[str, Any]:
    """Marks a thread as settled, or open again."""
    changed = rooms.discussion.resolve(person, draft_id, comment_id, asked.resolved)
    return next(one for one in comments(draft_id, person, rooms) if one["id"] == changed.id)


@router.get("/suggestions", response_model=list[SuggestionAnswer])
def suggestions(draft_id: str, person: Person, rooms: Rooms) -> list[dict[str, Any]]:
    """Every suggestion, oldest first."""
    found = rooms.discussion.suggestions(person, draft_id)
    newest = rooms.drafts.version(person, draft_id)
    return [_suggestion(one, newest.body if newest else None) for one in found]


@router.post("/suggestions", response_model=SuggestionAnswer, status_code=201)
def suggest(draft_id: str, asked: SuggestionAsked, person: Person, rooms: Rooms, if_match: Match) -> dict[str, Any]:
    """Proposes other words for a passage of the version in If-Match."""
    _, current = with_version(rooms, person, draft_id)
    place = Span(asked.start, asked.end)
    made = rooms.discussion.suggest(
        person, draft_id, version_of(if_match), place, asked.replacement, asked.reason.strip()
    )
    return _suggestion(made, current.body)


@router.post("/suggestions/{suggestion_id}", response_model=SuggestionAnswer)
def settle(
    draft_id: str, suggestion_id: str, asked: SettleAsked, person: Person, rooms: Rooms, if_match: Match
) -> dict[str, Any]:
    """Accepts a suggestion, which makes the next version, or declines it with a reason."""
    stored, current = with_version(rooms, person, draft_id)
    expected, reason = version_of(if_match), asked.reason.strip()
    if asked.outcome == "rejected":
        made = rooms.discussion.reject(person, draft_id, suggestion_id, reason)
        return _suggestion(made, current.body)
    wanted = rooms.discussion.suggestion(person, draft_id, suggestion_id)
    place = find_again(wanted.anchor, current.body)
    if place is None and wanted.state == "open" and expected == current.number:
        raise Conflict("原文已改动，这条建议对应的文字已不在。请直接修改正文，或不采纳。", suggestion=suggestion_id)
    body = rewritten(rooms, stored, current, place, wanted.replacement) if place else current.body
    made = rooms.discussion.accept(person, draft_id, suggestion_id, expected, body, reason)
    return _suggestion(made, body)


def _threads(found: Sequence[Comment], body: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    replies: dict[str, list[dict[str, Any]]] = {}
    for one in found:
        if one.thread_id is not None:
            reply = {"id": one.id, "text": one.text, "by": one.by, "at": iso_time(one.at)}
            replies.setdefault(one.thread_id, []).append(reply)
    return [
        {
            "id": one.id,
            "text": one.text,
            "by": one.by,
            "at": iso_time(one.at),
            "version": one.version,
            **_placed(one.anchor, body),
            "resolved": one.resolved_at is not None,
            "resolved_by": one.resolved_by,
            "resolved_at": iso_time(one.resolved_at) if one.resolved_at else None,
            "replies": replies.get(one.id, []),
        }
        for one in found
        if one.thread_id is None
    ]


def _suggestion(one: Suggestion, body: Mapping[str, Any] | None) -> dict[str, Any]:
    is_open = one.state == "open"
    return {
        "id": one.id,
        "replacement": one.replacement,
        "reason": one.reason,
        "by": one.by,
        "at": iso_time(one.at),
        "version": one.version,
        **_placed(one.anchor, body if is_open else None),
        "state": one.state,
        "settled_by": one.settled_by,
        "settled_at": iso_time(one.settled_at) if one.settled_at else None,
        "settled_reason": one.settled_reason,
        "made_version": one.made_version,
    }


def _placed(anchor: Anchor | None, body: Mapping[str, Any] | None) -> dict[str, Any]:
    """The anchor, and where it stands in the version `body`. Pure."""
    place = find_again(anchor, body) if anchor and body else None
    return {
        "anchor": anchor.to_json() if anchor else None,
        "place": {"start": place.start, "end": place.end} if place else None,
        "notice": LOST_PLACE if anchor and body and place is None else None,
    }
