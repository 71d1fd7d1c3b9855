"""The text of a Word file, in reading order: paragraphs, headings, tables, text boxes. python-docx is imported here."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from corpus.read.archive import damaged, opened, refuse_entities, refuse_macros
from corpus.read.docx_numbers import AutoNumbers, style_numbers
from corpus.read.limits import ReadLimits
from corpus.read.values import left_out
from service.domain.page import LeftOut

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HEADING_STYLE = re.compile(r"(?:heading|标题)\s{0,2}([1-6])", re.IGNORECASE)
_TITLE_STYLES = ("title", "标题")
_CONTENT_TYPES, _BODY = "[Content_Types].xml", "word/document.xml"
_WHAT = " .docx 文件"
_BLOCK_HOLDERS = frozenset(f"{_WORD}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag"))
# Words that were taken away, and words that stand elsewhere.
_TAKEN_AWAY = frozenset(f"{_WORD}{name}" for name in ("del", "moveFrom"))
_PUT_IN = frozenset(f"{_WORD}{name}" for name in ("ins", "moveTo"))
_NO_TEXT = frozenset(f"{_WORD}{name}" for name in ("delText", "instrText", "delInstrText", "pPr", "rPr"))
# A document nested deeper than a person would nest it; recursion must end before the interpreter's limit.
_DEEPEST = 150
# A cell that holds this many paragraphs, one of them this long (characters), is no cell of figures.
_PARAGRAPHS, _LONG_PARAGRAPH = 3, 30


def read_docx(raw: bytes, name: str, limits: ReadLimits) -> tuple[str, tuple[LeftOut, ...], str | None]:
    """The text of a .docx as lines, what was left out of it, and the lines before its tracked changes, if it has any.

    Heading styles become `#` lines; a number Word writes by itself stands before its paragraph; a table row becomes one
    line with its cells joined by " | ", save where a cell holds whole paragraphs. Comments, tracked deletions, hidden
    text, notes at the foot and field codes are left out; insertions are read as if accepted. Raises UnusableInput for
    what is no .docx, has macros or a password, InputTooLarge for an archive that declares more than the limits allow.
    """
    with opened(raw, name, limits, _WHAT) as archive:
        if not {_CONTENT_TYPES, _BODY} <= set(archive.namelist()):
            raise damaged(name, _WHAT)
        refuse_macros(archive, name)
        refuse_entities(archive, name)
    import docx

    try:
        document = docx.Document(io.BytesIO(raw))
        reader = _Reader(document)
        lines = list(reader.blocks(document.element.body))
        has_changes = any(True for _ in document.element.body.iter(*_TAKEN_AWAY, *_PUT_IN))
        before = list(_Reader(document, undone=True).blocks(document.element.body)) if has_changes else None
        beside = _beside(document)
    except Exception as broken:  # python-docx lets KeyError, ValueError, BadZipFile and lxml errors through
        raise damaged(name, _WHAT) from broken
    found = [
        *left_out("comment", beside["comments"]),
        *left_out("deletion", reader.deletions),
        *left_out("hidden", reader.hidden),
        *left_out("footnote", beside["footnotes"] + beside["endnotes"]),
    ]
    return "\n".join(lines), tuple(found), None if before is None else "\n".join(before)


def _beside(document: Any) -> dict[str, list[str]]:
    """The words of the parts that stand beside the body: comments and notes."""
    from docx.oxml.parser import parse_xml

    words: dict[str, list[str]] = {"comments": [], "footnotes": [], "endnotes": []}
    for relation in document.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if kind not in words or relation.is_external:
            continue
        for note in parse_xml(relation.target_part.blob).iterchildren():
            # The separators that Word keeps among the notes have a type.
            if note.get(f"{_WORD}type") in (None, "normal"):
                words[kind].append("".join(text.text or "" for text in note.iter(f"{_WORD}t")))
    return words


class _Reader:
    """Walks the body in order. Keeps what it leaves out, so that nothing disappears silently."""

    def __init__(self, document: Any, undone: bool = False) -> None:
        """`undone` reads the words as they were before the tracked changes."""
        self._taken_away, put_in = (_PUT_IN, _TAKEN_AWAY) if undone else (_TAKEN_AWAY, _PUT_IN)
        self._no_text = _NO_TEXT - {f"{_WORD}delText"} if undone else _NO_TEXT
        self._taken_row = f"{_WORD}trPr/{_WORD}{'ins' if undone else 'del'}"
        self._holders = _BLOCK_HOLDERS | put_in
        styles = document.styles
        self._styles = {style.style_id: style.name or "" for style in styles if style.style_id}
        self._hidden_styles = {
            style.get(f"{_WORD}styleId")
            for style in styles.element.iterchildren(f"{_WORD}style")
            if _is_hidden(style.find(f"{_WORD}rPr"))
        }
        numbering = next((r.target_part for r in document.part.rels.values() if r.reltype.endswith("/numbering")), None)
        root = None if numbering is None else numbering.element
        self._numbers = AutoNumbers(root, style_numbers(styles.element))
        self.deletions: list[str] = []
        self.hidden: list[str] = []

    def blocks(self, parent: Any, depth: int = 0) -> Iterator[str]:
        if depth > _DEEPEST:
            raise ValueError("nested too deep")
        for child in parent.iterchildren():
            if child.tag == f"{_WORD}p":
                yield from self._paragraph(child, depth)
            elif child.tag == f"{_WORD}tbl":
                yield from self._rows(child, depth)
            elif child.tag in self._holders:
                yield from self.blocks(child, depth + 1)
            elif child.tag in self._taken_away:
                self.deletions.append(_all_words(child))

    def _paragraph(self, paragraph: Any, depth: int) -> Iterator[str]:
        boxes: list[str] = []
        text = self._text(paragraph, boxes, depth)
        if text.strip():
            text = self._numbers.before(paragraph) + text.lstrip()
        level = self._heading_level(paragraph)
        if level and self._is_title(paragraph):
            # A line break in a title is how it is set, not what it says.
            text = text.replace("\n", "")
        for line in text.split("\n"):
            marked = line.strip()
            if marked and level:
                marked = "#" * level + " " + marked
            yield marked
        yield from boxes

    def _is_title(self, paragraph: Any) -> bool:
        style = paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")
        return style is not None and self._styles.get(style.get(f"{_WORD}val"), "").lower() in _TITLE_STYLES

    def _heading_level(self, paragraph: Any) -> int:
        properties = paragraph.find(f"{_WORD}pPr")
        if properties is None:
            return 0
        style = properties.find(f"{_WORD}pStyle")
        if style is not None:
            name = self._styles.get(style.get(f"{_WORD}val"), "")
            if name.lower() in _TITLE_STYLES:
                return 1
            if found := _HEADING_STYLE.fullmatch(name.strip()):
                return int(found[1])
        outline = properties.find(f"{_WORD}outlineLvl")
        if outline is not None and (outline.get(f"{_WORD}val") or "9").isdigit():
            level = int(outline.get(f"{_WORD}val") or "9")
            return level + 1 if level < 6 else 0
        return 0

    def _text(self, element: Any, boxes: list[str], depth: int) -> str:
        if depth > _DEEPEST:
            raise ValueError("nested too deep")
        pieces: list[str] = []
        for child in element.iterchildren():
            tag = child.tag
            if not isinstance(tag, str) or tag == _FALLBACK or tag in self._no_text:
                continue
            if tag in (f"{_WORD}t", f"{_WORD}delText"):
                pieces.append(child.text or "")
            elif tag == f"{_WORD}tab":
                pieces.append("\t")
            elif tag in (f"{_WORD}br", f"{_WORD}cr"):
                pieces.append("\n")
            elif tag == f"{_WORD}noBreakHyphen":
                pieces.append("-")
            elif tag in self._taken_away:
                self.deletions.append(_all_words(child))
            elif tag == f"{_WORD}txbxContent":
                boxes.extend(line for line in self.blocks(child, depth + 1) if line)
            elif tag == f"{_WORD}r" and self._run_is_hidden(child):
                self.hidden.append(_all_words(child))
            else:
                pieces.append(self._text(child, boxes, depth + 1))
        return "".join(pieces)

    def _run_is_hidden(self, run: Any) -> bool:
        properties = run.find(f"{_WORD}rPr")
        if properties is not None and properties.find(f"{_WORD}vanish") is not None:
            return _is_hidden(properties)
        names = [run.find(f"{_WORD}rPr/{_WORD}rStyle")]
        parent = run.getparent()
        while parent is not None and parent.tag != f"{_WORD}p":
            parent = parent.getparent()
        if parent is not None:
            names.append(parent.find(f"{_WORD}pPr/{_WORD}pStyle"))
        return any(name is not None and name.get(f"{_WORD}val") in self._hidden_styles for name in names)

    def _rows(self, table: Any, depth: int) -> Iterator[str]:
        for row in table.iterchildren():
            if row.tag in self._holders:
                yield from self._rows(row, depth + 1)
            elif row.tag == f"{_WORD}tr":
                if row.find(self._taken_row) is not None:
                    self.deletions.append(_all_words(row))
                else:
                    yield from self._row(row, depth)

    def _row(self, row: Any, depth: int) -> Iterator[str]:
        cells: list[list[str]] = []
        for cell in row.iter(f"{_WORD}tc"):
            if next(cell.iterancestors(f"{_WORD}tr")) is not row:
                continue  # of a table inside this one; its own cell reads it
            lines = [line for line in self.blocks(cell, depth + 1) if line]
            # A cell merged sideways repeats nothing here, but an empty one says nothing either.
            if lines:
                cells.append(lines)
        if any(len(lines) >= _PARAGRAPHS and max(map(len, lines)) >= _LONG_PARAGRAPH for lines in cells):
            # 主要事迹 of a form, or a whole report in a frame: text that a table only places.
            for lines in cells:
                yield from lines
        elif cells:
            yield " | ".join(" ".join(lines) for lines in cells)


def _is_hidden(properties: Any) -> bool:
    mark = properties.find(f"{_WORD}vanish") if properties is not None else None
    return mark is not None and mark.get(f"{_WORD}val") not in ("0", "false")


def _all_words(element: Any) -> str:
    return "".join(text.text or "" for text in element.iter(f"{_WORD}t", f"{_WORD}delText"))
