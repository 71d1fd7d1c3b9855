"""The shelf of past reports in the database. Every method is one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from sqlalchemy import Select, delete, exists, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from service.domain.errors import NotFound
from service.domain.genre import Genre, UnitType
from service.domain.report import Report, Section
from service.domain.shelf import MaskedSection, SectionKey, SectionVector, ShelvedSection, VectorKey
from service.storage.database import Database
from service.storage.tables import CorpusChangeRow, CorpusRevisionRow, ReportRow, SectionRow, VectorRow, now_in_utc

# SQLite accepts 32,766 values in one statement; a page of keys stays far below, two values a key.
_KEYS_IN_ONE_QUESTION = 500
_REPORTS_IN_ONE_PAGE = 200


class DatabaseShelf:
    """A ReportShelf (see corpus/shelf.py) over SQLite or PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

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
                    yield _report(row, sections.get(report_id, ()))

    def report(self, report_id: str) -> Report:
        """The report `report_id`. Raises NotFound."""
        with self._database.reading() as session:
            row = session.get(ReportRow, report_id)
            if row is None:
                raise _no_report(report_id)
            return _report(row, _sections_of(session, [report_id]).get(report_id, ()))

    def add_report(
        self, report: Report, sections: Sequence[MaskedSection], encoder: str, vectors: Sequence[SectionVector]
    ) -> bool:
        """Puts a report on the shelf, with its sections and vectors; False where it stood there already."""
        upsert = postgresql_insert if self._database.engine.dialect.name == "postgresql" else sqlite_insert
        with self._database.writing() as session:
            # Two processes may ingest the same folder at once: the second finds the row and leaves it alone.
            added = session.scalar(
                upsert(ReportRow).values(_columns(report)).on_conflict_do_nothing().returning(ReportRow.report_id)
            )
            if added is None:
                return False
            session.add_all(_section_rows(report.report_id, sections))
            session.flush()
            session.add_all(_vector_rows(report.report_id, encoder, vectors))
            _log_change(session, report.report_id)
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
            # Named one by one, so that no report outlives its parts where a database ignores the cascade.
            session.execute(delete(VectorRow).where(VectorRow.report_id == report_id))
            session.execute(delete(SectionRow).where(SectionRow.report_id == report_id))
            session.delete(row)
            _log_change(session, report_id, *(heir.report_id for heir in heirs))
        return True

    def mark_duplicate(self, report_id: str, of: str) -> None:
        """Makes one report a duplicate of another, and with it everything that repeated it. Raises NotFound."""
        with self._database.writing() as session:
            row = session.get(ReportRow, report_id)
            if row is None:
                raise _no_report(report_id)
            followers = session.scalars(select(ReportRow).where(ReportRow.duplicate_of == report_id)).all()
            for one in (row, *followers):
                one.duplicate_of = of
            _log_change(session, *(one.report_id for one in (row, *followers)))

    def correct_report(self, report_id: str, *, genre: Genre | None = None, do_not_imitate: bool | None = None) -> None:
        """Keeps a person's correction; None leaves that field as it is. Raises NotFound."""
        with self._database.writing() as session:
            row = session.get(ReportRow, report_id)
            if row is None:
                raise _no_report(report_id)
            if genre is not None:
                row.genre_by_person = genre.value
            if do_not_imitate is not None:
                row.do_not_imitate = do_not_imitate
            _log_change(session, report_id)

    def searchable_sections(self, report_ids: Collection[str] | None = None) -> Iterator[ShelvedSection]:
        """The sections of all originals (no duplicates), or of the named ones, ordered by key."""
        everything = _originals().order_by(SectionRow.report_id, SectionRow.position)
        with self._database.reading() as session:
            if report_ids is None:
                report_ids = session.scalars(select(ReportRow.report_id).where(ReportRow.duplicate_of.is_(None))).all()
            for page in _pages(sorted(report_ids), _KEYS_IN_ONE_QUESTION):
                for section, report in session.execute(everything.where(SectionRow.report_id.in_(page))):
                    yield _shelved(section, report)
                session.expunge_all()

    def sections(self, keys: Collection[SectionKey]) -> dict[SectionKey, ShelvedSection]:
        """The named sections; one that is gone is missing from the answer."""
        wanted = set(keys)
        found: dict[SectionKey, ShelvedSection] = {}
        with self._database.reading() as session:
            for page in _pages(sorted({key.report_id for key in wanted}), _KEYS_IN_ONE_QUESTION):
                rows = session.execute(_originals().where(SectionRow.report_id.in_(page)))
                for section, report in rows:
                    key = SectionKey(section.report_id, section.position)
                    if key in wanted:
                        found[key] = _shelved(section, report)
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
            if session.get(ReportRow, report_id) is None:
                return
            session.execute(delete(VectorRow).where(VectorRow.report_id == report_id, VectorRow.encoder == encoder))
            session.add_all(_vector_rows(report_id, encoder, vectors))
            _log_change(session, report_id)


