"""Exemplars: masked sections of other reports, fit to be imitated and unlike each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.encoder import SmallE5
from corpus.exemplars import choose_exemplars
from corpus.index.vectors import ExactVectors
from corpus.mask.masking import mask_report
from corpus.passages import encode_sections
from corpus.search import CorpusSearch
from service.domain.genre import Genre, UnitType
from service.domain.report import Correction, Report, Retrieved
from service.storage.reports import DatabaseShelf
from tests.corpus.shelves import report_of, shelf_in

ENCODER = SmallE5()

WASTE = (
    "组织干部群众清理背街小巷积存垃圾23吨，铲除墙面小广告410处，规范沿街车辆停放，更换破损果皮箱，"
    "逐条街巷落实保洁人员和责任人，做到垃圾日产日清，辖区环境面貌得到明显改善。"
)
ELDERLY = (
    "成立志愿服务队5支，结对帮扶孤寡老人36户，每月上门理发、打扫房间、测量血压，"
    "重阳节期间组织包饺子活动，让老人感受到社区大家庭的温暖，志愿服务逐步走向常态。"
)
MARKET = (
    "联合市场管理方对农贸市场开展集中整治，划行归市，取缔占道摊点，公示快检结果，"
    "设立公平秤和投诉台，开展诚信经营户评选，市场秩序和服务水平稳步提升。"
)


@pytest.fixture
def shelf(tmp_path: Path) -> DatabaseShelf:
    return shelf_in(tmp_path)


def put(shelf: DatabaseShelf, report: Report) -> Report:
    sections = mask_report(report)
    shelf.add_report(report, sections, ENCODER.name, encode_sections(sections, ENCODER))
    return report


def chosen(
    shelf: DatabaseShelf,
    queries: Sequence[str],
    count: int = 3,
    genre: Genre = Genre.PROGRESS,
    unit_type: UnitType = UnitType.STREET,
) -> list[Retrieved]:
    search = CorpusSearch(shelf, ExactVectors(ENCODER.name, ENCODER.dimensions), ENCODER)
    return choose_exemplars(search, shelf, genre=genre, unit_type=unit_type, queries=queries, count=count)


def test_an_exemplar_is_masked_and_its_original_kept_apart(shelf: DatabaseShelf) -> None:
    report = put(shelf, report_of([("一、整治环境", WASTE)]))
    (one,) = chosen(shelf, ["清理垃圾"])
    assert one.exemplar.report_id == report.report_id
    assert "〔数量〕吨" in one.exemplar.masked
    assert "23" not in one.exemplar.masked
    assert one.original.text == WASTE


def test_the_same_genre_comes_before_a_better_match_of_another(shelf: DatabaseShelf) -> None:
    other = put(shelf, report_of([("清理垃圾", WASTE)], genre=Genre.SUMMARY, unit="雀岭街道"))
    same = put(shelf, report_of([("关爱老人", ELDERLY)], genre=Genre.PROGRESS))
    assert [one.exemplar.report_id for one in chosen(shelf, ["清理垃圾"])] == [same.report_id, other.report_id]


def test_each_exemplar_is_of_another_report(shelf: DatabaseShelf) -> None:
    put(shelf, report_of([("清理垃圾", WASTE), ("垃圾清运", WASTE.replace("组织", "发动"))]))
    put(shelf, report_of([("农贸市场", MARKET)], unit="雀岭街道"))
    ids = [one.exemplar.report_id for one in chosen(shelf, ["清理垃圾"])]
    assert len(ids) == len(set(ids)) == 2


def test_twins_are_never_offered_together(shelf: DatabaseShelf) -> None:
    put(shelf, report_of([("清理垃圾", WASTE), ("关爱老人", ELDERLY)]))
    put(shelf, report_of([("清理垃圾", WASTE.replace("23吨", "31吨")), ("农贸市场", MARKET)], unit="雀岭街道"))
    assert len(chosen(shelf, ["清理垃圾"])) == 1


def test_reports_unfit_for_structure_are_passed_over(shelf: DatabaseShelf) -> None:
    put(shelf, report_of([("清理垃圾", WASTE)], usable_for=("facts",)))
    disliked = put(shelf, report_of([("关爱老人", ELDERLY)], unit="雀岭街道"))
    shelf.correct_report(disliked.report_id, Correction(do_not_imitate=True))
    assert chosen(shelf, ["清理垃圾", "关爱老人"]) == []


def test_sections_without_form_are_passed_over(shelf: DatabaseShelf) -> None:
    blanks = "〔MASK:place〕〔MASK:word〕〔MASK:num〕户，" * 20
    put(shelf, report_of([("清理垃圾", "清理垃圾3吨。"), ("垃圾", blanks)]))
    assert chosen(shelf, ["清理垃圾"]) == []


def test_the_same_type_of_unit_is_preferred_among_equals(shelf: DatabaseShelf) -> None:
    put(shelf, report_of([("清理垃圾", WASTE)], unit_type=UnitType.SCHOOL, unit="望禾小学"))
    # The same words in another order of clauses: equal to every ranking, and no copy of the first.
    clauses = WASTE.rstrip("。").split("，")
    near = put(shelf, report_of([("清理垃圾", "，".join(reversed(clauses)) + "。")], unit="雀岭街道"))
    assert chosen(shelf, ["清理垃圾"], count=1)[0].exemplar.report_id == near.report_id


def test_facts_without_words_fall_back_to_the_genre(shelf: DatabaseShelf) -> None:
    put(shelf, report_of([("清理垃圾", WASTE)]))
    assert len(chosen(shelf, ["", "2024", "３０%"])) == 1
    assert len(chosen(shelf, [])) == 1


def test_none_wanted_or_none_there_gives_none(shelf: DatabaseShelf) -> None:
    assert chosen(shelf, ["清理垃圾"]) == []
    put(shelf, report_of([("清理垃圾", WASTE)]))
    assert chosen(shelf, ["清理垃圾"], count=0) == []


@pytest.mark.parametrize(
    ("asking", "is_own"),
    [("岚州市澄溪街道", True), ("澄溪街道", True), ("", False), ("街道", False), ("雀岭街道", False)],
)
def test_an_exemplar_of_the_same_unit_says_so(shelf: DatabaseShelf, asking: str, is_own: bool) -> None:
    put(shelf, report_of([("清理垃圾", WASTE)], unit="澄溪街道"))
    search = CorpusSearch(shelf, ExactVectors(ENCODER.name, ENCODER.dimensions), ENCODER)
    (one,) = choose_exemplars(
        search, shelf, genre=Genre.PROGRESS, unit_type=UnitType.STREET, queries=["清理垃圾"], unit=asking
    )
    assert one.exemplar.same_unit is is_own


def test_copies_are_no_exemplars(shelf: DatabaseShelf) -> None:
    kept = put(shelf, report_of([("清理垃圾", WASTE)]))
    put(shelf, replace(report_of([("清理垃圾", WASTE + "完。")]), duplicate_of=kept.report_id))
    assert [one.exemplar.report_id for one in chosen(shelf, ["清理垃圾"])] == [kept.report_id]
