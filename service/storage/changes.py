"""The list of changes of the corpus, by which everything derived catches up."""

from __future__ import annotations

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from service.storage.tables import CorpusChangeRow, CorpusRevisionRow


def log_change(session: Session, *report_ids: str) -> None:
    """Says in the transaction of `session` that these reports changed."""
    # The counter stays locked until the commit: on PostgreSQL too no revision becomes visible after a higher one.
    revision = session.scalar(
        update(CorpusRevisionRow)
        .values(revision=CorpusRevisionRow.revision + 1)
        .returning(CorpusRevisionRow.revision)
        .execution_options(synchronize_session=False)
    )
    session.execute(
        insert(CorpusChangeRow), [{"revision": revision, "report_id": report_id} for report_id in report_ids]
    )
