"""Copies and twins among reports, by their 8-character shingles with punctuation, digits and masks left aside.

Near-exact copies are joined and the less damaged one is kept. Template twins, the same sentences under another unit's
name, are kept and reported: they must never be offered together as exemplars.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from zlib import crc32

from corpus.clean.masks import TOKEN
from service.domain.report import Report

SHINGLE_CHARS = 8
# Measured on real pages: copies lie at 0.88 and above, twins at 0.28, unrelated reports below 0.05.
COPY_FROM = 0.8
TWIN_FROM = 0.05
# One shingle in this many stands for its report when candidates are sought; all are compared afterwards.
_SAMPLED_ONE_IN = 8
# A shingle of more reports than this is a stock phrase (全国文明城市创建工作) and says nothing about copying.
_STOCK_PHRASE_REPORTS = 60

_LEFT_ASIDE = re.compile(r"[^\u3400-\u4dbf\u4e00-\u9fffA-Za-z]+|[xX]{2,}")


@dataclass(frozen=True, slots=True)
class TemplateTwins:
    """Two reports that share sentences: ids in order, and the share of the shorter one's shingles (0 to 1)."""

    first: str
    second: str
    containment: float


def shingles(text: str) -> frozenset[int]:
    """The hashed 8-character shingles of `text`, digits, masks and punctuation aside; empty for a short one. Pure."""
    plain = _LEFT_ASIDE.sub("", TOKEN.sub("", text))
    raw = plain.encode("utf-32-le")
    width = SHINGLE_CHARS * 4
    return frozenset(crc32(raw[start : start + width]) for start in range(0, len(raw) - width + 1, 4))


def near_duplicates(reports: Sequence[Report]) -> dict[str, str]:
    """For every report that repeats another: its id to the id of the one to keep. Pure.

    Joined from 0.8 Jaccard or containment upwards. Kept is the less damaged, then the longer, then the earlier one; it
    is never itself a duplicate. Reports of the same id are one report and need no entry.
    """
    by_id = {report.report_id: report for report in reports}
    order = {report_id: place for place, report_id in enumerate(by_id)}
    sets = {report_id: shingles(report.text) for report_id, report in by_id.items()}
    parent = {report_id: report_id for report_id in by_id}

    def root(report_id: str) -> str:
        while parent[report_id] != report_id:
            parent[report_id] = parent[parent[report_id]]
            report_id = parent[report_id]
        return report_id

    for first, second in _candidates(sets):
        if _is_copy(sets[first], sets[second]):
            parent[root(second)] = root(first)
    groups: dict[str, list[str]] = defaultdict(list)
    for report_id in by_id:
        groups[root(report_id)].append(report_id)
    joined: dict[str, str] = {}
    for members in groups.values():
        kept = min(members, key=lambda one: (*_worse(by_id[one]), order[one]))
        joined.update({member: kept for member in members if member != kept})
    return joined


def mark_duplicates(reports: Sequence[Report]) -> tuple[Report, ...]:
    """`reports` with `duplicate_of` set where one repeats another, in the same order. Pure."""
    joined = near_duplicates(reports)
    return tuple(replace(report, duplicate_of=joined.get(report.report_id)) for report in reports)


def template_twins(reports: Sequence[Report]) -> tuple[TemplateTwins, ...]:
    """Pairs that share 0.05 to 0.8 of the shorter one's shingles, most alike first. Pure."""
    by_id = {report.report_id: report for report in reports}
    sets = {report_id: shingles(report.text) for report_id, report in by_id.items()}
    twins = [
        TemplateTwins(first, second, round(share, 4))
        for first, second in _candidates(sets)
        if not _is_copy(sets[first], sets[second]) and (share := _containment(sets[first], sets[second])) >= TWIN_FROM
    ]
    return tuple(sorted(twins, key=lambda pair: (-pair.containment, pair.first, pair.second)))


def _worse(report: Report) -> tuple[int, int, int]:
    usable = -len(report.usable_for)
    return usable, len(report.damage), -len(report.text)


def _containment(first: frozenset[int], second: frozenset[int]) -> float:
    smaller = min(len(first), len(second))
    return len(first & second) / smaller if smaller else 0.0


def _is_copy(first: frozenset[int], second: frozenset[int]) -> bool:
    shared = len(first & second)
    if not shared:
        return False
    jaccard = shared / (len(first) + len(second) - shared)
    # A short text wholly inside a long one is a quotation; only texts of some size are copies by containment.
    smaller, larger = sorted((len(first), len(second)))
    return jaccard >= COPY_FROM or (shared / smaller >= COPY_FROM and smaller >= 0.3 * larger)


def _candidates(sets: Mapping[str, frozenset[int]]) -> Iterable[tuple[str, str]]:
    """Pairs that may share enough, found through a sample of shingles; every copy and nearly every twin is among them.

    Sampling by the hash itself takes the same shingles from every report, so a shared one is seen from both sides.
    """
    holders: dict[int, list[str]] = defaultdict(list)
    for report_id, hashes in sets.items():
        # A short text is taken whole, or its sample could be empty.
        one_in = _SAMPLED_ONE_IN if len(hashes) > 400 else 1
        for value in hashes:
            if value % one_in == 0:
                holders[value].append(report_id)
    shared: Counter[tuple[str, str]] = Counter()
    for members in holders.values():
        if 2 <= len(members) <= _STOCK_PHRASE_REPORTS:
            for place, first in enumerate(members):
                for second in members[place + 1 :]:
                    shared[first, second] += 1
    return [pair for pair, count in shared.items() if count >= 2]
