"""The numbers Word writes before a paragraph by itself: 一、 and （一） that stand nowhere in the paragraph's text."""

from __future__ import annotations

import re
from typing import Any

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_CHINESE = ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital", "taiwaneseCounting")
_LEVELS = 9


class AutoNumbers:
    """Counts the numbered paragraphs of one document as Word does."""

    def __init__(self, numbering: Any, style_numbers: dict[str, tuple[str, int]]) -> None:
        """`numbering` is the root of the part word/numbering.xml, or None; `style_numbers` the list and level that a
        paragraph style brings."""
        self._styles = style_numbers
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._lists: dict[str, str] = {}
        self._counts: dict[str, list[int]] = {}
        if numbering is not None:
            self._read(numbering)

    def _read(self, numbering: Any) -> None:
        for abstract in numbering.iterchildren(f"{_WORD}abstractNum"):
            levels = {}
            for level in abstract.iterchildren(f"{_WORD}lvl"):
                form, text, start = (_value(level, name) for name in ("numFmt", "lvlText", "start"))
                levels[_number(level.get(f"{_WORD}ilvl"))] = (form or "decimal", text or "", _number(start, 1))
            self._levels[abstract.get(f"{_WORD}abstractNumId") or ""] = levels
        for one in numbering.iterchildren(f"{_WORD}num"):
            self._lists[one.get(f"{_WORD}numId") or ""] = _value(one, "abstractNumId") or ""

    def before(self, paragraph: Any) -> str:
        """The number Word shows before `paragraph`; "" where it shows none, or a bullet."""
        named = _own_number(paragraph) or self._of_style(paragraph)
        if named is None or named[0] not in self._lists:
            return ""
        abstract, level = self._lists[named[0]], min(named[1], _LEVELS - 1)
        levels = self._levels.get(abstract, {})
        if level not in levels:
            return ""
        counts = self._counts.setdefault(abstract, [0] * _LEVELS)
        counts[level] = counts[level] + 1 if counts[level] else levels[level][2]
        counts[level + 1 :] = [0] * (_LEVELS - level - 1)
        if levels[level][0] in ("bullet", "none"):
            return ""

        def shown(found: re.Match[str]) -> str:
            place = int(found[1]) - 1
            form, _, start = levels.get(place, ("decimal", "", 1))
            return _written(counts[place] or start, form)

        return re.sub(r"%([1-9])", shown, levels[level][1])

    def _of_style(self, paragraph: Any) -> tuple[str, int] | None:
        style = paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")
        return None if style is None else self._styles.get(style.get(f"{_WORD}val") or "")


def style_numbers(styles: Any) -> dict[str, tuple[str, int]]:
    """Style id → list and level, of the root of the part word/styles.xml. Pure."""
    found = {}
    for style in styles.iterchildren(f"{_WORD}style"):
        if named := _own_number(style):
            found[style.get(f"{_WORD}styleId") or ""] = named
    return found


def _own_number(element: Any) -> tuple[str, int] | None:
    numbered = element.find(f"{_WORD}pPr/{_WORD}numPr")
    if numbered is None:
        return None
    list_id = _value(numbered, "numId")
    return (list_id, _number(_value(numbered, "ilvl"))) if list_id else None


def _value(element: Any, name: str) -> str | None:
    child = element.find(f"{_WORD}{name}")
    return None if child is None else child.get(f"{_WORD}val")


def _number(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else otherwise


def _written(number: int, form: str) -> str:
    if form in _CHINESE:
        return _in_chinese(number)
    if form == "lowerLetter" and 1 <= number <= 26:
        return chr(ord("a") + number - 1)
    if form == "upperLetter" and 1 <= number <= 26:
        return chr(ord("A") + number - 1)
    if form == "decimalEnclosedCircle" and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    return str(number)


def _in_chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:
        return str(number)
    return ("" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十") + (_DIGITS[ones] if ones else "")
