"""The bytes of one file as documents, by what the file is and not only by what it is called."""

from __future__ import annotations

from dataclasses import replace

from corpus.read.decode import decode
from corpus.read.forms import OLE2, OTHER_FORMS, READABLE_SUFFIXES, Form, form_of, suffix_of
from corpus.read.limits import ReadLimits
from corpus.read.margins import without_margins
from corpus.read.read_doc import read_doc, refuse_locked
from corpus.read.read_html import read_html
from corpus.read.read_zip import read_zip
from corpus.read.values import FileText, Refused
from service.domain.errors import InputTooLarge, UnusableInput
from service.domain.page import LeftOut

TRIED_SUFFIXES = (*READABLE_SUFFIXES, *OTHER_FORMS)


def read_documents(name: str, raw: bytes, limits: ReadLimits) -> list[FileText | Refused]:
    """The documents in the file `name`: one, or those of an archive in the order of their names. Never empty.

    A refusal stands in the list as Refused; nothing is raised. Pure but for .doc files, which a system tool reads.
    """
    try:
        form = form_of(name, raw)
        if form.suffix == ".zip" and raw:
            return read_zip(raw, name, limits, TRIED_SUFFIXES, read_documents)
        return [_sized(_read(name, raw, form, limits), limits)]
    except UnusableInput as refused:
        reason = str(refused.detail.get("reason", ""))
        return [Refused(name, refused.message, reason, isinstance(refused, InputTooLarge))]


def _read(name: str, raw: bytes, form: Form, limits: ReadLimits) -> FileText:
    if not raw and suffix_of(name) in TRIED_SUFFIXES:
        raise UnusableInput(f"“{name}”是空文件。请确认选对了文件。", file=name, reason="empty")
    if not form.suffix and form.told:
        what = "的扩展名与内容不符，它其实" if form.renamed else ""
        raise UnusableInput(f"“{name}”{what}是{form.told}，然后再试。", file=name, reason="format")
    if not form.suffix:
        raise UnusableInput(
            f"“{name}”的格式不支持。可读取：{'、'.join(READABLE_SUFFIXES)}。请另存为其中一种后再试。",
            file=name,
            reason="format",
        )
    read = _by_form(name, raw, form.suffix, limits)
    if not read.text.strip():
        raise UnusableInput(f"“{name}”里没有可读的文字（可能只有图片）。请提供文字版。", file=name, reason="empty")
    if form.renamed:
        return replace(read, left_out=(LeftOut("renamed", 1, form.told), *read.left_out))
    return read


def _by_form(name: str, raw: bytes, suffix: str, limits: ReadLimits) -> FileText:
    if suffix in (".docx", ".xlsx"):
        return _office(name, raw, suffix, limits)
    if suffix == ".doc":
        return FileText(name, *_with_kind("word", read_doc(raw, name, limits)))
    if suffix == ".pdf":
        from corpus.read.read_pdf import read_pdf

        return FileText(name, *_with_kind("pdf", read_pdf(raw, name, limits)))
    return _plain(name, raw, suffix, limits)


def _office(name: str, raw: bytes, suffix: str, limits: ReadLimits) -> FileText:
    if raw.startswith(OLE2):
        refuse_locked(raw, name)
    if suffix == ".xlsx":
        from corpus.read.read_tables import read_xlsx

        return FileText(name, *_with_kind("ledger", read_xlsx(raw, name, limits)))
    from corpus.read.read_docx import read_docx

    text, left_out, before = read_docx(raw, name, limits)
    return FileText(name, text, "word", left_out, before)


def _with_kind(kind: str, read: tuple[str, tuple[LeftOut, ...]]) -> tuple[str, str, tuple[LeftOut, ...]]:
    return read[0], kind, read[1]


def _plain(name: str, raw: bytes, suffix: str, limits: ReadLimits) -> FileText:
    decoded = decode(raw, name)
    noted = (LeftOut("encoding", decoded.broken_bytes),) if decoded.broken_bytes else ()
    if suffix in (".html", ".htm"):
        # What its meta element says of the encoding is not asked: it is wrong as often as the words are unsure.
        article, hidden = read_html(decoded.text)
        text, margins = without_margins(article)
        return FileText(name, text, "page", (*noted, *hidden, *margins))
    if suffix == ".csv":
        from corpus.read.read_tables import read_csv

        return FileText(name, read_csv(decoded.text, name, limits), "ledger", noted)
    text, margins = without_margins(decoded.text)
    return FileText(name, text, "markdown" if suffix == ".md" else "text", (*noted, *margins))


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
