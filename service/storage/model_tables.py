"""Tables of what is remembered of model servers, and the ledger of what left for them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.tables import Base
from service.storage.workspace_tables import ExactText


class ModelServerRow(Base):
    """One model at one server, shared by all processes: how it gives structured answers, and how it fares."""

    __tablename__ = "model_servers"
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    server: Mapped[str] = mapped_column(String(400))
    model: Mapped[str] = mapped_column(String(200))
    form: Mapped[str | None] = mapped_column(String(16), default=None)
    failures: Mapped[int] = mapped_column(Integer, default=0)
    closed_until: Mapped[int] = mapped_column(BigInteger, default=0)


class ModelRequestRow(Base):
    """The ledger: one request that left, whole, with private data replaced. `replaced` counts those by kind, as JSON.

    `reserved` is what it may cost and what the rate limit counts until the true figures are known.
    """

    __tablename__ = "model_requests"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    server_key: Mapped[str] = mapped_column(String(64))
    run: Mapped[str] = mapped_column(String(64))
    purpose: Mapped[str] = mapped_column(ExactText)
    prompt: Mapped[str] = mapped_column(String(200))
    form: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(ExactText)
    replaced: Mapped[str] = mapped_column(ExactText)
    reserved: Mapped[int] = mapped_column(Integer)
    prompt_tokens: Mapped[int] = mapped_column(Integer, default=0)
    completion_tokens: Mapped[int] = mapped_column(Integer, default=0)
    outcome: Mapped[str] = mapped_column(String(40))
    at: Mapped[int] = mapped_column(BigInteger)
    __table_args__ = (
        Index("ix_model_requests_server_at", "server_key", "at"),
        Index("ix_model_requests_run", "run", "id"),
    )
