"""What all processes together remember of model servers: the ledger, rate limits that hold across them, health.

Permission and ledger are one write: a request that is not in the ledger never left. The row of the server is locked
first, so that two processes cannot both take the last place of a minute.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from service.domain.errors import StorageFailed
from service.storage.clock import now_in_milliseconds
from service.storage.database import Database
from service.storage.model_tables import ModelRequestRow, ModelServerRow
from service.storage.workspace_tables import RunRow

_MINUTE_MS = 60_000
# Failures that say the server itself fares badly; a refusal or a reply that is too long says nothing of that.
_UNHEALTHY = frozenset({"busy", "server", "connection", "cut", "slow", "key", "model"})
_LEDGER_MOST_ROWS = 5_000
# The run under which everything stands that left for an embedding server.
EMBEDDINGS = "embeddings"


@dataclass(frozen=True, slots=True)
class SentRequest:
    """A request as it leaves: `text` is all of it, private data replaced; `tokens` is what it may cost at most."""

    run: str
    purpose: str
    server: str
    model: str
    prompt: str
    form: str
    text: str
    replaced: Mapping[str, int]
    tokens: int


@dataclass(frozen=True, slots=True)
class Admitted:
    """The ledger's number, or None and the wait in seconds; `broken` where the wait is for a server that fails."""

    number: int | None
    wait_seconds: float = 0.0
    broken: bool = False


class ModelRequestStore:
    """The shared memory of model servers. After `failures_to_pause` failures in a row a server is left alone for
    `pause_seconds`; then one request tries it."""

    def __init__(
        self,
        database: Database,
        pause_seconds: float = 30.0,
        failures_to_pause: int = 5,
        clock: Callable[[], int] = now_in_milliseconds,
    ) -> None:
        self._database = database
        self._pause_ms = int(pause_seconds * 1000)
        self._failures_to_pause = failures_to_pause
        self._clock = clock

    def admit(self, sent: SentRequest, requests_per_minute: int, tokens_per_minute: int) -> Admitted:
        """Enters `sent` in the ledger where it may leave now. A limit of 0 is none."""
        try:
            return self._admit(sent, requests_per_minute, tokens_per_minute)
        except StorageFailed as failed:
            # Two processes wrote the first row of a server in the same moment; by now it stands.
            if not isinstance(failed.__cause__, IntegrityError):
                raise
            return self._admit(sent, requests_per_minute, tokens_per_minute)

    def _admit(self, sent: SentRequest, requests_per_minute: int, tokens_per_minute: int) -> Admitted:
        with self._database.writing() as session:
            now = self._clock()
            server = _server(session, sent.server, sent.model)
            if server.failures >= self._failures_to_pause:
                if server.closed_until > now:
                    return Admitted(None, (server.closed_until - now) / 1000, broken=True)
                # One request may try; the others wait for what becomes of it.
                server.closed_until = now + self._pause_ms
            wait = _wait(session, server.key, sent.tokens, requests_per_minute, tokens_per_minute, now)
            if wait > 0:
                return Admitted(None, wait)
            row = ModelRequestRow(
                server_key=server.key,
                run=sent.run[:64],
                purpose=sent.purpose,
                prompt=sent.prompt[:200],
                form=sent.form,
                text=sent.text,
                replaced=json.dumps(dict(sent.replaced), ensure_ascii=False),
                reserved=sent.tokens,
                outcome="open",
                at=now,
            )
            session.add(row)
            session.flush()
            return Admitted(row.id)

    def settle(self, number: int, prompt_tokens: int, completion_tokens: int, outcome: str) -> None:
        """Completes an entry and the health of its server."""
        with self._database.writing() as session:
            row = session.get_one(ModelRequestRow, number)
            row.prompt_tokens, row.completion_tokens, row.outcome = prompt_tokens, completion_tokens, outcome[:40]
            if outcome == "done":
                row.reserved = prompt_tokens + completion_tokens
            if outcome != "done" and outcome not in _UNHEALTHY:
                return
            server = session.get_one(ModelServerRow, row.server_key, with_for_update=True)
            server.failures = 0 if outcome == "done" else server.failures + 1
            if server.failures >= self._failures_to_pause:
                server.closed_until = self._clock() + self._pause_ms

    def form_of(self, server: str, model: str) -> str | None:
        """The form of structured answers that works for this model, None where none is known."""
        with self._database.reading() as session:
            return session.scalar(select(ModelServerRow.form).where(ModelServerRow.key == _key(server, model)))

    def remember_form(self, server: str, model: str, form: str | None) -> None:
        """Keeps the form that works; None forgets it."""
        with self._database.writing() as session:
            _server(session, server, model).form = form

    def ledger(self, run: str) -> list[dict[str, Any]]:
        """What left for models in this run, or in all runs of this draft, oldest first."""
        with self._database.reading() as session:
            runs = session.scalars(select(RunRow.id).where(RunRow.draft_id == run)).all()
            rows = session.execute(
                select(ModelRequestRow, ModelServerRow)
                .join(ModelServerRow, ModelServerRow.key == ModelRequestRow.server_key)
                .where(ModelRequestRow.run.in_([run, *runs]))
                .order_by(ModelRequestRow.id)
                .limit(_LEDGER_MOST_ROWS)
            ).all()
            return [_entry(row, server) for row, server in rows]

    def newest_run(self) -> str | None:
        """The run of the ledger's newest entry for a language model."""
        with self._database.reading() as session:
            wanted = select(ModelRequestRow.run).where(ModelRequestRow.run != EMBEDDINGS)
            return session.scalar(wanted.order_by(ModelRequestRow.id.desc()).limit(1))


