"""Files made for the tests of reading: Word files, workbooks, PDF pages and archives of our own words."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import docx
import openpyxl
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph


def archive(parts: Mapping[str, bytes], *, encoding: str | None = None) -> bytes:
    """A .zip of `parts`; with `encoding` their names are written as old Windows programs write them, without a flag."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as written:
        for name, raw in parts.items():
            written.writestr(zipfile.ZipInfo(name), raw, zipfile.ZIP_DEFLATED)
    raw_zip = buffer.getvalue()
    if encoding is None:
        return raw_zip
    return _with_names(parts, encoding)


def _with_names(parts: Mapping[str, bytes], encoding: str) -> bytes:
    """Names are written as ASCII of the same length first, then replaced byte by byte in both directories."""
    stand_ins = {name: f"{place:0{len(name.encode(encoding))}d}" for place, name in enumerate(parts)}
    raw_zip = archive({stand_ins[name]: raw for name, raw in parts.items()})
    for name, stand_in in stand_ins.items():
        raw_zip = raw_zip.replace(stand_in.encode(), name.encode(encoding))
    return raw_zip


def spoiled(raw: bytes, locked: str, broken: str) -> bytes:
    """The archive `raw` with one part under a password, as its flags say, and one whose bytes are not its own."""
    changed = bytearray(raw)
    with zipfile.ZipFile(io.BytesIO(raw)) as written:
        changed[written.getinfo(broken).header_offset + 30 + len(broken.encode())] ^= 0xFF
    in_directory = raw.rindex(locked.encode()) - 46
    changed[in_directory + 8] |= 1
    return bytes(changed)


def word(*paragraphs: str) -> bytes:
    """A Word file of plain paragraphs."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def old_word(folder: Path, *paragraphs: str) -> bytes:
    """The same as a .doc, written by LibreOffice (`make office`)."""
    source = folder / "old.docx"
    source.write_bytes(word(*paragraphs))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    wanted = ["--headless", "--convert-to", "doc:MS Word 97", "--outdir", str(folder), str(source)]
    subprocess.run(["soffice", profile, *wanted], check=True, capture_output=True, timeout=120)
    return source.with_suffix(".doc").read_bytes()


def saved(document: Any) -> bytes:
    """The bytes of a document of python-docx, or of a workbook of openpyxl."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def workbook(**sheets: Sequence[Sequence[Any]]) -> Any:
    """A workbook with these sheets, for further changes; `saved` gives its bytes."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    return book


def pdf(pages: Sequence[Sequence[tuple[float, float, str]]], *, closed: bool = True, scanned: bool = False) -> bytes:
    """A .pdf with text at places: (points from the left, points from the foot, words), 16 points high, A4; `scanned`
    lays a picture under all of each page.

    The characters need no font file: a built-in CJK font's name and a table from codes to Unicode are enough to read.
    """
    objects: list[bytes] = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"",
        b"<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/FontDescriptor 5 0 R>>",
        b"<</Type/FontDescriptor/FontName/SimSun/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 900"
        b"/Descent -200/CapHeight 800/StemV 80>>",
    ]
    kids = []
    for page in pages:
        picture = b"q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q\n" if scanned else b""
        drawn = picture + b"".join(
            b"BT /F 16 Tf %.1f %.1f Td <%s> Tj ET\n" % (x, y, words.encode("utf-16-be").hex().encode())
            for x, y, words in page
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F 3 0 R>>>>>>"
            % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    return _numbered(objects, closed)


def _numbered(objects: Sequence[bytes], closed: bool) -> bytes:
    written, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % place for place in places)
    written += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n" % (len(objects) + 1, start)
    return bytes(written) + (b"%%EOF\n" if closed else b"")


def strike_out(paragraph: Paragraph, text: str) -> None:
    """Adds a tracked deletion, as Word keeps one until it is accepted."""
    deletion = OxmlElement("w:del")
    deletion.set(qn("w:author"), "审稿")
    run = OxmlElement("w:r")
    deleted = OxmlElement("w:delText")
    deleted.text = text
    run.append(deleted)
    deletion.append(run)
    paragraph._p.append(deletion)


def write(folder: Path, name: str, raw: bytes) -> Path:
    """The path of a new file."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
    return path
