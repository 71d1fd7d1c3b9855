"""The share of the layout rules of GB/T 9704 that the draft's Word file keeps, read from the file's own parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from eval.cases import Case
from eval.measures.measure import Measure
from eval.trial import Trial
from service.domain.draft import Draft

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TWENTIETHS_A_MILLIMETRE = 1440 / 25.4
_PAGE = {"w": 210, "h": 297}  # millimetres
_MARGINS = {"top": 37, "bottom": 35, "left": 28, "right": 26}


def _score(case: Case, trial: Trial) -> float | None:
    if trial.word is None:
        return None
    kept = list(rules_kept(trial.word, trial.draft))
    return sum(kept) / len(kept)


def rules_kept(word: bytes, draft: Draft) -> Iterator[bool]:
    """For each rule whether the file keeps it; one False where it is no Word file."""
    try:
        with ZipFile(BytesIO(word)) as file:
            body = ElementTree.fromstring(file.read("word/document.xml"))
            styles = ElementTree.fromstring(file.read("word/styles.xml"))
            footers = [
                file.read(name).decode() for name in file.namelist() if "footer" in name and name.endswith(".xml")
            ]
    except (BadZipFile, KeyError, ElementTree.ParseError):
        yield False
        return
    yield from _page(body)
    yield from _faces(styles)
    yield sum("PAGE" in one for one in footers) >= 2  # odd and even pages have their own
    yield from _paragraphs(body, draft)


def _page(body: ElementTree.Element) -> Iterator[bool]:
    size, margins = next(body.iter(f"{_W}pgSz"), None), next(body.iter(f"{_W}pgMar"), None)
    for side, millimetres in _PAGE.items():
        yield size is not None and _near(size.get(f"{_W}{side}"), millimetres)
    for side, millimetres in _MARGINS.items():
        yield margins is not None and _near(margins.get(f"{_W}{side}"), millimetres)


def _near(twentieths: str | None, millimetres: int) -> bool:
    return twentieths is not None and abs(int(twentieths) - millimetres * _TWENTIETHS_A_MILLIMETRE) < 12


def _faces(styles: ElementTree.Element) -> Iterator[bool]:
    """Body in 仿宋 3号 with lines of a fixed height, headings in 黑体 and 楷体, the title in 小标宋 2号."""
    for name, face, half_points in (
        ("Normal", "仿宋", "32"),
        ("heading 1", "黑体", "32"),
        ("heading 2", "楷体", "32"),
        ("Title", "小标宋", "44"),
    ):
        style = _style(styles, name)
        fonts, size = (_first(style, "rFonts"), _first(style, "sz"))
        yield fonts is not None and face in str(fonts.get(f"{_W}eastAsia"))
        yield size is not None and size.get(f"{_W}val") == half_points
    spacing = next((one for one in _all(_style(styles, "Normal"), "spacing") if one.get(f"{_W}line")), None)
    yield spacing is not None and spacing.get(f"{_W}lineRule") == "exact"
    # 22 lines of the type area, 225 mm high: between 28 and 29.1 points each.
    yield spacing is not None and 560 <= int(str(spacing.get(f"{_W}line"))) <= 582
    indent = _first(_style(styles, "Normal"), "ind")
    yield indent is not None and indent.get(f"{_W}firstLineChars") == "200"


def _style(styles: ElementTree.Element, name: str) -> ElementTree.Element | None:
    for style in styles.iter(f"{_W}style"):
        named = style.find(f"{_W}name")
        if named is not None and str(named.get(f"{_W}val")).lower() == name.lower():
            return style
    return None


def _all(style: ElementTree.Element | None, name: str) -> list[ElementTree.Element]:
    return [] if style is None else list(style.iter(f"{_W}{name}"))


def _first(style: ElementTree.Element | None, name: str) -> ElementTree.Element | None:
    return next(iter(_all(style, name)), None)


def _paragraphs(body: ElementTree.Element, draft: Draft) -> Iterator[bool]:
    """Every heading is a real heading, and the words are the draft's, all of them."""
    rows = [
        ("".join(part.text or "" for part in row.iter(f"{_W}t")), next(row.iter(f"{_W}pStyle"), None))
        for row in body.iter(f"{_W}p")
    ]
    styled = {text: "" if style is None else str(style.get(f"{_W}val")) for text, style in rows}
    for section in draft.sections:
        if section.heading:
            yield styled.get(section.heading, "") in ("Heading1", "1")
    yield re.sub(r"\s", "", "".join(text for text, _ in rows)) == re.sub(r"\s", "", draft.text)


WORD_FORMAT = Measure(
    name="word_format",
    chinese="公文版式",
    unit="share",
    higher_is_better=True,
    sees="page, margins, faces, sizes, line height, indent, page numbers, heading styles and words in the file's XML",
    blind_to="how a writer lays the pages out: lines and characters on a page, missing fonts",
    score=_score,
    highest=1.0,
)
