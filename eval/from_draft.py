"""An approved draft as a case: its notes, what it states as expected facts, its text as reference; nobody named."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.domain.genre import UnitType
from service.domain.text import split_lines
from service.language.name_lists import NameKind
from service.language.names import find_names

_SURNAMES = "栾桑喻柏窦章云苏潘葛奚范彭郎"
_GIVEN = "知远怀瑾若谷清和景行以宁望舒"
_NUMBERS = (
    re.compile(r"(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])"),
    re.compile(r"(?<!\d)(?:\d[ -]?){15,18}\d(?!\d)"),
    re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"),
    re.compile(r"(?<!\d)0\d{2,3}-\d{7,8}(?!\d)"),
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True)
class Approved:
    """What an approved draft holds that a case needs. `passed` are the checker's passed claims in the public shape."""

    draft_id: str
    genre: str
    unit: str
    unit_type: str
    period: str
    notes: str
    text: str
    passed: tuple[Mapping[str, Any], ...]


def anonymous(*texts: str) -> tuple[str, ...]:
    """The texts with every person's name, identity, telephone, card number and mail address replaced by an invented
    one, the same in all of them. Pure.

    Digits keep their count, so lines keep their shape; an invented identity number fails its check digit.
    """
    names: dict[str, str] = {}
    for text in texts:
        for one in find_names(text):
            if one.kind is NameKind.PERSON and one.text not in names:
                at = len(names)
                made = _SURNAMES[at % len(_SURNAMES)] + _GIVEN[(2 * at) % len(_GIVEN)]
                names[one.text] = made + (_GIVEN[(2 * at + 1) % len(_GIVEN)] if len(one.text) > 2 else "")
    return tuple(_without_numbers(_with(names, text)) for text in texts)


def _with(names: Mapping[str, str], text: str) -> str:
    if not names:
        return text
    pattern = "|".join(re.escape(name) for name in sorted(names, key=lambda one: (-len(one), one)))
    return re.sub(pattern, lambda found: names[found.group()], text)


def _without_numbers(text: str) -> str:
    for pattern in _NUMBERS:
        text = pattern.sub(lambda found: re.sub(r"\d", "0", found.group()), text)
    return _MAIL.sub("someone@example.invalid", text)


def case_toml(approved: Approved, case_id: str) -> str:
    """The case as its TOML file. Pure."""
    notes, text = anonymous(approved.notes, approved.text)
    facts = _facts(approved, notes, text)
    rows = [f"  {{ line = {line}, text = {_strings(parts)} }}," for line, parts in facts]
    return "\n".join(
        [
            f"id = {_string(case_id)}",
            f"genre = {_string(approved.genre)}",
            f"unit = {_string(approved.unit)}",
            f"unit_type = {_string(approved.unit_type or UnitType.OTHER)}",
            f"period = {_string(approved.period)}",
            "held_out = false",
            f"provenance = {_string(f'approved draft {approved.draft_id}, personal data replaced')}",
            "traps = []",
            "must_ask = []",
            "forbidden = []",
            f"notes = {_string(notes)}",
            "expected_facts = [",
            *rows,
            "]",
            f"reference = {_string(text)}",
            "",
        ]
    )


def _facts(approved: Approved, notes: str, text: str) -> list[tuple[int, list[str]]]:
    """The claims an editor let pass, by the note line each rests on, those of one line and paragraph together."""
    lines = {line.number for line in split_lines(notes).lines}
    found: dict[tuple[int, int], list[str]] = {}
    for one in approved.passed:
        evidence = next((part for part in one["evidence"] if part.get("line") in lines), None)
        claim = str(one["text"]).strip()
        if evidence is None or one.get("formula") or claim not in text:
            continue
        paragraph = approved.text.count("\n", 0, one["start"])
        parts = found.setdefault((evidence["line"], paragraph), [])
        if claim not in parts:
            parts.append(claim)
    return [(line, parts) for (line, _), parts in sorted(found.items())]


def _string(text: str) -> str:
    # A JSON string is a TOML basic string, but for the solidus, which JSON does not escape here, and for DEL.
    return json.dumps(str(text), ensure_ascii=False).replace("\x7f", "\\u007F")


def _strings(parts: list[str]) -> str:
    return "[" + ", ".join(_string(part) for part in parts) + "]"
