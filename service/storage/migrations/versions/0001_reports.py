"""The shelf of past reports."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates the report tables, the revision counter and the list of changes."""
    _create_reports()
    _create_sections_and_vectors()
    _create_revision()


def _create_reports() -> None:
    op.create_table(
        "corpus_reports",
        sa.Column("report_id", sa.String(64), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("genre", sa.String(32), nullable=False),
        sa.Column("genre_by_person", sa.String(32), nullable=True),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("unit_type", sa.String(32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("first_line", sa.Integer(), nullable=False),
        sa.Column("last_line", sa.Integer(), nullable=False),
        sa.Column("damage", sa.JSON(), nullable=False),
        sa.Column("usable_for", sa.JSON(), nullable=False),
        sa.Column("do_not_imitate", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("duplicate_of", sa.String(64), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("report_id", name="pk_corpus_reports"),
    )
    for column in ("genre", "unit_type", "duplicate_of"):
        op.create_index(f"ix_corpus_reports_{column}", "corpus_reports", [column])


def _create_sections_and_vectors() -> None:
    op.create_table(
        "corpus_sections",
        sa.Column("report_id", sa.String(64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("masked_heading", sa.Text(), nullable=False),
        sa.Column("masked_text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("report_id", "position", name="pk_corpus_sections"),
        sa.ForeignKeyConstraint(
            ["report_id"], ["corpus_reports.report_id"], name="fk_corpus_sections_report_id", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "corpus_vectors",
        sa.Column("encoder", sa.String(128), nullable=False),
        sa.Column("report_id", sa.String(64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("window", sa.Integer(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("encoder", "report_id", "position", "window", name="pk_corpus_vectors"),
        sa.ForeignKeyConstraint(
            ["report_id"], ["corpus_reports.report_id"], name="fk_corpus_vectors_report_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_corpus_vectors_report_id", "corpus_vectors", ["report_id"])


def _create_revision() -> None:
    counter = op.create_table(
        "corpus_revision",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_corpus_revision"),
    )
    op.create_table(
        "corpus_changes",
        sa.Column("revision", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("report_id", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("revision", "report_id", name="pk_corpus_changes"),
    )
    op.bulk_insert(counter, [{"id": 1, "revision": 0}])
