"""Drafting runs that outlive their process: queued in the record, held on a lease, finished in one transaction.

A run is held by one process at a time. Every write of a run repeats who holds it, so a process that was thought dead
and wakes up again (a suspended laptop) can neither add events nor finish a run that another one took over.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import and_, func, select, update
from sqlalchemy.orm import Session

from service.domain.errors import Conflict
from service.domain.workspace import DraftState
from service.storage.clock import now_in_milliseconds
from service.storage.database import Database
from service.storage.draft_rows import append_event, append_version
from service.storage.draft_values import HeldRun
from service.storage.notes_history import NotesBeforeRow
from service.storage.workspace_tables import DraftRow, RunRow, RunStepRow, VersionRow

# A process that finds work looks at this many candidates; others may take some of them at the same moment.
_CANDIDATES = 8


class RunLost(Conflict):
    """Another process took the run over; this one must drop it without a word."""


class RunStore:
    """The queue of runs and the steps they have finished."""

    def __init__(self, database: Database, lease_ms: int, clock: Callable[[], int] = now_in_milliseconds) -> None:
        self._database = database
        self._lease_ms = lease_ms
        self._clock = clock

    def take(self, holder: str, is_dead: Callable[[str], bool]) -> HeldRun | None:
        """A run whose holder fell silent or `is_dead`, else the oldest that waits; `holder` holds it. None: no work."""
        now = self._clock()
        in_order = select(RunRow).order_by(RunRow.created_at, RunRow.id)
        with self._database.reading() as session:
            held = session.scalars(in_order.where(RunRow.state == "running")).all()
            queued = session.scalars(in_order.where(RunRow.state == "queued").limit(_CANDIDATES)).all()
        free = [run for run in held if run.held_until < now or is_dead(run.holder or "")]
        for run in [*free, *queued]:
            if taken := self._take_one(run, holder):
                return taken
        return None

    def renew(self, run_id: str, holder: str) -> bool:
        """Extends the lease; False where the run is no longer held by `holder`."""
        with self._database.writing() as session:
            changed = session.execute(
                update(RunRow)
                .where(RunRow.id == run_id, RunRow.holder == holder, RunRow.state == "running")
                .values(held_until=self._clock() + self._lease_ms)
                .returning(RunRow.id)
            ).all()
            return bool(changed)

    def stop_requested(self, run_id: str) -> bool:
        """True where a person asked the run to stop."""
        with self._database.reading() as session:
            return bool(session.scalar(select(RunRow.cancel_requested).where(RunRow.id == run_id)))

    def tell(self, run: HeldRun, holder: str, events: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
        """Adds events to the run's draft and extends the lease. Raises RunLost."""
        with self._database.writing() as session:
            _own(session, run, holder).held_until = self._clock() + self._lease_ms
            for kind, body in events:
                append_event(session, run.draft_id, kind, body, self._clock())

    def saved_step(self, run_id: str, key: str) -> str | None:
        """What the step `key` gave when it finished earlier, or None."""
        with self._database.reading() as session:
            return session.scalar(select(RunStepRow.body).where(RunStepRow.run_id == run_id, RunStepRow.key == key))

    def save_step(self, run: HeldRun, holder: str, key: str, body: str) -> None:
        """Keeps what a finished step gave. Raises RunLost."""
        with self._database.writing() as session:
            _own(session, run, holder)
            if session.get(RunStepRow, (run.id, key)) is None:
                session.add(RunStepRow(run_id=run.id, key=key, body=body))

    def newest_body(self, draft_id: str) -> Mapping[str, Any] | None:
        """The newest version's body, None where there is none; for a run that rewrites one section of it."""
        with self._database.reading() as session:
            draft = session.get(DraftRow, draft_id)
            found = session.get(VersionRow, (draft_id, draft.version)) if draft else None
            return None if found is None else dict(json.loads(found.body))

    def notes_before(self, draft_id: str, version: int) -> str | None:
        """The notes that version `version` was drafted from, where they were changed since; None where they were not.

        Of several changes before the next version the first one counts."""
        with self._database.reading() as session:
            wanted = select(NotesBeforeRow.notes).where(
                NotesBeforeRow.draft_id == draft_id, NotesBeforeRow.version == version
            )
            return session.scalar(wanted.order_by(NotesBeforeRow.id).limit(1))

    def finish(
        self, run: HeldRun, holder: str, body: Mapping[str, Any], author: str, reason: str, stopped: bool = False
    ) -> int:
        """The number of the new version: version, draft state, last event and run end are one write. Raises RunLost."""
        now = self._clock()
        with self._database.writing() as session:
            row = _own(session, run, holder)
            row.state, row.finished_at = "cancelled" if stopped else "done", now
            draft = session.get_one(DraftRow, run.draft_id, with_for_update=True)
            version = append_version(session, draft, body, author=author, reason=reason, at=now)
            draft.state, draft.failure = DraftState.EDITING.value, None
            summary = dict(body.get("check", {}).get("summary", {}))
            said = {"version": version.number, "stopped": stopped, "summary": summary}
            append_event(session, run.draft_id, "done", said, now)
            _drop_steps(session, run.id)
            return version.number

    def fail(self, run: HeldRun, holder: str, error: str, message: str) -> None:
        """Ends the run without a version. The draft keeps an earlier version if it has one. Raises RunLost."""
        now = self._clock()
        with self._database.writing() as session:
            row = _own(session, run, holder)
            row.state, row.finished_at = "failed", now
            draft = session.get_one(DraftRow, run.draft_id, with_for_update=True)
            draft.state = DraftState.EDITING.value if draft.version else DraftState.FAILED.value
            draft.failure, draft.updated_at = message, now
            append_event(session, run.draft_id, "failed", {"error": error, "message": message}, now)
            _drop_steps(session, run.id)

    def waiting_before(self, draft_id: str) -> int:
        """How many queued runs stand before the draft's own; 0 where it is next or under way."""
        with self._database.reading() as session:
            own = session.scalar(
                select(RunRow.created_at).where(RunRow.draft_id == draft_id, RunRow.state == "queued").limit(1)
            )
            if own is None:
                return 0
            wanted = select(func.count()).select_from(RunRow).where(RunRow.state == "queued", RunRow.created_at < own)
            return session.scalar(wanted) or 0

    def seconds_open(self, draft_id: str) -> int:
        """Seconds since the draft's open run was asked for; 0 where none is open."""
        with self._database.reading() as session:
            open_run = (RunRow.draft_id == draft_id, RunRow.state.in_(("queued", "running")))
            begun = session.scalar(select(func.max(RunRow.created_at)).where(*open_run))
            return 0 if begun is None else max(0, self._clock() - begun) // 1000

    def counts(self) -> dict[str, int]:
        """How many runs are in each state, for the operator's figures."""
        with self._database.reading() as session:
            rows = session.execute(select(RunRow.state, func.count()).group_by(RunRow.state)).all()
            return {state: int(count) for state, count in rows}

    def _take_one(self, seen: RunRow, holder: str) -> HeldRun | None:
        now = self._clock()
        with self._database.writing() as session:
            same_holder = RunRow.holder.is_(None) if seen.holder is None else RunRow.holder == seen.holder
            changed = session.execute(
                update(RunRow)
                # What was seen must still stand, or another process was quicker.
                .where(
                    RunRow.id == seen.id,
                    and_(RunRow.state == seen.state, RunRow.held_until == seen.held_until, same_holder),
                )
                .values(state="running", holder=holder, held_until=now + self._lease_ms, attempts=seen.attempts + 1)
                .returning(RunRow.id)
            ).all()
            if not changed:
                return None
            draft = session.get_one(DraftRow, seen.draft_id)
            return HeldRun(
                id=seen.id,
                draft_id=seen.draft_id,
                section=seen.section,
                instruction=seen.instruction,
                attempts=seen.attempts + 1,
                notes=draft.notes,
                request=json.loads(draft.request),
                version=draft.version,
            )


def _own(session: Session, run: HeldRun, holder: str) -> RunRow:
    row = session.get_one(RunRow, run.id, with_for_update=True)
    if row.state != "running" or row.holder != holder or row.attempts != run.attempts:
        raise RunLost("这次起草已由另一进程接手。", run=run.id)
    return row


def _drop_steps(session: Session, run_id: str) -> None:
    for step in session.scalars(select(RunStepRow).where(RunStepRow.run_id == run_id)):
        session.delete(step)
