"""Finds past sections by meaning and by words: the ranks of both are joined, so neither needs a threshold."""

from __future__ import annotations

import re
import threading
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from corpus.encoder import Encoder
from corpus.index.keywords import KeywordIndex
from corpus.index.vectors import VectorIndex
from corpus.mask.masking import wording
from corpus.passages import has_body
from corpus.register import official_words
from corpus.shelf import ReportShelf
from service.domain.errors import UnusableInput
from service.domain.genre import Genre, UnitType
from service.domain.report import SearchHit
from service.domain.shelf import SectionKey, ShelvedSection

# Ranks below the hundredth add less than a hundredth part to any score and cost time to fetch.
_DEPTH = 100

# Added to each rank before its reciprocal is taken. The usual 60 makes the first of a leg worth little more than the
# tenth; 20 found more on the questions searches are tuned on (.97 for .94 in the first five).
_RANK_OFFSET = 20

# A question is also asked in the words of reports (捡垃圾: 清运垃圾, 卫生死角). Those words are guesses about what was
# meant, so their ranks count half.
_WIDENED = 0.5

# Someone may paste a whole page of notes; the encoder reads no more than this anyway.
_LONGEST_QUERY = 2000

_WORD = re.compile(r"[^\W\d_]")
_SPACES = re.compile(r"\s{1,256}")


@dataclass(frozen=True, slots=True)
class Found:
    """A section that a search found: its joined score and its 1-based rank in each leg, None where it had none."""

    section: ShelvedSection
    score: float
    meaning_rank: int | None
    keyword_rank: int | None


@dataclass(frozen=True, slots=True)
class _Kind:
    genre: Genre
    unit_type: UnitType
    year: int | None
    usable_for: tuple[str, ...]


class CorpusSearch:
    """Searches the shelf through a vector index and a keyword index, both kept in step with it. Thread-safe."""

    def __init__(self, shelf: ReportShelf, index: VectorIndex, encoder: Encoder) -> None:
        self._shelf = shelf
        self._index = index
        self._encoder = encoder
        self._lock = threading.RLock()
        self._keywords = KeywordIndex()
        self._kinds: dict[SectionKey, _Kind] = {}
        self._filters: dict[tuple[Genre | None, UnitType | None, str | None], frozenset[SectionKey]] = {}
        self._revision = -1

    def search(
        self, query: str, k: int = 5, genre: Genre | None = None, unit_type: UnitType | None = None
    ) -> list[SearchHit]:
        """Up to `k` past sections for `query`, best first; only of this genre and type of unit where given.

        Raises UnusableInput where the query holds no word.
        """
        return [_hit(one) for one in self.find([query], k, genre=genre, unit_type=unit_type)]

    def find(
        self,
        queries: Sequence[str],
        count: int,
        *,
        genre: Genre | None = None,
        unit_type: UnitType | None = None,
        use: str | None = None,
        encode_first: int | None = None,
    ) -> list[Found]:
        """Up to `count` sections, best first, for several queries at once (the facts of a section to be written).

        `use` keeps only reports that are usable for it ("structure", "facts"). Encoding a query costs 20 to 50 ms of
        CPU; where `encode_first` is given, only so many of them are compared by meaning, the others by keywords alone.
        Raises UnusableInput where no query holds a word.
        """
        asked = [text for query in queries if _WORD.search(text := wording(_SPACES.sub(" ", query[:_LONGEST_QUERY])))]
        if not asked:
            raise UnusableInput("检索词是空的，或只有数字和符号。请写几个词，如“志愿者清扫楼道”。")
        self.catch_up()
        among = self._chosen(genre, unit_type, use)
        if among is not None and not among:
            return []
        official = {text: words for text in asked if (words := official_words(text))}
        # A widened question keeps its own words for the encoder, which reads sentences; keywords add up by themselves.
        meant = asked if encode_first is None else asked[:encode_first]
        also = [f"{text} {official[text]}" for text in meant if text in official] if encode_first is None else []
        nearest = [
            self._index.nearest(vector, _DEPTH, among) for vector in self._encoder.encode_queries([*meant, *also])
        ]
        meanings, widened = nearest[: len(meant)], nearest[len(meant) :]
        keywords = [self._keywords.ranked(text, _DEPTH, among) for text in asked]
        widened += [self._keywords.ranked(words, _DEPTH, among) for words in official.values()]
        joined = _joined([*meanings, *keywords], 1.0)
        for key, score in _joined(widened, _WIDENED).items():
            joined[key] = joined.get(key, 0.0) + score
        meaning_ranks, keyword_ranks = _best_ranks(meanings), _best_ranks(keywords)
        best = sorted(joined, key=lambda key: (-joined[key], key))[:count]
        sections = self._shelf.sections(best)
        return [
            Found(sections[key], joined[key], meaning_ranks.get(key), keyword_ranks.get(key))
            for key in best
            if key in sections
        ]

    def catch_up(self) -> None:
        """Takes in what changed on the shelf since the last time, in both indexes."""
        with self._lock:
            self._index.catch_up(self._shelf)
            if self._revision < 0:
                revision, changed = self._shelf.revision(), None
            else:
                revision, found = self._shelf.changed_since(self._revision)
                changed = found
                if not changed:
                    self._revision = revision
                    return
                self._forget(changed)
            self._filters.clear()
            self._keywords.add(self._learned(self._shelf.searchable_sections(changed)))
            self._revision = revision

    def _forget(self, report_ids: Collection[str]) -> None:
        self._keywords.drop(report_ids)
        self._kinds = {key: kind for key, kind in self._kinds.items() if key.report_id not in report_ids}

    def _learned(self, sections: Iterable[ShelvedSection]) -> Iterable[tuple[SectionKey, str]]:
        for section in sections:
            if not has_body(section.masked_text):
                continue
            self._kinds[section.key] = _Kind(section.genre, section.unit_type, section.year, section.usable_for)
            yield section.key, f"{section.heading}\n{section.text}"

    def _chosen(self, genre: Genre | None, unit_type: UnitType | None, use: str | None) -> frozenset[SectionKey] | None:
        if genre is None and unit_type is None and use is None:
            return None
        with self._lock:
            asked = (genre, unit_type, use)
            if asked not in self._filters:
                self._filters[asked] = frozenset(
                    key
                    for key, kind in self._kinds.items()
                    if (genre is None or kind.genre == genre)
                    and (unit_type is None or kind.unit_type == unit_type)
                    and (use is None or use in kind.usable_for)
                )
            return self._filters[asked]


def _joined(rankings: Iterable[Sequence[tuple[SectionKey, float]]], weight: float) -> dict[SectionKey, float]:
    scores: dict[SectionKey, float] = {}
    for ranking in rankings:
        for rank, (key, _) in enumerate(ranking, start=1):
            scores[key] = scores.get(key, 0.0) + weight / (_RANK_OFFSET + rank)
    return scores


def _best_ranks(rankings: Iterable[Sequence[tuple[SectionKey, float]]]) -> dict[SectionKey, int]:
    ranks: dict[SectionKey, int] = {}
    for ranking in rankings:
        for rank, (key, _) in enumerate(ranking, start=1):
            ranks[key] = min(rank, ranks.get(key, rank))
    return ranks


def _hit(found: Found) -> SearchHit:
    section = found.section
    return SearchHit(
        report_id=section.key.report_id,
        source=section.source,
        title=section.title,
        genre=section.genre,
        unit_type=section.unit_type,
        heading=section.heading,
        text=section.text,
        score=found.score,
    )
