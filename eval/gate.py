"""The gate: a small fixed suite drafted by rules must not fall below what is stated in `gate.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.domain.errors import UnusableInput

STATED = Path(__file__).with_name("gate.toml")


@dataclass(frozen=True)
class Gate:
    """The cases of the gate, and for each measure the worst mean that is let through."""

    cases: tuple[str, ...]
    worst: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Regression:
    """A measure whose mean is worse than stated; `mean` None where no case could be scored, which is one too."""

    measure: str
    mean: float | None
    worst: float


def read_gate(path: Path = STATED) -> Gate:
    """The gate stated in a file. Raises UnusableInput, naming the file and the wrong key."""
    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as broken:
        raise UnusableInput(f"门槛文件“{path}”读不了：{broken}。", file=str(path)) from broken
    wrong = stated.keys() ^ {"cases", "worst"}
    if wrong or not stated["cases"] or not stated["worst"]:
        raise UnusableInput(f"门槛文件“{path}”须有且只有 cases 和 worst，且不能为空。", file=str(path))
    return Gate(tuple(stated["cases"]), {name: float(value) for name, value in stated["worst"].items()})


def regressions(record: Mapping[str, Any], gate: Gate) -> list[Regression]:
    """The stated measures that the run falls short of, in their order. Pure.

    Raises UnusableInput for a measure nobody has, or a case the run lacks.
    """
    unknown = [name for name in gate.worst if name not in record["measures"]]
    rows = {row["case"]: row for row in record["cases"]}
    absent = [name for name in gate.cases if name not in rows]
    if unknown or absent:
        raise UnusableInput(f"门槛文件里有不存在的指标或案例：{'、'.join([*unknown, *absent])}。")
    found = []
    for name, worst in gate.worst.items():
        scores = [rows[case]["scores"][name] for case in gate.cases if rows[case]["scores"][name] is not None]
        mean = sum(scores) / len(scores) if scores else None
        higher = record["measures"][name]["higher_is_better"]
        if mean is None or (mean < worst - 1e-9 if higher else mean > worst + 1e-9):
            found.append(Regression(name, mean, worst))
    return found
