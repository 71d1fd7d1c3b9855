"""Chooses the past sections whose form a draft may take, and hands them over masked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.dedupe import TWIN_FROM, shingles
from corpus.mask.masking import wording
from corpus.search import CorpusSearch, Found, is_same_unit
from corpus.shelf import ReportShelf
from service.domain.errors import NotFound
from service.domain.genre import Genre, UnitType
from service.domain.report import Exemplar, ExemplarOriginal, Retrieved

# Keywords cost 1 ms a question; the longest facts say most of what a report is about.
_MOST_QUERIES = 12

# Candidates fetched for each exemplar wanted: neighbours in rank are often of one report or of its twins.
_CANDIDATES_EACH = 8

# Below forty characters of wording a section is a line under a heading, with no form to learn from.
_LEAST_WORDING = 40
# Where less than half of a section is wording, masks and blanks left a skeleton that reads as nothing.
_LEAST_SHARE_OF_WORDING = 0.5

# The same type of unit counts a tenth more: among the first some half a spread, a few places.
_SAME_UNIT_TYPE = 1.1


def choose_exemplars(
    search: CorpusSearch,
    shelf: ReportShelf,
    *,
    genre: Genre,
    unit_type: UnitType,
    queries: Sequence[str],
    count: int = 4,
    unit: str = "",
) -> list[Retrieved]:
    """Up to `count` past sections for facts `queries`, best first: of the same genre first, each of another report.

    Reports that are twins of one already chosen are passed over, as are those not usable for structure and sections too
    short or too damaged to have a form. Those of `unit` itself say so. Empty where the shelf has nothing fit.
    """
    if count <= 0:
        return []
    asked = sorted((query for query in queries if wording(query)), key=len, reverse=True)[:_MOST_QUERIES]
    if not asked:
        asked = [genre.chinese]
    wanted = count * _CANDIDATES_EACH
    same_genre = search.find(asked, wanted, genre=genre, use="structure", encode=False)
    chosen = _diverse(_by_unit_type(same_genre, unit_type), count, shelf, [])
    if len(chosen) < count:
        others = [
            one for one in search.find(asked, wanted, use="structure", encode=False) if one.section.genre != genre
        ]
        chosen = _diverse(_by_unit_type(others, unit_type), count, shelf, chosen)
    return [_retrieved(one, unit) for one in chosen]


def _by_unit_type(found: Iterable[Found], unit_type: UnitType) -> list[Found]:
    def weight(one: Found) -> float:
        return one.score * (_SAME_UNIT_TYPE if one.section.unit_type == unit_type else 1.0)

    return sorted(found, key=lambda one: (-weight(one), one.section.key))


def _diverse(candidates: Iterable[Found], count: int, shelf: ReportShelf, chosen: Sequence[Found]) -> list[Found]:
    kept = list(chosen)
    texts = {one.section.key.report_id: _shingles_of(one.section.key.report_id, shelf) for one in kept}
    for one in candidates:
        if len(kept) >= count:
            break
        report_id = one.section.key.report_id
        if report_id in texts or not _has_form(one):
            continue
        own = _shingles_of(report_id, shelf)
        if any(_are_twins(own, other) for other in texts.values()):
            continue
        texts[report_id] = own
        kept.append(one)
    return kept


def _has_form(one: Found) -> bool:
    masked = one.section.masked_text
    words = len(wording(masked))
    return words >= _LEAST_WORDING and words >= _LEAST_SHARE_OF_WORDING * len(masked)


def _shingles_of(report_id: str, shelf: ReportShelf) -> frozenset[int]:
    try:
        return shingles(shelf.report(report_id).text)
    except NotFound:  # removed by someone since it was found
        return frozenset()


def _are_twins(first: frozenset[int], second: frozenset[int]) -> bool:
    smaller = min(len(first), len(second))
    return smaller > 0 and len(first & second) / smaller >= TWIN_FROM


def _retrieved(one: Found, unit: str) -> Retrieved:
    section = one.section
    own = is_same_unit(unit, section.unit)
    return Retrieved(
        Exemplar(
            report_id=section.key.report_id,
            genre=section.genre,
            unit_type=section.unit_type,
            heading=section.masked_heading,
            masked=section.masked_text,
            score=one.score,
            same_unit=own,
        ),
        ExemplarOriginal(
            report_id=section.key.report_id,
            title=section.title,
            heading=section.heading,
            text=section.text,
            same_unit=own,
        ),
    )
