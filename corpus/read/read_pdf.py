"""The text of a .pdf: broken lines rejoined, headers, footers and page numbers gone. pypdfium2 is imported here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from corpus.read.limits import ReadLimits
from corpus.read.rejoin import PageLine, rejoined
from corpus.read.values import left_out
from service.domain.errors import InputTooLarge, UnusableInput
from service.domain.page import LeftOut

# Kinds of annotation that carry a person's words (text, free text, highlight, underline, squiggly, strike-out, stamp).
_COMMENT_KINDS = frozenset((1, 3, 9, 10, 11, 12, 13))
# Less than this on a page is a stamp or a number on a scan.
_LEAST_CHARS_OF_A_PAGE = 8
# A picture of this much of a page, and no more words beside it, is a scan.
_SCAN_COVERS, _MOST_CHARS_BESIDE_A_SCAN = 0.5, 120
_EDGE_LINES = 2
_SAME_HEIGHT = 0.02  # of the page's height
_PAGE_NUMBER = re.compile(
    r"[-—–―－_·•~\s]{0,4}(?:第\s?)?(\d{1,4})(?:\s?页)?(?:\s?[,，/／]?\s?(?:共|of)?\s?\d{1,4}\s?页?)?[-—–―－_·•~\s]{0,4}",
    re.IGNORECASE,
)
_DRESSED = re.compile(r"[-—–―－页/／]")
# Fonts without a table of characters give private or unknown ones.
_UNREADABLE = re.compile(r"[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f]")
_MOST_UNREADABLE = 0.2


def read_pdf(raw: bytes, name: str, limits: ReadLimits) -> tuple[str, tuple[LeftOut, ...]]:
    """The paragraphs of a .pdf as lines, and what was left out of it.

    What stands at the same height of several pages is a header or footer; page numbers are left out. Raises
    UnusableInput for a scan, a password, a truncated file or fonts without characters, InputTooLarge for too many
    pages.
    """
    if not raw.startswith(b"%PDF") or b"%%EOF" not in raw[-4_096:]:
        raise _damaged(name)
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as refused:
        if "password" in str(refused).lower():
            raise UnusableInput(
                f"“{name}”设置了打开密码，无法读取。请去掉密码后再试。", file=name, reason="encrypted"
            ) from refused
        raise _damaged(name) from refused
    try:
        if len(document) > limits.max_pages:
            raise InputTooLarge(
                f"“{name}”有{len(document)}页，上限是{limits.max_pages}页（ZHIBI_READ_MAX_PAGES）。请拆分后再试。",
                file=name,
                reason="pages",
            )
        pages = [_lines_of(document[number]) for number in range(len(document))]
        pictures = frozenset(number for number in range(len(document)) if _is_picture(document[number], pages[number]))
        comments = [word for number in range(len(document)) for word in _comments(document[number])]
    except pdfium.PdfiumError as broken:
        raise _damaged(name) from broken
    finally:
        document.close()
    return _put_together(pages, pictures, comments, name)


def _put_together(
    pages: list[list[PageLine]], pictures: frozenset[int], comments: list[str], name: str
) -> tuple[str, tuple[LeftOut, ...]]:
    empty = [
        number + 1 for number, page in enumerate(pages) if number in pictures or _letters(page) < _LEAST_CHARS_OF_A_PAGE
    ]
    if not pages or len(empty) == len(pages):
        raise UnusableInput(
            f"“{name}”是扫描件或图片，没有可读的文字。请先用文字识别（OCR）软件转成 Word 或带文字的 PDF，再试。",
            file=name,
            reason="scan",
        )
    whole = "".join(line.text for page in pages for line in page)
    if len(_UNREADABLE.findall(whole)) > _MOST_UNREADABLE * len(whole):
        raise UnusableInput(
            f"“{name}”的字体没有附带文字信息，读出来是乱码。请用原来的 Word 文件，或用文字识别（OCR）软件转换后再试。",
            file=name,
            reason="fonts",
        )
    numbers = _page_numbers(pages)
    furniture = _furniture(pages) - numbers
    body = [
        [line for place, line in enumerate(page) if (number, place) not in numbers | furniture]
        for number, page in enumerate(pages)
    ]
    headers = dict.fromkeys(pages[number][place].text for number, place in sorted(furniture))
    found = [
        *left_out("comment", comments),
        *_counted("header", list(headers), len(furniture)),
        *_counted("page_number", [], len(numbers)),
        *_counted("picture_page", [f"第{'、'.join(map(str, empty[:20]))}页"] if empty else [], len(empty)),
    ]
    return "\n".join(rejoined(body)), tuple(found)


def _letters(page: Sequence[PageLine]) -> int:
    return sum(len(line.text) for line in page)


def _is_picture(page: Any, lines: Sequence[PageLine]) -> bool:
    """True for a scan that a program printed a few words beside: its name, a date, 扫描全能王."""
    import pypdfium2.raw as raw

    try:
        if _letters(lines) > _MOST_CHARS_BESIDE_A_SCAN:
            return False
        whole = page.get_width() * page.get_height()
        boxes = [one.get_bounds() for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)]
        # Some scanners cut a page into strips.
        covered: float = sum((right - left) * (top - bottom) for left, bottom, right, top in boxes)
        return covered > _SCAN_COVERS * float(whole)
    finally:
        page.close()


def _counted(kind: str, words: list[str], count: int) -> tuple[LeftOut, ...]:
    if not count:
        return ()
    return (LeftOut(kind, count, left_out(kind, words)[0].words if words else ""),)


def _lines_of(page: Any) -> list[PageLine]:
    """The lines of one page with their boxes, measured upwards from the foot of the page."""
    text_page = page.get_textpage()
    try:
        text = text_page.get_text_range()
        height = page.get_height()
        # Where a character has no width of its own, places in the text and places on the page part ways.
        has_places = len(text) == text_page.count_chars()
        lines: list[PageLine] = []
        at = 0
        for piece in re.split(r"(\r\n|\r|\n)", text):
            words = piece.strip()
            if words:
                first = at + len(piece) - len(piece.lstrip())
                box = _box(text_page, first, first + len(words) - 1) if has_places else None
                lines.append(PageLine(re.sub(r"[\ufffe\u0002\x00]", "", words), height, *(box or (0, 0, 0, 0))))
            at += len(piece)
        return _beside_each_other(lines)
    finally:
        text_page.close()
        page.close()


def _box(text_page: Any, first: int, last: int) -> tuple[float, float, float, float]:
    left, bottom, _, top = text_page.get_charbox(first, loose=True)
    _, lower, right, upper = text_page.get_charbox(last, loose=True)
    return left, min(bottom, lower), right, max(top, upper)


def _beside_each_other(lines: Sequence[PageLine]) -> list[PageLine]:
    """Cells of a table row come one by one; those on one height are one line."""
    joined: list[PageLine] = []
    for line in lines:
        before = joined[-1] if joined else None
        if before is not None and before.stands_left_of(line):
            joined[-1] = before.with_beside(line)
        else:
            joined.append(line)
    return joined


def _comments(page: Any) -> list[str]:
    import pypdfium2.raw as raw

    words = []
    for place in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, place)
        if note and raw.FPDFAnnot_GetSubtype(note) in _COMMENT_KINDS:
            size = raw.FPDFAnnot_GetStringValue(note, b"Contents", None, 0)
            buffer = (raw.FPDF_WCHAR * (size // 2 + 1))()
            raw.FPDFAnnot_GetStringValue(note, b"Contents", buffer, size)
            words.append(bytes(buffer).decode("utf-16-le", errors="replace").split("\0")[0])
        if note:
            raw.FPDFPage_CloseAnnot(note)
    page.close()
    return words


def _edges(page: Sequence[PageLine]) -> list[int]:
    """The places of the uppermost and lowest lines."""
    by_height = sorted(range(len(page)), key=lambda place: -page[place].top)
    return list(dict.fromkeys([*by_height[:_EDGE_LINES], *by_height[-_EDGE_LINES:]]))


def _page_numbers(pages: Sequence[Sequence[PageLine]]) -> set[tuple[int, int]]:
    """Places of lines at an edge that only count the pages: the same distance from the page's own number everywhere."""
    counting: dict[int, list[tuple[int, int]]] = {}
    dressed: set[tuple[int, int]] = set()
    for number, page in enumerate(pages):
        for place in _edges(page):
            if found := _PAGE_NUMBER.fullmatch(page[place].text):
                counting.setdefault(int(found[1]) - number, []).append((number, place))
                if _DRESSED.search(page[place].text) and len(page) > 1:
                    dressed.add((number, place))
    running = {one for places in counting.values() if len({page for page, _ in places}) > 1 for one in places}
    return running | dressed


def _furniture(pages: Sequence[Sequence[PageLine]]) -> set[tuple[int, int]]:
    """Places of lines that stand with the same words at the same height of at least 3 pages, or of 2 of 2."""
    words: Counter[tuple[str, int]] = Counter()
    places: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for number, page in enumerate(pages):
        for place in _edges(page):
            line = page[place]
            said = re.sub(r"\s", "", line.text).replace(str(number + 1), "#")
            key = (said, round(line.bottom / (line.page_height * _SAME_HEIGHT)) if line.page_height else 0)
            words[key] += 1
            places.setdefault(key, []).append((number, place))
    least = min(3, max(2, len(pages)))
    return {one for key, count in words.items() if count >= least for one in places[key]}


def _damaged(name: str) -> UnusableInput:
    return UnusableInput(
        f"“{name}”不是有效的 .pdf 文件，或文件已损坏、不完整。请重新下载或另存后再试。", file=name, reason="damaged"
    )
