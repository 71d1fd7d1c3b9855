"""Who reaches which draft, and who may write it now: the one place that says so.

Every store asks here. A draft out of reach and an absent one give the same NotFound, so that nobody learns from the
answer that it is there.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, false, select, true
from sqlalchemy.orm import Session

from service.domain.account import Account, AccountRole
from service.domain.errors import Claimed, Conflict, Forbidden, NotFound
from service.domain.workspace import DraftState
from service.storage.audit import record
from service.storage.draft_rows import append_event, clock_text
from service.storage.workspace_tables import DraftRow, UserRow, VersionRow

_STAFF_EDITS = (DraftState.EDITING, DraftState.RETURNED)
_UNDER_REVIEW = (DraftState.SUBMITTED, DraftState.REVIEWING)
_REVIEWERS = (AccountRole.EDITOR, AccountRole.ADMIN)


def within_reach(account: Account) -> ColumnElement[bool]:
    """The drafts a person reaches, as a condition."""
    if account.is_admin:
        return true()
    if account.role in (AccountRole.STAFF, AccountRole.EDITOR):
        return DraftRow.owner_unit.in_(account.units)
    return false()


def reach(session: Session, account: Account, draft_id: str, lock: bool = False) -> DraftRow:
    """The draft, locked against other writers where asked. Raises NotFound."""
    wanted = select(DraftRow).where(DraftRow.id == draft_id, within_reach(account))
    row = session.scalar(wanted.with_for_update() if lock else wanted) if draft_id.isalnum() else None
    if row is None:
        raise NotFound("没有这份稿件，或它不属于您的单位。请从“我的稿件”打开。", draft=draft_id)
    return row


def refuse_unless_current(session: Session, row: DraftRow, expected: int) -> None:
    """Raises Conflict that names who came between where the draft is not at version `expected`."""
    if row.version == expected:
        return
    newest = session.get(VersionRow, (row.id, row.version))
    author = newest.author if newest else ""
    at = newest.created_at if newest else row.updated_at
    raise Conflict(
        f"此稿件已被{author}于{clock_text(at)}修改。请比较两个版本后再保存。",
        code="E-409",
        version=row.version,
        expected=expected,
        author=author,
        at=at,
    )


def refuse_unless_writer(session: Session, account: Account, row: DraftRow, at: int) -> None:
    """Raises unless the person may change the draft's text in its state; an editor who starts takes the draft.

    The unit writes before it hands in and after a return; after it handed in, the one editor who holds it.
    """
    state = DraftState(row.state)
    if state in _STAFF_EDITS:
        return
    if state in _UNDER_REVIEW and account.role in _REVIEWERS:
        take_for_review(session, account, row, at)
        return
    raise Conflict(f"此稿件现在是“{state.chinese}”，不能修改。请刷新页面查看最新状态。", state=state.value)


def refuse_unless_reviewer(account: Account, row: DraftRow) -> None:
    """Raises Forbidden unless the person may decide on this draft: an editor of its unit, and not its author."""
    if account.role not in _REVIEWERS:
        raise Forbidden("您没有审核此稿件的权限。如需处理，请联系管理员。", code="E-403")
    if row.owner_id == account.id:
        raise Forbidden("不能审核自己提交的稿件。请由另一位审核人员处理。", code="E-403")


def take_for_review(session: Session, account: Account, row: DraftRow, at: int) -> None:
    """The person holds the draft from now on. Raises Claimed where another editor does, Conflict in another state."""
    if row.state == DraftState.REVIEWING:
        if row.claimed_by == account.id:
            return
        holder = session.scalar(select(UserRow.name).where(UserRow.id == row.claimed_by)) or ""
        minutes = max(0, at - (row.claimed_at or at)) // 60_000
        raise Claimed(
            f"{holder}正在审核此稿（已打开{minutes}分钟）。您可以只读查看。",
            code="E-LOCK",
            holder=holder,
            since=row.claimed_at,
        )
    if row.state != DraftState.SUBMITTED:
        raise Conflict(
            f"此稿件现在是“{DraftState(row.state).chinese}”，只有待审的稿件可以审核。请刷新页面。", state=row.state
        )
    row.state, row.claimed_by, row.claimed_at = DraftState.REVIEWING.value, account.id, at
    append_event(session, row.id, "state", {"state": row.state, "by": account.name}, at)
    record(session, at, account.id, "draft.claim", "draft", row.id)
