"""Drafts as the store gives them: plain values, cut loose from the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.domain.workspace import DraftState


@dataclass(frozen=True, slots=True)
class NewDraft:
    """What a person asked for, to be stored. `request` holds the plain JSON the drafting run is made from again."""

    genre: str
    unit: str
    period: str
    title: str | None
    notes: str
    request: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DraftSummary:
    """One row of a list of drafts. Times are milliseconds since 1970 UTC; `version` is 0 before the first one."""

    id: str
    owner: str
    owner_unit: str
    genre: str
    unit: str
    period: str
    title: str
    state: DraftState
    version: int
    failure: str | None
    created_at: int
    updated_at: int


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A draft with its notes, kept to the character, and what was asked."""

    summary: DraftSummary
    notes: str
    notes_sha256: str
    request: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """One version, never changed. `body` is the public draft shape, empty where only the list was asked for."""

    number: int
    text: str
    sha256: str
    body: Mapping[str, Any]
    author: str
    reason: str
    created_at: int


@dataclass(frozen=True, slots=True)
class DraftEventRecord:
    """One event of a draft; `body` is its JSON text."""

    number: int
    kind: str
    body: str
    created_at: int


@dataclass(frozen=True, slots=True)
class HeldRun:
    """A run this process holds: what to draft, and how often it was started. `section` None means the whole draft."""

    id: str
    draft_id: str
    section: int | None
    instruction: str | None
    attempts: int
    notes: str
    request: Mapping[str, Any]
    version: int
