"""Threads of this process that carry out drafting runs, and the keeper that holds their leases."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from service.domain.errors import ZhibiError
from service.jobs.holder import is_gone, new_holder
from service.jobs.roles import CheckText, WriteDraft
from service.jobs.run import RunningRun, carry_out
from service.storage.runs import RunStore

log = logging.getLogger(__name__)

# Runs queued by another process are noticed by asking; one small query a second costs nothing one could measure.
_LOOK_EVERY_SECONDS = 1.0


class DraftWorkers:
    """`count` threads that take runs until told to stop. A run cut off by the stop goes back to others by its lease."""

    def __init__(
        self,
        store: RunStore,
        write: WriteDraft,
        check: CheckText,
        *,
        count: int = 2,
        lease_seconds: float = 15,
        attempts: int = 5,
        on_end: Callable[[str], None] = lambda outcome: None,
    ) -> None:
        self._store = store
        self._write = write
        self._check = check
        self._keep_every = lease_seconds / 5
        self._attempts = attempts
        self._on_end = on_end
        # Called from a worker's thread after each event, so that readers in this process need not wait for their look.
        self.on_told: Callable[[], None] = lambda: None
        self._holder = new_holder()
        self._work = threading.Condition()
        self._stopping = threading.Event()
        self._running: dict[str, RunningRun] = {}
        self._threads = [threading.Thread(target=self._take_runs, name=f"draft-{n}", daemon=True) for n in range(count)]
        self._threads.append(threading.Thread(target=self._keep, name="draft-keeper", daemon=True))

    def start(self) -> None:
        """Starts the threads; runs that a dead process of this host left behind are taken up at once."""
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """Says that a run was queued or that a stop was asked, so that nobody waits for the next look."""
        with self._work:
            self._work.notify_all()

    def stop(self, patience_seconds: float = 5) -> None:
        """Takes no more runs and waits for those under way, at most `patience_seconds` in all."""
        self._stopping.set()
        self.wake()
        for thread in self._threads:
            thread.join(patience_seconds / len(self._threads))

    @property
    def active(self) -> int:
        """Runs under way in this process."""
        return len(self._running)

    def _take_runs(self) -> None:
        while not self._stopping.is_set():
            try:
                found = self._take_one()
            except ZhibiError as wrong:
                # The database is full or away. The run, if one was held, comes back when its lease has run out.
                log.error("drafting waits: %s", wrong.message)
                found = False
            if not found:
                with self._work:
                    if not self._stopping.is_set():
                        self._work.wait(_LOOK_EVERY_SECONDS)

    def _take_one(self) -> bool:
        run = self._store.take(self._holder, lambda name: is_gone(name, self._holder))
        if run is None:
            return False
        running = RunningRun(run, self._store, self._holder, self.on_told)
        self._running[run.id] = running
        try:
            self._on_end(carry_out(running, self._store, self._holder, self._write, self._check, self._attempts))
        finally:
            self._running.pop(run.id, None)
        return True

    def _keep(self) -> None:
        while not self._stopping.is_set():
            for running in list(self._running.values()):
                try:
                    running.keep_alive()
                except ZhibiError as wrong:
                    log.error("a lease could not be extended: %s", wrong.message)
            with self._work:
                if not self._stopping.is_set():
                    self._work.wait(min(self._keep_every, 0.5 if self._running else self._keep_every))
