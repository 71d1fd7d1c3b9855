"""The way of a draft through the review: handed in, taken by one editor, decided, returned or approved."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.account import Account
from service.domain.errors import Blocked, Conflict, Forbidden, UnusableInput
from service.domain.finding import Verdict
from service.domain.review import ReviewedVersion, reviewed
from service.domain.verdict_names import VERDICTS
from service.domain.workspace import DraftState
from service.storage.audit import record
from service.storage.clock import now_in_milliseconds
from service.storage.database import Database
from service.storage.decision_rows import standing_decisions
from service.storage.draft_rows import append_event
from service.storage.reach import (
    reach,
    refuse_unless_current,
    refuse_unless_reviewer,
    take_for_review,
)
from service.storage.review_tables import CommentRow, DecisionRow
from service.storage.review_values import Review
from service.storage.workspace_tables import DraftRow, ReviewRow, UserRow, VersionRow

_MAY_HAND_IN = (DraftState.EDITING, DraftState.RETURNED)
_MAY_VOID = (DraftState.EDITING, DraftState.RETURNED, DraftState.FAILED)


class ReviewStore:
    """Moves drafts between their states; every move is one transaction with its line in the audit log."""

    def __init__(self, database: Database, clock: Callable[[], int] = now_in_milliseconds) -> None:
        self._database = database
        self._clock = clock

    def reviewed(self, account: Account, draft_id: str) -> ReviewedVersion:
        """The findings of the newest version with the decisions that stand on them. Raises NotFound."""
        with self._database.reading() as session:
            row = reach(session, account, draft_id)
            return _reviewed(session, row)

    def submit(self, account: Account, draft_id: str, expected: int, note: str = "") -> None:
        """Hands version `expected` in; handing it in again changes nothing.

        Raises NotFound, Conflict in another state or at another version, and Blocked while a finding blocks.
        """
        with self._database.writing() as session:
            row = reach(session, account, draft_id, lock=True)
            refuse_unless_current(session, row, expected)
            if row.state in (DraftState.SUBMITTED, DraftState.REVIEWING):
                return
            _refuse_unless_in(row, _MAY_HAND_IN)
            _refuse_while_blocked(session, row)
            now = self._clock()
            row.submitted_at, row.hand_in_note, row.claimed_by, row.claimed_at = now, note, None, None
            _move(session, row, DraftState.SUBMITTED, now)
            record(session, now, account.id, "draft.submit", "draft", row.id, _version_detail(session, row))

    def withdraw(self, account: Account, draft_id: str) -> None:
        """Takes a draft that nobody holds yet back from the queue. Raises Conflict in another state."""
        with self._database.writing() as session:
            row = reach(session, account, draft_id, lock=True)
            if row.state == DraftState.REVIEWING:
                raise Conflict("审核人员已经打开此稿，不能撤回。请在讨论里说明，由对方退回。", state=row.state)
            _refuse_unless_in(row, (DraftState.SUBMITTED,))
            _move(session, row, DraftState.EDITING, self._clock())
            record(session, row.updated_at, account.id, "draft.withdraw", "draft", row.id)

    def void(self, account: Account, draft_id: str, reason: str) -> None:
        """Marks a draft that was not handed in as void; it stays readable."""
        with self._database.writing() as session:
            row = reach(session, account, draft_id, lock=True)
            if row.state == DraftState.VOID:
                return
            _refuse_unless_in(row, _MAY_VOID)
            _move(session, row, DraftState.VOID, self._clock(), reason=reason)
            record(session, row.updated_at, account.id, "draft.void", "draft", row.id)

    def claim(self, account: Account, draft_id: str) -> None:
        """The editor holds the draft. Raises Forbidden, Claimed, and Conflict where it is not handed in."""
        with self._database.writing() as session:
            row = reach(session, account, draft_id, lock=True)
            refuse_unless_reviewer(account, row)
            take_for_review(session, account, row, self._clock())

    def release(self, account: Account, draft_id: str) -> None:
        """Gives the draft back to the queue. An administrator may free one that another editor holds."""
        with self._database.writing() as session:
            row = reach(session, account, draft_id, lock=True)
            refuse_unless_reviewer(account, row)
            if row.state == DraftState.SUBMITTED:
                return
            _refuse_unless_in(row, (DraftState.REVIEWING,))
            if row.claimed_by != account.id and not account.is_admin:
                raise Forbidden("此稿由另一位审核人员处理，只有本人或管理员可以放回队列。", code="E-403")
            freed, row.claimed_by, row.claimed_at = row.claimed_by, None, None
            _move(session, row, DraftState.SUBMITTED, self._clock())
            record(session, row.updated_at, account.id, "draft.release", "draft", row.id, {"held_by": freed})

    def review(self, account: Account, draft_id: str, expected: int, review: Review) -> None:
        """Stores an editor's verdict and moves the draft.

        Raises Forbidden for one's own draft and for staff; Blocked for an approval while a blocking finding is open;
        UnusableInput for a return that names no place.
        """
        with self._database.writing() as session:
            row = reach(session, account, draft_id, lock=True)
            refuse_unless_reviewer(account, row)
            refuse_unless_current(session, row, expected)
            now = self._clock()
            take_for_review(session, account, row, now)
            if review.outcome is DraftState.APPROVED:
                _refuse_while_blocked(session, row)
            elif not review.decisions and not _says_where(session, row):
                raise UnusableInput(
                    "退回须至少指出一处问题。请对一处标记选“退回补充”，或写一条批注。", field="decisions"
                )
            row.claimed_by, row.claimed_at = None, None
            _move(session, row, review.outcome, now, reason=review.reason)
            session.add(
                ReviewRow(
                    id=uuid4().hex,
                    draft_id=draft_id,
                    version=expected,
                    reviewer_id=account.id,
                    outcome=review.outcome.value,
                    reason=review.reason,
                    decisions=json.dumps([dict(one) for one in review.decisions], ensure_ascii=False),
                    created_at=now,
                )
            )
            detail = _version_detail(session, row)
            record(session, now, account.id, f"draft.{review.outcome.value}", "draft", row.id, detail)

    def exported(self, account: Account, draft_id: str, version: int, form: str) -> None:
        """Logs an export; an approved draft becomes an exported one. Raises NotFound."""
        with self._database.writing() as session:
            row = reach(session, account, draft_id, lock=True)
            now = self._clock()
            if row.state == DraftState.APPROVED and version == row.version:
                _move(session, row, DraftState.EXPORTED, now)
            record(session, now, account.id, "draft.export", "draft", row.id, {"version": version, "form": form})

    def held(self, account: Account, draft_id: str) -> tuple[str | None, int | None, str]:
        """The editor who holds the draft, since when, and what was said at the hand-in. Raises NotFound."""
        with self._database.reading() as session:
            row = reach(session, account, draft_id)
            holder = session.scalar(select(UserRow.name).where(UserRow.id == row.claimed_by))
            return holder, row.claimed_at, row.hand_in_note or ""

    def reviews(self, account: Account, draft_id: str) -> list[dict[str, Any]]:
        """Every verdict on the draft, oldest first, with the hash of the version it is about. Raises NotFound."""
        with self._database.reading() as session:
            reach(session, account, draft_id)
            rows = session.execute(
                select(ReviewRow, UserRow.name, VersionRow.sha256)
                .join(UserRow, UserRow.id == ReviewRow.reviewer_id)
                .join(
                    VersionRow, (VersionRow.draft_id == ReviewRow.draft_id) & (VersionRow.number == ReviewRow.version)
                )
                .where(ReviewRow.draft_id == draft_id)
                .order_by(ReviewRow.created_at, ReviewRow.id)
            ).all()
            return [
                {
                    "version": row.version,
                    "sha256": sha256,
                    "reviewer": name,
                    "outcome": row.outcome,
                    "reason": row.reason,
                    "decisions": json.loads(row.decisions),
                    "at": row.created_at,
                }
                for row, name, sha256 in rows
            ]


def _reviewed(session: Session, row: DraftRow) -> ReviewedVersion:
    newest = session.get(VersionRow, (row.id, row.version))
    return reviewed(json.loads(newest.body) if newest else {}, standing_decisions(session, row.id))


def _refuse_while_blocked(session: Session, row: DraftRow) -> None:
    found = _reviewed(session, row)
    blocking = [one for one in found.findings if one.blocks]
    if not blocking:
        return
    newest = session.get_one(VersionRow, (row.id, row.version))
    starts = [one["start"] for one in json.loads(newest.body)["sections"]]
    said = [_place(one.finding, starts) for one in blocking]
    raise Blocked(
        f"还有{len(blocking)}处必须处理：{'；'.join(said[:5])}{'等' if len(said) > 5 else ''}。",
        code="E-BLOCK",
        findings=[
            {"id": one.id, "start": one.finding["start"], "end": one.finding["end"], "text": one.finding["text"]}
            for one in blocking
        ],
    )


def _place(finding: Mapping[str, Any], starts: Sequence[int]) -> str:
    number = sum(start <= finding["start"] for start in starts)
    place = f"第{number}节" if number else "标题"
    return f"{place}“{finding['text']}”{VERDICTS[Verdict(finding['verdict'])]}"


def _refuse_unless_in(row: DraftRow, states: tuple[DraftState, ...]) -> None:
    state = DraftState(row.state)
    if state not in states:
        wanted = "、".join(f"“{one.chinese}”" for one in states)
        raise Conflict(
            f"此稿件现在是“{state.chinese}”，须为{wanted}才能这样做。请刷新页面查看最新状态。", state=state.value
        )


def _says_where(session: Session, row: DraftRow) -> bool:
    """True where a decision asks for more, or a comment was written since the draft was handed in."""
    if any(not one.kind.settles for one in standing_decisions(session, row.id)):
        return True
    since = row.submitted_at or 0
    newest = select(CommentRow.id).where(CommentRow.draft_id == row.id, CommentRow.created_at >= since).limit(1)
    returned = select(DecisionRow.id).where(DecisionRow.draft_id == row.id, DecisionRow.created_at >= since).limit(1)
    return session.scalar(newest) is not None or session.scalar(returned) is not None


def _move(session: Session, row: DraftRow, state: DraftState, at: int, **said: Any) -> None:
    row.state, row.updated_at = state.value, at
    append_event(session, row.id, "state", {"state": state.value, **said}, at)


def _version_detail(session: Session, row: DraftRow) -> Mapping[str, Any]:
    newest = session.get_one(VersionRow, (row.id, row.version))
    return {"version": row.version, "sha256": newest.sha256}
