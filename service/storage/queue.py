"""The queue of editors: drafts handed in, filtered, counted and paged by the database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from service.domain.account import Account
from service.domain.workspace import DraftState
from service.storage.database import Database
from service.storage.reach import within_reach
from service.storage.review_values import QueueFilter, QueueRow
from service.storage.workspace_tables import DraftRow, UserRow

_Editor = aliased(UserRow)
_ORDERS: dict[str, tuple[Any, ...]] = {
    # Who waits longest comes first: oldest hand-in.
    "waiting": (DraftRow.submitted_at.asc(), DraftRow.id),
    "newest": (DraftRow.updated_at.desc(), DraftRow.id),
    "red": (DraftRow.red.desc(), DraftRow.submitted_at.asc(), DraftRow.id),
    "chars": (DraftRow.chars.desc(), DraftRow.id),
    "unit": (DraftRow.owner_unit.asc(), DraftRow.submitted_at.asc(), DraftRow.id),
}
ORDERS = tuple(_ORDERS)


class QueueStore:
    """Reads the queue; only drafts within the person's reach, only columns a list shows."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(
        self, account: Account, wanted: QueueFilter, order: str, limit: int, offset: int
    ) -> tuple[int, list[QueueRow]]:
        """How many drafts match, and one page of them in `order`, one of ORDERS."""
        conditions = _conditions(account, wanted)
        columns = (
            DraftRow.id,
            DraftRow.title,
            DraftRow.genre,
            DraftRow.unit,
            DraftRow.owner_unit,
            DraftRow.period,
            DraftRow.state,
            DraftRow.version,
            DraftRow.chars,
            DraftRow.red,
            DraftRow.yellow,
            DraftRow.submitted_at,
            DraftRow.updated_at,
            DraftRow.claimed_at,
            UserRow.name.label("owner"),
            _Editor.name.label("editor"),
        )
        with self._database.reading() as session:
            joined = _joined(select(*columns)).where(*conditions)
            total = session.scalar(_joined(select(func.count())).where(*conditions)) or 0
            rows = session.execute(joined.order_by(*_ORDERS[order]).limit(limit).offset(offset)).mappings()
            return total, [QueueRow(**{**row, "state": DraftState(row["state"])}) for row in rows]

    def counts(self, account: Account) -> dict[DraftState, int]:
        """How many drafts within reach are in each state."""
        with self._database.reading() as session:
            rows = session.execute(
                select(DraftRow.state, func.count()).where(within_reach(account)).group_by(DraftRow.state)
            )
            return {DraftState(state): int(count) for state, count in rows}


def _joined(wanted: Any) -> Any:
    return (
        wanted.select_from(DraftRow)
        .join(UserRow, UserRow.id == DraftRow.owner_id)
        .outerjoin(_Editor, _Editor.id == DraftRow.claimed_by)
    )


def _conditions(account: Account, wanted: QueueFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [within_reach(account)]
    if wanted.states:
        found.append(DraftRow.state.in_([one.value for one in wanted.states]))
    if wanted.unit:
        found.append(DraftRow.owner_unit == wanted.unit)
    if wanted.genre:
        found.append(DraftRow.genre == wanted.genre)
    if wanted.person:
        found.append((UserRow.name == wanted.person) | (_Editor.name == wanted.person))
    if wanted.claimed_by:
        found.append(DraftRow.claimed_by == wanted.claimed_by)
    if wanted.red is not None:
        found.append(DraftRow.red > 0 if wanted.red else DraftRow.red == 0)
    return found
