"""Comments with threads on a passage, and suggestions of other words for one."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.account import Account
from service.domain.anchor import Anchor, anchor_at
from service.domain.errors import Conflict, NotFound, UnusableInput
from service.domain.text import Span
from service.storage.audit import record
from service.storage.clock import now_in_milliseconds
from service.storage.database import Database
from service.storage.decision_rows import anchor_from, anchor_text
from service.storage.draft_rows import append_event, append_version, names_of
from service.storage.reach import reach, refuse_unless_current, refuse_unless_writer
from service.storage.review_tables import CommentRow, SuggestionRow
from service.storage.review_values import Comment, Suggestion
from service.storage.workspace_tables import DraftRow, VersionRow

_MOST_COMMENTS = 2_000
_MOST_SUGGESTIONS = 1_000


class DiscussionStore:
    """What people who reach a draft say of it and propose for it."""

    def __init__(self, database: Database, clock: Callable[[], int] = now_in_milliseconds) -> None:
        self._database = database
        self._clock = clock

    def comment(
        self, account: Account, draft_id: str, text: str, place: Span | None, thread_id: str | None = None
    ) -> Comment:
        """Stores a remark on `place` of the newest version, on the whole draft where None, or an answer in a thread."""
        with self._database.writing() as session:
            row = reach(session, account, draft_id, lock=True)
            if thread_id is not None:
                thread_id = _comment(session, draft_id, thread_id).id
            count = len(session.scalars(select(CommentRow.id).where(CommentRow.draft_id == draft_id)).all())
            if count >= _MOST_COMMENTS:
                raise Conflict(f"此稿的批注已达{_MOST_COMMENTS}条，不能再加。请先处理已有的批注。")
            stored = CommentRow(
                id=uuid4().hex,
                draft_id=draft_id,
                thread_id=thread_id,
                version=row.version,
                anchor=None if place is None else anchor_text(_anchor(session, row, place)),
                text=text,
                user_id=account.id,
                created_at=self._clock(),
            )
            session.add(stored)
            session.flush()
            append_event(session, draft_id, "comment", {"id": stored.id, "by": account.name}, stored.created_at)
            record(session, stored.created_at, account.id, "draft.comment", "draft", draft_id, {"comment": stored.id})
            return _comment_value(stored, {account.id: account.name})

    def resolve(self, account: Account, draft_id: str, comment_id: str, resolved: bool) -> Comment:
        """Marks a thread as settled, or open again."""
        with self._database.writing() as session:
            reach(session, account, draft_id)
            stored = _comment(session, draft_id, comment_id)
            if stored.thread_id is not None:
                stored = _comment(session, draft_id, stored.thread_id)
            stored.resolved_at = self._clock() if resolved else None
            stored.resolved_by = account.id if resolved else None
            detail = {"comment": stored.id, "resolved": resolved}
            record(session, self._clock(), account.id, "draft.resolve", "draft", draft_id, detail)
            return _comment_value(stored, names_of(session))

    def comments(self, account: Account, draft_id: str) -> list[Comment]:
        """Every remark, oldest first. Raises NotFound."""
        with self._database.reading() as session:
            reach(session, account, draft_id)
            names = names_of(session)
            rows = session.scalars(
                select(CommentRow).where(CommentRow.draft_id == draft_id).order_by(CommentRow.created_at, CommentRow.id)
            )
            return [_comment_value(row, names) for row in rows]

    def suggest(
        self, account: Account, draft_id: str, expected: int, place: Span, replacement: str, reason: str
    ) -> Suggestion:
        """Proposes other words for a passage of version `expected`; the text stays as it is."""
        with self._database.writing() as session:
            row = reach(session, account, draft_id, lock=True)
            refuse_unless_current(session, row, expected)
            anchor = _anchor(session, row, place)
            if anchor.quote == replacement:
                raise UnusableInput("建议的文字与原文相同。请改写后再提交。", field="replacement")
            count = len(session.scalars(select(SuggestionRow.id).where(SuggestionRow.draft_id == draft_id)).all())
            if count >= _MOST_SUGGESTIONS:
                raise Conflict(f"此稿的修改建议已达{_MOST_SUGGESTIONS}条，不能再加。")
            stored = SuggestionRow(
                id=uuid4().hex,
                draft_id=draft_id,
                version=row.version,
                anchor=anchor_text(anchor),
                replacement=replacement,
                reason=reason,
                user_id=account.id,
                created_at=self._clock(),
                state="open",
                settled_reason="",
            )
            session.add(stored)
            session.flush()
            record(
                session, stored.created_at, account.id, "draft.suggest", "draft", draft_id, {"suggestion": stored.id}
            )
            return _suggestion_value(stored, {account.id: account.name})

    def suggestion(self, account: Account, draft_id: str, suggestion_id: str) -> Suggestion:
        """One suggestion. Raises NotFound."""
        with self._database.reading() as session:
            reach(session, account, draft_id)
            return _suggestion_value(_suggestion(session, draft_id, suggestion_id), names_of(session))

    def suggestions(self, account: Account, draft_id: str) -> list[Suggestion]:
        """Every suggestion, oldest first. Raises NotFound."""
        with self._database.reading() as session:
            reach(session, account, draft_id)
            names = names_of(session)
            rows = session.scalars(
                select(SuggestionRow)
                .where(SuggestionRow.draft_id == draft_id)
                .order_by(SuggestionRow.created_at, SuggestionRow.id)
            )
            return [_suggestion_value(row, names) for row in rows]

    def accept(
        self, account: Account, draft_id: str, suggestion_id: str, expected: int, body: Mapping[str, Any], reason: str
    ) -> Suggestion:
        """The suggestion becomes the next version, `body`. Raises as an edit does, and Conflict where it is settled."""
        with self._database.writing() as session:
            row = reach(session, account, draft_id, lock=True)
            refuse_unless_current(session, row, expected)
            now = self._clock()
            refuse_unless_writer(session, account, row, now)
            stored = _open_suggestion(session, draft_id, suggestion_id)
            why = f"采纳修改建议：{stored.reason}" if stored.reason else "采纳修改建议"
            stored.made_version = append_version(session, row, body, account.name, why, now).number
            return _settle(session, account, stored, "accepted", reason, now)

    def reject(self, account: Account, draft_id: str, suggestion_id: str, reason: str) -> Suggestion:
        """Declines a suggestion with a reason; whoever made it withdraws it without one."""
        with self._database.writing() as session:
            row = reach(session, account, draft_id, lock=True)
            stored = _open_suggestion(session, draft_id, suggestion_id)
            now = self._clock()
            if stored.user_id == account.id:
                return _settle(session, account, stored, "withdrawn", reason, now)
            if not reason.strip():
                raise UnusableInput("不采纳须写明理由。请补充后再提交。", field="reason")
            refuse_unless_writer(session, account, row, now)
            return _settle(session, account, stored, "rejected", reason, now)


def _settle(session: Session, account: Account, stored: SuggestionRow, state: str, reason: str, now: int) -> Suggestion:
    stored.state, stored.settled_at, stored.settled_by, stored.settled_reason = state, now, account.id, reason
    detail = {"suggestion": stored.id, "state": state}
    record(session, now, account.id, "draft.settle", "draft", stored.draft_id, detail)
    return _suggestion_value(stored, names_of(session))


def _anchor(session: Session, row: DraftRow, place: Span) -> Anchor:
    newest = session.get(VersionRow, (row.id, row.version))
    if newest is None:
        raise Conflict("稿件还没有写成，请等待起草完成后再操作。", state=row.state)
    anchor = anchor_at(json.loads(newest.body), place.start, place.end)
    if anchor is None:
        raise UnusableInput("选中的文字须在同一节之内，且不能为空。请重新选择。", start=place.start, end=place.end)
    return anchor


def _comment(session: Session, draft_id: str, comment_id: str) -> CommentRow:
    found = session.scalar(select(CommentRow).where(CommentRow.id == comment_id, CommentRow.draft_id == draft_id))
    if found is None:
        raise NotFound("没有这条批注。请刷新页面。", comment=comment_id)
    return found


def _suggestion(session: Session, draft_id: str, suggestion_id: str) -> SuggestionRow:
    wanted = select(SuggestionRow).where(SuggestionRow.id == suggestion_id, SuggestionRow.draft_id == draft_id)
    found = session.scalar(wanted)
    if found is None:
        raise NotFound("没有这条修改建议。请刷新页面。", suggestion=suggestion_id)
    return found


def _open_suggestion(session: Session, draft_id: str, suggestion_id: str) -> SuggestionRow:
    found = _suggestion(session, draft_id, suggestion_id)
    if found.state != "open":
        raise Conflict("这条修改建议已经处理过。请刷新页面查看结果。", state=found.state)
    return found


def _comment_value(row: CommentRow, names: Mapping[str, str]) -> Comment:
    return Comment(
        id=row.id,
        thread_id=row.thread_id,
        version=row.version,
        anchor=anchor_from(row.anchor) if row.anchor else None,
        text=row.text,
        by=names.get(row.user_id, ""),
        at=row.created_at,
        resolved_at=row.resolved_at,
        resolved_by=names.get(row.resolved_by) if row.resolved_by else None,
    )


def _suggestion_value(row: SuggestionRow, names: Mapping[str, str]) -> Suggestion:
    return Suggestion(
        id=row.id,
        version=row.version,
        anchor=anchor_from(row.anchor),
        replacement=row.replacement,
        reason=row.reason,
        by=names.get(row.user_id, ""),
        at=row.created_at,
        state=row.state,
        settled_by=names.get(row.settled_by) if row.settled_by else None,
        settled_at=row.settled_at,
        settled_reason=row.settled_reason,
        made_version=row.made_version,
    )
