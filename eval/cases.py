"""Cases: invented notes with what a good draft must state, must ask about and must not contain. One TOML file each."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.traps import TRAPS
from service.domain.errors import UnusableInput
from service.domain.genre import Genre, UnitType, parse_genre
from service.domain.period import Period, parse_period

CASES = Path(__file__).parent / "cases"
_KEYS = {
    "id", "genre", "unit", "unit_type", "period", "notes", "expected_facts", "must_ask", "forbidden", "traps",
    "held_out", "provenance", "reference",
}  # fmt: skip
_REQUIRED = _KEYS - {"reference"}


@dataclass(frozen=True, slots=True)
class ExpectedFact:
    """A fact a draft must state: every one of `parts` appears in one paragraph. A part is a tuple of alternatives."""

    parts: tuple[tuple[str, ...], ...]
    line: int


@dataclass(frozen=True)
class Case:
    """One case. `must_ask` are words of which each must be asked of staff; `forbidden` must not appear in a draft.
    `reference` is what a careful clerk would write of the notes, "" where nobody wrote one."""

    case_id: str
    genre: Genre
    unit: str
    unit_type: UnitType
    period: Period
    notes: str
    expected_facts: tuple[ExpectedFact, ...]
    must_ask: tuple[str, ...]
    forbidden: tuple[str, ...]
    traps: tuple[str, ...]
    held_out: bool
    digest: str
    reference: str = ""


def load_cases(suite: str = "all", folder: Path = CASES) -> list[Case]:
    """The cases of `suite` (`develop`, `held-out` or `all`), ordered by id.

    Raises UnusableInput for an unknown suite, or a file with unknown or missing keys or an unknown trap, naming both.
    """
    if suite not in ("develop", "held-out", "all"):
        raise UnusableInput(f"没有评测集“{suite}”。可选：develop、held-out、all。", suite=suite)
    cases = [load_case(path) for path in sorted(folder.glob("*.toml"))]
    return [case for case in cases if suite == "all" or case.held_out == (suite == "held-out")]


def load_case(path: Path) -> Case:
    """The case in one file. Raises UnusableInput, naming the file and the key, where it breaks its form."""
    content = path.read_bytes()
    try:
        fields = tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as broken:
        raise UnusableInput(f"评测案例{path.name}读不了：{broken}。", file=path.name) from broken
    wrong = sorted((fields.keys() - _KEYS) | (_REQUIRED - fields.keys()))
    if wrong:
        raise UnusableInput(f"评测案例{path.name}的字段不对：{'、'.join(wrong)}。", file=path.name, keys=wrong)
    if strange := sorted(set(fields["traps"]) - TRAPS.keys()):
        raise UnusableInput(
            f"评测案例{path.name}里有不认识的陷阱名：{'、'.join(strange)}。可用的写在 eval/traps.py 里。",
            file=path.name,
            traps=strange,
        )
    if fields["unit_type"] not in (known := [str(one) for one in UnitType]):
        told = f"评测案例{path.name}里的单位类型“{fields['unit_type']}”不认识。可写：{'、'.join(known)}。"
        raise UnusableInput(told, file=path.name, unit_type=fields["unit_type"])
    return Case(
        case_id=fields["id"],
        genre=parse_genre(fields["genre"]),
        unit=fields["unit"],
        unit_type=UnitType(fields["unit_type"]),
        period=parse_period(fields["period"]),
        notes=fields["notes"],
        expected_facts=tuple(_expected(one) for one in fields["expected_facts"]),
        must_ask=tuple(fields["must_ask"]),
        forbidden=tuple(fields["forbidden"]),
        traps=tuple(fields["traps"]),
        held_out=fields["held_out"],
        digest=hashlib.sha256(content).hexdigest(),
        reference=fields.get("reference", "").strip(),
    )


def _expected(fields: Mapping[str, Any]) -> ExpectedFact:
    parts = tuple((part,) if isinstance(part, str) else tuple(part) for part in fields["text"])
    return ExpectedFact(parts, fields["line"])
