"""Keyword ranks that work for Chinese: BM25 over single characters and bigrams.

Words would need a segmenter that cuts a question and a report alike; on 40 labelled questions characters with their
pairs found .98 in the first five where jieba's words found .83. Digits are no keywords: “30” stands in every report.
Kept in memory as sorted arrays, in segments: a new report opens a segment of its own, and many small ones are merged.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpus.index.vectors import RowChoice
from service.domain.shelf import SectionKey

if TYPE_CHECKING:
    from numpy.typing import NDArray

# The usual values of BM25.
_SATURATION = 1.2
_LENGTH_WEIGHT = 0.75

# A section is indexed by its first 1,200 characters: what it is about is said by then, and one runaway section of a
# damaged page cannot fill the memory.
_LONGEST_TEXT = 1200

# Above this many segments a question visits too many arrays; merging costs as much as reading the arrays once.
_MOST_SEGMENTS = 12

# The facts of a draft are asked twice, among one genre and among all. 0.4 MB a question at 100,000 sections.
_REMEMBERED = 16

_BLANK = re.compile(r"〔[^〔〕]{0,20}〕")
_BLOCK_OF_TEXTS = 4000
_CHARACTER_BITS = 21
_TEXT_BITS = 21


@dataclass(frozen=True)
class _Segment:
    """Postings of some sections: `terms` sorted; term i stands in `rows[starts[i]:starts[i + 1]]`, `times` often."""

    terms: NDArray[Any]
    starts: NDArray[Any]
    rows: NDArray[Any]
    times: NDArray[Any]


class KeywordIndex:
    """Ranks sections by the characters and bigrams they share with a question. Safe to call from several threads."""

    def __init__(self) -> None:
        import numpy

        self._lock = threading.RLock()
        self._choice = RowChoice()
        self._keys: list[SectionKey] = []
        self._rows_of: dict[str, list[int]] = {}
        self._lengths: NDArray[Any] = numpy.empty(0, dtype=numpy.float32)
        self._alive: NDArray[Any] = numpy.empty(0, dtype=bool)
        self._segments: list[_Segment] = []
        self._asked: dict[str, NDArray[Any]] = {}

    def add(self, sections: Iterable[tuple[SectionKey, str]]) -> None:
        """Takes in sections with the text they are found by."""
        block: list[tuple[SectionKey, str]] = []
        for one in sections:
            block.append(one)
            if len(block) == _BLOCK_OF_TEXTS:
                self._add_block(block)
                block = []
        if block:
            self._add_block(block)

    def drop(self, report_ids: Collection[str]) -> None:
        """Forgets every section of these reports."""
        with self._lock:
            self._asked.clear()
            for report_id in report_ids:
                for row in self._rows_of.pop(report_id, ()):
                    self._alive[row] = False

    def size(self) -> int:
        """How many sections it knows."""
        return int(self._alive.sum())

    def ranked(
        self, question: str, count: int, among: Collection[SectionKey] | None = None
    ) -> list[tuple[SectionKey, float]]:
        """Up to `count` sections that share a term with `question`, best first; only those in `among` where given."""
        import numpy

        with self._lock:
            scores = self._asked.get(question)
            if scores is None:
                scores = self._scores(question)
                scores[~self._alive] = 0.0
                if len(self._asked) >= _REMEMBERED:
                    self._asked.clear()
                self._asked[question] = scores
            keys = self._keys
            if among is None:
                found = numpy.flatnonzero(scores > 0)
            else:
                chosen = self._choice.rows(keys, among)
                found = chosen[scores[chosen] > 0]
        if len(found) > count:
            found = found[numpy.argpartition(-scores[found], count - 1)[:count]]
        ordered = sorted(found.tolist(), key=lambda row: (-scores[row], keys[row]))
        return [(keys[row], float(scores[row])) for row in ordered]

    def _add_block(self, block: Sequence[tuple[SectionKey, str]]) -> None:
        import numpy

        with self._lock:
            self._choice.forget()
            self._asked.clear()
            first = len(self._keys)
            segment, lengths = _segment([text for _, text in block], first)
            for row, (key, _) in enumerate(block, start=first):
                self._keys.append(key)
                self._rows_of.setdefault(key.report_id, []).append(row)
            self._lengths = numpy.concatenate([self._lengths, lengths])
            self._alive = numpy.concatenate([self._alive, numpy.ones(len(block), dtype=bool)])
            self._segments.append(segment)
            if len(self._segments) > _MOST_SEGMENTS:
                self._segments = [_merged(self._segments)]

    def _scores(self, question: str) -> NDArray[Any]:
        import numpy

        total = len(self._keys)
        scores = numpy.zeros(total, dtype=numpy.float32)
        if not total:
            return scores
        usual = max(float(self._lengths.mean()), 1.0)
        weight = _SATURATION * (1 - _LENGTH_WEIGHT + _LENGTH_WEIGHT * self._lengths / usual)
        asked, _ = _segment([question], 0)
        for term in asked.terms.tolist():
            postings = [found for segment in self._segments if (found := _postings(segment, term)) is not None]
            holders = sum(len(rows) for rows, _ in postings)
            rarity = numpy.log1p((total - holders + 0.5) / (holders + 0.5))
            for rows, times in postings:
                scores[rows] += rarity * times * (_SATURATION + 1) / (times + weight[rows])
        return scores


def _postings(segment: _Segment, term: int) -> tuple[NDArray[Any], NDArray[Any]] | None:
    import numpy

    place = int(numpy.searchsorted(segment.terms, term))
    if place == len(segment.terms) or segment.terms[place] != term:
        return None
    part = slice(int(segment.starts[place]), int(segment.starts[place + 1]))
    return segment.rows[part], segment.times[part].astype(numpy.float32)


def keyword_text(text: str) -> str:
    """`text` as keywords are cut from it: full-width folded, lower case, typed blanks gone. Pure."""
    return unicodedata.normalize("NFKC", _BLANK.sub(" ", text[:_LONGEST_TEXT])).lower()


def _segment(texts: Sequence[str], first_row: int) -> tuple[_Segment, NDArray[Any]]:
    """The postings of `texts`, numbered from `first_row`, and their lengths in characters."""
    import numpy

    cleaned = [keyword_text(text) for text in texts]
    # One line break after each text keeps the last character of one from pairing with the first of the next.
    characters = numpy.frombuffer(("\n".join(cleaned) + "\n").encode("utf-32-le", "replace"), dtype="<u4")
    rows = numpy.repeat(numpy.arange(len(texts)), [len(text) + 1 for text in cleaned])
    is_word = _is_word(characters)
    lengths = numpy.bincount(rows[is_word], minlength=len(texts)).astype(numpy.float32)
    wide = characters.astype(numpy.int64)
    pairs = is_word[:-1] & is_word[1:]
    terms = numpy.concatenate([wide[is_word], (wide[:-1][pairs] << _CHARACTER_BITS) | wide[1:][pairs]])
    holders = numpy.concatenate([rows[is_word], rows[:-1][pairs]])
    return _counted(terms, holders, first_row), lengths


def _is_word(characters: NDArray[Any]) -> NDArray[Any]:
    is_letter = (characters >= ord("a")) & (characters <= ord("z"))
    is_chinese = ((characters >= 0x4E00) & (characters <= 0x9FFF)) | ((characters >= 0x3400) & (characters <= 0x4DBF))
    found: NDArray[Any] = is_letter | is_chinese | (characters == ord("〇"))
    return found


def _counted(terms: NDArray[Any], holders: NDArray[Any], first_row: int) -> _Segment:
    import numpy

    # Term (42 bits) and row (21 bits) fill one number to the sign, so that sorting it sorts by both.
    together, times = numpy.unique((terms << _TEXT_BITS) | holders, return_counts=True)
    sorted_terms = together >> _TEXT_BITS
    distinct, starts = numpy.unique(sorted_terms, return_index=True)
    return _Segment(
        distinct,
        numpy.append(starts, len(together)),
        ((together & ((1 << _TEXT_BITS) - 1)) + first_row).astype(numpy.int32),
        numpy.minimum(times, 255).astype(numpy.uint8),
    )


def _merged(segments: Sequence[_Segment]) -> _Segment:
    import numpy

    terms = numpy.concatenate([numpy.repeat(one.terms, numpy.diff(one.starts)) for one in segments])
    # Segments hold rising rows, so a stable sort by term alone keeps the rows of a term in order.
    order = numpy.argsort(terms, kind="stable")
    distinct, starts = numpy.unique(terms[order], return_index=True)
    return _Segment(
        distinct,
        numpy.append(starts, len(terms)),
        numpy.concatenate([one.rows for one in segments])[order],
        numpy.concatenate([one.times for one in segments])[order],
    )
