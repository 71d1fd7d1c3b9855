"""Fuzzes the checker: notes, draft and a past report out of one input, told within the contract, without an exception.

A draft of random signs rarely agrees with random notes, so half of the inputs copy their notes into the draft.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.fuzz.fuzzing import fuzz

_COPIED = 0x80


def load() -> Callable[[bytes], int]:
    """The promise of the checker for one input."""
    from tests.fuzz.promises import hold_for_check, text_of

    def hold(raw: bytes) -> int:
        text = text_of(raw)
        third = len(text) // 3
        notes, draft, exemplar = (text[at * third : (at + 1) * third] for at in range(3))
        if raw[:1] and raw[0] & _COPIED:
            draft = notes[: len(notes) // 2] + draft + notes[len(notes) // 2 :]
        try:
            hold_for_check(notes, draft, exemplar)
        except Exception:
            print(f"broken by notes={notes!r} draft={draft!r} exemplar={exemplar!r}", flush=True)
            raise
        return len(notes) + len(draft) + len(exemplar)

    return hold


if __name__ == "__main__":
    fuzz(load)
