"""Whole drafts as careful clerks write them are not accused, and an edit that makes one wrong is found."""

from __future__ import annotations

import pytest

from tests.checking.whole_drafts import SETS, edited, figures, whole_drafts

# What the sets that are looked at give, with a little room: a change that costs more is looked at before it lands.
_BOUNDS = (("open", 1000, 0.03, 0.93), ("open_later", 500, 0.06, 0.88))


@pytest.mark.parametrize("which", SETS)
def test_each_edit_of_a_draft_can_be_made_in_one_place(which: str) -> None:
    for one in whole_drafts(which):
        assert one.faults, one.name
        for fault in one.faults:
            assert one.draft.count(fault.before) == 1, (one.name, fault)
            draft, start, end = edited(one, fault)
            assert draft[start:end] == fault.claim
            assert draft != one.draft


@pytest.mark.parametrize(("which", "claims", "most_accused", "fewest_found"), _BOUNDS)
def test_honest_drafts_are_seldom_accused_and_wrong_ones_nearly_always_found(
    which: str, claims: int, most_accused: float, fewest_found: float
) -> None:
    counts = figures(which)
    assert counts.honest > claims
    assert sum(counts.accused.values()) <= most_accused * counts.honest, str(counts)
    assert sum(counts.found.values()) >= fewest_found * sum(counts.faults.values()), str(counts)
