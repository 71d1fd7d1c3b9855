"""Rows of the shelf as values, and values as rows. A person's corrections are laid over what the rules found here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from service.domain.genre import Genre, Level, UnitType
from service.domain.page import Change, Dropped, LeftOut, NotReport, Page
from service.domain.report import Correction, Decision, Report, Section, doubted_fields
from service.domain.shelf import KnownReport, ListedReport, MaskedSection, SectionKey, SectionVector, ShelvedSection
from service.storage.tables import PageRow, ReportRow, SectionRow, VectorRow, now_in_utc

CORRECTABLE = tuple(field.name for field in fields(Correction))

# A section never has as many vectors; each writing of vectors takes the next stretch of numbers.
_WINDOWS_IN_ONE_EDITION = 64


def storable(text: str) -> str:
    """`text` without what a database refuses: NUL (PostgreSQL) and lone surrogates (both). A file name that is not
    UTF-8 arrives with surrogates. Pure."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def columns_of(report: Report) -> dict[str, Any]:
    """What the rules found of a report; corrections and the time of arrival are not among it. Pure."""
    return {
        "source": storable(report.source),
        "label": storable(report.label),
        "title": storable(report.title),
        "genre": report.genre.value,
        "unit": storable(report.unit),
        "unit_type": report.unit_type.value,
        "level": report.level.value,
        "year": report.year,
        "period": storable(report.period),
        "text": storable(report.text),
        "first_line": report.lines[0],
        "last_line": report.lines[1],
        "damage": list(report.damage),
        "usable_for": list(report.usable_for),
        "duplicate_of": report.duplicate_of,
        "decisions": [_storable_values(asdict(one)) for one in report.decisions],
        "restored": [_storable_values(asdict(one)) for one in report.restored],
        "page_id": report.page_id,
        "text_hash": report.text_hash or report.report_id,
        "understanding": report.understanding,
    }


def new_columns(report: Report) -> dict[str, Any]:
    """The whole row of a report that comes in. Pure but for the time."""
    return {
        **columns_of(report),
        "report_id": report.report_id,
        "corrections": {},
        "edition": 0,
        "added_at": now_in_utc(),
    }


def section_rows(report_id: str, sections: Sequence[MaskedSection]) -> list[SectionRow]:
    """The rows of a report's sections. Pure."""
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


def vector_rows(report_id: str, encoder: str, vectors: Sequence[SectionVector], edition: int) -> list[VectorRow]:
    """The rows of a report's vectors. Windows of another `edition` have other numbers: an index that holds a vector by
    its number never shows the old one for the new. Pure."""
    first = edition * _WINDOWS_IN_ONE_EDITION
    return [
        VectorRow(
            report_id=report_id, encoder=encoder, position=one.position, window=first + one.window, vector=one.vector
        )
        for one in vectors
    ]


def report_of(row: ReportRow, sections: tuple[Section, ...], *, corrected: bool = True) -> Report:
    """The report of a row, by a person's corrections where `corrected`, else as the rules found it. Pure."""
    said = _said(row) if corrected else {}
    return Report(
        report_id=row.report_id,
        source=row.source,
        label=row.label,
        title=said.get("title", row.title),
        genre=Genre(said.get("genre", row.genre)),
        unit=said.get("unit", row.unit),
        unit_type=UnitType(said.get("unit_type", row.unit_type)),
        text=row.text,
        lines=(row.first_line, row.last_line),
        sections=sections,
        damage=tuple(row.damage),
        usable_for=_usable_for(row) if corrected else tuple(row.usable_for),
        duplicate_of=row.duplicate_of,
        year=said.get("year", row.year),
        period=said.get("period", row.period),
        level=Level(said.get("level", row.level)),
        decisions=tuple(Decision(**one) for one in row.decisions),
        corrected=tuple(field for field in CORRECTABLE if field in said),
        restored=tuple(Change(**one) for one in row.restored),
        page_id=row.page_id,
        text_hash="" if row.text_hash == row.report_id else row.text_hash,
        understanding=row.understanding,
    )


