"""Finds past sections by meaning and by words; both are joined by how far a hit stands above its list."""

from __future__ import annotations

import re
import threading
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.encoder import Encoder
from corpus.index.keywords import KeywordIndex
from corpus.index.vectors import VectorIndex, unpacked
from corpus.joining import Ranking, added_up, by_meaning, by_words
from corpus.mask.masking import wording
from corpus.passages import has_body
from corpus.register import official_words
from corpus.shelf import ReportShelf
from service.domain.errors import UnusableInput
from service.domain.genre import Genre, Level, UnitType
from service.domain.report import SearchHit
from service.domain.shelf import SectionKey, ShelvedSection

if TYPE_CHECKING:
    from corpus.index.vectors import Vector

# Each leg gives its first hundred. On 238 labelled questions 50 and 200 found the same or less.
_DEPTH = 100

# The first ten by words stand for what several facts mean together. To encode the facts' beginnings kept the processor
# busy for 60 ms before a draft could begin; what is chosen differs somewhat (decision 0016).
_LIKE_THESE = 10

# Someone may paste a whole page of notes; the encoder reads no more than this anyway.
_LONGEST_QUERY = 2000

# 街道 or 小学 alone is no unit's name.
_SHORTEST_UNIT = 4

_WORD = re.compile(r"[^\W\d_]")
_SPACES = re.compile(r"\s{1,256}")


@dataclass(frozen=True, slots=True)
class Weights:
    """What the keywords and the official words count beside the meaning, which counts 1.

    Anything from 0.8 to 1.2 and from 0.5 to 0.7 finds about the same on 238 labelled questions; these lie in the middle
    (decision 0009, `make bench-search`). A question is also asked in the words of reports (捡垃圾: 清运垃圾, 卫生死角):
    guesses about what was meant, so they count less, and as keywords alone. To encode them as well cost every question
    30 ms and found less.
    """

    keywords: float = 1.0
    official_words: float = 0.6


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which sections a search may give; None asks for nothing. `use` is "structure" or "facts", `whole` leaves damaged
    reports out."""

    genre: Genre | None = None
    unit_type: UnitType | None = None
    level: Level | None = None
    year: int | None = None
    use: str | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A section that a search found: its joined score, in spreads (about 0 to 15), and its 1-based rank in each leg,
    None where it had none.

    `widened_rank` is its best rank for the official words that stand for the question's chat words, `official_words`.
    """

    section: ShelvedSection
    score: float
    meaning_rank: int | None
    keyword_rank: int | None
    widened_rank: int | None = None
    official_words: str = ""


@dataclass(frozen=True, slots=True)
class _Kind:
    genre: Genre
    unit_type: UnitType
    level: Level
    year: int | None
    usable_for: tuple[str, ...]
    is_damaged: bool

    def answers(self, wanted: Wanted) -> bool:
        """True where a section of this kind may be given."""
        asked = (
            (wanted.genre, self.genre),
            (wanted.unit_type, self.unit_type),
            (wanted.level, self.level),
            (wanted.year, self.year),
        )
        return (
            all(one is None or one == own for one, own in asked)
            and (wanted.use is None or wanted.use in self.usable_for)
            and not (wanted.whole and self.is_damaged)
        )


_WEIGHTS = Weights()


