"""Files read and understood, and reports masked, by as many processes as there are cores where that is worth it.

Encoding keeps both cores busy by itself; reading, cleaning, splitting and masking are Python and keep one. While the
reports of some files are encoded and stored, other processes read on and mask what is stored next.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self, TypeVar

from corpus.cores import cores
from corpus.mask.masking import mask_report
from corpus.read.limits import ReadLimits
from corpus.read.read_file import FileReader
from corpus.read.values import Refused
from corpus.understand import FileUnderstood, understand_document
from service.domain.report import Report
from service.domain.shelf import MaskedSection

# A process starts in a second or two, in which one core reads some twenty pages.
_WORTH_FILES = 40
# Files read ahead for each process: enough while reports are encoded, and few enough to hold in memory.
_AHEAD = 16

_Done = TypeVar("_Done")


@dataclass(frozen=True)
class FileRead:
    """What one file gave: documents understood, each shown by the name in `FileUnderstood.source`, and refusals."""

    understood: tuple[FileUnderstood, ...]
    refused: tuple[Refused, ...]


class Processes:
    """What reads and masks for one ingest, in order: `count` processes beside this one, or this one alone for 1.

    Where a process ends by itself (memory ran out) this one does the rest.
    """

    def __init__(self, limits: ReadLimits, count: int) -> None:
        self._limits = limits
        self._count = count
        # Threads do not survive a fork, and a service has many.
        context = multiprocessing.get_context("spawn")
        self._pool = (
            ProcessPoolExecutor(count, mp_context=context, initializer=_start, initargs=(limits,))
            if count > 1
            else None
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def read(self, files: Sequence[tuple[Path, str]]) -> Iterator[FileRead]:
        """What each of `files` gave, in order; read some files ahead."""
        done = 0
        for read in self._of_several(_read_here, files, self._count * _AHEAD):
            yield read
            done += 1
        with FileReader(self._limits) as reader:
            for path, source in files[done:]:
                yield _read(path, source, reader)

    def mask(self, reports: Sequence[Report]) -> Iterator[tuple[MaskedSection, ...]]:
        """The masked sections of each of `reports`, in order."""
        done = 0
        for masked in self._of_several(mask_report, [(report,) for report in reports], len(reports)):
            yield masked
            done += 1
        yield from map(mask_report, reports[done:])

    def _of_several(self, work: Callable[..., _Done], asked: Sequence[tuple[Any, ...]], ahead: int) -> Iterator[_Done]:
        """What the processes made of each of `asked`, until there are none or one of them ended by itself."""
        if self._pool is None:
            return
        waiting: deque[Future[_Done]] = deque()
        try:
            for one in asked:
                waiting.append(self._pool.submit(work, *one))
                if len(waiting) >= ahead:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool:
            self._pool = None


def processes_for(files: int) -> int:
    """As many processes as there are cores where there are files enough, else one."""
    return cores() if files >= _WORTH_FILES else 1


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
    # What masks a report makes many small values and no rings of them; looking for rings took a tenth of its time.
    gc.set_threshold(50_000, 20, 20)
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
