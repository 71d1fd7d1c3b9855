"""Fuzzes the number grammar: every numeral covered once, in order, at its offset, without an exception."""

from __future__ import annotations

from collections.abc import Callable

from tests.fuzz.fuzzing import fuzz


def load() -> Callable[[bytes], int]:
    """The promise of the grammar for one input."""
    from tests.fuzz.promises import hold_for_numbers, text_of

    def hold(raw: bytes) -> int:
        text = text_of(raw)
        try:
            hold_for_numbers(text)
        except Exception:
            print(f"broken by {text!r}", flush=True)
            raise
        return len(text)

    return hold


if __name__ == "__main__":
    fuzz(load)
