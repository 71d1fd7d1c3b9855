"""The gate lets through what is stated and nothing worse."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.gate import Gate, read_gate, regressions
from service.domain.errors import UnusableInput

RECORD = {
    "measures": {"fact_coverage": {"higher_is_better": True}, "leak": {"higher_is_better": False}},
    "cases": [
        {"case": "a", "scores": {"fact_coverage": 0.9, "leak": 0.0}},
        {"case": "b", "scores": {"fact_coverage": 1.0, "leak": None}},
        {"case": "outside", "scores": {"fact_coverage": 0.0, "leak": 9.0}},
    ],
}


def test_a_run_at_the_stated_figures_passes() -> None:
    assert regressions(RECORD, Gate(("a", "b"), {"fact_coverage": 0.95, "leak": 0.0})) == []


@pytest.mark.parametrize(("measure", "worst"), [("fact_coverage", 0.96), ("leak", -0.1)])
def test_a_mean_on_the_wrong_side_is_a_regression(measure: str, worst: float) -> None:
    (found,) = regressions(RECORD, Gate(("a", "b"), {measure: worst}))
    assert found.measure == measure


def test_a_measure_that_could_score_nothing_is_a_regression() -> None:
    (found,) = regressions(RECORD, Gate(("b",), {"leak": 0.0}))
    assert found.mean is None


def test_an_unknown_measure_or_case_is_refused_by_name() -> None:
    with pytest.raises(UnusableInput, match="beauty"):
        regressions(RECORD, Gate(("a",), {"beauty": 1.0}))
    with pytest.raises(UnusableInput, match="gone"):
        regressions(RECORD, Gate(("gone",), {"leak": 0.0}))


def test_a_gate_file_with_an_unknown_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gate.toml"
    path.write_text('cases = ["a"]\nbest = 1\n[worst]\nleak = 0\n', encoding="utf-8")
    with pytest.raises(UnusableInput, match="cases 和 worst"):
        read_gate(path)


def test_the_stated_gate_names_develop_cases_only() -> None:
    from eval.cases import load_cases

    assert set(read_gate().cases) <= {case.case_id for case in load_cases("develop")}
