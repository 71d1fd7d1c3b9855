"""Search joins meaning and words; exemplars are masked, diverse and fit to be imitated."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.encoder import SmallE5
from corpus.index.vectors import ExactVectors
from corpus.passages import encode_sections
from corpus.search import CorpusSearch
from service.domain.errors import UnusableInput
from service.domain.genre import Genre, UnitType
from service.domain.report import Correction, Report
from service.storage.reports import DatabaseShelf
from tests.corpus.shelves import masked, report_of, sample_reports, shelf_in

ENCODER = SmallE5()


def put(shelf: DatabaseShelf, report: Report) -> None:
    sections = masked(report)
    shelf.add_report(report, sections, ENCODER.name, encode_sections(sections, ENCODER))


@pytest.fixture
def shelf(tmp_path: Path) -> DatabaseShelf:
    filled = shelf_in(tmp_path)
    for report in sample_reports():
        put(filled, report)
    return filled


@pytest.fixture
def search(shelf: DatabaseShelf) -> Iterator[CorpusSearch]:
    index = ExactVectors(ENCODER.name, ENCODER.dimensions)
    yield CorpusSearch(shelf, index, ENCODER)
    index.close()


@pytest.mark.parametrize(
    ("query", "heading"),
    [
        ("去敬老院看老人", "志愿服务"),
        ("贴标语发传单", "宣传发动"),
        ("红绿灯路口劝闯红灯的", "交通秩序"),
        ("小孩上网管得严", "未成年人教育"),
        ("菜市场黑心商家", "诚信建设"),
        ("扫大街", "环境整治"),
    ],
)
def test_a_question_in_everyday_words_finds_its_section_among_the_first(
    search: CorpusSearch, query: str, heading: str
) -> None:
    assert heading in [hit.heading for hit in search.search(query, 3)]


def test_a_hit_carries_what_a_person_may_read(search: CorpusSearch) -> None:
    hit = search.search("看望孤寡老人", 1)[0]
    report = sample_reports()[0]
    assert (hit.report_id, hit.source, hit.title) == (report.report_id, report.source, report.title)
    assert hit.text == report.sections[1].text
    assert set(hit.to_json()) >= {
        *("report_id", "source", "title", "genre", "unit_type", "heading", "text", "score"),
    }


def test_scores_fall_from_the_first_to_the_last(search: CorpusSearch) -> None:
    scores = [hit.score for hit in search.search("文明创建", 6)]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == 6


def test_filters_keep_only_what_was_asked_for(search: CorpusSearch) -> None:
    assert {hit.genre for hit in search.search("卫生", 6, genre=Genre.SUMMARY)} == {Genre.SUMMARY}
    assert {hit.unit_type for hit in search.search("卫生", 6, unit_type=UnitType.BUREAU)} == {UnitType.BUREAU}
    assert search.search("卫生", 6, genre=Genre.PLAN) == []


def test_figures_in_a_question_change_no_answer(search: CorpusSearch) -> None:
    plain = search.search("慰问老人户", 6)
    assert search.search("慰问老人30户", 6) == plain
    assert search.search("慰问老人４５００户", 6) == plain


@pytest.mark.parametrize("query", ["", "   ", "2024", "３０", "〔数量〕", "\x00"])
def test_a_question_without_a_word_is_refused_with_an_example(search: CorpusSearch, query: str) -> None:
    with pytest.raises(UnusableInput, match="检索词"):
        search.search(query)


def test_a_question_of_a_whole_page_is_answered(search: CorpusSearch) -> None:
    assert search.search("看望孤寡老人，打扫房间。" * 20_000, 1)[0].heading == "志愿服务"


def test_an_empty_shelf_answers_nothing(tmp_path: Path) -> None:
    search = CorpusSearch(shelf_in(tmp_path), ExactVectors(ENCODER.name, ENCODER.dimensions), ENCODER)
    assert search.search("卫生") == []


def test_what_comes_and_goes_is_found_and_lost_without_a_restart(search: CorpusSearch, shelf: DatabaseShelf) -> None:
    assert search.search("抵制高价彩礼", 1)[0].heading != "移风易俗"
    new = report_of([("移风易俗", "红白理事会倡导喜事新办，抵制高价彩礼。")], unit="雀岭村")
    put(shelf, new)
    assert search.search("抵制高价彩礼", 1)[0].heading == "移风易俗"
    shelf.remove_report(new.report_id)
    assert search.search("抵制高价彩礼", 1)[0].heading != "移风易俗"


def test_a_corrected_genre_is_what_filters_see(search: CorpusSearch, shelf: DatabaseShelf) -> None:
    report = sample_reports()[0]
    assert search.search("孤寡老人", 6, genre=Genre.PLAN) == []
    shelf.correct_report(report.report_id, Correction(genre=Genre.PLAN))
    assert {hit.report_id for hit in search.search("孤寡老人", 6, genre=Genre.PLAN)} == {report.report_id}


def test_the_ranks_behind_a_score_are_told(search: CorpusSearch) -> None:
    found = search.find(["看望孤寡老人"], 6)
    assert (found[0].meaning_rank, found[0].keyword_rank) == (1, 1)
    assert any(one.keyword_rank is None for one in found)
