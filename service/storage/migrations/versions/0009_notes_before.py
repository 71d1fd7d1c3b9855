"""Notes of a draft as they were before they were changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates the table."""
    op.create_table(
        "draft_notes_before",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=True),
        sa.Column("draft_id", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("notes", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_draft_notes_before"),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name="fk_draft_notes_before_draft_id", ondelete="CASCADE"),
    )
    op.create_index("ix_draft_notes_before_draft_id", "draft_notes_before", ["draft_id"])
