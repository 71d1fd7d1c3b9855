"""What several reporters each give of one thing, line by line: 杂物62处 of one community, 杂物45处 of the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from service.checking.claim import Claim, bigrams, plain_unit
from service.checking.phrases import stretch_before, words_in
from service.domain.quantity import Kind

_COUNTED = frozenset((Kind.COUNT, Kind.MEASURE, Kind.MONEY))


def records_of(draft: Claim, operands: Sequence[Claim], notes: Sequence[Claim]) -> Iterator[list[Claim]]:
    """What the lines of several reporters each give of the draft's thing, one figure a line. Pure.

    A line is such a record where it lists several figures under labels that another line repeats.
    """
    by_line: dict[int, list[Claim]] = {}
    for one in operands:
        if not one.column and one.mention.kind in _COUNTED:
            by_line.setdefault(one.stands_for or one.line, []).append(one)
    group = []
    for members in by_line.values():
        best = max(members, key=lambda one: _told_alike(draft, one))
        if _told_alike(draft, best):
            group.append(best)
    figures = Counter(one.stands_for or one.line for one in notes if one.mention.kind in _COUNTED)
    records = [one for one in group if figures[one.stands_for or one.line] >= _FEWEST_OF_A_RECORD]
    shared_label = len({plain_unit(one.mention.unit) for one in records if one.mention.unit}) <= 1
    if len(records) >= _FEWEST_RECORDS and shared_label:
        yield records


def _told_alike(draft: Claim, one: Claim) -> float:
    """How far the label before a figure, or its counter, is that of the draft's: 册子 and 宣传册 share one sign."""
    label = one.own if one.stands_for else words_in(stretch_before(one))
    words = words_in(draft.item_text) | bigrams(draft.noun)
    letters = set(stretch_before(one)[-_TAIL:]) & set(draft.noun)
    unit = plain_unit(one.mention.unit)
    same_counter = bool(unit) and unit == plain_unit(draft.mention.unit) and unit not in _OF_ANYTHING
    return 2 * len(label & words) + same_counter + len(letters) / 2


_TAIL, _OF_ANYTHING = 2, frozenset(("个", "处", "件", "次", "项", "条", "起"))
_FEWEST_OF_A_RECORD, _FEWEST_RECORDS = 3, 3
