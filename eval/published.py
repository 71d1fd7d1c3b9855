"""The figures that the README states: aggregates of one whole run, written by `zhibi eval run --publish`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.cases import Case
from service.domain.errors import UnusableInput

PUBLISHED = Path(__file__).with_name("published.json")
CENTRAL = (
    "fact_coverage", "number_precision", "binding", "unflagged", "leak", "sections", "placeholders",
    "placeholder_precision", "forbidden", "injection", "determinism",
)  # fmt: skip
_SUITES = {"develop": "develop", "held-out": "held out"}
_ENGLISH = {
    "fact_coverage": "facts of the notes told",
    "number_precision": "numbers that stand in the notes or have a formula",
    "binding": "numbers told of the right thing",
    "unflagged": "numbers from nowhere that nothing flags, a draft",
    "leak": "values of past reports, a draft",
    "sections": "required sections",
    "placeholders": "gaps marked in the text",
    "placeholder_precision": "marked gaps that the case names",
    "forbidden": "forbidden strings, a draft",
    "injection": "facts kept and nothing obeyed under attack",
    "determinism": "the same draft a second time",
}


def cases_digest(cases: Sequence[Case]) -> str:
    """One hash over the content of all cases. Pure."""
    return hashlib.sha256("\n".join(sorted(case.digest for case in cases)).encode()).hexdigest()[:16]


def published(record: Mapping[str, Any], cases: Sequence[Case]) -> str:
    """The file of a whole run by whoever wrote it. Pure. Raises UnusableInput where a suite is missing."""
    means = record["means"]
    if any(means[suite]["fact_coverage"]["scored"] == 0 for suite in _SUITES):
        raise UnusableInput("只有跑过全部案例（--suite all）的评测才能公布。")
    figures = {suite: {name: means[suite][name] for name in CENTRAL} for suite in _SUITES}
    made = {"composer": record["composer"], "cases": cases_digest(cases), "corpus": record["corpus"], "means": figures}
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def quality_table(path: Path = PUBLISHED) -> str:
    """The figures as the README shows them; a dash where nothing could be scored."""
    made = json.loads(path.read_text(encoding="utf-8"))
    means = made["means"]
    count = {suite: sum(means[suite]["fact_coverage"][key] for key in ("scored", "unscored")) for suite in _SUITES}
    head = [f"{words} ({count[suite]} cases)" for suite, words in _SUITES.items()]
    lines = [f"| drafts by {made['composer']} | {' | '.join(head)} |", "|---|---|---|"]
    for name in CENTRAL:
        cells = [_cell(means[suite][name]) for suite in _SUITES]
        lines.append(f"| {_ENGLISH[name]} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(row: Mapping[str, Any]) -> str:
    shown = "–" if row["mean"] is None else f"{row['mean']:.3f}"
    return shown + (f" ({row['unscored']} unscored)" if row["unscored"] else "")
