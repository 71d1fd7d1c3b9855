"""Four real pages, where they stand beside the checkout: 29 labels, 35 texts, 33 reports, 30 originals.

A checkout without them runs the same measure on the invented pages, so that the test is never empty.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from corpus.dedupe import near_duplicates
from corpus.read.limits import ReadLimits
from corpus.understand import FileUnderstood, understand_file, understand_text
from service.domain.report import Report
from tests.corpus import pages

_SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"


def _expected() -> list[tuple[str, str, int, int, bool, str]]:
    """(file, order, first line, last line, is a report, whose duplicate)."""
    index = _SEEDS / "index.tsv"
    if not index.is_file():
        return []
    rows = csv.DictReader(index.read_text(encoding="utf-8").splitlines(), delimiter="\t")
    return [
        (
            row["file"],
            row["order"],
            *map(int, row["lines"].split("-")),  # type: ignore[misc]
            "NOT A REPORT" not in row["actual_genre"],
            row["dup_of"],
        )
        for row in rows
    ]


EXPECTED = _expected() or [("MODEL_ESSAYS", "1", 5, 11, True, ""), ("MODEL_ESSAYS", "3", 22, 29, True, "")]
_UNDERSTOOD: dict[str, FileUnderstood] = {}


def _understood(name: str) -> FileUnderstood:
    if name not in _UNDERSTOOD:
        path = _SEEDS / name
        _UNDERSTOOD[name] = (
            understand_file(path, ReadLimits()) if path.is_file() else understand_text(name, getattr(pages, name))
        )
    return _UNDERSTOOD[name]


def _near(lines: tuple[int, int], first: int, last: int) -> bool:
    # The index counts a text from its label or from its first line, and to a blank line or not.
    return abs(lines[0] - first) <= 2 and abs(lines[1] - last) <= 2


@pytest.mark.parametrize(("name", "order", "first", "last", "is_report"), [row[:5] for row in EXPECTED])
def test_each_text_of_a_page_is_found_with_its_lines(
    name: str, order: str, first: int, last: int, is_report: bool
) -> None:
    understood = _understood(name)
    reports = [report.lines for report in understood.reports]
    found = reports if is_report else [other.lines for other in understood.not_reports]
    assert any(_near(lines, first, last) for lines in found), (order, found)


@pytest.mark.parametrize("name", sorted({row[0] for row in EXPECTED}))
def test_no_text_is_found_that_the_index_does_not_know(name: str) -> None:
    understood = _understood(name)
    known = [row[2:4] for row in EXPECTED if row[0] == name]
    if name == "MODEL_ESSAYS":
        known.append((13, 20))
    found = [one.lines for one in understood.reports] + [one.lines for one in understood.not_reports]
    for lines in found:
        assert any(_near(lines, *expected) for expected in known), lines


def test_the_near_exact_copies_and_nothing_else_are_joined() -> None:
    reports: list[Report] = []
    for name in sorted({row[0] for row in EXPECTED}):
        reports += _understood(name).reports
    joined = near_duplicates(reports)
    assert len(reports) - len(joined) == sum(row[4] for row in EXPECTED) - sum(
        1 for row in EXPECTED if row[5] and not row[5].startswith("~")
    ) + (0 if _SEEDS.is_dir() else 1)
