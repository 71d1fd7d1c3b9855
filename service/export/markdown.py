"""A draft as Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.export.headings import heading_level

# Characters that would turn the words of a note into a heading, a list, a link or a tag.
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")
_LIST_START = re.compile(r"^([ \t]*)([-+]|\d{1,9}[.)])(?=[ \t]|$)")


def draft_markdown(title: str, sections: Sequence[tuple[str, str]]) -> str:
    """Title, headings and paragraphs; `sections` are (heading with its number or "", text). Pure.

    Text stays text: what Markdown would read as a sign is escaped.
    """
    blocks = [f"# {_escaped(title)}"] if title else []
    for heading, text in sections:
        if heading:
            blocks.append(f"## {_escaped(heading)}")
        for line in text.split("\n"):
            if not line.strip():
                continue
            level = heading_level(line)
            blocks.append(f"{'#' * (level + 1)} {_escaped(line.strip())}" if level else _paragraph(line))
    return "\n\n".join(blocks) + "\n"


def _paragraph(line: str) -> str:
    escaped = _escaped(line.strip())
    found = _LIST_START.match(escaped)
    if not found:
        return escaped
    # "1. 词" and "- 词" would start lists; the sign is kept, its meaning is not.
    mark = found.group(2)
    return found.group(1) + mark[:-1] + "\\" + mark[-1] + escaped[found.end() :]


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
