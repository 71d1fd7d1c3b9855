"""What a file is: by its first bytes and what stands inside, and only then by what it is called. Pure.

People rename (a .docx that WeChat calls .pdf, a web page that a platform exports as .xls), so the name is asked only
where the content does not tell.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

from corpus.read.decode import is_chinese_text

READABLE_SUFFIXES = (".txt", ".md", ".docx", ".doc", ".pdf", ".html", ".htm", ".xlsx", ".csv", ".zip")
# Documents people keep beside the others; each is refused with what to do, instead of being passed over in silence.
OTHER_FORMS = {
    ".docm": "带有宏的 Word 文件，请另存为 .docx",
    ".dotm": "带有宏的 Word 模板，请另存为 .docx",
    ".xlsm": "带有宏的 Excel 文件，请另存为 .xlsx",
    ".xls": "旧版 Excel 文件，请另存为 .xlsx",
    ".et": "WPS 表格文件，请另存为 .xlsx",
    ".wps": "WPS 文字文件，请另存为 .docx",
    ".rtf": "RTF 文件，请另存为 .docx",
    ".odt": "OpenDocument 文件，请另存为 .docx",
    ".ods": "OpenDocument 表格，请另存为 .xlsx",
    ".ofd": "OFD 版式文件，请另存为 .docx 或带文字的 .pdf",
    ".ppt": "旧版演示文稿，请把文字另存为 .docx",
    ".pptx": "演示文稿，请把文字另存为 .docx",
    ".mht": "网页归档文件，请用浏览器或 Word 打开并另存为 .html 或 .docx",
    ".mhtml": "网页归档文件，请用浏览器或 Word 打开并另存为 .html 或 .docx",
    ".rar": "RAR 压缩包，请解压，或改为 .zip",
    ".7z": "7z 压缩包，请解压，或改为 .zip",
}
# What only content tells: nobody expects a photograph in a folder to be read, but one that is called .pdf.
_OF_CONTENT = {
    "picture": "图片，里面没有文字，请用文字识别（OCR）软件转成 Word",
    "gzip": "gzip 压缩文件，请解压，或改为 .zip",
    "program": "程序，请确认选对了文件",
    "office": "旧版 Office 文件，请用 Word 或 Excel 打开并另存为 .docx 或 .xlsx",
    "word-xml": "Word 2003 XML 文档，请用 Word 打开并另存为 .docx",
    "excel-xml": "Excel 2003 XML 表格，请用 Excel 打开并另存为 .xlsx",
}
_CALLED = {
    ".txt": "纯文本",
    ".docx": "Word 文档（.docx）",
    ".doc": "旧版 Word 文档（.doc）",
    ".xlsx": "Excel 表格（.xlsx）",
    ".pdf": "PDF 文件",
    ".html": "网页",
    ".zip": "压缩包（.zip）",
}
# A name that promises programs is believed, whatever is inside.
_BY_NAME = (".docm", ".dotm", ".xlsm")
# These are read without a parser that a hostile file could exhaust.
_PLAIN_SUFFIXES = (".txt", ".md", ".csv")
_PAGES = (".html", ".htm")

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_BEGINNINGS = (
    (b"%PDF", ".pdf"),
    (b"{\\rtf", ".rtf"),
    (b"Rar!", ".rar"),
    (b"7z\xbc\xaf\x27\x1c", ".7z"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"\x1f\x8b\x08", "gzip"),
)
# Names of streams in the directory of an OLE2 file.
_STREAMS = (("WordDocument", ".doc"), ("Workbook", ".xls"), ("Book", ".xls"), ("PowerPoint Document", ".ppt"))
_PARTS = (
    ("word/document.xml", ".docx"),
    ("xl/workbook.xml", ".xlsx"),
    ("ppt/presentation.xml", ".pptx"),
    ("OFD.xml", ".ofd"),
)
_BEFORE_MARKUP = rb"(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?"
_PAGE = re.compile(_BEFORE_MARKUP + rb"<(?:!doctype html|html)[\s>]", re.DOTALL)
# What a platform exports as .xls may be no more than a table; a .md may begin with one.
_PART_OF_PAGE = re.compile(_BEFORE_MARKUP + rb"<(?:head|body|table)[\s>]", re.DOTALL)
_HEAD_BYTES = 4_096


@dataclass(frozen=True, slots=True)
class Form:
    """What a file is. `suffix` says how it is read, "" where by nothing; `told` names it for people, with what to do
    where it is not read; `renamed` where its name says something else."""

    suffix: str
    told: str
    renamed: bool


def suffix_of(name: str) -> str:
    """The ending of a file's name in lower case, with its dot. Pure."""
    return PurePosixPath(name.lower()).suffix


