"""The page and its types by GB/T 9704-2012: margins, faces, lines, page numbers.

The figures below give exactly 22 lines of 28 characters in the writers that were measured: 16 pt with the spacing
reduced by a quarter point, and lines of exactly 28.95 pt (22 lines of 29 pt would be higher than the type area).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_BODY_FONT = "仿宋_GB2312"
_TITLE_FONT = "方正小标宋简体"
_FONTS = {1: "黑体", 2: "楷体_GB2312"}
_FALLBACKS = {
    _BODY_FONT: "仿宋,FangSong,STFangsong,Noto Serif CJK SC",
    _TITLE_FONT: "小标宋,宋体,SimSun,STSong,Noto Serif CJK SC",
    "黑体": "SimHei,STHeiti,Noto Sans CJK SC",
    "楷体_GB2312": "楷体,KaiTi,STKaiti,Noto Serif CJK SC",
    "宋体": "SimSun,STSong,Noto Serif CJK SC",
}
_BODY_POINTS = 16  # 3号
_TITLE_POINTS = 22  # 2号
_PAGE_NUMBER_POINTS = 14  # 4号
_LINE_POINTS = 28.95
_TIGHTER_TWENTIETHS = -5
_INDENT_CHARACTERS = 200  # in hundredths: two characters
_TOP, _BOTTOM, _LEFT, _RIGHT = 37, 35, 28, 26  # millimetres
_NUMBER_BELOW = 28  # millimetres from the paper's lower edge: 7 below the type area


def lay_out(document: Document) -> None:
    """Sets paper, margins and the distance of the page number."""
    from docx.shared import Mm

    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin = Mm(_TOP), Mm(_BOTTOM)
    page.left_margin, page.right_margin = Mm(_LEFT), Mm(_RIGHT)
    page.footer_distance = Mm(_NUMBER_BELOW - 5)
    document.settings.odd_and_even_pages_header_footer = True


def set_styles(document: Document) -> None:
    """Sets the faces and measures of text, headings and title."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn

    # Without it a writer may take another region's shapes: commas in the middle of their square, 骨 with another head.
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")

    _set_style(document, "Normal", _BODY_FONT, _BODY_POINTS)
    for level, font in _FONTS.items():
        _set_style(document, f"Heading {level}", font, _BODY_POINTS)
    title = _set_style(document, "Title", _TITLE_FONT, _TITLE_POINTS, indent=False)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _set_style(document: Document, name: str, font: str, points: int, indent: bool = True) -> Any:
    from docx.enum.text import WD_LINE_SPACING
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style: Any = document.styles[name]
    style.font.size, style.font.bold, style.font.italic = Pt(points), False, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    run = style.element.get_or_add_rPr()
    for old in run.findall(qn("w:rFonts")) + run.findall(qn("w:spacing")):
        run.remove(old)
    fonts = OxmlElement("w:rFonts")
    # Digits and Latin letters take the same face, or a line of mixed text loses its 28-character measure.
    for slot in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{slot}"), font)
    run.insert(0, fonts)
    if indent:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), str(_TIGHTER_TWENTIETHS))
        # The schema wants it before the size; Word repairs a file, and says so, where the order is another.
        run.find(qn("w:sz")).addprevious(spacing)
    form = style.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(_LINE_POINTS if indent else 36)
    form.widow_control = False
    paragraph = style.element.get_or_add_pPr()
    for old in paragraph.findall(qn("w:pBdr")):
        paragraph.remove(old)
    form.first_line_indent = Pt(2 * points if indent else 0)
    paragraph.find(qn("w:ind")).set(qn("w:firstLineChars"), str(_INDENT_CHARACTERS if indent else 0))
    return style


def name_fallbacks(document: Document) -> None:
    """Names for each face what to take where a machine lacks it; a writer would else take any, often a sans one."""
    from xml.sax.saxutils import quoteattr

    part: Any = next(one.target_part for one in document.part.rels.values() if one.reltype.endswith("/fontTable"))
    fonts = "".join(
        f"<w:font w:name={quoteattr(name)}><w:altName w:val={quoteattr(others)}/>"
        f'<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name, others in _FALLBACKS.items()
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    part._blob = f'<?xml version="1.0" encoding="UTF-8"?><w:fonts xmlns:w="{space}">{fonts}</w:fonts>'.encode()


def number_pages(document: Document) -> None:
    """— 1 — below the type area: right on odd pages, left on even ones, one character in."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    page = document.sections[0]
    for footer, alignment in (
        (page.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (page.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = alignment
        _indent_one_character(paragraph, right=alignment is WD_ALIGN_PARAGRAPH.RIGHT)
        _add_run(paragraph, "— ")
        for kind, text in (("begin", None), (None, " PAGE "), ("separate", None), ("text", "1"), ("end", None)):
            _add_field_part(paragraph, kind, text)
        _add_run(paragraph, " —")


def _indent_one_character(paragraph: Paragraph, right: bool) -> None:
    from docx.shared import Pt

    form = paragraph.paragraph_format
    form.first_line_indent = Pt(0)
    if right:
        form.right_indent = Pt(_PAGE_NUMBER_POINTS)
    else:
        form.left_indent = Pt(_PAGE_NUMBER_POINTS)
    properties: Any = paragraph._p.get_or_add_pPr()
    from docx.oxml.ns import qn

    by = properties.find(qn("w:ind"))
    by.set(qn("w:firstLineChars"), "0")


def _add_run(paragraph: Paragraph, text: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run = paragraph.add_run(text)
    run.font.size = Pt(_PAGE_NUMBER_POINTS)
    properties = run._r.get_or_add_rPr()
    fonts = OxmlElement("w:rFonts")
    for slot in ("ascii", "hAnsi", "eastAsia"):
        fonts.set(qn(f"w:{slot}"), "宋体")
    properties.insert(0, fonts)
    return run


def _add_field_part(paragraph: Paragraph, kind: str | None, text: str | None) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    if kind == "text":
        _add_run(paragraph, text or "")
        return
    run = _add_run(paragraph, "")
    if kind is None:
        part = OxmlElement("w:instrText")
        part.set(qn("xml:space"), "preserve")
        part.text = text
    else:
        part = OxmlElement("w:fldChar")
        part.set(qn("w:fldCharType"), kind)
    run._r.append(part)
