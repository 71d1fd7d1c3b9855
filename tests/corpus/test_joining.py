"""Two legs joined by how far a hit stands above its own list."""

from __future__ import annotations

from corpus.joining import added_up, by_meaning, by_words
from service.domain.shelf import SectionKey

A, B, C, D = (SectionKey(name, 0) for name in "abcd")


def best(*legs: dict[SectionKey, float]) -> SectionKey:
    joined = added_up([(leg, 1.0) for leg in legs])
    return max(joined, key=lambda key: joined[key])


def test_a_leg_that_is_sure_outvotes_one_that_wavers() -> None:
    wavering = by_meaning([(A, 0.861), (B, 0.860), (C, 0.859), (D, 0.82)])
    sure = by_words([(B, 19.0), (A, 6.0), (C, 5.0)], 100)
    assert best(wavering, sure) == B


def test_the_scale_of_keyword_scores_says_nothing() -> None:
    ranking = [(A, 3.0), (B, 2.0), (C, 0.5)]
    stretched = by_words([(key, 100 * score) for key, score in ranking], 9)
    assert {key: round(score, 9) for key, score in by_words(ranking, 9).items()} == {
        key: round(score, 9) for key, score in stretched.items()
    }


def test_two_cosines_that_are_nearly_the_same_count_nearly_the_same() -> None:
    near = by_meaning([(A, 0.861), (B, 0.859)])
    far = by_meaning([(A, 0.86), (B, 0.80)])
    assert near[A] - near[B] < 0.3 < 1 < far[A] - far[B]


def test_a_section_that_shares_few_words_still_stands_above_those_that_share_none() -> None:
    assert by_words([(A, 9.0), (B, 0.4)], 100)[B] > 0
    assert by_meaning([(A, 0.9), (B, 0.8)])[B] == 0.0


def test_lists_without_any_difference_count_every_hit_alike() -> None:
    assert by_words([(A, 0.8), (B, 0.8)], 2) == {A: 1.0, B: 1.0}
    assert by_meaning([(A, 0.8), (B, 0.8)]) == {A: 0.0, B: 0.0}
    assert by_meaning([]) == by_words([], 100) == {}
