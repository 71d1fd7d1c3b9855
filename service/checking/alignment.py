"""Which of the notes' figures the words of a draft's figure point to, whatever the figures themselves are.

Words that stand around many figures of the notes tell little, words that stand around one tell nearly all. A draft's
figure that is aligned with one note and takes the value of another has been swapped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from service.checking.claim import CALENDAR, CLOCK, Claim, once_a_claim
from service.checking.phrases import stretch_after, stretch_before, words_in

# How much a word weighs by where it stands: beside the number, elsewhere in its clause, in the clause before.
_BESIDE, _AFTER, _CLAUSE, _EARLIER = 1.0, 0.8, 0.5, 0.35
_LETTER = 0.4  # a single character against a pair of them
_MOST_POINTING = 256  # figures of drafts whose words are remembered


@once_a_claim
def _around(claim: Claim) -> Mapping[str, float]:
    """The telling pairs and characters around a figure, each with its weight."""
    weights: dict[str, float] = {}
    for text, weight in (
        (claim.earlier, _EARLIER),
        (claim.clause_text, _CLAUSE),
        (stretch_after(claim), _AFTER),
        (stretch_before(claim), _BESIDE),
    ):
        of_letter = weight * _LETTER
        for pair in words_in(text):
            if weight > weights.get(pair, 0.0):
                weights[pair] = weight
            for letter in pair:
                if of_letter > weights.get(letter, 0.0):
                    weights[letter] = of_letter
    return weights


@dataclass(frozen=True, eq=False)
class Alignment:
    """The words around every figure of the notes, and how much each of them tells."""

    rarity: Mapping[str, float]
    most: Mapping[str, float]
    # The draft's words and how much they tell are the same for each of the notes.
    _pointing: dict[int, tuple[Claim, Sequence[tuple[str, float]], float]] = field(default_factory=dict, repr=False)

    def coverage(self, draft: Claim, note: Claim) -> float:
        """From 0 to 1, how much of what the draft's words point to stands around the note's figure. Pure."""
        known, whole = self._pointing_of(draft)
        if whole == 0:
            return 0.0
        theirs = _around(note)
        return sum([weight * theirs[word] for word, weight in known if word in theirs]) / whole

    def _pointing_of(self, draft: Claim) -> tuple[Sequence[tuple[str, float]], float]:
        """The draft's words that the notes hold, each with what it tells, and how much they can tell in all."""
        seen = self._pointing.get(id(draft))
        if seen is not None and seen[0] is draft:
            return seen[1], seen[2]
        rarity = self.rarity
        known = [(word, weight * rarity[word]) for word, weight in _around(draft).items() if word in rarity]
        whole = sum(weight * self.most[word] for word, weight in known)
        if len(self._pointing) >= _MOST_POINTING:
            self._pointing.clear()
        self._pointing[id(draft)] = draft, known, whole
        return known, whole


def alignment_of(notes: Sequence[Claim]) -> Alignment:
    """The alignment over the figures of the notes, dates and times left out. Pure."""
    total: dict[str, float] = {}
    most: dict[str, float] = {}
    for one in notes:
        if one.mention.kind in CALENDAR or one.mention.kind in CLOCK:
            continue
        for word, weight in _around(one).items():
            total[word] = total.get(word, 0.0) + weight
            if weight > most.get(word, 0.0):
                most[word] = weight
    return Alignment({word: 1 / weight for word, weight in total.items()}, most)
