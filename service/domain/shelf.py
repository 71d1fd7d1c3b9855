"""What the shelf of past reports holds beside the reports themselves: masked sections and their vectors.

These are plain values so that the corpus room and the storage room agree without importing each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from service.domain.genre import Genre, Level, UnitType
from service.domain.report import Section


class SectionKey(NamedTuple):
    """Where a section stands: its report and its 0-based position in it. A search compares and hashes thousands, which
    tuples do four times as fast as other values."""

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


@dataclass(frozen=True, slots=True)
class ListedReport:
    """A report as a list shows it, without its text. `doubted` and `corrected` name fields; a report that is
    `avoided` was marked by a person as not to be imitated."""

    report_id: str
    source: str
    title: str
    genre: Genre
    unit: str
    unit_type: UnitType
    level: Level
    year: int | None
    chars: int
    damage: tuple[str, ...]
    usable_for: tuple[str, ...]
    duplicate_of: str | None
    doubted: tuple[str, ...]
    corrected: tuple[str, ...]
    avoided: bool


class ReportState(StrEnum):
    """What a person may look for among the reports of the shelf; the values stand in addresses."""

    USABLE = "usable"
    DAMAGED = "damaged"
    DOUBTED = "doubted"
    REPEATED = "repeated"
    CORRECTED = "corrected"
    AVOIDED = "avoided"

    @property
    def chinese(self) -> str:
        """The name people use."""
        return _STATE_NAMES[self]


_STATE_NAMES = {
    ReportState.USABLE: "可作范例",
    ReportState.DAMAGED: "有损伤",
    ReportState.DOUBTED: "文种存疑",
    ReportState.REPEATED: "重复",
    ReportState.CORRECTED: "人工更正过",
    ReportState.AVOIDED: "标为不作范例",
}


@dataclass(frozen=True, slots=True)
class ReportFilter:
    """Which reports a list shows; None and "" let all pass. `words` are looked for in title, unit and source."""

    words: str = ""
    genre: Genre | None = None
    unit_type: UnitType | None = None
    year: int | None = None
    state: ReportState | None = None

    def lets(self, one: ListedReport) -> bool:
        """Whether a report passes. Pure."""
        said = f"{one.title}\n{one.unit}\n{one.source}".casefold()
        return (
            all(word in said for word in self.words.casefold().split())
            and self.genre in (None, one.genre)
            and self.unit_type in (None, one.unit_type)
            and self.year in (None, one.year)
            and (self.state is None or _is_in(one, self.state))
        )


def _is_in(one: ListedReport, state: ReportState) -> bool:
    return {
        ReportState.USABLE: "structure" in one.usable_for and one.duplicate_of is None,
        ReportState.DAMAGED: bool(one.damage),
        ReportState.DOUBTED: bool(one.doubted),
        ReportState.REPEATED: one.duplicate_of is not None,
        ReportState.CORRECTED: bool(one.corrected),
        ReportState.AVOIDED: one.avoided,
    }[state]


@dataclass(frozen=True, slots=True)
class Likeness:
    """What finds a report's copies and twins without its text: a sample of the hashes of its shingles, and the reports
    it shares sentences with, each with the share (0 to 1) of the shorter one's. Duplicates have none."""

    marks: tuple[int, ...] = ()
    twins: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class TwinPair:
    """Two originals that share sentences, ids in order, with the share (0 to 1) of the shorter one's shingles."""

    first: str
    second: str
    share: float
