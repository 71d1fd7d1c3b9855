"""The text of a Word file, in reading order: paragraphs, headings and tables. python-docx is imported here only."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from corpus.read.limits import ReadLimits
from service.domain.errors import InputTooLarge, UnusableInput

# An OLE2 container: an old .doc renamed to .docx, or a .docx with a password.
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATH_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HEADING_STYLE = re.compile(r"(?:heading|标题)\s{0,2}([1-6])", re.IGNORECASE)
# Parts that a reader of text has no use for; their size is still summed.
_LEFT_OUT = ("delText", "instrText")


def read_docx(raw: bytes, name: str, limits: ReadLimits) -> tuple[str, tuple[str, ...]]:
    """The text of a .docx as lines, and Chinese warnings about what was left out.

    Heading styles become `#` lines, a table row becomes one line with its cells joined by " | ". Tracked deletions,
    hidden text and field codes are left out. Raises UnusableInput for what is no .docx or has a password,
    InputTooLarge for an archive that declares more than the limits allow.
    """
    if raw.startswith(_OLE2):
        raise UnusableInput(
            f"“{name}”是旧版 Word 文档，或设置了打开密码，无法读取。请用 Word 去掉密码并另存为 .docx 后再试。",
            file=name,
            reason="encrypted",
        )
    _weigh(raw, name, limits)
    import docx

    try:
        document = docx.Document(io.BytesIO(raw))
        body = document.element.body
        styles = {style.style_id: style.name or "" for style in document.styles if style.style_id}
    except Exception as broken:  # python-docx lets KeyError, ValueError, BadZipFile and lxml errors through
        raise _not_word(name) from broken
    reader = _Reader(styles)
    lines = list(reader.blocks(body))
    warnings: list[str] = []
    if reader.deletions:
        warnings.append(f"“{name}”含修订痕迹，已删除的文字（{reader.deletions}处）未读入。")
    if reader.hidden:
        warnings.append(f"“{name}”含隐藏文字（{reader.hidden}处），未读入。")
    return "\n".join(lines), tuple(warnings)


def _weigh(raw: bytes, name: str, limits: ReadLimits) -> None:
    """Refuse before anything is expanded: the central directory declares every part's size."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if len(parts) > limits.max_archive_entries or sum(p.file_size for p in parts) > limits.max_expanded_bytes:
                raise InputTooLarge(
                    f"“{name}”解压后超过 {limits.max_expanded_bytes // 1_000_000} MB，可能是恶意文件，已拒绝读取。"
                    "请确认来源，或只保留正文另存后再试。",
                    file=name,
                    limit=limits.max_expanded_bytes,
                )
            if any(part.flag_bits & 0x1 for part in parts):
                raise UnusableInput(f"“{name}”设置了密码，无法读取。请去掉密码后再试。", file=name, reason="encrypted")
            if "[Content_Types].xml" not in names or "word/document.xml" not in names:
                raise _not_word(name)
            # A directory may lie about sizes: the one part that matters is read with a bound.
            with archive.open("word/document.xml") as part:
                head = part.read(limits.max_expanded_bytes + 1)
            if len(head) > limits.max_expanded_bytes:
                raise InputTooLarge(f"“{name}”的正文过大，已拒绝读取。请拆分后再试。", file=name)
            if b"<!DOCTYPE" in head[:2_000] or b"<!ENTITY" in head[:20_000]:
                raise UnusableInput(f"“{name}”含有不安全的 XML 声明，已拒绝读取。请用 Word 重新另存后再试。", file=name)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError) as broken:
        raise _not_word(name) from broken


def _not_word(name: str) -> UnusableInput:
    return UnusableInput(
        f"“{name}”不是有效的 .docx 文件，或文件已损坏。请用 Word 打开并另存为 .docx 后再试。",
        file=name,
        reason="not_docx",
    )


class _Reader:
    """Walks the body in order. Counts what it leaves out, so that nothing disappears silently."""

    def __init__(self, styles: dict[str, str]) -> None:
        self._styles = styles
        self.deletions = 0
        self.hidden = 0

    def blocks(self, parent: Any) -> Iterator[str]:
        for child in parent.iterchildren():
            tag = child.tag
            if tag == f"{_WORD}p":
                yield from self._paragraph(child)
            elif tag == f"{_WORD}tbl":
                yield from self._table(child)
            elif tag in (f"{_WORD}sdt", f"{_WORD}sdtContent", f"{_WORD}ins", f"{_WORD}customXml"):
                yield from self.blocks(child)

    def _paragraph(self, paragraph: Any) -> Iterator[str]:
        boxes: list[str] = []
        text = self._text(paragraph, boxes)
        level = self._heading_level(paragraph)
        for line in text.split("\n"):
            marked = line.strip()
            if marked and level:
                marked = "#" * level + " " + marked
            yield marked
        yield from boxes

    def _heading_level(self, paragraph: Any) -> int:
        properties = paragraph.find(f"{_WORD}pPr")
        if properties is None:
            return 0
        style = properties.find(f"{_WORD}pStyle")
        if style is not None:
            name = self._styles.get(style.get(f"{_WORD}val"), "")
            if name.lower() in ("title", "标题"):
                return 1
            if found := _HEADING_STYLE.fullmatch(name.strip()):
                return int(found[1])
        outline = properties.find(f"{_WORD}outlineLvl")
        if outline is not None and (outline.get(f"{_WORD}val") or "9").isdigit():
            level = int(outline.get(f"{_WORD}val") or "9")
            return level + 1 if level < 6 else 0
        return 0

    def _text(self, element: Any, boxes: list[str]) -> str:
        pieces: list[str] = []
        for child in element.iterchildren():
            tag = child.tag
            if not isinstance(tag, str):
                continue
            if tag == f"{_WORD}t":
                pieces.append(child.text or "")
            elif tag == f"{_WORD}tab":
                pieces.append("\t")
            elif tag in (f"{_WORD}br", f"{_WORD}cr"):
                pieces.append("\n")
            elif tag == f"{_WORD}del" or tag == f"{_WORD}moveFrom":
                self.deletions += 1
            elif tag == f"{_WORD}txbxContent":
                boxes.extend(self.blocks(child))
            elif tag == f"{_WORD}r" and self._is_hidden(child):
                self.hidden += 1
            elif tag == _MATH_FALLBACK or tag.removeprefix(_WORD) in _LEFT_OUT or tag == f"{_WORD}pPr":
                continue
            else:
                pieces.append(self._text(child, boxes))
        return "".join(pieces)

    @staticmethod
    def _is_hidden(run: Any) -> bool:
        properties = run.find(f"{_WORD}rPr")
        mark = properties.find(f"{_WORD}vanish") if properties is not None else None
        return mark is not None and mark.get(f"{_WORD}val") not in ("0", "false")

    def _table(self, table: Any) -> Iterator[str]:
        for row in table.iter(f"{_WORD}tr"):
            cells: list[str] = []
            for cell in row.iterchildren(f"{_WORD}tc"):
                text = " ".join(line for line in self.blocks(cell) if line)
                # A cell merged sideways repeats nothing here, but an empty one says nothing either.
                if text:
                    cells.append(text)
            if cells:
                yield " | ".join(cells)
