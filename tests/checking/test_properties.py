"""Properties that hold for any notes and draft."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.checking.check import Proof, check_draft
from service.domain.finding import Band, CheckResult, Verdict
from tests.checking.measure import honest
from tests.checking.plant_faults import sample_texts
from tests.checking.whole_drafts import period_of, whole_drafts

DEFECTS = {Verdict.PLACEHOLDER, Verdict.CORRUPT, Verdict.IMPOSSIBLE}
PIECES = st.sampled_from((Path(__file__).with_name("pairs") / "pieces.txt").read_text(encoding="utf-8").split("|"))
TEXTS = st.lists(PIECES, max_size=40).map("".join)


@pytest.mark.parametrize("text", sample_texts(), ids=lambda text: text[:12])
def test_a_text_checked_against_itself_blocks_nothing_but_defects(text: str) -> None:
    blocked = [one for one in check_draft(text, text).findings if one.band is Band.BLOCK and one.verdict not in DEFECTS]
    assert not blocked, [(one.text, one.message) for one in blocked]


def test_raw_notes_checked_against_themselves_block_nothing_but_defects() -> None:
    for one in whole_drafts("open"):
        told = check_draft(one.notes, one.notes, (), period_of(one), (one.unit,)).findings
        blocked = [found for found in told if found.band is Band.BLOCK and found.verdict not in DEFECTS]
        assert not blocked, [(one.name, found.text, found.message) for found in blocked]


@settings(max_examples=120, deadline=None)
@given(TEXTS, TEXTS)
def test_any_text_is_checked_and_told_within_the_contract(notes: str, draft: str) -> None:
    result = check_draft(notes, draft)
    everything = [*result.findings, *result.passed]
    assert all(draft[one.start : one.end] == one.text and one.message and one.rule for one in everything)
    assert [one.start for one in result.findings] == sorted(one.start for one in result.findings)
    assert all(one.band is Band.PASS for one in result.passed)
    assert result.to_json()["summary"]["claims"] == len(everything)
    assert check_draft(notes, draft) == result == Proof(notes).check(draft)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_unrelated_note_lines_changes_no_verdict(seed: int) -> None:
    for notes, draft in honest():
        lines = notes.split("\n")
        random.Random(seed).shuffle(lines)
        assert _verdicts(check_draft("\n".join(lines), draft)) == _verdicts(check_draft(notes, draft))


def _verdicts(result: CheckResult) -> list[tuple[int, str]]:
    """The verdict of everything told, findings and passed alike, in order of the draft."""
    return sorted((one.start, str(one.verdict)) for one in (*result.findings, *result.passed))


@pytest.mark.parametrize(
    ("notes", "total", "miss"),
    [
        ("一组清运9007199254740993件，二组清运2件。", "9007199254740995件", "9007199254740996件"),
        ("一组收入0.1元，二组收入0.2元。", "0.3元", "0.4元"),
        ("一组收入1000000000000.01元，二组收入0.02元。", "1000000000000.03元", "1000000000000.04元"),
    ],
)
def test_sums_are_exact_where_floats_are_not(notes: str, total: str, miss: str) -> None:
    for figure, right in ((total, True), (miss, False)):
        told = check_draft(notes, f"两组合计{notes[2:4]}{figure}。")
        assert [one.verdict for one in told.passed if one.text == figure] == [Verdict.DERIVED] * right, told


@pytest.mark.parametrize(
    "hostile",
    [
        "9" * 20_000,
        "（" * 20_000,
        "万" * 20_000,
        "“" * 20_000,
        "、" * 20_000,
        "《" * 20_000,
        "其中" * 10_000,
        "每天" * 10_000,
    ],
    ids=lambda text: text[:2],
)
def test_hostile_text_is_answered(hostile: str) -> None:
    assert check_draft(hostile, hostile).overlap.chars == 0
    assert check_draft("清理死角12处", hostile).to_json()["summary"]["claims"] >= 0
