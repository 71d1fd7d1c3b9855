"""Takes past reports in: read, understood, compared with what is there, masked, encoded, and put on the shelf.

Each report goes in wholly or not at all, so a run that is killed loses nothing but its last reports, and running it
again adds just those. The vector index and the keywords are derived; they catch up with the shelf afterwards.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from corpus.dedupe import near_duplicates
from corpus.encoder import Encoder
from corpus.index.vectors import VectorIndex
from corpus.mask.masking import mask_report
from corpus.passages import encode_sections
from corpus.read.limits import ReadLimits
from corpus.read.read_file import READABLE_SUFFIXES
from corpus.shelf import ReportShelf
from corpus.understand import FileUnderstood, understand_file
from service.domain.errors import UnusableInput
from service.domain.report import Report
from service.domain.shelf import MaskedSection

# Encoding many sections at once keeps both cores busy; more only delays the moment they are safe on the shelf.
_SECTIONS_AT_ONCE = 48


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingest is: `stage` is "read" (of files) or "store" (of new reports); `name` is what is at hand."""

    stage: str
    done: int
    total: int
    name: str


@dataclass(frozen=True)
class IngestReport:
    """What an ingest understood. `added` are the ids that are new on the shelf; the other reports stood there."""

    files: int
    reports: tuple[Report, ...]
    added: frozenset[str]
    dropped: tuple[dict[str, Any], ...] = ()
    not_reports: tuple[dict[str, Any], ...] = ()
    failed: tuple[dict[str, Any], ...] = ()
    warnings: tuple[dict[str, Any], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The shape of `zhibi ingest --json`."""
        return {
            "files": self.files,
            "reports": [{**report.to_json(), "added": report.report_id in self.added} for report in self.reports],
            "dropped": list(self.dropped),
            "not_reports": list(self.not_reports),
            "failed": list(self.failed),
            "warnings": list(self.warnings),
        }


@dataclass
class _Reading:
    reports: dict[str, Report] = field(default_factory=dict)
    dropped: list[dict[str, Any]] = field(default_factory=list)
    not_reports: list[dict[str, Any]] = field(default_factory=list)
    failed: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[dict[str, Any]] = field(default_factory=list)


def ingest(
    paths: Sequence[Path],
    shelf: ReportShelf,
    encoder: Encoder,
    index: VectorIndex | None = None,
    on_progress: Callable[[Progress], None] = lambda progress: None,
    limits: ReadLimits | None = None,
) -> IngestReport:
    """Everything understood of the files and folders `paths`, put on the shelf and into the index where one is given.

    A file that cannot be read is listed in `failed`, the rest goes in. Raises UnusableInput where a path does not exist
    or no file is there to read, StorageFailed where the shelf refuses.
    """
    files = list(files_of(paths))
    if not files:
        raise UnusableInput(f"没有可读取的文件。请给出 {'、'.join(READABLE_SUFFIXES)} 文件，或装有这些文件的文件夹。")
    reading = _Reading()
    for done, (path, source) in enumerate(files):
        on_progress(Progress("read", done, len(files), source))
        _read(path, source, limits or ReadLimits(), reading)
    present = shelf.report_ids()
    new = [report for report in reading.reports.values() if report.report_id not in present]
    if new:
        new, replaced = _compared(new, shelf)
        _store(new, shelf, encoder, on_progress)
        for old, better in replaced.items():
            shelf.mark_duplicate(old, better)
    if index is not None:
        index.catch_up(shelf)
    return IngestReport(
        files=len(files),
        reports=tuple(shelf.report(report_id) for report_id in reading.reports),
        added=frozenset(report.report_id for report in new),
        dropped=tuple(reading.dropped),
        not_reports=tuple(reading.not_reports),
        failed=tuple(reading.failed),
        warnings=tuple(reading.warnings),
    )


def remove_report(report_id: str, shelf: ReportShelf, encoder: Encoder, index: VectorIndex | None = None) -> bool:
    """Takes a report off the shelf and out of the index; False where it was not there.

    Where others repeated it, the first of them becomes an original and is encoded now.
    """
    removed = shelf.remove_report(report_id)
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


def files_of(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """The files that `paths` name, each with the name it is shown by: within its folder, or bare.

    Folders are walked in order of names; hidden files and links to folders are passed over. Raises UnusableInput where
    a path does not exist.
    """
    for path in paths:
        if path.is_dir():
            for folder, folders, names in os.walk(path):
                folders[:] = sorted(name for name in folders if not name.startswith("."))
                for name in sorted(names):
                    if not name.startswith((".", "~$")) and Path(name).suffix.lower() in READABLE_SUFFIXES:
                        found = Path(folder) / name
                        yield found, found.relative_to(path).as_posix()
        elif path.exists():
            # A file that is named itself is always tried, so that its refusal says why.
            yield path, path.name
        else:
            raise UnusableInput(f"没有文件或文件夹“{path}”。请检查路径。", path=str(path))


def _read(path: Path, source: str, limits: ReadLimits, reading: _Reading) -> None:
    try:
        understood: FileUnderstood = understand_file(path, limits)
    except UnusableInput as error:
        reading.failed.append({"source": source, "error": error.message})
        return
    except OSError as error:
        reason = error.strerror or type(error).__name__
        reading.failed.append({"source": source, "error": f"读不了这个文件：{reason}。请检查它的权限。"})
        return
    for report in understood.reports:
        reading.reports.setdefault(report.report_id, replace(report, source=source))
    reading.dropped += [
        {"source": source, "line": one.line, "text": one.text, "rule": one.rule} for one in understood.dropped
    ]
    reading.not_reports += [
        {"source": source, "label": one.label, "reason": one.reason, "lines": list(one.lines)}
        for one in understood.not_reports
    ]
    reading.warnings += [{"source": source, "text": one} for one in understood.warnings]


def _compared(new: Sequence[Report], shelf: ReportShelf) -> tuple[list[Report], dict[str, str]]:
    """`new` with duplicates marked, originals first; and the reports on the shelf that a better new copy replaces."""
    added = {report.report_id for report in new}
    originals = [report for report in shelf.reports() if report.duplicate_of is None]
    repeats = near_duplicates([*originals, *new])
    marked = [replace(report, duplicate_of=repeats.get(report.report_id)) for report in new]
    marked.sort(key=lambda report: report.duplicate_of is not None)
    replaced = {report.report_id: repeats[report.report_id] for report in originals if report.report_id in repeats}
    return marked, {old: better for old, better in replaced.items() if better in added}


def _store(
    new: Sequence[Report], shelf: ReportShelf, encoder: Encoder, on_progress: Callable[[Progress], None]
) -> None:
    waiting: list[tuple[Report, tuple[MaskedSection, ...]]] = []
    for done, report in enumerate(new):
        on_progress(Progress("store", done, len(new), report.title or report.label))
        waiting.append((report, mask_report(report)))
        if sum(len(sections) for _, sections in waiting) >= _SECTIONS_AT_ONCE:
            _put(waiting, shelf, encoder)
            waiting = []
    _put(waiting, shelf, encoder)


def _put(waiting: Sequence[tuple[Report, tuple[MaskedSection, ...]]], shelf: ReportShelf, encoder: Encoder) -> None:
    """Encodes the sections of several reports together, and stores each report in a transaction of its own."""
    together = [section for report, sections in waiting if report.duplicate_of is None for section in sections]
    vectors = {one.position: one for one in encode_sections(together, encoder)}
    at = 0
    for report, sections in waiting:
        own = []
        if report.duplicate_of is None:
            places = range(at, at + len(sections))
            own = [replace(vectors[place], position=place - at) for place in places if place in vectors]
            at += len(sections)
        shelf.add_report(report, sections, encoder.name, own)
