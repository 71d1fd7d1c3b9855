"""A page read again, by the same rules or better ones: which of its reports are new, known, or gone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from corpus.shelf import ReportShelf
from corpus.version import understanding_version
from service.domain.page import Page
from service.domain.report import Report
from service.domain.shelf import KnownReport

# Below half of the shorter one's lines two readings of a page are of different reports.
_LEAST_SHARE_OF_LINES = 0.5


@dataclass
class PagesRead:
    """What several pages hold, set against the shelf. `ids` maps a cleaned text's hash to its report on the shelf."""

    new: list[Report] = field(default_factory=list)
    refreshed: list[Report] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)


def compare_with_shelf(
    read: Sequence[tuple[Page, Sequence[Report]]], shelf: ReportShelf, *, is_asked: bool
) -> PagesRead:
    """The reports of the pages `read` as new, refreshed or gone.

    A report is known by its cleaned text, or by its lines in the same page where better rules cleaned it otherwise; it
    keeps its id and a person's corrections. A reading that gives a report nothing anymore drops it, unless a person
    corrected it. `is_asked` says that a person brought the pages; else a report someone deleted stays deleted.
    """
    result = PagesRead()
    texts = dict(shelf.known_texts([report.report_id for _, reports in read for report in reports]))
    for page, reports in read:
        known = shelf.known_of_page(page.page_id, page.source)
        kept = shelf.page(page.page_id)
        is_whole = kept is not None and kept.understanding == understanding_version()
        matched = _matched(reports, known)
        touched = [
            _compare(report, matched, texts, result, is_wanted=is_asked or not kept or not kept.understanding)
            or (report.report_id not in result.ids and _overlaps(report, known) and _take(report, texts, result))
            for report in reports
        ]
        left = [one for one in known if one not in matched.values() and one.page_id == page.page_id]
        result.gone += [one.report_id for one in left if not one.is_corrected]
        if any(touched) or left or (matched and not is_whole):
            result.pages.append(page)
    return result


def _compare(
    report: Report, matched: Mapping[str, KnownReport], texts: dict[str, str], result: PagesRead, *, is_wanted: bool
) -> bool:
    """Puts one report where it belongs; True where the shelf has something to write."""
    old = matched.get(report.report_id)
    if old is not None:
        texts[report.report_id] = result.ids[report.report_id] = old.report_id
        if old.understanding == report.understanding and old.text_hash == report.report_id and old.page_id:
            return False
        result.refreshed.append(replace(report, report_id=old.report_id, text_hash=report.report_id))
        return True
    if report.report_id in texts:
        # The same text came in from another page, or from a page read earlier in this run.
        result.ids[report.report_id] = texts[report.report_id]
        return False
    return is_wanted and _take(report, texts, result)


def _take(report: Report, texts: dict[str, str], result: PagesRead) -> bool:
    result.new.append(report)
    texts[report.report_id] = result.ids[report.report_id] = report.report_id
    return True


def _matched(reports: Sequence[Report], known: Sequence[KnownReport]) -> Mapping[str, KnownReport]:
    """Each report with the known one it is: of the same text, else of mostly the same lines of the same page."""
    by_text = {one.text_hash: one for one in known}
    matched = {report.report_id: by_text[report.report_id] for report in reports if report.report_id in by_text}
    # What came in before pages were kept is known by its text alone.
    free = [one for one in known if one not in matched.values() and one.page_id]
    pairs = sorted(
        (
            (-_shared_lines(report.lines, one.lines), report.lines, one.report_id, report, one)
            for report in reports
            if report.report_id not in matched
            for one in free
        ),
        key=lambda pair: pair[:3],
    )
    taken: set[str] = set()
    for share, _, _, report, one in pairs:
        if -share >= _LEAST_SHARE_OF_LINES and report.report_id not in matched and one.report_id not in taken:
            matched[report.report_id] = one
            taken.add(one.report_id)
    return matched


def _shared_lines(first: tuple[int, int], second: tuple[int, int]) -> float:
    shared = min(first[1], second[1]) - max(first[0], second[0]) + 1
    shorter = min(first[1] - first[0], second[1] - second[0]) + 1
    return max(0, shared) / max(1, shorter)


def _overlaps(report: Report, known: Collection[KnownReport]) -> bool:
    return any(_shared_lines(report.lines, one.lines) > 0 for one in known)
