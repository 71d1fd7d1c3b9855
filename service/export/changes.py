"""What became of each paragraph between two versions, as pieces that stayed, went or came. Numbers are whole. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from service.domain.quantity import Role
from service.export.blocks import Block
from service.language.numbers import find_numbers

# Two paragraphs with fewer shared pairs of characters than this are two, not one that changed.
_LIKE_ENOUGH = 0.4
# Pairs compared in one stretch of changes; a draft written anew is then shown as taken out and put in.
_MOST_PAIRS = 40_000


class Fate(StrEnum):
    """What became of some words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a paragraph and what became of them."""

    fate: Fate
    text: str


@dataclass(frozen=True, slots=True)
class ChangedBlock:
    """A paragraph as pieces. `block` is its newer form, the older one where it was taken out whole (`fate` REMOVED)."""

    block: Block
    fate: Fate
    pieces: tuple[Piece, ...]


def unchanged(blocks: Sequence[Block]) -> list[ChangedBlock]:
    """Paragraphs of which only one version exists. Pure."""
    return [ChangedBlock(one, Fate.SAME, (Piece(Fate.SAME, one.text),)) for one in blocks]


def changed_blocks(before: Sequence[Block], after: Sequence[Block]) -> list[ChangedBlock]:
    """The paragraphs of both versions in reading order, those that are like each other as one. Pure."""
    matcher = SequenceMatcher(None, [one.text for one in before], [one.text for one in after], autojunk=False)
    found: list[ChangedBlock] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            found += unchanged(after[j1:j2])
        else:
            found += _aligned(before[i1:i2], after[j1:j2])
    return found


def _aligned(before: Sequence[Block], after: Sequence[Block]) -> list[ChangedBlock]:
    if not before or not after or len(before) * len(after) > _MOST_PAIRS:
        return [*map(_removed, before), *map(_added, after)]
    like = [[_likeness(old.text, new.text) for new in after] for old in before]
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for i in range(len(before) - 1, -1, -1):
        for j in range(len(after) - 1, -1, -1):
            joined = like[i][j] + best[i + 1][j + 1] if like[i][j] >= _LIKE_ENOUGH else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], joined)
    found, i, j = [], 0, 0
    while i < len(before) and j < len(after):
        if like[i][j] >= _LIKE_ENOUGH and best[i][j] == like[i][j] + best[i + 1][j + 1]:
            found.append(ChangedBlock(after[j], Fate.SAME, _pieces(before[i].text, after[j].text)))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            found.append(_removed(before[i]))
            i += 1
        else:
            found.append(_added(after[j]))
            j += 1
    return [*found, *map(_removed, before[i:]), *map(_added, after[j:])]


def _removed(block: Block) -> ChangedBlock:
    return ChangedBlock(block, Fate.REMOVED, (Piece(Fate.REMOVED, block.text),))


def _added(block: Block) -> ChangedBlock:
    return ChangedBlock(block, Fate.ADDED, (Piece(Fate.ADDED, block.text),))


def _pieces(before: str, after: str) -> tuple[Piece, ...]:
    old, new = _signs(before), _signs(after)
    found: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece(Fate.SAME, "".join(new[j1:j2])))
            continue
        if i1 < i2:
            found.append(Piece(Fate.REMOVED, "".join(old[i1:i2])))
        if j1 < j2:
            found.append(Piece(Fate.ADDED, "".join(new[j1:j2])))
    return tuple(found)


def _signs(text: str) -> list[str]:
    """The characters of `text`, each number as one: 120 → 102 is one change, not two digits that swapped."""
    signs: list[str] = []
    at = 0
    for one in find_numbers(text):
        if one.role in (Role.STRUCTURE, Role.LEXICAL) or one.start < at:
            continue
        signs += text[at : one.start]
        signs.append(text[one.start : one.end])
        at = one.end
    return [*signs, *text[at:]]


def _likeness(one: str, other: str) -> float:
    pairs, others = _pairs(one), _pairs(other)
    whole = pairs.total() + others.total()
    return 2 * (pairs & others).total() / whole if whole else 0.0


def _pairs(text: str) -> Counter[str]:
    return Counter(text[at : at + 2] for at in range(max(1, len(text) - 1)))
