"""Reports put on the shelf: masked, encoded several together, each stored in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from corpus.encoder import Encoder
from corpus.index.vectors import VectorIndex
from corpus.likeness import likeness_on
from corpus.mask.masking import mask_report
from corpus.passages import encode_sections, passage_of
from corpus.shelf import ReportShelf
from service.domain.report import Correction, Report
from service.domain.shelf import Likeness, MaskedSection

# Encoding many sections at once keeps both cores busy; more only delays the moment they are safe on the shelf.
_SECTIONS_AT_ONCE = 48

Masking = Callable[[Sequence[Report]], Iterable[tuple[MaskedSection, ...]]]


def mask_here(reports: Sequence[Report]) -> Iterator[tuple[MaskedSection, ...]]:
    """The masked sections of each of `reports`, in order, by this process. Pure."""
    return map(mask_report, reports)


def store_reports(
    reports: Sequence[Report],
    added: frozenset[str],
    shelf: ReportShelf,
    encoder: Encoder,
    told: Callable[[int, Report], None] = lambda done, report: None,
    likeness: Mapping[str, Likeness] | None = None,
    mask: Masking = mask_here,
) -> None:
    """Puts `reports` on the shelf; those whose ids are in `added` are new, the others stand over what was known.

    `told` hears of each report before it is stored; `likeness` is what finds copies of each later. A report is wholly
    stored or not at all.
    """
    known = likeness or {}
    waiting: list[tuple[Report, tuple[MaskedSection, ...]]] = []
    masked = mask([_named(report, added, shelf) for report in reports])
    for done, (report, sections) in enumerate(zip(reports, masked, strict=True)):
        told(done, report)
        waiting.append((report, sections))
        if sum(len(sections) for _, sections in waiting) >= _SECTIONS_AT_ONCE:
            _put(waiting, added, shelf, encoder, known)
            waiting = []
    _put(waiting, added, shelf, encoder, known)


def correct_report(
    report_id: str,
    correction: Correction,
    shelf: ReportShelf,
    encoder: Encoder,
    index: VectorIndex | None = None,
    by: str = "",
) -> Report:
    """The report with a person's correction kept. Raises NotFound.

    A corrected unit or title is a name that must not reach a composer, so the report is masked anew with it.
    """
    shelf.correct_report(report_id, correction, by)
    if correction.unit is not None or correction.title is not None:
        found = shelf.as_found(report_id)
        store_reports([found], frozenset(), shelf, encoder, likeness=likeness_on(found, shelf))
    if index is not None:
        index.catch_up(shelf)
    return shelf.report(report_id)


def _named(report: Report, added: frozenset[str], shelf: ReportShelf) -> Report:
    """`report` with the title and unit that people gave it, which are masked as well."""
    if report.report_id in added:
        return report
    said = shelf.corrections(report.report_id)
    title = f"{report.title}\n{said['title']['value']}" if "title" in said else report.title
    unit = said["unit"]["value"] if "unit" in said else report.unit
    return replace(report, title=title, unit=unit)


def _put(
    waiting: Sequence[tuple[Report, tuple[MaskedSection, ...]]],
    added: frozenset[str],
    shelf: ReportShelf,
    encoder: Encoder,
    likeness: Mapping[str, Likeness],
) -> None:
    present = {
        passage: vector
        for report, _ in waiting
        if report.report_id not in added
        for passage, vector in _present_vectors(report.report_id, shelf, encoder).items()
    }
    together = [section for report, sections in waiting if report.duplicate_of is None for section in sections]
    vectors = {one.position: one for one in encode_sections(together, encoder, present)}
    at = 0
    for report, sections in waiting:
        own = []
        if report.duplicate_of is None:
            places = range(at, at + len(sections))
            own = [replace(vectors[place], position=place - at) for place in places if place in vectors]
            at += len(sections)
        put = shelf.add_report if report.report_id in added else shelf.refresh_report
        put(report, sections, encoder.name, own, likeness.get(report.report_id, Likeness()))


def _present_vectors(report_id: str, shelf: ReportShelf, encoder: Encoder) -> dict[str, bytes]:
    """The vectors a report has, by the passage each stands for, so that only what better rules changed is encoded."""
    sections = shelf.masked_sections(report_id)
    return {
        passage_of(sections[key.section.position], masked=encoder.is_outside): vector
        for key, vector in shelf.vectors(encoder.name, [report_id])
        if key.section.position < len(sections)
    }
