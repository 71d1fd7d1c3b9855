"""The shelf of past reports, the same suite on SQLite and PostgreSQL."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from service.domain.errors import NotFound, StorageFailed
from service.domain.genre import Genre, Level, UnitType
from service.domain.page import Change, Dropped, NotReport, Page
from service.domain.report import Correction
from service.domain.shelf import SectionKey, SectionVector
from service.storage import working_copies, workspace_tables  # noqa: F401
from service.storage.database import Database, newest_revision, open_database
from service.storage.report_rows import CORRECTABLE
from service.storage.reports import DatabaseShelf
from service.storage.tables import Base
from tests.corpus.shelves import copy_of, masked, report_of, sample_reports
from tests.storage.databases import KINDS, bare_database_url, new_database_url

VECTORS = [SectionVector(0, 0, b"\x00\x3c\x00\x00"), SectionVector(1, 0, b"\x00\x00\x00\x3c")]


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    opened = open_database(new_database_url(request.param, tmp_path))
    yield opened
    opened.close()


@pytest.fixture
def shelf(database: Database) -> DatabaseShelf:
    return DatabaseShelf(database)


def test_a_report_comes_back_as_it_went_in(shelf: DatabaseShelf) -> None:
    report = sample_reports()[0]
    assert shelf.add_report(report, masked(report), "e", VECTORS)
    assert shelf.report(report.report_id) == report
    assert list(shelf.reports()) == [report]
    assert shelf.masked_sections(report.report_id) == masked(report)


def test_adding_a_report_twice_changes_nothing(shelf: DatabaseShelf) -> None:
    report = sample_reports()[0]
    shelf.add_report(report, masked(report), "e", VECTORS)
    before = shelf.revision()
    assert not shelf.add_report(report, masked(report), "e", VECTORS)
    assert shelf.revision() == before
    assert len(shelf.vector_keys("e")) == 2


def test_a_failure_in_the_middle_of_a_report_leaves_nothing_of_it(shelf: DatabaseShelf) -> None:
    report = sample_reports()[0]
    with pytest.raises(StorageFailed):
        shelf.add_report(report, masked(report), "e", [VECTORS[0], VECTORS[0]])
    assert shelf.report_ids() == frozenset()
    assert list(shelf.searchable_sections()) == []
    assert shelf.revision() == 0


def test_vectors_are_kept_apart_by_their_encoder(shelf: DatabaseShelf) -> None:
    report = sample_reports()[0]
    shelf.add_report(report, masked(report), "first", VECTORS)
    assert shelf.reports_without_vectors("first") == []
    assert shelf.reports_without_vectors("second") == [report.report_id]
    shelf.add_vectors(report.report_id, "second", VECTORS[:1])
    ((key, vector),) = shelf.vectors("second")
    assert (key.section, vector) == (SectionKey(report.report_id, 0), VECTORS[0].vector)
    assert len(list(shelf.vectors("first"))) == 2


def test_changes_are_told_by_report_since_a_revision(shelf: DatabaseShelf) -> None:
    first, second, third = sample_reports()
    shelf.add_report(first, masked(first), "e", VECTORS)
    seen = shelf.revision()
    shelf.add_report(second, masked(second), "e", VECTORS)
    shelf.add_report(third, masked(third), "e", VECTORS)
    shelf.remove_report(third.report_id)
    revision, changed = shelf.changed_since(seen)
    assert changed == {second.report_id, third.report_id}
    assert shelf.changed_since(revision) == (revision, frozenset())


def test_a_duplicate_is_listed_and_never_searched(shelf: DatabaseShelf) -> None:
    report = sample_reports()[0]
    copy = copy_of(report, report.report_id)
    shelf.add_report(report, masked(report), "e", VECTORS)
    shelf.add_report(copy, masked(copy), "e", [])
    assert {one.report_id for one in shelf.reports()} == {report.report_id, copy.report_id}
    assert {one.key.report_id for one in shelf.searchable_sections()} == {report.report_id}
    assert shelf.reports_without_vectors("e") == []


def test_removing_an_original_lets_its_first_duplicate_take_its_place(shelf: DatabaseShelf) -> None:
    report = sample_reports()[0]
    copy = copy_of(report, report.report_id)
    shelf.add_report(report, masked(report), "e", VECTORS)
    shelf.add_report(copy, masked(copy), "e", [])
    assert shelf.remove_report(report.report_id)
    assert not shelf.remove_report(report.report_id)
    assert [one.duplicate_of for one in shelf.reports()] == [None]
    assert shelf.reports_without_vectors("e") == [copy.report_id]
    assert list(shelf.vectors("e")) == []


def test_a_better_copy_takes_over_the_older_one_and_its_followers(shelf: DatabaseShelf) -> None:
    old, better = sample_reports()[0], sample_reports()[1]
    follower = copy_of(old, old.report_id)
    for one in (old, follower, better):
        shelf.add_report(one, masked(one), "e", [])
    shelf.mark_duplicate(old.report_id, better.report_id)
    assert shelf.report(old.report_id).duplicate_of == better.report_id
    assert shelf.report(follower.report_id).duplicate_of == better.report_id


def test_a_persons_correction_stands_over_what_was_classified(shelf: DatabaseShelf) -> None:
    report = sample_reports()[0]
    shelf.add_report(report, masked(report), "e", VECTORS)
    shelf.correct_report(report.report_id, Correction(genre=Genre.RECTIFICATION))
    shelf.correct_report(report.report_id, Correction(do_not_imitate=True))
    corrected = shelf.report(report.report_id)
    assert corrected.genre is Genre.RECTIFICATION
    assert corrected.usable_for == ("facts",)
    shelf.add_report(report, masked(report), "e", VECTORS)
    assert shelf.report(report.report_id).genre is Genre.RECTIFICATION


def test_every_field_is_corrected_and_the_correction_taken_back(shelf: DatabaseShelf) -> None:
    report = sample_reports()[0]
    shelf.add_report(report, masked(report), "e", VECTORS)
    said = Correction(
        Genre.PLAN, UnitType.CITY, Level.CITY, "岚州市", "岚州市创建方案", 2021, "2021年度", do_not_imitate=True
    )
    shelf.correct_report(report.report_id, said, by="林编辑")
    corrected = shelf.report(report.report_id)
    assert (corrected.genre, corrected.unit_type, corrected.level) == (Genre.PLAN, UnitType.CITY, Level.CITY)
    assert (corrected.unit, corrected.title, corrected.year) == ("岚州市", "岚州市创建方案", 2021)
    assert corrected.period == "2021年度"
    assert set(corrected.corrected) == set(CORRECTABLE)
    (section, *_) = shelf.searchable_sections([report.report_id])
    assert (section.genre, section.unit, section.report_level) == (Genre.PLAN, "岚州市", Level.CITY)
    assert shelf.corrections(report.report_id)["unit"]["by"] == "林编辑"
    assert shelf.as_found(report.report_id) == report
    shelf.withdraw_corrections(report.report_id, ["genre"])
    assert shelf.report(report.report_id).genre is report.genre
    shelf.withdraw_corrections(report.report_id)
    assert shelf.report(report.report_id) == report


def test_a_refreshed_report_keeps_its_id_and_its_corrections(shelf: DatabaseShelf) -> None:
    report, better = sample_reports()[0], sample_reports()[1]
    shelf.add_report(report, masked(report), "e", VECTORS)
    shelf.add_vectors(report.report_id, "other", VECTORS)
    shelf.correct_report(report.report_id, Correction(genre=Genre.PLAN))
    before = shelf.vector_keys("e")
    fresh = replace(better, report_id=report.report_id, text_hash="abc", understanding="new")
    assert shelf.refresh_report(fresh, masked(fresh), "e", VECTORS)
    assert shelf.report(report.report_id) == replace(fresh, genre=Genre.PLAN, corrected=("genre",))
    assert shelf.masked_sections(report.report_id) == masked(fresh)
    # An index holds a vector by its key: the new ones must not be taken for the old.
    assert not set(before) & set(shelf.vector_keys("e"))
    assert shelf.reports_without_vectors("other") == [report.report_id]
    assert shelf.known_texts(["abc", "other"]) == {"abc": report.report_id}
    shelf.remove_report(report.report_id)
    assert not shelf.refresh_report(fresh, masked(fresh), "e", VECTORS)


def test_a_page_is_kept_until_its_last_report_is_deleted(shelf: DatabaseShelf) -> None:
    first, second = (replace(one, page_id="p") for one in sample_reports()[:2])
    first, second = replace(first, lines=(1, 2)), replace(second, lines=(3, 4))
    page = Page(
        "p", "页.txt", "页.txt", "甲一\n甲二\n乙一\n乙二",
        (Change(2, 0, "a", "b", "N07"), Change(4, 1, "c", "", "N08")),
        (Dropped(1, "甲", "N01"),), (NotReport("篇三", "slogans", (9, 9)),),
    )  # fmt: skip
    shelf.put_page(page)
    for one in (first, second):
        shelf.add_report(one, masked(one), "e", [])
    assert shelf.page("p") == page
    assert shelf.pages_behind("v1") == ["p"]
    shelf.finish_page("p", "v1")
    assert shelf.pages_behind("v1") == []
    assert {one.report_id for one in shelf.known_of_page("p", "页.txt")} == {first.report_id, second.report_id}
    shelf.remove_report(first.report_id)
    left = shelf.page("p")
    assert left is not None
    assert (left.text, left.dropped) == ("\n\n乙一\n乙二", ())
    assert left.changes == (Change(4, 1, "c", "", "N08"),)
    shelf.remove_report(second.report_id)
    assert shelf.page("p") is None


def test_an_unknown_report_is_named_in_the_message(shelf: DatabaseShelf) -> None:
    with pytest.raises(NotFound, match="0123"):
        shelf.report("0123")
    with pytest.raises(NotFound, match="0123"):
        shelf.correct_report("0123", Correction(genre=Genre.PLAN))


def test_text_that_a_database_refuses_is_stored_without_those_characters(shelf: DatabaseShelf) -> None:
    report = report_of([("环境\x00整治", "清理\ud800卫生死角")])
    shelf.add_report(report, masked(report), "e", [])
    assert shelf.report(report.report_id).sections[0].heading == "环境整治"


def test_two_writers_at_once_both_get_through(shelf: DatabaseShelf) -> None:
    reports = [report_of([(f"第{number}节", "清理卫生死角")]) for number in range(20)]

    def add(some: list[int]) -> None:
        for number in some:
            shelf.add_report(reports[number], masked(reports[number]), "e", [])

    writers = [threading.Thread(target=add, args=([*range(start, 20, 2), 0, 1],)) for start in (0, 1)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(shelf.report_ids()) == 20
    assert shelf.revision() == 20


def test_the_migrations_make_the_tables_that_the_code_describes(database: Database) -> None:
    with database.engine.connect() as connection:
        differences = compare_metadata(
            MigrationContext.configure(connection, opts={"compare_type": False}), Base.metadata
        )
    assert [one for one in differences if "corpus_" in str(one)] == []


def test_a_database_of_a_newer_version_is_refused(database: Database) -> None:
    with database.writing() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    url = database.engine.url.render_as_string(hide_password=False)
    with pytest.raises(StorageFailed, match="更新的版本"):
        open_database(url)


def test_opening_twice_keeps_what_is_there(tmp_path: Path) -> None:
    url = bare_database_url("sqlite", tmp_path)
    report = sample_reports()[0]
    DatabaseShelf(open_database(url)).add_report(report, masked(report), "e", VECTORS)
    assert DatabaseShelf(open_database(url)).report_ids() == {report.report_id}


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite"
    path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(StorageFailed, match=r"不是数据库.*notes\.sqlite"):
        open_database(f"sqlite:///{path}")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StorageFailed, match="ZHIBI_HOME"):
        open_database(f"sqlite:///{tmp_path / 'file' / 'home' / 'zhibi.sqlite'}")


def test_a_full_disk_is_said_and_nothing_is_half_written(tmp_path: Path) -> None:
    path = tmp_path / "zhibi.sqlite"
    database = open_database(f"sqlite:///{path}")
    shelf = DatabaseShelf(database)
    with database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()

    def fill(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages + 2}")

    from sqlalchemy import event

    database.close()
    event.listen(database.engine, "connect", fill)
    report = report_of([("环境整治", "清理卫生死角" * 20_000)])
    with pytest.raises(StorageFailed, match="磁盘已满"):
        shelf.add_report(report, masked(report), "e", VECTORS)
    assert shelf.report_ids() == frozenset()


@pytest.mark.parametrize("url", ["mysql://a/b", "nonsense"])
def test_an_address_of_no_known_database_is_refused(url: str) -> None:
    with pytest.raises(StorageFailed):
        open_database(url)


def test_a_postgresql_that_does_not_answer_is_said_without_its_password() -> None:
    with pytest.raises(StorageFailed) as caught:
        open_database("postgresql://clerk:geheim@127.0.0.1:1/zhibi")
    assert "连不上数据库" in caught.value.message
    assert "geheim" not in caught.value.message


@pytest.mark.parametrize("kind", KINDS)
def test_two_processes_that_start_together_both_find_the_tables(kind: str, tmp_path: Path) -> None:
    program = "import sys; from service.storage.database import open_database; open_database(sys.argv[1])"
    url = bare_database_url(kind, tmp_path)
    started = [subprocess.Popen([sys.executable, "-c", program, url]) for _ in range(2)]
    assert [one.wait(60) for one in started] == [0, 0]


def test_the_newest_migration_is_the_one_a_fresh_database_has(database: Database) -> None:
    with database.engine.connect() as connection:
        present = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
    assert present == newest_revision()
