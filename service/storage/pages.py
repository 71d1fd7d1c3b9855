"""Pages of past reports in the database, and a person's corrections. Every method is one transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import or_, select, update

from service.domain.errors import NotFound
from service.domain.page import Page
from service.domain.report import Correction
from service.domain.shelf import KnownReport
from service.storage.changes import log_change
from service.storage.database import Database
from service.storage.report_rows import CORRECTABLE, corrections_with, known_of, page_columns, page_of
from service.storage.tables import PageRow, ReportRow

_HASHES_IN_ONE_QUESTION = 500


class PageStore:
    """The part of the shelf that knows pages and corrections; DatabaseShelf is the whole."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put_page(self, page: Page) -> None:
        """Keeps a page, over what was known of it."""
        values = page_columns(page)
        with self._database.writing() as session:
            row = session.get(PageRow, page.page_id)
            if row is None:
                session.add(PageRow(**values))
            else:
                for name, value in values.items():
                    setattr(row, name, value)

    def page(self, page_id: str) -> Page | None:
        """The page `page_id`; None where it is not kept (a report that came in before pages were)."""
        with self._database.reading() as session:
            row = session.get(PageRow, page_id)
            return page_of(row) if row is not None else None

    def finish_page(self, page_id: str, understanding: str) -> None:
        """Says that every report of a page is stored as the rules `understanding` read it."""
        with self._database.writing() as session:
            session.execute(update(PageRow).where(PageRow.page_id == page_id).values(understanding=understanding))

    def pages_behind(self, understanding: str) -> Sequence[str]:
        """The pages that other rules than `understanding` read, or whose reports are not all stored; in order."""
        wanted = select(PageRow.page_id).where(PageRow.understanding != understanding).order_by(PageRow.page_id)
        with self._database.reading() as session:
            return session.scalars(wanted).all()

    def known_texts(self, hashes: Collection[str]) -> Mapping[str, str]:
        """For each cleaned text on the shelf that one of `hashes` names: the report it is."""
        ordered = sorted(set(hashes))
        known: dict[str, str] = {}
        with self._database.reading() as session:
            for start in range(0, len(ordered), _HASHES_IN_ONE_QUESTION):
                some = ReportRow.text_hash.in_(ordered[start : start + _HASHES_IN_ONE_QUESTION])
                wanted = (
                    select(ReportRow.text_hash, ReportRow.report_id).where(some).order_by(ReportRow.added_at.desc())
                )
                known.update((row.text_hash, row.report_id) for row in session.execute(wanted))
        return known

    def known_of_page(self, page_id: str, source: str) -> Sequence[KnownReport]:
        """The reports that a page gave, and those of the same source that came in before pages were kept."""
        before = (ReportRow.page_id == "") & (ReportRow.source == source)
        wanted = select(ReportRow).where(or_(ReportRow.page_id == page_id, before)).order_by(ReportRow.first_line)
        with self._database.reading() as session:
            return [known_of(row) for row in session.scalars(wanted)]

    def correct_report(self, report_id: str, correction: Correction, by: str = "") -> None:
        """Keeps a person's correction; None in it leaves that field as it is. Raises NotFound."""
        with self._database.writing() as session:
            row = session.get(ReportRow, report_id)
            if row is None:
                raise no_report(report_id)
            row.corrections = corrections_with(row, correction, by)
            log_change(session, report_id)

    def withdraw_corrections(self, report_id: str, names: Collection[str] = CORRECTABLE) -> None:
        """Takes a person's corrections back: those of the fields `names`, or all. Raises NotFound."""
        with self._database.writing() as session:
            row = session.get(ReportRow, report_id)
            if row is None:
                raise no_report(report_id)
            row.corrections = {name: said for name, said in row.corrections.items() if name not in names}
            log_change(session, report_id)

    def copies_of(self, report_id: str) -> Sequence[str]:
        """The reports that repeat `report_id`, in the order they came in."""
        wanted = select(ReportRow.report_id).where(ReportRow.duplicate_of == report_id).order_by(ReportRow.added_at)
        with self._database.reading() as session:
            return session.scalars(wanted).all()

    def corrections(self, report_id: str) -> Mapping[str, Mapping[str, Any]]:
        """What people said of a report: field → {value, by, at}. Raises NotFound."""
        with self._database.reading() as session:
            row = session.get(ReportRow, report_id)
            if row is None:
                raise no_report(report_id)
            return dict(row.corrections)


def no_report(report_id: str) -> NotFound:
    """The error that names a report which is not there. Pure."""
    return NotFound(f"没有编号为“{report_id}”的报告。可用 zhibi report list 查看全部编号。", report_id=report_id)
