"""Whether the record is what was written: every version and every notes against its hash."""

from __future__ import annotations

import hashlib

from sqlalchemy import select

from service.storage.database import Database
from service.storage.workspace_tables import DraftRow, VersionRow

_AT_ONCE = 200


def verify_texts(database: Database) -> tuple[int, list[str]]:
    """How many texts were read, and which do not match their hash, named in Chinese."""
    count, wrong = 0, []
    with database.reading() as session:
        versions = select(VersionRow.draft_id, VersionRow.number, VersionRow.text, VersionRow.sha256)
        for draft_id, number, text, sha256 in session.execute(versions.execution_options(yield_per=_AT_ONCE)):
            count += 1
            if hashlib.sha256(text.encode("utf-8")).hexdigest() != sha256:
                wrong.append(f"稿件{draft_id}第{number}版")
        notes = select(DraftRow.id, DraftRow.notes, DraftRow.notes_sha256)
        for draft_id, text, sha256 in session.execute(notes.execution_options(yield_per=_AT_ONCE)):
            count += 1
            if hashlib.sha256(text.encode("utf-8")).hexdigest() != sha256:
                wrong.append(f"稿件{draft_id}的笔记")
    return count, wrong
