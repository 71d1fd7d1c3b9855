"""Copies and twins among reports, by their 8-character shingles with punctuation, digits and masks left aside.

Near-exact copies are joined and the less damaged one is kept. Template twins, the same sentences under another unit's
name or with another period's figures, are kept and reported, however alike: joined, the one's facts would be lost and
its words would mend the other. They must never be offered together as exemplars.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import TYPE_CHECKING

from corpus.clean.masks import TOKEN
from corpus.identity import tells_of_another
from service.domain.report import Report

if TYPE_CHECKING:
    from numpy import uint64
    from numpy.typing import NDArray

    Hashes = NDArray[uint64]

SHINGLE_CHARS = 8
# Measured on real pages: copies lie at 0.88 and above, twins at 0.28, unrelated reports below 0.05.
COPY_FROM = 0.8
TWIN_FROM = 0.05
# One shingle in this many stands for its report when candidates are sought; all are compared afterwards.
_SAMPLED_ONE_IN = 8
# A text of fewer shingles than this is never sampled.
_SHORT_TEXT_SHINGLES = 400
# Up to here every shingle is compared (12 kB a report); beyond, the sample, whose estimate is off by some 3 in 100.
_EXACT_UP_TO_REPORTS = 10_000
# A shingle of more reports than this is a stock phrase (全国文明城市创建工作) and says nothing about copying.
_STOCK_PHRASE_REPORTS = 60

# Two groups of copies are joined after so many of each were compared, each with each: a comparison takes some 10 ms.
_COMPARED_IN_A_GROUP = 8

# On the shelf one shingle in this many stands for its report: 75 for a report of 2,400 characters, 2.6 kB.
_MARKED_ONE_IN = 32
_MARKED_ONE_IN_SHORT = 8
# A text with fewer marks than this is short.
_SHORT_TEXT_MARKS = 20

_LEFT_ASIDE = re.compile(r"[^\u3400-\u4dbf\u4e00-\u9fffA-Za-z]+|[xX]{2,}")


@dataclass(frozen=True, slots=True)
class TemplateTwins:
    """Two reports that share sentences: ids in order, and the share of the shorter one's shingles (0 to 1)."""

    first: str
    second: str
    containment: float


def shingles(text: str) -> frozenset[int]:
    """The hashed 8-character shingles of `text`, digits, masks and punctuation aside; empty for a short one. Pure."""
    return frozenset(_hashes(text).tolist())


def marks(text: str) -> tuple[int, ...]:
    """The shingle hashes of `text` that stand for it on the shelf, signed 64 bits, sorted; about one in 32. Pure.

    Of a short text one in 8 are taken; those of a long one are among them, so both see what they share.
    """
    import numpy as np

    whole = _hashes(text)
    one_in = _MARKED_ONE_IN if len(whole) > _SHORT_TEXT_MARKS * _MARKED_ONE_IN else _MARKED_ONE_IN_SHORT
    chosen: list[int] = whole[whole % np.uint64(one_in) == 0].view(np.int64).tolist()
    return tuple(sorted(chosen))


def _hashes(text: str) -> Hashes:
    """The distinct shingle hashes, sorted. The same on every machine: no hash of Python's own, which is salted."""
    import numpy as np

    plain = _LEFT_ASIDE.sub("", TOKEN.sub("", text))
    codes = np.frombuffer(plain.encode("utf-32-le", "replace"), dtype="<u4").astype(np.uint64)
    count = len(codes) - SHINGLE_CHARS + 1
    if count < 1:
        return np.empty(0, dtype=np.uint64)
    hashed = np.zeros(count, dtype=np.uint64)
    for offset in range(SHINGLE_CHARS):
        hashed = hashed * np.uint64(0x100000001B3) + codes[offset : offset + count]
    # The product's low bits follow the last character alone; sampling by them would take every shingle ending in 的.
    hashed ^= hashed >> np.uint64(29)
    hashed *= np.uint64(0xBF58476D1CE4E5B9)
    hashed ^= hashed >> np.uint64(32)
    return np.unique(hashed)


def _sketches(reports: Mapping[str, Report]) -> dict[str, Hashes]:
    """The hashes of every report: all of them up to a number of reports, a sample of them beyond, to bound memory."""
    import numpy as np

    if len(reports) <= _EXACT_UP_TO_REPORTS:
        return {report_id: _hashes(report.text) for report_id, report in reports.items()}
    sampled: dict[str, Hashes] = {}
    for report_id, report in reports.items():
        whole = _hashes(report.text)
        part = whole[whole % np.uint64(_SAMPLED_ONE_IN) == 0]
        # A short text is kept whole, or nothing would be left to compare; against a sample it matches too little.
        sampled[report_id] = part if len(whole) > _SHORT_TEXT_SHINGLES else whole
    return sampled


