"""Parts of a clause that are left out of what is composed from, and how several of them stand together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar


class Cut(Protocol):
    """A part of a view that is left out of what is composed from."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


AnyCut = TypeVar("AnyCut", bound=Cut)


def without_overlap(parts: Sequence[AnyCut]) -> list[AnyCut]:
    """`parts` in order, without those that begin inside an earlier one. Pure."""
    kept: list[AnyCut] = []
    for part in sorted(parts, key=lambda one: (one.start, -one.end)):
        if not kept or part.start >= kept[-1].end:
            kept.append(part)
    return kept
