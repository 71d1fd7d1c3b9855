"""Takes past reports in: read, understood, compared with what is there, masked, encoded, and put on the shelf.

Each report goes in wholly or not at all, so a run that is killed loses nothing but its last reports, and running it
again adds just those. The vector index and the keywords are derived; they catch up with the shelf afterwards.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from corpus.dedupe import near_duplicates
from corpus.encoder import Encoder
from corpus.index.vectors import VectorIndex
from corpus.likeness import likeness_of, mark_missing, near_reports
from corpus.passages import encode_sections
from corpus.read.limits import ReadLimits
from corpus.read.read_file import READABLE_SUFFIXES, TRIED_SUFFIXES
from corpus.reading import FileRead, Processes, processes_for
from corpus.refresh import PagesRead, compare_with_shelf
from corpus.restore import restored
from corpus.shelf import ReportShelf
from corpus.store import Masking, mask_here, store_reports
from corpus.understand import FileUnderstood, understand_text
from corpus.version import understanding_version
from service.domain.errors import UnusableInput
from service.domain.page import Page
from service.domain.report import Report
from service.domain.shelf import Likeness

# Pages whose reports are compared and stored together: a run that is killed loses no more than these.
_PAGES_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingest is: `stage` is "read" (of files) or "store" (of new reports); `name` is what is at hand."""

    stage: str
    done: int
    total: int
    name: str


