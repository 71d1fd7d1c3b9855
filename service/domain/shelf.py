"""What the shelf of past reports holds beside the reports themselves: masked sections and their vectors.

These are plain values so that the corpus room and the storage room agree without importing each other.
"""

from __future__ import annotations

from dataclasses import dataclass

from service.domain.genre import Genre, Level, UnitType
from service.domain.report import Section


@dataclass(frozen=True, slots=True, order=True)
class SectionKey:
    """Where a section stands: its report and its 0-based position in it."""

    report_id: str
    position: int


@dataclass(frozen=True, slots=True)
class MaskedSection:
    """A section and the typed-blank form of its heading and text; only the masked form may reach a composer."""

    section: Section
    masked_heading: str
    masked_text: str


@dataclass(frozen=True, slots=True)
class SectionVector:
    """One vector of a section. A section may have several; `window` numbers them from 0.

    `vector` is little-endian float16 of length one, as the shelf keeps it.
    """

    position: int
    window: int
    vector: bytes


@dataclass(frozen=True, slots=True, order=True)
class VectorKey:
    """Names one vector: its section and its window."""

    section: SectionKey
    window: int


@dataclass(frozen=True, slots=True)
class ShelvedSection:
    """A section as the shelf gives it back, with what a search filters and shows of its report."""

    key: SectionKey
    source: str
    title: str
    genre: Genre
    unit: str
    unit_type: UnitType
    year: int | None
    damage: tuple[str, ...]
    usable_for: tuple[str, ...]
    level: int
    heading: str
    text: str
    masked_heading: str
    masked_text: str
    report_level: Level = Level.GRASSROOTS


@dataclass(frozen=True, slots=True)
class KnownReport:
    """A report on the shelf as a new reading of its page is compared with it. `is_corrected`: a person changed it."""

    report_id: str
    text_hash: str
    page_id: str
    source: str
    lines: tuple[int, int]
    understanding: str
    is_corrected: bool
