"""The cleaned report beside its original: nothing is lost, nothing is told of a line that is not its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.beside import BesideRow, rows_beside
from corpus.classify.damage import damaged_sentences
from corpus.clean.rules import DAMAGE_NAMES
from corpus.read.limits import ReadLimits
from corpus.show import ReportShown
from corpus.understand import FileUnderstood, understand_file, understand_text
from service.domain.page import within

SAMPLES = sorted((Path(__file__).parents[2] / "corpus/samples").glob("*-*.*"))


def shown_of(understood: FileUnderstood) -> list[ReportShown]:
    lines = understood.text.split("\n")
    return [
        ReportShown(
            report=one,
            original=tuple(lines[one.lines[0] - 1 : one.lines[1]]),
            changes=within(one.lines, understood.changes),
            dropped=tuple(gone for gone in understood.dropped if one.lines[0] <= gone.line <= one.lines[1]),
            damaged=damaged_sentences(one.text),
            corrections={},
            repeated_by=(),
        )
        for one in understood.reports
    ]


def rows_of(text: str) -> list[BesideRow]:
    return rows_beside(shown_of(understand_text("稿.txt", text))[0], DAMAGE_NAMES)


@pytest.mark.parametrize("sample", SAMPLES, ids=[one.name[:24] for one in SAMPLES])
def test_every_line_and_every_paragraph_stands_in_one_row_in_order(sample: Path) -> None:
    for shown in shown_of(understand_file(sample, ReadLimits())):
        rows = rows_beside(shown, DAMAGE_NAMES)
        cleaned = "".join(run.text for row in rows for run in row.cleaned)
        assert cleaned == shown.report.text.replace("\n", "")
        original = [line.strip() for row in rows for line in "".join(run.text for run in row.original).split("\n")]
        assert [line for line in original if line] == [line.strip() for line in shown.original if line.strip()]
        numbers = [row.first for row in rows if row.first]
        assert numbers == sorted(numbers)
        assert not [row for row in rows if not row.first], "a paragraph without its lines"


@pytest.mark.parametrize("sample", SAMPLES, ids=[one.name[:24] for one in SAMPLES])
def test_a_row_that_differs_says_why_and_one_that_does_not_keeps_still(sample: Path) -> None:
    for shown in shown_of(understand_file(sample, ReadLimits())):
        for row in rows_beside(shown, DAMAGE_NAMES):
            explained = bool(row.changes or row.dropped or row.is_title)
            signs = [run.text.strip("# ") for run in (*row.original, *row.cleaned) if run.kind != "same"]
            if any(sign.strip() for sign in signs):
                assert explained, (row.first, signs)


def test_what_was_taken_away_stands_struck_out_with_its_rule() -> None:
    body = "。".join(["我街道组织志愿者清理卫生死角12处，清运垃圾3吨"] * 6)
    rows = rows_of(
        f"首页 > 公文 > 正文\n云汐街道文明创建工作总结\n一、工作开展情况\n{body}。\n二、存在问题\n楼道杂物反弹。"
    )
    assert rows[0].cleaned == () and [run.kind for run in rows[0].original] == ["removed"]
    assert [one.rule for one in rows[0].dropped] == ["N01"]
    assert rows[1].is_title and not rows[1].dropped


def test_a_masked_date_stands_beside_what_became_of_it_and_is_told_as_damaged() -> None:
    body = "。".join(["今年以来，xx街道组织志愿者清理卫生死角xx处，清运垃圾3吨"] * 6)
    rows = rows_of(f"xx街道文明创建工作总结\n一、工作情况\n{body}。\n二、存在问题\n楼道杂物反弹。\n20xx年x月x日")
    last = rows[-1]
    assert last.first == 6 and "".join(run.text for run in last.original) == "20xx年x月x日"
    assert next(run.text for run in last.cleaned) == "〔MASK:year〕"
    assert {run.why for run in last.cleaned} == {"有遮盖"}
