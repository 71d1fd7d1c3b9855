"""Two legs joined by how far each hit stands above its own list, not by its rank alone.

A rank hides how sure a leg is: the first of a list may stand far above the second or not at all. Ranks joined by their
reciprocals lost firsts that one leg was sure of. Each score is therefore counted in the spreads (standard deviations)
of its list, which needs no threshold and no knowledge of what a cosine or a BM25 score is worth.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from service.domain.shelf import SectionKey

# Two cosines say nothing of a spread: .861 and .859 are the same. The usual spread of a list of the shipped encoder
# (median of 238 questions) counts as that many further hits; in a full list it hardly matters.
_USUAL_SPREAD = 0.008
_COUNTS_AS = 10

# Below this a list of keywords is flat, and every hit of it counts one spread.
_FLAT = 1e-6

Ranking = Sequence[tuple[SectionKey, float]]


def by_meaning(ranking: Ranking) -> dict[SectionKey, float]:
    """How many spreads each section stands above the last of its list. Cosines have no zero of their own: unrelated
    texts lie at 0.8, so what is not in the list counts like its last. Pure."""
    cosines = [cosine for _, cosine in ranking]
    if not cosines:
        return {}
    middle, last = sum(cosines) / len(cosines), min(cosines)
    squares = sum((cosine - middle) ** 2 for cosine in cosines) + _COUNTS_AS * _USUAL_SPREAD**2
    spread = (squares / (len(cosines) + _COUNTS_AS)) ** 0.5
    return {key: (cosine - last) / spread for key, cosine in ranking}


def by_words(ranking: Ranking, depth: int) -> dict[SectionKey, float]:
    """How many spreads each section stands above those that share no word with the question, whose score is 0; a list
    shorter than `depth` is filled up with these. Pure."""
    scores = [score for _, score in ranking]
    if not scores:
        return {}
    absent = max(0, depth - len(scores))
    last = 0.0 if absent else min(scores)
    heights = [score - last for score in scores]
    middle = sum(heights) / (len(scores) + absent)
    squares = sum((height - middle) ** 2 for height in heights) + absent * middle**2
    spread = (squares / (len(scores) + absent)) ** 0.5
    if spread < _FLAT:
        return {key: 1.0 for key, _ in ranking}
    return {key: height / spread for (key, _), height in zip(ranking, heights, strict=True)}


def added_up(legs: Iterable[tuple[Mapping[SectionKey, float], float]]) -> dict[SectionKey, float]:
    """The sum of all legs, each times its weight. Pure."""
    scores: dict[SectionKey, float] = {}
    for leg, weight in legs:
        for key, score in leg.items():
            scores[key] = scores.get(key, 0.0) + weight * score
    return scores
