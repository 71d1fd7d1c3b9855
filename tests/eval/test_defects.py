"""Each measure sees the damage it should, step by step, and nothing of the damage it should not."""

from __future__ import annotations

import pytest

from eval.defects.table import PLANTS, Row, rows
from eval.measures import ALL


@pytest.fixture(scope="module")
def table() -> dict[str, Row]:
    return {row.plant.measure: row for row in rows()}


def test_every_measure_has_a_planted_defect() -> None:
    assert sorted(plant.measure for plant in PLANTS) == sorted(measure.name for measure in ALL)


@pytest.mark.parametrize("name", [measure.name for measure in ALL])
def test_damage_it_should_see_makes_it_worse_at_each_strength(name: str, table: dict[str, Row]) -> None:
    assert table[name].bases >= 2
    assert table[name].moves, table[name].seen


@pytest.mark.parametrize("name", [measure.name for measure in ALL])
def test_damage_it_should_not_see_leaves_it_as_it_was(name: str, table: dict[str, Row]) -> None:
    assert table[name].stays, table[name].unseen


@pytest.mark.parametrize("measure", ALL, ids=lambda measure: measure.name)
def test_a_score_stays_within_the_range_it_documents(measure: object, table: dict[str, Row]) -> None:
    named = next(one for one in ALL if one is measure)
    scores = (*table[named.name].seen, *table[named.name].unseen)
    assert min(scores) >= named.lowest
    assert named.highest is None or max(scores) <= named.highest
