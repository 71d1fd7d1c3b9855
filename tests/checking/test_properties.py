"""Properties that hold for any notes and draft."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.checking.check import check_draft
from service.domain.finding import Band, Verdict
from tests.checking.measure import honest
from tests.checking.plant_faults import sample_texts

DEFECTS = {Verdict.PLACEHOLDER, Verdict.CORRUPT, Verdict.IMPOSSIBLE}
PIECES = st.sampled_from((Path(__file__).with_name("pairs") / "pieces.txt").read_text(encoding="utf-8").split("|"))
TEXTS = st.lists(PIECES, max_size=40).map("".join)


@pytest.mark.parametrize("text", sample_texts(), ids=lambda text: text[:12])
def test_a_text_checked_against_itself_blocks_nothing_but_defects(text: str) -> None:
    blocked = [one for one in check_draft(text, text).findings if one.band is Band.BLOCK and one.verdict not in DEFECTS]
    assert not blocked, [(one.text, one.message) for one in blocked]


@settings(max_examples=120, deadline=None)
@given(TEXTS, TEXTS)
def test_any_text_is_checked_and_told_within_the_contract(notes: str, draft: str) -> None:
    result = check_draft(notes, draft)
    everything = [*result.findings, *result.passed]
    assert all(draft[one.start : one.end] == one.text and one.message and one.rule for one in everything)
    assert [one.start for one in result.findings] == sorted(one.start for one in result.findings)
    assert all(one.band is Band.PASS for one in result.passed)
    assert result.to_json()["summary"]["claims"] == len(everything)
    assert check_draft(notes, draft) == result


def test_the_order_of_unrelated_note_lines_changes_no_verdict() -> None:
    for notes, draft in honest():
        lines = notes.split("\n")
        whole = [one.verdict for one in check_draft(notes, draft).passed]
        random.Random(5).shuffle(lines)
        assert [one.verdict for one in check_draft("\n".join(lines), draft).passed] == whole


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
