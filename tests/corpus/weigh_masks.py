"""Learns the weights of `corpus/mask/weights.tsv`: `python -m tests.corpus.weigh_masks` prints the trade-off curve.

The labelled sentences are those of `masks/`, each file written apart from the others and most of them by someone who
did not know the rules. Every file is weighed by weights learnt without it. `--write` puts the weights of all files in
their place.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.mask import odds
from corpus.mask.people import is_surname
from corpus.mask.rules import BLANK, Cut, Rule, rule_cuts
from corpus.mask.traits import traits
from corpus.mask.vague import ending_lists
from service.language.numbers import find_numbers

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
FILES = sorted((Path(__file__).parent / "masks").glob("*.jsonl"))
COPIES = 6  # of every sentence, with other names in place of its own
_HOLD = 2.0  # how strongly weights are held near 0
_BLIND = 0.15  # share of places where a copy's rules see nothing
_LEAST_SEEN = 4  # places; a rarer trait tells of its sentence and not of the language
_STEPS = 120


@dataclass(frozen=True)
class Sentence:
    """A text with the spans of its names."""

    file: int
    text: str
    names: tuple[tuple[int, int], ...]


@dataclass(frozen=True, eq=False)
class Weighed:
    """A sentence as rows of traits, one a Chinese character, and whether each is part of a name."""

    sentence: Sentence
    places: Sequence[int]
    traits: Sequence[Sequence[str]]
    is_name: Sequence[bool]
    votes: Sequence[str]
    cuts: Sequence[Cut]


def read_sentences(path: Path, file: int) -> Iterator[Sentence]:
    """The labelled sentences of a file."""
    for row in path.read_text(encoding="utf-8").splitlines():
        one = json.loads(row)
        text, at = one["text"], Counter[str]()
        spans = []
        for name in one["names"]:
            start = text.find(name, at[name])
            if start >= 0:
                at[name] = start + len(name)
                spans.append((start, start + len(name)))
        yield Sentence(file, text, tuple(sorted(spans)))


class Namer:
    """Makes other names of the same form: 石榴路 or 健康路 of 梧桐路, another surname and given name of 尉迟峻."""

    def __init__(self, sentences: Sequence[Sentence], seed: int) -> None:
        self.random = random.Random(seed)
        endings = {word for _, words in ending_lists() for word in words}
        self.endings = sorted(endings, key=lambda one: (-len(one), one))
        rows = Path(odds.__file__).with_name("name_characters.txt").read_text(encoding="utf-8").splitlines()
        read = [row.split(" ") for row in rows if not row.startswith("#")]
        # Characters outside everyday Chinese are rarer in names than the table has it.
        self.given = [char for given, _, chars in read if int(given) >= 1 for char in chars if _everyday(char)]
        self.place = [char for _, place, chars in read if int(place) >= 0 for char in chars if _everyday(char)]
        self.surnames = sorted(
            {one.text[a] for one in sentences for a, b in one.names if b - a in (2, 3) and is_surname(one.text[a])}
        )
        common = Path(odds.__file__).with_name("common_words.txt").read_text(encoding="utf-8").splitlines()
        self.words = [word for row in common if not row.startswith("#") for word in row.split() if len(word) == 2]
        self.stems = sorted({one.text[a : a + 2] for one in sentences for a, b in one.names if b - a >= 3})

    def other(self, name: str) -> str:
        ending = next((one for one in self.endings if name.endswith(one) and len(name) > len(one)), "")
        if not ending and 2 <= len(name) <= 3 and is_surname(name[0]):
            return self.random.choice(self.surnames) + "".join(self.random.choices(self.given, k=len(name) - 1))
        if not ending or len(name) - len(ending) > 3:
            return name
        draw = self.random.random()
        if draw < 0.4:
            return "".join(self.random.choices(self.place, k=2)) + ending
        return self.random.choice(self.stems if draw < 0.75 else self.words) + ending

    def renamed(self, one: Sentence) -> Sentence:
        parts, spans, at, length = list[str](), list[tuple[int, int]](), 0, 0
        for start, end in one.names:
            if start < at:
                continue
            name = self.other(one.text[start:end])
            parts += [one.text[at:start], name]
            length += start - at
            spans.append((length, length + len(name)))
            length += len(name)
            at = end
        return Sentence(one.file, "".join([*parts, one.text[at:]]), tuple(spans))


def _varied(one: Sentence, chance: random.Random) -> Sentence:
    one = _part(one, chance) if chance.random() < 0.4 else one
    return _blanked(one, chance) if chance.random() < 0.4 else one


def _part(one: Sentence, chance: random.Random) -> Sentence:
    """Some clauses of a sentence, as headings and cells hold them: a name begins a text no more often than a word."""
    borders = [
        0,
        *(found.end() for found in re.finditer("[，。；：、]", one.text) if found.end() < len(one.text)),
        len(one.text),
    ]
    first = chance.randrange(len(borders) - 1)
    start, end = borders[first], borders[chance.randrange(first + 1, len(borders))]
    inside = tuple((a - start, b - start) for a, b in one.names if start <= a and b <= end)
    if any(a < end and b > start and not (start <= a and b <= end) for a, b in one.names):
        return one
    return Sentence(one.file, one.text[start:end], inside)


def _blanked(one: Sentence, chance: random.Random) -> Sentence:
    """Some of a sentence's names and figures masked already, as a second reading finds them."""
    cuts = [(a, b, chance.choice(("〔地名〕", "〔单位〕", "〔人名〕", "〔名称〕")), True) for a, b in one.names]
    cuts += [
        (mention.start, mention.end, chance.choice(("〔数量〕", "〔日期〕")), False)
        for mention in find_numbers(one.text)
        if not any(a < mention.end and mention.start < b for a, b in one.names)
    ]
    parts, spans, at, length = list[str](), list[tuple[int, int]](), 0, 0
    for start, end, blank, is_name in sorted(cuts):
        if start < at:
            continue
        masked = chance.random() < 0.5
        said = blank if masked else one.text[start:end]
        parts += [one.text[at:start], said]
        length += start - at
        if is_name and not masked:
            spans.append((length, length + len(said)))
        length += len(said)
        at = end
    return Sentence(one.file, "".join([*parts, one.text[at:]]), tuple(spans))


