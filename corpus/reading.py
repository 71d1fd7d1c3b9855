"""Files read and understood, by as many processes as there are cores where that is worth their start.

Encoding keeps both cores busy by itself; reading, cleaning and splitting are Python and keep one. While the reports of
some files are encoded and stored, other processes read on.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.cores import cores
from corpus.read.limits import ReadLimits
from corpus.read.read_file import FileReader
from corpus.read.values import Refused
from corpus.understand import FileUnderstood, understand_document

# A process starts in a second or two, in which one core reads some twenty pages.
_WORTH_FILES = 40
# Files read ahead for each process: enough while reports are encoded, and few enough to hold in memory.
_AHEAD = 16


@dataclass(frozen=True)
class FileRead:
    """What one file gave: documents understood, each shown by the name in `FileUnderstood.source`, and refusals."""

    understood: tuple[FileUnderstood, ...]
    refused: tuple[Refused, ...]


def read_files(
    files: Sequence[tuple[Path, str]], limits: ReadLimits, processes: int | None = None
) -> Iterator[FileRead]:
    """What each of `files` gave, in order. `processes` None: as many as cores where there are files enough, else one.

    Where a process ends by itself (memory ran out) the rest is read in this one.
    """
    wanted = processes if processes is not None else (cores() if len(files) >= _WORTH_FILES else 1)
    done = 0
    if wanted > 1:
        try:
            for read in _by_several(files, limits, wanted):
                yield read
                done += 1
            return
        except BrokenProcessPool:
            pass
    with FileReader(limits) as reader:
        for path, source in files[done:]:
            yield _read(path, source, reader)


def _by_several(files: Sequence[tuple[Path, str]], limits: ReadLimits, processes: int) -> Iterator[FileRead]:
    # Threads do not survive a fork, and a service has many.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, mp_context=context, initializer=_start, initargs=(limits,))
    try:
        waiting: deque[Future[FileRead]] = deque()
        for path, source in files:
            waiting.append(pool.submit(_read_here, path, source))
            if len(waiting) >= processes * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _read(path: Path, source: str, reader: FileReader) -> FileRead:
    folder = source.removesuffix(path.name)
    understood: list[FileUnderstood] = []
    refused: list[Refused] = []
    for document in reader.read(path):
        shown = replace(document, source=folder + document.source)
        if isinstance(shown, Refused):
            refused.append(shown)
        else:
            understood.append(understand_document(shown))
    return FileRead(tuple(understood), tuple(refused))


_reader: FileReader | None = None


def _start(limits: ReadLimits) -> None:
    """The first thing a process does: its reader, and a watch for the end of the one that asked for it."""
    global _reader
    _reader = FileReader(limits)
    # A parent that is killed does not say so, and its children would wait for it for ever.
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _read_here(path: Path, source: str) -> FileRead:
    assert _reader is not None
    return _read(path, source, _reader)
