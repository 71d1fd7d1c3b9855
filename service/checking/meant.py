"""Which note of the notes a draft's figure means: named measures, weighed, give the odds that it has been swapped.

The weights and both bounds are learnt from labelled pairs (`weights.toml`, decision 0013): first how well a note fits
all that the draft says but the value, then how far another note that fits as well or better proves a swap.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest
from pathlib import Path

from service.checking.beside import beside, said_otherwise
from service.checking.binding import bond
from service.checking.claim import Claim, plain_unit
from service.checking.desk import Candidate, Desk
from service.checking.likeness import shared
from service.checking.phrases import an_article
from service.checking.traits import contrast, traits
from service.checking.values import NO_RIVAL
from service.domain.finding import Verdict
from service.domain.quantity import Kind

_TABLE = tomllib.loads(Path(__file__).with_name("weights.toml").read_text(encoding="utf-8"))
FIT: dict[str, float] = _TABLE["fit"]
SWAP: dict[str, float] = _TABLE["swap"]
SURE, DOUBT = float(_TABLE["bounds"]["sure"]), float(_TABLE["bounds"]["doubt"])


@dataclass(frozen=True, slots=True)
class Meant:
    """The note that fits best of those that give the value, the one of another value that may be meant instead (None
    where the notes hold none), and the odds for that as their logarithm."""

    best: Candidate
    rival: Candidate | None
    odds: float

    @property
    def sure(self) -> bool:
        """True where the words prove that the rival is meant."""
        return self.rival is not None and self.odds >= SURE

    @property
    def doubtful(self) -> bool:
        """True where the rival may well be meant."""
        return self.rival is not None and self.odds >= DOUBT


def fit(draft: Claim, one: Candidate, desk: Desk) -> float:
    """How well a note fits a draft's figure by all but its value, in points of the logarithm of odds. Pure."""
    measures = traits(draft, one.note, one.bond, desk.words.coverage(draft, one.note))
    return sum(FIT[name] * value for name, value in measures.items())


_MOST_RIVALS = 8  # notes that are weighed as rivals: those that share most words with the draft


def meant(draft: Claim, comparable: Sequence[tuple[Claim, Verdict]], best: Candidate, desk: Desk) -> Meant:
    """The note that is meant among those of the draft's kind; `best` gives the value. Pure."""
    notes = [
        one
        for one in comparable
        if one[1] not in NO_RIVAL
        and one[0].mention.kind is not Kind.ZERO
        and not an_article(one[0])
        and not _part_for_all(draft, best.note, one[0])
    ]
    if not notes:
        return Meant(best, None, float("-inf"))
    likeliest = nlargest(_MOST_RIVALS, notes, key=lambda one: _likely(draft, one[0]))
    rivals = [Candidate(note, bond(draft, note, desk.aside), verdict) for note, verdict in likeliest]
    signs = beside(draft, best, rivals), said_otherwise(draft, best, rivals)
    own = fit(draft, best, desk)
    judged = [(odds(draft, best, one, fit(draft, one, desk) - own, signs), one) for one in rivals]
    most, rival = max(judged, key=lambda one: one[0])
    return Meant(best, rival, most)


def _part_for_all(draft: Claim, note: Claim, rival: Claim) -> bool:
    """True where the draft tells a total and the rival is a part of something (共17人 is never 其中干部5人)."""
    return draft.total and rival.part and not note.part


def _likely(draft: Claim, note: Claim) -> float:
    """A cheap measure of how well a note fits, to weigh only the likeliest."""
    unit = plain_unit(draft.mention.unit) == plain_unit(note.mention.unit)
    return (
        2 * unit + 2 * shared(draft.own, note.own) + shared(draft.clause, note.clause) + shared(draft.own, note.clause)
    )


def odds(
    draft: Claim, best: Candidate, rival: Candidate, fits_better: float, signs: tuple[Claim | None, Claim | None]
) -> float:
    """The logarithm of the odds that the rival is meant, which fits better by so many points. Pure."""
    measures = measures_of(draft, best, rival, signs)
    return SWAP["always"] + SWAP["fits_better"] * fits_better + sum(SWAP[name] * one for name, one in measures.items())


def measures_of(
    draft: Claim, best: Candidate, rival: Candidate, signs: tuple[Claim | None, Claim | None]
) -> dict[str, float]:
    """All that sets two notes apart, `signs` being the notes that the words right beside point to. Pure."""
    measures = contrast(draft, best.note, rival.note, (best.bond, rival.bond))
    return {**measures, "beside": float(signs[0] is rival.note), "said": float(signs[1] is rival.note)}


@lru_cache(maxsize=4096)
def common_words(draft: str, rival: str, note: str) -> str:
    """The longest words that a draft's clause shares with the rival's and not with the note's, "" where none. Pure."""
    for size in range(min(8, len(rival)), 1, -1):
        for at in range(len(rival) - size + 1):
            words = rival[at : at + size]
            if words in draft and words not in note and all("\u4e00" <= char <= "\u9fff" for char in words):
                return words
    return ""
