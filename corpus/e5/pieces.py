"""Cuts a text into the pieces the model knows: of all ways to cut it the likeliest (SentencePiece's unigram model)."""

from __future__ import annotations

import re

from corpus.e5.packed import Vocabulary

# Stands for a blank within pieces, and before the first of a text.
_BLANK = "\u2581"
# How much worse than the unlikeliest piece a letter is that no piece knows.
_UNKNOWN = 10.0
_BLANKS = re.compile(" {2,}")


class Pieces:
    """The numbers of a text's pieces. Pure once built."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._longest = max(map(len, vocabulary.numbers))
        self._unknown_score = min(vocabulary.scores) - _UNKNOWN

    def of(self, text: str, most: int) -> list[int]:
        """Between the marks of begin and end, at most `most` with them; what comes after is not read."""
        vocabulary = self._vocabulary
        pieces = self._likeliest(self._written(text))
        return [vocabulary.begin, *pieces[: most - 2], vocabulary.end]

    def _written(self, text: str) -> str:
        plain = _BLANKS.sub(" ", text.translate(self._vocabulary.replaced))
        return (plain if plain.startswith(" ") else " " + plain).replace(" ", _BLANK)

    def _likeliest(self, text: str) -> list[int]:
        letters = text.encode("utf-8", "replace")
        starts = [at for at, byte in enumerate(letters) if byte & 0xC0 != 0x80] + [len(letters)]
        numbers, scores, unknown = self._vocabulary.numbers, self._vocabulary.scores, self._vocabulary.unknown
        best = [0.0] + [float("-inf")] * (len(starts) - 1)
        came: list[tuple[int, int]] = [(0, unknown)] * len(starts)
        for first, start in enumerate(starts[:-1]):
            so_far = best[first]
            last = first + 1
            while last < len(starts) and starts[last] - start <= self._longest:
                number = numbers.get(letters[start : starts[last]])
                if number is not None and number != unknown and so_far + scores[number] > best[last]:
                    best[last], came[last] = so_far + scores[number], (first, number)
                last += 1
            if so_far + self._unknown_score > best[first + 1]:
                best[first + 1], came[first + 1] = so_far + self._unknown_score, (first, unknown)
        return _read_back(came, unknown)


def _read_back(came: list[tuple[int, int]], unknown: int) -> list[int]:
    # Neighbours that no piece knows are one unknown to the model, as it learnt them.
    pieces: list[int] = []
    at = len(came) - 1
    while at > 0:
        at, number = came[at]
        if number != unknown or not pieces or pieces[-1] != unknown:
            pieces.append(number)
    pieces.reverse()
    return pieces