@dataclass(frozen=True)
class IngestReport:
    """What an ingest understood. `added` are the ids that are new on the shelf, `refreshed` those that better rules
    read again, `removed` those of which a new reading of their page holds nothing; the other reports stood there.

    `repeats` are texts that stand word for word in a report of another file, `passed_over` files that nothing reads."""

    files: int
    reports: tuple[Report, ...]
    added: frozenset[str]
    refreshed: frozenset[str] = frozenset()
    removed: tuple[str, ...] = ()
    dropped: tuple[dict[str, Any], ...] = ()
    not_reports: tuple[dict[str, Any], ...] = ()
    failed: tuple[dict[str, Any], ...] = ()
    warnings: tuple[dict[str, Any], ...] = ()
    left_out: tuple[dict[str, Any], ...] = ()
    repeats: tuple[dict[str, str], ...] = ()
    passed_over: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The shape of `zhibi ingest --json`."""
        return {
            "files": self.files,
            "reports": [
                {
                    **report.to_json(),
                    "added": report.report_id in self.added,
                    "refreshed": report.report_id in self.refreshed,
                }
                for report in self.reports
            ],
            "removed": list(self.removed),
            "dropped": list(self.dropped),
            "not_reports": list(self.not_reports),
            "failed": list(self.failed),
            "warnings": list(self.warnings),
            "left_out": list(self.left_out),
            "repeats": list(self.repeats),
            "passed_over": list(self.passed_over),
        }


@dataclass
class _Reading:
    pages: list[tuple[Page, tuple[Report, ...]]] = field(default_factory=list)
    dropped: list[dict[str, Any]] = field(default_factory=list)
    not_reports: list[dict[str, Any]] = field(default_factory=list)
    failed: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[dict[str, Any]] = field(default_factory=list)
    left_out: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class _Kept:
    """What an ingest has stored so far, as ids of reports, in order; `places` tell of each text whose report it is."""

    places: list[tuple[str, str, str]] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    refreshed: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


def ingest(
    paths: Sequence[Path],
    shelf: ReportShelf,
    encoder: Encoder,
    index: VectorIndex | None = None,
    on_progress: Callable[[Progress], None] = lambda progress: None,
    limits: ReadLimits | None = None,
    processes: int | None = None,
) -> IngestReport:
    """Everything understood of the files and folders `paths`, put on the shelf and into the index where one is given.

    A file that cannot be read is listed in `failed`, the rest goes in. The reports of some files are stored while
    `processes` others read on and mask (None: as many as cores, where it is worth it). Raises UnusableInput where a
    path does not exist or no file is there to read, StorageFailed where the shelf refuses.
    """
    files = list(files_of(paths))
    if not files:
        raise UnusableInput(f"没有可读取的文件。请给出 {'、'.join(READABLE_SUFFIXES)} 文件，或装有这些文件的文件夹。")
    reading, kept = _Reading(), _Kept()
    with Processes(limits or ReadLimits(), processes or processes_for(len(files))) as beside:
        for done, read in enumerate(beside.read(files)):
            on_progress(Progress("read", done, len(files), files[done][1]))
            _take(read, reading)
            if len(reading.pages) >= _PAGES_AT_ONCE:
                _store(reading, kept, shelf, encoder, on_progress, beside.mask)
        _store(reading, kept, shelf, encoder, on_progress, beside.mask)
    if index is not None:
        index.catch_up(shelf)
    ids = dict.fromkeys(report_id for _, _, report_id in kept.places)
    reports = {report_id: shelf.report(report_id) for report_id in ids if report_id not in kept.gone}
    return IngestReport(
        files=len(files),
        reports=tuple(reports.values()),
        added=frozenset(kept.added),
        refreshed=frozenset(kept.refreshed),
        removed=tuple(kept.gone),
        dropped=tuple(reading.dropped),
        not_reports=tuple(reading.not_reports),
        failed=tuple(reading.failed),
        warnings=tuple(reading.warnings),
        left_out=tuple(reading.left_out),
        repeats=tuple(
            {"source": source, "label": label, "report_id": report_id}
            for source, label, report_id in kept.places
            if report_id in reports and reports[report_id].source != source
        ),
        passed_over=tuple(_passed_over(paths)),
    )


def refresh_pages(
    shelf: ReportShelf, encoder: Encoder, on_progress: Callable[[Progress], None] = lambda progress: None
) -> int:
    """How many reports were read again because better rules are installed, or because an ingest was killed.

    The pages are those the shelf keeps; no file is needed. May be stopped at any moment and goes on where it was.
    """
    count = 0
    behind = shelf.pages_behind(understanding_version())
    for done, page_id in enumerate(behind):
        on_progress(Progress("refresh", done, len(behind), page_id))
        page = shelf.page(page_id)
        if page is None:
            continue
        understood = understand_text(page.name, page.text)
        reports = tuple(_of_page(report, page) for report in understood.reports)
        fresh = replace(understood.as_page(page.source), page_id=page_id, left_out=page.left_out)
        found = compare_with_shelf([(fresh, reports)], shelf, is_asked=False)
        _put_on_shelf(found, shelf, encoder, lambda progress: None)
        shelf.finish_page(page_id, understanding_version())
        count += len(found.new) + len(found.refreshed)
    return count


def _put_on_shelf(
    found: PagesRead,
    shelf: ReportShelf,
    encoder: Encoder,
    on_progress: Callable[[Progress], None],
    mask: Masking = mask_here,
) -> None:
    for page in found.pages:
        shelf.put_page(page)
    for report_id in found.gone:
        shelf.remove_report(report_id)
    if found.new or found.refreshed:
        mark_missing(shelf)
        compared, replaced = _compared([*found.refreshed, *found.new], shelf)

        def told(done: int, report: Report) -> None:
            on_progress(Progress("store", done, len(compared), report.title or report.label))

        added = frozenset(report.report_id for report in found.new)
        store_reports(compared, added, shelf, encoder, told, _likeness(compared, shelf), mask)
        for old, better in replaced.items():
            shelf.mark_duplicate(old, better)
    for page in found.pages:
        shelf.finish_page(page.page_id, understanding_version())


def remove_report(report_id: str, shelf: ReportShelf, encoder: Encoder, index: VectorIndex | None = None) -> bool:
    """Takes a report off the shelf and out of the index; False where it was not there.

    Where others repeated it, the first of them becomes an original and is encoded now.
    """
    removed = shelf.remove_report(report_id)
    mark_missing(shelf)
    encode_missing(shelf, encoder)
    if index is not None:
        index.catch_up(shelf)
    return removed


def encode_missing(
    shelf: ReportShelf, encoder: Encoder, on_progress: Callable[[Progress], None] = lambda progress: None
) -> int:
    """How many reports got the vectors they lacked: after another encoder was chosen, or an original was removed.

    May be stopped at any moment and goes on where it was.
    """
    lacking = shelf.reports_without_vectors(encoder.name)
    for done, report_id in enumerate(lacking):
        on_progress(Progress("store", done, len(lacking), report_id))
        shelf.add_vectors(report_id, encoder.name, encode_sections(shelf.masked_sections(report_id), encoder))
    return len(lacking)


def _passed_over(paths: Iterable[Path]) -> Iterator[str]:
    """The names of files in these folders that no reader is for: photographs, films."""
    for path in paths:
        if path.is_dir():
            yield from (name for found, name in _walked(path) if found.suffix.lower() not in TRIED_SUFFIXES)


def _walked(folder: Path) -> Iterator[tuple[Path, str]]:
    """Every file in a folder and its folders with its name within it, ordered; hidden ones and the locks that Word
    leaves beside an open file are passed over."""
    for inside, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith((".", "~$")):
                found = Path(inside) / name
                yield found, found.relative_to(folder).as_posix()


def files_of(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """The files that `paths` name, each with the name it is shown by: within its folder, or bare.

    Folders are walked in order of names; hidden files and links to folders are passed over. Raises UnusableInput where
    a path does not exist.
    """
    for path in paths:
        if path.is_dir():
            for found, name in _walked(path):
                if found.suffix.lower() in TRIED_SUFFIXES:
                    yield found, name
        elif path.exists():
            # A file that is named itself is always tried, so that its refusal says why.
            yield path, path.name
        else:
            raise UnusableInput(f"没有文件或文件夹“{path}”。请检查路径。", path=str(path))


def _store(
    reading: _Reading,
    kept: _Kept,
    shelf: ReportShelf,
    encoder: Encoder,
    on_progress: Callable[[Progress], None],
    mask: Masking,
) -> None:
    """Puts the pages read so far on the shelf, and forgets them."""
    found = compare_with_shelf(reading.pages, shelf, is_asked=True)
    stored = len(kept.added) + len(kept.refreshed)

    def told(progress: Progress) -> None:
        on_progress(replace(progress, done=stored + progress.done, total=stored + progress.total))

    _put_on_shelf(found, shelf, encoder, told, mask)
    kept.places += [
        (report.source, report.label, found.ids[report.report_id])
        for _, reports in reading.pages
        for report in reports
        if report.report_id in found.ids
    ]
    kept.added += [report.report_id for report in found.new]
    kept.refreshed += [report.report_id for report in found.refreshed]
    kept.gone += found.gone
    reading.pages.clear()


def _take(read: FileRead, reading: _Reading) -> None:
    reading.failed += [{"source": one.source, "error": one.error, "reason": one.reason} for one in read.refused]
    for understood in read.understood:
        _take_document(understood, reading)


def _take_document(understood: FileUnderstood, reading: _Reading) -> None:
    source = understood.source
    page = understood.as_page(source)
    reading.pages.append((page, tuple(_of_page(report, page) for report in understood.reports)))
    reading.dropped += [
        {"source": source, "line": one.line, "text": one.text, "rule": one.rule} for one in understood.dropped
    ]
    reading.not_reports += [
        {"source": source, "label": one.label, "reason": one.reason, "lines": list(one.lines)}
        for one in understood.not_reports
    ]
    reading.warnings += [{"source": source, "text": one} for one in understood.warnings]
    reading.left_out += [{"source": source, **one.to_json()} for one in understood.left_out]


def _of_page(report: Report, page: Page) -> Report:
    return replace(report, source=page.source, page_id=page.page_id)


def _likeness(compared: Sequence[Report], shelf: ReportShelf) -> dict[str, Likeness]:
    """The marks and twins of those that are no duplicates; the reports they are twins of are read from the shelf."""
    originals = [report for report in compared if report.duplicate_of is None]
    return likeness_of(originals, near_reports(originals, shelf), shelf)


def _compared(new: Sequence[Report], shelf: ReportShelf) -> tuple[list[Report], dict[str, str]]:
    """`new` with duplicates marked and deleted words taken from them, originals first; and the reports on the shelf
    that a better new copy replaces. A report on the shelf whose words a new copy restores is among the first."""
    fresh = {report.report_id for report in new}
    originals = near_reports(new, shelf)
    copies_there = {one for report in (*originals, *new) for one in shelf.copies_of(report.report_id)} - fresh
    others = [*originals, *(shelf.report(one) for one in sorted(copies_there))]
    repeats = near_duplicates([*originals, *new], {report.report_id for report in originals})
    copies: defaultdict[str, list[Report]] = defaultdict(list)
    for report in [*new, *others]:
        kept = repeats.get(report.report_id) or report.duplicate_of
        if kept is not None:
            copies[repeats.get(kept, kept)].append(report)
    marked = [
        restored(replace(report, duplicate_of=repeats.get(report.report_id)), copies[report.report_id])
        for report in new
    ]
    mending = [report for report in originals if copies[report.report_id] and report.report_id not in repeats]
    marked += [
        restored(shelf.as_found(report.report_id), copies[report.report_id])
        for report in mending
        if restored(report, copies[report.report_id]) is not report
    ]
    marked.sort(key=lambda report: report.duplicate_of is not None)
    replaced = {report.report_id: repeats[report.report_id] for report in originals if report.report_id in repeats}
    return marked, {old: better for old, better in replaced.items() if better in fresh}
