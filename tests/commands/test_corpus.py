"""`zhibi ingest`, `search`, `report`, `reindex` and `doctor` over a folder of past reports."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from service.domain.errors import StorageFailed
from service.settings import Settings
from service.storage.database import open_database
from service.wiring.corpus import open_corpus
from tests.commands.running import record_url, zhibi

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
_REPORT = {
    "id", "source", "label", "title", "genre", "unit", "unit_type", "chars", "lines", "sections", "damage",
    "duplicate_of", "usable_for",
}  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home beside a folder with four good files, a copy of one, and two that cannot be read."""
    top = tmp_path_factory.mktemp("corpus")
    folder = top / "past"
    folder.mkdir()
    good = [path for path in sorted(SAMPLES.iterdir()) if path.name[:2] in {"01", "05", "13", "21"}]
    for path in good:
        shutil.copy(path, folder)
    shutil.copy(good[0], folder / f"copy-{good[0].name}")
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 this is no Word file")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\0")
    yield top / "home"


def test_good_files_go_in_and_bad_ones_are_listed_with_their_reason(home: Path) -> None:
    ran = zhibi("ingest", "past", "--json", home=home)
    assert ran.code == 0
    answer = ran.json
    assert answer["files"] == 7
    assert {Path(one["source"]).name for one in answer["failed"]} == {"broken.docx", "picture.txt"}
    assert all(one["error"] for one in answer["failed"])
    for report in answer["reports"]:
        assert set(report) >= _REPORT
        assert all(set(section) >= {"heading", "level", "chars"} for section in report["sections"])
    assert len({report["id"] for report in answer["reports"] if report["duplicate_of"] is None}) == 4
    for row in answer["dropped"]:
        assert {"source", "line", "text", "rule"} <= set(row)


def test_an_ingest_ends_with_a_row_for_each_genre_and_its_sum(home: Path) -> None:
    ran = zhibi("ingest", "past", home=home)
    rows = [line.split("\t") for line in ran.out.splitlines() if "\t" in line]
    assert rows[0] == ["文种", "报告", "新增", "重复", "存疑"]
    for column in (1, 2, 3, 4):
        assert sum(int(row[column]) for row in rows[1:-1]) == int(rows[-1][column])
    assert rows[-1][:4] == ["合计", "4", "0", "0"]
    assert "2个文件未能读取" in ran.out
    assert "broken.docx" in ran.out


def test_running_it_twice_changes_nothing(home: Path) -> None:
    before = zhibi("report", "list", "--json", home=home)
    again = zhibi("ingest", "past", "--json", home=home)
    assert again.code == 0
    assert not any(report["added"] for report in again.json["reports"])
    assert zhibi("report", "list", "--json", home=home).out == before.out


def test_a_section_is_found_in_the_words_of_a_chat(home: Path) -> None:
    ran = zhibi("search", "楼长发动大家认领微心愿", "-k", "3", "--json", home=home)
    assert ran.code == 0
    assert 1 <= len(ran.json) <= 3
    assert set(ran.json[0]) >= {"report_id", "source", "title", "genre", "unit_type", "heading", "text", "score"}
    assert "微心愿" in ran.json[0]["text"]
    assert [one["score"] for one in ran.json] == sorted((one["score"] for one in ran.json), reverse=True)
    assert set(ran.json[0]["why"]) == {"meaning_rank", "keyword_rank", "widened_rank", "official_words"}
    own = zhibi("search", "楼长发动大家认领微心愿", "--unit", ran.json[0]["unit"], "--whole", "--json", home=home).json
    assert own[0]["same_unit"]
    assert not any(one["damage"] for one in own)
    year = ran.json[0]["year"]
    assert {one["year"] for one in zhibi("search", "整改", "--year", str(year), "--json", home=home).json} == {year}
    narrowed = zhibi("search", "整改", "--genre", "自查报告", "--json", home=home)
    assert {one["genre"] for one in narrowed.json} == {"self-inspection"}


def test_a_correction_is_kept_shown_and_taken_back(home: Path) -> None:
    chosen = zhibi("report", "list", "--json", home=home).json[0]
    ran = zhibi("report", "correct", chosen["id"], "--genre", "实施方案", "--level", "市级", "--json", home=home)
    assert ran.code == 0
    assert (ran.json["genre"], ran.json["level"], ran.json["corrected"]) == ("plan", "city", ["genre", "level"])
    zhibi("ingest", "past", "--json", home=home)
    shown = zhibi("report", "show", chosen["id"], "--json", home=home).json
    assert shown["genre"] == "plan"
    assert shown["corrections"]["genre"]["value"] == "plan"
    assert "文种：实施方案（人工更正）" in zhibi("report", "show", chosen["id"], home=home).out
    back = zhibi("report", "correct", chosen["id"], "--withdraw", "genre", "--withdraw", "级别", "--json", home=home)
    assert (back.json["genre"], back.json["corrected"]) == (chosen["genre"], [])
    assert zhibi("report", "correct", chosen["id"], home=home).code == 2
    assert zhibi("report", "correct", chosen["id"], "--withdraw", "脾气", home=home).code == 2
    assert zhibi("report", "correct", "0000", "--genre", "plan", home=home).code == 2


