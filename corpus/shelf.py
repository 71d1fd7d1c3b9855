"""The shelf of past reports as the corpus room needs it. Storage implements it; neither room imports the other."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Protocol

from service.domain.page import Page
from service.domain.report import Correction, Report
from service.domain.shelf import (
    KnownReport,
    Likeness,
    MaskedSection,
    SectionKey,
    SectionVector,
    ShelvedSection,
    TwinPair,
    VectorKey,
)


class ReportShelf(Protocol):
    """The record of all past reports. Each write is wholly done or not at all; failures are StorageFailed."""

    def revision(self) -> int:
        """A number that grows with every change, whoever made it."""
        ...

    def changed_since(self, revision: int) -> tuple[int, frozenset[str]]:
        """The present revision, and every report that was added, removed or changed after `revision`."""
        ...

    def report_ids(self) -> frozenset[str]:
        """Every report on the shelf, duplicates too."""
        ...

    def reports(self) -> Iterator[Report]:
        """Every report with its sections, in the order they came in."""
        ...

    def report(self, report_id: str) -> Report:
        """The report `report_id`. Raises NotFound."""
        ...

    def as_found(self, report_id: str) -> Report:
        """The report `report_id` without a person's corrections. Raises NotFound."""
        ...

    def add_report(
        self,
        report: Report,
        sections: Sequence[MaskedSection],
        encoder: str,
        vectors: Sequence[SectionVector],
        likeness: Likeness = ...,
    ) -> bool:
        """Puts a report on the shelf, with its sections and vectors; False where it stood there already."""
        ...

    def remove_report(self, report_id: str) -> bool:
        """Takes a report off the shelf; False where it was not there. A duplicate of it takes its place."""
        ...

    def mark_duplicate(self, report_id: str, of: str) -> None:
        """Makes one report a duplicate of another, and with it everything that repeated it. Raises NotFound."""
        ...

    def refresh_report(
        self,
        report: Report,
        sections: Sequence[MaskedSection],
        encoder: str,
        vectors: Sequence[SectionVector],
        likeness: Likeness = ...,
    ) -> bool:
        """Replaces what the rules found of a report; its id, its age and a person's corrections stay."""
        ...

    def correct_report(self, report_id: str, correction: Correction, by: str = "") -> None:
        """Keeps a person's correction; None in it leaves that field as it is. Raises NotFound."""
        ...

    def corrections(self, report_id: str) -> Mapping[str, Mapping[str, Any]]:
        """What people said of a report: field → {value, by, at}. Raises NotFound."""
        ...

    def copies_of(self, report_id: str) -> Sequence[str]:
        """The reports that repeat `report_id`."""
        ...

    def withdraw_corrections(self, report_id: str, names: Collection[str] = ...) -> None:
        """Takes a person's corrections back: those of the fields `names`, or all. Raises NotFound."""
        ...

    def put_page(self, page: Page) -> None:
        """Keeps a page as it reached us, over what was known of it."""
        ...

    def page(self, page_id: str) -> Page | None:
        """The page `page_id`; None where it is not kept."""
        ...

    def finish_page(self, page_id: str, understanding: str) -> None:
        """Says that every report of a page is stored as the rules `understanding` read it."""
        ...

    def pages_behind(self, understanding: str) -> Sequence[str]:
        """The pages that other rules read, or whose reports are not all stored; in order."""
        ...

    def known_texts(self, hashes: Collection[str]) -> Mapping[str, str]:
        """For each cleaned text on the shelf that one of `hashes` names: the report it is."""
        ...

    def known_of_page(self, page_id: str, source: str) -> Sequence[KnownReport]:
        """The reports that a page gave, and those of the same source that came in before pages were kept."""
        ...

    def holders(self, marks: Collection[int]) -> Mapping[int, Sequence[str]]:
        """The originals that hold each of `marks`; a mark that none holds is missing."""
        ...

    def reports_without_marks(self) -> Sequence[str]:
        """Originals that have no marks yet, in the order they came in."""
        ...

    def put_likeness(self, report_id: str, likeness: Likeness) -> None:
        """Replaces what is known of a report's likeness; a report that is gone keeps none."""
        ...

    def twins(self, report_id: str | None = None) -> Sequence[TwinPair]:
        """All pairs of originals that share sentences, or those of one report, most alike first."""
        ...

    def searchable_sections(self, report_ids: Collection[str] | None = None) -> Iterator[ShelvedSection]:
        """The sections of all originals (no duplicates), or of the named ones, ordered by key."""
        ...

    def sections(self, keys: Collection[SectionKey]) -> dict[SectionKey, ShelvedSection]:
        """The named sections; one that is gone is missing from the answer."""
        ...

    def vector_keys(self, encoder: str) -> Sequence[VectorKey]:
        """Every vector of `encoder` that belongs to an original, ordered."""
        ...

    def vectors(self, encoder: str, report_ids: Collection[str] | None = None) -> Iterator[tuple[VectorKey, bytes]]:
        """Those vectors, all or of the named reports, in the same order."""
        ...

    def reports_without_vectors(self, encoder: str) -> Sequence[str]:
        """Originals that have sections and no vector of `encoder` yet."""
        ...

    def masked_sections(self, report_id: str) -> Sequence[MaskedSection]:
        """The sections of a report in order; empty where it is gone."""
        ...

    def add_vectors(self, report_id: str, encoder: str, vectors: Sequence[SectionVector]) -> None:
        """Replaces the vectors of `encoder` for one report."""
        ...