def is_plain(name: str, raw: bytes) -> bool:
    """True where a file is read without any parser. Pure."""
    return suffix_of(name) in _PLAIN_SUFFIXES and not _by_beginning(suffix_of(name), raw)


def form_of(name: str, raw: bytes) -> Form:
    """What the file `name` with the bytes `raw` is. Pure."""
    named = suffix_of(name)
    found = "" if named in _BY_NAME else _of_content(named, raw)
    if not found or found == named or (found in _PAGES and named in _PAGES):
        readable = named if named in READABLE_SUFFIXES else ""
        return Form(readable, OTHER_FORMS.get(named, ""), renamed=False)
    told = _CALLED.get(found) or OTHER_FORMS.get(found) or _OF_CONTENT[found]
    return Form(found if found in READABLE_SUFFIXES else "", told, renamed=True)


def _of_content(named: str, raw: bytes) -> str:
    """The suffix that the content deserves, a word of `_OF_CONTENT`, or "" where it does not tell."""
    found = _by_beginning(named, raw)
    if found == ".zip":
        return _of_archive(named, raw)
    if found == "office":
        return _of_streams(named, raw)
    if found:
        return found
    # A Word file of words alone is a text that someone renamed; a page may begin with anything.
    has_parser = named in READABLE_SUFFIXES and named not in (*_PLAIN_SUFFIXES, *_PAGES)
    return ".txt" if has_parser and is_chinese_text(raw) else ""


def _by_beginning(named: str, raw: bytes) -> str:
    for mark, form in _BEGINNINGS:
        if raw.startswith(mark):
            return form
    if raw.startswith(_ZIP):
        return ".zip"
    if raw.startswith(OLE2):
        return "office"
    if (raw.startswith(b"RIFF") and raw[8:12] == b"WEBP") or (raw.startswith(b"BM") and raw[6:10] == b"\0" * 4):
        return "picture"
    if raw.startswith((b"MZ", b"\x7fELF")) and b"\0" in raw[:64]:
        return "program"
    head = raw[:_HEAD_BYTES].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith(b"<?xml") and b"word.document" in head:
        return "word-xml"
    if head.startswith(b"<?xml") and b"excel.sheet" in head:
        return "excel-xml"
    if head.startswith((b"mime-version:", b"from: <saved by")) and b"multipart/related" in head:
        return ".mht"
    is_page = _PAGE.match(head) or (named not in _PLAIN_SUFFIXES and _PART_OF_PAGE.match(head))
    return ".html" if is_page else ""


def _of_archive(named: str, raw: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = set(archive.namelist())
            kind = archive.read("mimetype")[:80] if "mimetype" in parts and "content.xml" in parts else b""
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError, KeyError, RuntimeError):
        # Cut short or damaged: its own reader says so.
        return named if named in (".docx", ".xlsx", ".zip") else ".zip"
    if kind:
        return ".ods" if b"spreadsheet" in kind else ".odt"
    # An archive that holds the folders of someone's unpacked document is an archive; a document begins with its types.
    found = next((form for part, form in _PARTS if part in parts), "")
    if found and (found == named or "[Content_Types].xml" in parts or found == ".ofd"):
        return found
    return named if named in (".docx", ".xlsx") and "[Content_Types].xml" in parts else ".zip"


def _of_streams(named: str, raw: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in raw:
        # A new document behind a password; its reader says so.
        return named if named in (".docx", ".xlsx", ".doc") else ".docx"
    return next((form for stream, form in _STREAMS if (stream + "\0").encode("utf-16-le") in raw), "office")
