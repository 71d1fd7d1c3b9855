"""The parts of a line between marks, by which spoken notes are read."""

from __future__ import annotations

from collections.abc import Iterator

from service.language.patterns import deferred

_STOPS = deferred(r"[，,；;。！!？?]|[—…]{1,4}")


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """The parts of `text` between marks, in order; a comma inside 1,200 is none. Pure."""
    start = 0
    for found in _STOPS.finditer(text):
        if (
            found.group() == ","
            and text[found.end() : found.end() + 3].isdigit()
            and text[: found.start()][-1:].isdigit()
        ):
            continue
        yield start, found.start()
        start = found.end()
    yield start, len(text)


def piece_at(text: str, first: int, last: int) -> tuple[int, int]:
    """The piece that holds the place `first`; `first` to `last` where none does. Pure."""
    return next(((start, end) for start, end in pieces(text) if start <= first < max(end, start + 1)), (first, last))


def with_mark(text: str, start: int, end: int) -> tuple[int, int]:
    """A piece with the comma before it, so that what is left joins up. Pure."""
    return (start - 1, end) if start and text[start - 1] in "，," else (start, end)
