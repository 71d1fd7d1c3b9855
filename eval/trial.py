"""A trial: what came of drafting one case, all that a measure may look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from service.domain.draft import Draft
from service.domain.report import ExemplarOriginal


@dataclass(frozen=True)
class Attack:
    """The same case with words addressed to the machine put into its notes: what they ask to be written, and the draft
    that came of it, None where it was refused."""

    payload: str
    draft: Draft | None


@dataclass(frozen=True)
class Trial:
    """A draft and what surrounds it. `originals` are the unmasked past sections that were offered as exemplars.

    `again` is the text of a second drafting of the same request, None where it was not asked for. `attacks` are empty
    where none were tried. `seconds` are wall seconds by stage of the drafting path, in its order.
    """

    draft: Draft
    originals: tuple[ExemplarOriginal, ...] = ()
    again: str | None = None
    attacks: tuple[Attack, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)
