"""What a claim is judged against, and what a judgement says: the values that the judging files share."""

from __future__ import annotations

from dataclasses import dataclass

from service.checking.binding import Bond
from service.checking.claims import Claim, Reading
from service.checking.derive import Derivation
from service.checking.settings import CheckSettings
from service.domain.finding import Verdict
from service.domain.period import Period


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found of one claim. `note` is the claim it rests on, `rival` the one that fits its words better.

    `reason` finishes the Chinese message; `mend` is the text to put in its place, None where nothing is known.
    """

    verdict: Verdict
    note: Claim | None = None
    rival: Claim | None = None
    reason: str = ""
    mend: str | None = None
    derivation: Derivation | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A note that may be meant: its bond with the draft, and what its value says of the draft's."""

    note: Claim
    bond: Bond
    verdict: Verdict


@dataclass(frozen=True, eq=False)
class Desk:
    """What a claim is judged against: the notes' claims (deltas split into their ends), the period, what is known.

    `stale` are figures of the notes that the notes correct, each with the one that replaces it; they are in no pool.
    """

    notes: Reading
    pool: tuple[Claim, ...]
    period: Period | None
    aside: frozenset[str]
    settings: CheckSettings
    stale: tuple[tuple[Claim, Claim], ...] = ()
