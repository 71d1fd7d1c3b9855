"""A draft as a Word file in the layout of GB/T 9704-2012, which offices print internal reports in by habit.

Beside the words it may carry what the checker found as comments, what changed since an earlier version as tracked
changes, and the fact sheet as an annex.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from service.domain.errors import UnusableInput
from service.export.blocks import Block, blocks_of, printable
from service.export.changes import ChangedBlock, changed_blocks, unchanged
from service.export.layout import lay_out, name_fallbacks, number_pages, set_styles
from service.export.marks import FactRow, Remark
from service.language.differences import PieceKind

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

_TITLE_CHARACTERS = 20
_LABEL = "本文件由执笔（Zhibi）根据笔记自动起草，须经人工审核。"
_AUTHOR = "执笔"
Sections = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Beside:
    """What a Word file carries beside the draft. `before` is an earlier version (title, sections) whose changes are
    tracked, dated `changed_at` (ISO, UTC) and signed `changed_by`; `facts` the rows of the annex."""

    remarks: Sequence[Remark] = ()
    before: tuple[str, Sections] | None = None
    changed_by: str = _AUTHOR
    changed_at: str = ""
    facts: Sequence[FactRow] = ()


def draft_docx(
    title: str, sections: Sections, *, label_generated: bool = True, author: str = "", beside: Beside | None = None
) -> bytes:
    """The Word file's bytes; `sections` are (heading with its number or "", text), a paragraph a line.

    `label_generated` writes into the file's properties, not its pages, that a machine composed it. Characters that XML
    cannot hold are dropped. Raises UnusableInput where there is nothing to print.
    """
    import docx

    if not title and not any(text.strip() for _, text in sections):
        raise UnusableInput("稿件是空的，没有可导出的内容。请先起草。")
    more = beside or Beside()
    document = docx.Document()
    lay_out(document)
    set_styles(document)
    name_fallbacks(document)
    blocks = blocks_of(title, sections)
    changed = unchanged(blocks) if more.before is None else changed_blocks(blocks_of(*more.before), blocks)
    writer = _Writer(document, more)
    for place, one in enumerate(changed):
        writer.write(one)
        after = changed[place + 1].block.style if place + 1 < len(changed) else ""
        if one.block.style == "Title" and after != "Title":
            document.add_paragraph()
    writer.comment()
    if more.facts:
        from service.export.annex import add_fact_sheet

        add_fact_sheet(document, more.facts)
    number_pages(document)
    properties = document.core_properties
    properties.title, properties.author = printable(title), author
    properties.comments = _LABEL if label_generated else ""
    properties.keywords = "AI生成" if label_generated else ""
    properties.language = "zh-CN"
    written = BytesIO()
    document.save(written)
    return written.getvalue()


class _Writer:
    """Writes paragraph after paragraph and remembers which runs hold the words of each remark."""

    def __init__(self, document: Document, beside: Beside) -> None:
        self._document = document
        self._beside = beside
        self._runs: dict[Remark, list[Run]] = {}
        self._changes = 0

    def write(self, one: ChangedBlock) -> None:
        """Adds one paragraph, or the lines of a title that stayed as it was."""
        block = one.block
        if block.style == "Title" and one.fate is PieceKind.SAME and len(one.pieces) == 1:
            paragraph = self._document.add_paragraph(style="Title")
            at = 0
            for line in _balanced_title(block.text):
                if at:
                    paragraph.add_run().add_break()
                self._add_words(paragraph, block, at, line)
                at += len(line)
            return
        paragraph = self._document.add_paragraph(style=block.style)
        if one.fate is not PieceKind.SAME:
            self._mark_paragraph(paragraph, one.fate)
        at = 0
        for piece in one.pieces:
            if piece.kind is PieceKind.REMOVED:
                self._track(paragraph.add_run(piece.text), "del")
                continue
            runs = self._add_words(paragraph, block, at, piece.text)
            if piece.kind is PieceKind.ADDED:
                for run in runs:
                    self._track(run, "ins")
            at += len(piece.text)

    def _add_words(self, paragraph: Paragraph, block: Block, at: int, words: str) -> list[Run]:
        """Adds the words that stand at `at` of the block, cut where a remark begins or ends."""
        here = [
            (block.place(remark.start), block.place(remark.end), remark)
            for remark in self._beside.remarks
            if remark.start < block.start + len(block.raw) and remark.end > block.start
        ]
        cuts = {at, at + len(words)}
        cuts |= {place for first, last, _ in here for place in (first, last) if at < place < at + len(words)}
        edges = sorted(cuts)
        runs = []
        for first, last in pairwise(edges):
            run = paragraph.add_run(words[first - at : last - at])
            runs.append(run)
            for start, end, remark in here:
                if start < last and first < end:
                    self._runs.setdefault(remark, []).append(run)
        return runs

    def _mark_paragraph(self, paragraph: Paragraph, fate: PieceKind) -> None:
        """Says of the paragraph's own end that it came or went, or accepting the change would leave an empty line."""
        from docx.oxml import OxmlElement

        properties: Any = paragraph._p.get_or_add_pPr()
        mark = OxmlElement("w:rPr")
        mark.append(self._revision("w:ins" if fate is PieceKind.ADDED else "w:del"))
        properties.append(mark)

    def _track(self, run: Run, name: str) -> None:
        from docx.oxml.ns import qn

        revision = self._revision(f"w:{name}")
        run._r.addprevious(revision)
        revision.append(run._r)
        if name == "del":
            for text in run._r.findall(qn("w:t")):
                text.tag = qn("w:delText")

    def _revision(self, name: str) -> Any:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        self._changes += 1
        mark = OxmlElement(name)
        mark.set(qn("w:id"), str(self._changes))
        mark.set(qn("w:author"), printable(self._beside.changed_by) or _AUTHOR)
        if self._beside.changed_at:
            mark.set(qn("w:date"), self._beside.changed_at)
        return mark

    def comment(self) -> None:
        """Puts every remark on the words it is about; one whose words are not printed stands on the first words."""
        first = next((paragraph.runs[0] for paragraph in self._document.paragraphs if paragraph.runs), None)
        for remark in self._beside.remarks:
            runs = self._runs.get(remark) or ([first] if first is not None else [])
            if runs:
                self._document.add_comment(runs, printable(remark.text), author=_AUTHOR, initials="执")


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
