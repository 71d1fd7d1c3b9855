"""Runs cases through the drafting path, side by side and resumably; the record has all that repeating it needs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict
from importlib.metadata import version
from importlib.resources import files
from multiprocessing import get_context
from pathlib import Path
from platform import python_version
from typing import Any

from eval.cases import Case
from eval.drafting import Extras, try_case
from eval.measures import ALL
from eval.opening import Plan, open_tools
from service.domain.errors import UnusableInput, ZhibiError
from service.drafting.tools import DraftingTools
from service.settings import Settings

SEED = 20240308
SUITES = ("develop", "held-out")
# Packages whose version may change a draft or a score.
_PACKAGES = ("zhibi", "rjieba", "langchain", "langchain-openai", "openai", "numpy", "tiktoken", "python-docx")


def run_cases(
    cases: Sequence[Case],
    plan: Plan,
    folder: Path | None = None,
    on_case: Callable[[str], None] = lambda case_id: None,
) -> dict[str, Any]:
    """The run record of `cases`: for each its scores and draft, and the mean of each measure over the scored cases.

    Deterministic where the writer is, whatever the number of processes; held-out cases are averaged apart. Where
    `folder` is given each finished case is kept there at once, and a run with the same plan goes on from them. A case
    that cannot be drafted is a row with `failed`, unscored by every measure.
    """
    identity = identity_of(plan)
    rows = _kept(cases, folder, identity)
    for case_id in rows:
        on_case(case_id)
    for row in _drafted([case for case in cases if case.case_id not in rows], plan):
        rows[row["case"]] = row
        if folder is not None:
            _keep(folder, row, identity)
        on_case(row["case"])
    ordered = [rows[case.case_id] for case in cases]
    return record_of(ordered, identity)


def record_of(rows: Sequence[dict[str, Any]], identity: Mapping[str, Any]) -> dict[str, Any]:
    """The record of finished rows: what it was run with, the measures, their means by suite, and the rows. Pure."""
    return {
        **identity,
        "composer": next((row["composer"] for row in rows if row["composer"]), None),
        "measures": {measure.name: described(measure) for measure in ALL},
        "means": {suite: means(rows, suite) for suite in SUITES},
        "cases": list(rows),
    }


def identity_of(plan: Plan) -> dict[str, Any]:
    """What a run must share with another to be its repetition: settings, prompts, past reports, versions, seed."""
    return {
        "versions": {"python": python_version(), **{name: version(name) for name in _PACKAGES}},
        "seed": SEED,
        "settings": _told_settings(plan.settings),
        "prompts": prompts_digest(),
        "corpus": _corpus_digest(plan),
        "extras": asdict(plan.extras),
        "script": plan.script,
    }


def _told_settings(settings: Settings) -> dict[str, Any]:
    """The settings that may change a draft; secrets and places are none of a record's business."""
    names = (
        "model", "openai_base_url", "embedding_model", "exemplars", "overlap_block_chars", "repair_rounds",
        "notes_max_chars", "model_context_tokens", "model_reply_tokens", "model_timeout_seconds",
    )  # fmt: skip
    return {name: getattr(settings, name) for name in names}


def prompts_digest() -> str:
    """One hash over every genre plan and template."""
    digest = hashlib.sha256()
    for folder in ("genres", "templates"):
        for file in sorted(files("prompts").joinpath(folder).iterdir(), key=lambda one: one.name):
            if file.is_file():
                digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _corpus_digest(plan: Plan) -> dict[str, Any]:
    """How many past reports may be offered, and one hash over their ids, which are hashes of their texts."""
    if plan.exemplars == "none":
        return {"reports": 0, "digest": None}
    from service.wiring.record import open_shelf

    with open_shelf(plan.settings) as shelf:
        ids = sorted(shelf.report_ids())
    return {"reports": len(ids), "digest": hashlib.sha256("\n".join(ids).encode()).hexdigest()}


_here: tuple[DraftingTools, Extras] | None = None
_open = ExitStack()  # what a worker process holds until it ends


def _drafted(cases: Sequence[Case], plan: Plan) -> Iterator[dict[str, Any]]:
    if not cases:
        return
    if min(plan.processes, len(cases)) <= 1:
        with ExitStack() as held:
            tools = open_tools(plan, held)
            for case in cases:
                yield row_of(case, tools, plan.extras)
        return
    # Spawned, since a forked child would share the database, the index and the threads of its parent.
    with ProcessPoolExecutor(
        min(plan.processes, len(cases)), get_context("spawn"), initializer=_begin, initargs=(plan,)
    ) as pool:
        yield from pool.map(_one, cases)


