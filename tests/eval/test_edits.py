"""The distance from a generated draft to the approved one grows with what people changed and with nothing else."""

from __future__ import annotations

from eval.edits import edits_between, mean_edits

DRAFT = "三月八日开展宣传活动。发放宣传单2800份。清理杂物65处。【待补：责任人】"


def test_a_draft_approved_as_it_is_has_no_edits() -> None:
    found = edits_between(DRAFT, DRAFT)
    assert (found.characters, found.sentences, found.numbers, found.filled) == (0, 0, 0, 0)


def test_each_changed_number_counts_once() -> None:
    once = edits_between(DRAFT, DRAFT.replace("2800", "2810"))
    twice = edits_between(DRAFT, DRAFT.replace("2800", "2810").replace("65", "56"))
    assert (once.numbers, twice.numbers) == (1, 2)
    assert 0 < once.characters < twice.characters
    assert 0 < once.sentences < twice.sentences


def test_a_reworded_sentence_changes_no_number() -> None:
    found = edits_between(DRAFT, DRAFT.replace("清理杂物", "集中清除楼道杂物"))
    assert found.numbers == 0
    assert found.sentences > 0


def test_a_filled_placeholder_is_no_correction() -> None:
    found = edits_between(DRAFT, DRAFT.replace("【待补：责任人】", "责任人：办公室"))
    assert (found.filled, found.numbers) == (1, 0)
    assert found.sentences == 0


def test_no_draft_has_no_mean() -> None:
    assert mean_edits([]) == {}
