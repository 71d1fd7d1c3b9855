"""Lines of the trade with what is asked of each: mentions and verdicts, read by the public commands.

They stand in a folder beside some checkouts; others read lines of our own, so the test is never empty.
"""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from service import cli
from tests.commands.running import zhibi

_DOMAIN = Path(__file__).parents[2].parent / "shared" / "domain"
_OWN_MENTIONS: list[dict[str, Any]] = [
    {"text": "发放折页五百余份", "span": "五百余份", "start": 4, "lo": 501, "hi": 599, "unit": "份", "treat": "verify"},
    {"text": "满意率达97%", "span": "97%", "start": 4, "lo": 0.97, "hi": 0.97, "unit": "", "treat": "verify"},
    {"text": "二是加强巡查", "span": "二是", "start": 0, "lo": None, "hi": None, "unit": None, "treat": "skip"},
    {"text": "沿415国道整治", "span": "415", "start": 1, "lo": None, "hi": None, "unit": None, "treat": "verbatim"},
    {"text": "到场30xx0人", "span": "30xx0", "start": 2, "lo": None, "hi": None, "unit": "人", "treat": "flag"},
]
_OWN_VERDICTS = [
    {"note": "发放折页418份", "draft": "发放折页四百余份", "verdict": "ROUNDED_OK"},
    {"note": "上午25人，下午31人", "draft": "全天共58人", "verdict": "DERIVED_WRONG"},
    {"note": "服务96人次", "draft": "服务96人", "verdict": "UNIT_SWAP"},
]
# What is to be done with a mention, by the part it plays.
_ROLES = {"verify": {"claim"}, "flag": {"defect"}, "verbatim": {"name"}, "skip": {"structure", "lexical"}}
_VERDICTS = {
    "ROUNDED_OK": "rounded",
    "DERIVED_OK": "derived",
    "PLACEHOLDER_LEFT": "placeholder",
    "RELATIVE_TIME_SHIFT": "relative_time",
}
# The lines give per-head areas a sign of their own; the contract keeps units as they are written.
_UNITS = {"㎡/人": "平方米/人"}


def _lines(name: str, own: list[dict[str, Any]]) -> list[dict[str, Any]]:
    file = _DOMAIN / name
    if not file.is_file():
        return own
    return [json.loads(row) for row in file.read_text(encoding="utf-8").splitlines() if row.strip()]


def _number(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _is_read(row: dict[str, Any], found: dict[str, Any]) -> bool:
    if found["role"] not in _ROLES[row["treat"]] or found["text"] != row["span"]:
        return False
    if row["treat"] != "verify":
        return True
    if found["unit"] != _UNITS.get(row["unit"], row["unit"]):
        return False
    if row["unit"] in ("date", "time"):
        return True  # the lines give no ends of dates and times
    return [found["lo"] and Decimal(found["lo"]), found["hi"] and Decimal(found["hi"])] == [
        _number(row["lo"]),
        _number(row["hi"]),
    ]


def test_every_mention_of_the_trade_is_read_with_its_part_range_and_unit(tmp_path: Path) -> None:
    rows = _lines("number-mentions.jsonl", _OWN_MENTIONS)
    text = "\n".join(row["text"] for row in rows)
    ran = zhibi("numbers", "-", "--json", home=tmp_path / "home", stdin=text.encode())
    found = {one["start"]: one for one in ran.json}
    unread, at = [], 0
    for row in rows:
        one = found.get(at + row["start"])
        if one is None or not _is_read(row, one):
            unread.append((row["text"], row["span"], one))
        at += len(row["text"]) + 1
    assert unread == []


def test_every_pair_of_the_trade_draws_its_verdict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    notes, draft = tmp_path / "notes.txt", tmp_path / "draft.txt"
    unlike = []
    for row in _lines("number-verdicts.jsonl", _OWN_VERDICTS):
        notes.write_text(row["note"], encoding="utf-8")
        draft.write_text(row["draft"], encoding="utf-8")
        arguments = ["zhibi", "check", "--notes", str(notes), "--draft", str(draft), "--json"]
        monkeypatch.setattr(sys, "argv", arguments)
        with pytest.raises(SystemExit):
            cli.main()
        told = json.loads(capsys.readouterr().out)
        given = {one["verdict"] for one in (*told["findings"], *told["passed"])}
        wanted = _VERDICTS.get(row["verdict"], row["verdict"].lower())
        # The same digits of the same thing are exact where the line only says that they agree.
        if not given & ({"equivalent", "exact"} if wanted == "equivalent" else {wanted}):
            unlike.append((row, sorted(given)))
    assert unlike == []
