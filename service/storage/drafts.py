"""Drafts with their versions and events. Who reaches which draft is decided in one place, service/storage/reach.py."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import uuid4

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from service.domain.account import Account, AccountRole
from service.domain.errors import Conflict, Forbidden, NotFound, StorageFailed, UnusableInput
from service.domain.workspace import DraftState
from service.storage.audit import record
from service.storage.clock import now_in_milliseconds
from service.storage.database import Database
from service.storage.draft_rows import append_event, append_version, new_run, summary_of, version_of
from service.storage.draft_values import DraftEventRecord, DraftSummary, NewDraft, StoredDraft, StoredVersion
from service.storage.reach import reach, refuse_unless_current, refuse_unless_writer, within_reach
from service.storage.workspace_tables import DraftRow, EventRow, RunRow, UserRow, VersionRow

_LONGEST_KEY = 200


class DraftStore:
    """The drafts a person may reach. A draft out of reach and an absent one give the same NotFound."""

    def __init__(self, database: Database, clock: Callable[[], int] = now_in_milliseconds) -> None:
        self._database = database
        self._clock = clock

    def create(self, account: Account, new: NewDraft, idempotency_key: str | None = None) -> str:
        """The id of a new draft, its run queued with it.

        The same key of the same person gives the same id again; Conflict where that draft asked for something else.
        """
        if account.role is AccountRole.EVALUATOR:
            raise Forbidden("评测人员不能起草报告。如需起草，请联系管理员。")
        if idempotency_key is not None and not 0 < len(idempotency_key) <= _LONGEST_KEY:
            raise UnusableInput(f"Idempotency-Key 须为1至{_LONGEST_KEY}个字符。")
        try:
            with self._database.writing() as session:
                found = _draft_of_key(session, account, idempotency_key)
                return _same_request(found, new) if found else self._insert(session, account, new, idempotency_key)
        except StorageFailed as failed:
            # Two requests with one key at the same moment: on PostgreSQL neither saw the other. No savepoint here: on a
            # full disk SQLite takes back the whole transaction, and the missing savepoint would hide the reason.
            if not isinstance(failed.__cause__, IntegrityError):
                raise
        with self._database.reading() as session:
            found = _draft_of_key(session, account, idempotency_key)
            if found is None:
                raise NotFound("没有存下这份稿件，也没有改动其他内容。请再试一次。")
            return _same_request(found, new)

    def summaries(
        self, account: Account, state: DraftState | None = None, limit: int = 50, offset: int = 0
    ) -> list[DraftSummary]:
        """The drafts within reach, newest change first."""
        with self._database.reading() as session:
            wanted = select(DraftRow, UserRow.name).join(UserRow, UserRow.id == DraftRow.owner_id)
            wanted = wanted.where(within_reach(account))
            if state is not None:
                wanted = wanted.where(DraftRow.state == state.value)
            rows = session.execute(
                wanted.order_by(DraftRow.updated_at.desc(), DraftRow.id).limit(limit).offset(offset)
            ).all()
            return [summary_of(row, name) for row, name in rows]

    def get(self, account: Account, draft_id: str) -> StoredDraft:
        """The draft with its notes. Raises NotFound."""
        with self._database.reading() as session:
            row = reach(session, account, draft_id)
            owner = session.scalar(select(UserRow.name).where(UserRow.id == row.owner_id)) or ""
            return StoredDraft(
                summary=summary_of(row, owner),
                notes=row.notes,
                notes_sha256=row.notes_sha256,
                request=json.loads(row.request),
            )

    def version(self, account: Account, draft_id: str, number: int | None = None) -> StoredVersion | None:
        """Version `number`, the newest where None; None where the draft has no version yet. Raises NotFound."""
        with self._database.reading() as session:
            row = reach(session, account, draft_id)
            if number is None and row.version == 0:
                return None
            found = session.get(VersionRow, (draft_id, number or row.version))
            if found is None:
                raise NotFound(f"稿件没有第{number}版。", draft=draft_id, version=number)
            return version_of(found)

    def versions(self, account: Account, draft_id: str) -> list[StoredVersion]:
        """Every version, oldest first, without their bodies. Raises NotFound."""
        with self._database.reading() as session:
            reach(session, account, draft_id)
            rows = session.scalars(
                select(VersionRow).where(VersionRow.draft_id == draft_id).order_by(VersionRow.number)
            )
            return [version_of(row, with_body=False) for row in rows]

    def add_version(
        self, account: Account, draft_id: str, expected: int, body: Mapping[str, Any], reason: str
    ) -> StoredVersion:
        """A next version by a person over version `expected`.

        Raises NotFound, Forbidden in a state that takes no edits, and Conflict where another version came between.
        """
        with self._database.writing() as session:
            row = reach(session, account, draft_id, lock=True)
            refuse_unless_current(session, row, expected)
            refuse_unless_writer(session, account, row, self._clock())
            stored = append_version(session, row, body, author=account.name, reason=reason, at=self._clock())
            detail = {"version": stored.number, "sha256": stored.sha256}
            record(session, stored.created_at, account.id, "draft.edit", "draft", row.id, detail)
            return stored

    def request_stop(self, account: Account, draft_id: str) -> bool:
        """Asks the draft's run to stop; False where none is under way. Raises NotFound."""
        with self._database.writing() as session:
            reach(session, account, draft_id)
            open_runs = session.scalars(
                select(RunRow).where(RunRow.draft_id == draft_id, RunRow.state.in_(("queued", "running")))
            ).all()
            for run in open_runs:
                run.cancel_requested = 1
            return bool(open_runs)

    def queue_run(
        self, account: Account, draft_id: str, expected: int, section: int | None, instruction: str | None
    ) -> None:
        """Queues a rewrite of section `section` (0-based), of the whole draft where None. Raises as `add_version`."""
        with self._database.writing() as session:
            row = reach(session, account, draft_id, lock=True)
            if row.state == DraftState.DRAFTING:
                raise Conflict("此稿件正在生成。请等它完成，或先停止。", state=row.state)
            refuse_unless_current(session, row, expected)
            if row.state != DraftState.FAILED:
                refuse_unless_writer(session, account, row, self._clock())
            row.state, row.updated_at, row.failure = DraftState.DRAFTING, self._clock(), None
            session.add(new_run(draft_id, row.updated_at, section, instruction))

    def events(self, draft_id: str, after: int, limit: int = 500) -> list[DraftEventRecord]:
        """Events of a draft numbered above `after`, in order. The caller has already reached the draft."""
        with self._database.reading() as session:
            # Columns, not rows of the mapper: a reader who comes late asks for hundreds of events at once.
            rows = session.execute(
                select(EventRow.number, EventRow.kind, EventRow.body, EventRow.created_at)
                .where(EventRow.draft_id == draft_id, EventRow.number > after)
                .order_by(EventRow.number)
                .limit(limit)
            )
            return [DraftEventRecord(*row) for row in rows]

    def newest_events(self, draft_ids: Sequence[str]) -> dict[str, int]:
        """The highest event number of each draft that has any; one query for all readers of a process."""
        with self._database.reading() as session:
            rows = session.execute(
                select(EventRow.draft_id, func.max(EventRow.number))
                .where(EventRow.draft_id.in_(draft_ids))
                .group_by(EventRow.draft_id)
            ).all()
            return {draft_id: int(number) for draft_id, number in rows}

    def is_open(self, draft_id: str) -> bool:
        """True while a run of the draft is queued or under way."""
        return draft_id in self.open_ones([draft_id])

    def open_ones(self, draft_ids: Sequence[str]) -> set[str]:
        """Those of the drafts that have a run queued or under way."""
        with self._database.reading() as session:
            wanted = select(RunRow.draft_id).where(
                RunRow.draft_id.in_(draft_ids), RunRow.state.in_(("queued", "running"))
            )
            return set(session.scalars(wanted).all())

    def _insert(self, session: Session, account: Account, new: NewDraft, key: str | None) -> str:
        now, draft_id = self._clock(), uuid4().hex
        session.add(
            DraftRow(
                id=draft_id,
                owner_id=account.id,
                owner_unit=account.units[0] if account.units else "",
                genre=new.genre,
                unit=new.unit,
                period=new.period,
                title=new.title or "",
                notes=new.notes,
                notes_sha256=hashlib.sha256(new.notes.encode("utf-8")).hexdigest(),
                request=json.dumps(dict(new.request), ensure_ascii=False),
                state=DraftState.DRAFTING.value,
                version=0,
                idempotency_key=key,
                created_at=now,
                updated_at=now,
            )
        )
        session.flush()
        session.add(new_run(draft_id, now, None, None))
        append_event(session, draft_id, "stage", {"step": "queued", "message": "已收到，排队等待起草"}, now)
        return draft_id


def _draft_of_key(session: Session, account: Account, key: str | None) -> DraftRow | None:
    if key is None:
        return None
    wanted = select(DraftRow).where(DraftRow.owner_id == account.id, DraftRow.idempotency_key == key)
    return session.scalar(wanted)


def _same_request(found: DraftRow, new: NewDraft) -> str:
    if found.notes == new.notes and json.loads(found.request) == dict(new.request):
        return found.id
    raise Conflict("同一个 Idempotency-Key 已用于另一份请求。请换一个新的。", draft=found.id)
