"""The longest run of characters a draft shares with a past report, fixed formulas set aside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import compress, pairwise
from pathlib import Path

from service.domain.finding import Overlap
from service.domain.report import ExemplarOriginal

_BASE, _PRIME = 1_000_003, (1 << 61) - 1
_SLICED_UP_TO = 64  # characters; longer runs are compared by rolling hashes, so that a copied book costs no gigabytes
_SEED = 8  # characters that any run worth telling begins and ends with
_MOST_FAILED = 400  # searches in vain before seeds are given up
# Marks in place of a formula: one for the draft, another for the past report, so that no run goes through it.
_DRAFT_MARK, _OTHER_MARK = "\ue000", "\ue001"


@dataclass(frozen=True, slots=True)
class Run:
    """A run that stands in both texts: `chars` letters and digits long, `start` and `end` in the draft."""

    chars: int
    start: int
    end: int
    at: int


@cache
def _formulas() -> tuple[str, ...]:
    rows = Path(__file__).with_name("formulas.txt").read_text(encoding="utf-8").splitlines()
    return tuple(sorted((row for row in rows if row and not row.startswith("#")), key=len, reverse=True))


@lru_cache(maxsize=32)
def _folded(text: str, mark: str) -> tuple[str, tuple[int, ...]]:
    """The letters and digits of `text` with every formula replaced by `mark`, and the offset each came from."""
    for formula in _formulas():
        if formula in text:
            text = text.replace(formula, mark * len(formula))
    kept = [*map(str.isalnum, text)]
    for at in range(text.find(mark), len(text)) if mark in text else ():
        kept[at] = kept[at] or text[at] == mark
    return "".join(compress(text, kept)), tuple(compress(range(len(text)), kept))


def without_formulas(text: str) -> list[str]:
    """The stretches of letters and digits of `text` that its fixed formulas leave between them. Pure."""
    return [piece for piece in _folded(text, _DRAFT_MARK)[0].split(_DRAFT_MARK) if piece]


def longest_shared(draft: str, other: str, longer_than: int = 0) -> Run | None:
    """The longest run of letters and digits that both texts hold, if it is longer than `longer_than`, else None. Pure.

    Punctuation and spaces are left out of both. Time is n log n at worst: the length is doubled, then halved in, each
    step one pass over both texts; where they share a seed, one pass over the stretches of shared seeds is enough.
    """
    a, places = _folded(draft, _DRAFT_MARK)
    b, others = _folded(other, _OTHER_MARK)
    if _grams(a, _SEED).isdisjoint(_grams(b, _SEED)):
        found = _short(a, b, longer_than)
    else:
        found = _by_seeds(a, b, longer_than) or _by_halving(a, b, longer_than)
    if found is None or found[0] <= longer_than:
        return None
    size, at, there = found
    return Run(size, places[at], places[at + size - 1] + 1, others[there])


def _by_seeds(a: str, b: str, longer_than: int) -> tuple[int, int, int] | None:
    """The longest shared run as size and both starts; size 0 where none is longer; None where seeds cannot tell.

    Each seed of a run stands in the other text, so a run lies in a stretch of such places, and an honest draft has few.
    Texts made of one repeated word are one such stretch: those are given up here.
    """
    size, at, there, failed = longer_than, 0, 0, 0
    for start, last in _stretches(a, _grams(a, _SEED) & _grams(b, _SEED)):
        while start + max(size + 1, _SEED) - _SEED <= last:
            wanted = max(size + 1, _SEED)
            found = b.find(a[start : start + wanted])
            if found < 0:
                failed += 1
                start += 1
                if failed > _MOST_FAILED:
                    return None
                continue
            while start + wanted < len(a) and found + wanted < len(b) and a[start + wanted] == b[found + wanted]:
                wanted += 1
            size, at, there = wanted, start, found
    return size if size > longer_than else 0, at, there


def _stretches(text: str, seeds: frozenset[str]) -> Iterator[tuple[int, int]]:
    """The first and last places of each stretch of places at which one of `seeds` stands."""
    places = [at for at in range(len(text) - _SEED + 1) if text[at : at + _SEED] in seeds]
    ends = [index for index, (at, behind) in enumerate(pairwise(places)) if behind != at + 1]
    for before, last in zip([-1, *ends], [*ends, len(places) - 1], strict=True) if places else ():
        yield places[before + 1], places[last]


def _short(a: str, b: str, longer_than: int) -> tuple[int, int, int] | None:
    """The longest run of texts that share no seed: any two of a trade share five or six characters."""
    for size in range(_SEED - 1, longer_than, -1):
        if _share(a, b, size):
            return (size, *_where(a, b, size))
    return None


def _by_halving(a: str, b: str, longer_than: int) -> tuple[int, int, int] | None:
    """The longest shared run as size and both starts, in n log n however alike the texts; None where none is longer."""
    low, high, step = longer_than, min(len(a), len(b)), 4
    while low < high:
        middle = low + 1 if low == longer_than else min(low + step, (low + high + 1) // 2)
        if _share(a, b, middle):
            low, step = middle, step * 2
        else:
            high, step = middle - 1, high
    return (low, *_where(a, b, low)) if low > longer_than else None


def _share(a: str, b: str, size: int) -> bool:
    """True where both texts hold a run of `size` characters."""
    if size <= _SLICED_UP_TO:
        return not _grams(a, size).isdisjoint(_grams(b, size))
    return _hashed_alike(a, b, size) is not None


def _where(a: str, b: str, size: int) -> tuple[int, int]:
    """Where the first run of `size` characters that both hold starts in each."""
    if size > _SLICED_UP_TO:
        found = _hashed_alike(a, b, size)
        assert found is not None
        return found
    theirs = _grams(b, size)
    at = next(at for at in range(len(a)) if a[at : at + size] in theirs)
    return at, b.find(a[at : at + size])


def _hashed_alike(a: str, b: str, size: int) -> tuple[int, int] | None:
    known = {value: start for start, value in enumerate(_rolling(b, size))}
    for start, value in enumerate(_rolling(a, size)):
        there = known.get(value)
        if there is not None and a[start : start + size] == b[there : there + size]:
            return start, there
    return None


@lru_cache(maxsize=64)
def _grams(text: str, size: int) -> frozenset[str]:
    return frozenset([text[start : start + size] for start in range(len(text) - size + 1)])


def _rolling(text: str, size: int) -> list[int]:
    lead = pow(_BASE, size - 1, _PRIME)
    value = 0
    values = []
    for at, char in enumerate(text):
        if at >= size:
            value = (value - ord(text[at - size]) * lead) % _PRIME
        value = (value * _BASE + ord(char)) % _PRIME
        if at >= size - 1:
            values.append(value)
    return values


def overlap_with(draft: str, exemplars: Sequence[ExemplarOriginal]) -> tuple[Overlap, Run | None]:
    """The longest run with any exemplar, as the certificate names it, and where it stands in the draft. Pure."""
    best, source = None, None
    for one in exemplars:
        run = longest_shared(draft, one.text, best.chars if best else 0)
        if run is not None:
            best, source = run, one
    if best is None or source is None:
        return Overlap(0, None), None
    return Overlap(best.chars, source.title or source.report_id), best