def near_duplicates(reports: Sequence[Report], compared: Collection[str] = ()) -> dict[str, str]:
    """For every report that repeats another: its id to the id of the one to keep. Pure.

    Joined from 0.8 Jaccard or containment upwards, unless the two tell of different units or periods. Kept is the less
    damaged, then the longer, then the earlier one; it is never itself a duplicate. Reports of the same id are one
    report and need no entry. Ids in `compared` were found to be originals beside each other before.
    """
    by_id = {report.report_id: report for report in reports}
    order = {report_id: place for place, report_id in enumerate(by_id)}
    sets = _sketches(by_id)
    groups = {report_id: [report_id] for report_id in by_id}
    settled = frozenset(compared)

    for first, second in _candidates(sets):
        ours, theirs = groups[first], groups[second]
        if ours is theirs or (first in settled and second in settled) or not _is_copy(sets[first], sets[second]):
            continue
        # A copy without names is like the reports of two units; it joins one of them and never both to each other.
        pairs = {(first, second), *product(ours[:_COMPARED_IN_A_GROUP], theirs[:_COMPARED_IN_A_GROUP])}
        if any(tells_of_another(by_id[one], by_id[other]) for one, other in pairs):
            continue
        ours += theirs
        groups.update(dict.fromkeys(theirs, ours))
    joined: dict[str, str] = {}
    for report_id, members in groups.items():
        kept = min(members, key=lambda one: (*_worse(by_id[one]), order[one]))
        if kept != report_id:
            joined[report_id] = kept
    return joined


def mark_duplicates(reports: Sequence[Report]) -> tuple[Report, ...]:
    """`reports` with `duplicate_of` set where one repeats another, in the same order. Pure."""
    joined = near_duplicates(reports)
    return tuple(replace(report, duplicate_of=joined.get(report.report_id)) for report in reports)


def template_twins(reports: Sequence[Report], compared: Collection[str] = ()) -> tuple[TemplateTwins, ...]:
    """Pairs that share 0.05 of the shorter one's shingles or more and are no copies, most alike first;
    not those of two that were `compared` before. Pure."""
    by_id = {report.report_id: report for report in reports}
    sets = _sketches(by_id)
    settled = frozenset(compared)
    twins = [
        TemplateTwins(first, second, round(share, 4))
        for first, second in _candidates(sets)
        if not (first in settled and second in settled)
        and (share := _containment(sets[first], sets[second])) >= TWIN_FROM
        and (not _is_copy(sets[first], sets[second]) or tells_of_another(by_id[first], by_id[second]))
    ]
    return tuple(sorted(twins, key=lambda pair: (-pair.containment, pair.first, pair.second)))


def _worse(report: Report) -> tuple[int, int, bool, int]:
    usable = -len(report.usable_for)
    return usable, len(report.damage), TOKEN.search(report.title) is not None, -len(report.text)


def _shared(first: Hashes, second: Hashes) -> int:
    import numpy as np

    return len(np.intersect1d(first, second, assume_unique=True))


def _containment(first: Hashes, second: Hashes) -> float:
    smaller = min(len(first), len(second))
    return _shared(first, second) / smaller if smaller else 0.0


def _is_copy(first: Hashes, second: Hashes) -> bool:
    shared = _shared(first, second)
    if not shared:
        return False
    jaccard = shared / (len(first) + len(second) - shared)
    # A short text wholly inside a long one is a quotation; only texts of some size are copies by containment.
    smaller, larger = sorted((len(first), len(second)))
    return jaccard >= COPY_FROM or (shared / smaller >= COPY_FROM and smaller >= 0.3 * larger)


def _candidates(sets: Mapping[str, Hashes]) -> list[tuple[str, str]]:
    """Pairs that may share enough, found through a sample of shingles; every copy and nearly every twin is among them.

    Sampling by the hash itself takes the same shingles from every report, so a shared one is seen from both sides.
    """
    import numpy as np

    if not sets:
        return []
    ids = list(sets)
    sampled = [_sample(sets[report_id]) for report_id in ids]
    values = np.concatenate(sampled)
    owners = np.repeat(np.arange(len(ids)), [len(part) for part in sampled])
    order = np.argsort(values, kind="stable")
    values, owners = values[order], owners[order]
    starts = np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1]))) if len(values) else np.empty(0, int)
    sizes = np.diff(np.append(starts, len(values)))
    shared: Counter[tuple[int, int]] = Counter()
    for start, size in zip(starts[sizes > 1].tolist(), sizes[sizes > 1].tolist(), strict=True):
        if size <= _STOCK_PHRASE_REPORTS:
            shared.update(combinations(owners[start : start + size].tolist(), 2))
    return [(ids[first], ids[second]) for (first, second), count in sorted(shared.items()) if count >= 2]


def _sample(hashes: Hashes) -> Hashes:
    import numpy as np

    # A short text is taken whole, or its sample could be empty.
    return hashes if len(hashes) <= _SHORT_TEXT_SHINGLES else hashes[hashes % np.uint64(_SAMPLED_ONE_IN) == 0]
