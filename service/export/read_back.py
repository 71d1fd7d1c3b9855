"""A draft read back from a Word file, and what a person changed in it. Pure.

The words come from the reader of files, with `#` before headings; its view accepts every tracked change.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from service.export.annex import ANNEX_TITLE
from service.export.blocks import Block
from service.export.changes import ChangedBlock, changed_blocks
from service.export.headings import heading_level
from service.language.differences import PieceKind

_MARK = re.compile(r"(#{1,6}) (.*)")
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]*[”’）】]*")
_WORDS = {"same": "changed", "removed": "removed", "added": "added"}


@dataclass(frozen=True, slots=True)
class WordDraft:
    """A draft as a Word file holds it: title, and (heading or "", text) a section."""

    title: str
    sections: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """The whole text: title, headings and texts joined by line breaks."""
        lines = [self.title] if self.title else []
        for heading, text in self.sections:
            lines += [one for one in (heading, text) if one]
        return "\n".join(lines)


def draft_from_word(text: str) -> WordDraft:
    """The draft in the `text` of a Word file. The annex that an export added is no part of it. Pure.

    Where the file has no heading styles, its first line is the title and 一、… are the headings.
    """
    lines = [line.strip() for line in _without_annex(text.split("\n"))]
    lines = [line for line in lines if line]
    has_marks = any(_MARK.fullmatch(line) for line in lines)
    title = ""
    sections: list[tuple[str, list[str]]] = [("", [])]
    for place, line in enumerate(lines):
        found = _MARK.fullmatch(line)
        plain = found[2] if found else line
        level = len(found[1]) if found else 0 if has_marks else heading_level(line)
        if place == 0 and (level == 1 or not has_marks) and not plain.endswith(("。", "；")):
            title = plain
        elif level == 1:
            sections.append((plain, []))
        else:
            sections[-1][1].append(plain)
    filled = [(heading, "\n".join(body)) for heading, body in sections]
    return WordDraft(title, tuple(one for one in filled if one[0] or one[1]))


def changed_sentences(before: str, after: str) -> list[dict[str, Any]]:
    """What changed from one text to the other, sentence by sentence, in reading order; what stayed is left out. Pure.

    Each is {kind: changed|added|removed, before, after, start}: `start` is its place in `after`, null where it is gone.
    """
    rows = changed_blocks(_sentences(before), _sentences(after))
    return [_row(one) for one in rows if any(piece.kind is not PieceKind.SAME for piece in one.pieces)]


def _row(one: ChangedBlock) -> dict[str, Any]:
    old = "".join(piece.text for piece in one.pieces if piece.kind is not PieceKind.ADDED)
    new = "".join(piece.text for piece in one.pieces if piece.kind is not PieceKind.REMOVED)
    start = None if one.fate is PieceKind.REMOVED else one.block.start
    return {"kind": _WORDS[one.fate], "before": old or None, "after": new or None, "start": start}


def _sentences(text: str) -> list[Block]:
    found = ((one.group().strip(), one) for one in _SENTENCE.finditer(text))
    return [
        Block("Normal", words, one.start() + len(one.group()) - len(one.group().lstrip()))
        for words, one in found
        if words
    ]


def _without_annex(lines: Sequence[str]) -> Sequence[str]:
    for place, line in enumerate(lines):
        if line.lstrip("# ").strip() == ANNEX_TITLE:
            kept = place - 1 if place and lines[place - 1].lstrip("# ").strip() == "附件" else place
            return lines[:kept]
    return lines
