"""Copies are joined, the less damaged kept; template twins are reported and kept; unrelated reports are left alone."""

from __future__ import annotations

from corpus.dedupe import mark_duplicates, near_duplicates, shingles, template_twins
from corpus.understand import understand_text
from service.domain.report import Report
from tests.corpus import pages


def _report(text: str, source: str = "a.txt") -> Report:
    return understand_text(source, text).reports[0]


def test_a_copy_whose_figures_were_masked_is_joined_to_the_whole_one() -> None:
    whole = _report(pages.TOWN)
    masked = _report(pages.TOWN.replace("420", "xx").replace("65", "**").replace("310", "×"), "b.txt")
    for order in ([whole, masked], [masked, whole]):
        assert near_duplicates(order) == {masked.report_id: whole.report_id}


def test_a_copy_cut_at_its_end_is_joined_to_the_whole_one() -> None:
    whole = _report(pages.STREET)
    cut = _report(pages.STREET[: len(pages.STREET) * 3 // 4], "b.txt")
    assert near_duplicates([cut, whole]) == {cut.report_id: whole.report_id}


def test_three_copies_are_joined_to_one_that_is_no_duplicate() -> None:
    texts = [pages.TOWN, pages.TOWN.replace("，", ","), pages.TOWN.replace("80万元", "90万元")]
    reports = mark_duplicates([_report(text, f"{number}.txt") for number, text in enumerate(texts)])
    kept = {report.duplicate_of for report in reports if report.duplicate_of}
    assert len(kept) == 1
    assert kept.pop() in {report.report_id for report in reports if report.duplicate_of is None}


def test_unrelated_reports_are_neither_copies_nor_twins() -> None:
    reports = [
        _report(text) for text in (pages.SCHOOL, pages.TOWN, pages.HOSPITAL, pages.STREET, pages.PLAN, pages.LEDGER)
    ]
    assert near_duplicates(reports) == {}
    assert template_twins(reports) == ()


def test_the_same_sentences_under_another_units_name_are_twins_not_copies() -> None:
    own = "社区组织开展邻里节活动，发动楼长包楼到户，对老旧楼院逐栋排查登记，建立问题台账并实行销号管理。"
    first = _report(pages.STREET)
    second = _report(
        pages.STREET.split("二、")[0].replace("青桐", "白桦")
        + f"二、主要做法\n{own * 4}\n三、下一步\n{own[::-1] * 2}。"
    )
    assert near_duplicates([first, second]) == {}
    (twins,) = template_twins([first, second])
    assert {twins.first, twins.second} == {first.report_id, second.report_id}
    assert 0.05 <= twins.containment < 0.8


def test_digits_masks_and_punctuation_do_not_tell_texts_apart() -> None:
    assert shingles("清理死角12处，清运垃圾30吨。") == shingles("清理死角〔MASK:num〕处,清运垃圾8吨")
    assert shingles("短句") == frozenset()


def test_ids_are_the_same_on_every_run_and_differ_with_the_text() -> None:
    assert _report(pages.TOWN).report_id == _report(pages.TOWN, "other.txt").report_id
    assert _report(pages.TOWN).report_id != _report(pages.SCHOOL).report_id
    assert len(_report(pages.TOWN).report_id) == 16
