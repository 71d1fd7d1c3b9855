"""An ingest killed at each of its stages: every report wholly in or wholly out, and what is left is mended."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import text

from corpus.index.opening import open_index
from corpus.index.vectors import ExactVectors
from corpus.ingest import encode_missing, ingest, refresh_pages
from corpus.search import CorpusSearch
from corpus.version import understanding_version
from service.storage.database import open_database
from service.storage.reports import DatabaseShelf
from tests.corpus.measure_search import NoVectors
from tests.corpus.shelves import record_in, shelf_in
from tests.corpus.test_index import chroma_server

# Kills itself at the n-th call of a function, as a profiler sees it, so that each stage is met for certain.
KILLED = """
import os, signal, sys
from pathlib import Path
from corpus.index.opening import open_index
from corpus.ingest import encode_missing, ingest, refresh_pages, remove_report
from corpus.mask.masking import mask_text
from corpus.understand import understand_text
from tests.corpus.measure_search import NoVectors
from tests.corpus.shelves import shelf_in

def work(home, what, address):
    shelf, encoder = shelf_in(home), NoVectors()
    if what == "refresh":
        refresh_pages(shelf, encoder)
    elif what == "remove":
        remove_report(sorted(shelf.report_ids())[0], shelf, encoder)
    elif what == "encode":
        encoder.name = "another"
        encode_missing(shelf, encoder)
    else:
        index = open_index(shelf, encoder, home / "chroma", address or None) if what == "index" else None
        ingest([Path(sys.argv[1])], shelf, encoder, index, processes=1)
        index.close()

# The dictionaries are loaded once, before the processes part.
mask_text(understand_text("a.txt", next(Path(sys.argv[1]).iterdir()).read_text()).reports[0].text)
for asked in sys.argv[2:]:
    home, what, stage, number, address = asked.split("|")
    if (child := os.fork()) == 0:
        left = int(number)
        def watch(frame, event, value):
            global left
            if event == "call" and frame.f_code.co_qualname == stage:
                left -= 1
                if not left:
                    os.kill(os.getpid(), signal.SIGKILL)
        sys.setprofile(watch)
        work(Path(home), what, address)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
STORING = [
    ("PageStore.put_page", 1),
    ("PageStore.put_page", 2),
    ("mark_missing", 1),
    ("mask_report", 2),
    ("encode_sections", 1),
    ("DatabaseShelf.add_report", 1),
    ("log_change", 2),  # inside the transaction of the second report
    ("DatabaseShelf.add_report", 3),
    ("PageStore.finish_page", 1),
    ("PageStore.finish_page", 3),
]
MENDING = [
    ("refresh", "DatabaseShelf.refresh_report", 2),
    ("refresh", "write_likeness", 2),  # inside the transaction
    ("refresh", "PageStore.finish_page", 2),
    ("remove", "_forget_lines", 1),  # inside the transaction
    ("remove", "mark_missing", 1),
    ("encode", "DatabaseShelf.add_vectors", 2),
    ("encode", "vector_rows", 2),  # inside the transaction
]
_BODY = """{unit}创建工作情况汇报
今年以来，我{kind}扎实推进创建工作，现将情况汇报如下：
一、加强{what}
先后召开专题会议{n}次，组织干部入户走访，{what}成效明显，群众反映良好。
二、下一步打算
继续巩固成果，完善{what}长效机制，定期通报进度，压实各方责任。
{unit}
2023年{n}月8日
"""
_PAGES = [
    ("岫水街道办事处", "街道", "环境整治", 3),
    ("望禾小学", "校", "文明礼仪教育", 5),
    ("岚州市城管局", "局", "占道治理", 7),
]

State = tuple[list[tuple[str, str | None]], list[object], int]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("killed") / "pages"
    folder.mkdir()
    for unit, kind, what, n in _PAGES:
        (folder / f"{n}.txt").write_text(_BODY.format(unit=unit, kind=kind, what=what, n=n), encoding="utf-8")
    return folder


def killed(pages: Path, asked: Sequence[tuple[Path, str, str, int, str]]) -> None:
    """Does the work of each (folder, what, stage, call, address of Chroma) in a process that is killed there."""
    rows = ["|".join(map(str, one)) for one in asked]
    run = subprocess.run([sys.executable, "-c", KILLED, str(pages), *rows], capture_output=True, text=True, timeout=120)
    assert run.stdout.split() == [str(-signal.SIGKILL)] * len(rows), run.stderr


