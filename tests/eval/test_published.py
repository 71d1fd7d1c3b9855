"""The README states what the command wrote, of the cases that are there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from docs.generate import with_quality
from eval.cases import load_cases
from eval.published import CENTRAL, PUBLISHED, cases_digest, published
from service.domain.errors import UnusableInput

README = Path(__file__).parents[2] / "README.md"


def test_the_figures_in_the_readme_are_the_published_ones() -> None:
    readme = README.read_text(encoding="utf-8")
    assert with_quality(readme) == readme


def test_the_published_figures_are_of_the_cases_that_ship() -> None:
    made = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    assert made["cases"] == cases_digest(load_cases("all"))
    assert {name for suite in made["means"].values() for name in suite} == set(CENTRAL)


def test_half_a_run_is_not_published() -> None:
    row = {"mean": None, "scored": 0, "unscored": 0}
    record = {"means": {suite: dict.fromkeys(CENTRAL, row) for suite in ("develop", "held-out")}}
    with pytest.raises(UnusableInput, match="--suite all"):
        published(record, [])
