"""Rows of drafts and their values: what is appended, and how a row reads as a plain value."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.domain.review import reviewed
from service.domain.workspace import DraftState
from service.storage.decision_rows import standing_decisions
from service.storage.draft_values import DraftSummary, StoredVersion
from service.storage.workspace_tables import DraftRow, EventRow, RunRow, UserRow, VersionRow


def append_version(
    session: Session, row: DraftRow, body: Mapping[str, Any], author: str, reason: str, at: int
) -> StoredVersion:
    """The next version of the draft `row`, stored with the hash of its text."""
    text = str(body["text"])
    version = VersionRow(
        draft_id=row.id,
        number=row.version + 1,
        text=text,
        sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
        body=json.dumps(dict(body), ensure_ascii=False),
        author=author,
        reason=reason,
        created_at=at,
    )
    session.add(version)
    row.version, row.title, row.updated_at, row.chars = (
        version.number,
        str(body["title"]),
        at,
        len("".join(text.split())),
    )
    count_open(session, row, body)
    session.flush()
    return version_of(version)


def count_open(session: Session, row: DraftRow, body: Mapping[str, Any]) -> None:
    """Keeps on the draft how many findings of its newest version `body` are open, so that a queue sorts by them."""
    found = reviewed(body, standing_decisions(session, row.id))
    row.red, row.yellow = found.red, found.yellow


def append_event(session: Session, draft_id: str, kind: str, body: Mapping[str, Any], at: int) -> int:
    """The number of a new event of the draft."""
    newest = session.scalar(select(func.max(EventRow.number)).where(EventRow.draft_id == draft_id)) or 0
    text = json.dumps(dict(body), ensure_ascii=False)
    session.add(EventRow(draft_id=draft_id, number=newest + 1, kind=kind, body=text, created_at=at))
    session.flush()
    return newest + 1


def clock_text(milliseconds: int) -> str:
    """The Beijing time of day, 24 hours: 14:32. Pure."""
    minutes = milliseconds // 60_000 + 8 * 60
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def names_of(session: Session) -> dict[str, str]:
    """Everybody's name by id, for lists that name several people."""
    rows = session.execute(select(UserRow.id, UserRow.name)).all()
    return {user_id: name for user_id, name in rows}  # noqa: C416 - rows are not tuples to the type checker


def new_run(draft_id: str, at: int, section: int | None, instruction: str | None) -> RunRow:
    """A queued run of the draft."""
    return RunRow(
        id=uuid4().hex, draft_id=draft_id, section=section, instruction=instruction, state="queued", created_at=at
    )


def summary_of(row: DraftRow, owner: str) -> DraftSummary:
    """The row as a list shows it. Pure."""
    return DraftSummary(
        id=row.id,
        owner=owner,
        owner_unit=row.owner_unit,
        genre=row.genre,
        unit=row.unit,
        period=row.period,
        title=row.title,
        state=DraftState(row.state),
        version=row.version,
        failure=row.failure,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def version_of(row: VersionRow, with_body: bool = True) -> StoredVersion:
    """The row as a value. Pure."""
    return StoredVersion(
        number=row.number,
        text=row.text,
        sha256=row.sha256,
        body=json.loads(row.body) if with_body else {},
        author=row.author,
        reason=row.reason,
        created_at=row.created_at,
    )
