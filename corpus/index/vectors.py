"""The role of a vector index, and the exact one: every vector of the shelf in memory, compared one by one."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from corpus.shelf import ReportShelf
from service.domain.shelf import SectionKey, VectorKey

if TYPE_CHECKING:
    from numpy import float32, int64
    from numpy.typing import NDArray

    Vector = NDArray[float32]
    Vectors = NDArray[float32]
    Rows = NDArray[int64]


class VectorIndex(Protocol):
    """Finds the sections nearest to a vector. Derived from the shelf; safe to call from several threads."""

    def catch_up(self, shelf: ReportShelf) -> None:
        """Takes in what changed on the shelf since the last time."""
        ...

    def nearest(
        self, query: Vector, count: int, among: Collection[SectionKey] | None = None
    ) -> list[tuple[SectionKey, float]]:
        """Up to `count` sections, nearest first, with their cosine; only those in `among` where it is given."""
        ...

    def size(self) -> int:
        """How many vectors it holds."""
        ...

    def close(self) -> None:
        """Lets go of files and memory; nothing may be asked afterwards."""
        ...


_ROWS_AT_ONCE = 512  # 0.8 MB, which stays in a processor's cache


class RowChoice:
    """Which rows belong to the sections a filter names, remembered for the filters asked last.

    Looking up 100,000 keys takes longer than ranking them, and searches use the same few filters again and again. A
    filter is known by its identity, so callers pass the same frozenset while nothing changed.
    """

    _MOST = 16

    def __init__(self) -> None:
        self._known: dict[int, tuple[Collection[SectionKey], Rows]] = {}

    def rows(self, keys: Sequence[SectionKey], among: Collection[SectionKey]) -> Rows:
        """The places in `keys` of the sections in `among`, rising."""
        import numpy

        known = self._known.get(id(among))
        if known is not None and known[0] is among:
            return known[1]
        chosen = numpy.fromiter((row for row, key in enumerate(keys) if key in among), dtype=numpy.int64)
        if isinstance(among, frozenset):
            if len(self._known) >= self._MOST:
                self._known.clear()
            self._known[id(among)] = (among, chosen)
        return chosen

    def forget(self) -> None:
        """To be called whenever the keys change."""
        self._known.clear()


class ExactVectors:
    """A VectorIndex without any file: 5 ms a question at 100,000 vectors, and as much memory as they need."""

    def __init__(self, encoder: str, dimensions: int) -> None:
        import numpy

        self._encoder = encoder
        self._dimensions = dimensions
        self._revision = -1
        self._lock = threading.RLock()
        self._choice = RowChoice()
        self._keys: list[SectionKey] = []
        self._rows: Vectors = numpy.empty((0, dimensions), dtype=numpy.float32)

    def catch_up(self, shelf: ReportShelf) -> None:
        """Takes in what changed on the shelf since the last time."""
        with self._lock:
            if self._revision < 0:
                self._revision = shelf.revision()
                self._keys, self._rows = self._read(shelf.vectors(self._encoder))
                return
            revision, changed = shelf.changed_since(self._revision)
            if changed:
                self._replace(changed, shelf)
            self._revision = revision

    def nearest(
        self, query: Vector, count: int, among: Collection[SectionKey] | None = None
    ) -> list[tuple[SectionKey, float]]:
        """Up to `count` sections, nearest first, with their cosine; only those in `among` where it is given."""
        import numpy

        with self._lock:
            keys, rows = self._keys, self._rows
            chosen = None if among is None else self._choice.rows(keys, among)
        if not len(keys if chosen is None else chosen):
            return []
        cosines = _cosines(rows, query) if chosen is None else _cosines_of(rows, chosen, query)
        # A section may have several vectors, so more rows are read than sections wanted; most have one or two.
        wanted = min(len(cosines), count * 4)
        best = numpy.argpartition(-cosines, wanted - 1)[:wanted]
        ordered = best[numpy.argsort(-cosines[best], kind="stable")]
        places = ordered if chosen is None else chosen[ordered]
        return best_of_each(
            ((keys[place], float(cosines[row])) for place, row in zip(places, ordered, strict=True)), count
        )

    def size(self) -> int:
        """How many vectors it holds."""
        return len(self._keys)

    def close(self) -> None:
        """Lets go of the memory."""
        with self._lock:
            self._choice.forget()
            self._keys, self._rows, self._revision = [], self._rows[:0], -1

    def _read(self, vectors: Iterable[tuple[VectorKey, bytes]]) -> tuple[list[SectionKey], Vectors]:
        import numpy

        keys: list[SectionKey] = []
        blob = bytearray()
        for key, vector in vectors:
            keys.append(key.section)
            blob += vector
        rows = numpy.frombuffer(bytes(blob), dtype="<f2").reshape(-1, self._dimensions)
        return keys, rows.astype(numpy.float32)

    def _replace(self, report_ids: Collection[str], shelf: ReportShelf) -> None:
        import numpy

        kept = [row for row, key in enumerate(self._keys) if key.report_id not in report_ids]
        keys, rows = self._read(shelf.vectors(self._encoder, report_ids))
        self._choice.forget()
        self._keys = [self._keys[row] for row in kept] + keys
        self._rows = numpy.concatenate([self._rows[kept], rows])


def _cosines(rows: Vectors, query: Vector) -> Vector:
    """Not `@`: its threads spin while they wait for each other, 16 ms for 7,500 rows on a busy machine instead of 2."""
    import numpy

    cosines: Vector = numpy.einsum("ij,j->i", rows, query)
    return cosines


def _cosines_of(rows: Vectors, chosen: Rows, query: Vector) -> Vector:
    """The cosines of the chosen rows, some at a time: to copy them all out first takes longer than to compare them."""
    import numpy

    cosines = numpy.empty(len(chosen), dtype=numpy.float32)
    some = numpy.empty((min(_ROWS_AT_ONCE, len(chosen)), rows.shape[1]), dtype=numpy.float32)
    for start in range(0, len(chosen), _ROWS_AT_ONCE):
        part = chosen[start : start + _ROWS_AT_ONCE]
        gathered = numpy.take(rows, part, axis=0, out=some[: len(part)], mode="clip")
        cosines[start : start + len(part)] = _cosines(gathered, query)
    return cosines


def best_of_each(found: Iterable[tuple[SectionKey, float]], count: int) -> list[tuple[SectionKey, float]]:
    """The first row of each section in `found`, which is ordered best first; at most `count`. Pure."""
    best: dict[SectionKey, float] = {}
    for key, cosine in found:
        if key not in best:
            best[key] = cosine
            if len(best) == count:
                break
    return list(best.items())


def packed(vectors: Vectors) -> list[bytes]:
    """Each row as the shelf keeps it: little-endian float16. Half the bytes; the order of cosines stays. Pure."""
    return [row.tobytes() for row in vectors.astype("<f2")]


def unpacked(vectors: Sequence[bytes], dimensions: int) -> Vectors:
    """The rows of packed vectors. Pure."""
    import numpy

    return numpy.frombuffer(b"".join(vectors), dtype="<f2").reshape(-1, dimensions).astype(numpy.float32)
