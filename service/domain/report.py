"""Past reports: finished documents, their sections, and the masked form of a section that a composer may see."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from service.domain.genre import Genre, Level, UnitType
from service.domain.page import Change


@dataclass(frozen=True, slots=True)
class Section:
    """One headed part of a report. `level` 1 is 一、, 2 is （一）, 3 is 1.; 0 is text under
    no heading: the opening, and last of all a closing with its signature and date.

    `text` is the body without its heading and without its subsections' text.
    """

    heading: str
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What the rules decided of a report: `field` (genre, unit, unit_type, level, year, period), the value as text,
    how sure they are from 0 (a guess) to 1, and why, as a Chinese sentence for people."""

    field: str
    value: str
    confidence: float
    why: str


# Below this the next best reading was about as likely, and a person should look.
_DOUBTED_BELOW = 0.35


def doubted_fields(decisions: Sequence[Decision], corrected: Collection[str]) -> list[str]:
    """What the rules decided so unsurely that a person should look: genre, unit_type. Pure."""
    return [
        one.field
        for one in decisions
        if one.field in ("genre", "unit_type") and one.confidence < _DOUBTED_BELOW and one.field not in corrected
    ]


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person says of a report; None leaves what the rules found, or what was said before."""

    genre: Genre | None = None
    unit_type: UnitType | None = None
    level: Level | None = None
    unit: str | None = None
    title: str | None = None
    year: int | None = None
    period: str | None = None
    do_not_imitate: bool | None = None


@dataclass(frozen=True)
class Report:
    """A finished past document as it was understood, cleaned.

    `report_id` is derived from the text when the report came in, so the same document has the same id on every machine;
    `text_hash` names the text as the rules cleaned it last, "" where that is the id still. `lines` are the first and
    last 1-based line of the page `page_id`. `damage` and `usable_for` use the words of the public contract.
    `duplicate_of` names the report this one repeats, None for an original. `decisions` say how sure the rules are;
    `corrected` names the fields where a person's word stands instead. `restored` are words that cleaning found deleted
    and a copy still held. `understanding` is the version of the rules that read it.
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
    period: str = ""
    level: Level = Level.GRASSROOTS
    decisions: tuple[Decision, ...] = ()
    corrected: tuple[str, ...] = ()
    restored: tuple[Change, ...] = ()
    page_id: str = ""
    text_hash: str = ""
    understanding: str = ""

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
            "level": str(self.level),
            "year": self.year,
            "period": self.period,
            "chars": len(self.text),
            "lines": list(self.lines),
            "sections": [{"heading": s.heading, "level": s.level, "chars": len(s.text)} for s in self.sections],
            "damage": list(self.damage),
            "duplicate_of": self.duplicate_of,
            "usable_for": list(self.usable_for),
            "decisions": [
                {"field": one.field, "value": one.value, "confidence": round(one.confidence, 2), "why": one.why}
                for one in self.decisions
            ],
            "corrected": list(self.corrected),
        }


@dataclass(frozen=True, slots=True)
class Exemplar:
    """A past section with every number, date, name, place, unit and title masked: all that a composer may see of it.

    `same_unit` warns people that it is of the unit that writes: its old figures look right there.
    """

    report_id: str
    genre: Genre
    unit_type: UnitType
    heading: str
    masked: str
    score: float
    same_unit: bool = False


@dataclass(frozen=True, slots=True)
class ExemplarOriginal:
    """The unmasked section behind an exemplar. Only people and the checker read it; no composer takes this type.

    `same_unit` says that it is of the unit that writes: its own words said again are copied from nobody.
    """

    report_id: str
    title: str
    heading: str
    text: str
    same_unit: bool = False


@dataclass(frozen=True, slots=True)
class Retrieved:
    """An exemplar and its original, kept apart by type so that the original cannot reach a prompt."""

    exemplar: Exemplar
    original: ExemplarOriginal


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One row of `zhibi search`: `text` is what a person may read; `score` only ranks within one answer.

    `why` holds the ranks the score is made of; `same_unit` warns that the section is of the asker's own unit.
    """

    report_id: str
    source: str
    title: str
    genre: Genre
    unit_type: UnitType
    heading: str
    text: str
    score: float
    unit: str = ""
    level: Level = Level.GRASSROOTS
    year: int | None = None
    damage: tuple[str, ...] = ()
    same_unit: bool = False
    why: Mapping[str, Any] = field(default_factory=dict)

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
            "unit": self.unit,
            "level": str(self.level),
            "year": self.year,
            "damage": list(self.damage),
            "same_unit": self.same_unit,
            "why": dict(self.why),
        }
