"""The report stands alone in one file, keeps Chinese as text, marks what moved, and shows no held-out draft unasked."""

from __future__ import annotations

import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from eval.benchmarks.checker import confusion, rows_of
from eval.cases import load_cases
from eval.compare import compare
from eval.drafting import Extras
from eval.marking import marked
from eval.opening import Plan
from eval.report import as_csv, figures, report_page
from eval.run import run_cases
from service.settings import Settings


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    home: Path = tmp_path_factory.mktemp("home")
    cases = [*load_cases("develop")[:3], *load_cases("held-out")[:1]]
    return run_cases(cases, Plan(Settings(home=home), "none", Extras(False, False), 1))


@pytest.fixture(scope="module")
def worse(record: dict[str, Any]) -> dict[str, Any]:
    """The same run with half of every draft's facts gone."""
    other = deepcopy(record)
    for row in other["cases"]:
        row["text"] = "甲乙" + row["text"][2:]
        row["scores"]["fact_coverage"] = row["scores"]["fact_coverage"] / 2
    return other


def test_the_page_is_one_file_without_script_or_request(record: dict[str, Any], worse: dict[str, Any]) -> None:
    page = report_page(worse, record, confusion(rows_of("labelled.jsonl")[:20], []))
    assert "<script" not in page
    assert not re.findall(r"(?:src|href)=[\"'](?!#)", page)
    assert not re.findall(r"url\((?!#)", page)
    assert page.count("<svg") >= 5


def test_chinese_in_plots_is_text(record: dict[str, Any]) -> None:
    page = report_page(record)
    assert re.search(r"<text[^>]*>[^<]*事实覆盖率", page)


def test_moved_cases_are_shown_marked_and_held_out_ones_only_when_asked(
    record: dict[str, Any], worse: dict[str, Any]
) -> None:
    page, whole = report_page(worse, record), report_page(worse, record, show_held_out=True)
    assert "<ins>甲乙</ins>" in page
    for row in record["cases"]:
        assert (f"<summary>{row['case']}" in page) == (not row["held_out"])
        assert f"<summary>{row['case']}" in whole


def test_the_same_record_makes_the_same_page(record: dict[str, Any]) -> None:
    assert report_page(record) == report_page(deepcopy(record))


def test_a_run_compared_with_itself_shows_no_difference(record: dict[str, Any], worse: dict[str, Any]) -> None:
    assert {row["verdict"] for row in compare(record, record)} == {"no difference seen"}
    verdicts = {row["measure"]: row["verdict"] for row in compare(record, worse)}
    assert verdicts["fact_coverage"] == "worse"
    assert verdicts["sections"] == "no difference seen"


def test_csv_and_json_hold_every_score(record: dict[str, Any]) -> None:
    rows = as_csv(record).strip().split("\r\n")
    assert len(rows) == 1 + len(record["cases"]) * len(record["measures"])
    assert {row["measure"] for row in figures(record)["by_measure"]} == set(record["measures"])


def test_marks_never_split_a_number() -> None:
    first, second = marked("清理56处<死角>", "清理65处<死角>")
    assert "<del>56</del>" in first
    assert "<ins>65</ins>" in second
    assert "&lt;死角&gt;" in second


def test_the_checker_is_judged_on_the_pairs_that_ship() -> None:
    found = confusion()
    assert sum(count for _, count in found.recall.values()) == len(rows_of("labelled.jsonl"))
    right = sum(hits for hits, _ in found.recall.values())
    assert right / len(rows_of("labelled.jsonl")) >= 0.9
    assert found.false_alarms_per_1000 <= 20