class CorpusSearch:
    """Searches the shelf through a vector index and a keyword index, both kept in step with it. Thread-safe."""

    def __init__(self, shelf: ReportShelf, index: VectorIndex, encoder: Encoder, weights: Weights = _WEIGHTS) -> None:
        self._shelf = shelf
        self._weights = weights
        self._index = index
        self._encoder = encoder
        self._lock = threading.RLock()
        self._keywords = KeywordIndex()
        self._kinds: dict[SectionKey, _Kind] = {}
        self._filters: dict[Wanted, frozenset[SectionKey]] = {}
        self._revision = -1

    def search(
        self,
        query: str,
        k: int = 5,
        genre: Genre | None = None,
        unit_type: UnitType | None = None,
        *,
        level: Level | None = None,
        year: int | None = None,
        whole: bool = False,
        unit: str = "",
    ) -> list[SearchHit]:
        """Up to `k` past sections for `query`, best first; only of this genre, unit type, level and year where given,
        and of undamaged reports where `whole`.

        A hit of the asker's own `unit` says so: its figures look right in a new report of that unit and are old. Raises
        UnusableInput where the query holds no word.
        """
        wanted = Wanted(genre, unit_type, level, year, None, whole)
        return [_hit(one, unit) for one in self._find([query], k, wanted, True)]

    def find(
        self,
        queries: Sequence[str],
        count: int,
        *,
        genre: Genre | None = None,
        unit_type: UnitType | None = None,
        use: str | None = None,
        encode: bool = True,
    ) -> list[Found]:
        """Up to `count` sections, best first, for several queries at once (the facts of a section to be written).

        `use` keeps only reports that are usable for it ("structure", "facts"). Encoding a query costs 20 to 50 ms of
        CPU; without `encode` the meaning is that of the sections which the words find (their vectors are known).
        Raises UnusableInput where no query holds a word.
        """
        return self._find(queries, count, Wanted(genre, unit_type, use=use), encode)

    def _find(self, queries: Sequence[str], count: int, wanted: Wanted, encode: bool) -> list[Found]:
        asked = [text for query in queries if _WORD.search(text := wording(_SPACES.sub(" ", query[:_LONGEST_QUERY])))]
        if not asked:
            raise UnusableInput("检索词是空的，或只有数字和符号。请写几个词，如“志愿者清扫楼道”。")
        self.catch_up()
        among = self._chosen(wanted)
        if among is not None and not among:
            return []
        official = {text: words for text in asked if (words := official_words(text))}
        keywords = [self._keywords.ranked(text, _DEPTH, among) for text in asked]
        meant = self._encoder.encode_queries(asked) if encode else self._middle(keywords, asked[:1])
        meanings = [self._index.nearest(vector, _DEPTH, among) for vector in meant]
        widened = [self._keywords.ranked(words, _DEPTH, among) for words in official.values()]
        joined = added_up(
            [
                *((by_meaning(one), 1.0) for one in meanings),
                *((by_words(one, _DEPTH), self._weights.keywords) for one in keywords),
                *((by_words(one, _DEPTH), self._weights.official_words) for one in widened),
            ]
        )
        meaning_ranks, keyword_ranks, other_ranks = (_best_ranks(leg) for leg in (meanings, keywords, widened))
        also_asked = " ".join(official.values())
        best = sorted(joined, key=lambda key: (-joined[key], key))[:count]
        sections = self._shelf.sections(best)
        return [
            Found(
                sections[key],
                joined[key],
                meaning_ranks.get(key),
                keyword_ranks.get(key),
                other_ranks.get(key),
                also_asked,
            )
            for key in best
            if key in sections
        ]

    def _middle(self, keywords: Sequence[Ranking], asked: Sequence[str]) -> Iterable[Vector]:
        """One vector, in the middle of those of the sections that the words find; where they find none, of `asked`."""
        import numpy

        words = added_up((by_words(one, _DEPTH), 1.0) for one in keywords)
        best = frozenset(sorted(words, key=lambda key: (-words[key], key))[:_LIKE_THESE])
        known = self._shelf.vectors(self._encoder.name, {key.report_id for key in best}) if best else ()
        packed = [vector for key, vector in known if key.section in best]
        if not packed:
            return self._encoder.encode_queries(asked)
        middle = unpacked(packed, len(packed[0]) // 2).mean(axis=0)
        return [middle / max(float(numpy.linalg.norm(middle)), 1e-12)]

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
            self._kinds[section.key] = _Kind(
                section.genre,
                section.unit_type,
                section.report_level,
                section.year,
                section.usable_for,
                bool(section.damage),
            )
            yield section.key, f"{section.heading}\n{section.text}"

    def _chosen(self, wanted: Wanted) -> frozenset[SectionKey] | None:
        if wanted == Wanted():
            return None
        with self._lock:
            if wanted not in self._filters:
                self._filters[wanted] = frozenset(key for key, kind in self._kinds.items() if kind.answers(wanted))
            return self._filters[wanted]

    def keywords_size(self) -> int:
        """How many sections the keyword index knows."""
        return self._keywords.size()


def _best_ranks(rankings: Iterable[Sequence[tuple[SectionKey, float]]]) -> dict[SectionKey, int]:
    ranks: dict[SectionKey, int] = {}
    for ranking in rankings:
        for rank, (key, _) in enumerate(ranking, start=1):
            ranks[key] = min(rank, ranks.get(key, rank))
    return ranks


def is_same_unit(asking: str, past: str) -> bool:
    """True where a past report is of the unit that asks, also where one of both leaves out its town (岚州市). Pure."""
    asking, past = asking.strip(), past.strip()
    shorter, longer = sorted((asking, past), key=len)
    return len(shorter) >= _SHORTEST_UNIT and longer.endswith(shorter)


def _hit(found: Found, unit: str) -> SearchHit:
    section = found.section
    why = {
        "meaning_rank": found.meaning_rank,
        "keyword_rank": found.keyword_rank,
        "widened_rank": found.widened_rank,
        "official_words": found.official_words,
    }
    return SearchHit(
        report_id=section.key.report_id,
        source=section.source,
        title=section.title,
        genre=section.genre,
        unit_type=section.unit_type,
        heading=section.heading,
        text=section.text,
        score=found.score,
        unit=section.unit,
        level=section.report_level,
        year=section.year,
        damage=section.damage,
        same_unit=is_same_unit(unit, section.unit),
        why=why,
    )
