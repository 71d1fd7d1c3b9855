"""Folders of past reports go onto the shelf: real files, a real database, the real encoder."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.encoder import SmallE5
from corpus.index.opening import open_index
from corpus.ingest import Progress, files_of, ingest, remove_report
from corpus.search import CorpusSearch
from service.domain.errors import UnusableInput
from service.domain.genre import Genre
from tests.corpus.measure_search import NoVectors
from tests.corpus.shelves import shelf_in

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
ENCODER = SmallE5()

REPORT = """云雀镇2023年文明村镇创建工作总结

2023年，云雀镇坚持以创建文明村镇为抓手，扎实推进各项工作，现将有关情况总结如下。

一、强化组织领导

成立由镇长褚望江任组长的创建工作领导小组，先后召开专题会议6次，研究解决问题23个，把任务分解到各村各站所。

二、整治人居环境

组织村民清理河道垃圾42吨，拆除乱搭乱建17处，新建公厕3座，群众满意率达到93.5%。

三、存在的问题

个别村组保洁力量不足，垃圾清运不够及时，长效机制还需完善。

四、下一步打算

继续加大投入，健全保洁队伍，推动村容村貌再上新台阶。

云雀镇人民政府
2023年12月20日
"""


def folder_of(home: Path, **files: str) -> Path:
    folder = home / "往年材料"
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def test_a_report_goes_in_with_its_sections_masked(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path)
    done = ingest([folder_of(tmp_path, summary=REPORT)], shelf, ENCODER)
    (report,) = done.reports
    assert done.files == 1
    assert done.added == {report.report_id}
    assert report.genre is Genre.SUMMARY
    assert "云雀镇" in report.unit
    everything = "".join(one.masked_heading + one.masked_text for one in shelf.masked_sections(report.report_id))
    assert "〔数量〕吨" in everything
    assert not any(word in everything for word in ("云雀镇", "褚望江", "42", "93.5"))
    found_by_meaning = {key.section.position for key in shelf.vector_keys(ENCODER.name)}
    assert found_by_meaning >= {place for place, section in enumerate(report.sections) if section.heading}


def test_taking_the_same_folder_in_twice_changes_nothing(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path)
    folder = folder_of(tmp_path, summary=REPORT)
    first = ingest([folder], shelf, ENCODER)
    before = shelf.revision()
    second = ingest([folder], shelf, ENCODER)
    assert second.reports == first.reports
    assert second.added == frozenset()
    assert shelf.revision() == before


def test_the_public_shape_has_every_key(tmp_path: Path) -> None:
    done = ingest([folder_of(tmp_path, summary=REPORT)], shelf_in(tmp_path), ENCODER).to_json()
    assert set(done) >= {"files", "reports", "dropped", "not_reports", "failed"}
    (report,) = done["reports"]
    assert set(report) >= {
        *("id", "source", "label", "title", "genre", "unit", "unit_type", "chars", "lines", "sections", "damage"),
        *("duplicate_of", "usable_for"),
    }
    assert json.loads(json.dumps(done, ensure_ascii=False)) == done


def test_one_bad_file_is_listed_and_the_rest_goes_in(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, summary=REPORT)
    (folder / "坏.docx").write_bytes(b"PK\x03\x04 not a document")
    (folder / "图.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "图片.jpg").write_bytes(b"\xff\xd8")
    done = ingest([folder], shelf_in(tmp_path), ENCODER)
    assert len(done.reports) == 1
    assert {one["source"] for one in done.failed} == {"坏.docx", "图.txt"}
    assert all(one["error"].strip() for one in done.failed)


def test_a_near_copy_is_kept_as_a_duplicate_of_the_other(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path)
    copy = REPORT.replace("42吨", "20xx吨").replace("褚望江", "***")
    done = ingest([folder_of(tmp_path, a=REPORT, b=copy)], shelf, ENCODER)
    originals = [one for one in done.reports if one.duplicate_of is None]
    copies = [one for one in done.reports if one.duplicate_of is not None]
    assert [one.duplicate_of for one in copies] == [one.report_id for one in originals]
    assert {key.section.report_id for key in shelf.vector_keys(ENCODER.name)} == {originals[0].report_id}


def test_a_near_copy_of_a_report_taken_in_earlier_is_recognised(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path)
    folder = folder_of(tmp_path, a=REPORT)
    (kept,) = ingest([folder], shelf, ENCODER).reports
    (folder / "b.txt").write_text(REPORT.replace("17处", "18处").replace("93.5", "94"), encoding="utf-8")
    ingest([folder], shelf, ENCODER)
    assert sorted(one.duplicate_of or "" for one in shelf.reports()) in (
        ["", kept.report_id],
        ["", *shelf.report_ids()],
    )
    assert len({one.report_id for one in shelf.reports() if one.duplicate_of is None}) == 1


def test_removing_a_report_takes_it_out_of_shelf_index_and_keywords(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path)
    index = open_index(shelf, ENCODER, tmp_path / "chroma")
    (report,) = ingest([folder_of(tmp_path, a=REPORT)], shelf, ENCODER, index).reports
    search = CorpusSearch(shelf, index, ENCODER)
    assert search.search("清理河道垃圾")
    assert remove_report(report.report_id, shelf, ENCODER, index)
    assert index.size() == 0
    assert search.search("清理河道垃圾") == []
    assert not remove_report(report.report_id, shelf, ENCODER, index)
    index.close()


def test_removing_an_original_makes_its_copy_searchable(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path)
    done = ingest([folder_of(tmp_path, a=REPORT, b=REPORT.replace("17处", "18处"))], shelf, ENCODER)
    original = next(one for one in done.reports if one.duplicate_of is None)
    remove_report(original.report_id, shelf, ENCODER)
    (left,) = shelf.reports()
    assert left.duplicate_of is None
    assert {key.section.report_id for key in shelf.vector_keys(ENCODER.name)} == {left.report_id}


def test_progress_is_told_for_every_file_and_every_new_report(tmp_path: Path) -> None:
    told: list[Progress] = []
    ingest([folder_of(tmp_path, a=REPORT)], shelf_in(tmp_path), ENCODER, on_progress=told.append)
    assert [(one.stage, one.done, one.total) for one in told] == [("read", 0, 1), ("store", 0, 1)]


def test_folders_are_walked_in_order_and_hidden_files_passed_over(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a/1.md", "a/.hidden.txt", ".git/3.txt", "a/~$1.docx", "c.html", "c.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    (tmp_path / "a" / "again").symlink_to(tmp_path)
    assert [source for _, source in files_of([tmp_path])] == ["c.csv", "c.html", "a/1.md", "b/2.txt"]


def test_a_path_that_does_not_exist_and_an_empty_folder_are_said(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match="没有文件或文件夹"):
        ingest([tmp_path / "nowhere"], shelf_in(tmp_path), ENCODER)
    (tmp_path / "empty").mkdir()
    with pytest.raises(UnusableInput, match="没有可读取的文件"):
        ingest([tmp_path / "empty"], shelf_in(tmp_path), ENCODER)


INGEST = """
import sys
from pathlib import Path
from corpus.ingest import ingest
from tests.corpus.test_ingest import ENCODER, SAMPLES
from tests.corpus.measure_search import NoVectors
from tests.corpus.shelves import shelf_in
ingest([SAMPLES], shelf_in(Path(sys.argv[1])), ENCODER, on_progress=lambda one: print(one.stage, flush=True))
"""


def test_an_ingest_that_is_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    run = subprocess.Popen([sys.executable, "-c", INGEST, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    stages = 0
    for line in run.stdout:
        stages += line.startswith("store")
        if stages == 12:
            break
    run.kill()
    run.wait(20)
    shelf = shelf_in(tmp_path)
    halfway = shelf.report_ids()
    assert halfway
    for report in shelf.reports():
        assert len(shelf.masked_sections(report.report_id)) == len(report.sections)
    assert shelf.reports_without_vectors(ENCODER.name) == []
    some = tmp_path / "some"
    some.mkdir()
    stored = {report.source for report in shelf.reports()}
    wanted = stored | {min({path.name for path in SAMPLES.glob("[0-9]*")} - stored)}
    for source in wanted:
        shutil.copy(SAMPLES / source, some / source)
    done = ingest([some], shelf, ENCODER)
    assert halfway & done.added == frozenset()
    assert halfway < shelf.report_ids()


def test_every_file_of_a_folder_is_told_of(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, summary=REPORT, again=REPORT, slogans="\n".join(["同创文明城", "共享好生活"] * 6))
    (folder / "照片.jpg").write_bytes(b"\xff\xd8")
    shelf = shelf_in(tmp_path)
    done = ingest([folder], shelf, NoVectors())
    (report,) = done.reports
    (repeat,) = done.repeats
    assert {repeat["source"], report.source} == {"again.txt", "summary.txt"}
    assert repeat["report_id"] == report.report_id
    assert [one["source"] for one in done.not_reports] == ["slogans.txt"]
    assert done.passed_over == ("照片.jpg",)
    # The same file once more is no repeat of itself.
    assert [one["source"] for one in ingest([folder], shelf, NoVectors()).repeats] == [repeat["source"]]
