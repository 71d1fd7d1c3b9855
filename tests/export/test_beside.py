"""What stands beside the words of a Word file: comments, tracked changes, the fact sheet; and reading it back."""

from __future__ import annotations

import re
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from corpus.read.limits import ReadLimits
from corpus.read.read_file import read_content
from service.checking.check import check_draft
from service.export.marks import fact_rows, remarks_of
from service.export.read_back import changed_sentences, draft_from_word
from service.export.word import Beside, draft_docx

NOTES = "3月8日组织志愿者45人在滨河路种树120棵\n发放宣传单2800份\n"
TITLE = "云汐街道2031年上半年文明创建工作进展情况汇报材料"
OLD = [
    ("", "现汇报如下。"),
    ("一、做法", "3月8日，志愿者45人种树120棵。\n此段要删去。\n发放宣传单2800份。"),
]
NEW = [
    ("", "现汇报如下。"),
    ("一、做法", "3月8日，志愿者45人在滨河路种树102棵。\n发放宣传单2800份。\n走访居民30户。"),
]


def _text(title: str, sections: list[tuple[str, str]]) -> str:
    return "\n".join([title, *(one for heading, body in sections for one in ([heading] if heading else []) + [body])])


TEXT = _text(TITLE, NEW)
CHECK = check_draft(NOTES, TEXT, [], None).to_json()
WHOLE = draft_docx(
    TITLE,
    NEW,
    beside=Beside(remarks_of(CHECK), (TITLE, OLD), "王敏", "2031-07-01T08:00:00Z", fact_rows(CHECK, TEXT)),
)


def _words(element: Any, *names: str) -> str:
    return "".join(one.text or "" for one in element.iter(*(qn(f"w:{name}") for name in names)))


def test_each_finding_is_a_comment_on_its_own_words() -> None:
    document = Document(BytesIO(draft_docx(TITLE, NEW, beside=Beside(remarks_of(CHECK)))))
    comments = {one.comment_id: one for one in document.comments}
    assert len(comments) == len(CHECK["findings"])
    body: Any = document.element.body
    for number, finding in enumerate(sorted(CHECK["findings"], key=lambda one: one["start"])):
        assert finding["message"] in comments[number].text
        inside, words = False, ""
        for element in body.iter():
            if element.tag == qn("w:commentRangeStart") and element.get(qn("w:id")) == str(number):
                inside = True
            elif element.tag == qn("w:commentRangeEnd") and element.get(qn("w:id")) == str(number):
                inside = False
            elif inside and element.tag == qn("w:t"):
                words += element.text or ""
        assert words == finding["text"]
    assert "102" in "".join(one["text"] for one in CHECK["findings"])


def test_changes_are_tracked_with_numbers_whole_and_accepting_or_refusing_them_gives_each_version() -> None:
    raw = draft_docx(
        TITLE, NEW, beside=Beside(before=(TITLE, OLD), changed_by="王敏", changed_at="2031-07-01T08:00:00Z")
    )
    body: Any = Document(BytesIO(raw)).element.body
    put_in = [_words(one, "t") for one in body.iter(qn("w:ins"))]
    taken_out = [_words(one, "delText") for one in body.iter(qn("w:del"))]
    assert {"在滨河路", "102棵", "走访居民30户。"} <= set(put_in)
    assert {"120棵", "此段要删去。"} <= set(taken_out)
    assert {one.get(qn("w:author")) for one in body.iter(qn("w:ins"), qn("w:del"))} == {"王敏"}
    ids = [one.get(qn("w:id")) for one in body.iter(qn("w:ins"), qn("w:del"))]
    assert len(ids) == len(set(ids))
    read = read_content("稿.docx", raw, ReadLimits())
    assert draft_from_word(read.text).text == TEXT
    assert read.before is not None
    assert draft_from_word(read.before).text == _text(TITLE, OLD)


