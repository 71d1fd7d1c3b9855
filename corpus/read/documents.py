"""The bytes of one file as documents, by what the file is and not only by what it is called."""

from __future__ import annotations

from pathlib import PurePosixPath

from corpus.read.decode import decode
from corpus.read.limits import ReadLimits
from corpus.read.read_doc import OLE2, read_doc, refuse_locked
from corpus.read.read_html import read_html
from corpus.read.read_zip import read_zip
from corpus.read.values import FileText, Refused
from service.domain.errors import InputTooLarge, UnusableInput
from service.domain.page import LeftOut

READABLE_SUFFIXES = (".txt", ".md", ".docx", ".doc", ".pdf", ".html", ".htm", ".xlsx", ".csv", ".zip")
# Documents people keep beside the others; each is refused with what to do, instead of being passed over in silence.
_OTHER_FORMS = {
    ".docm": "带有宏的 Word 文件，请另存为 .docx",
    ".dotm": "带有宏的 Word 模板，请另存为 .docx",
    ".xlsm": "带有宏的 Excel 文件，请另存为 .xlsx",
    ".xls": "旧版 Excel 文件，请另存为 .xlsx",
    ".et": "WPS 表格文件，请另存为 .xlsx",
    ".wps": "WPS 文字文件，请另存为 .docx",
    ".rtf": "RTF 文件，请另存为 .docx",
    ".odt": "OpenDocument 文件，请另存为 .docx",
    ".ofd": "OFD 版式文件，请另存为 .docx 或带文字的 .pdf",
    ".rar": "RAR 压缩包，请解压，或改为 .zip",
    ".7z": "7z 压缩包，请解压，或改为 .zip",
}
TRIED_SUFFIXES = (*READABLE_SUFFIXES, *_OTHER_FORMS)
# These are read without a parser that a hostile file could exhaust.
PLAIN_SUFFIXES = (".txt", ".md", ".csv")
_ZIP, _PDF = (b"PK\x03\x04", b"PK\x05\x06"), b"%PDF"


def read_documents(name: str, raw: bytes, limits: ReadLimits) -> list[FileText | Refused]:
    """The documents in the file `name`: one, or those of an archive in the order of their names. Never empty.

    A refusal stands in the list as Refused; nothing is raised. Pure but for .doc files, which a system tool reads.
    """
    try:
        if suffix_of(name) == ".zip" and raw:
            return read_zip(raw, name, limits, TRIED_SUFFIXES, read_documents)
        return [_sized(_read(name, raw, limits), limits)]
    except UnusableInput as refused:
        reason = str(refused.detail.get("reason", ""))
        return [Refused(name, refused.message, reason, isinstance(refused, InputTooLarge))]


def suffix_of(name: str) -> str:
    """The ending of a file's name in lower case, with its dot. Pure."""
    return PurePosixPath(name.lower()).suffix


def _read(name: str, raw: bytes, limits: ReadLimits) -> FileText:
    suffix = suffix_of(name)
    if suffix in _OTHER_FORMS:
        raise UnusableInput(f"“{name}”是{_OTHER_FORMS[suffix]}后再试。", file=name, reason="format")
    if suffix not in READABLE_SUFFIXES:
        raise UnusableInput(
            f"“{name}”的格式不支持。可读取：{'、'.join(READABLE_SUFFIXES)}。请另存为其中一种后再试。",
            file=name,
            reason="format",
        )
    if not raw:
        raise UnusableInput(f"“{name}”是空文件。请确认选对了文件。", file=name, reason="empty")
    read = _by_form(name, raw, suffix, limits)
    if not read.text.strip():
        raise UnusableInput(f"“{name}”里没有可读的文字（可能只有图片）。请提供文字版。", file=name, reason="empty")
    return read


def _by_form(name: str, raw: bytes, suffix: str, limits: ReadLimits) -> FileText:
    if suffix in (".docx", ".doc", ".xlsx"):
        return _office(name, raw, suffix, limits)
    if suffix == ".pdf":
        from corpus.read.read_pdf import read_pdf

        return FileText(name, *_with_kind("pdf", read_pdf(raw, name, limits)))
    return _plain(name, raw, suffix, limits)


def _office(name: str, raw: bytes, suffix: str, limits: ReadLimits) -> FileText:
    # People rename: a .doc that is a .docx inside is read as what it is.
    if suffix == ".doc" and not raw.startswith(_ZIP):
        if raw[:200].lstrip().lower().startswith((b"<html", b"<!doctype html")):
            return _plain(name, raw, ".html", limits)
        return FileText(name, *_with_kind("word", read_doc(raw, name, limits)))
    if raw.startswith(OLE2):
        refuse_locked(raw, name)
        raise UnusableInput(
            f"“{name}”是旧版 Office 文档改了扩展名，无法读取。请用 Word 或 Excel 打开并另存为 {suffix} 后再试。",
            file=name,
            reason="renamed",
        )
    if suffix == ".xlsx":
        from corpus.read.read_tables import read_xlsx

        return FileText(name, *_with_kind("ledger", read_xlsx(raw, name, limits)))
    from corpus.read.read_docx import read_docx

    text, left_out, before = read_docx(raw, name, limits)
    return FileText(name, text, "word", left_out, before)


def _with_kind(kind: str, read: tuple[str, tuple[LeftOut, ...]]) -> tuple[str, str, tuple[LeftOut, ...]]:
    return read[0], kind, read[1]


def _plain(name: str, raw: bytes, suffix: str, limits: ReadLimits) -> FileText:
    if raw.startswith((*_ZIP, _PDF, OLE2)):
        raise UnusableInput(
            f"“{name}”的内容不是文本（是压缩包、PDF 或 Word 文件改了扩展名）。请改回正确的扩展名。",
            file=name,
            reason="renamed",
        )
    decoded = decode(raw, name)
    noted = (LeftOut("encoding", decoded.broken_bytes),) if decoded.broken_bytes else ()
    if suffix in (".html", ".htm"):
        # What its meta element says of the encoding is not asked: it is wrong as often as the words are unsure.
        article, hidden = read_html(decoded.text)
        return FileText(name, article, "page", (*noted, *hidden))
    if suffix == ".csv":
        from corpus.read.read_tables import read_csv

        return FileText(name, read_csv(decoded.text, name, limits), "ledger", noted)
    return FileText(name, decoded.text, "markdown" if suffix == ".md" else "text", noted)


def _sized(read: FileText, limits: ReadLimits) -> FileText:
    if len(read.text) > limits.max_chars:
        raise InputTooLarge(
            f"“{read.source}”有 {len(read.text):,} 个字符，上限是 {limits.max_chars:,}（ZHIBI_READ_MAX_CHARS）。"
            "请拆分后再试。",
            file=read.source,
            limit=limits.max_chars,
            reason="chars",
        )
    return read
