"""Invented notes of every form staff paste, and what must be understood of each."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from service.domain.fact import Fact, NotesRead
from service.domain.period import parse_period
from service.drafting.read_notes import read_notes

FOLDER = Path(__file__).parent / "facts_bundles"


def load(name: str) -> list[dict[str, Any]]:
    """The bundles of one file."""
    bundles: list[dict[str, Any]] = tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))["bundle"]
    return bundles


BUNDLES = [
    bundle for name in ("develop.toml", "held_out.toml", "forms.toml", "second_round.toml") for bundle in load(name)
]


def lacking(bundle: dict[str, Any]) -> list[str]:
    """What was expected of a bundle and is not there, one sentence each."""
    read = read_notes(bundle["notes"], parse_period(bundle["period"]))
    wanting = [f"no fact {fact}" for fact in bundle["facts"] if not any(_answers(one, fact) for one in read.facts)]
    asides = {(one.line, str(one.reason)) for one in read.set_aside}
    wanting += [
        f"not set aside {part}" for part in bundle.get("aside", ()) if (part["line"], part["reason"]) not in asides
    ]
    begun = {read.notes.line_at(fact.span.start).number: fact.clean for fact in read.facts}
    wanting += [f"fact on line {line}: {begun[line]}" for line in bundle.get("no_fact", ()) if line in begun]
    found = [sorted(conflict.lines) for conflict in read.conflicts]
    if found != bundle.get("conflicts", []):
        wanting.append(f"conflicts {found}")
    return wanting


def _answers(fact: Fact, wanted: dict[str, Any]) -> bool:
    tests: dict[str, Callable[[Any], bool]] = {
        "line": lambda line: line in fact.lines,
        "has": lambda words: all(word in fact.clean for word in words),
        "lacks": lambda words: not any(word in fact.clean for word in words),
        "kind": lambda kind: fact.kind == kind,
        "topic": lambda topic: fact.topic == topic,
        "tense": lambda tense: fact.tense == tense,
        "frame": lambda frame: fact.frame == frame,
        "day": lambda day: fact.day is not None and fact.day.lo == day,
        "where": lambda where: fact.where == where,
        "unsure": lambda unsure: (fact.unsure is not None) == unsure,
        "item": lambda item: fact.fields.get("item") == item,
        "fields": lambda fields: all(fact.fields.get(name) == value for name, value in fields.items()),
        "lines": lambda lines: set(lines) <= set(fact.lines),
    }
    return all(tests[name](value) for name, value in wanted.items())


@pytest.mark.parametrize("bundle", BUNDLES, ids=[bundle["id"] for bundle in BUNDLES])
def test_a_bundle_of_notes_is_understood_as_a_clerk_would(bundle: dict[str, Any]) -> None:
    assert lacking(bundle) == []


@pytest.mark.parametrize("bundle", BUNDLES, ids=[bundle["id"] for bundle in BUNDLES])
def test_every_line_of_a_bundle_is_in_a_fact_or_set_aside(bundle: dict[str, Any]) -> None:
    read = read_notes(bundle["notes"], parse_period(bundle["period"]))
    assert uncovered(read) == []


def uncovered(read: NotesRead) -> list[int]:
    """The lines with words that are in no fact and not set aside."""
    covered = {line for fact in read.facts for line in fact.lines} | {part.line for part in read.set_aside}
    return [line.number for line in read.notes.lines if line.text.strip() and line.number not in covered]
