"""Tables of the review: decisions, comments, suggestions, offers to the corpus; and the audit log.

A place in a draft is stored as its anchor (service/domain/anchor.py), never as an offset alone.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.tables import Base
from service.storage.workspace_tables import ExactText


class DecisionRow(Base):
    """What an editor decided of a finding. Never changed but for `undone_*`: an undone one stays as history."""

    __tablename__ = "decisions"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id"), index=True)
    version: Mapped[int] = mapped_column(Integer)
    anchor: Mapped[str] = mapped_column(ExactText)
    rule: Mapped[str] = mapped_column(String(40))
    verdict: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(ExactText)
    source: Mapped[str] = mapped_column(ExactText)
    replacement: Mapped[str | None] = mapped_column(ExactText, default=None)
    made_version: Mapped[int | None] = mapped_column(Integer, default=None)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[int] = mapped_column(BigInteger)
    undone_at: Mapped[int | None] = mapped_column(BigInteger, default=None)
    undone_by: Mapped[str | None] = mapped_column(ForeignKey("users.id"), default=None)


class CommentRow(Base):
    """A remark on a passage (`anchor`) or on the whole draft (none), or an answer to one (`thread_id`)."""

    __tablename__ = "comments"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id"), index=True)
    thread_id: Mapped[str | None] = mapped_column(ForeignKey("comments.id"), default=None)
    version: Mapped[int] = mapped_column(Integer)
    anchor: Mapped[str | None] = mapped_column(ExactText, default=None)
    text: Mapped[str] = mapped_column(ExactText)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[int] = mapped_column(BigInteger)
    resolved_at: Mapped[int | None] = mapped_column(BigInteger, default=None)
    resolved_by: Mapped[str | None] = mapped_column(ForeignKey("users.id"), default=None)


class SuggestionRow(Base):
    """Other words for a passage: open, accepted (then `made_version` holds them) or rejected."""

    __tablename__ = "suggestions"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id"), index=True)
    version: Mapped[int] = mapped_column(Integer)
    anchor: Mapped[str] = mapped_column(ExactText)
    replacement: Mapped[str] = mapped_column(ExactText)
    reason: Mapped[str] = mapped_column(ExactText)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(12))
    settled_at: Mapped[int | None] = mapped_column(BigInteger, default=None)
    settled_by: Mapped[str | None] = mapped_column(ForeignKey("users.id"), default=None)
    settled_reason: Mapped[str] = mapped_column(ExactText, default="")
    made_version: Mapped[int | None] = mapped_column(Integer, default=None)


class OfferRow(Base):
    """An approved version offered to the corpus by an editor: offered, accepted or declined by an administrator."""

    __tablename__ = "offers"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id"), unique=True)
    version: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(12))
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[int] = mapped_column(BigInteger)
    settled_by: Mapped[str | None] = mapped_column(ForeignKey("users.id"), default=None)
    settled_at: Mapped[int | None] = mapped_column(BigInteger, default=None)
    reason: Mapped[str] = mapped_column(ExactText, default="")
    __table_args__ = (Index("ix_offers_state_created", "state", "created_at"),)


class AuditRow(Base):
    """One thing somebody did. `hash` covers the row and the hash before it. `detail` holds hashes, never texts."""

    __tablename__ = "audit"
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[int] = mapped_column(BigInteger)
    actor_id: Mapped[str] = mapped_column(String(32))
    action: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(64))
    detail: Mapped[str] = mapped_column(ExactText)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
    __table_args__ = (
        Index("ix_audit_subject", "subject", "seq"),
        Index("ix_audit_actor_id", "actor_id", "seq"),
        Index("ix_audit_at", "at"),
    )


class AuditHeadRow(Base):
    """The end of the audit log: one row that every writer takes, so that the chain never forks and a cut shows."""

    __tablename__ = "audit_head"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str] = mapped_column(String(64))
