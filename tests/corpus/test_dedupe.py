"""Copies are joined, the less damaged kept; template twins are reported and kept; unrelated reports are left alone."""

from __future__ import annotations

import pytest

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


TEMPLATE = (
    "{unit}创建工作自查报告\n今年以来，我街道{more}扎实推进创建工作，现将自查情况报告如下：\n"
    "一、加强环境整治\n先后召开专题会议{a}次，组织干部{b}人次入户走访，清理卫生死角{c}处，整治成效明显。\n"
    "二、培育文明新风\n开展志愿服务{d}场次，发放宣传资料{e}份，群众参与的积极性不断提高，邻里关系更加和睦。\n"
    "三、存在的不足\n部分小区停车位不足，{leader}老旧楼院缺少管理力量，长效机制有待完善。\n{foot}"
)


def _filled(unit: str, *, leader: str = "", foot: str = "", numbers: str = "3 57 46 12 890") -> Report:
    figures = dict(zip("abcde", numbers.split(), strict=True))
    return _report(TEMPLATE.format(unit=unit, more="", leader=leader, foot=foot, **figures), f"{unit}{numbers}.txt")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # Word for word but for the title: each unit still hands in a report of its own.
        (_filled("青桐街道"), _filled("白桦街道")),
        (_filled("青桐街道", foot="青桐街道办事处"), _filled("白桦街道", foot="白桦街道办事处")),
        (_filled("青桐街道", foot="青桐街道办事处"), _filled("白桦街道", numbers="3 57 46 12 891")),
        (_filled("岚州市第一小学"), _filled("岚州市第三小学")),
        (_filled("街道", leader="党工委书记林望舒多次到"), _filled("街道", leader="党工委书记许知行多次到")),
        # The same unit in another quarter.
        (_filled("青桐街道"), _filled("青桐街道", numbers="5 81 29 17 1200")),
    ],
)
def test_one_template_of_two_units_or_two_periods_is_twins_however_alike(first: Report, second: Report) -> None:
    assert first.report_id != second.report_id
    for order in ([first, second], [second, first]):
        assert near_duplicates(order) == {}
        (twins,) = template_twins(order)
        assert {twins.first, twins.second} == {first.report_id, second.report_id}


@pytest.mark.parametrize(
    "copy",
    [
        _filled("xx街道"),
        _filled("青桐街道", numbers="** 57 xx 12 ×"),
        _filled("青桐街道", numbers="3 57 48 12 890"),
        _report(TEMPLATE.format(unit="青桐街道", more="", leader="", foot="", a=3, b=57, c=46, d=12, e=890)[:-30], "c"),
        _report(pages.TOWN.replace("危旧棚舍", "危旧棚会").replace("不足", "不促"), "d.txt"),
    ],
)
def test_what_a_site_masks_cuts_or_misprints_is_still_a_copy(copy: Report) -> None:
    whole = _report(pages.TOWN) if copy.source == "d.txt" else _filled("青桐街道")
    assert copy.report_id != whole.report_id
    assert set(near_duplicates([whole, copy])) | set(near_duplicates([whole, copy]).values()) == {
        whole.report_id,
        copy.report_id,
    }
    assert template_twins([whole, copy]) == ()


def test_a_copy_without_names_joins_one_of_two_twins_and_never_both() -> None:
    first, masked, second = _filled("青桐街道"), _filled("xx街道"), _filled("白桦街道")
    for order in ([first, masked, second], [masked, second, first], [second, first, masked]):
        ((joined, kept),) = near_duplicates(order).items()
        assert masked.report_id in (joined, kept)


def test_digits_masks_and_punctuation_do_not_tell_texts_apart() -> None:
    assert shingles("清理死角12处，清运垃圾30吨。") == shingles("清理死角〔MASK:num〕处,清运垃圾8吨")
    assert shingles("短句") == frozenset()


def test_ids_are_the_same_on_every_run_and_differ_with_the_text() -> None:
    assert _report(pages.TOWN).report_id == _report(pages.TOWN, "other.txt").report_id
    assert _report(pages.TOWN).report_id != _report(pages.SCHOOL).report_id
    assert len(_report(pages.TOWN).report_id) == 16
