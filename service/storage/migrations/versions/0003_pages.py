"""Pages of past reports, and what is known beside a report: level, period, decisions, corrections, its version."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ADDED: tuple[tuple[str, Any, str], ...] = (
    ("level", sa.String(16), "grassroots"),
    ("period", sa.Text(), ""),
    ("decisions", sa.JSON(), "[]"),
    ("corrections", sa.JSON(), "{}"),
    ("restored", sa.JSON(), "[]"),
    ("page_id", sa.String(64), ""),
    ("text_hash", sa.String(64), ""),
    ("understanding", sa.String(64), ""),
    ("edition", sa.Integer(), "0"),
)


def upgrade() -> None:
    """Adds the pages and the columns; corrections that stood in columns of their own move."""
    op.create_table(
        "corpus_pages",
        sa.Column("page_id", sa.String(64), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("dropped", sa.JSON(), nullable=False),
        sa.Column("not_reports", sa.JSON(), nullable=False),
        sa.Column("understanding", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("page_id", name="pk_corpus_pages"),
    )
    for name, kind, empty in _ADDED:
        op.add_column("corpus_reports", sa.Column(name, kind, nullable=False, server_default=empty))
    for name in ("page_id", "text_hash"):
        op.create_index(f"ix_corpus_reports_{name}", "corpus_reports", [name])
    _move_corrections()
    # Dropped one by one: copying the table over, as older SQLite needs it, would empty the tables that hang on it.
    op.drop_column("corpus_reports", "genre_by_person")
    op.drop_column("corpus_reports", "do_not_imitate")


def _move_corrections() -> None:
    connection = op.get_bind()
    connection.execute(sa.text("UPDATE corpus_reports SET text_hash = report_id"))
    rows = connection.execute(
        sa.text(
            "SELECT report_id, genre_by_person, do_not_imitate FROM corpus_reports"
            " WHERE genre_by_person IS NOT NULL OR do_not_imitate"
        )
    ).all()
    at = datetime.now(UTC).isoformat(timespec="seconds")
    for report_id, genre, do_not_imitate in rows:
        said = {"genre": genre} if genre else {}
        said |= {"do_not_imitate": True} if do_not_imitate else {}
        kept = {field: {"value": value, "by": "", "at": at} for field, value in said.items()}
        connection.execute(
            sa.text("UPDATE corpus_reports SET corrections = :kept WHERE report_id = :report_id"),
            {"kept": json.dumps(kept), "report_id": report_id},
        )
