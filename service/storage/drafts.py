"""Drafts with their versions, events and reviews. Who reaches which draft is decided in one place, `_within_reach`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, false, func, select, true
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from service.domain.account import Account, AccountRole
from service.domain.errors import Conflict, Forbidden, NotFound, StorageFailed, UnusableInput
from service.domain.workspace import DraftState
from service.storage.clock import now_in_milliseconds
from service.storage.database import Database
from service.storage.draft_values import DraftEventRecord, DraftSummary, NewDraft, StoredDraft, StoredVersion
from service.storage.workspace_tables import DraftRow, EventRow, ReviewRow, RunRow, UserRow, VersionRow

_LONGEST_KEY = 200
_EDITABLE = (DraftState.EDITING, DraftState.RETURNED)


@dataclass(frozen=True, slots=True)
class Review:
    """An editor's verdict to store: `outcome` is "approved" or "returned"."""

    outcome: DraftState
    reason: str
    decisions: Sequence[Mapping[str, Any]]


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
            wanted = wanted.where(_within_reach(account))
            if state is not None:
                wanted = wanted.where(DraftRow.state == state.value)
            rows = session.execute(
                wanted.order_by(DraftRow.updated_at.desc(), DraftRow.id).limit(limit).offset(offset)
            ).all()
            return [_summary(row, name) for row, name in rows]

    def get(self, account: Account, draft_id: str) -> StoredDraft:
        """The draft with its notes. Raises NotFound."""
        with self._database.reading() as session:
            row = _reach(session, account, draft_id)
            owner = session.scalar(select(UserRow.name).where(UserRow.id == row.owner_id)) or ""
            return StoredDraft(
                summary=_summary(row, owner),
                notes=row.notes,
                notes_sha256=row.notes_sha256,
                request=json.loads(row.request),
            )

    def version(self, account: Account, draft_id: str, number: int | None = None) -> StoredVersion | None:
        """Version `number`, the newest where None; None where the draft has no version yet. Raises NotFound."""
        with self._database.reading() as session:
            row = _reach(session, account, draft_id)
            if number is None and row.version == 0:
                return None
            found = session.get(VersionRow, (draft_id, number or row.version))
            if found is None:
                raise NotFound(f"稿件没有第{number}版。", draft=draft_id, version=number)
            return _version(found)

    def versions(self, account: Account, draft_id: str) -> list[StoredVersion]:
        """Every version, oldest first, without their bodies. Raises NotFound."""
        with self._database.reading() as session:
            _reach(session, account, draft_id)
            rows = session.scalars(
                select(VersionRow).where(VersionRow.draft_id == draft_id).order_by(VersionRow.number)
            )
            return [_version(row, with_body=False) for row in rows]

    def add_version(
        self, account: Account, draft_id: str, expected: int, body: Mapping[str, Any], reason: str
    ) -> StoredVersion:
        """A next version by a person over version `expected`.

        Raises NotFound, Forbidden in a state that takes no edits, and Conflict where another version came between.
        """
        with self._database.writing() as session:
            row = _reach(session, account, draft_id, lock=True)
            _refuse_unless_current(session, row, expected)
            _refuse_unless_editable(account, row)
            return append_version(session, row, body, author=account.name, reason=reason, at=self._clock())

    def submit(self, account: Account, draft_id: str, expected: int) -> None:
        """Hands version `expected` in for review; handing it in again changes nothing. Raises as `add_version`."""
        with self._database.writing() as session:
            row = _reach(session, account, draft_id, lock=True)
            _refuse_unless_current(session, row, expected)
            if row.state == DraftState.SUBMITTED:
                return
            _refuse_unless_editable(account, row)
            row.state = DraftState.SUBMITTED
            row.updated_at = self._clock()
            append_event(session, draft_id, "state", {"state": str(DraftState.SUBMITTED)}, row.updated_at)

    def review(self, account: Account, draft_id: str, expected: int, review: Review) -> None:
        """Stores an editor's verdict and moves the draft. Raises Forbidden for one's own draft and for staff."""
        with self._database.writing() as session:
            row = _reach(session, account, draft_id, lock=True)
            if account.role not in (AccountRole.EDITOR, AccountRole.ADMIN):
                raise Forbidden("您没有审核此稿件的权限。如需处理，请联系管理员。")
            if row.owner_id == account.id:
                raise Forbidden("不能审核自己提交的稿件。请由另一位审核人员处理。")
            _refuse_unless_current(session, row, expected)
            if row.state != DraftState.SUBMITTED:
                raise Conflict(
                    f"此稿件现在是“{DraftState(row.state).chinese}”，只有待审的稿件可以审核。", state=row.state
                )
            row.state, row.updated_at = review.outcome.value, self._clock()
            session.add(
                ReviewRow(
                    id=uuid4().hex,
                    draft_id=draft_id,
                    version=expected,
                    reviewer_id=account.id,
                    outcome=review.outcome.value,
                    reason=review.reason,
                    decisions=json.dumps([dict(one) for one in review.decisions], ensure_ascii=False),
                    created_at=row.updated_at,
                )
            )
            body = {"state": review.outcome.value, "reason": review.reason}
            append_event(session, draft_id, "state", body, row.updated_at)

    def reviews(self, account: Account, draft_id: str) -> list[dict[str, Any]]:
        """Every verdict on the draft, oldest first. Raises NotFound."""
        with self._database.reading() as session:
            _reach(session, account, draft_id)
            rows = session.execute(
                select(ReviewRow, UserRow.name)
                .join(UserRow, UserRow.id == ReviewRow.reviewer_id)
                .where(ReviewRow.draft_id == draft_id)
                .order_by(ReviewRow.created_at)
            ).all()
            return [
                {
                    "version": row.version,
                    "reviewer": name,
                    "outcome": row.outcome,
                    "reason": row.reason,
                    "decisions": json.loads(row.decisions),
                    "at": row.created_at,
                }
                for row, name in rows
            ]

    def request_stop(self, account: Account, draft_id: str) -> bool:
        """Asks the draft's run to stop; False where none is under way. Raises NotFound."""
        with self._database.writing() as session:
            _reach(session, account, draft_id)
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
            row = _reach(session, account, draft_id, lock=True)
            if row.state == DraftState.DRAFTING:
                raise Conflict("此稿件正在生成。请等它完成，或先停止。", state=row.state)
            _refuse_unless_current(session, row, expected)
            if row.state != DraftState.FAILED:
                _refuse_unless_editable(account, row)
            row.state, row.updated_at, row.failure = DraftState.DRAFTING, self._clock(), None
            session.add(_run(draft_id, row.updated_at, section, instruction))

    def events(self, draft_id: str, after: int, limit: int = 500) -> list[DraftEventRecord]:
        """Events of a draft numbered above `after`, in order. The caller has already reached the draft."""
        with self._database.reading() as session:
            rows = session.scalars(
                select(EventRow)
                .where(EventRow.draft_id == draft_id, EventRow.number > after)
                .order_by(EventRow.number)
                .limit(limit)
            )
            return [DraftEventRecord(row.number, row.kind, row.body, row.created_at) for row in rows]

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
                owner_unit=account.unit,
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
        session.add(_run(draft_id, now, None, None))
        append_event(session, draft_id, "stage", {"step": "queued", "message": "已收到，排队等待起草"}, now)
        return draft_id


