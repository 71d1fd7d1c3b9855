"""The figures of a report as plain rows: by measure, genre, trap and verdict."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from typing import Any

from eval.compare import compare
from eval.traps import TRAPS
from service.domain.genre import Genre

Record = Mapping[str, Any]
_RUN = ("composer", "versions", "settings", "prompts", "corpus", "seed", "script")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def figures(record: Record, before: Record | None = None) -> dict[str, Any]:
    """Everything a report shows, as one JSON value; `compared` is empty where there is no earlier run. Pure."""
    names = list(record["measures"])
    return {
        "run": {key: record[key] for key in _RUN},
        "by_measure": [
            {"suite": suite, "measure": name, "chinese": record["measures"][name]["chinese"], **row}
            for suite, means in record["means"].items()
            for name, row in means.items()
        ],
        "by_genre": _split(record, names, lambda row: [Genre(row["genre"]).chinese]),
        "by_trap": _split(record, names, lambda row: [TRAPS.get(trap, trap) for trap in row["traps"]]),
        "verdicts": _verdicts(record["cases"]),
        "compared": compare(before, record) if before is not None else [],
    }


def _split(record: Record, names: Sequence[str], keys: Any) -> list[dict[str, Any]]:
    """The mean of each measure over the cases under each key, held-out ones apart."""
    under: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    for row in record["cases"]:
        for key in keys(row):
            for name in names:
                score = row["scores"][name]
                if score is not None:
                    under[key, "held-out" if row["held_out"] else "develop", name].append(score)
    return [
        {"key": key, "suite": suite, "measure": name, "mean": round(sum(found) / len(found), 4), "scored": len(found)}
        for (key, suite, name), found in sorted(under.items())
    ]


def _verdicts(rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        for verdict, count in row.get("verdicts", {}).items():
            counts[verdict] += count
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def as_csv(record: Record) -> str:
    """One row a case and measure, with a mark for Excel that it is UTF-8; cells cannot begin a formula. Pure."""
    written = StringIO()
    rows = csv.writer(written, lineterminator="\r\n")
    rows.writerow(["case", "genre", "held_out", "traps", "measure", "score"])
    for row in record["cases"]:
        for name, score in row["scores"].items():
            cells = (row["case"], row["genre"], str(row["held_out"]).lower(), " ".join(row["traps"]), name)
            rows.writerow([*map(safe_cell, cells), "" if score is None else score])
    return "\ufeff" + written.getvalue()


def safe_cell(text: str) -> str:
    """`text` with a mark before it where a spreadsheet would take it for a formula. Pure."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
