"""Weighs what speaks for every character being part of a name, and says which cuts are made: decision 0014.

The rules of this room find names by what is known of their form; each of them also takes words of the trade for names
and passes names whose form nobody foresaw. Here their votes are evidence among other evidence.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from itertools import chain

from corpus.mask.rules import NAME, PERSON, PLACE, UNIT, Cut, Rule
from corpus.mask.traits import Group, traits
from corpus.mask.vague import ending_lists, is_common_word
from service.language.names import policy_places
from service.language.words import is_everyday, segment

# From these odds on (logarithms) a character is masked, and below those no rule masks it; chosen on the curve of
# decision 0014, where a name that survives weighs more than a word of the trade that goes.
MASK_FROM, KEEP_BELOW = -1.2, -3.0
# No evidence overrules these: numbers, titles in 《》, what stands in a place for nothing but names.
CERTAIN = frozenset((Rule.NUMBER, Rule.DOCUMENT, Rule.PROJECT, Rule.BLANK, Rule.KNOWN))


def votes_of(text: str, cuts: Sequence[Cut]) -> list[str]:
    """By place, the letters of the rules that mask it, in order. Pure."""
    votes: list[set[str]] = [set() for _ in text]
    for cut in cuts:
        for place in range(cut.start, cut.end):
            votes[place].add(cut.rule.value)
    return ["".join(sorted(one)) for one in votes]


def odds_of(text: str, votes: Sequence[str]) -> list[float]:
    """By place, the logarithm of the odds that it is part of a name; minus infinity for what is no Chinese. Pure."""
    odds = [-math.inf] * len(text)
    odds = [-math.inf] * len(text)
    bias = _weights().get("", 0.0)
    summed, of_word = 0.0, list[Group]()
    for place, shared, own in traits(text, votes):
        if shared is not of_word:
            of_word = shared
            summed = bias + sum(chain.from_iterable([one.weights or _weighed(one) for one in shared]))
        odds[place] = summed + sum(chain.from_iterable([one.weights or _weighed(one) for one in own]))
    return of_words(text, odds)


def of_words(text: str, odds: list[float]) -> list[float]:
    """`odds` with one value a word. Pure."""
    for word in segment(text):
        # A word of the trade or of every day is masked whole or not at all; the segmenter's guesses may end anywhere.
        if len(word.text) > 1 and (is_common_word(word.text) or is_everyday(word.text)):
            odds[word.start : word.end] = [sum(odds[word.start : word.end]) / len(word.text)] * len(word.text)
    return odds


def likely_cuts(text: str, cuts: Sequence[Cut]) -> Iterator[Cut]:
    """The cuts of the rules without what all evidence speaks against, and those that it alone makes. Pure."""
    votes = votes_of(text, cuts)
    places = likely_places(text, cuts, votes, odds_of(text, votes))
    for cut in cuts:
        for start, end in _runs(places, cut.start, cut.end):
            yield replace(cut, start=start, end=end)
    alone = [likely and not vote for likely, vote in zip(places, votes, strict=True)]
    for start, end in policy_places(text):
        alone[start:end] = [False] * (end - start)
    for start, end in _runs(alone, 0, len(text)):
        yield Cut(start, end, _blank_of(text, start, end), Rule.LIKELY)


def likely_places(
    text: str,
    cuts: Sequence[Cut],
    votes: Sequence[str],
    odds: Sequence[float],
    mask_from: float = MASK_FROM,
    keep_below: float = KEEP_BELOW,
) -> list[bool]:
    """By place, whether it is masked: by a rule that is certain, by likely evidence, by a rule that it does not refute.
    Pure."""
    places = [odd >= (keep_below if vote else mask_from) for odd, vote in zip(odds, votes, strict=True)]
    for start, end in _runs(places, 0, len(text)):
        # One character of what a rule took (选|树): the evidence speaks against the whole.
        if (
            end - start == 1
            and votes[start]
            and odds[start] < 0
            and (any(votes[start - 1 : start]) or any(votes[end : end + 1]))
        ):
            places[start] = False
    unvoted = [place and not vote for place, vote in zip(places, votes, strict=True)]
    for start, end in _runs(unvoted, 0, len(text)):
        # A character alone is a name only before what is masked already; behind it stands 口 or 边.
        if end - start == 1 and not any(places[end : end + 1]):
            places[start] = False
    for place in (*range(len(text)), *reversed(range(len(text)))):
        # Marks and letters go with what stands beside them: 钮祜禄·恩和, “红袖标”.
        if odds[place] == -math.inf and votes[place] and Rule.BLANK not in votes[place]:
            places[place] = places[place] or any(places[max(0, place - 1) : place] + places[place + 1 : place + 2])
    for cut in cuts:
        if cut.rule in CERTAIN:
            places[cut.start : cut.end] = [True] * (cut.end - cut.start)
    return places


def _runs(places: Sequence[bool], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of `places[start:end]` that hold."""
    while start < end:
        stop = start
        while stop < end and places[stop]:
            stop += 1
        if stop > start:
            yield start, stop
        start = stop + 1


def _blank_of(text: str, start: int, end: int) -> str:
    said = text[start:end] + text[end : end + 1]
    kinds = dict(ending_lists())
    for length in range(min(4, len(said)), 0, -1):
        for stop in (len(said), len(said) - 1):
            ending = said[max(0, stop - length) : stop]
            if ending in kinds["p"]:
                return PLACE
            if ending in kinds["u"]:
                return UNIT
    words = segment(text[start:end])
    return PERSON if end - start <= 3 and words and words[0].tag.startswith("nr") else NAME


def _weighed(group: Group) -> tuple[float, ...]:
    weights = _weights()
    group.weights = tuple([weights.get(trait, 0.0) for trait in group.traits])
    return group.weights


@cache
def _weights() -> dict[str, float]:
    path = files("corpus.mask").joinpath("weights.tsv")
    rows = path.read_text(encoding="utf-8").split("\n") if path.is_file() else []
    return {trait: float(weight) for trait, _, weight in (row.rpartition("\t") for row in rows) if weight}