def _originals() -> Select[SectionRow, ReportRow]:
    return (
        select(SectionRow, ReportRow)
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


def _columns(report: Report) -> dict[str, object]:
    return {
        "report_id": report.report_id,
        "source": storable(report.source),
        "label": storable(report.label),
        "title": storable(report.title),
        "genre": report.genre.value,
        "unit": storable(report.unit),
        "unit_type": report.unit_type.value,
        "year": report.year,
        "text": storable(report.text),
        "first_line": report.lines[0],
        "last_line": report.lines[1],
        "damage": list(report.damage),
        "usable_for": list(report.usable_for),
        "do_not_imitate": False,
        "duplicate_of": report.duplicate_of,
        "added_at": now_in_utc(),
    }


def storable(text: str) -> str:
    """`text` without what a database refuses: NUL (PostgreSQL) and lone surrogates (both). A file name that is not
    UTF-8 arrives with surrogates. Pure."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _section_rows(report_id: str, sections: Sequence[MaskedSection]) -> list[SectionRow]:
    return [
        SectionRow(
            report_id=report_id,
            position=position,
            level=one.section.level,
            heading=storable(one.section.heading),
            text=storable(one.section.text),
            masked_heading=storable(one.masked_heading),
            masked_text=storable(one.masked_text),
        )
        for position, one in enumerate(sections)
    ]


def _vector_rows(report_id: str, encoder: str, vectors: Sequence[SectionVector]) -> list[VectorRow]:
    return [
        VectorRow(report_id=report_id, encoder=encoder, position=one.position, window=one.window, vector=one.vector)
        for one in vectors
    ]


def _log_change(session: Session, *report_ids: str) -> None:
    # The counter stays locked until the commit: on PostgreSQL too no revision becomes visible after a higher one.
    revision = session.scalar(
        update(CorpusRevisionRow)
        .values(revision=CorpusRevisionRow.revision + 1)
        .returning(CorpusRevisionRow.revision)
        .execution_options(synchronize_session=False)
    )
    session.execute(
        insert(CorpusChangeRow), [{"revision": revision, "report_id": report_id} for report_id in report_ids]
    )


def _report(row: ReportRow, sections: tuple[Section, ...]) -> Report:
    return Report(
        report_id=row.report_id,
        source=row.source,
        label=row.label,
        title=row.title,
        genre=Genre(row.genre_by_person or row.genre),
        unit=row.unit,
        unit_type=UnitType(row.unit_type),
        text=row.text,
        lines=(row.first_line, row.last_line),
        sections=sections,
        damage=tuple(row.damage),
        usable_for=_usable_for(row),
        duplicate_of=row.duplicate_of,
        year=row.year,
    )


def _usable_for(row: ReportRow) -> tuple[str, ...]:
    return tuple(use for use in row.usable_for if not (row.do_not_imitate and use == "structure"))


def _shelved(section: SectionRow, report: ReportRow) -> ShelvedSection:
    return ShelvedSection(
        key=SectionKey(section.report_id, section.position),
        source=report.source,
        title=report.title,
        genre=Genre(report.genre_by_person or report.genre),
        unit=report.unit,
        unit_type=UnitType(report.unit_type),
        year=report.year,
        damage=tuple(report.damage),
        usable_for=_usable_for(report),
        level=section.level,
        heading=section.heading,
        text=section.text,
        masked_heading=section.masked_heading,
        masked_text=section.masked_text,
    )


def _pages(keys: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(keys), size):
        yield keys[start : start + size]


def _no_report(report_id: str) -> NotFound:
    return NotFound(f"没有编号为“{report_id}”的报告。可用 zhibi report list 查看全部编号。", report_id=report_id)
