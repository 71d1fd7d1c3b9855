"""What people are in the middle of: notes not yet handed in, an edit not yet stored as a version. Each sees their own.

A working copy is no version: it is written over every few seconds and goes once its text has been stored for good.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import BigInteger, ForeignKey, String, delete
from sqlalchemy.orm import Mapped, mapped_column

from service.domain.account import Account
from service.domain.errors import NotSignedIn
from service.storage.clock import now_in_milliseconds
from service.storage.database import Database
from service.storage.tables import Base
from service.storage.workspace_tables import ExactText, UserRow

# Notes may hold personal data: what nobody came back to in a month is not kept for ever.
_KEPT_MS = 30 * 24 * 3600 * 1000


class WorkingCopyRow(Base):
    """What one person is typing in one place: "new" for notes of a draft to be, else a draft's id."""

    __tablename__ = "working_copies"
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), primary_key=True)
    place: Mapped[str] = mapped_column(String(32), primary_key=True)
    body: Mapped[str] = mapped_column(ExactText)
    saved_at: Mapped[int] = mapped_column(BigInteger)


@dataclass(frozen=True, slots=True)
class WorkingCopy:
    """The JSON text that was kept, and when in milliseconds."""

    body: str
    saved_at: int


class WorkingCopyStore:
    """Working copies by person and place."""

    def __init__(self, database: Database, clock: Callable[[], int] = now_in_milliseconds) -> None:
        self._database = database
        self._clock = clock

    def get(self, account: Account, place: str) -> WorkingCopy | None:
        """What this person keeps in `place`, or None."""
        with self._database.reading() as session:
            row = session.get(WorkingCopyRow, (account.id, place))
            return WorkingCopy(row.body, row.saved_at) if row else None

    def put(self, account: Account, place: str, body: str) -> int:
        """Keeps `body` in `place` over what stood there; when, in milliseconds. Raises NotSignedIn for an account that
        is closed or gone."""
        now = self._clock()
        with self._database.writing() as session:
            # The row is held, so that a person who is being deleted leaves nothing behind by a save that came late.
            person = session.get(UserRow, account.id, with_for_update=True)
            if person is None or person.disabled_at is not None:
                raise NotSignedIn("这个账号已停用或删除，没有保存。请联系管理员。")
            session.execute(delete(WorkingCopyRow).where(WorkingCopyRow.saved_at < now - _KEPT_MS))
            session.merge(WorkingCopyRow(user_id=account.id, place=place, body=body, saved_at=now))
        return now

    def remove(self, account: Account, place: str) -> None:
        """Keeps nothing in `place` any more."""
        with self._database.writing() as session:
            session.execute(
                delete(WorkingCopyRow).where(WorkingCopyRow.user_id == account.id, WorkingCopyRow.place == place)
            )
