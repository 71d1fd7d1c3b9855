"""What became of each paragraph between two versions, as pieces that stayed, went or came. Numbers are whole. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from service.export.blocks import Block
from service.language.differences import Piece, PieceKind, pieces_between, side_by_side

# Two paragraphs with fewer shared pairs of characters than this are two, not one that changed.
_LIKE_ENOUGH = 0.4


@dataclass(frozen=True, slots=True)
class ChangedBlock:
    """A paragraph as pieces. `block` is its newer form, the older one where it was taken out whole (`fate` REMOVED)."""

    block: Block
    fate: PieceKind
    pieces: tuple[Piece, ...]


def unchanged(blocks: Sequence[Block]) -> list[ChangedBlock]:
    """Paragraphs of which only one version exists. Pure."""
    return [_whole(one, PieceKind.SAME) for one in blocks]


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
    found = []
    for i, j in side_by_side([one.text for one in before], [one.text for one in after], _LIKE_ENOUGH):
        if i is not None and j is not None:
            pieces = groupby(pieces_between(before[i].text, after[j].text), key=lambda piece: piece.kind)
            whole = tuple(Piece(kind, "".join(piece.text for piece in some)) for kind, some in pieces)
            found.append(ChangedBlock(after[j], PieceKind.SAME, whole))
        elif i is not None:
            found.append(_whole(before[i], PieceKind.REMOVED))
        elif j is not None:
            found.append(_whole(after[j], PieceKind.ADDED))
    return found


def _whole(block: Block, fate: PieceKind) -> ChangedBlock:
    return ChangedBlock(block, fate, (Piece(fate, block.text),))
