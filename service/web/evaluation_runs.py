"""Evaluation runs as the evaluator's page shows them, read from the run records that `zhibi eval run --out` wrote."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)
# A record of 84 cases with their drafts has about 1 MB; a file far over that is not one.
_RECORD_MAX_BYTES = 60_000_000
_RUNS_SHOWN = 12
# The measures name their unit in English, as code and files do; a unit that is not here is shown as it is.
_UNITS = {
    "share": "占比",
    "count": "每篇个数",
    "characters": "字",
    "points": "分",
    "seconds": "秒",
    "tokens": "词元",
    "currency": "费用",
}
_SUITES = (("held-out", "留出集"), ("develop", "开发集"))


@dataclass(frozen=True, slots=True)
class KeptRun:
    """One run: its folder's name, when it was written (milliseconds), who drafted, and its record."""

    name: str
    at: int
    composer: str
    cases: int
    failed: int
    means: Mapping[str, Mapping[str, Mapping[str, Any]]]
    measures: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a plot: a run's mean of a measure in words, its length in percent of the plot, what it rests on."""

    run: str
    mean: str
    percent: float
    scored: int
    unscored: int


@dataclass(frozen=True, slots=True)
class Plot:
    """One measure over the runs, in one suite."""

    chinese: str
    unit: str
    direction: str
    sees: str
    bars: Sequence[Bar]


def kept_runs(folder: Path | None) -> list[KeptRun]:
    """The newest runs in `folder`, newest first; a file that is no run record is left out and logged."""
    if folder is None or not folder.is_dir():
        return []
    files = sorted(folder.glob("*/run.json"), key=lambda file: file.stat().st_mtime, reverse=True)[:_RUNS_SHOWN]
    return [run for run in map(_read, files) if run is not None]


def _read(file: Path) -> KeptRun | None:
    try:
        found = file.stat()
        if found.st_size > _RECORD_MAX_BYTES:
            raise ValueError("too large for a run record")
        record = json.loads(file.read_text(encoding="utf-8"))
        return KeptRun(
            name=file.parent.name,
            at=int(found.st_mtime * 1000),
            composer="规则" if record["composer"] == "rules" else str(record["composer"] or "—"),
            cases=len(record["cases"]),
            failed=sum(bool(one["failed"]) for one in record["cases"]),
            means=record["means"],
            measures=record["measures"],
        )
    except (OSError, ValueError, KeyError, TypeError) as unreadable:
        log.warning("%s is no run record: %s", file, unreadable)
        return None


def plots_of(runs: Sequence[KeptRun]) -> list[tuple[str, list[Plot]]]:
    """For each suite, a plot of every measure that any run could score. Pure."""
    found = []
    for suite, chinese in _SUITES:
        names = dict.fromkeys(name for run in runs for name in run.means.get(suite, {}))
        plots = [plot for name in names if (plot := _plot(runs, suite, name)) is not None]
        if plots:
            found.append((chinese, plots))
    return found


def _plot(runs: Sequence[KeptRun], suite: str, name: str) -> Plot | None:
    rows = [(run, run.means.get(suite, {}).get(name)) for run in runs]
    scored = [(run, row) for run, row in rows if row is not None and row["mean"] is not None]
    if not scored:
        return None
    described = scored[0][0].measures[name]
    highest = described["highest"]
    top = highest if highest is not None else max(row["mean"] for _, row in scored)
    bars = [
        Bar(
            run.name,
            _in_words(row["mean"], described["unit"]),
            100 * min(1.0, max(0.0, row["mean"] / top)) if top else 0.0,
            row["scored"],
            row["unscored"],
        )
        for run, row in scored
    ]
    direction = {True: "越高越好", False: "越低越好", None: "仅描述"}[described["higher_is_better"]]
    unit = _UNITS.get(described["unit"], described["unit"])
    return Plot(described["chinese"], unit, direction, described["sees"], bars)


def _in_words(mean: float, unit: str) -> str:
    """A mean as people read it: 96.7%, 16,500, 0.26. Pure."""
    if unit == "share":
        return f"{mean:.1%}"
    return f"{mean:,.0f}" if abs(mean) >= 100 else f"{mean:.3g}"
