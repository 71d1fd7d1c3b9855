"""What of a past report reaches another unit's draft: nothing with masking; without it a copying model is shown all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from eval.benchmarks.swap_leak import Tally, sample_reports, swap_leak
from eval.benchmarks.swapping import swapped
from eval.measures.standing import claims_of, stands, values_in
from service.settings import Settings

REPORTS = sample_reports()[4:6]


@pytest.fixture(scope="module")
def tallies(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, bool], Tally]:
    home: Path = tmp_path_factory.mktemp("home")
    return {(one.writer, one.masked): one for one in swap_leak(REPORTS, Settings(home=home), ("rules", "copying"))}


def test_swapped_notes_hold_another_value_for_every_figure_of_two_digits() -> None:
    for report in REPORTS:
        notes = swapped(report, 1).notes
        figures = [one for one in claims_of(notes) if one.when is None and re.search(r"\d\d", one.text)]
        assert len(figures) > 10
        assert [one.text for one in figures if stands(one, values_in(report.text))] == []
        assert report.unit not in notes


def test_the_same_seed_swaps_alike_and_another_otherwise() -> None:
    assert swapped(REPORTS[0], 1) == swapped(REPORTS[0], 1)
    assert swapped(REPORTS[0], 1).notes != swapped(REPORTS[0], 2).notes


def test_with_masking_no_value_of_the_past_report_is_shown_or_drafted(
    tallies: dict[tuple[str, bool], Tally],
) -> None:
    for writer in ("rules", "copying"):
        tally = tallies[writer, True]
        assert tally.at_stake > 20
        assert (tally.shown, tally.written, tally.unflagged) == (0, 0, 0), vars(tally)


def test_without_masking_a_copying_model_writes_them_and_the_checker_stands_alone(
    tallies: dict[tuple[str, bool], Tally],
) -> None:
    tally = tallies["copying", False]
    assert tally.shown > 20
    assert tally.written > 20
    assert tally.unflagged == 0
