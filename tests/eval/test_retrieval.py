"""Retrieval questions are read strictly, and their figures are those that can be reckoned by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.retrieval import Figures, Question, Ranks, by_leg, figures, read_questions
from service.domain.errors import UnusableInput


def test_every_second_question_is_held_out(tmp_path: Path) -> None:
    file = tmp_path / "q.tsv"
    file.write_text("# 说明\n楼道谁扫的\t清理楼道|楼道保洁\n\n树种了几棵\t植树\n", encoding="utf-8")
    assert read_questions(file) == [
        Question("楼道谁扫的", ("清理楼道", "楼道保洁"), held_out=False),
        Question("树种了几棵", ("植树",), held_out=True),
    ]


@pytest.mark.parametrize(
    ("content", "named"), [("楼道谁扫的", "第1行"), ("# 说明\n甲\t", "第2行"), ("# 只有说明\n", "没有问题")]
)
def test_a_file_of_questions_that_cannot_be_used_says_where(content: str, named: str, tmp_path: Path) -> None:
    file = tmp_path / "q.tsv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(UnusableInput, match=named):
        read_questions(file)


def test_hits_and_reciprocal_ranks_are_shares_of_all_questions() -> None:
    assert figures([1, 2, None, 10]) == Figures(4, 0.25, 0.5, 0.5, 0.75, 0.4)
    assert figures([]) == Figures(0, 0, 0, 0, 0, 0)


def test_the_held_out_questions_are_counted_apart() -> None:
    def asked(held_out: bool, joined: int | None) -> Ranks:
        return Ranks(Question("问", ("答",), held_out), {"joined": joined, "meaning": None, "keywords": 1})

    legs = by_leg([asked(False, None), asked(True, 1), asked(True, 2)], held_out=True)
    assert (legs["joined"].questions, legs["joined"].hit_1, legs["meaning"].hit_10) == (2, 0.5, 0.0)
