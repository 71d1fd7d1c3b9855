"""A model as a judge of register and readability, two drafts at a time: optional, and never a gate.

Each pair is judged by two prompts and in both orders. A word that changes with the order is a tie: the judge saw the
place, not the draft. How often that happens, and how far the judge agrees with people, is told beside every figure.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.people import BlindPair, Preference, first_stands_left, krippendorff_alpha
from prompts.render import load_template, render
from service.domain.errors import ModelFailed
from service.domain.genre import parse_genre
from service.model.role import Prompt

TEMPLATES = (("judge_register", 1), ("judge_readability", 1))
_WORDS = {"甲": -1, "乙": 1, "平": 0}

Ask = Callable[[Prompt], str]


@dataclass(frozen=True, slots=True)
class Judgement:
    """One pair under one prompt: -1 for the left draft, 1 for the right one, 0 for neither or for a word that changed
    with the order (`swayed`); None where the judge gave no answer that can be read."""

    pair: str
    prompt: str
    value: int | None
    swayed: bool


def judge_pairs(pairs: Sequence[BlindPair], genres: Mapping[str, str], ask: Ask) -> list[Judgement]:
    """Every pair under every prompt; `genres` by case. A judge that fails on a pair gives None for it."""
    return [_judge(pair, name, number, genres[pair.case_id], ask) for pair in pairs for name, number in TEMPLATES]


def _judge(pair: BlindPair, name: str, number: int, genre: str, ask: Ask) -> Judgement:
    forward = _word(ask, name, number, genre, pair.left, pair.right)
    backward = _word(ask, name, number, genre, pair.right, pair.left)
    if forward is None or backward is None:
        return Judgement(pair.pair, name, None, False)
    agreed = forward == -backward
    return Judgement(pair.pair, name, forward if agreed else 0, not agreed)


def _word(ask: Ask, name: str, number: int, genre: str, first: str, second: str) -> int | None:
    boundary = secrets.token_hex(6)
    while boundary in first or boundary in second:
        boundary = secrets.token_hex(6)
    inputs = {"genre": parse_genre(genre).chinese, "first": first, "second": second, "boundary": boundary}
    rendered = render(load_template(name, number), inputs)
    try:
        answer = ask(Prompt(rendered.system, rendered.user, boundary, rendered.version, purpose=name))
    except ModelFailed:
        return None
    said = answer.strip().strip('。.：:“”"稿 ')
    return _WORDS.get(said)


def judged(
    pairs: Sequence[BlindPair], judgements: Sequence[Judgement], said: Sequence[Preference] = ()
) -> list[dict[str, Any]]:
    """A row for each prompt: how often the second run's draft won, lost and tied, how often the order swayed the judge,
    and its agreement with `said` (Krippendorff's alpha, None where no person scored its pairs). Pure."""
    rows = []
    shown = {one.pair for one in pairs}
    people = _mean_words([one for one in said if one.pair in shown])
    for name, _ in TEMPLATES:
        own = [one for one in judgements if one.prompt == name]
        told = [one for one in own if one.value is not None]
        toward = [(1 if first_stands_left(one.pair) else -1) * (one.value or 0) for one in told]
        as_people = [Preference(one.pair, f"judge {name}", float(one.value or 0)) for one in told]
        rows.append(
            {
                "prompt": name,
                "won": sum(value > 0 for value in toward),
                "lost": sum(value < 0 for value in toward),
                "tied": sum(value == 0 for value in toward),
                "unread": len(own) - len(told),
                "swayed": sum(one.swayed for one in told),
                "agreement_with_people": krippendorff_alpha([*as_people, *people]) if people else None,
            }
        )
    return rows


def _mean_words(said: Sequence[Preference]) -> list[Preference]:
    """What people say of each pair, as one voice. Pure."""
    by_pair: dict[str, list[float]] = {}
    for one in said:
        by_pair.setdefault(one.pair, []).append(one.value)
    return [Preference(pair, "people", sum(values) / len(values)) for pair, values in by_pair.items()]
