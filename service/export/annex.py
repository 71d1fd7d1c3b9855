"""The fact sheet behind a draft: a table of every number, the note line it stands on, what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from service.export.blocks import printable
from service.export.marks import FactRow

if TYPE_CHECKING:
    from docx.document import Document

ANNEX_TITLE = "事实依据表"
_HEADS = ("序号", "稿中文字", "所在语句", "笔记依据", "核对结论", "处理人")
# Of the 156 mm of the type area.
_WIDTHS_MM = (11, 25, 35, 34, 32, 19)
_POINTS = 10
_LINE_POINTS = 15


def add_fact_sheet(document: Document, rows: Sequence[FactRow]) -> None:
    """Adds the annex on a page of its own; the row of column names repeats on each of its pages."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm

    mark = document.add_paragraph("附件", style="Heading 1")
    mark.paragraph_format.page_break_before = True
    _without_indent(mark)
    document.add_paragraph(ANNEX_TITLE, style="Title")
    table: Any = document.add_table(rows=1, cols=len(_HEADS), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS_MM, strict=True):
        column.width = Mm(width)
    _fill(table.rows[0], _HEADS, "黑体")
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for number, row in enumerate(rows, 1):
        words = (str(number), row.text, row.around, row.notes, row.status, row.settled)
        added = table.add_row()
        _fill(added, words, "仿宋_GB2312")
        whole = OxmlElement("w:cantSplit")
        added._tr.get_or_add_trPr().append(whole)


def _fill(row: Any, words: Sequence[str], font: str) -> None:
    from docx.enum.text import WD_LINE_SPACING
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    for cell, word, width in zip(row.cells, words, _WIDTHS_MM, strict=True):
        cell.width = Mm(width)
        paragraph = cell.paragraphs[0]
        _without_indent(paragraph)
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        paragraph.paragraph_format.line_spacing = Pt(_LINE_POINTS)
        run = paragraph.add_run(printable(word))
        run.font.size = Pt(_POINTS)
        fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
        for slot in ("ascii", "hAnsi", "eastAsia"):
            fonts.set(qn(f"w:{slot}"), font)


def _without_indent(paragraph: Any) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    paragraph.paragraph_format.first_line_indent = Pt(0)
    paragraph._p.pPr.find(qn("w:ind")).set(qn("w:firstLineChars"), "0")
