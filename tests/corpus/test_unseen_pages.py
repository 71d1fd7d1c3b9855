"""Pages of four layouts that were written by someone else and stood in no one's view while the cleaner was made."""

from __future__ import annotations

import pytest

from tests.corpus.measure import UNSEEN, Tally, measure_pages


@pytest.fixture(scope="module")
def tally() -> Tally:
    return measure_pages(UNSEEN)


@pytest.mark.parametrize(
    ("measure", "least"),
    [
        ("pages split into the right number", 1.0),
        ("reports found", 1.0),
        ("reports begin right", 0.95),
        ("reports end right", 0.95),
        ("reports stand alone", 1.0),
        ("genre", 0.9),
        ("unit type", 0.9),
        ("year", 0.9),
        ("furniture gone", 0.98),
        ("true text kept", 1.0),
        ("non-reports set apart", 1.0),
    ],
)
def test_an_unseen_page_comes_out_clean_split_and_classified(tally: Tally, measure: str, least: float) -> None:
    assert tally.share(measure) >= least, tally.misses
