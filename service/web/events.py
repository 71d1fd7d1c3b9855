"""Server-sent events of drafts. However many readers a process has, the database is asked once for all of them."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool

from service.domain.errors import StorageFailed
from service.storage.draft_values import DraftEventRecord
from service.storage.drafts import DraftStore

log = logging.getLogger(__name__)

# Faster than the eye asks for; a few indexed queries each time, whoever wrote the events, this process or another.
_LOOK_EVERY_SECONDS = 0.2
# Ten drafts at once tell of news a hundred times a second; readers see no difference, and the pages get the time.
_LOOK_AT_MOST_EVERY_SECONDS = 0.03
BEAT = b": beat\n\n"
# After a cut the browser asks again in this time by itself.
RETRY = b"retry: 2000\n\n"


@dataclass(eq=False, slots=True)
class _Reader:
    """One open stream: the frames that wait for it, and whether its draft's run has ended."""

    after: int
    waiting: deque[tuple[int, bytes]] = field(default_factory=deque)
    ended: bool = False
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def take(self) -> bytes:
        """All that waits and was not sent yet, as one piece: each piece costs as much as its bytes."""
        frames = []
        while self.waiting:
            number, words = self.waiting.popleft()
            if number > self.after:
                self.after = number
                frames.append(words)
        return b"".join(frames)


@dataclass(slots=True)
class _Watched:
    """A draft that somebody reads: the last event passed on, and its readers."""

    last: int
    readers: set[_Reader] = field(default_factory=set)


class EventHub:
    """Readers of drafts' events in one process."""

    def __init__(self, drafts: DraftStore, heartbeat_seconds: float) -> None:
        self._drafts = drafts
        self._heartbeat = heartbeat_seconds
        self._watched: dict[str, _Watched] = {}
        self._looking: asyncio.Task[None] | None = None
        self._closing = False
        self._news: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def news_from_thread(self) -> None:
        """Says from any thread of this process that events were written, so that they are passed on at once."""
        loop, news = self._loop, self._news
        if loop is not None and news is not None and not loop.is_closed():
            loop.call_soon_threadsafe(news.set)

    @property
    def count(self) -> int:
        """Open streams."""
        return sum(len(one.readers) for one in self._watched.values())

    def end_all(self) -> None:
        """Ends every stream; browsers ask again in two seconds, by then of the next process. Called on the loop."""
        self._closing = True
        for watched in self._watched.values():
            for reader in watched.readers:
                reader.ended = True
                reader.news.set()

    async def stream(self, draft_id: str, after: int) -> AsyncIterator[bytes]:
        """The draft's events numbered above `after` as they happen, signs of life between; ends when its run ends."""
        yield RETRY
        reader = self._enter(draft_id, after)
        try:
            # A run that ends after this question has written its last event before it is asked again.
            still_open = await run_in_threadpool(self._drafts.is_open, draft_id)
            while records := await run_in_threadpool(self._drafts.events, draft_id, reader.after):
                reader.after = records[-1].number
                yield b"".join(frame(record) for record in records)
            while still_open and not self._closing:
                ended = reader.ended
                if frames := reader.take():
                    yield frames
                if ended:
                    return
                reader.news.clear()
                if reader.waiting or reader.ended:
                    continue
                try:
                    await asyncio.wait_for(reader.news.wait(), self._heartbeat)
                except TimeoutError:
                    yield BEAT
        finally:
            self._leave(draft_id, reader)

    def _enter(self, draft_id: str, after: int) -> _Reader:
        reader = _Reader(after)
        watched = self._watched.setdefault(draft_id, _Watched(last=after))
        # What a reader lacks below `last` it asks for itself, so a newcomer makes nobody else hear things twice.
        watched.readers.add(reader)
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())
        return reader

    def _leave(self, draft_id: str, reader: _Reader) -> None:
        watched = self._watched.get(draft_id)
        if watched is None:
            return
        watched.readers.discard(reader)
        if not watched.readers:
            del self._watched[draft_id]

    async def _look(self) -> None:
        self._loop, self._news = asyncio.get_running_loop(), asyncio.Event()
        while self._watched:
            self._news.clear()
            try:
                await self._pass_on()
            except StorageFailed as failed:
                log.error("event streams wait: %s", failed.message)
            await asyncio.sleep(_LOOK_AT_MOST_EVERY_SECONDS)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), _LOOK_EVERY_SECONDS)

    async def _pass_on(self) -> None:
        ids = sorted(self._watched)
        still_open = await run_in_threadpool(self._drafts.open_ones, ids)
        newest = await run_in_threadpool(self._drafts.newest_events, ids)
        for draft_id in ids:
            watched = self._watched.get(draft_id)
            if watched is None:
                continue
            records = []
            if newest.get(draft_id, 0) > watched.last:
                records = await run_in_threadpool(self._drafts.events, draft_id, watched.last)
            if records:
                watched.last = records[-1].number
            # A long backlog comes in several looks; only its last one may end the stream.
            ended = draft_id not in still_open and watched.last >= newest.get(draft_id, 0)
            self._hand_out(watched, records, ended)

    def _hand_out(self, watched: _Watched, records: list[DraftEventRecord], ended: bool) -> None:
        frames = [(record.number, frame(record)) for record in records]
        for reader in watched.readers:
            reader.waiting.extend(frames)
            reader.ended = ended
            if frames or ended:
                reader.news.set()


def frame(record: DraftEventRecord) -> bytes:
    """One event as it goes over the wire. Its JSON holds no line break, which would end the field. Pure."""
    return f"id: {record.number}\nevent: {record.kind}\ndata: {record.body}\n\n".encode()
