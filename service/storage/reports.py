"""The shelf of past reports in the database. Every method is one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import TypeVar

from sqlalchemy import Select, and_, delete, exists, func, or_, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session, defer

from service.domain.report import Report, Section
from service.domain.shelf import (
    Likeness,
    ListedReport,
    MaskedSection,
    SectionKey,
    SectionVector,
    ShelvedSection,
    VectorKey,
)
from service.storage.changes import log_change
from service.storage.likeness import LikenessStore, forget_likeness, write_likeness
from service.storage.pages import no_report
from service.storage.report_rows import (
    columns_of,
    listed_of,
    new_columns,
    page_without,
    report_of,
    section_rows,
    shelved_of,
    vector_rows,
)
from service.storage.tables import CorpusChangeRow, CorpusRevisionRow, PageRow, ReportRow, SectionRow, VectorRow

# SQLite accepts 32,766 values in one statement; a page of keys stays far below, two values a key.
_KEYS_IN_ONE_QUESTION = 500
_SECTIONS_IN_ONE_QUESTION = 50
_REPORTS_IN_ONE_PAGE = 200
_LIGHT = (defer(ReportRow.text, raiseload=True), defer(ReportRow.restored, raiseload=True))

Key = TypeVar("Key")


class DatabaseShelf(LikenessStore):
    """A ReportShelf (see corpus/shelf.py) over SQLite or PostgreSQL."""

    def revision(self) -> int:
        """The number of changes so far."""
        with self._database.reading() as session:
            return session.scalar(select(CorpusRevisionRow.revision)) or 0

    def changed_since(self, revision: int) -> tuple[int, frozenset[str]]:
        """The present revision, and every report that was added, removed or changed after `revision`."""
        wanted = select(CorpusChangeRow.report_id).where(CorpusChangeRow.revision > revision).distinct()
        with self._database.reading() as session:
            present = session.scalar(select(CorpusRevisionRow.revision)) or 0
            return present, frozenset(session.scalars(wanted))

    def report_ids(self) -> frozenset[str]:
        """Every report on the shelf, duplicates too."""
        with self._database.reading() as session:
            return frozenset(session.scalars(select(ReportRow.report_id)))

    def reports(self) -> Iterator[Report]:
        """Every report with its sections, in the order they came in."""
        with self._database.reading() as session:
            ids = session.scalars(select(ReportRow.report_id).order_by(ReportRow.added_at, ReportRow.report_id)).all()
        for page in _pages(ids, _REPORTS_IN_ONE_PAGE):
            with self._database.reading() as session:
                rows = {row.report_id: row for row in session.scalars(_rows_of(page))}
                sections = _sections_of(session, page)
            for report_id in page:
                if row := rows.get(report_id):
                    yield report_of(row, sections.get(report_id, ()))

    def listed(self) -> list[ListedReport]:
        """Every report as a list shows it, the newest first; no text leaves the database."""
        wanted = select(ReportRow, func.length(ReportRow.text)).options(*_LIGHT)
        with self._database.reading() as session:
            rows = session.execute(wanted.order_by(ReportRow.added_at.desc(), ReportRow.report_id))
            return [listed_of(row, chars) for row, chars in rows]

    def report(self, report_id: str) -> Report:
        """The report `report_id`. Raises NotFound."""
        with self._database.reading() as session:
            row = session.get(ReportRow, report_id)
            if row is None:
                raise no_report(report_id)
            return report_of(row, _sections_of(session, [report_id]).get(report_id, ()))

    def as_found(self, report_id: str) -> Report:
        """The report `report_id` as the rules found it, without a person's corrections. Raises NotFound."""
        with self._database.reading() as session:
            row = session.get(ReportRow, report_id)
            if row is None:
                raise no_report(report_id)
            return report_of(row, _sections_of(session, [report_id]).get(report_id, ()), corrected=False)

    def add_report(
        self,
        report: Report,
        sections: Sequence[MaskedSection],
        encoder: str,
        vectors: Sequence[SectionVector],
        likeness: Likeness = Likeness(),
    ) -> bool:
        """Puts a report on the shelf, with its sections and vectors; False where it stood there already."""
        upsert = postgresql_insert if self._database.engine.dialect.name == "postgresql" else sqlite_insert
        with self._database.writing() as session:
            # Two processes may ingest the same folder at once: the second finds the row and leaves it alone.
            added = session.scalar(
                upsert(ReportRow).values(new_columns(report)).on_conflict_do_nothing().returning(ReportRow.report_id)
            )
            if added is None:
                return False
            session.add_all(section_rows(report.report_id, sections))
            session.flush()
            session.add_all(vector_rows(report.report_id, encoder, vectors, 0))
            write_likeness(session, report.report_id, likeness)
            log_change(session, report.report_id)
        return True

    def refresh_report(
        self,
        report: Report,
        sections: Sequence[MaskedSection],
        encoder: str,
        vectors: Sequence[SectionVector],
        likeness: Likeness = Likeness(),
    ) -> bool:
        """Replaces what the rules found of a report, with its sections and vectors; False where it is gone.

        Its id, its time of arrival and a person's corrections stay; vectors of other encoders go, being of other words.
        """
        with self._database.writing() as session:
            row = session.get(ReportRow, report.report_id)
            if row is None:
                return False
            for name, value in columns_of(report).items():
                setattr(row, name, value)
            row.edition += 1
            session.execute(delete(VectorRow).where(VectorRow.report_id == report.report_id))
            session.execute(delete(SectionRow).where(SectionRow.report_id == report.report_id))
            session.flush()
            session.add_all(section_rows(report.report_id, sections))
            session.flush()
            session.add_all(vector_rows(report.report_id, encoder, vectors, row.edition))
            write_likeness(session, report.report_id, likeness)
            log_change(session, report.report_id)
        return True

    def remove_report(self, report_id: str) -> bool:
        """Takes a report off the shelf; False where it was not there. Its first duplicate becomes the original."""
        with self._database.writing() as session:
            row = session.get(ReportRow, report_id)
            if row is None:
                return False
            heirs = session.scalars(
                select(ReportRow).where(ReportRow.duplicate_of == report_id).order_by(ReportRow.added_at)
            ).all()
            for heir in heirs:
                heir.duplicate_of = None if heir is heirs[0] else heirs[0].report_id
            _forget_lines(session, row)
            # Named one by one, so that no report outlives its parts where a database ignores the cascade.
            session.execute(delete(VectorRow).where(VectorRow.report_id == report_id))
            session.execute(delete(SectionRow).where(SectionRow.report_id == report_id))
            forget_likeness(session, report_id)
            session.delete(row)
            log_change(session, report_id, *(heir.report_id for heir in heirs))
        return True

    def mark_duplicate(self, report_id: str, of: str) -> None:
        """Makes one report a duplicate of another, and with it everything that repeated it. Raises NotFound."""
        with self._database.writing() as session:
            row = session.get(ReportRow, report_id)
            if row is None:
                raise no_report(report_id)
            followers = session.scalars(select(ReportRow).where(ReportRow.duplicate_of == report_id)).all()
            for one in (row, *followers):
                one.duplicate_of = of
            forget_likeness(session, report_id)
            log_change(session, *(one.report_id for one in (row, *followers)))

    def searchable_sections(self, report_ids: Collection[str] | None = None) -> Iterator[ShelvedSection]:
        """The sections of all originals (no duplicates), or of the named ones, ordered by key."""
        everything = _originals().order_by(SectionRow.report_id, SectionRow.position)
        with self._database.reading() as session:
            if report_ids is None:
                report_ids = session.scalars(select(ReportRow.report_id).where(ReportRow.duplicate_of.is_(None))).all()
            for page in _pages(sorted(report_ids), _KEYS_IN_ONE_QUESTION):
                for section, report in session.execute(everything.where(SectionRow.report_id.in_(page))):
                    yield shelved_of(section, report)
                session.expunge_all()

    def sections(self, keys: Collection[SectionKey]) -> dict[SectionKey, ShelvedSection]:
        """The named sections; one that is gone is missing from the answer."""
        found: dict[SectionKey, ShelvedSection] = {}
        with self._database.reading() as session:
            for page in _pages(sorted(set(keys)), _SECTIONS_IN_ONE_QUESTION):
                # Not `(report_id, position) IN …`: SQLite answers that by reading every section there is.
                each = [
                    and_(SectionRow.report_id == key.report_id, SectionRow.position == key.position) for key in page
                ]
                for section, report in session.execute(_originals().where(or_(*each))):
                    found[SectionKey(section.report_id, section.position)] = shelved_of(section, report)
        return found

    def vector_keys(self, encoder: str) -> Sequence[VectorKey]:
        """Every vector of `encoder` that belongs to an original, ordered."""
        wanted = (
            select(VectorRow.report_id, VectorRow.position, VectorRow.window)
            .join(ReportRow, ReportRow.report_id == VectorRow.report_id)
            .where(VectorRow.encoder == encoder, ReportRow.duplicate_of.is_(None))
            .order_by(VectorRow.report_id, VectorRow.position, VectorRow.window)
        )
        with self._database.reading() as session:
            rows = session.execute(wanted)
            return [VectorKey(SectionKey(report_id, position), window) for report_id, position, window in rows]

    def vectors(self, encoder: str, report_ids: Collection[str] | None = None) -> Iterator[tuple[VectorKey, bytes]]:
        """Those vectors, all or of the named reports, in the same order."""
        everything = (
            select(VectorRow.report_id, VectorRow.position, VectorRow.window, VectorRow.vector)
            .join(ReportRow, ReportRow.report_id == VectorRow.report_id)
            .where(VectorRow.encoder == encoder, ReportRow.duplicate_of.is_(None))
            .order_by(VectorRow.report_id, VectorRow.position, VectorRow.window)
        )
        questions = [everything]
        if report_ids is not None:
            pages = _pages(sorted(report_ids), _KEYS_IN_ONE_QUESTION)
            questions = [everything.where(VectorRow.report_id.in_(page)) for page in pages]
        with self._database.reading() as session:
            for question in questions:
                rows = session.execute(question, execution_options={"yield_per": 5000})
                for report_id, position, window, vector in rows:
                    yield VectorKey(SectionKey(report_id, position), window), vector

    def reports_without_vectors(self, encoder: str) -> Sequence[str]:
        """Originals that have sections and no vector of `encoder` yet."""
        has_sections = exists().where(SectionRow.report_id == ReportRow.report_id)
        has_vectors = exists().where(VectorRow.report_id == ReportRow.report_id, VectorRow.encoder == encoder)
        wanted = (
            select(ReportRow.report_id)
            .where(ReportRow.duplicate_of.is_(None), has_sections, ~has_vectors)
            .order_by(ReportRow.report_id)
        )
        with self._database.reading() as session:
            return session.scalars(wanted).all()

    def masked_sections(self, report_id: str) -> Sequence[MaskedSection]:
        """The sections of a report in order; empty where it is gone."""
        wanted = select(SectionRow).where(SectionRow.report_id == report_id).order_by(SectionRow.position)
        with self._database.reading() as session:
            return [
                MaskedSection(Section(row.heading, row.level, row.text), row.masked_heading, row.masked_text)
                for row in session.scalars(wanted)
            ]

    def add_vectors(self, report_id: str, encoder: str, vectors: Sequence[SectionVector]) -> None:
        """Replaces the vectors of `encoder` for one report; a report that is gone by now keeps none."""
        with self._database.writing() as session:
            row = session.get(ReportRow, report_id)
            if row is None:
                return
            row.edition += 1
            session.execute(delete(VectorRow).where(VectorRow.report_id == report_id, VectorRow.encoder == encoder))
            session.add_all(vector_rows(report_id, encoder, vectors, row.edition))
            log_change(session, report_id)


