"""API of Word files: a version out with what stands beside it, and an edited file back in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, File, Query, Response, UploadFile

from corpus.read.read_file import read_content
from service.domain.account import Account
from service.domain.errors import UnusableInput
from service.export.filename import attachment
from service.export.marks import fact_rows, remarks_of
from service.export.read_back import changed_sentences, draft_from_word
from service.export.word import Beside, draft_docx
from service.jobs.request import request_from_json
from service.jobs.versions import PlainSection, put_together
from service.web.api_corpus import content_of, plain_name
from service.web.api_drafts import plain_sections, with_version
from service.web.services import Services
from service.web.shapes_desk import WordRead
from service.web.signed_in import Person, Rooms
from service.web.words import author_name

router = APIRouter(prefix="/drafts/{draft_id}", tags=["drafts"])
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FORMS = (".docx", ".doc")


@router.get("/export.docx", response_class=Response)
def export_word(
    draft_id: str,
    person: Person,
    rooms: Rooms,
    comments: Annotated[bool, Query(description="Findings as Word comments.")] = False,
    changes_from: Annotated[int | None, Query(ge=1, le=1_000_000, description="Changes since this version.")] = None,
    facts: Annotated[bool, Query(description="The fact sheet as an annex.")] = False,
) -> Response:
    """The newest version as a Word file in the layout offices print reports in, with what is asked beside it."""
    stored, current = with_version(rooms, person, draft_id)
    body = current.body
    before = None
    if changes_from is not None and (old := rooms.drafts.version(person, draft_id, changes_from)) is not None:
        before = (old.body["title"], plain_sections(old.body))
    beside = Beside(
        remarks=remarks_of(body["check"]) if comments else (),
        before=before,
        changed_by=author_name(current.author),
        changed_at=f"{datetime.fromtimestamp(current.created_at / 1000, UTC):%Y-%m-%dT%H:%M:%SZ}",
        facts=fact_rows(body["check"], body["text"], _settled(rooms, person, draft_id)) if facts else (),
    )
    label = rooms.limits.label_generated
    content = draft_docx(body["title"], plain_sections(body), label_generated=label, beside=beside)
    rooms.reviews.exported(person, draft_id, current.number, "docx")
    summary = stored.summary
    name = attachment(summary.unit, summary.genre, current.created_at, current.number, "docx")
    return Response(content, media_type=_WORD, headers={"Content-Disposition": name})


def _settled(rooms: Services, person: Account, draft_id: str) -> dict[tuple[int, int], str]:
    """Who decided on each finding of the newest version, and how."""
    return {
        (one.finding["start"], one.finding["end"]): f"{one.decision.by}：{one.decision.kind.chinese}"
        for one in rooms.reviews.reviewed(person, draft_id).findings
        if one.decision is not None
    }


@router.post("/word", response_model=WordRead)
def read_word(draft_id: str, file: Annotated[UploadFile, File()], person: Person, rooms: Rooms) -> dict[str, Any]:
    """An edited Word file against the newest version: what a person changed, and the check of it. Nothing is stored.

    Tracked changes are accepted; `title` and `sections` can be sent on as an edit of the draft.
    """
    stored, current = with_version(rooms, person, draft_id)
    name = plain_name(file.filename or "")
    if not name.lower().endswith(_FORMS):
        raise UnusableInput(f"“{name}”不是 Word 文件。请选择改好的 .docx 文件。", name=name)
    content = content_of(file, name, rooms.limits.upload_max_bytes)
    read = read_content(name, content, rooms.limits.reading)
    back = draft_from_word(read.text)
    sections = [PlainSection(heading, text) for heading, text in back.sections]
    request = request_from_json(stored.request, stored.notes)
    body = put_together(back.title or current.body["title"], sections, request, rooms.check, current.body)
    return {
        "version": current.number,
        "title": body["title"],
        "sections": [{"heading": one.heading, "text": one.text} for one in sections],
        "text": body["text"],
        "changes": changed_sentences(current.body["text"], body["text"]),
        "check": body["check"],
        "warnings": list(read.warnings),
    }
