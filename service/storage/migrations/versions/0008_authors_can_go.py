"""The name of a version's author may be taken out when a person is deleted; the rest of it never changes."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_NAME = "draft_versions_refuses_update"
_FIXED = "draft_id, number, text, sha256, body, reason, created_at"


def upgrade() -> None:
    """Narrows the rule of draft_versions to what must never change."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"DROP TRIGGER {_NAME}")
        op.execute(
            f"CREATE TRIGGER {_NAME} BEFORE UPDATE OF {_FIXED} ON draft_versions "
            "BEGIN SELECT RAISE(ABORT, 'draft_versions refuses UPDATE'); END"
        )
        return
    op.execute(f"DROP TRIGGER {_NAME} ON draft_versions")
    op.execute(
        f"CREATE TRIGGER {_NAME} BEFORE UPDATE OF {_FIXED} ON draft_versions FOR EACH ROW EXECUTE FUNCTION {_NAME}()"
    )
