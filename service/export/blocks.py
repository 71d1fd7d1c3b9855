"""A draft as the paragraphs of a page: title, headings, text, each knowing where it stands in the whole text. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.export.headings import heading_level

# Marks that turn the direction of writing: in a Chinese report they only serve to show another figure than is there.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph. `style` is Title, Heading 1, Heading 2 or Normal; `start` the offset of `raw` in the whole text,
    which holds characters a page cannot."""

    style: str
    raw: str
    start: int

    @property
    def text(self) -> str:
        """What is printed of it."""
        return printable(self.raw)

    def place(self, offset: int) -> int:
        """Where the offset of the whole text falls in the printed paragraph, at its ends where it is outside."""
        return len(printable(self.raw[: max(0, offset - self.start)]))


def blocks_of(title: str, sections: Sequence[tuple[str, str]]) -> list[Block]:
    """The paragraphs of a draft in order; empty lines give none. `sections` are (heading with its number or "", text).

    Offsets are those of title, headings and texts joined by line breaks, as a draft's text is. Pure.
    """
    found = [Block("Title", title, 0)] if title else []
    at = len(title)
    for heading, text in sections:
        if heading:
            found.append(Block("Heading 1", heading, at + 1))
            at += 1 + len(heading)
        at += 1
        for line in text.split("\n"):
            plain = line.strip()
            if printable(plain).strip():
                level = heading_level(printable(plain))
                style = f"Heading {level}" if level else "Normal"
                found.append(Block(style, plain, at + len(line) - len(line.lstrip())))
            at += len(line) + 1
        at -= 1
    return found


def printable(text: str) -> str:
    """The text without the characters that XML 1.0 refuses and without marks that turn the direction. Pure."""
    return "".join(one for one in text if _is_printed(one))


def _is_printed(one: str) -> bool:
    if one in "\t\n":
        return True
    return one >= " " and not "\ud800" <= one <= "\udfff" and one not in "\ufffe\uffff" and one not in _TURNING