def _entry(row: ModelRequestRow, server: ModelServerRow) -> dict[str, Any]:
    return {
        "number": row.id,
        "run": row.run,
        "at": row.at,
        "server": server.server,
        "model": server.model,
        "purpose": row.purpose,
        "prompt": row.prompt,
        "form": row.form,
        "text": row.text,
        "replaced": json.loads(row.replaced),
        "prompt_tokens": row.prompt_tokens,
        "completion_tokens": row.completion_tokens,
        "outcome": row.outcome,
    }


def _wait(session: Session, key: str, tokens: int, requests_limit: int, tokens_limit: int, now: int) -> float:
    """Seconds until a request of `tokens` may leave: what left in the last minute and this one stay within limits."""
    if not requests_limit and not tokens_limit:
        return 0.0
    rows = session.execute(
        select(ModelRequestRow.at, ModelRequestRow.reserved)
        .where(ModelRequestRow.server_key == key, ModelRequestRow.at > now - _MINUTE_MS)
        .order_by(ModelRequestRow.at)
    ).all()
    # A single request above the limit would wait for ever; it may leave alone.
    left_requests = len(rows) + 1 - requests_limit if requests_limit else 0
    left_tokens = sum(reserved for _, reserved in rows) + tokens - tokens_limit if tokens_limit else 0
    wait = 0
    for at, reserved in rows:
        if left_requests <= 0 and left_tokens <= 0:
            break
        wait = at + _MINUTE_MS - now
        left_requests, left_tokens = left_requests - 1, left_tokens - reserved
    return max(wait, 0) / 1000


def _key(server: str, model: str) -> str:
    return hashlib.sha256(f"{server}\n{model}".encode()).hexdigest()


def _server(session: Session, server: str, model: str) -> ModelServerRow:
    """The row of a server, locked; made where it is missing."""
    key = _key(server, model)
    changed = session.execute(
        update(ModelServerRow)
        .where(ModelServerRow.key == key)
        .values(server=server[:400])
        .returning(ModelServerRow.key)
    ).all()
    if not changed:
        session.add(ModelServerRow(key=key, server=server[:400], model=model[:200]))
        session.flush()
    return session.get_one(ModelServerRow, key)
