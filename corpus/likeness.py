"""Copies and twins sought among all reports of the shelf without reading them: by marks that the shelf looks up.

A mark is a hash of eight characters that a fixed rule picks, the same from every text (FracMinHash), so two reports
share marks in proportion to the sentences they share. Marks only point; the texts they point to are read and compared.
Bands of MinHash, the usual way, see how alike two texts are as wholes and miss the short one inside the long
(decision 0010).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from corpus.dedupe import marks, template_twins
from corpus.shelf import ReportShelf
from service.domain.report import Report
from service.domain.shelf import Likeness

# A mark of this many originals is a stock phrase (全国文明城市创建工作) and says nothing about copying. No more of
# them are kept, so that a look-up stays small however many reports there are.
MOST_HOLDERS = 60

# One shared mark stands for some 32 shared shingles, two long sentences; a single one may be chance.
_LEAST_SHARED = 2


def near_reports(reports: Sequence[Report], shelf: ReportShelf) -> list[Report]:
    """The originals on the shelf that share sentences with any of `reports`, which themselves are left out; by id."""
    fresh = {report.report_id for report in reports}
    own = {report.report_id: marks(report.text) for report in reports}
    holders = shelf.holders({mark for found in own.values() for mark in found})
    near: set[str] = set()
    for found in own.values():
        near |= _sharing(found, holders)
    return [shelf.as_found(report_id) for report_id in sorted(near - fresh)]


def likeness_of(originals: Sequence[Report], near: Sequence[Report], shelf: ReportShelf) -> dict[str, Likeness]:
    """What the shelf is to keep of each of `originals`, which come in in this order; `near` stand there already."""
    own = {report.report_id: marks(report.text) for report in originals}
    holders = shelf.holders({mark for found in own.values() for mark in found})
    # A report that is written anew holds marks already; they are its own and count once.
    held = Counter({mark: sum(one not in own for one in found) for mark, found in holders.items()})
    twins: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    standing = {report.report_id for report in near}
    order = {report.report_id: place for place, report in enumerate(originals)}
    for pair in template_twins([*near, *originals], standing):
        # Written with the one of both that comes in later, when the other is there.
        later = max(pair.first, pair.second, key=lambda one: order.get(one, -1))
        twins[later].append((pair.second if later == pair.first else pair.first, pair.containment))
    kept: dict[str, Likeness] = {}
    for report_id, found in own.items():
        chosen = tuple(mark for mark in found if held[mark] < MOST_HOLDERS)
        held.update(chosen)
        kept[report_id] = Likeness(chosen, tuple(twins[report_id]))
    return kept


def likeness_on(report: Report, shelf: ReportShelf) -> dict[str, Likeness]:
    """What the shelf is to keep of `report` alone; nothing where it repeats another."""
    if report.duplicate_of is not None:
        return {}
    return likeness_of([report], near_reports([report], shelf), shelf)


def mark_missing(shelf: ReportShelf) -> int:
    """How many originals got the marks and twins they lacked: those of before there were any, and heirs of originals
    that were removed. May be stopped at any moment and goes on where it was."""
    lacking = shelf.reports_without_marks()
    for report_id in lacking:
        shelf.put_likeness(report_id, likeness_on(shelf.as_found(report_id), shelf)[report_id])
    return len(lacking)


def _sharing(found: Iterable[int], holders: Mapping[int, Sequence[str]]) -> set[str]:
    shared = Counter(report_id for mark in found for report_id in holders.get(mark, ()))
    return {report_id for report_id, count in shared.items() if count >= _LEAST_SHARED}
