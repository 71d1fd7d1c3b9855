"""Approved drafts offered to the corpus by an editor, and taken in or declined by an administrator."""

from __future__ import annotations

import json
from collections.abc import Callable
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.account import Account
from service.domain.errors import Conflict, NotFound, UnusableInput
from service.domain.workspace import DraftState
from service.storage.audit import record
from service.storage.clock import now_in_milliseconds
from service.storage.database import Database
from service.storage.reach import reach, refuse_unless_reviewer
from service.storage.review_tables import OfferRow
from service.storage.review_values import Offer
from service.storage.workspace_tables import DraftRow, UserRow, VersionRow


class OfferStore:
    """Offers; a draft is offered once, and again only after it was declined."""

    def __init__(self, database: Database, clock: Callable[[], int] = now_in_milliseconds) -> None:
        self._database = database
        self._clock = clock

    def offer(self, account: Account, draft_id: str) -> Offer:
        """Offers the approved version; again changes nothing. Raises NotFound, Forbidden, Conflict."""
        with self._database.writing() as session:
            row = reach(session, account, draft_id, lock=True)
            refuse_unless_reviewer(account, row)
            if not DraftState(row.state).is_final:
                raise Conflict("只有已通过的稿件可以推荐入库。", state=row.state)
            found = session.scalar(select(OfferRow).where(OfferRow.draft_id == draft_id))
            now = self._clock()
            if found is None:
                found = OfferRow(id=uuid4().hex, draft_id=draft_id, version=row.version, state="", user_id=account.id)
                found.created_at, found.reason = now, ""
                session.add(found)
            if found.state not in ("offered", "accepted"):
                found.state, found.user_id, found.created_at, found.version = "offered", account.id, now, row.version
                found.settled_at, found.settled_by, found.reason = None, None, ""
                session.flush()
                record(session, now, account.id, "offer.make", "draft", draft_id, {"version": row.version})
            return _offer(session, found)

    def offers(self, state: str, limit: int, offset: int) -> list[Offer]:
        """Offers in `state`, oldest first. The caller is an administrator."""
        with self._database.reading() as session:
            rows = session.scalars(
                select(OfferRow)
                .where(OfferRow.state == state)
                .order_by(OfferRow.created_at, OfferRow.id)
                .limit(limit)
                .offset(offset)
            ).all()
            return [_offer(session, row) for row in rows]

    def open_offer(self, offer_id: str) -> Offer:
        """An offer that waits, with the version it offers. Raises NotFound, Conflict."""
        with self._database.reading() as session:
            return _offer(session, _waiting(session, offer_id), with_body=True)

    def settle(self, account: Account, offer_id: str, accepted: bool, reason: str, reports: int = 0) -> Offer:
        """Marks an offer as taken in or declined. Raises NotFound, Conflict, and UnusableInput without a reason."""
        if not accepted and not reason:
            raise UnusableInput("不入库须写明理由。请补充后再提交。", field="reason")
        with self._database.writing() as session:
            row = _waiting(session, offer_id)
            now = self._clock()
            row.state, row.settled_by, row.settled_at = "accepted" if accepted else "declined", account.id, now
            row.reason = reason
            detail = {"version": row.version, "reports": reports}
            record(session, now, account.id, f"offer.{row.state}", "draft", row.draft_id, detail)
            return _offer(session, row)


def _waiting(session: Session, offer_id: str) -> OfferRow:
    row = session.get(OfferRow, offer_id, with_for_update=True) if offer_id.isalnum() else None
    if row is None:
        raise NotFound("没有这条入库推荐。请刷新页面。", offer=offer_id)
    if row.state != "offered":
        raise Conflict("这条入库推荐已经处理过。请刷新页面查看结果。", state=row.state)
    return row


def _offer(session: Session, row: OfferRow, with_body: bool = False) -> Offer:
    draft = session.get_one(DraftRow, row.draft_id)
    names = {user_id: session.get(UserRow, user_id) for user_id in (row.user_id, row.settled_by) if user_id}
    by, settler = names.get(row.user_id), names.get(row.settled_by or "")
    version = session.get_one(VersionRow, (row.draft_id, row.version)) if with_body else None
    return Offer(
        id=row.id,
        draft_id=row.draft_id,
        version=row.version,
        state=row.state,
        by=by.name if by else "",
        at=row.created_at,
        title=draft.title,
        unit=draft.unit,
        genre=draft.genre,
        settled_by=settler.name if settler else None,
        settled_at=row.settled_at,
        reason=row.reason,
        body=json.loads(version.body) if version else {},
    )