def state(shelf: DatabaseShelf, encoder: str = NoVectors.name) -> State:
    """The three stores: reports, vectors, and how many sections keywords find."""
    search = CorpusSearch(shelf, ExactVectors(encoder, 1), NoVectors())
    search.catch_up()
    return (
        sorted((one.report_id, one.duplicate_of) for one in shelf.reports()),
        [(key.section.report_id, key.section.position) for key in shelf.vector_keys(encoder)],
        search.keywords_size(),
    )


def is_whole(shelf: DatabaseShelf, whole: State) -> bool:
    """True where each report that stands there has all its sections and vectors, and nothing stands without one."""
    reports, vectors, keywords = state(shelf)
    ids = {report_id for report_id, _ in reports}
    wanted = [key for key in whole[1] if key[0] in ids]  # type: ignore[index]
    return set(reports) <= set(whole[0]) and vectors == wanted and keywords == len(wanted)


def mended(shelf: DatabaseShelf) -> None:
    """What `zhibi reindex` does to the record."""
    refresh_pages(shelf, NoVectors())
    encode_missing(shelf, NoVectors())


@pytest.fixture(scope="module")
def whole(pages: Path) -> State:
    home = pages.parent / "whole"
    home.mkdir()
    shelf = shelf_in(home)
    ingest([pages], shelf, NoVectors(), processes=1)
    return state(shelf)


def test_killed_at_each_stage_of_storing_every_report_is_wholly_in_or_out(pages: Path, whole: State) -> None:
    assert len(whole[0]) == 3
    homes = [pages.parent / f"stored-{number}" for number in range(len(STORING))]
    for home in homes:
        home.mkdir()
        shelf_in(home)
    killed(pages, [(home, "store", stage, number, "") for home, (stage, number) in zip(homes, STORING, strict=True)])
    for home, stage in zip(homes, STORING, strict=True):
        shelf = shelf_in(home)
        assert is_whole(shelf, whole), stage
        # Whatever page was begun and not finished is told, and reading it again needs no file.
        begun = shelf.pages_behind(understanding_version())
        mended(shelf)
        assert not shelf.pages_behind(understanding_version()), stage
        assert is_whole(shelf, whole), stage
        assert len(shelf.report_ids()) >= len(begun), stage
        ingest([pages], shelf, NoVectors(), processes=1)
        assert state(shelf) == whole, stage


def test_killed_while_it_mends_or_removes_it_goes_on_where_it_was(pages: Path, whole: State) -> None:
    homes = [pages.parent / f"mended-{number}" for number in range(len(MENDING))]
    for home, (what, _, _) in zip(homes, MENDING, strict=True):
        home.mkdir()
        ingest([pages], shelf_in(home), NoVectors(), processes=1)
        if what == "refresh":
            older(home)
    killed(pages, [(home, *one, "") for home, one in zip(homes, MENDING, strict=True)])
    for home, (what, stage, _) in zip(homes, MENDING, strict=True):
        shelf = shelf_in(home)
        assert is_whole(shelf, whole), stage
        mended(shelf)
        ingest([pages], shelf, NoVectors(), processes=1)
        assert state(shelf) == whole, stage
        if what == "encode":
            other = NoVectors()
            other.name = "another"
            assert 0 < len(shelf.reports_without_vectors("another")) < 3
            encode_missing(shelf, other)
            assert state(shelf, "another")[1] == whole[1]


def older(home: Path) -> None:
    """As older rules left reports and pages."""
    database = open_database(record_in(home))
    with database.writing() as session:
        for table in ("corpus_pages", "corpus_reports"):
            session.execute(text(f"UPDATE {table} SET understanding = 'older'"))
    database.close()


@pytest.mark.parametrize("kind", ["embedded", "server"])
def test_killed_while_the_vector_index_is_written_the_next_opening_mends_it(
    pages: Path, whole: State, tmp_path: Path, kind: str
) -> None:
    stages = [("ChromaVectors._put", 1), ("ChromaVectors.close", 1)]  # before its rows are put, and after
    homes = [pages.parent / f"indexed-{kind}-{number}" for number in range(len(stages))]
    for home in homes:
        home.mkdir()
        shelf_in(home)
    with chroma_server(tmp_path / "server") as url:
        address = url if kind == "server" else ""
        killed(
            pages,
            [(home, "index", stage, number, address) for home, (stage, number) in zip(homes, stages, strict=True)],
        )
        for home in homes:
            shelf = shelf_in(home)
            assert state(shelf) == whole
            index = open_index(shelf, NoVectors(), home / "chroma", address or None)
            assert index.size() == len(whole[1])
            index.close()
