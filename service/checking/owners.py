"""Whose the figures are where the notes go place by place: 摊位168个 under 北桥市场： is of that market.

A figure of the notes is of the place whose block it stands in; a figure of the draft of the place that its sentence
names last before it. Both take the place among their subjects, so that a figure of another place is seen as one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from service.checking.claims import Claim, Reading, read_text
from service.domain.text import split_lines
from service.language.blocks import Block, blocks_of, owner_by_line
from service.language.patterns import deferred

_JOINS = deferred(r"[ 、]|[和与及同]|以及")  # 北桥、西门市场共310个 is of neither


@lru_cache(maxsize=64)
def read_by_place(notes: str) -> Reading:
    """The notes as read, each figure of a block with the place that the block is of. Pure."""
    read = read_text(notes)
    owners = owner_by_line(_blocks(notes))
    if not owners:
        return read
    return replace(
        read, claims=tuple(_of(one, owners[one.line].name) if one.line in owners else one for one in read.claims)
    )


@lru_cache(maxsize=64)
def told_by_place(draft: str, notes: str) -> Reading:
    """The draft as read, each figure with the place of the notes that its sentence names last before it. Pure."""
    read = read_text(draft)
    names = {name: block.name for block in _blocks(notes) for name in (block.name, block.told)}
    if not names:
        return read
    pattern = re.compile("|".join(map(re.escape, sorted(names, key=lambda one: (-len(one), one)))))
    return replace(read, claims=tuple(_told_of(one, draft, pattern, names) for one in read.claims))


@lru_cache(maxsize=64)
def _blocks(notes: str) -> Sequence[Block]:
    return blocks_of([line.text for line in split_lines(notes).lines])


def _told_of(claim: Claim, draft: str, names: re.Pattern[str], full: dict[str, str]) -> Claim:
    found = list(names.finditer(draft, claim.sentence_span[0], claim.mention.start))
    if not found:
        return claim
    last = found[-1]
    before = found[-2] if len(found) > 1 else None
    if before is not None and _JOINS.fullmatch(draft, before.end(), last.start()):
        return claim
    return _of(claim, full[last.group()])


def _of(claim: Claim, place: str) -> Claim:
    def placed(one: Claim) -> Claim:
        subjects = one.subjects if place in one.subjects else (*one.subjects, place)
        return replace(one, subjects=subjects, place=place)

    return replace(placed(claim), local=placed(claim.local) if claim.local is not None else None)