def _within_reach(account: Account) -> ColumnElement[bool]:
    """The one place that says whose drafts a person reaches."""
    if account.is_admin:
        return true()
    if account.role is AccountRole.STAFF:
        return DraftRow.owner_unit == account.unit
    if account.role is AccountRole.EDITOR:
        return DraftRow.owner_unit.in_(account.units)
    return false()


def _reach(session: Session, account: Account, draft_id: str, lock: bool = False) -> DraftRow:
    wanted = select(DraftRow).where(DraftRow.id == draft_id, _within_reach(account))
    row = session.scalar(wanted.with_for_update() if lock else wanted) if draft_id.isalnum() else None
    if row is None:
        raise NotFound("没有这份稿件，或它不属于您的单位。请从“我的稿件”打开。", draft=draft_id)
    return row


def _refuse_unless_current(session: Session, row: DraftRow, expected: int) -> None:
    if row.version == expected:
        return
    newest = session.get(VersionRow, (row.id, row.version))
    author = newest.author if newest else ""
    at = newest.created_at if newest else row.updated_at
    raise Conflict(
        f"此稿件已被{author}于{clock_text(at)}修改。请比较两个版本后再保存。",
        version=row.version,
        expected=expected,
        author=author,
        at=at,
    )


def _refuse_unless_editable(account: Account, row: DraftRow) -> None:
    state = DraftState(row.state)
    if state in _EDITABLE:
        return
    if state is DraftState.SUBMITTED and account.role in (AccountRole.EDITOR, AccountRole.ADMIN):
        return
    raise Conflict(f"此稿件现在是“{state.chinese}”，不能修改。请刷新页面查看最新状态。", state=state.value)


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
    row.version, row.title, row.updated_at = version.number, str(body["title"]), at
    session.flush()
    return _version(version)


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


def _run(draft_id: str, at: int, section: int | None, instruction: str | None) -> RunRow:
    return RunRow(
        id=uuid4().hex, draft_id=draft_id, section=section, instruction=instruction, state="queued", created_at=at
    )


def _draft_of_key(session: Session, account: Account, key: str | None) -> DraftRow | None:
    if key is None:
        return None
    wanted = select(DraftRow).where(DraftRow.owner_id == account.id, DraftRow.idempotency_key == key)
    return session.scalar(wanted)


def _same_request(found: DraftRow, new: NewDraft) -> str:
    if found.notes == new.notes and json.loads(found.request) == dict(new.request):
        return found.id
    raise Conflict("同一个 Idempotency-Key 已用于另一份请求。请换一个新的。", draft=found.id)


def _summary(row: DraftRow, owner: str) -> DraftSummary:
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


def _version(row: VersionRow, with_body: bool = True) -> StoredVersion:
    return StoredVersion(
        number=row.number,
        text=row.text,
        sha256=row.sha256,
        body=json.loads(row.body) if with_body else {},
        author=row.author,
        reason=row.reason,
        created_at=row.created_at,
    )
