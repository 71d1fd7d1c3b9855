"""Tables of accounts, drafts, versions, events and runs.

Times are whole milliseconds since 1970 UTC: SQLite forgets time zones, and two databases must sort alike.
Secrets (links, sessions, tokens) are stored as SHA-256 only, so a copy of the database signs nobody in.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

from service.storage.tables import Base


class ExactText(TypeDecorator[str]):
    """Text kept to the code point as UTF-8 bytes. PostgreSQL's own text refuses U+0000, which a paste may hold."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """The bytes to store."""
        return None if value is None else value.encode("utf-8")

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """The text as it was given."""
        return None if value is None else bytes(value).decode("utf-8")


class UnitRow(Base):
    """A unit that writes reports. A closed one takes no new people; its drafts stay."""

    __tablename__ = "units"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    created_at: Mapped[int] = mapped_column(BigInteger)
    closed_at: Mapped[int | None] = mapped_column(BigInteger, default=None)


class MemberRow(Base):
    """Which units a person works for (staff: one) or reviews (editors: several), in order."""

    __tablename__ = "unit_members"
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), primary_key=True)
    unit_id: Mapped[str] = mapped_column(ForeignKey("units.id"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(Integer)


class UserRow(Base):
    """A person. `subject` is who they are at the single sign-on, where they came by it."""

    __tablename__ = "users"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    role: Mapped[str] = mapped_column(String(16))
    subject: Mapped[str | None] = mapped_column(String(500), unique=True, default=None)
    password_hash: Mapped[str | None] = mapped_column(String(400), default=None)
    created_at: Mapped[int] = mapped_column(BigInteger)
    disabled_at: Mapped[int | None] = mapped_column(BigInteger, default=None)
    units: Mapped[list[UnitRow]] = relationship(
        secondary="unit_members", order_by="MemberRow.position", lazy="selectin", viewonly=True
    )


class SignInLinkRow(Base):
    """A one-time link: dead once used or expired."""

    __tablename__ = "sign_in_links"
    secret_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    expires_at: Mapped[int] = mapped_column(BigInteger)
    used_at: Mapped[int | None] = mapped_column(BigInteger, default=None)


class SessionRow(Base):
    """A signed-in browser. `csrf` is what its writes must repeat."""

    __tablename__ = "sessions"
    secret_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    csrf: Mapped[str] = mapped_column(String(64))
    address: Mapped[str] = mapped_column(String(64), default="")
    agent: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[int] = mapped_column(BigInteger)
    expires_at: Mapped[int] = mapped_column(BigInteger)


class TokenRow(Base):
    """A bearer token of a script; `scope` is read, write or all."""

    __tablename__ = "tokens"
    secret_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    created_at: Mapped[int] = mapped_column(BigInteger)
    expires_at: Mapped[int] = mapped_column(BigInteger)
    revoked_at: Mapped[int | None] = mapped_column(BigInteger, default=None)
    scope: Mapped[str] = mapped_column(String(8), default="all")
    name: Mapped[str] = mapped_column(String(100), default="")


class FailedSignInRow(Base):
    """One failed sign-in, counted by name and by address; shared by all processes, so throttling is too."""

    __tablename__ = "failed_sign_ins"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[int] = mapped_column(BigInteger)
    __table_args__ = (Index("ix_failed_sign_ins_key_at", "key", "at"),)


class DraftRow(Base):
    """One draft: what was asked, by whom, and where it stands. `request` is the JSON of the drafting request.

    `chars`, `red` and `yellow` repeat what the newest version and its decisions say, so that a queue of thousands can
    be sorted by them. `claimed_by` is the editor who holds it.
    """

    __tablename__ = "drafts"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    owner_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    owner_unit: Mapped[str] = mapped_column(String(400))
    genre: Mapped[str] = mapped_column(String(32))
    unit: Mapped[str] = mapped_column(String(400))
    period: Mapped[str] = mapped_column(String(100))
    title: Mapped[str] = mapped_column(ExactText)
    notes: Mapped[str] = mapped_column(ExactText)
    notes_sha256: Mapped[str] = mapped_column(String(64))
    request: Mapped[str] = mapped_column(ExactText)
    state: Mapped[str] = mapped_column(String(16))
    version: Mapped[int] = mapped_column(Integer, default=0)
    failure: Mapped[str | None] = mapped_column(ExactText, default=None)
    chars: Mapped[int] = mapped_column(Integer, default=0)
    red: Mapped[int] = mapped_column(Integer, default=0)
    yellow: Mapped[int] = mapped_column(Integer, default=0)
    hand_in_note: Mapped[str | None] = mapped_column(ExactText, default=None)
    submitted_at: Mapped[int | None] = mapped_column(BigInteger, default=None)
    claimed_by: Mapped[str | None] = mapped_column(String(32), default=None)
    claimed_at: Mapped[int | None] = mapped_column(BigInteger, default=None)
    idempotency_key: Mapped[str | None] = mapped_column(String(200), default=None)
    created_at: Mapped[int] = mapped_column(BigInteger)
    updated_at: Mapped[int] = mapped_column(BigInteger)
    __table_args__ = (
        UniqueConstraint("owner_id", "idempotency_key", name="uq_drafts_owner_key"),
        Index("ix_drafts_owner_unit_updated", "owner_unit", "updated_at"),
        Index("ix_drafts_updated", "updated_at"),
        Index("ix_drafts_state_submitted", "state", "submitted_at"),
    )


class VersionRow(Base):
    """One version of a draft, never changed. `body` is the public draft shape; `sha256` is of `text`."""

    __tablename__ = "draft_versions"
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    text: Mapped[str] = mapped_column(ExactText)
    sha256: Mapped[str] = mapped_column(String(64))
    body: Mapped[str] = mapped_column(ExactText)
    author: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(ExactText)
    created_at: Mapped[int] = mapped_column(BigInteger)


class EventRow(Base):
    """One thing that happened to a draft, numbered from 1 within it, so a reader can resume after any of them."""

    __tablename__ = "draft_events"
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    body: Mapped[str] = mapped_column(ExactText)
    created_at: Mapped[int] = mapped_column(BigInteger)


class RunRow(Base):
    """One drafting run. A running one belongs to `holder` until `held_until`; then any process may take it over."""

    __tablename__ = "runs"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id"), index=True)
    section: Mapped[int | None] = mapped_column(Integer, default=None)
    instruction: Mapped[str | None] = mapped_column(ExactText, default=None)
    state: Mapped[str] = mapped_column(String(16))
    holder: Mapped[str | None] = mapped_column(String(200), default=None)
    held_until: Mapped[int] = mapped_column(BigInteger, default=0)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    cancel_requested: Mapped[int] = mapped_column(Integer, default=0)
    created_at: Mapped[int] = mapped_column(BigInteger)
    finished_at: Mapped[int | None] = mapped_column(BigInteger, default=None)
    __table_args__ = (Index("ix_runs_state_created", "state", "created_at"),)


class RunStepRow(Base):
    """What a finished step of a run gave, so a run that starts again does not pay for it twice."""

    __tablename__ = "run_steps"
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(100), primary_key=True)
    body: Mapped[str] = mapped_column(ExactText)


class ReviewRow(Base):
    """An editor's verdict on one version: its decisions as JSON, the outcome, the reason."""

    __tablename__ = "reviews"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id"), index=True)
    version: Mapped[int] = mapped_column(Integer)
    reviewer_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    outcome: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(ExactText)
    decisions: Mapped[str] = mapped_column(ExactText)
    created_at: Mapped[int] = mapped_column(BigInteger)
