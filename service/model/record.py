"""What is remembered of model servers and of what left for them, as a role: the database keeps it for all processes."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from service.model.role import Form, Usage


@dataclass(frozen=True, slots=True)
class Sent:
    """One request as it leaves: `text` is all of it, private data replaced; `replaced` counts those by kind.

    `run` names the drafting run, `tokens` is what the request may cost at most, by our own count.
    """

    run: str
    purpose: str
    server: str
    model: str
    prompt: str
    form: Form
    text: str
    replaced: Mapping[str, int]
    tokens: int


@dataclass(frozen=True, slots=True)
class Limits:
    """What all processes together may send to one model in any 60 seconds; 0 means no limit."""

    requests_per_minute: int = 0
    tokens_per_minute: int = 0


@dataclass(frozen=True, slots=True)
class Admission:
    """The answer to a request to send: `number` in the ledger, or None and how many seconds to wait before asking
    again. `broken` is True where the wait is for a server that keeps failing."""

    number: int | None
    wait_seconds: float = 0.0
    broken: bool = False


class ModelRecord(Protocol):
    """The shared memory. Safe to call from several threads."""

    def admit(self, sent: Sent, limits: Limits) -> Admission:
        """Writes `sent` into the ledger where limits and the server's health allow it to leave now."""

    def settle(self, number: int, sent: Sent, usage: Usage, outcome: str) -> None:
        """Completes the ledger's entry: `outcome` is `done`, `stopped` or the cause of the failure."""

    def form_of(self, server: str, model: str) -> Form | None:
        """The form of structured answers found to work for this model, None where none was tried."""

    def remember_form(self, server: str, model: str, form: Form | None) -> None:
        """Keeps the form that works; None forgets it."""


@dataclass
class RecordInMemory:
    """The record of one process without a database: admits everything and keeps its ledger in `entries`."""

    entries: list[tuple[Sent, Usage, str]] = field(default_factory=list)
    forms: dict[tuple[str, str], Form] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def admit(self, sent: Sent, limits: Limits) -> Admission:
        """See `ModelRecord`."""
        del limits
        with self._lock:
            self.entries.append((sent, Usage(), "open"))
            return Admission(len(self.entries) - 1)

    def settle(self, number: int, sent: Sent, usage: Usage, outcome: str) -> None:
        """See `ModelRecord`."""
        with self._lock:
            self.entries[number] = (sent, usage, outcome)

    def form_of(self, server: str, model: str) -> Form | None:
        """See `ModelRecord`."""
        return self.forms.get((server, model))

    def remember_form(self, server: str, model: str, form: Form | None) -> None:
        """See `ModelRecord`."""
        with self._lock:
            if form is None:
                self.forms.pop((server, model), None)
            else:
                self.forms[server, model] = form
