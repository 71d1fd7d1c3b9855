"""The review: claims, decisions, comments, suggestions, offers; the audit log; versions that cannot be changed."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# What may never change once written. Rows of versions may be deleted with their draft, those of the log may not.
_NEVER_CHANGED = ("draft_versions", "audit")
_NEVER_DELETED = ("audit",)


def upgrade() -> None:
    """Adds to drafts what a queue shows, and creates the tables of the review and the log."""
    _extend_drafts()
    _create_decisions()
    _create_discussion()
    _create_offers()
    _create_audit()
    for table in _NEVER_CHANGED:
        forbid(table, "UPDATE")
    for table in _NEVER_DELETED:
        forbid(table, "DELETE")


def forbid(table: str, operation: str) -> None:
    """Lets the database itself refuse `operation` on `table`."""
    name = f"{table}_refuses_{operation.lower()}"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {operation} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} refuses {operation}'); END"
        )
        return
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} refuses {operation}'; END $$"
    )
    op.execute(f"CREATE TRIGGER {name} BEFORE {operation} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def _extend_drafts() -> None:
    for name in ("chars", "red", "yellow"):
        op.add_column("drafts", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.add_column("drafts", sa.Column("hand_in_note", sa.LargeBinary(), nullable=True))
    op.add_column("drafts", sa.Column("submitted_at", sa.BigInteger(), nullable=True))
    op.add_column("drafts", sa.Column("claimed_by", sa.String(32), nullable=True))
    op.add_column("drafts", sa.Column("claimed_at", sa.BigInteger(), nullable=True))
    op.create_index("ix_drafts_state_submitted", "drafts", ["state", "submitted_at"])
    connection = op.get_bind()
    newest = sa.text(
        "SELECT d.id, v.body FROM drafts d JOIN draft_versions v ON v.draft_id = d.id AND v.number = d.version"
    )
    change = sa.text("UPDATE drafts SET chars = :chars, red = :red, yellow = :yellow WHERE id = :id")
    for draft_id, stored in connection.execute(newest).all():
        body = json.loads(bytes(stored))
        bands = [one["band"] for one in body.get("check", {}).get("findings", [])]
        red = bands.count("block")
        found = {"chars": len(body["text"]), "red": red, "yellow": len(bands) - red, "id": draft_id}
        connection.execute(change, found)
    connection.execute(sa.text("UPDATE drafts SET submitted_at = updated_at WHERE state = 'submitted'"))


def _draft_column() -> sa.Column[str]:
    return sa.Column("draft_id", sa.String(32), nullable=False)


def _references(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    return [sa.ForeignKeyConstraint([name], [to], name=f"fk_{table}_{name}") for name, to in columns.items()]


def _create_decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", sa.String(32), nullable=False),
        _draft_column(),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("anchor", sa.LargeBinary(), nullable=False),
        sa.Column("rule", sa.String(40), nullable=False),
        sa.Column("verdict", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("source", sa.LargeBinary(), nullable=False),
        sa.Column("replacement", sa.LargeBinary(), nullable=True),
        sa.Column("made_version", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.String(32), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.Column("undone_by", sa.String(32), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
        *_references("decisions", draft_id="drafts.id", user_id="users.id", undone_by="users.id"),
    )
    op.create_index("ix_decisions_draft_id", "decisions", ["draft_id"])


def _create_discussion() -> None:
    op.create_table(
        "comments",
        sa.Column("id", sa.String(32), nullable=False),
        _draft_column(),
        sa.Column("thread_id", sa.String(32), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("anchor", sa.LargeBinary(), nullable=True),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("user_id", sa.String(32), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("resolved_at", sa.BigInteger(), nullable=True),
        sa.Column("resolved_by", sa.String(32), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_comments"),
        *_references(
            "comments", draft_id="drafts.id", thread_id="comments.id", user_id="users.id", resolved_by="users.id"
        ),
    )
    op.create_index("ix_comments_draft_id", "comments", ["draft_id"])
    op.create_table(
        "suggestions",
        sa.Column("id", sa.String(32), nullable=False),
        _draft_column(),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("anchor", sa.LargeBinary(), nullable=False),
        sa.Column("replacement", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("user_id", sa.String(32), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column("settled_by", sa.String(32), nullable=True),
        sa.Column("settled_reason", sa.LargeBinary(), nullable=False),
        sa.Column("made_version", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_suggestions"),
        *_references("suggestions", draft_id="drafts.id", user_id="users.id", settled_by="users.id"),
    )
    op.create_index("ix_suggestions_draft_id", "suggestions", ["draft_id"])


def _create_offers() -> None:
    op.create_table(
        "offers",
        sa.Column("id", sa.String(32), nullable=False),
        _draft_column(),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("user_id", sa.String(32), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("settled_by", sa.String(32), nullable=True),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_offers"),
        sa.UniqueConstraint("draft_id", name="uq_offers_draft_id"),
        *_references("offers", draft_id="drafts.id", user_id="users.id", settled_by="users.id"),
    )
    op.create_index("ix_offers_state_created", "offers", ["state", "created_at"])


def _create_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("seq", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor_id", sa.String(32), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("subject", sa.String(64), nullable=False),
        sa.Column("detail", sa.LargeBinary(), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_audit"),
    )
    op.create_index("ix_audit_subject", "audit", ["subject", "seq"])
    op.create_index("ix_audit_actor_id", "audit", ["actor_id", "seq"])
    op.create_index("ix_audit_at", "audit", ["at"])
    head = op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_head"),
    )
    op.bulk_insert(head, [{"id": 1, "seq": 0, "hash": "0" * 64}])