def _forget_lines(session: Session, row: ReportRow) -> None:
    """A report that is deleted leaves nothing of itself in the page it came from, nor a page that holds no other."""
    page = session.get(PageRow, row.page_id) if row.page_id else None
    if page is None:
        return
    others = select(ReportRow.report_id).where(ReportRow.page_id == row.page_id, ReportRow.report_id != row.report_id)
    if session.scalars(others).first() is None:
        session.delete(page)
        return
    for name, value in page_without(page, [(row.first_line, row.last_line)]).items():
        setattr(page, name, value)


def _originals() -> Select[SectionRow, ReportRow]:
    # The whole text of a report stands in none of its sections; read with each of them it was most of a search.
    return (
        select(SectionRow, ReportRow)
        .options(*_LIGHT, defer(ReportRow.decisions, raiseload=True))
        .join(ReportRow, ReportRow.report_id == SectionRow.report_id)
        .where(ReportRow.duplicate_of.is_(None))
    )


def _rows_of(report_ids: Sequence[str]) -> Select[ReportRow]:
    return select(ReportRow).where(ReportRow.report_id.in_(report_ids))


def _sections_of(session: Session, report_ids: Sequence[str]) -> dict[str, tuple[Section, ...]]:
    wanted = (
        select(SectionRow.report_id, SectionRow.heading, SectionRow.level, SectionRow.text)
        .where(SectionRow.report_id.in_(report_ids))
        .order_by(SectionRow.report_id, SectionRow.position)
    )
    grouped = groupby(session.execute(wanted), key=lambda row: row[0])
    return {
        report_id: tuple(Section(heading, level, text) for _, heading, level, text in rows)
        for report_id, rows in grouped
    }


def _pages(keys: Sequence[Key], size: int) -> Iterator[Sequence[Key]]:
    for start in range(0, len(keys), size):
        yield keys[start : start + size]
