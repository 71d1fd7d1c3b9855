"""Runs cases through the drafting path and writes a record with everything needed to repeat it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from eval.cases import Case
from eval.measures import ALL
from service.domain.draft import Draft, DraftRequest
from service.domain.errors import UnusableInput


def run_cases(
    cases: Sequence[Case], write_draft: Callable[[DraftRequest], Draft], on_case: Callable[[str], None] | None = None
) -> dict[str, Any]:
    """The run record: for each case its scores and draft, and the mean of each measure over the scored cases.

    Deterministic where `write_draft` is. Held-out cases are averaged apart.
    """
    rows = []
    for case in cases:
        draft = write_draft(
            DraftRequest(
                notes=case.notes, genre=case.genre, unit=case.unit, period=case.period, unit_type=case.unit_type
            )
        )
        rows.append(
            {
                "case": case.case_id,
                "digest": case.digest,
                "genre": str(case.genre),
                "held_out": case.held_out,
                "traps": list(case.traps),
                "scores": {measure.name: measure.score(case, draft) for measure in ALL},
                "prompts": dict(draft.provenance.prompts),
                "composer": draft.provenance.composer,
                "text": draft.text,
            }
        )
        if on_case:
            on_case(case.case_id)
    return {
        "zhibi": version("zhibi"),
        "measures": {measure.name: _described(measure) for measure in ALL},
        "means": {suite: _means(rows, suite) for suite in ("develop", "held-out")},
        "cases": rows,
    }


def read_record(path: Path) -> dict[str, Any]:
    """The record at `path` (a file or the folder that holds `run.json`). Raises UnusableInput where it is none."""
    file = path / "run.json" if path.is_dir() else path
    try:
        record: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        _ = record["cases"], record["measures"]
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        raise UnusableInput(
            f"“{path}”不是评测记录。请给出 zhibi eval run --out 写下的文件夹。", file=str(path)
        ) from wrong
    return record


def _described(measure: Any) -> dict[str, Any]:
    return {
        "chinese": measure.chinese,
        "unit": measure.unit,
        "higher_is_better": measure.higher_is_better,
        "blind_to": measure.blind_to,
    }


def _means(rows: Sequence[dict[str, Any]], suite: str) -> dict[str, dict[str, float | int | None]]:
    """Mean of each measure over the cases it could score, and how many it could not."""
    chosen = [row["scores"] for row in rows if row["held_out"] == (suite == "held-out")]
    means: dict[str, dict[str, float | int | None]] = {}
    for measure in ALL:
        scored = [scores[measure.name] for scores in chosen if scores[measure.name] is not None]
        mean = round(sum(scored) / len(scored), 4) if scored else None
        means[measure.name] = {"mean": mean, "scored": len(scored), "unscored": len(chosen) - len(scored)}
    return means
