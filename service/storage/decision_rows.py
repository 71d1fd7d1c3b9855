"""Decisions as rows and as values."""

from __future__ import annotations

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.anchor import Anchor
from service.domain.review import Decision, DecisionKind
from service.storage.review_tables import DecisionRow
from service.storage.workspace_tables import UserRow


def anchor_text(anchor: Anchor) -> str:
    """The anchor as it is stored. Pure."""
    return json.dumps(anchor.to_json(), ensure_ascii=False)


def anchor_from(text: str) -> Anchor:
    """The anchor that was stored. Pure."""
    return Anchor(**json.loads(text))


def standing_decisions(session: Session, draft_id: str) -> list[Decision]:
    """The decisions on a draft that were not undone, oldest first."""
    rows = session.execute(
        select(DecisionRow, UserRow.name)
        .join(UserRow, UserRow.id == DecisionRow.user_id)
        .where(DecisionRow.draft_id == draft_id, DecisionRow.undone_at.is_(None))
        .order_by(DecisionRow.created_at, DecisionRow.id)
    )
    return [decision_of(row, name) for row, name in rows]


def decision_of(row: DecisionRow, by: str) -> Decision:
    """The row as a value. Pure."""
    return Decision(
        id=row.id,
        anchor=anchor_from(row.anchor),
        rule=row.rule,
        verdict=row.verdict,
        kind=DecisionKind(row.kind),
        reason=row.reason,
        source=row.source,
        by=by,
        at=row.created_at,
        version=row.version,
        replacement=row.replacement,
        made_version=row.made_version,
    )
