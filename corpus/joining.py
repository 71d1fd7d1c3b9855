"""Two legs joined by how far each hit stands above its own list, not by its rank alone.

A rank hides how sure a leg is: the first of a list may stand far above the second or not at all. Ranks joined by their
reciprocals lost firsts that one leg was sure of. Each score is therefore counted in the spreads (standard deviations)
of its list, which needs no threshold and no knowledge of what a cosine or a BM25 score is worth.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from service.domain.shelf import SectionKey

# Below this a list is flat (all sections are equally near), and every hit of it counts one spread.
_FLAT = 1e-6

Ranking = Sequence[tuple[SectionKey, float]]


def by_meaning(ranking: Ranking) -> dict[SectionKey, float]:
    """How many spreads each section stands above the last of its list. Cosines have no zero of their own: unrelated
    texts lie at 0.8, so what is not in the list counts like its last. Pure."""
    return _in_spreads(ranking, min((score for _, score in ranking), default=0.0), 0)


def by_words(ranking: Ranking, depth: int) -> dict[SectionKey, float]:
    """How many spreads each section stands above those that share no word with the question, whose score is 0; a list
    shorter than `depth` is filled up with these. Pure."""
    is_full = len(ranking) >= depth
    floor = min((score for _, score in ranking), default=0.0) if is_full else 0.0
    return _in_spreads(ranking, floor, max(0, depth - len(ranking)))


def added_up(legs: Iterable[tuple[Mapping[SectionKey, float], float]]) -> dict[SectionKey, float]:
    """The sum of all legs, each times its weight. Pure."""
    scores: dict[SectionKey, float] = {}
    for leg, weight in legs:
        for key, score in leg.items():
            scores[key] = scores.get(key, 0.0) + weight * score
    return scores


def _in_spreads(ranking: Ranking, floor: float, absent: int) -> dict[SectionKey, float]:
    heights = [score - floor for _, score in ranking]
    count = len(heights) + absent
    if not heights:
        return {}
    middle = sum(heights) / count
    spread = (sum((height - middle) ** 2 for height in heights) + absent * middle**2) / count
    if spread < _FLAT**2:
        return {key: 1.0 for key, _ in ranking}
    return {key: height / spread**0.5 for (key, _), height in zip(ranking, heights, strict=True)}