def test_the_fact_sheet_names_the_line_the_status_and_who_settled_it() -> None:
    start = TEXT.index("102棵")
    settled = {(one["start"], one["end"]): "李编辑：退回" for one in CHECK["findings"] if one["start"] == start}
    assert settled
    raw = draft_docx(TITLE, NEW, beside=Beside(facts=fact_rows(CHECK, TEXT, settled)))
    (table,) = Document(BytesIO(raw)).tables
    rows = {row.cells[1].text: [cell.text for cell in row.cells] for row in table.rows}
    assert "第2行" in rows["2800份"][3]
    assert rows["2800份"][4].startswith("有据")
    assert rows["102棵"][4].startswith("必须处理")
    assert rows["102棵"][5] == "李编辑：退回"
    assert len(table.rows) == 1 + len(CHECK["passed"]) + len(CHECK["findings"])


def test_all_of_it_together_is_well_formed_and_is_read_back_as_the_draft_alone() -> None:
    with zipfile.ZipFile(BytesIO(WHOLE)) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                assert parse_xml(parts.read(name)) is not None
        assert "word/comments.xml" in parts.namelist()
    read = read_content("稿.docx", WHOLE, ReadLimits())
    back = draft_from_word(read.text)
    assert (back.title, list(back.sections)) == (TITLE, NEW)
    assert {"comment": len(CHECK["findings"])}.items() <= {one.kind: one.count for one in read.left_out}.items()


def test_what_a_person_changed_is_told_sentence_by_sentence() -> None:
    changes = changed_sentences(_text(TITLE, OLD), TEXT)
    assert [(one["kind"], one["before"], one["after"]) for one in changes] == [
        ("changed", "3月8日，志愿者45人种树120棵。", "3月8日，志愿者45人在滨河路种树102棵。"),
        ("removed", "此段要删去。", None),
        ("added", None, "走访居民30户。"),
    ]
    for one in changes:
        if one["start"] is not None:
            assert TEXT[one["start"] :].startswith(one["after"])
    assert changed_sentences(TEXT, TEXT) == []


def test_a_remark_outside_of_what_is_printed_stands_on_the_first_words() -> None:
    check = {**CHECK, "findings": [{**CHECK["findings"][0], "start": 9_999, "end": 10_001}]}
    assert len(list(Document(BytesIO(draft_docx(TITLE, NEW, beside=Beside(remarks_of(check))))).comments)) == 1


def test_marks_that_turn_the_direction_of_writing_are_not_printed() -> None:
    document = Document(BytesIO(draft_docx("题", [("", "清理\u202e021\u202c处")])))
    assert document.paragraphs[-1].text == "清理021处"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Word files as LibreOffice prints them: the text of each page by pdftotext."""
    folder = tmp_path_factory.mktemp("printed")
    grid = draft_docx("题", [("", "测" * 28 * 60)])
    for name, raw in {"grid": grid, "whole": WHOLE}.items():
        (folder / f"{name}.docx").write_bytes(raw)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    files = [str(path) for path in sorted(folder.glob("*.docx"))]
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return {path.stem: _page_text(path) for path in folder.glob("*.pdf")}


def _page_text(path: Path) -> str:
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True, timeout=60)
    return done.stdout.decode("utf-8")


def test_a_full_page_has_22_lines_of_28_characters_and_its_number(printed: dict[str, str]) -> None:
    pages = printed["grid"].split("\f")
    middle = [line.strip() for line in pages[1].splitlines() if line.strip()]
    assert [len(line) for line in middle[:-1]] == [28] * 22
    assert re.sub(r"\s", "", middle[-1]) == "—2—"
    # Odd pages are numbered at the right edge, even ones at the left.
    odd, even = (next(line for line in page.splitlines() if "—" in line) for page in pages[:2])
    assert len(odd) - len(odd.lstrip()) > 20 > len(even) - len(even.lstrip())


def test_the_annex_begins_on_a_page_of_its_own(printed: dict[str, str]) -> None:
    pages = [re.sub(r"\s", "", page) for page in printed["whole"].split("\f")]
    (annex,) = [page for page in pages if "事实依据表" in page]
    assert annex.startswith("附件")
    assert "走访居民30户。" in pages[0]