def test_the_doctor_sees_a_half_stored_page_and_reindex_mends_it(tmp_path: Path) -> None:
    shutil.copy(next(SAMPLES.glob("29-*")), tmp_path / "one.txt")
    home = tmp_path / "home"
    (report,) = zhibi("ingest", "one.txt", "--json", home=home).json["reports"]
    database = open_database(record_url(home))
    with database.writing() as session:
        session.execute(text("UPDATE corpus_pages SET understanding = ''"))
        session.execute(text("DELETE FROM corpus_vectors"))
    database.close()
    index = next(row for row in zhibi("doctor", "--json", home=home).json if row["name"] == "索引")
    assert not index["ok"]
    assert "zhibi reindex" in index["detail"]
    assert zhibi("reindex", home=home).code == 0
    index = next(row for row in zhibi("doctor", "--json", home=home).json if row["name"] == "索引")
    assert index["ok"], index
    assert [one["id"] for one in zhibi("report", "list", "--json", home=home).json] == [report["id"]]


def test_a_dirty_page_is_shown_with_every_change_and_damaged_sentence(tmp_path: Path) -> None:
    shutil.copy(SAMPLES / "dirty-03-masked-places-and-figures.txt", tmp_path)
    home = tmp_path / "home"
    (report,) = zhibi("ingest", "dirty-03-masked-places-and-figures.txt", "--json", home=home).json["reports"]
    shown = zhibi("report", "show", report["id"], "--json", home=home).json
    assert len(shown["original"]) == report["lines"][1] - report["lines"][0] + 1
    for change in shown["changes"]:
        assert change["why"] != change["rule"]
        line = shown["original"][change["line"] - report["lines"][0]]
        assert change["before"].strip() in line or change["rule"] == "N23", change
    assert {"mask"} <= {flag for one in shown["damaged_sentences"] for flag in one["flags"]}
    assert {one["field"] for one in shown["decisions"]} == {"genre", "unit", "unit_type", "level", "year", "period"}
    people = zhibi("report", "show", report["id"], home=home).out
    assert "〖" in people
    assert "N15 被遮盖的数字" in people


def test_a_report_is_shown_whole_and_removed(home: Path) -> None:
    listed = zhibi("report", "list", "--json", home=home).json
    chosen = next(one for one in listed if one["genre"] == "rectification")
    shown = zhibi("report", "show", chosen["id"], "--json", home=home)
    assert shown.code == 0
    assert shown.json["text"]
    assert zhibi("report", "remove", chosen["id"], home=home).code == 0
    assert zhibi("report", "show", chosen["id"], home=home).code == 2
    found = zhibi("search", "整改措施", "-k", "20", "--json", home=home).json
    assert chosen["id"] not in {one["report_id"] for one in found}


def test_an_index_that_was_destroyed_is_built_anew_from_the_record(home: Path) -> None:
    for path in (home / "chroma").rglob("*"):
        if path.is_file():
            path.write_bytes(b"not an index any more")
    assert zhibi("reindex", home=home).code == 0
    doctor = zhibi("doctor", "--json", home=home)
    assert (doctor.code, [one["ok"] for one in doctor.json]) == (0, [True] * len(doctor.json))


def test_what_cannot_be_searched_or_ingested_is_refused(home: Path) -> None:
    assert zhibi("ingest", "absent", home=home).code == 2
    assert zhibi("search", "！！！", home=home).code == 2
    assert zhibi("search", "志愿者", "--genre", "小说", home=home).code == 2
    assert zhibi("report", "show", "0000", home=home).code == 2


def test_a_draft_names_the_exemplars_it_took_its_form_from(home: Path) -> None:
    (home.parent / "notes.txt").write_text("3月8日清理卫生死角12处\n发放宣传单300份\n", encoding="utf-8")
    asked = ("--notes", "notes.txt", "--genre", "progress", "--unit", "云汐街道", "--period", "2024年一季度", "--json")
    draft = zhibi("draft", *asked, home=home).json
    assert draft["exemplars"]
    assert draft["check"]["summary"]["overlap_chars"] < 15


def test_a_second_process_is_told_who_owns_the_index_folder_and_changes_nothing_in_it(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    with open_corpus(settings, build_index=True) as first, open_corpus(settings, build_index=True) as second:
        assert (first.held_by, second.held_by) == ("", str(os.getpid()))
        told = pytest.raises(StorageFailed, match=rf"进程号{os.getpid()}.*请先停止它")
        with told, open_corpus(settings, build_index=True, anew=True):
            pass
    with open_corpus(settings, build_index=True) as third:
        assert third.held_by == ""
