"""Opens the vector index that the settings ask for, and never lets a broken or occupied folder stop a search."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.encoder import Encoder
from corpus.index.owner import FolderOwner
from corpus.index.vectors import ExactVectors, VectorIndex
from corpus.shelf import ReportShelf
from service.domain.errors import ServiceUnavailable, StorageFailed, ZhibiError
from service.domain.shelf import SectionKey

if TYPE_CHECKING:
    from corpus.index.vectors import Vector


def open_index(
    shelf: ReportShelf, encoder: Encoder, folder: Path, chroma_url: str | None = None, *, anew: bool = False
) -> VectorIndex:
    """The vector index of `encoder`, in step with the shelf.

    A Chroma server where `chroma_url` is set; raises ServiceUnavailable where it does not answer. Else Chroma embedded
    in `folder`, thrown away and built anew where it is broken. Where another process owns the folder the vectors are
    read from the shelf instead and compared exactly: slower to load, and the same answers. Raises StorageFailed where
    the index is of another record, or of a later state of it, unless it is to be made `anew`.
    """
    if chroma_url:
        from corpus.index.chroma import ChromaVectors, server_client

        index = ChromaVectors(server_client(chroma_url), encoder.name, encoder.dimensions, chroma_url, shelf)
        index.catch_up(shelf, anew=anew)
        return index
    owner = FolderOwner(folder)
    if not owner.take():
        exact = ExactVectors(encoder.name, encoder.dimensions)
        exact.catch_up(shelf)
        return exact
    try:
        return _embedded(shelf, encoder, folder, owner, anew)
    except BaseException:
        owner.let_go()
        raise


def _embedded(shelf: ReportShelf, encoder: Encoder, folder: Path, owner: FolderOwner, anew: bool) -> VectorIndex:
    from corpus.index.chroma import collection_name
    from corpus.index.probe import opens_well

    if folder.exists() and not opens_well(folder, collection_name(encoder.name)):
        shutil.rmtree(folder, ignore_errors=True)
    try:
        return _in_step(shelf, encoder, folder, owner, anew)
    except StorageFailed:
        raise  # it is the record that does not answer, or that the index is not of
    except ServiceUnavailable:
        # The child found it whole and we do not: it is derived, so a new one costs only the time to fill it.
        shutil.rmtree(folder, ignore_errors=True)
        return _in_step(shelf, encoder, folder, owner, anew)


def _in_step(shelf: ReportShelf, encoder: Encoder, folder: Path, owner: FolderOwner, anew: bool) -> VectorIndex:
    from corpus.index.chroma import ChromaVectors, close_client, embedded_client

    client = embedded_client(folder)
    try:
        index = ChromaVectors(client, encoder.name, encoder.dimensions, str(folder), shelf, owner.let_go)
        index.catch_up(shelf, anew=anew)
    except BaseException:
        close_client(client)
        raise
    return index


class OpeningIndex:
    """A VectorIndex that answers exactly from the shelf at once, and by the real index as soon as that is open.

    Opening Chroma takes seconds (a child tries it first), which neither a start of the service nor a first question
    should wait for. `failure` tells why the real index could not be opened, None while all is well.
    """

    def __init__(self, shelf: ReportShelf, encoder: Encoder, folder: Path, chroma_url: str | None = None) -> None:
        self.failure: ZhibiError | None = None
        self.is_open = False
        self._present: VectorIndex = ExactVectors(encoder.name, encoder.dimensions)
        self._closed = False
        self._lock = threading.Lock()
        self._opening = threading.Thread(
            target=self._open, args=(shelf, encoder, folder, chroma_url), name="open-index", daemon=True
        )
        self._opening.start()

    def wait(self, seconds: float | None = None) -> bool:
        """Waits until the real index is open or failed; True where it is open."""
        self._opening.join(seconds)
        return self.is_open

    def catch_up(self, shelf: ReportShelf) -> None:
        """Takes in what changed on the shelf since the last time."""
        self._present.catch_up(shelf)

    def nearest(
        self, query: Vector, count: int, among: Collection[SectionKey] | None = None
    ) -> list[tuple[SectionKey, float]]:
        """Up to `count` sections, nearest first, with their cosine; only those in `among` where it is given."""
        return self._present.nearest(query, count, among)

    def size(self) -> int:
        """How many vectors it holds."""
        return self._present.size()

    def close(self) -> None:
        """Lets go of everything; an index that is still being opened is closed as soon as it is."""
        with self._lock:
            self._closed = True
            self._present.close()

    def _open(self, shelf: ReportShelf, encoder: Encoder, folder: Path, chroma_url: str | None) -> None:
        try:
            opened = open_index(shelf, encoder, folder, chroma_url)
        except ZhibiError as error:
            self.failure = error
            return
        with self._lock:
            if self._closed:
                opened.close()
                return
            # A question may be reading the exact vectors this moment; they go when it has its answer.
            self._present = opened
            self.is_open = True
