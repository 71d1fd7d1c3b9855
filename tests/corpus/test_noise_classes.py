"""The 28 classes of noise of past pages, one by one: what is owed for each, without new digits, logged, done once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from corpus.classify.damage import damaged_sentences
from corpus.clean.changes import digit_strings
from corpus.clean.clean_page import clean_page
from corpus.understand import FileUnderstood, understand_text
from service.checking.wording.find import wording_findings


@dataclass(frozen=True)
class Noise:
    """A page that holds one class of noise: what must be gone, what must stand, and how it is told."""

    text: str
    gone: tuple[str, ...] = ()
    stands: tuple[str, ...] = ()
    rule: str = ""
    damage: str = ""
    reports: int = 1


def _noise(row: dict[str, Any]) -> Noise:
    return Noise(**{**row, "gone": tuple(row.get("gone", ())), "stands": tuple(row.get("stands", ()))})


_PAGES = tomllib.loads(Path(__file__).with_name("noises.toml").read_text(encoding="utf-8"))
NOISES = {name: _noise(row) for name, row in _PAGES.items()}


@pytest.fixture(params=list(NOISES), ids=lambda name: name.replace(" ", "-"))
def noise(request: pytest.FixtureRequest) -> Noise:
    return NOISES[request.param]


def _text(understood: FileUnderstood) -> str:
    return "\n".join(f"{one.title}\n{one.text}" for one in understood.reports)


def test_what_is_noise_goes_what_is_text_stays_and_damage_is_told(noise: Noise) -> None:
    understood = understand_text("页.txt", noise.text)
    assert len(understood.reports) == noise.reports, [one.title for one in understood.reports]
    whole = _text(understood)
    assert [words for words in noise.gone if words in whole] == []
    assert [words for words in noise.stands if words not in whole] == []
    if noise.damage:
        assert noise.damage in understood.reports[0].damage
    if noise.reports == 0:
        assert understood.not_reports


def test_each_step_is_logged_adds_no_digit_and_is_done_once(noise: Noise) -> None:
    page = clean_page(noise.text)
    rules = {one.rule for one in page.changes} | {one.rule for one in page.dropped}
    assert not noise.rule or noise.rule in rules
    assert digit_strings(page.text) <= digit_strings(noise.text)
    assert clean_page(page.text).text == page.text
    lines = noise.text.split("\n")
    for change in page.changes:
        # What is said to have stood there stood there, on that line.
        assert re.sub(r"\s", "", change.before) in re.sub(r"\s", "", "".join(lines[change.line - 1 : change.line + 2]))
    # A line that is gone is told, or was joined to the one before it.
    joined = {one.line for one in page.changes if one.rule in ("N12", "N23")}
    kept = {number for line in page.lines for number in range(line.first, line.last + 1)}
    told = {one.line for one in page.dropped} | joined | kept
    assert {number for number, line in enumerate(lines, 1) if line.strip()} <= told


def test_damage_is_told_by_the_sentence() -> None:
    (report,) = understand_text("页.txt", NOISES["N15 masked digits"].text).reports
    (sentence,) = damaged_sentences(report.text)
    assert "硬化路面〔MASK:num〕米" in report.text[sentence.span.start : sentence.span.end]


@pytest.mark.parametrize(
    ("name", "wrong"), [("N26 titles in brackets", "公民道德建设实施纲要"), ("N27 slips of the pen", "潜易默化")]
)
def test_what_only_a_person_may_mend_is_suggested(name: str, wrong: str) -> None:
    (report,) = understand_text("页.txt", NOISES[name].text).reports
    assert any(wrong in one.text for one in wording_findings(report.text))
