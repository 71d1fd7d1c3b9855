"""Copies and twins found among the reports of the shelf by their marks, without reading all of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.dedupe import marks, template_twins
from corpus.ingest import ingest, remove_report
from corpus.likeness import MOST_HOLDERS, likeness_of, mark_missing, near_reports
from corpus.understand import understand_text
from service.domain.report import Report
from service.domain.shelf import Likeness
from service.storage.reports import DatabaseShelf
from tests.corpus import pages
from tests.corpus.measure_search import NoVectors
from tests.corpus.shelves import masked, shelf_in

TEXTS = (pages.SCHOOL, pages.TOWN, pages.HOSPITAL, pages.STREET, pages.PLAN, pages.LEDGER)
OWN = "社区组织开展邻里节活动，发动楼长包楼到户，对老旧楼院逐栋排查登记，建立问题台账并实行销号管理。"
TWIN = pages.STREET.split("二、")[0].replace("青桐", "白桦") + f"二、主要做法\n{OWN * 4}\n三、下一步\n{OWN[::-1] * 2}。"


@pytest.fixture
def shelf(tmp_path: Path) -> DatabaseShelf:
    return shelf_in(tmp_path)


def report(text: str, source: str = "a.txt") -> Report:
    return understand_text(source, text).reports[0]


def take_in(shelf: DatabaseShelf, folder: Path, *texts: str) -> None:
    for number, text in enumerate(texts):
        folder.mkdir(exist_ok=True)
        (folder / f"{len(text)}-{number}.txt").write_text(text, encoding="utf-8")
    ingest([folder], shelf, NoVectors())


def test_a_copy_that_comes_later_is_pointed_to_and_nothing_else_is_read(shelf: DatabaseShelf, tmp_path: Path) -> None:
    take_in(shelf, tmp_path / "first", *TEXTS)
    copy = report(pages.TOWN.replace("420", "xx"), "b.txt")
    assert [one.text for one in near_reports([copy], shelf)] == [report(pages.TOWN).text]
    take_in(shelf, tmp_path / "second", pages.TOWN.replace("420", "xx"))
    kept = [one for one in shelf.reports() if one.duplicate_of]
    assert len(kept) == 1
    assert "420" in shelf.report(str(kept[0].duplicate_of)).text


def test_twins_are_kept_whichever_comes_first_and_go_with_either(shelf: DatabaseShelf, tmp_path: Path) -> None:
    take_in(shelf, tmp_path / "first", pages.STREET, pages.TOWN)
    assert shelf.twins() == []
    take_in(shelf, tmp_path / "second", TWIN)
    (pair,) = shelf.twins()
    (counted,) = template_twins([report(pages.STREET), report(TWIN)])
    assert {pair.first, pair.second} == {counted.first, counted.second}
    assert pair.first < pair.second
    assert pair.share == counted.containment
    remove_report(pair.second, shelf, NoVectors())
    assert shelf.twins() == []


def test_twins_of_one_run_are_kept_too(shelf: DatabaseShelf, tmp_path: Path) -> None:
    take_in(shelf, tmp_path / "both", pages.STREET, TWIN)
    assert len(shelf.twins()) == 1


def test_reports_from_before_there_were_marks_get_them(shelf: DatabaseShelf) -> None:
    for text in (pages.STREET, TWIN):
        one = report(text)
        shelf.add_report(one, masked(one), "e", [])
    assert near_reports([report(pages.STREET + "完。")], shelf) == []
    assert mark_missing(shelf) == 2
    assert mark_missing(shelf) == 0
    assert len(shelf.twins()) == 1
    assert len(near_reports([report(pages.STREET + "完。")], shelf)) == 2


def test_the_heir_of_a_removed_original_can_be_found(shelf: DatabaseShelf, tmp_path: Path) -> None:
    take_in(shelf, tmp_path / "first", pages.TOWN, pages.TOWN.replace("80万元", "90万元").replace("3个村", "4个村"))
    (original,) = [one for one in shelf.reports() if one.duplicate_of is None]
    remove_report(original.report_id, shelf, NoVectors())
    assert len(near_reports([report(pages.TOWN)], shelf)) == 1


def test_a_stock_phrase_fills_no_shelf(shelf: DatabaseShelf) -> None:
    one = report(pages.PLAN)
    alike = [replace(one, report_id=f"{number:016x}") for number in range(MOST_HOLDERS + 5)]
    for each in alike:
        shelf.add_report(each, masked(each), "e", [], likeness_of([each], [], shelf)[each.report_id])
    assert {len(found) for found in shelf.holders(marks(one.text)).values()} == {MOST_HOLDERS}
    shelf.put_likeness(alike[0].report_id, Likeness())
    assert {len(found) for found in shelf.holders(marks(one.text)).values()} == {MOST_HOLDERS - 1}


def test_a_report_taken_in_again_shares_nothing_with_itself(shelf: DatabaseShelf, tmp_path: Path) -> None:
    take_in(shelf, tmp_path / "first", pages.STREET, TWIN)
    before = shelf.holders(marks(report(TWIN).text))
    take_in(shelf, tmp_path / "first")
    assert shelf.holders(marks(report(TWIN).text)) == before
    assert len(shelf.twins()) == 1
