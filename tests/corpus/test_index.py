"""The vector indexes (exact, Chroma embedded, Chroma server) and the keyword index."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import numpy
import pytest

from corpus.encoder import SmallE5, readable
from corpus.index.keywords import KeywordIndex
from corpus.index.opening import OpeningIndex, open_index
from corpus.index.owner import FolderOwner
from corpus.index.probe import opens_well
from corpus.index.vectors import ExactVectors, VectorIndex, packed
from corpus.ingest import encode_missing
from corpus.passages import encode_sections
from service.domain.errors import ServiceUnavailable, StorageFailed, UnusableInput
from service.domain.shelf import SectionKey, SectionVector
from service.storage.reports import DatabaseShelf
from tests.corpus.measure_search import NoVectors
from tests.corpus.shelves import SECTIONS, masked, report_of, sample_reports, shelf_in

ENCODER = SmallE5()
KINDS = ("exact", "embedded", "server")


def free_port() -> int:
    with closing(socket.socket()) as opened:
        opened.bind(("127.0.0.1", 0))
        return int(opened.getsockname()[1])


@contextmanager
def chroma_server(folder: Path) -> Iterator[str]:
    """A real Chroma server on a loopback port, its folder in `folder`."""
    port = free_port()
    program = Path(sys.executable).with_name("chroma")
    command = [str(program), "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with closing(socket.socket()) as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture(scope="module")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with chroma_server(tmp_path_factory.mktemp("server")) as url:
        yield url


@pytest.fixture
def shelf(tmp_path: Path) -> DatabaseShelf:
    filled = shelf_in(tmp_path)
    for report in sample_reports():
        sections = masked(report)
        filled.add_report(report, sections, ENCODER.name, encode_sections(sections, ENCODER))
    return filled


@pytest.fixture(params=KINDS)
def opened(request: pytest.FixtureRequest, shelf: DatabaseShelf, tmp_path: Path) -> Iterator[VectorIndex]:
    index: VectorIndex
    if request.param == "exact":
        index = ExactVectors(ENCODER.name, ENCODER.dimensions)
        index.catch_up(shelf)
    elif request.param == "embedded":
        index = open_index(shelf, ENCODER, tmp_path / "chroma")
    else:
        # The tests share one server, and each has a record of its own.
        index = open_index(shelf, ENCODER, tmp_path / "chroma", request.getfixturevalue("server_url"), anew=True)
    yield index
    index.close()


def headings(shelf: DatabaseShelf, found: list[tuple[SectionKey, float]]) -> list[str]:
    sections = shelf.sections([key for key, _ in found])
    return [sections[key].heading for key, _ in found]


def test_every_section_is_nearest_to_its_own_words(opened: VectorIndex, shelf: DatabaseShelf) -> None:
    for heading, text in SECTIONS.items():
        query = ENCODER.encode_queries([text])[0]
        assert headings(shelf, opened.nearest(query, 1)) == [heading]


def test_nearest_first_and_no_section_twice(opened: VectorIndex) -> None:
    found = opened.nearest(ENCODER.encode_queries(["打扫卫生"])[0], 10)
    assert len(found) == len({key for key, _ in found}) == 6
    assert [cosine for _, cosine in found] == sorted((cosine for _, cosine in found), reverse=True)


def test_a_filter_keeps_only_the_sections_named(opened: VectorIndex) -> None:
    query = ENCODER.encode_queries(["打扫卫生"])[0]
    every = [key for key, _ in opened.nearest(query, 6)]
    last = frozenset(every[-2:])
    assert {key for key, _ in opened.nearest(query, 6, last)} == last
    assert opened.nearest(query, 6, frozenset()) == []


def test_a_report_that_comes_or_goes_is_seen_after_catching_up(opened: VectorIndex, shelf: DatabaseShelf) -> None:
    gone = sample_reports()[0]
    shelf.remove_report(gone.report_id)
    new = report_of([("移风易俗", "红白理事会倡导喜事新办、丧事简办，抵制高价彩礼。")], unit="雀岭村")
    shelf.add_report(new, masked(new), ENCODER.name, encode_sections(masked(new), ENCODER))
    opened.catch_up(shelf)
    assert opened.size() == 5
    found = opened.nearest(ENCODER.encode_queries(["彩礼太高"])[0], 10)
    assert found[0][0].report_id == new.report_id
    assert gone.report_id not in {key.report_id for key, _ in found}


def test_a_report_with_several_windows_comes_once(shelf: DatabaseShelf, opened: VectorIndex) -> None:
    report = sample_reports()[0]
    rows = packed(ENCODER.encode_passages(["清理垃圾", "打扫卫生", "铲除小广告"]))
    vectors = [SectionVector(0, window, row) for window, row in enumerate(rows)]
    shelf.add_vectors(report.report_id, ENCODER.name, vectors)
    opened.catch_up(shelf)
    found = opened.nearest(ENCODER.encode_queries(["打扫卫生"])[0], 10)
    assert [key for key, _ in found].count(SectionKey(report.report_id, 0)) == 1


@pytest.mark.parametrize("kind", ["embedded", "server"])
def test_an_index_is_never_emptied_to_match_a_record_that_lost_its_reports(
    shelf: DatabaseShelf, tmp_path: Path, kind: str, server_url: str
) -> None:
    """The record is another one, emptied, or an older copy. What someone removed leaves the index all the same."""
    folder, url = tmp_path / "chroma", server_url if kind == "server" else None
    open_index(shelf, ENCODER, folder, url, anew=True).close()
    (tmp_path / "other").mkdir()
    for reports in (0, 2):
        other = shelf_in(tmp_path / "other")
        for report in sample_reports()[:reports]:
            other.add_report(report, masked(report), ENCODER.name, encode_sections(masked(report), ENCODER))
        with pytest.raises(StorageFailed, match=rf"{3 - reports}份旧报告.*现有{reports}份.*没有改动.*zhibi reindex"):
            open_index(other, ENCODER, folder, url)
    shelf.remove_report(sample_reports()[0].report_id)
    index = open_index(shelf, ENCODER, folder, url)
    assert index.size() == len(shelf.vector_keys(ENCODER.name)) == 4
    index.close()
    agreed = open_index(other, ENCODER, folder, url, anew=True)
    assert agreed.size() == len(other.vector_keys(ENCODER.name))
    agreed.close()


def test_an_index_folder_that_was_deleted_is_filled_again(shelf: DatabaseShelf, tmp_path: Path) -> None:
    folder = tmp_path / "chroma"
    open_index(shelf, ENCODER, folder).close()
    shutil.rmtree(folder)
    index = open_index(shelf, ENCODER, folder)
    assert index.size() == 6
    index.close()
    shutil.rmtree(folder)
    folder.write_text("一个文件", encoding="utf-8")
    with pytest.raises(ServiceUnavailable, match="没有丢失"):
        open_index(shelf, ENCODER, folder)
    assert folder.read_text(encoding="utf-8") == "一个文件"


@pytest.mark.parametrize("damage", [b"", b"rubbish" * 1000])
def test_a_broken_index_folder_is_built_anew(shelf: DatabaseShelf, tmp_path: Path, damage: bytes) -> None:
    from corpus.index.chroma import collection_name

    folder = tmp_path / "chroma"
    open_index(shelf, ENCODER, folder).close()
    if damage:
        assert opens_well(folder, collection_name(ENCODER.name))
    (folder / "chroma.sqlite3").write_bytes(damage)
    if damage:
        assert not opens_well(folder, collection_name(ENCODER.name))
    index = open_index(shelf, ENCODER, folder)
    assert index.size() == 6
    assert headings(shelf, index.nearest(ENCODER.encode_queries(["看望孤寡老人"])[0], 1)) == ["志愿服务"]
    index.close()


def test_rows_missing_from_the_index_are_added_at_the_next_opening(shelf: DatabaseShelf, tmp_path: Path) -> None:
    folder = tmp_path / "chroma"
    open_index(shelf, ENCODER, folder).close()
    new = report_of([("移风易俗", "红白理事会倡导喜事新办。")], unit="雀岭村")
    shelf.add_report(new, masked(new), ENCODER.name, encode_sections(masked(new), ENCODER))
    shelf.remove_report(sample_reports()[1].report_id)
    index = open_index(shelf, ENCODER, folder)
    assert index.size() == 5
    index.close()


KILLED = """
import sys
from pathlib import Path
from corpus.index.opening import open_index
from tests.corpus.measure_search import NoVectors
from tests.corpus.shelves import masked, report_of, shelf_in
from corpus.passages import encode_sections
home, encoder = Path(sys.argv[1]), NoVectors()
shelf = shelf_in(home)
index = open_index(shelf, encoder, home / "chroma")
first = len(shelf.report_ids())
for number in range(first, first + 10_000):
    report = report_of([("环境整治", f"第{number}次清理背街小巷卫生死角")], unit="雀岭村")
    sections = masked(report)
    shelf.add_report(report, sections, encoder.name, encode_sections(sections, encoder))
    index.catch_up(shelf)
    print(report.report_id, flush=True)
