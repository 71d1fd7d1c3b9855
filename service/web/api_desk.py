"""API of the desk, before there is a draft: files as notes, the outline to arrange, and what is being typed."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, File, UploadFile
from fastapi import Path as InPath

from corpus.read.read_file import read_file
from prompts.load import load_genre_plan
from service.domain.draft import DraftRequest, GenrePlan, Missing, SectionPlan
from service.domain.errors import InputTooLarge, UnusableInput
from service.domain.fact import NotesRead
from service.drafting.compose_by_rules.opening import title_of, voice_of
from service.drafting.plan_outline import plan_outline
from service.web.api_corpus import content_of, plain_name
from service.web.asked import drafting_request
from service.web.shapes import DraftAsked
from service.web.shapes_desk import FileText, OutlineAnswer, WorkingAnswer, WorkingAsked
from service.web.signed_in import Drafter, Rooms
from service.web.words import FACT_KINDS, iso_time

router = APIRouter(tags=["desk"])
# "new" for notes that are no draft yet, else a draft's id.
Place = Annotated[str, InPath(pattern=r"^(new|[0-9a-f]{32})$")]
_LONGEST_WORKING_COPY = 1_000_000


@router.post("/notes/file", response_model=FileText)
def read_notes_file(file: Annotated[UploadFile, File()], person: Drafter, rooms: Rooms) -> dict[str, Any]:
    """The text of a file, to become notes; nothing is stored."""
    name = plain_name(file.filename or "")
    content = content_of(file, name, rooms.limits.upload_max_bytes)
    with tempfile.TemporaryDirectory(prefix="zhibi-notes-") as folder:
        path = Path(folder) / (name.lstrip(".") or "notes.txt")
        path.write_bytes(content)
        read = read_file(path, rooms.limits.reading)
    return {"name": name, "text": read.text, "warnings": list(read.warnings)}


@router.post("/outline", response_model=OutlineAnswer)
def outline(asked: DraftAsked, person: Drafter, rooms: Rooms) -> dict[str, Any]:
    """The outline a draft of these notes would have: sections with their facts, what is missing and left out."""
    request = drafting_request(asked, person, rooms)
    genre = load_genre_plan(request.genre, request.unit_type)
    return _outline(request, genre, rooms.read_notes(request.notes, request.period))


@router.get("/working/{place}", response_model=WorkingAnswer)
def get_working_copy(place: Place, person: Drafter, rooms: Rooms) -> dict[str, Any]:
    """What this person was typing in this place; `body` is null where nothing is kept."""
    found = rooms.working.get(person, place)
    if found is None:
        return {"body": None, "saved_at": None}
    return {"body": json.loads(found.body), "saved_at": iso_time(found.saved_at)}


@router.put("/working/{place}", response_model=WorkingAnswer)
def keep_working_copy(place: Place, asked: WorkingAsked, person: Drafter, rooms: Rooms) -> dict[str, Any]:
    """Keeps what this person is typing, over what was kept before."""
    body = json.dumps(asked.body, ensure_ascii=False)
    if len(body) > _LONGEST_WORKING_COPY:
        raise InputTooLarge("正在编辑的内容太长，没有保存到服务器，仍在本机。请分次粘贴或删减。", chars=len(body))
    if not _storable(body):
        raise UnusableInput("内容含有无法保存的字符。请删去后再试。", field="body")
    return {"body": asked.body, "saved_at": iso_time(rooms.working.put(person, place, body))}


@router.delete("/working/{place}", status_code=204)
def drop_working_copy(place: Place, person: Drafter, rooms: Rooms) -> None:
    """Keeps nothing in this place any more: it was handed in or given up."""
    rooms.working.remove(person, place)


def _storable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _outline(request: DraftRequest, genre: GenrePlan, read: NotesRead) -> dict[str, Any]:
    planned = plan_outline(genre, read, voice_of(request), title_of(genre, request), (), frozenset(), request.wishes)
    own = {one.key: one for one in genre.sections}
    shown = [one for one in planned.sections if one.planned.key not in ("opening", "closing")]
    missing = [one for section in planned.sections for one in section.missing]
    left_out = [key for key in own if key not in {one.planned.key for one in shown}]
    return {
        "title": planned.title,
        "period": {
            "label": request.period.label,
            "chinese": request.period.chinese,
            "start": request.period.start.isoformat(),
            "end": request.period.end.isoformat(),
        },
        "sections": [_section(one) for one in shown],
        "possible": [{"key": key, "heading": own[key].heading, "purpose": own[key].purpose} for key in left_out],
        "missing": [_missing(one) for one in missing],
        "unplaced": [
            {"id": fact.id, "lines": list(fact.lines), "text": fact.clean or fact.text, "reason": reason}
            for fact, reason in planned.unplaced
        ],
        "max_chars": genre.max_chars,
    }


def _section(one: SectionPlan) -> dict[str, Any]:
    return {
        "key": one.planned.key,
        "heading": one.heading,
        "purpose": one.planned.purpose,
        "facts": [
            {
                "id": fact.id,
                "lines": list(fact.lines),
                "text": fact.clean or fact.text,
                "kind_name": FACT_KINDS[fact.kind],
                "group": name,
            }
            for name, facts in one.groups
            for fact in facts
        ],
        "missing": [_missing(ask) for ask in one.missing],
    }


def _missing(one: Missing) -> dict[str, str]:
    return {"section": one.section, "ask": one.ask, "why": one.why}
