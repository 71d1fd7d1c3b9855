"""Model servers as all processes remember them, and the ledger of what left for them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates both tables."""
    op.create_table(
        "model_servers",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("server", sa.String(400), nullable=False),
        sa.Column("model", sa.String(200), nullable=False),
        sa.Column("form", sa.String(16), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("closed_until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_model_servers"),
    )
    op.create_table(
        "model_requests",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=True),
        sa.Column("server_key", sa.String(64), nullable=False),
        sa.Column("run", sa.String(64), nullable=False),
        sa.Column("purpose", sa.LargeBinary(), nullable=False),
        sa.Column("prompt", sa.String(200), nullable=False),
        sa.Column("form", sa.String(16), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("replaced", sa.LargeBinary(), nullable=False),
        sa.Column("reserved", sa.Integer(), nullable=False),
        sa.Column("prompt_tokens", sa.Integer(), nullable=False),
        sa.Column("completion_tokens", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_model_requests"),
    )
    op.create_index("ix_model_requests_server_at", "model_requests", ["server_key", "at"])
    op.create_index("ix_model_requests_run", "model_requests", ["run", "id"])