def _begin(plan: Plan) -> None:
    global _here
    _here = (open_tools(plan, _open), plan.extras)


def _one(case: Case) -> dict[str, Any]:
    assert _here is not None
    return row_of(case, *_here)


def _tools(plan: Plan, held: ExitStack) -> DraftingTools:
    from service.wiring.corpus import open_corpus
    from service.wiring.drafting import drafting_tools
    from service.wiring.models import open_models

    corpus = held.enter_context(open_corpus(plan.settings)) if plan.exemplars == "own" else None
    models = held.enter_context(open_models(plan.settings))
    return drafting_tools(plan.settings, corpus, models.for_run("eval") if models else None)


def row_of(case: Case, tools: DraftingTools, extras: Extras) -> dict[str, Any]:
    """One row of a record: the case, its scores, and the draft they are of."""
    row: dict[str, Any] = {
        "case": case.case_id,
        "digest": case.digest,
        "genre": str(case.genre),
        "unit_type": str(case.unit_type),
        "held_out": case.held_out,
        "traps": list(case.traps),
    }
    try:
        trial = try_case(case, tools, extras)
    except ZhibiError as refused:
        none = {measure.name: None for measure in ALL}
        return {**row, "scores": none, "composer": None, "text": "", "failed": refused.message}
    draft = trial.draft
    return {
        **row,
        "scores": {measure.name: _rounded(measure.score(case, trial)) for measure in ALL},
        "prompts": dict(draft.provenance.prompts),
        "composer": draft.provenance.composer,
        "degraded": draft.provenance.degraded,
        "usage": dict(draft.provenance.usage),
        "verdicts": _verdicts(draft.check.to_json()),
        "text": draft.text,
        "failed": None,
        "seconds": {stage: round(spent, 4) for stage, spent in trial.seconds.items()},
    }


def _rounded(score: float | None) -> float | None:
    return None if score is None else round(score, 6)


def _verdicts(check: Mapping[str, Any]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in (*check["findings"], *check["passed"]):
        counts[one["verdict"]] = counts.get(one["verdict"], 0) + 1
    return dict(sorted(counts.items()))


def _path(folder: Path, case_id: str) -> Path:
    return folder / "cases" / f"{case_id}.json"


def _keep(folder: Path, row: dict[str, Any], identity: Mapping[str, Any]) -> None:
    path = _path(folder, row["case"])
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".part")
    half.write_text(json.dumps({"identity": identity, "row": row}, ensure_ascii=False), encoding="utf-8")
    half.replace(path)  # whole or not there, wherever the run is interrupted


def _kept(cases: Sequence[Case], folder: Path | None, identity: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The rows of an interrupted run that are still right: same case, same plan, same measures."""
    rows: dict[str, dict[str, Any]] = {}
    names = {measure.name for measure in ALL}
    for case in cases if folder is not None else ():
        try:
            kept = json.loads(_path(folder, case.case_id).read_text(encoding="utf-8")) if folder else {}
        except (OSError, ValueError):
            continue
        row = kept.get("row", {})
        fresh = row.get("digest") == case.digest and row.get("scores", {}).keys() == names
        if fresh and kept.get("identity") == json.loads(json.dumps(identity)):
            rows[case.case_id] = row
    return rows


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


def described(measure: Any) -> dict[str, Any]:
    """What a record says of a measure."""
    return {
        "chinese": measure.chinese,
        "unit": measure.unit,
        "lowest": measure.lowest,
        "highest": measure.highest,
        "higher_is_better": measure.higher_is_better,
        "sees": measure.sees,
        "blind_to": measure.blind_to,
    }


def means(rows: Sequence[dict[str, Any]], suite: str) -> dict[str, dict[str, float | int | None]]:
    """Mean of each measure over the cases of `suite` it could score, and how many it could not. Pure."""
    chosen = [row["scores"] for row in rows if row["held_out"] == (suite == "held-out")]
    found: dict[str, dict[str, float | int | None]] = {}
    for measure in ALL:
        scored = [scores[measure.name] for scores in chosen if scores[measure.name] is not None]
        mean = round(sum(scored) / len(scored), 4) if scored else None
        found[measure.name] = {"mean": mean, "scored": len(scored), "unscored": len(chosen) - len(scored)}
    return found