"""


def test_killed_at_any_moment_each_report_is_wholly_in_or_wholly_out(tmp_path: Path) -> None:
    """Killed four times over one folder, each time at another moment of a write; what it left is gone on with."""
    told: set[str] = set()
    for lines, seconds in ((1, 0.0), (7, 0.003), (2, 0.011), (12, 0.007)):
        writer = subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        assert writer.stdout is not None
        told.update(writer.stdout.readline().strip() for _ in range(lines))
        time.sleep(seconds)
        os.kill(writer.pid, signal.SIGKILL)
        told.update(line.strip() for line in writer.stdout if line.endswith("\n"))
        writer.wait(20)
    shelf, encoder = shelf_in(tmp_path), NoVectors()
    index = open_index(shelf, encoder, tmp_path / "chroma")
    ids = shelf.report_ids()
    assert told <= ids
    assert len(shelf.vector_keys(encoder.name)) == len(ids) == index.size()
    assert {section.key.report_id for section in shelf.searchable_sections()} == ids
    index.close()


def test_a_second_opener_reads_exactly_while_the_first_owns_the_folder(shelf: DatabaseShelf, tmp_path: Path) -> None:
    folder = tmp_path / "chroma"
    first = open_index(shelf, ENCODER, folder)
    second = open_index(shelf, ENCODER, folder)
    query = ENCODER.encode_queries(["看望孤寡老人"])[0]
    assert isinstance(second, ExactVectors)
    assert [key for key, _ in first.nearest(query, 6)] == [key for key, _ in second.nearest(query, 6)]
    first.close()
    third = open_index(shelf, ENCODER, folder)
    assert not isinstance(third, ExactVectors)
    third.close()


def test_the_owner_of_a_folder_is_named_by_its_process_number(tmp_path: Path) -> None:
    first, second = FolderOwner(tmp_path / "chroma"), FolderOwner(tmp_path / "chroma")
    assert first.take()
    assert not second.take()
    assert second.holder() == str(os.getpid())
    first.let_go()
    assert second.take()
    second.let_go()


def test_an_opening_index_answers_before_it_is_open_and_after(shelf: DatabaseShelf, tmp_path: Path) -> None:
    index = OpeningIndex(shelf, ENCODER, tmp_path / "chroma")
    query = ENCODER.encode_queries(["看望孤寡老人"])[0]
    index.catch_up(shelf)
    before = index.nearest(query, 6)
    assert index.wait(60)
    index.catch_up(shelf)
    assert [key for key, _ in index.nearest(query, 6)] == [key for key, _ in before]
    assert index.size() == 6
    index.close()
    assert FolderOwner(tmp_path / "chroma").take()


def test_an_opening_index_without_its_server_says_so_and_still_answers(shelf: DatabaseShelf, tmp_path: Path) -> None:
    index = OpeningIndex(shelf, ENCODER, tmp_path / "chroma", f"http://127.0.0.1:{free_port()}")
    assert not index.wait(60)
    assert isinstance(index.failure, ServiceUnavailable)
    index.catch_up(shelf)
    assert len(index.nearest(ENCODER.encode_queries(["打扫卫生"])[0], 6)) == 6
    index.close()


def test_a_server_that_does_not_answer_is_named(shelf: DatabaseShelf, tmp_path: Path) -> None:
    with pytest.raises(ServiceUnavailable, match="ZHIBI_CHROMA_URL"):
        open_index(shelf, ENCODER, tmp_path / "chroma", f"http://127.0.0.1:{free_port()}")
    with pytest.raises(UnusableInput, match="不是地址"):
        open_index(shelf, ENCODER, tmp_path / "chroma", "ftp://somewhere")


def test_another_encoder_gets_its_own_vectors_beside_the_old_ones(shelf: DatabaseShelf, tmp_path: Path) -> None:
    class Other(SmallE5):
        name = "another"

    other = Other()
    assert open_index(shelf, other, tmp_path / "chroma").size() == 0
    assert encode_missing(shelf, other) == 3
    assert encode_missing(shelf, other) == 0
    assert len(shelf.vector_keys("another")) == len(shelf.vector_keys(ENCODER.name)) == 6


def test_what_an_encoder_sees_is_cleaned_and_capped() -> None:
    assert readable("清理\x00死角\ud800") == "清理 死角"
    assert len(readable("清" * 100_000)) < 1000
    assert readable("\x00\n") != ""
    rows = ENCODER.encode_passages(["清理\x00死角", "清理 死角", ""])
    assert rows.shape == (3, ENCODER.dimensions)
    assert numpy.allclose(rows[0], rows[1])
    assert numpy.allclose(numpy.linalg.norm(rows, axis=1), 1.0)
    assert ENCODER.encode_queries([]).shape == (0, ENCODER.dimensions)


@pytest.fixture
def keywords() -> KeywordIndex:
    index = KeywordIndex()
    index.add((SectionKey("a", place), f"{heading}\n{text}") for place, (heading, text) in enumerate(SECTIONS.items()))
    return index


def found_by(index: KeywordIndex, question: str) -> list[int]:
    return [key.position for key, _ in index.ranked(question, 10)]


@pytest.mark.parametrize(
    ("question", "place"), [("孤寡老人", 1), ("知晓率", 2), ("网吧", 3), ("斑马线", 4), ("斑 马 线", 4), ("垃圾", 0)]
)
def test_words_of_two_characters_and_more_are_found(keywords: KeywordIndex, question: str, place: int) -> None:
    assert found_by(keywords, question)[0] == place


@pytest.mark.parametrize("question", ["", "12345", "３０％", "！？。", "〔数量〕", "龘"])
def test_a_question_without_a_known_word_finds_nothing(keywords: KeywordIndex, question: str) -> None:
    assert found_by(keywords, question) == []


def test_a_number_in_a_question_moves_no_rank(keywords: KeywordIndex) -> None:
    assert keywords.ranked("慰问老人30户", 10) == keywords.ranked("慰问老人4,500户", 10)


def test_full_width_and_upper_case_letters_are_the_same_word() -> None:
    index = KeywordIndex()
    index.add([(SectionKey("a", 0), "安装ＬＥＤ路灯"), (SectionKey("a", 1), "清理河道")])
    assert found_by(index, "led") == [0]


def test_many_small_additions_rank_like_one_large_one(keywords: KeywordIndex) -> None:
    rows = [(SectionKey("a", place), f"{heading}\n{text}") for place, (heading, text) in enumerate(SECTIONS.items())]
    slow = KeywordIndex()
    for _ in range(8):
        for row in rows:
            slow.add([row])
        slow.drop(["a"])
    for row in rows:
        slow.add([row])
    once = KeywordIndex()
    for _ in range(9):
        once.add(rows)
        if _ < 8:
            once.drop(["a"])
    for question in ("看望孤寡老人", "环境卫生", "校园周边网吧"):
        assert slow.ranked(question, 10) == once.ranked(question, 10)


def test_dropped_reports_are_never_ranked(keywords: KeywordIndex) -> None:
    keywords.add([(SectionKey("b", 0), "慰问孤寡老人")])
    keywords.drop(["a"])
    assert [key.report_id for key, _ in keywords.ranked("老人", 10)] == ["b"]
    assert keywords.size() == 1


def test_ranks_can_be_limited_to_named_sections(keywords: KeywordIndex) -> None:
    only = frozenset({SectionKey("a", 2)})
    assert [key for key, _ in keywords.ranked("创建文明", 10, only)] == [SectionKey("a", 2)]


def test_text_of_one_section_never_pairs_with_the_next() -> None:
    index = KeywordIndex()
    index.add([(SectionKey("a", 0), "清理垃"), (SectionKey("a", 1), "圾桶")])
    single = {key.position: score for key, score in index.ranked("垃圾", 10)}
    again = KeywordIndex()
    again.add([(SectionKey("a", 0), "清理垃"), (SectionKey("a", 1), "圾桶")])
    apart = {key.position: score for key, score in again.ranked("垃，圾", 10)}
    assert single == apart
