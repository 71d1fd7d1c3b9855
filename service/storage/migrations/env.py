"""Runs the steps inside the transaction that `service.storage.database` opened. Alembic calls this file."""

from __future__ import annotations

from alembic import context

from service.storage.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    # SQLite can roll back table definitions; Alembic does not believe it by default, and a start that is killed
    # between two steps would leave half of one.
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