def shelved_of(section: SectionRow, report: ReportRow) -> ShelvedSection:
    """A section with what a search needs of its report, corrected. Pure."""
    said = _said(report)
    return ShelvedSection(
        key=SectionKey(section.report_id, section.position),
        source=report.source,
        title=said.get("title", report.title),
        genre=Genre(said.get("genre", report.genre)),
        unit=said.get("unit", report.unit),
        unit_type=UnitType(said.get("unit_type", report.unit_type)),
        year=said.get("year", report.year),
        damage=tuple(report.damage),
        usable_for=_usable_for(report),
        level=section.level,
        heading=section.heading,
        text=section.text,
        masked_heading=section.masked_heading,
        masked_text=section.masked_text,
        report_level=Level(said.get("level", report.level)),
    )


def listed_of(row: ReportRow, chars: int) -> ListedReport:
    """A row as a list shows it, corrected; its text is not touched. Pure."""
    said = _said(row)
    corrected = tuple(field for field in CORRECTABLE if field in said)
    return ListedReport(
        report_id=row.report_id,
        source=row.source,
        title=said.get("title", row.title),
        genre=Genre(said.get("genre", row.genre)),
        unit=said.get("unit", row.unit),
        unit_type=UnitType(said.get("unit_type", row.unit_type)),
        level=Level(said.get("level", row.level)),
        year=said.get("year", row.year),
        chars=chars,
        damage=tuple(row.damage),
        usable_for=_usable_for(row),
        duplicate_of=row.duplicate_of,
        doubted=tuple(doubted_fields([Decision(**one) for one in row.decisions], corrected)),
        corrected=corrected,
        avoided=bool(said.get("do_not_imitate", False)),
    )


def known_of(row: ReportRow) -> KnownReport:
    """A row as a new reading of its page is compared with it. Pure."""
    return KnownReport(
        row.report_id,
        row.text_hash,
        row.page_id,
        row.source,
        (row.first_line, row.last_line),
        row.understanding,
        bool(row.corrections),
    )


def corrections_with(row: ReportRow, correction: Correction, by: str) -> dict[str, Any]:
    """The corrections of a row with those of `correction` laid over them. Pure but for the time."""
    at = now_in_utc().isoformat(timespec="seconds")
    said = {name: getattr(correction, name) for name in CORRECTABLE}
    return dict(row.corrections) | {
        name: {"value": storable(value) if isinstance(value, str) else value, "by": storable(by), "at": at}
        for name, value in said.items()
        if value is not None
    }


def page_columns(page: Page) -> dict[str, Any]:
    """The row of a page. Pure."""
    return {
        "page_id": page.page_id,
        "source": storable(page.source),
        "name": storable(page.name),
        "text": storable(page.text),
        "changes": [_storable_values(asdict(one)) for one in page.changes],
        "dropped": [_storable_values(asdict(one)) for one in page.dropped],
        "not_reports": [_storable_values(asdict(one)) for one in page.not_reports],
        "understanding": page.understanding,
        "left_out": [_storable_values(asdict(one)) for one in page.left_out],
    }


def page_of(row: PageRow) -> Page:
    """The page of a row. Pure."""
    return Page(
        page_id=row.page_id,
        source=row.source,
        name=row.name,
        text=row.text,
        changes=tuple(Change(**one) for one in row.changes),
        dropped=tuple(Dropped(**one) for one in row.dropped),
        not_reports=tuple(
            NotReport(one["label"], one["reason"], (one["lines"][0], one["lines"][1])) for one in row.not_reports
        ),
        understanding=row.understanding,
        left_out=tuple(LeftOut(**one) for one in row.left_out),
    )


def page_without(row: PageRow, spans: Iterable[tuple[int, int]]) -> dict[str, Any]:
    """The columns of a page whose lines in `spans` are blanked, the numbers of the other lines unchanged. Pure."""
    gone = {line for first, last in spans for line in range(first, last + 1)}
    text = "\n".join("" if number in gone else line for number, line in enumerate(row.text.split("\n"), start=1))
    return {
        "text": text,
        "changes": [one for one in row.changes if one["line"] not in gone],
        "dropped": [one for one in row.dropped if one["line"] not in gone],
    }


def _said(row: ReportRow) -> Mapping[str, Any]:
    return {field: one["value"] for field, one in row.corrections.items()}


def _usable_for(row: ReportRow) -> tuple[str, ...]:
    avoided = _said(row).get("do_not_imitate", False)
    return tuple(use for use in row.usable_for if not (avoided and use == "structure"))


def _storable_values(values: dict[str, Any]) -> dict[str, Any]:
    return {name: storable(value) if isinstance(value, str) else value for name, value in values.items()}
