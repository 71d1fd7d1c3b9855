"""The audit log: who did what to which thing, appended only, each row bound to the one before by a hash.

A row is written in the transaction of what it tells, so neither stands without the other. It holds ids, numbers and
hashes, never a text of a person: deleting personal data leaves the log whole.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from service.storage.database import Database
from service.storage.pair_tables import PairRow
from service.storage.review_tables import AuditHeadRow, AuditRow
from service.storage.tables import ReportRow
from service.storage.workspace_tables import DraftRow, UnitRow, UserRow

SYSTEM = "system"
_FIRST = "0" * 64
_PAGE = 2_000


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One row of the log with the name of who acted, as it is now.

    `names`: what the drafts, people, units, reports and pairs are called now whose ids stand in `subject` and `detail`;
    one that is gone has none.
    """

    seq: int
    at: int
    actor: str
    action: str
    kind: str
    subject: str
    detail: Mapping[str, Any]
    hash: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AuditState:
    """What a walk over the whole log found: its length, and in Chinese what is wrong, None where it is whole."""

    entries: int
    fault: str | None


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What to look for in the log; None or "" looks for all."""

    actor: str = ""
    action: str = ""
    subject: str = ""
    since: int | None = None
    until: int | None = None


def record(
    session: Session,
    at: int,
    actor_id: str,
    action: str,
    kind: str,
    subject: str,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Appends to the log within the caller's transaction."""
    # Whoever holds the head's row is the only writer of the log until the transaction ends.
    head = session.scalar(select(AuditHeadRow).where(AuditHeadRow.id == 1).with_for_update())
    if head is None:
        head = AuditHeadRow(id=1, seq=0, hash=_FIRST)
        session.add(head)
    row = AuditRow(
        seq=head.seq + 1,
        at=at,
        actor_id=actor_id,
        action=action,
        kind=kind,
        subject=subject,
        detail=json.dumps(dict(detail or {}), ensure_ascii=False, sort_keys=True),
        previous=head.hash,
        hash="",
    )
    row.hash = _hash_of(row)
    session.add(row)
    head.seq, head.hash = row.seq, row.hash
    session.flush()


class AuditStore:
    """The log as administrators and `zhibi doctor` read it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(
        self, at: int, actor_id: str, action: str, kind: str, subject: str, detail: Mapping[str, Any] | None = None
    ) -> None:
        """Appends something that changes nothing else in the record, such as an export."""
        with self._database.writing() as session:
            record(session, at, actor_id, action, kind, subject, detail)

    def search(self, wanted: AuditFilter, limit: int, offset: int) -> tuple[int, list[AuditEntry]]:
        """How many rows match, and one page of them, newest first."""
        conditions = _conditions(wanted)
        with self._database.reading() as session:
            joined = select(AuditRow, UserRow.name).outerjoin(UserRow, UserRow.id == AuditRow.actor_id)
            counted = select(func.count()).select_from(AuditRow).outerjoin(UserRow, UserRow.id == AuditRow.actor_id)
            total = session.scalar(counted.where(*conditions)) or 0
            page = joined.where(*conditions).order_by(AuditRow.seq.desc()).limit(limit).offset(offset)
            rows = session.execute(page).all()
            names = _names(session, {one for row, _ in rows for one in _ids(row)})
            return total, [
                AuditEntry(
                    seq=row.seq,
                    at=row.at,
                    actor=name or row.actor_id,
                    action=row.action,
                    kind=row.kind,
                    subject=row.subject,
                    detail=json.loads(row.detail),
                    hash=row.hash,
                    names={one: names[one] for one in _ids(row) if one in names},
                )
                for row, name in rows
            ]

    def verify(self) -> AuditState:
        """Walks the whole chain."""
        with self._database.reading() as session:
            previous, expected = _FIRST, 0
            while rows := session.scalars(
                select(AuditRow).where(AuditRow.seq > expected).order_by(AuditRow.seq).limit(_PAGE)
            ).all():
                for row in rows:
                    expected += 1
                    if row.seq != expected:
                        return AuditState(expected - 1, f"第{expected}条缺失")
                    if row.previous != previous or row.hash != _hash_of(row):
                        return AuditState(expected - 1, f"第{expected}条被改动过")
                    previous = row.hash
                session.expunge_all()
            head = session.get(AuditHeadRow, 1)
            if (head.seq, head.hash) != (expected, previous) if head else expected:
                return AuditState(expected, f"末尾缺失：应有{head.seq if head else 0}条，只有{expected}条")
            return AuditState(expected, None)


def _ids(row: AuditRow) -> set[str]:
    return {row.subject, *(one for one in json.loads(row.detail).values() if isinstance(one, str))}


def _names(session: Session, ids: Collection[str]) -> dict[str, str]:
    """What the drafts, people, units, reports and pairs of `ids` are called now."""
    called = (
        (DraftRow.id, DraftRow.title),
        (UserRow.id, UserRow.name),
        (UnitRow.id, UnitRow.name),
        (ReportRow.report_id, ReportRow.title),
        (PairRow.id, PairRow.set_name + " · " + PairRow.case_id),
    )
    found: dict[str, str] = {}
    for key, name in called:
        found.update((one, told) for one, told in session.execute(select(key, name).where(key.in_(ids))) if told)
    return found


def _hash_of(row: AuditRow) -> str:
    whole = [row.seq, row.at, row.actor_id, row.action, row.kind, row.subject, row.detail, row.previous]
    return hashlib.sha256(json.dumps(whole, ensure_ascii=False).encode("utf-8")).hexdigest()


def _conditions(wanted: AuditFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.actor:
        found.append((UserRow.name == wanted.actor) | (AuditRow.actor_id == wanted.actor))
    if wanted.action:
        found.append(AuditRow.action.startswith(wanted.action, autoescape=True))
    if wanted.subject:
        found.append(AuditRow.subject == wanted.subject)
    if wanted.since is not None:
        found.append(AuditRow.at >= wanted.since)
    if wanted.until is not None:
        found.append(AuditRow.at < wanted.until)
    return found
