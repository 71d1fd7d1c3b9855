"""RAGAS and DeepEval asked through their own packages for faithfulness and answer relevancy of a run's drafts.

Both ask a model for every score and belong to nobody's default installation: `pip install 'zhibi[judges]'`, or an
environment of their own, whose Python is named. `ask.py` runs there, in a process of its own either way.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from eval.cases import Case
from service.domain.errors import ServiceUnavailable, UnusableInput

# What to install; ragas imports a module that langchain-community dropped in 0.4.
PACKAGES: Mapping[str, str] = {"ragas": "ragas 'langchain-community<0.4'", "deepeval": "deepeval"}
_ASK = Path(__file__).with_name("ask.py")
_MOST_SECONDS = 6 * 3600


@dataclass(frozen=True, slots=True)
class Sample:
    """A draft as these packages see it: the question, what was given to answer it, the answer."""

    case_id: str
    question: str
    given: tuple[str, ...]
    answer: str


def samples(record: Mapping[str, Any], cases: Sequence[Case]) -> list[Sample]:
    """The drafts of a run with the notes of their cases; cases that changed since, or failed, are left out. Pure."""
    known = {case.case_id: case for case in cases}
    found = []
    for row in record["cases"]:
        case = known.get(row["case"])
        if case is None or case.digest != row["digest"] or not row["text"]:
            continue
        question = f"根据笔记起草{case.unit}{case.period.chinese}{case.genre.chinese}。"
        lines = tuple(line for line in case.notes.split("\n") if line.strip())
        found.append(Sample(case.case_id, question, lines, row["text"]))
    return found


def require(package: str, python: Path) -> None:
    """Raises UnusableInput, saying how to install it, where `package` is unknown or `python` does not hold it."""
    if package not in PACKAGES:
        raise UnusableInput(f"没有外部评测包“{package}”。可选：{'、'.join(PACKAGES)}。", package=package)
    looked = [str(python), "-c", f"import importlib.util, sys; sys.exit(importlib.util.find_spec('{package}') is None)"]
    try:
        there = subprocess.run(looked, capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        there = False
    if not there:
        raise UnusableInput(
            f"“{python}”里没有{package}。它不随执笔安装，最好装在自己的环境里："
            f"python3 -m venv 评审 && 评审/bin/pip install {PACKAGES[package]}，再加 --python 评审/bin/python。",
            package=package,
        )


def scores(
    package: str, python: Path, chosen: Sequence[Sample], model: str, address: str, key: str, hide: Callable[[str], str]
) -> list[dict[str, Any]]:
    """A row of scores for each sample, by the package's own metrics; `model` at `address` answers it. `hide` takes
    private data out of every text before it is handed over.

    Raises UnusableInput as `require` does, ServiceUnavailable with the package's own last words where it fails.
    """
    require(package, python)
    rows = [
        {"case": one.case_id, "question": one.question, "given": [hide(line) for line in one.given],
         "answer": hide(one.answer)}
        for one in chosen
    ]  # fmt: skip
    asked = {"package": package, "model": model, "address": address, "samples": rows}
    with TemporaryDirectory(prefix="zhibi-outside-") as folder:
        # What these packages write beside the work (caches, settings) goes with the folder.
        environment = {**os.environ, "OPENAI_API_KEY": key or "none", "HOME": folder}
        try:
            done = subprocess.run(
                [str(python), str(_ASK)],
                input=json.dumps(asked, ensure_ascii=False),
                capture_output=True,
                text=True,
                encoding="utf-8",
                cwd=folder,
                env=environment,
                timeout=_MOST_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as late:
            raise ServiceUnavailable(f"{package}没有按时评完。请减少案例后重试。", package=package) from late
    if done.returncode:
        raise ServiceUnavailable(f"{package}没有评完：{_reason(done.stderr)[:300]}", package=package)
    found: list[dict[str, Any]] = json.loads(done.stdout.rstrip().rsplit("\n", 1)[-1])
    return found


def _reason(said: str) -> str:
    """The line of a traceback that names the error, or the last line."""
    lines = said.strip().splitlines() or ["没有说明"]
    return next(
        (line for line in reversed(lines) if re.match(r"[A-Za-z_.]+(?:Error|Exception|Timeout)\b", line)), lines[-1]
    )
