"""What people are in the middle of typing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates the table of working copies."""
    op.create_table(
        "working_copies",
        sa.Column("user_id", sa.String(32), nullable=False),
        sa.Column("place", sa.String(32), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "place", name="pk_working_copies"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_working_copies_user_id"),
    )
