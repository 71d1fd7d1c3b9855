"""API for texts that are not stored: checking a draft, reading notes, searching past sections."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from service.checking.grounded import grounded_names
from service.checking.wording import wording_findings
from service.domain.errors import UnusableInput
from service.domain.fact import Fact, NotesRead
from service.domain.genre import parse_genre, parse_unit_type
from service.jobs.roles import TextToCheck
from service.web.asked import optional_period, within_limit
from service.web.shapes import CheckAnswer, CheckAsked, NotesAsked, SearchAnswer, SessionAnswer
from service.web.signed_in import Drafter, Person, Rooms, session_of
from service.web.words import FACT_KINDS, iso_time

router = APIRouter(tags=["texts"])


@router.get("/session", response_model=SessionAnswer)
def session(request: Request, person: Person) -> dict[str, Any]:
    """Who is signed in."""
    found = session_of(request)
    return {
        "name": person.name,
        "role": str(person.role),
        "unit": person.unit,
        "csrf": found.csrf if found else "",
        "expires_at": iso_time(found.expires_at) if found else None,
    }


@router.post("/check", response_model=CheckAnswer)
def check(asked: CheckAsked, person: Drafter, rooms: Rooms) -> dict[str, Any]:
    """The draft checked against the notes; nothing is stored. `wording` are slips of wording and layout, which never
    block and are no verdicts on figures; `names` are those that stand in the notes, each with its line."""
    limit = rooms.limits.notes_max_chars
    period, draft = optional_period(asked.period), within_limit(asked.draft, limit)
    result = rooms.check(
        TextToCheck(
            notes=within_limit(asked.notes, limit),
            draft=draft,
            period=period,
            known=(asked.unit,) if asked.unit else (),
            exemplars=tuple(within_limit(one, limit) for one in asked.exemplars),
        )
    )
    wording = wording_findings(draft, period=period, switched_off=rooms.limits.wording_switched_off)
    names = grounded_names(draft, asked.notes)
    return {
        **result.to_json(),
        "wording": [one.to_json() for one in wording],
        "names": [one.to_json() for one in names],
    }


@router.post("/notes")
def read_notes(asked: NotesAsked, person: Drafter, rooms: Rooms) -> dict[str, Any]:
    """What is understood of notes while they are typed: facts, lines set aside with the reason, conflicts."""
    notes = within_limit(asked.notes, rooms.limits.notes_max_chars)
    period = optional_period(asked.period)
    told = None
    if period is not None:
        told = {"chinese": period.chinese, "start": period.start.isoformat(), "end": period.end.isoformat()}
    return {**notes_to_json(rooms.read_notes(notes, period)), "period": told}


@router.get("/search", response_model=list[SearchAnswer])
def search(
    person: Drafter,
    rooms: Rooms,
    q: Annotated[str, Query(min_length=1, max_length=500)],
    k: Annotated[int, Query(ge=1, le=50)] = 5,
    genre: Annotated[str | None, Query(max_length=50)] = None,
    unit_type: Annotated[str | None, Query(max_length=50)] = None,
) -> list[dict[str, Any]]:
    """Past sections, best first."""
    if not q.strip():
        raise UnusableInput("没有写要找什么。请输入关键词。", field="q")
    wanted_type = parse_unit_type(unit_type) if unit_type else None
    hits = rooms.search(q, k, parse_genre(genre) if genre else None, wanted_type)
    return [hit.to_json() for hit in hits]


def notes_to_json(read: NotesRead) -> dict[str, Any]:
    """What was understood of the notes, as plain JSON; offsets are code points into the notes. Pure."""
    return {
        "lines": len(read.notes.lines),
        "chars": len(read.notes.raw),
        "facts": [_fact(fact) for fact in read.facts],
        "set_aside": [
            {
                "line": one.line,
                "start": one.span.start,
                "end": one.span.end,
                "text": one.text,
                "reason": str(one.reason),
                "message": one.reason.chinese + (f"（{one.detail}）" if one.detail else ""),
            }
            for one in read.set_aside
        ],
        "conflicts": [
            {"lines": list(one.lines), "about": one.about, "values": list(one.values)} for one in read.conflicts
        ],
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "id": fact.id,
        "lines": list(fact.lines),
        "start": fact.span.start,
        "end": fact.span.end,
        "text": fact.text,
        "clean": fact.clean,
        "kind": str(fact.kind),
        "kind_name": FACT_KINDS[fact.kind],
        "topic": fact.topic,
        "tense": str(fact.tense),
        "frame": str(fact.frame),
        "day": [fact.day.lo, fact.day.hi] if fact.day else None,
        "where": fact.where,
        "who": fact.who,
        "unsure": fact.unsure,
        "numbers": [one.text for one in fact.mentions if str(one.role) == "claim"],
    }
