"""A draft as a Word file in the layout of GB/T 9704-2012, which offices print internal reports in by habit.

The figures below give exactly 22 lines of 28 characters in the writers that were measured: 16 pt with the spacing
reduced by a quarter point, and lines of exactly 28.95 pt (22 lines of 29 pt would be higher than the type area).
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from service.domain.errors import UnusableInput
from service.export.headings import heading_level

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_BODY_FONT = "仿宋_GB2312"
_TITLE_FONT = "方正小标宋简体"
_FONTS = {1: "黑体", 2: "楷体_GB2312"}
_BODY_POINTS = 16  # 3号
_TITLE_POINTS = 22  # 2号
_PAGE_NUMBER_POINTS = 14  # 4号
_LINE_POINTS = 28.95
_TIGHTER_TWENTIETHS = -5
_TITLE_CHARACTERS = 20
_INDENT_CHARACTERS = 200  # in hundredths: two characters
_TOP, _BOTTOM, _LEFT, _RIGHT = 37, 35, 28, 26  # millimetres
_NUMBER_BELOW = 28  # millimetres from the paper's lower edge: 7 below the type area
_LABEL = "本文件由执笔（Zhibi）根据笔记自动起草，须经人工审核。"


def draft_docx(
    title: str, sections: Sequence[tuple[str, str]], *, label_generated: bool = True, author: str = ""
) -> bytes:
    """The Word file's bytes; `sections` are (heading with its number or "", text), a paragraph a line.

    `label_generated` writes into the file's properties, not its pages, that a machine composed it. Characters that XML
    cannot hold are dropped. Raises UnusableInput where there is nothing to print.
    """
    import docx

    if not title and not any(text.strip() for _, text in sections):
        raise UnusableInput("稿件是空的，没有可导出的内容。请先起草。")
    document = docx.Document()
    _lay_out(document)
    _set_styles(document)
    if title:
        for line in _balanced_title(_printable(title)):
            document.add_paragraph(line, style="Title")
        document.add_paragraph()
    for heading, text in sections:
        if heading:
            document.add_paragraph(_printable(heading), style="Heading 1")
        for line in text.split("\n"):
            _add_line(document, _printable(line).strip())
    _number_pages(document)
    properties = document.core_properties
    properties.title, properties.author = _printable(title), author
    properties.comments = _LABEL if label_generated else ""
    properties.keywords = "AI生成" if label_generated else ""
    properties.language = "zh-CN"
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _add_line(document: Document, line: str) -> None:
    if not line:
        return
    level = heading_level(line)
    document.add_paragraph(line, style=f"Heading {level}" if level else "Normal")


def _lay_out(document: Document) -> None:
    from docx.shared import Mm

    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin = Mm(_TOP), Mm(_BOTTOM)
    page.left_margin, page.right_margin = Mm(_LEFT), Mm(_RIGHT)
    page.footer_distance = Mm(_NUMBER_BELOW - 5)
    document.settings.odd_and_even_pages_header_footer = True


def _set_styles(document: Document) -> None:
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


def _number_pages(document: Document) -> None:
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


def _balanced_title(title: str) -> list[str]:
    """The title in lines of like length, broken between words only. Pure.

    A line of 2号 characters holds 20 of them; like lengths keep the last line from holding a single one.
    """
    if len(title) <= _TITLE_CHARACTERS:
        return [title]
    from service.language.words import segment

    words = [word.text for word in segment(title)]
    lines: list[str] = []
    rest = title
    while len(rest) > _TITLE_CHARACTERS:
        size = -(-len(rest) // -(-len(rest) // _TITLE_CHARACTERS))
        at, ends = 0, []
        while words and at + len(words[0]) <= _TITLE_CHARACTERS:
            at += len(words.pop(0))
            ends.append(at)
        # A single word longer than a line is cut where it must be.
        cut = min(ends or [size], key=lambda end: abs(end - size))
        lines.append(rest[:cut])
        rest = rest[cut:]
        words = [word.text for word in segment(rest)]
    return [*lines, rest]


def _printable(text: str) -> str:
    """The text without the characters that XML 1.0 refuses. Pure."""
    return "".join(one for one in text if _in_xml(one))


def _in_xml(one: str) -> bool:
    if one in "\t\n":
        return True
    return one >= " " and not "\ud800" <= one <= "\udfff" and one not in "\ufffe\uffff"
