"""Tables of the record. Everything else (the vector index, the keyword ranks) is derived from them and may be lost."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, ForeignKey, Index, LargeBinary, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


def now_in_utc() -> datetime:
    """The present moment in UTC; every stored time is UTC."""
    return datetime.now(UTC)


class Base(DeclarativeBase):
    """Base of every table. Constraints are named, so that a later migration can find them on every database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012
        dict[str, Any]: JSON,
        list[str]: JSON,
        list[dict[str, Any]]: JSON,
        datetime: DateTime(timezone=True),
    }


class ReportRow(Base):
    """One past report.

    `corrections` maps a field to {value, by, at}: a person's word, which stands over what the rules found, also after
    the rules read the page again. `edition` grows whenever vectors are written, so that no vector of the index is taken
    for another. `text_hash` names the text as the rules cleaned it last; `report_id` stays what it was at first.
    """

    __tablename__ = "corpus_reports"

    report_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    source: Mapped[str] = mapped_column(Text)
    label: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    genre: Mapped[str] = mapped_column(String(32), index=True)
    unit: Mapped[str] = mapped_column(Text)
    unit_type: Mapped[str] = mapped_column(String(32), index=True)
    year: Mapped[int | None]
    text: Mapped[str] = mapped_column(Text)
    first_line: Mapped[int]
    last_line: Mapped[int]
    damage: Mapped[list[str]]
    usable_for: Mapped[list[str]]
    duplicate_of: Mapped[str | None] = mapped_column(String(64), index=True)
    added_at: Mapped[datetime] = mapped_column(default=now_in_utc)
    level: Mapped[str] = mapped_column(String(16))
    period: Mapped[str] = mapped_column(Text)
    decisions: Mapped[list[dict[str, Any]]]
    corrections: Mapped[dict[str, Any]]
    restored: Mapped[list[dict[str, Any]]]
    page_id: Mapped[str] = mapped_column(String(64), index=True)
    text_hash: Mapped[str] = mapped_column(String(64), index=True)
    understanding: Mapped[str] = mapped_column(String(64))
    edition: Mapped[int] = mapped_column(default=0)


class SectionRow(Base):
    """One section of a report, its text and its masked form."""

    __tablename__ = "corpus_sections"

    report_id: Mapped[str] = mapped_column(
        String(64), ForeignKey("corpus_reports.report_id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    level: Mapped[int]
    heading: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    masked_heading: Mapped[str] = mapped_column(Text)
    masked_text: Mapped[str] = mapped_column(Text)


class VectorRow(Base):
    """One vector of a section by one encoder: little-endian float16 of length one."""

    __tablename__ = "corpus_vectors"

    encoder: Mapped[str] = mapped_column(String(128), primary_key=True)
    report_id: Mapped[str] = mapped_column(
        String(64), ForeignKey("corpus_reports.report_id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    window: Mapped[int] = mapped_column(primary_key=True)
    vector: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = (Index("ix_corpus_vectors_report_id", "report_id"),)


class MarkRow(Base):
    """One sampled hash of a shingle of an original, by which reports that share sentences find each other."""

    __tablename__ = "corpus_marks"

    mark: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    report_id: Mapped[str] = mapped_column(
        String(64), ForeignKey("corpus_reports.report_id", ondelete="CASCADE"), primary_key=True
    )

    __table_args__ = (Index("ix_corpus_marks_report_id", "report_id"),)


class TwinRow(Base):
    """Two reports that share sentences; `first` is the lesser id. `share` is of the shorter one's shingles, 0 to 1."""

    __tablename__ = "corpus_twins"

    first: Mapped[str] = mapped_column(
        String(64), ForeignKey("corpus_reports.report_id", ondelete="CASCADE"), primary_key=True
    )
    second: Mapped[str] = mapped_column(
        String(64), ForeignKey("corpus_reports.report_id", ondelete="CASCADE"), primary_key=True
    )
    share: Mapped[float]

    __table_args__ = (Index("ix_corpus_twins_second", "second"),)


class PageRow(Base):
    """One page as it reached us. `understanding` is "" until every report of it is stored."""

    __tablename__ = "corpus_pages"

    page_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    source: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    changes: Mapped[list[dict[str, Any]]]
    dropped: Mapped[list[dict[str, Any]]]
    not_reports: Mapped[list[dict[str, Any]]]
    understanding: Mapped[str] = mapped_column(String(64))
    left_out: Mapped[list[dict[str, Any]]]


class CorpusRevisionRow(Base):
    """One row that counts the changes of the corpus, so that everything derived knows when it is stale."""

    __tablename__ = "corpus_revision"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revision: Mapped[int] = mapped_column(default=0)


class CorpusChangeRow(Base):
    """Which report changed at which revision. What is derived catches up by reading the rows after its own revision."""

    __tablename__ = "corpus_changes"

    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    report_id: Mapped[str] = mapped_column(String(64), primary_key=True)
