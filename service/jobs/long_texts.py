"""Long texts are read by processes apart, so that pages answer while they are.

A check of 100,000 characters keeps Python busy for half a minute, and while the collector looks through all that it
read, every thread of the process stands still for a second or more. A process apart takes both away from the pages.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from service.domain.errors import InputTooLarge, ServiceUnavailable, TooManyRequests

Answer = TypeVar("Answer")

# Readings that may wait for each process. Each holds one of the some forty threads that answer pages.
_WAITING_EACH = 6
_WAIT_SECONDS = 30


class LongTexts:
    """At most `processes` processes, started when first needed, that carry out pure functions for the threads of this
    one. Whoever reads the same text again is sent to the process that knows it. A process that dies is replaced and
    its reading repeated once; one that takes longer than `seconds` is stopped."""

    def __init__(self, processes: int = 1, seconds: float = 600) -> None:
        self._readers = [_Reader(seconds) for _ in range(processes)]
        self._choosing = threading.Lock()

    def read(self, about: str, patient: bool, function: Callable[..., Answer], *given: Any) -> Answer:
        """`function(*given)`, carried out apart; `about` is the text that processes know by. Both must be picklable.

        Raises what the function raises; TooManyRequests where too many wait, unless `patient`; InputTooLarge over the
        time; ServiceUnavailable where the process died twice.
        """
        known_by = hash(about)
        with self._choosing:
            reader = min(self._readers, key=lambda one: (one.waiting, one.knows != known_by))
            if not patient and reader.waiting > _WAITING_EACH:
                raise TooManyRequests(
                    f"正在处理的长文本很多，前面还有{reader.waiting}份。内容没有丢失，请约{_WAIT_SECONDS}秒后再试。",
                    wait_seconds=_WAIT_SECONDS,
                )
            reader.waiting += 1
            reader.knows = known_by
        try:
            answer: Answer = reader.read(function, given)
            return answer
        finally:
            with self._choosing:
                reader.waiting -= 1

    def processes(self) -> list[int]:
        """The ids of the processes that are running."""
        return [one.process.pid for one in self._readers if one.process is not None and one.process.pid is not None]

    def close(self) -> None:
        """Stops the processes; a reading under way ends with ServiceUnavailable."""
        for one in self._readers:
            one.close()


class _Reader:
    """One process, and the threads that wait for it in turn."""

    def __init__(self, seconds: float) -> None:
        self.waiting = 0
        self.knows: int | None = None
        self.process: BaseProcess | None = None
        self._seconds = seconds
        self._turn = threading.Lock()
        self._closed = False
        self._line: Connection | None = None

    def read(self, function: Callable[..., Any], given: tuple[Any, ...]) -> Any:
        with self._turn:
            for _ in range(2):
                if self._closed:
                    break
                try:
                    done, answer = self._ask(function, given)
                except (EOFError, OSError):
                    self._stop()
                    continue
                if done:
                    return answer
                raise answer
        raise ServiceUnavailable("这份长文本没有处理完，程序中断了。内容没有丢失，请再试一次；仍不行，请分成几份处理。")

    def _ask(self, function: Callable[..., Any], given: tuple[Any, ...]) -> tuple[bool, Any]:
        line = self._started()
        line.send((function, given))
        if not line.poll(self._seconds):
            self._stop()
            raise InputTooLarge(
                f"这份文本处理了{self._seconds:g}秒还没有完，已经停下。内容没有丢失，请分成几份处理。",
                seconds=self._seconds,
            )
        done, answer = line.recv()
        return bool(done), answer

    def _started(self) -> Connection:
        if self.process is None or self._line is None or not self.process.is_alive():
            # Threads do not survive a fork, and this process has many.
            context = multiprocessing.get_context("spawn")
            self._line, theirs = context.Pipe()
            self.process = context.Process(target=_answer, args=(theirs,), name="long-texts", daemon=True)
            self.process.start()
            theirs.close()
        return self._line

    def _stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.join()
        if self._line is not None:
            self._line.close()
        self.process = self._line = None

    def close(self) -> None:
        self._closed = True
        process = self.process
        if process is not None:
            process.kill()


def _answer(line: Connection) -> None:
    """What such a process does until its parent is gone: carries out what it is given, one after the other."""
    # Ctrl+C goes to every process of a terminal; this one ends with its parent.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    while True:
        try:
            function, given = line.recv()
        except EOFError:
            return
        try:
            answer = (True, function(*given))
        except Exception as wrong:  # noqa: BLE001 - it is raised where it was asked for
            answer = (False, wrong)
        line.send(answer)


def _end_with_parent() -> None:
    # A parent that is killed does not say so, and a long reading would go on for nobody.
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
