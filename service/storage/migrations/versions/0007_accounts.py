"""Units as a table with their people, scoped tokens, where sessions come from, single sign-on, blind pairs."""

from __future__ import annotations

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes units of the names that people's accounts held, and creates the tables of blind pairs."""
    _create_units()
    _extend_proofs()
    _create_pairs()


def _create_units() -> None:
    op.create_table(
        "units",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_units"),
        sa.UniqueConstraint("name", name="uq_units_name"),
    )
    op.create_table(
        "unit_members",
        sa.Column("user_id", sa.String(32), nullable=False),
        sa.Column("unit_id", sa.String(32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "unit_id", name="pk_unit_members"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_unit_members_user_id"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_unit_members_unit_id"),
    )
    op.create_index("ix_unit_members_unit_id", "unit_members", ["unit_id"])
    _move_names()
    op.drop_column("users", "unit")
    op.add_column("users", sa.Column("subject", sa.String(500), nullable=True))
    op.create_index("ix_users_subject", "users", ["subject"], unique=True)


def _move_names() -> None:
    connection = op.get_bind()
    ids: dict[str, str] = {}
    for user_id, names, created_at in connection.execute(sa.text("SELECT id, unit, created_at FROM users")).all():
        own = list(dict.fromkeys(one.strip()[:200] for one in names.split("、") if one.strip()))
        for position, name in enumerate(own):
            if name not in ids:
                ids[name] = uuid4().hex
                connection.execute(
                    sa.text("INSERT INTO units (id, name, created_at) VALUES (:id, :name, :at)"),
                    {"id": ids[name], "name": name, "at": created_at},
                )
            connection.execute(
                sa.text("INSERT INTO unit_members (user_id, unit_id, position) VALUES (:user, :unit, :position)"),
                {"user": user_id, "unit": ids[name], "position": position},
            )


def _extend_proofs() -> None:
    op.add_column("sessions", sa.Column("address", sa.String(64), nullable=False, server_default=""))
    op.add_column("sessions", sa.Column("agent", sa.String(300), nullable=False, server_default=""))
    op.add_column("tokens", sa.Column("scope", sa.String(8), nullable=False, server_default="all"))
    op.add_column("tokens", sa.Column("name", sa.String(100), nullable=False, server_default=""))


def _create_pairs() -> None:
    op.create_table(
        "pairs",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("set_name", sa.String(100), nullable=False),
        sa.Column("case_id", sa.String(200), nullable=False),
        sa.Column("first_run", sa.String(200), nullable=False),
        sa.Column("second_run", sa.String(200), nullable=False),
        sa.Column("notes", sa.LargeBinary(), nullable=False),
        sa.Column("first_text", sa.LargeBinary(), nullable=False),
        sa.Column("second_text", sa.LargeBinary(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pairs"),
        sa.UniqueConstraint("set_name", "case_id", "first_run", "second_run", name="uq_pairs_set"),
    )
    op.create_table(
        "pair_scores",
        sa.Column("pair_id", sa.String(32), nullable=False),
        sa.Column("user_id", sa.String(32), nullable=False),
        sa.Column("first_score", sa.Integer(), nullable=False),
        sa.Column("second_score", sa.Integer(), nullable=False),
        sa.Column("tags", sa.LargeBinary(), nullable=False),
        sa.Column("remark", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("pair_id", "user_id", name="pk_pair_scores"),
        sa.ForeignKeyConstraint(["pair_id"], ["pairs.id"], name="fk_pair_scores_pair_id"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_pair_scores_user_id"),
    )
