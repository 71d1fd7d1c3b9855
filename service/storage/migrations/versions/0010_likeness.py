"""Marks and twins of past reports, by which an ingest finds copies without reading every report; what reading a file
left out of its page."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates both tables and the column. Reports that stand there already get their marks at the next ingest."""
    op.create_table(
        "corpus_marks",
        sa.Column("mark", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("report_id", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("mark", "report_id", name="pk_corpus_marks"),
        sa.ForeignKeyConstraint(
            ["report_id"], ["corpus_reports.report_id"], name="fk_corpus_marks_report_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_corpus_marks_report_id", "corpus_marks", ["report_id"])
    op.create_table(
        "corpus_twins",
        sa.Column("first", sa.String(64), nullable=False),
        sa.Column("second", sa.String(64), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("first", "second", name="pk_corpus_twins"),
        sa.ForeignKeyConstraint(
            ["first"], ["corpus_reports.report_id"], name="fk_corpus_twins_first", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["second"], ["corpus_reports.report_id"], name="fk_corpus_twins_second", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_corpus_twins_second", "corpus_twins", ["second"])
    op.add_column("corpus_pages", sa.Column("left_out", sa.JSON(), nullable=False, server_default="[]"))
