"""Past reports: finished documents, their sections, and the masked form of a section that a composer may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from service.domain.genre import Genre, UnitType


@dataclass(frozen=True, slots=True)
class Section:
    """One headed part of a report. `level` 1 is 一、, 2 is （一）, 3 is 1.; 0 is text under
    no heading: the opening, and last of all a closing with its signature and date.

    `text` is the body without its heading and without its subsections' text.
    """

    heading: str
    level: int
    text: str


@dataclass(frozen=True)
class Report:
    """A finished past document as it was understood, cleaned.

    `report_id` is derived from the text, so the same document has the same id on every machine. `lines` are the first
    and last 1-based line in `source`. `damage` and `usable_for` use the words of the public contract. `duplicate_of`
    names the report this one repeats, None for an original.
    """

    report_id: str
    source: str
    label: str
    title: str
    genre: Genre
    unit: str
    unit_type: UnitType
    text: str
    lines: tuple[int, int]
    sections: tuple[Section, ...]
    damage: tuple[str, ...] = ()
    usable_for: tuple[str, ...] = ("structure", "facts")
    duplicate_of: str | None = None
    year: int | None = None

    def to_json(self) -> dict[str, Any]:
        """One row of `reports` in `zhibi ingest --json`."""
        return {
            "id": self.report_id,
            "source": self.source,
            "label": self.label,
            "title": self.title,
            "genre": str(self.genre),
            "unit": self.unit,
            "unit_type": str(self.unit_type),
            "year": self.year,
            "chars": len(self.text),
            "lines": list(self.lines),
            "sections": [{"heading": s.heading, "level": s.level, "chars": len(s.text)} for s in self.sections],
            "damage": list(self.damage),
            "duplicate_of": self.duplicate_of,
            "usable_for": list(self.usable_for),
        }


@dataclass(frozen=True, slots=True)
class Exemplar:
    """A past section with every number, date, name, place, unit and title masked: all that a composer may see of it."""

    report_id: str
    genre: Genre
    unit_type: UnitType
    heading: str
    masked: str
    score: float


@dataclass(frozen=True, slots=True)
class ExemplarOriginal:
    """The unmasked section behind an exemplar. Only people and the checker read it; no composer takes this type."""

    report_id: str
    title: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Retrieved:
    """An exemplar and its original, kept apart by type so that the original cannot reach a prompt."""

    exemplar: Exemplar
    original: ExemplarOriginal


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One row of `zhibi search`: `text` is what a person may read; `score` only ranks within one answer."""

    report_id: str
    source: str
    title: str
    genre: Genre
    unit_type: UnitType
    heading: str
    text: str
    score: float

    def to_json(self) -> dict[str, Any]:
        """The public shape."""
        return {
            "report_id": self.report_id,
            "source": self.source,
            "title": self.title,
            "genre": str(self.genre),
            "unit_type": str(self.unit_type),
            "heading": self.heading,
            "text": self.text,
            "score": round(self.score, 6),
        }
