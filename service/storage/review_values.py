"""What the review stores give: plain values, cut loose from the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from service.domain.anchor import Anchor
from service.domain.review import DecisionKind
from service.domain.workspace import DraftState


@dataclass(frozen=True, slots=True)
class Review:
    """An editor's verdict to store: `outcome` is APPROVED or RETURNED."""

    outcome: DraftState
    reason: str
    decisions: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class NewDecision:
    """What an editor decides of the finding at `start`–`end` of a version. `body` is the next version, where the
    decision is to change the text to `replacement`."""

    start: int
    end: int
    kind: DecisionKind
    reason: str = ""
    source: str = ""
    replacement: str | None = None
    body: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which drafts of the queue: None or "" for all. `person` is the author's or the holding editor's name."""

    states: tuple[DraftState, ...] = ()
    unit: str = ""
    genre: str = ""
    person: str = ""
    claimed_by: str = ""
    red: bool | None = None


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One draft in the queue. Times are milliseconds since 1970 UTC."""

    id: str
    title: str
    genre: str
    unit: str
    owner_unit: str
    period: str
    owner: str
    state: DraftState
    version: int
    chars: int
    red: int
    yellow: int
    submitted_at: int | None
    updated_at: int
    editor: str | None
    claimed_at: int | None


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark, or an answer in a thread. `anchor` None: about the whole draft."""

    id: str
    thread_id: str | None
    version: int
    anchor: Anchor | None
    text: str
    by: str
    at: int
    resolved_at: int | None
    resolved_by: str | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Other words for a passage: `state` is open, accepted, rejected or withdrawn."""

    id: str
    version: int
    anchor: Anchor
    replacement: str
    reason: str
    by: str
    at: int
    state: str
    settled_by: str | None
    settled_at: int | None
    settled_reason: str
    made_version: int | None


@dataclass(frozen=True, slots=True)
class Offer:
    """An approved version offered to the corpus."""

    id: str
    draft_id: str
    version: int
    state: str
    by: str
    at: int
    title: str = ""
    unit: str = ""
    genre: str = ""
    settled_by: str | None = None
    settled_at: int | None = None
    reason: str = ""
    body: Mapping[str, Any] = field(default_factory=dict)
