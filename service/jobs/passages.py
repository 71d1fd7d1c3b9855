"""A passage of a version put in other words: the title and sections with it in place. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.domain.errors import UnusableInput
from service.domain.text import Span
from service.jobs.versions import PlainSection


def with_passage(body: Mapping[str, Any], place: Span, words: str) -> tuple[str, list[PlainSection]]:
    """Title and sections of the draft shape `body` with `words` in `place`. Raises UnusableInput across sections."""
    title: str = body["title"]
    if place.end <= len(title):
        return _one_line(_spliced(title, place.start, place.end, words)), _sections(body)
    sections = _sections(body)
    for number, one in enumerate(body["sections"]):
        start, heading = one["start"], one["heading"]
        if start <= place.start and place.end <= start + len(one["text"]):
            text = _spliced(one["text"], place.start - start, place.end - start, words)
            sections[number] = PlainSection(heading, text)
            return title, sections
        above = start - len(heading) - 1
        if heading and above <= place.start and place.end <= above + len(heading):
            changed = _one_line(_spliced(heading, place.start - above, place.end - above, words))
            sections[number] = PlainSection(changed, one["text"])
            return title, sections
    raise UnusableInput("选中的文字须在同一节之内。请重新选择。", start=place.start, end=place.end)


def _sections(body: Mapping[str, Any]) -> list[PlainSection]:
    return [PlainSection(one["heading"], one["text"]) for one in body["sections"]]


def _spliced(text: str, start: int, end: int, words: str) -> str:
    return text[:start] + words + text[end:]


def _one_line(text: str) -> str:
    if not text.strip() or not text.isprintable():
        raise UnusableInput("标题须为一行可见文字。请检查后再保存。", field="replacement")
    return text
