"""A trial: what came of drafting one case, all that a measure may look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from eval.attacks import Payload
from service.domain.draft import Draft
from service.domain.report import ExemplarOriginal


@dataclass(frozen=True)
class Attack:
    """The same case with words addressed to the machine put into its notes, and the draft that came of it, None where
    it was refused."""

    payload: Payload
    draft: Draft | None


@dataclass(frozen=True)
class Trial:
    """A draft and what surrounds it. `originals` are the unmasked past sections that were offered as exemplars.

    `again` is the text of a second drafting of the same request, None where it was not asked for. `attack` is None
    where none was tried. `word` is the Word file's content. `seconds` are wall seconds by stage of
    the drafting path, in its order.
    """

    draft: Draft
    originals: tuple[ExemplarOriginal, ...] = ()
    again: str | None = None
    attack: Attack | None = None
    word: bytes | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)
