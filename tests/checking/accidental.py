"""How often a wrong number is supported by accident: run `python -m tests.checking.accidental` for the rates.

Faithful pairs are made of the sample reports. In one round each figure of the draft is replaced by another of its
length; in the other the figures of the notes change places. What then still passes is supported by chance.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field

from service.checking.check import check_draft
from service.checking.claims import Claim, plain_unit, read_text
from service.domain.finding import Verdict
from service.domain.quantity import Kind
from tests.checking.measure import pairs
from tests.checking.plant_faults import jotted, sample_texts

_COUNTED = frozenset((Kind.COUNT, Kind.MEASURE, Kind.MONEY, Kind.PERCENT))
DERIVED = ("labelled.jsonl", "news.jsonl", "fresh.jsonl", "blind_news.jsonl", "blind_reports.jsonl")
_LINES = 12  # lines of notes: some twenty numbers, as many as a week of work brings


@dataclass
class Accidents:
    """Verdicts of wrong numbers that passed, of `tried` ones."""

    tried: int = 0
    passed: Counter[str] = field(default_factory=Counter)

    def told(self) -> str:
        """The rates as one line."""
        each = ", ".join(f"{name} {count / max(1, self.tried):.1%}" for name, count in sorted(self.passed.items()))
        return f"{self.tried} wrong numbers: passed {self.passed.total() / max(1, self.tried):.1%} ({each or 'none'})"


def _another(digits: str, chance: random.Random, taken: set[str]) -> str | None:
    """Other digits of the same length and form, none that the notes hold."""
    for _ in range(40):
        made = "".join(char if not char.isdigit() else chance.choice("123456789") for char in digits)
        if made not in taken:
            return made
    return None


def _digits(claim: Claim) -> tuple[int, int] | None:
    """Where the Arabic digits of a plain figure stand, None for what has none."""
    text, kind = claim.mention.text, claim.mention.kind
    size = next((at for at, char in enumerate(text) if not (char.isdigit() or char == ".")), len(text))
    if kind not in _COUNTED or claim.mention.approx is not None or size < 2:
        return None
    return claim.mention.start, claim.mention.start + size


def replaced_figures(chance: random.Random, step: int = 1) -> Accidents:
    """Each figure of a faithful draft replaced by another of its length."""
    found = Accidents()
    for text in sample_texts()[::step]:
        notes, draft = _pair(text, chance)
        taken = {notes[slice(*place)] for claim in read_text(notes).claims if (place := _digits(claim))}
        for claim in read_text(draft).claims:
            place = _digits(claim)
            made = _another(draft[slice(*place)], chance, taken) if place else None
            if place is None or made is None:
                continue
            _count(found, notes, draft[: place[0]] + made + draft[place[1] :], place[0])
    return found


def replaced_results(chance: random.Random, rounds: int = 8) -> Accidents:
    """The result of each labelled derivation replaced by other figures of its length: here the words ask for a sum."""
    found = Accidents()
    for pair in (one for name in DERIVED for one in pairs(name) if one.verdict is Verdict.DERIVED):
        start = pair.draft.index(pair.claim)
        for _ in range(rounds):
            made = _another(pair.claim, chance, {pair.claim})
            if made is not None and any(char.isdigit() for char in pair.claim):
                draft = pair.draft[:start] + made + pair.draft[start + len(pair.claim) :]
                _count(found, pair.notes, draft, start)
    return found


def shuffled_notes(chance: random.Random, step: int = 1) -> Accidents:
    """The figures of the notes given to one another within their unit; those that kept a place do not count."""
    found = Accidents()
    for text in sample_texts()[::step]:
        notes, draft = _pair(text, chance)
        mixed, kept = _mixed(notes, chance)
        for claim in read_text(draft).claims:
            place = _digits(claim)
            if place is not None and draft[slice(*place)] not in kept:
                _count(found, mixed, draft, place[0])
    return found


def _pair(text: str, chance: random.Random) -> tuple[str, str]:
    """Some lines of notes and the draft that tells them in another order."""
    lines = jotted(text, chance).split("\n")[:_LINES]
    return "\n".join(lines), "。".join(reversed(lines)) + "。"


def _mixed(notes: str, chance: random.Random) -> tuple[str, set[str]]:
    """The notes with the figures of each unit shuffled, and the figures that kept a place of theirs."""
    by_unit: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for claim in read_text(notes).claims:
        place = _digits(claim)
        if place is not None:
            by_unit.setdefault((str(claim.mention.kind), plain_unit(claim.mention.unit)), []).append(place)
    kept: set[str] = set()
    changes: list[tuple[int, int, str]] = []
    for places in by_unit.values():
        figures = [notes[slice(*place)] for place in places]
        turned = figures[1:] + figures[:1] if len(places) == 2 else chance.sample(figures, len(figures))
        for place, old, new in zip(places, figures, turned, strict=True):
            changes.append((*place, new))
            if old == new:
                kept.add(old)
    for start, end, new in sorted(changes, reverse=True):
        notes = notes[:start] + new + notes[end:]
    return notes, kept


def _count(found: Accidents, notes: str, draft: str, start: int) -> None:
    found.tried += 1
    for one in check_draft(notes, draft).passed:
        if one.start <= start < one.end:
            found.passed[str(one.verdict)] += 1


def main() -> None:
    """Prints both rates, and how much of them is arithmetic."""
    for title, accidents in (
        ("figures of the draft replaced", replaced_figures(random.Random(5))),
        ("results of derivations replaced", replaced_results(random.Random(7))),
        ("figures of the notes shuffled within their unit", shuffled_notes(random.Random(6))),
    ):
        derived = accidents.passed[str(Verdict.DERIVED)] / max(1, accidents.tried)
        print(f"accidental support, {title}: {accidents.told()}; by arithmetic alone {derived:.1%}")


if __name__ == "__main__":
    main()
