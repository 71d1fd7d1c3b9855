"""F1 of the number grammar on labelled sentences: `python -m tests.language.measure [FILE …] [--figures-only]`.

Printed twice: span and role alone; and the whole mention, where a claim must also have its kind, range, unit and hedge.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.language.numbers import find_numbers

FOLDER = Path(__file__).parent / "mentions"
# Sentences nobody looks at while the grammar is worked on: only figures of them are printed.
SET_ASIDE = frozenset({"held_out", "set_aside"})
VALUES = ("kind", "lo", "hi", "unit", "approx")


@dataclass
class Tally:
    """Mentions that are right, missed and invented."""

    right: int = 0
    missed: int = 0
    invented: int = 0

    def add(self, wanted: set[Any], found: set[Any]) -> None:
        """Counts one sentence."""
        self.right += len(wanted & found)
        self.missed += len(wanted - found)
        self.invented += len(found - wanted)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 where there is nothing to find."""
        return 2 * self.right / max(1, 2 * self.right + self.missed + self.invented)


def place(mention: dict[str, Any]) -> tuple[Any, ...]:
    """Where it stands and what part it plays."""
    return mention["start"], mention["text"], mention["role"]


def whole(mention: dict[str, Any]) -> tuple[Any, ...]:
    """`place`, and what a claim says."""
    values = [mention[name] for name in VALUES] if mention["role"] == "claim" else []
    return (*place(mention), *values)


def sentences(file: Path) -> list[dict[str, Any]]:
    """The labelled sentences of a file, one JSON object a line."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def measured(rows: list[dict[str, Any]], show: bool) -> tuple[Tally, Tally]:
    """The tallies by `place` and by `whole`; `show` prints each sentence that is not wholly right."""
    places, wholes = Tally(), Tally()
    for row in rows:
        found = [mention.to_json() for mention in find_numbers(row["text"])]
        places.add(set(map(place, row["mentions"])), set(map(place, found)))
        wanted, given = set(map(whole, row["mentions"])), set(map(whole, found))
        wholes.add(wanted, given)
        if show and wanted != given:
            print(row["text"])
            print("   wanted", *sorted(wanted - given, key=str), "\n   found ", *sorted(given - wanted, key=str))
    return places, wholes


def main() -> None:
    """Prints a line a file."""
    parser = argparse.ArgumentParser(prog="python -m tests.language.measure")
    parser.add_argument("files", nargs="*", type=Path, help="labelled sentences; default: those of this folder")
    parser.add_argument("--figures-only", action="store_true", help="print no text")
    asked = parser.parse_args()
    for file in asked.files or sorted(FOLDER.glob("*.jsonl")):
        rows = sentences(file)
        places, wholes = measured(rows, not asked.figures_only and file.stem not in SET_ASIDE)
        print(
            f"{file.name}: {len(rows)} sentences, {wholes.right + wholes.missed} mentions; "
            f"span and role F1 {places.f1:.3f}, whole mention F1 {wholes.f1:.3f}"
        )


if __name__ == "__main__":
    main()
