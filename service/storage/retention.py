"""What is deleted, and when: drafts past the time they are kept, and a person with all that is theirs.

The audit log keeps ids, numbers and hashes of what was deleted, never the text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from service.domain.account import Account
from service.storage.audit import record
from service.storage.clock import now_in_milliseconds
from service.storage.database import Database
from service.storage.model_tables import ModelRequestRow
from service.storage.pair_tables import PairScoreRow
from service.storage.people import end_proofs, refuse_the_last_administrator, user_with_id
from service.storage.review_tables import CommentRow, DecisionRow, OfferRow, SuggestionRow
from service.storage.working_copies import WorkingCopyRow
from service.storage.workspace_tables import (
    DraftRow,
    EventRow,
    FailedSignInRow,
    MemberRow,
    ReviewRow,
    RunRow,
    RunStepRow,
    SessionRow,
    SignInLinkRow,
    TokenRow,
    VersionRow,
)

_DAY = 86_400_000
_ENDED_RUNS = ("done", "failed", "cancelled")
_GONE = "（已删除）"
# Children before parents; comments refer to each other, so answers go first.
_OF_A_DRAFT = (EventRow, DecisionRow, SuggestionRow, OfferRow, ReviewRow, VersionRow)


@dataclass(frozen=True, slots=True)
class Deleted:
    """What was, or would be, deleted."""

    drafts: int
    versions: int
    proofs: int


class RetentionStore:
    """Deletes for good."""

    def __init__(self, database: Database, clock: Callable[[], int] = now_in_milliseconds) -> None:
        self._database = database
        self._clock = clock

    def purge(self, by: str, days: int, dry_run: bool) -> Deleted:
        """Deletes drafts untouched for `days` that no run works on, and proofs that have ended; counts where dry."""
        now = self._clock()
        before = now - days * _DAY
        with self._database.writing() as session:
            open_runs = select(RunRow.draft_id).where(RunRow.state.not_in(_ENDED_RUNS))
            ids = session.scalars(
                select(DraftRow.id).where(DraftRow.updated_at < before, DraftRow.id.not_in(open_runs))
            ).all()
            proofs = (SessionRow, TokenRow, SignInLinkRow)
            ended = sum(
                session.scalar(select(func.count()).select_from(one).where(one.expires_at < now)) or 0 for one in proofs
            )
            versions = _count_versions(session, ids)
            if not dry_run:
                for draft_id in ids:
                    _delete_draft(session, by, draft_id, now)
                for one in proofs:
                    session.execute(delete(one).where(one.expires_at < now))
                session.execute(delete(FailedSignInRow).where(FailedSignInRow.at < now - _DAY))
                session.execute(delete(WorkingCopyRow).where(WorkingCopyRow.saved_at < before))
                # What left for a model on a command's or the search's behalf belongs to no draft and goes by its age.
                of_drafts = select(RunRow.id)
                session.execute(
                    delete(ModelRequestRow).where(ModelRequestRow.at < before, ModelRequestRow.run.not_in(of_drafts))
                )
                record(session, now, by, "record.purge", "record", "", {"days": days, "drafts": len(ids)})
            return Deleted(len(ids), versions, ended)

    def delete_draft(self, by: Account, draft_id: str) -> None:
        """Deletes one draft with its notes; the caller has reached it and may."""
        with self._database.writing() as session:
            _delete_draft(session, by.id, draft_id, self._clock())

    def erase(self, by: str, account_id: str) -> Deleted:
        """Deletes a person: their drafts and notes, what they typed, their words in discussions, their name.

        What others wrote stays, and so do verdicts on others' drafts, under no name. Raises NotFound, and Conflict for
        the last administrator.
        """
        now = self._clock()
        with self._database.writing() as session:
            user = user_with_id(session, account_id)
            refuse_the_last_administrator(session, user)
            ids = session.scalars(select(DraftRow.id).where(DraftRow.owner_id == user.id)).all()
            versions = _count_versions(session, ids)
            for draft_id in ids:
                _delete_draft(session, by, draft_id, now)
            name, user.name = user.name, f"已删除账号-{user.id[:8]}"
            session.execute(update(CommentRow).where(CommentRow.user_id == user.id).values(text=_GONE))
            session.execute(update(VersionRow).where(VersionRow.author == name).values(author=_GONE))
            session.execute(update(PairScoreRow).where(PairScoreRow.user_id == user.id).values(remark=""))
            session.execute(update(DraftRow).where(DraftRow.claimed_by == user.id).values(claimed_by=None))
            session.execute(delete(WorkingCopyRow).where(WorkingCopyRow.user_id == user.id))
            session.execute(delete(MemberRow).where(MemberRow.user_id == user.id))
            end_proofs(session, user.id, now)
            for one in (TokenRow, SignInLinkRow):
                session.execute(delete(one).where(one.user_id == user.id))
            user.password_hash, user.subject, user.disabled_at = None, None, user.disabled_at or now
            record(session, now, by, "account.erase", "account", user.id, {"drafts": len(ids)})
            return Deleted(len(ids), versions, 0)


def _count_versions(session: Session, ids: Sequence[str]) -> int:
    wanted = select(func.count()).select_from(VersionRow).where(VersionRow.draft_id.in_(ids))
    return session.scalar(wanted) or 0


def _delete_draft(session: Session, by: str, draft_id: str, at: int) -> None:
    hashes = session.execute(
        select(VersionRow.number, VersionRow.sha256).where(VersionRow.draft_id == draft_id).order_by(VersionRow.number)
    ).all()
    notes = session.scalar(select(DraftRow.notes_sha256).where(DraftRow.id == draft_id))
    runs = select(RunRow.id).where(RunRow.draft_id == draft_id)
    session.execute(delete(ModelRequestRow).where(ModelRequestRow.run.in_(runs)))
    session.execute(delete(RunStepRow).where(RunStepRow.run_id.in_(runs)))
    session.execute(delete(RunRow).where(RunRow.draft_id == draft_id))
    session.execute(delete(CommentRow).where(CommentRow.draft_id == draft_id, CommentRow.thread_id.is_not(None)))
    session.execute(delete(CommentRow).where(CommentRow.draft_id == draft_id))
    for one in _OF_A_DRAFT:
        session.execute(delete(one).where(one.draft_id == draft_id))
    session.execute(delete(WorkingCopyRow).where(WorkingCopyRow.place == draft_id))
    session.execute(delete(DraftRow).where(DraftRow.id == draft_id))
    detail = {"notes": notes, "versions": [list(row) for row in hashes]}
    record(session, at, by, "draft.delete", "draft", draft_id, detail)
