"""Whether two reports of the same sentences are one report twice, or two that were written from one template.

A site masks, cuts, deletes and misprints, but it never puts one name in the place of another: where a name of the one
stands where the other has another name, and neither knows the other's, they tell of different units. So do figures:
a copy has a figure misprinted here and there, another quarter's report has them all anew.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from corpus.mask.people import find_people
from service.domain.quantity import Amount, Role
from service.domain.report import Report
from service.language.differences import Piece, PieceKind, Row, Sentence, differences_of, sentences_of
from service.language.names import NameKind, bare_name, find_names, policy_reason

# Names that tell whose report it is; documents and brands are the same for all, and their marks are misprinted.
_OF_SOMEBODY = (NameKind.PERSON, NameKind.PLACE, NameKind.UNIT)
# A figure or two are misprints or a later state of the same text; in reports of two periods most figures differ.
_FEWEST_FIGURES, _LEAST_SHARE_OF_FIGURES = 3, 0.3
_WORD = re.compile(r"[\u4e00-\u9fff]{2,12}")
_OFTEN_ENOUGH = 2
# Title, text, unit, and whether its figures can be trusted.
_Key = tuple[str, str, str, bool]
_MASK = re.compile(r"[〔〕*×xX_○]|某")


def tells_of_another(first: Report, second: Report) -> bool:
    """True where two reports that share their sentences are of different units or periods. Symmetric. Pure."""
    one, other = sorted(
        (report.title, report.text, report.unit, "facts" in report.usable_for) for report in (first, second)
    )
    return _tell_apart(one, other)


# A template of many units is compared each with each, and copies and twins are sought one after the other.
@lru_cache(maxsize=4_096)
def _tell_apart(one: _Key, other: _Key) -> bool:
    first, second = _told(*one), _told(*other)
    rows = differences_of(first.sentences, second.sentences)
    if _other_names(rows, first, second):
        return True
    return first.has_facts and second.has_facts and _other_figures(rows)


def _other_names(rows: list[Row], first: _Told, second: _Told) -> bool:
    """True where a name stands in the place of another, and neither is anywhere in the other's text."""
    seen: Counter[tuple[str, str]] = Counter()
    for row in rows:
        if row.before is None or row.after is None:
            continue
        for gone, come in _replaced(row.pieces):
            runs = first.cut(row.before, gone), second.cut(row.after, come)
            names = first.name_at(row.before, gone), second.name_at(row.after, come)
            if all(names) and _are_apart(*names, first, second):
                return True
            if all(_WORD.fullmatch(run) for run in runs) and _are_apart(*runs, first, second):
                # A word of no name is misprinted once; the same word put for the same word throughout is a name.
                seen[runs] += 1
                if any(names) or seen[runs] >= _OFTEN_ENOUGH:
                    return True
    return False


def _are_apart(ours: str, theirs: str, first: _Told, second: _Told) -> bool:
    return ours not in second.text and theirs not in first.text


class _Told:
    """The text of a report, its title before it, and the names in it that tell whose it is, its unit's among them."""

    def __init__(self, title: str, text: str, unit: str, has_facts: bool) -> None:
        self.text = f"{title}\n{text}"
        self.has_facts = has_facts
        self.sentences = sentences_of(self.text)
        found = {
            (one.start, one.end)
            for one in find_names(self.text)
            if one.kind in _OF_SOMEBODY and policy_reason(bare_name(one.text)) is None
        }
        if unit:
            found |= {(one.start(), one.end()) for one in re.finditer(re.escape(unit), self.text)}
        self._names = sorted({*found, *find_people(self.text)}, key=lambda one: (one[0] - one[1], one))

    def cut(self, sentence: Sentence, run: tuple[int, int]) -> str:
        """The characters of a run of `sentence`."""
        return self.text[sentence.start + run[0] : sentence.start + run[1]]

    def name_at(self, sentence: Sentence, run: tuple[int, int]) -> str:
        """The longest name that the characters of a run of `sentence` touch; "" for none, and for a masked one."""
        first, last = sentence.start + run[0], sentence.start + run[1]
        name = next((self.text[start:end] for start, end in self._names if start < last and first < end), "")
        return "" if _MASK.search(name) else name


@lru_cache(maxsize=128)
def _told(title: str, text: str, unit: str, has_facts: bool) -> _Told:
    return _Told(title, text, unit, has_facts)


def _replaced(pieces: tuple[Piece, ...]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Each run that stands in the place of another, as places in both sentences; numbers stay apart."""
    at_before = at_after = 0
    gone: tuple[int, int] | None = None
    for piece in pieces:
        size = len(piece.text)
        if piece.kind is PieceKind.REMOVED:
            gone = (gone[0] if gone else at_before, at_before + size)
            at_before += size
        elif piece.kind is PieceKind.ADDED:
            if gone:
                yield gone, (at_after, at_after + size)
            at_after += size
        else:
            gone = None
            at_before += size
            at_after += size


def _other_figures(rows: list[Row]) -> bool:
    """True where most figures that both texts state are others. Years and dates do not count: sites rewrite them."""
    same = other = 0
    for row in rows:
        before, after = _figures(row.before), _figures(row.after)
        if len(before) != len(after):
            continue  # a figure was masked or lost, so which of them belong together is not known
        changed = sum(one != another for one, another in zip(before, after, strict=True))
        other += changed
        same += len(before) - changed
    return other >= _FEWEST_FIGURES and other >= _LEAST_SHARE_OF_FIGURES * (same + other)


def _figures(sentence: Sentence | None) -> list[tuple[Amount | None, str | None]]:
    numbers = sentence.numbers if sentence else ()
    return [(one.amount, one.unit) for one in numbers if one.role is Role.CLAIM and one.amount is not None]
