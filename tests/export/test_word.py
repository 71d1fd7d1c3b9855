"""The Word file: the layout of GB/T 9704 by its measured figures, and the words as they are."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.shared import Mm, Pt

from service.domain.errors import UnusableInput
from service.export.word import draft_docx

SECTIONS = [("", "现汇报如下。"), ("一、做法", "（一）开展宣传\n发放宣传单500份。"), ("二、下一步", "每周巡查2次。")]


@pytest.fixture(scope="module")
def written() -> Any:
    return Document(BytesIO(draft_docx("云溪街道2031年上半年文明创建工作进展情况汇报材料", SECTIONS)))


def test_the_words_are_those_of_the_draft_in_order(written: Any) -> None:
    text = [one.text for one in written.paragraphs if one.text]
    (title,) = text[: len(text) - 6]
    assert title.replace("\n", "") == "云溪街道2031年上半年文明创建工作进展情况汇报材料"
    assert text[-6:] == [
        "现汇报如下。",
        "一、做法",
        "（一）开展宣传",
        "发放宣传单500份。",
        "二、下一步",
        "每周巡查2次。",
    ]


def test_the_page_has_the_standard_s_margins(written: Any) -> None:
    page = written.sections[0]
    sizes = (
        page.page_width,
        page.page_height,
        page.top_margin,
        page.bottom_margin,
        page.left_margin,
        page.right_margin,
    )
    assert [round(one / Mm(1)) for one in sizes] == [210, 297, 37, 35, 28, 26]


def test_the_body_has_the_type_that_gives_22_lines_of_28(written: Any) -> None:
    style = written.styles["Normal"]
    assert style.font.size == Pt(16)
    assert style.paragraph_format.line_spacing == Pt(28.95)
    run = style.element.rPr
    assert run.find(qn("w:spacing")).get(qn("w:val")) == "-5"
    assert run.find(qn("w:rFonts")).get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert style.element.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"


def test_headings_are_real_headings_in_their_own_faces(written: Any) -> None:
    levels = {one.text: one.style.name for one in written.paragraphs if one.style.name.startswith("Heading")}
    assert levels == {"一、做法": "Heading 1", "（一）开展宣传": "Heading 2", "二、下一步": "Heading 1"}
    fonts = [written.styles[f"Heading {level}"].element.rPr.find(qn("w:rFonts")) for level in (1, 2)]
    faces = [one.get(qn("w:eastAsia")) for one in fonts]
    assert faces == ["黑体", "楷体_GB2312"]
    assert all(str(written.styles[name].font.color.rgb) == "000000" for name in ("Heading 1", "Heading 2", "Title"))


def test_pages_are_numbered_right_on_odd_and_left_on_even(written: Any) -> None:
    page = written.sections[0]
    assert written.settings.odd_and_even_pages_header_footer
    for footer, side in ((page.footer, "right"), (page.even_page_footer, "left")):
        xml = footer._element.xml
        assert " PAGE " in xml
        assert f'w:jc w:val="{side}"' in xml
        assert footer.paragraphs[0].text.startswith("— ")
        assert footer.paragraphs[0].text.endswith(" —")


@pytest.mark.parametrize("label", [True, False])
def test_the_label_is_in_the_properties_only_and_can_be_switched_off(label: bool) -> None:
    document = Document(BytesIO(draft_docx("题", SECTIONS, label_generated=label)))
    assert ("自动起草" in document.core_properties.comments) is label
    assert not any("自动起草" in one.text for one in document.paragraphs)
    assert document.core_properties.title == "题"


def test_every_part_is_well_formed_and_holds_no_macro() -> None:
    with zipfile.ZipFile(BytesIO(draft_docx("题", SECTIONS))) as parts:
        for name in parts.namelist():
            assert not name.endswith(".bin")
            if name.endswith((".xml", ".rels")):
                assert parse_xml(parts.read(name)) is not None


def test_run_properties_stand_in_the_order_the_schema_asks_for() -> None:
    """Word repairs, and says so, where rFonts does not come first or spacing stands after the size."""
    order = ["rFonts", "b", "bCs", "i", "iCs", "color", "spacing", "kern", "sz", "szCs", "lang"]
    with zipfile.ZipFile(BytesIO(draft_docx("题", SECTIONS))) as parts:
        styles = parse_xml(parts.read("word/styles.xml"))
    namespace = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
    for name in ("Normal", "Heading1", "Heading2", "Title"):
        run = styles.find(f".//w:style[@w:styleId='{name}']/w:rPr", namespace)
        tags = [one.tag.rpartition("}")[2] for one in run]
        known = [order.index(tag) for tag in tags if tag in order]
        assert known == sorted(known), (name, tags)


def test_chinese_shapes_are_asked_for(written: Any) -> None:
    languages = [one.get(qn("w:eastAsia")) for one in written.styles.element.iter(qn("w:lang"))]
    assert languages
    assert set(languages) == {"zh-CN"}


def test_what_xml_cannot_hold_is_dropped_and_the_rest_stays() -> None:
    document = Document(BytesIO(draft_docx("题\x00目", [("", "甲\x0b乙𠮷🧹<b>&丙\ufffe")])))
    text = [one.text for one in document.paragraphs if one.text]
    assert text == ["题目", "甲乙𠮷🧹<b>&丙"]


def test_a_long_title_breaks_into_lines_of_like_length() -> None:
    title = "云溪街道办事处关于二〇三一年上半年全国文明城市创建工作进展情况的汇报"
    document = Document(BytesIO(draft_docx(title, SECTIONS)))
    (set_title,) = [one.text for one in document.paragraphs if one.style and one.style.name == "Title"]
    lines = set_title.split("\n")
    assert "".join(lines) == title
    assert all(8 <= len(line) <= 20 for line in lines)
    # No word is torn: 全国|文明, never 全|国文明.
    assert not any(line.endswith(("全", "创", "情", "工")) for line in lines)


def test_an_empty_draft_is_refused() -> None:
    with pytest.raises(UnusableInput, match="空"):
        draft_docx("", [("", " ")])
