"""Tables of blind pairs: two drafts of one case by two runs, and what evaluators say of them."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.tables import Base
from service.storage.workspace_tables import ExactText


class PairRow(Base):
    """Two drafts of one case. Which of them stands left is made of `seed`, the pair and the evaluator."""

    __tablename__ = "pairs"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    set_name: Mapped[str] = mapped_column(String(100))
    case_id: Mapped[str] = mapped_column(String(200))
    first_run: Mapped[str] = mapped_column(String(200))
    second_run: Mapped[str] = mapped_column(String(200))
    notes: Mapped[str] = mapped_column(ExactText)
    first_text: Mapped[str] = mapped_column(ExactText)
    second_text: Mapped[str] = mapped_column(ExactText)
    seed: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[int] = mapped_column(BigInteger)
    __table_args__ = (UniqueConstraint("set_name", "case_id", "first_run", "second_run", name="uq_pairs_set"),)


class PairScoreRow(Base):
    """One evaluator's scores of a pair, 1 to 5 each; a later word replaces the earlier one."""

    __tablename__ = "pair_scores"
    pair_id: Mapped[str] = mapped_column(ForeignKey("pairs.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), primary_key=True)
    first_score: Mapped[int] = mapped_column(Integer)
    second_score: Mapped[int] = mapped_column(Integer)
    tags: Mapped[str] = mapped_column(ExactText)
    remark: Mapped[str] = mapped_column(ExactText)
    at: Mapped[int] = mapped_column(BigInteger)