def _everyday(char: str) -> bool:
    return char.encode("gb2312") < b"\xd8"


def weigh(one: Sentence, chance: random.Random | None = None) -> Weighed:
    """The traits of a sentence's characters, without those of its figures; with `chance` some rules see nothing.

    The rules were written for many of these sentences and miss more in others: what they are worth is learnt from
    copies in which they miss as much.
    """
    cuts = [Cut(found.start(), found.end(), found.group(), Rule.BLANK) for found in BLANK.finditer(one.text)]
    cuts += rule_cuts(one.text)
    if chance is not None:
        blind = [place for place in range(0, len(one.text), 1) if chance.random() < _BLIND]
        cuts = [
            cut for cut in cuts if cut.rule in odds.CERTAIN or not any(cut.start <= place < cut.end for place in blind)
        ]
    votes = odds.votes_of(one.text, cuts)
    inside = bytearray(len(one.text))
    for start, end in one.names:
        inside[start:end] = b"\x01" * (end - start)
    aside = bytearray(len(one.text))
    for mention in find_numbers(one.text):
        aside[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
    places, rows, labels = list[int](), list[list[str]](), list[bool]()
    for place, of_word, own in traits(one.text, votes):
        if inside[place] or not aside[place]:
            places.append(place)
            rows.append([trait for group in (*of_word, *own) for trait in group.traits])
            labels.append(bool(inside[place]))
    return Weighed(one, places, rows, labels, votes, cuts)


def learn(chosen: Sequence[Weighed], hold: float = _HOLD) -> dict[str, float]:
    """The weights by which names and words part best, held near 0."""
    seen = Counter(trait for one in chosen for row in one.traits for trait in row)
    index = {trait: place for place, trait in enumerate(sorted(one for one in seen if seen[one] >= _LEAST_SEEN))}
    rows = [[index[trait] for trait in row if trait in index] for one in chosen for row in one.traits]
    labels = np.array([label for one in chosen for label in one.is_name], dtype=float)
    lengths = np.array([len(row) for row in rows])
    columns = np.array([column for row in rows for column in row])
    of_row = np.repeat(np.arange(len(rows)), lengths)
    weights, bias = np.zeros(len(index)), 0.0
    # Each weight steps by how much its slope has moved so far: traits of all frequencies settle alike soon.
    moved, moved_bias = np.full(len(index), 1e-8), 1e-8
    share = 1 / len(rows)
    for _ in range(_STEPS):
        score = bias + np.bincount(of_row, weights[columns], minlength=len(rows))
        wrong = 1 / (1 + np.exp(-score)) - labels
        slope = (np.bincount(columns, wrong[of_row], minlength=len(index)) + hold * weights) * share
        moved += slope**2
        weights -= 0.35 * slope / np.sqrt(moved)
        slope_bias = float(wrong.sum()) * share
        moved_bias += slope_bias**2
        bias -= 0.35 * slope_bias / moved_bias**0.5
    found = {trait: float(weights[place]) for trait, place in index.items()}
    return {"": bias, **found}


def scores(one: Weighed, weights: dict[str, float]) -> list[float]:
    bias = weights[""]
    return [bias + sum(weights.get(trait, 0.0) for trait in row) for row in one.traits]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.corpus.weigh_masks")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    sentences = [one for file, path in enumerate(FILES) for one in read_sentences(path, file)]
    own = [weigh(one) for one in sentences]
    namer = Namer(sentences, 1)
    chance = random.Random(2)
    copies = [weigh(_varied(namer.renamed(one), chance), chance) for one in sentences for _ in range(COPIES)]
    if asked.write:
        weights = learn([*own, *copies])
        rows = [f"{trait}\t{weight:.2f}" for trait, weight in sorted(weights.items()) if abs(weight) >= 0.02]
        Path(odds.__file__).with_name("weights.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        print(len(rows), "weights")
        return
    crossed = []
    for file in range(len(FILES)):
        weights = learn([one for one in [*own, *copies] if one.sentence.file != file])
        crossed += [(one, scores(one, weights)) for one in own if one.sentence.file == file]
        print(FILES[file], len(weights), file=sys.stderr)
    curve(crossed)


def curve(crossed: Sequence[tuple[Weighed, list[float]]]) -> None:
    """Prints, for bounds on the odds, how many names survive and how many characters of other words go."""
    print("mask from, keep below: names surviving of all; words masked of all; surviving by file")
    for high in (-2.0, -1.5, -1.2, -0.8, 0.0):
        for low in (-4.0, -3.0, -2.0):
            if low > high:
                continue
            lost, names, gone, words = Counter[int](), Counter[int](), 0, 0
            for one, score in crossed:
                odds_at = dict(zip(one.places, score, strict=True))
                masked = masked_places(one, odds_at, high, low)
                for start, end in one.sentence.names:
                    place = next(p for p in range(start, end) if one.sentence.text[p].isalnum())
                    names[one.sentence.file] += 1
                    lost[one.sentence.file] += not any(masked[place : min(end, place + 2)])
                for place, label in zip(one.places, one.is_name, strict=True):
                    words += not label
                    gone += masked[place] and not label
            of_files = " ".join(f"{lost[file]}/{names[file]}" for file in names)
            share = lost.total() / names.total()
            print(f"{high:5} {low:5}: {lost.total()} ({share:.3f}); {gone} ({gone / words:.3f}); {of_files}")


def masked_places(one: Weighed, odds_at: dict[int, float], high: float, low: float) -> list[bool]:
    text = one.sentence.text
    scores = [odds_at.get(place, -math.inf) for place in range(len(text))]
    return odds.likely_places(text, one.cuts, one.votes, odds.of_words(text, scores), high, low)


if __name__ == "__main__":
    main()
