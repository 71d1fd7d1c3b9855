"""Names of a draft that stand in its notes to the letter, each with its line: what the checker passes in silence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from service.domain.finding import Evidence
from service.domain.text import split_lines
from service.language.names import find_names, policy_reason

_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class GroundedName:
    """A name of the draft at `start`–`end`, of the kind person, unit, place, document …, and its first line."""

    start: int
    end: int
    text: str
    kind: str
    evidence: Evidence

    def to_json(self) -> dict[str, Any]:
        """The shape of `names` in the answers of the API."""
        return {
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "kind": self.kind,
            "evidence": [self.evidence.to_json()],
        }


def grounded_names(draft: str, notes: str) -> list[GroundedName]:
    """The names of `draft` that `notes` hold letter by letter, in order; those of policies and holidays need no line
    and are left out. Pure."""
    lines = split_lines(notes)
    places: dict[str, int] = {}
    found = []
    for name in find_names(draft):
        if len(name.text) < _SHORTEST or policy_reason(name.text):
            continue
        at = places.setdefault(name.text, notes.find(name.text))
        if at < 0:
            continue
        line = lines.line_at(at)
        proof = Evidence(line.number, at, at + len(name.text), name.text)
        found.append(GroundedName(name.start, name.end, name.text, str(name.kind), proof))
    return found
