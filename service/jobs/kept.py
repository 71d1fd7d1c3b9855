"""Sections that stay when the notes change: those made from the same facts, byte for byte, a person's edits too."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any

from service.domain.draft import DraftRequest
from service.domain.text import split_lines
from service.jobs.roles import CheckText
from service.jobs.versions import PlainSection, put_together, with_answers

_NAMES_A_LINE = re.compile(r"第[\d、]{1,60}行")


def kept_sections(before: Mapping[str, Any], notes_before: str, notes: str) -> dict[str, str]:
    """The sections of the version `before` by what they were made from, as finished steps of a run; their note lines
    are those of `notes`. A section that names a line whose number changed is not among them. Pure."""
    moved = _moved_lines(notes_before, notes)
    kept: dict[str, str] = {}
    for one in before["sections"]:
        lines = {line for sentence in one["sentences"] for line in sentence["note_lines"]}
        stands = all(line in moved for line in lines)
        if any(moved.get(line) != line for line in lines) and _NAMES_A_LINE.search(one["text"]):
            stands = False
        if one.get("made_from") and stands:
            kept[one["made_from"]] = json.dumps(_plain(one, moved, before), ensure_ascii=False)
    return kept


def with_kept(
    before: Mapping[str, Any], new: Mapping[str, Any], kept: Mapping[str, str], request: DraftRequest, check: CheckText
) -> dict[str, Any]:
    """The body `new` with the kept sections exactly as they were, the title and the answers to questions too."""
    texts = {key: json.loads(body)["text"] for key, body in kept.items()}
    told = before.get("supplements", [])
    written = [with_answers(one, new["missing"], told) for one in new["sections"]]
    sections = [PlainSection(one["heading"], texts.get(one["made_from"], one["text"])) for one in written]
    known = {**new, "sections": written, "supplements": told}
    return put_together(before["title"], sections, request, check, known)


def _moved_lines(notes_before: str, notes: str) -> dict[int, int]:
    """The new number of each line that is in both."""
    first = [line.text for line in split_lines(notes_before).lines]
    second = [line.text for line in split_lines(notes).lines]
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return {
        start + offset + 1: other + offset + 1
        for start, other, size in matcher.get_matching_blocks()
        for offset in range(size)
    }


def _plain(one: Mapping[str, Any], moved: Mapping[int, int], before: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "heading": one["heading"],
        "text": one["text"],
        "sentences": [
            [s["start"], s["end"], [moved[line] for line in s["note_lines"]], s["kind"]] for s in one["sentences"]
        ],
        "composer": one["composer"],
        "degraded": one.get("degraded"),
        "missing": [row for row in before["missing"] if row["placeholder"] in one["text"]],
        "usage": {},
    }
