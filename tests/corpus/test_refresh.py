"""Better rules refresh what older ones left on the shelf, and a person's word stands through it all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from corpus.encoder import SmallE5
from corpus.index.opening import open_index
from corpus.ingest import ingest, refresh_pages, remove_report
from corpus.mask.masking import mask_report
from corpus.passages import encode_sections
from corpus.restore import restored
from corpus.search import CorpusSearch
from corpus.show import show_report
from corpus.store import correct_report
from corpus.version import understanding_version
from service.domain.genre import Genre, Level
from service.domain.report import Correction, Report
from service.storage.reports import DatabaseShelf
from tests.corpus.shelves import report_of, shelf_in
from tests.corpus.test_ingest import REPORT, folder_of

ENCODER = SmallE5()
SECOND = REPORT.replace("云雀镇", "鹭湾镇").replace("河道垃圾42吨", "街巷小广告900处").replace("褚望江", "阮知秋")
PAGE = (
    f"文明村镇创建工作总结（精选2篇）\n篇一\n{REPORT}\n篇二\n{SECOND.replace('创建', '争创').replace('组织', '发动')}"
)


def as_older_rules_left_it(shelf: DatabaseShelf, report: Report) -> Report:
    """The report as a poorer cleaner would have stored it, its page read by older rules."""
    text = report.text.replace("，", ",")
    sections = tuple(replace(one, text=one.text.replace("，", ",")) for one in report.sections)
    poor = replace(report, text=text, sections=sections, text_hash="0123", understanding="older", genre=Genre.PLAN)
    masked = mask_report(poor)
    shelf.refresh_report(poor, masked, ENCODER.name, encode_sections(masked, ENCODER))
    page = shelf.page(report.page_id)
    assert page is not None
    shelf.put_page(replace(page, understanding="older", changes=()))
    return poor


def test_a_new_ingest_refreshes_what_older_rules_left(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path)
    folder = folder_of(tmp_path, a=REPORT)
    (report,) = ingest([folder], shelf, ENCODER).reports
    as_older_rules_left_it(shelf, report)
    shelf.correct_report(report.report_id, Correction(level=Level.COUNTY, do_not_imitate=True))
    done = ingest([folder], shelf, ENCODER)
    assert not done.added
    assert done.refreshed == {report.report_id}
    (now,) = shelf.reports()
    assert (now.report_id, now.text, now.genre) == (report.report_id, report.text, report.genre)
    assert (now.level, now.usable_for) == (Level.COUNTY, tuple(use for use in report.usable_for if use == "facts"))
    assert now.understanding == understanding_version()
    before = shelf.revision()
    assert ingest([folder], shelf, ENCODER).refreshed == frozenset()
    assert shelf.revision() == before


def test_reindex_refreshes_from_the_kept_pages_without_the_files(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path)
    index = open_index(shelf, ENCODER, tmp_path / "chroma")
    (report,) = ingest([folder_of(tmp_path, a=REPORT)], shelf, ENCODER, index).reports
    as_older_rules_left_it(shelf, report)
    index.catch_up(shelf)
    assert refresh_pages(shelf, ENCODER) == 1
    assert shelf.report(report.report_id) == report
    assert refresh_pages(shelf, ENCODER) == 0
    index.catch_up(shelf)
    # Every vector of the index is one of the record's, none of the older text.
    assert index.size() == len(shelf.vector_keys(ENCODER.name))
    assert CorpusSearch(shelf, index, ENCODER).search("清理河道垃圾")[0].report_id == report.report_id
    index.close()


def test_a_deleted_report_stays_deleted_when_its_page_is_read_again(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path)
    first, second = ingest([folder_of(tmp_path, a=PAGE)], shelf, ENCODER).reports
    remove_report(first.report_id, shelf, ENCODER)
    as_older_rules_left_it(shelf, second)
    refresh_pages(shelf, ENCODER)
    assert shelf.report_ids() == {second.report_id}
    page = shelf.page(second.page_id)
    assert page is not None
    assert "褚望江" not in page.text


def test_a_page_whose_ingest_was_killed_is_finished_by_reindex(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path)
    _, second = ingest([folder_of(tmp_path, a=PAGE)], shelf, ENCODER).reports
    page = shelf.page(second.page_id)
    assert page is not None
    shelf.remove_report(second.report_id)
    shelf.put_page(replace(page, understanding=""))
    assert refresh_pages(shelf, ENCODER) == 1
    assert second.report_id in shelf.report_ids()


def test_a_report_the_rules_no_longer_see_goes_unless_a_person_corrected_it(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path)
    first, second = ingest([folder_of(tmp_path, a=PAGE)], shelf, ENCODER).reports
    for number, one in enumerate((first, second)):
        ghost = replace(
            one, report_id=f"ghost{number}", lines=(2, 2), understanding="older", text=f"旧{number}", sections=()
        )
        shelf.add_report(ghost, [], ENCODER.name, [])
    shelf.correct_report("ghost1", Correction(genre=Genre.PLAN))
    page = shelf.page(first.page_id)
    assert page is not None
    shelf.put_page(replace(page, understanding="older"))
    refresh_pages(shelf, ENCODER)
    assert shelf.report_ids() == {first.report_id, second.report_id, "ghost1"}


def test_a_corrected_unit_is_masked_from_then_on(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path)
    odd = REPORT.replace("先后召开专题会议", "沧笙先后召开专题会议")
    (report,) = ingest([folder_of(tmp_path, a=odd)], shelf, ENCODER).reports
    correct_report(report.report_id, Correction(unit="沧笙"), shelf, ENCODER, by="审核")
    masked = "".join(one.masked_text for one in shelf.masked_sections(report.report_id))
    assert "沧笙" not in masked
    assert "沧笙" in shelf.report(report.report_id).text
    assert shelf.reports_without_vectors(ENCODER.name) == []


def test_words_deleted_in_one_copy_come_back_from_the_other_and_are_listed(tmp_path: Path) -> None:
    shelf = shelf_in(tmp_path)
    # The first copy lost a word; the second lost its head and its figures, and is the more damaged one.
    first = REPORT.replace("一、强化组织领导", "一、强化，落实责任").replace("公厕3座", "公厕3座、")
    first = first.replace("推动村容村貌再上新台阶", "认真对待，统一，推动村容村貌再上新台阶")
    other = REPORT.replace("推动村容村貌再上新台阶", "认真对待，统一思想，推动村容村貌再上新台阶")
    other = other.split("一、强化组织领导\n", 1)[1]
    folder = folder_of(tmp_path, a=first)
    ingest([folder], shelf, ENCODER)
    (folder / "b.txt").write_text(f"，{other}", encoding="utf-8")
    ingest([folder], shelf, ENCODER)
    (kept,) = (one for one in shelf.reports() if one.duplicate_of is None)
    assert "统一思想，推动" in kept.text
    (change,) = [one for one in kept.restored if one.after == "思想"]
    line = kept.text.split("\n")[change.line - 1]
    assert line[change.column :].startswith("思想")
    assert any("统一思想" in one.section.text for one in shelf.masked_sections(kept.report_id))
    assert show_report(kept.report_id, shelf).to_json()["restored"][0]["why"] == "被删去的词，由重复稿补回"


def test_no_figure_is_ever_restored() -> None:
    holed = report_of([("一、整治环境", "认真对待，统一，清理卫生死角，辖区面貌明显改善。")])
    holed = replace(holed, damage=("deleted_word",))
    for words, comes_back in (("清运42吨", False), ("思想", True)):
        copy = report_of([("一、整治环境", f"认真对待，统一{words}，清理卫生死角，辖区面貌明显改善。")])
        assert (f"统一{words}" in restored(holed, [copy]).text) is comes_back
