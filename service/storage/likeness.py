"""Which reports share sentences: their marks and their twins. Every public method is one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import delete, exists, insert, or_, select
from sqlalchemy.orm import Session, aliased

from service.domain.shelf import Likeness, TwinPair
from service.storage.pages import PageStore
from service.storage.tables import MarkRow, ReportRow, TwinRow

_MARKS_IN_ONE_QUESTION = 500


class LikenessStore(PageStore):
    """The part of the shelf that knows which reports share sentences; DatabaseShelf is the whole."""

    def holders(self, marks: Collection[int]) -> Mapping[int, Sequence[str]]:
        """The originals that hold each of `marks`; a mark that none holds is missing."""
        found: defaultdict[int, list[str]] = defaultdict(list)
        ordered = sorted(marks)
        with self._database.reading() as session:
            for start in range(0, len(ordered), _MARKS_IN_ONE_QUESTION):
                some = MarkRow.mark.in_(ordered[start : start + _MARKS_IN_ONE_QUESTION])
                for mark, report_id in session.execute(select(MarkRow.mark, MarkRow.report_id).where(some)):
                    found[mark].append(report_id)
        return found

    def reports_without_marks(self) -> Sequence[str]:
        """Originals that have no marks yet, in the order they came in; a text of a few words never has any."""
        wanted = (
            select(ReportRow.report_id)
            .where(ReportRow.duplicate_of.is_(None), ~exists().where(MarkRow.report_id == ReportRow.report_id))
            .order_by(ReportRow.added_at, ReportRow.report_id)
        )
        with self._database.reading() as session:
            return session.scalars(wanted).all()

    def put_likeness(self, report_id: str, likeness: Likeness) -> None:
        """Replaces what is known of a report's likeness; a report that is gone keeps none."""
        with self._database.writing() as session:
            if session.get(ReportRow, report_id) is not None:
                write_likeness(session, report_id, likeness)

    def twins(self, report_id: str | None = None) -> Sequence[TwinPair]:
        """All pairs of originals that share sentences, or those of one report, most alike first."""
        first, second = aliased(ReportRow), aliased(ReportRow)
        wanted = (
            select(TwinRow.first, TwinRow.second, TwinRow.share)
            .join(first, first.report_id == TwinRow.first)
            .join(second, second.report_id == TwinRow.second)
            .where(first.duplicate_of.is_(None), second.duplicate_of.is_(None))
            .order_by(TwinRow.share.desc(), TwinRow.first, TwinRow.second)
        )
        if report_id is not None:
            wanted = wanted.where(or_(TwinRow.first == report_id, TwinRow.second == report_id))
        with self._database.reading() as session:
            return [TwinPair(*row) for row in session.execute(wanted)]


def write_likeness(session: Session, report_id: str, likeness: Likeness) -> None:
    """Replaces the marks and twins of a report in the transaction of `session`."""
    forget_likeness(session, report_id)
    if likeness.marks:
        session.execute(insert(MarkRow), [{"mark": mark, "report_id": report_id} for mark in set(likeness.marks)])
    # A twin may have gone since it was found.
    others = dict(likeness.twins)
    present = session.scalars(select(ReportRow.report_id).where(ReportRow.report_id.in_(others))).all()
    rows = [
        {"first": min(report_id, other), "second": max(report_id, other), "share": others[other]}
        for other in present
        if other != report_id
    ]
    if rows:
        session.execute(insert(TwinRow), rows)


def forget_likeness(session: Session, report_id: str) -> None:
    """Removes the marks and twins of a report in the transaction of `session`."""
    session.execute(delete(MarkRow).where(MarkRow.report_id == report_id))
    session.execute(delete(TwinRow).where(or_(TwinRow.first == report_id, TwinRow.second == report_id)))
