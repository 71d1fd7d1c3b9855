"""Server-sent events of drafts: one question to the database serves all readers of this process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool

from service.storage.draft_values import DraftEventRecord
from service.storage.drafts import DraftStore

# Faster than the eye asks for; one indexed query each time, whoever wrote the events, this process or another.
_LOOK_EVERY_SECONDS = 0.2
BEAT = b": beat\n\n"
# After a cut the browser asks again in this time by itself.
RETRY = b"retry: 2000\n\n"


@dataclass(eq=False, slots=True)
class _Reader:
    draft_id: str
    after: int
    news: asyncio.Event = field(default_factory=asyncio.Event)


class EventHub:
    """Readers of drafts' events in one process."""

    def __init__(self, drafts: DraftStore, heartbeat_seconds: float) -> None:
        self._drafts = drafts
        self._heartbeat = heartbeat_seconds
        self._readers: set[_Reader] = set()
        self._looking: asyncio.Task[None] | None = None

    @property
    def count(self) -> int:
        """Open streams."""
        return len(self._readers)

    async def stream(self, draft_id: str, after: int) -> AsyncIterator[bytes]:
        """The draft's events numbered above `after` as they happen, signs of life between; ends when its run ends."""
        reader = _Reader(draft_id, after)
        self._readers.add(reader)
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())
        try:
            yield RETRY
            while True:
                # Asked before the events are read: a run that ends in between has written its last event by then.
                open_before = await run_in_threadpool(self._drafts.is_open, draft_id)
                reader.news.clear()
                for record in await run_in_threadpool(self._drafts.events, draft_id, reader.after):
                    reader.after = record.number
                    yield frame(record)
                if not open_before:
                    return
                try:
                    await asyncio.wait_for(reader.news.wait(), self._heartbeat)
                except TimeoutError:
                    yield BEAT
        finally:
            self._readers.discard(reader)

    async def _look(self) -> None:
        while self._readers:
            newest = await run_in_threadpool(
                self._drafts.newest_events, sorted({one.draft_id for one in self._readers})
            )
            for reader in self._readers:
                if newest.get(reader.draft_id, 0) > reader.after:
                    reader.news.set()
            await asyncio.sleep(_LOOK_EVERY_SECONDS)


def frame(record: DraftEventRecord) -> bytes:
    """One event as it goes over the wire. Its JSON holds no line break, which would end the field. Pure."""
    return f"id: {record.number}\nevent: {record.kind}\ndata: {record.body}\n\n".encode()
