"""The body of a version that was not written in one go: edited by a person, stopped half way, one section rewritten.

The text is put together again, sentences that did not change keep their note lines, and the whole is checked anew.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from service.domain.draft import DraftRequest
from service.domain.finding import CheckResult
from service.jobs.roles import CheckText, TextToCheck

_SENTENCE = re.compile(r"[^。！？\n]+[。！？]*[”’）]?")
_PLACEHOLDER = "【待补"


@dataclass(frozen=True, slots=True)
class PlainSection:
    """A heading with its number, or "", and the text under it."""

    heading: str
    text: str


def join_sections(title: str, sections: Sequence[PlainSection]) -> tuple[str, list[int]]:
    """The whole text, and where each section's own text starts in it. Pure."""
    text, starts = title, []
    for section in sections:
        if section.heading:
            text += f"\n{section.heading}"
        text += "\n"
        starts.append(len(text))
        text += section.text
    return text, starts


def put_together(
    title: str,
    sections: Sequence[PlainSection],
    request: DraftRequest,
    check: CheckText,
    before: Mapping[str, Any] | None = None,
    supplements: Sequence[str] | None = None,
) -> dict[str, Any]:
    """The public draft shape of these sections, checked; what did not change comes from the version `before`.

    `supplements` are answers to questions, a line each: they stand as further lines after the notes, which themselves
    are never changed. None keeps those of `before`.
    """
    text, starts = join_sections(title, sections)
    earlier = before or {}
    exemplars = list(earlier.get("exemplars", []))
    more = list(earlier.get("supplements", []) if supplements is None else supplements)
    names = (request.unit, request.period.chinese, request.period.label, request.title)
    result = check(
        TextToCheck(
            notes=notes_with(request.notes, more),
            draft=text,
            period=request.period,
            known=tuple(name for name in names if name),
            exemplar_ids=tuple((one["report_id"], one["heading"]) for one in exemplars),
        )
    )
    return {
        "id": earlier.get("id", ""),
        "genre": str(request.genre),
        "unit": request.unit,
        "period": request.period.label,
        "title": title,
        "text": text,
        "sections": [
            _section(section, start, _section_before(earlier, section), result)
            for section, start in zip(sections, starts, strict=True)
        ],
        "missing": [one for one in earlier.get("missing", []) if one["placeholder"] in text],
        "unused_notes": _unused(result, earlier, more, text),
        "supplements": more,
        "exemplars": exemplars,
        "check": result.to_json(),
        "provenance": dict(
            earlier.get("provenance", {"composer": "rules", "prompts": {}, "degraded": None, "usage": {}})
        ),
        # An edit of a draft that was stopped half way does not finish it.
        **({"stopped": earlier["stopped"]} if earlier.get("stopped") else {}),
    }


def notes_with(notes: str, supplements: Sequence[str]) -> str:
    """The notes with answers as further lines; line numbers of the notes stay. Pure."""
    if not supplements:
        return notes
    return notes + ("" if notes.endswith(("\n", "\r")) or not notes else "\n") + "\n".join(supplements)


def with_answers(
    section: Mapping[str, Any], missing: Sequence[Mapping[str, Any]], supplements: Sequence[str]
) -> dict[str, Any]:
    """The section with each placeholder whose question was answered before by that answer: what is written anew from
    the notes alone would ask again. Pure."""
    text, sentences = str(section["text"]), list(section.get("sentences", []))
    for row in missing:
        head, blank = f"{row['ask']}：", str(row["placeholder"])
        said = next((one.removeprefix(head) for one in reversed(supplements) if one.startswith(head)), "")
        at = text.find(blank) if said else -1
        if at < 0:
            continue
        end = at + len(blank)
        # An answer that is a sentence of its own ends like one.
        alone = text[:at].rstrip(" ")[-1:] in ("", *"。！？；\n") and text[end:].lstrip(" ")[:1] in ("", "\n")
        put = said + ("。" if alone and said[-1] not in "。！？；" else "")
        by = len(put) - len(blank)
        sentences = [one for one in sentences if one["end"] <= at or one["start"] >= end]
        sentences = [
            one if one["end"] <= at else {**one, "start": one["start"] + by, "end": one["end"] + by}
            for one in sentences
        ]
        text = text[:at] + put + text[end:]
    return {**section, "text": text, "sentences": sentences}


def _section_before(earlier: Mapping[str, Any], section: PlainSection) -> Mapping[str, Any]:
    every = earlier.get("sections", [])
    # A section written again has the heading of the one it replaces; its own text tells which of both it is.
    same = [one for one in every if one["text"] == section.text] or [
        one for one in every if one["heading"] == section.heading
    ]
    return dict(same[0]) if same else {}


def _section(section: PlainSection, start: int, before: Mapping[str, Any], result: CheckResult) -> dict[str, Any]:
    known: dict[str, tuple[list[int], str]] = {
        before["text"][one["start"] : one["end"]].strip(): (one["note_lines"], one["kind"])
        for one in before.get("sentences", [])
    }
    sentences = []
    for found in _SENTENCE.finditer(section.text):
        lines, kind = known.get(found.group().strip(), (None, "formula"))
        if lines is None:
            lines = _lines_under(start + found.start(), start + found.end(), result)
            kind = "placeholder" if _PLACEHOLDER in found.group() else "fact" if lines else "formula"
        sentences.append({"start": found.start(), "end": found.end(), "note_lines": lines, "kind": kind})
    return {
        "heading": section.heading,
        "text": section.text,
        "start": start,
        "composer": before.get("composer", "person") if before.get("text") == section.text else "person",
        "degraded": before.get("degraded"),
        "usage": dict(before.get("usage", {})),
        "made_from": before.get("made_from", ""),
        "sentences": sentences,
    }


def _lines_under(start: int, end: int, result: CheckResult) -> list[int]:
    claims = [one for one in (*result.passed, *result.findings) if start <= one.start < end]
    return sorted({proof.line for one in claims for proof in one.evidence if proof.line is not None})


def _unused(
    result: CheckResult, earlier: Mapping[str, Any], supplements: Collection[str], text: str
) -> list[dict[str, Any]]:
    """Unused lines as the checker sees them now, with the reason given when the draft was composed where it stands.

    An answer was put into the text word for word; the question before it was not, and its number may be another's too.
    """
    reasons = {one["line"]: one["reason"] for one in earlier.get("unused_notes", [])}
    return [
        {**one.to_json(), "reason": reasons.get(one.line, one.reason)}
        for one in result.unused_notes
        if not (one.text in supplements and one.text.partition("：")[2].strip("。") in text)
    ]
