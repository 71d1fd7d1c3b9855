"""What changed between two versions of a text: sentences aligned, characters inside them, numbers as wholes. Pure.

A sentence ends at 。！？； or a line break. Spaces do not count: a sentence that differs only in them is the same. A
number is one sign: 120→102 is one change, not two characters that swapped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

from service.domain.quantity import Mention, Role
from service.language.numbers import find_numbers
from service.language.patterns import deferred

# A character, or a whole number (True).
Sign = tuple[str, bool]
_SENTENCE = deferred(r"[^。！？；\n\r]*(?:[。！？；]+[”’）】]*|[\n\r]+|$)")
_SPACES = deferred(r"\s+")
# Two sentences with fewer shared pairs of characters than this are two sentences, not one changed.
_LIKE_ENOUGH = 0.35
_MOVED_ENOUGH = 0.9
# A short sentence ("特此报告。") stands in many places; finding it elsewhere says nothing of a move.
_SHORTEST_MOVE = 8
# Pairs looked at in one block of changes; a text rewritten whole is then shown as removed and added.
_MOST_PAIRS = 40_000


class PieceKind(StrEnum):
    """What became of a run of characters; the values are a public contract."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class RowKind(StrEnum):
    """What became of a sentence; the values are a public contract."""

    SAME = "same"
    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters of a changed sentence; `number` where it is one whole number."""

    kind: PieceKind
    text: str
    number: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence where it stands in its version, and the numbers in it."""

    start: int
    text: str
    numbers: tuple[Mention, ...]

    @property
    def plain(self) -> str:
        """Its characters without spaces."""
        return _SPACES.sub("", self.text)

    @property
    def said(self) -> Counter[str]:
        """The numbers it states, each with how often."""
        return Counter(_SPACES.sub("", one.text) for one in self.numbers)


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence in both versions, None in the one that lacks it. A moved one stands where it came to."""

    kind: RowKind
    before: Sentence | None
    after: Sentence | None
    pieces: tuple[Piece, ...] = ()

    @property
    def numbers_changed(self) -> bool:
        """True where the numbers stated are not the same ones."""
        if self.kind is RowKind.SAME:
            return False
        said_before = self.before.said if self.before else Counter[str]()
        said_after = self.after.said if self.after else Counter[str]()
        return said_before != said_after


def differences(before: str, after: str) -> list[Row]:
    """Every sentence of both versions in reading order, aligned. Pure."""
    return differences_of(sentences_of(before), sentences_of(after))


def differences_of(old: Sequence[Sentence], new: Sequence[Sentence]) -> list[Row]:
    """As `differences`, of texts that were read already. Pure."""
    matcher = SequenceMatcher(None, [one.plain for one in old], [one.plain for one in new], autojunk=False)
    rows: list[Row] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            rows.extend(Row(RowKind.SAME, a, b) for a, b in zip(old[i1:i2], new[j1:j2], strict=True))
        else:
            rows.extend(_aligned(old[i1:i2], new[j1:j2]))
    return [_with_pieces(row) for row in _with_moves(rows)]


def sentences_of(text: str) -> list[Sentence]:
    """The sentences of `text` that hold any character. Pure."""
    mentions = _told(text)
    found, at = [], 0
    for match in _SENTENCE.finditer(text):
        if not match.group().strip():
            continue
        while at < len(mentions) and mentions[at].start < match.start():
            at += 1
        inside = []
        while at < len(mentions) and mentions[at].start < match.end():
            inside.append(mentions[at])
            at += 1
        found.append(Sentence(match.start(), match.group(), tuple(inside)))
    return found


def _aligned(old: Sequence[Sentence], new: Sequence[Sentence]) -> list[Row]:
    """The sentences of one block of changes, in order, those that are like each other side by side. Pure."""
    rows = []
    for i, j in side_by_side([one.plain for one in old], [one.plain for one in new], _LIKE_ENOUGH):
        kind = RowKind.ADDED if i is None else RowKind.REMOVED if j is None else RowKind.CHANGED
        rows.append(Row(kind, None if i is None else old[i], None if j is None else new[j]))
    return rows


def side_by_side(old: Sequence[str], new: Sequence[str], enough: float) -> list[tuple[int | None, int | None]]:
    """The places of both lists in reading order, those paired whose texts are like each other, None where one has no
    partner. `enough` is the least likeness of a pair, from 0 to 1; of all pairings the one whose sum is greatest. Pure.
    """
    if not old or not new or len(old) * len(new) > _MOST_PAIRS:
        return [*((i, None) for i in range(len(old))), *((None, j) for j in range(len(new)))]
    pairs_old, pairs_new = [pairs_of(one) for one in old], [pairs_of(one) for one in new]
    like = [[likeness(a, b) for b in pairs_new] for a in pairs_old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            joined = like[i][j] + best[i + 1][j + 1] if like[i][j] >= enough else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], joined)
    found: list[tuple[int | None, int | None]] = []
    i = j = 0
    while i < len(old) and j < len(new):
        if like[i][j] >= enough and best[i][j] == like[i][j] + best[i + 1][j + 1]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            found.append((i, None))
            i += 1
        else:
            found.append((None, j))
            j += 1
    return [*found, *((i, None) for i in range(i, len(old))), *((None, j) for j in range(j, len(new)))]


def _with_moves(rows: Sequence[Row]) -> list[Row]:
    """A removed sentence that was added elsewhere is one that moved; it stands where it came to. Pure."""
    gone = [
        one for one in rows if one.kind is RowKind.REMOVED and one.before and len(one.before.plain) >= _SHORTEST_MOVE
    ]
    moved: dict[int, Row] = {}
    taken: set[int] = set()
    for row in rows:
        if row.kind is not RowKind.ADDED or row.after is None or len(row.after.plain) < _SHORTEST_MOVE:
            continue
        pairs = pairs_of(row.after.plain)
        for one in gone:
            if id(one) in taken or one.before is None:
                continue
            if one.before.plain == row.after.plain or likeness(pairs_of(one.before.plain), pairs) >= _MOVED_ENOUGH:
                taken.add(id(one))
                moved[id(row)] = Row(RowKind.MOVED, one.before, row.after)
                break
    return [moved.get(id(row), row) for row in rows if id(row) not in taken]


def _with_pieces(row: Row) -> Row:
    if row.before is None or row.after is None or row.kind is RowKind.SAME:
        return row
    return replace(row, pieces=pieces_of(_signs_of(row.before), _signs_of(row.after)))


def pieces_between(before: str, after: str) -> tuple[Piece, ...]:
    """What went, stayed and came between two texts, each number whole. Pure."""
    return pieces_of(_signs(before, 0, _told(before)), _signs(after, 0, _told(after)))


def pieces_of(old: Sequence[Sign], new: Sequence[Sign]) -> tuple[Piece, ...]:
    """As `pieces_between`, of texts that are signs already. Pure."""
    matcher = SequenceMatcher(None, [text for text, _ in old], [text for text, _ in new], autojunk=False)
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pieces.extend(_joined(PieceKind.SAME, new[j1:j2]))
        else:
            pieces.extend(_joined(PieceKind.REMOVED, old[i1:i2]))
            pieces.extend(_joined(PieceKind.ADDED, new[j1:j2]))
    return tuple(pieces)


def _told(text: str) -> list[Mention]:
    """The numbers of `text` that say something: no enumerators, no words. Pure."""
    return [one for one in find_numbers(text) if one.role not in (Role.STRUCTURE, Role.LEXICAL)]


def _signs_of(sentence: Sentence) -> list[Sign]:
    return [sign for sign in _signs(sentence.text, sentence.start, sentence.numbers) if sign[0] not in "\r\n"]


def _signs(text: str, start: int, numbers: Sequence[Mention]) -> list[Sign]:
    """`text`, which begins at `start`, as characters and whole numbers. Pure."""
    signs: list[Sign] = []
    at = 0
    for one in numbers:
        first, last = max(at, one.start - start), min(len(text), one.end - start)
        signs.extend((sign, False) for sign in text[at:first])
        if first < last:
            signs.append((text[first:last], True))
        at = max(at, last)
    signs.extend((sign, False) for sign in text[at:])
    return signs


def _joined(kind: PieceKind, signs: Sequence[Sign]) -> list[Piece]:
    pieces: list[Piece] = []
    for text, number in signs:
        if not number and pieces and not pieces[-1].number:
            pieces[-1] = Piece(kind, pieces[-1].text + text)
        else:
            pieces.append(Piece(kind, text, number))
    return pieces


def pairs_of(text: str) -> Counter[str]:
    """The pairs of neighbouring characters of `text`, each with how often; a single character is its own. Pure."""
    return Counter(text[at : at + 2] for at in range(max(1, len(text) - 1)))


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """How much of two texts' pairs they share, from 0 to 1. Pure."""
    whole = one.total() + other.total()
    return 2 * (one & other).total() / whole if whole else 0.0
