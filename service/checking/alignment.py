"""Which of the notes' figures the words of a draft's figure point to, whatever the figures themselves are.

Words that stand around many figures of the notes tell little, words that stand around one tell nearly all. A draft's
figure that is aligned with one note and takes the value of another has been swapped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from service.checking.claim import CALENDAR, CLOCK, Claim, once_a_claim
from service.checking.phrases import stretch_after, stretch_before, words_in

# How much a word weighs by where it stands: beside the number, elsewhere in its clause, in the clause before.
_BESIDE, _AFTER, _CLAUSE, _EARLIER = 1.0, 0.8, 0.5, 0.35
_LETTER = 0.4  # a single character against a pair of them


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
        for pair in words_in(text):
            weights[pair] = max(weight, weights.get(pair, 0.0))
            for letter in pair:
                weights[letter] = max(weight * _LETTER, weights.get(letter, 0.0))
    return weights


@dataclass(frozen=True, eq=False)
class Alignment:
    """The words around every figure of the notes, and how much each of them tells."""

    rarity: Mapping[str, float]
    most: Mapping[str, float]

    def coverage(self, draft: Claim, note: Claim) -> float:
        """From 0 to 1, how much of what the draft's words point to stands around the note's figure. Pure."""
        ours, theirs = _around(draft), _around(note)
        known = [(word, weight * self.rarity[word]) for word, weight in ours.items() if word in self.rarity]
        whole = sum(weight * self.most[word] for word, weight in known)
        if whole == 0:
            return 0.0
        return sum(weight * theirs.get(word, 0.0) for word, weight in known) / whole


def alignment_of(notes: Sequence[Claim]) -> Alignment:
    """The alignment over the figures of the notes, dates and times left out. Pure."""
    total: dict[str, float] = {}
    most: dict[str, float] = {}
    for one in notes:
        if one.mention.kind in CALENDAR or one.mention.kind in CLOCK:
            continue
        for word, weight in _around(one).items():
            total[word] = total.get(word, 0.0) + weight
            most[word] = max(weight, most.get(word, 0.0))
    return Alignment({word: 1 / weight for word, weight in total.items()}, most)
