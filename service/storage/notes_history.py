"""Notes of a draft that were changed: what they were before, and the run that drafts anew what depends on them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from sqlalchemy import BigInteger, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from service.domain.account import Account
from service.domain.errors import Conflict
from service.domain.workspace import DraftState
from service.storage.draft_rows import append_event
from service.storage.drafts import DraftStore
from service.storage.reach import reach, refuse_unless_current, refuse_unless_writer
from service.storage.tables import Base
from service.storage.workspace_tables import ExactText, RunRow


class NotesBeforeRow(Base):
    """The notes a draft had when they were changed. `version` is the one drafted from them."""

    __tablename__ = "draft_notes_before"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    draft_id: Mapped[str] = mapped_column(String(32), ForeignKey("drafts.id", ondelete="CASCADE"), index=True)
    version: Mapped[int] = mapped_column(Integer)
    notes: Mapped[str] = mapped_column(ExactText)
    changed_at: Mapped[int] = mapped_column(BigInteger)


def change_notes(
    drafts: DraftStore,
    account: Account,
    draft_id: str,
    expected: int,
    notes: str,
    request: Mapping[str, Any] | None = None,
) -> bool:
    """Gives the draft new notes and queues the run that drafts what depends on them; the old ones are kept. `request`
    is what is asked now, None where that is unchanged. False where the notes are the same.

    Raises NotFound, Conflict and Forbidden as an edit does.
    """
    with drafts._database.writing() as session:
        row = reach(session, account, draft_id, lock=True)
        if row.state == DraftState.DRAFTING:
            raise Conflict("此稿件正在生成。请等它完成，或先停止。", state=row.state)
        refuse_unless_current(session, row, expected)
        if row.state != DraftState.FAILED:
            refuse_unless_writer(session, account, row, drafts._clock())
        if row.notes == notes:
            return False
        now = drafts._clock()
        session.add(NotesBeforeRow(draft_id=draft_id, version=row.version, notes=row.notes, changed_at=now))
        row.notes, row.notes_sha256 = notes, hashlib.sha256(notes.encode("utf-8")).hexdigest()
        if request is not None:
            row.request = json.dumps(dict(request), ensure_ascii=False)
        row.state, row.updated_at, row.failure = DraftState.DRAFTING.value, now, None
        session.add(RunRow(id=uuid4().hex, draft_id=draft_id, section=None, state="queued", created_at=now))
        append_event(session, draft_id, "stage", {"step": "queued", "message": "笔记已修改，排队等待重新起草"}, now)
        return True
