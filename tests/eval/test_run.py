"""A run is the same however it is spread, goes on where it was cut, and keeps held-out cases off the screen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eval.cases import CASES as CASE_FILES
from eval.cases import load_cases
from eval.drafting import Extras
from eval.opening import Plan
from eval.run import read_record, run_cases
from service.domain.errors import UnusableInput
from service.settings import Settings
from tests.commands.running import zhibi

CASES = load_cases("develop")[:3]


def _plan(processes: int, home: Path) -> Plan:
    return Plan(Settings(home=home), exemplars="none", extras=Extras(again=False, attack=False), processes=processes)


def _timeless(record: dict[str, Any]) -> str:
    """The record without what a clock said."""
    for row in record["cases"]:
        row["seconds"] = {}
        del row["scores"]["seconds"]
    for means in record["means"].values():
        del means["seconds"]
    return json.dumps(record, ensure_ascii=False)


def test_one_process_and_two_write_the_same_record(tmp_path: Path) -> None:
    alone = run_cases(CASES, _plan(1, tmp_path))
    assert _timeless(run_cases(CASES, _plan(2, tmp_path))) == _timeless(alone)
    assert [row["case"] for row in alone["cases"]] == [case.case_id for case in CASES]


def test_a_cut_run_drafts_only_what_it_lacks(tmp_path: Path) -> None:
    run_cases(CASES[:2], _plan(1, tmp_path), tmp_path / "out")
    kept = tmp_path / "out" / "cases" / f"{CASES[0].case_id}.json"
    row = json.loads(kept.read_text(encoding="utf-8"))
    row["row"]["text"] = "这一份是上次留下的"
    kept.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    whole = run_cases(CASES, _plan(1, tmp_path), tmp_path / "out")
    assert whole["cases"][0]["text"] == "这一份是上次留下的"
    assert len(whole["cases"]) == 3


def test_a_run_with_other_settings_starts_anew(tmp_path: Path) -> None:
    run_cases(CASES[:1], _plan(1, tmp_path), tmp_path / "out")
    other = Plan(Settings(home=tmp_path, repair_rounds=0), "none", Extras(False, False), 1)
    kept = tmp_path / "out" / "cases" / f"{CASES[0].case_id}.json"
    before = kept.stat().st_mtime_ns
    run_cases(CASES[:1], other, tmp_path / "out")
    assert kept.stat().st_mtime_ns != before


def test_a_broken_record_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text("{}", encoding="utf-8")
    with pytest.raises(UnusableInput, match="不是评测记录"):
        read_record(tmp_path)


def test_the_screen_shows_means_and_no_case_unless_asked(tmp_path: Path) -> None:
    # A folder of two cases, since the whole suite would draft for a minute to show the same lines.
    folder = tmp_path / "cases"
    folder.mkdir()
    for case in load_cases("held-out")[:2]:
        (folder / f"{case.case_id}.toml").write_bytes((CASE_FILES / f"{case.case_id}.toml").read_bytes())
    arguments = ("--suite", "held-out", "--exemplars", "none", "--no-thorough", "--cases", folder)
    ran = zhibi("eval", "run", *arguments, home=tmp_path / "home")
    assert ran.code == 0, ran.err
    assert "留出集" in ran.out
    assert "开发集" not in ran.out
    shown = ran.out + ran.err
    assert not [case.case_id for case in load_cases("held-out") if case.case_id in shown]
    assert "%" not in ran.err  # no progress bar where nobody watches
