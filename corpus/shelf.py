"""The shelf of past reports as the corpus room needs it. Storage implements it; neither room imports the other."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Protocol

from service.domain.genre import Genre
from service.domain.report import Report
from service.domain.shelf import MaskedSection, SectionKey, SectionVector, ShelvedSection, VectorKey


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

    def add_report(
        self, report: Report, sections: Sequence[MaskedSection], encoder: str, vectors: Sequence[SectionVector]
    ) -> bool:
        """Puts a report on the shelf, with its sections and vectors; False where it stood there already."""
        ...

    def remove_report(self, report_id: str) -> bool:
        """Takes a report off the shelf; False where it was not there. A duplicate of it takes its place."""
        ...

    def mark_duplicate(self, report_id: str, of: str) -> None:
        """Makes one report a duplicate of another, and with it everything that repeated it. Raises NotFound."""
        ...

    def correct_report(self, report_id: str, *, genre: Genre | None = None, do_not_imitate: bool | None = None) -> None:
        """Keeps a person's correction; None leaves that field as it is. Raises NotFound."""
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
