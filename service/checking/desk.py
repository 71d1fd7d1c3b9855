"""What a claim is judged against, and what a judgement says: the values that the judging files share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from service.checking.alignment import Alignment, alignment_of
from service.checking.binding import Bond
from service.checking.claim import Claim, Pool
from service.checking.claims import Reading
from service.checking.derivation import Derivation
from service.checking.settings import CheckSettings
from service.checking.values import Family, family
from service.domain.finding import Verdict
from service.domain.period import Period
from service.domain.quantity import Kind


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found of one claim. `note` is the claim it rests on, `rival` the one that fits its words better.

    `reason` finishes the Chinese message; `mend` is the text to put in its place, None where nothing is known. `firm`
    judgements rest on what the words say outright, whatever else speaks against them.
    """

    verdict: Verdict
    note: Claim | None = None
    rival: Claim | None = None
    reason: str = ""
    mend: str | None = None
    derivation: Derivation | None = None
    firm: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A note that may be meant: its bond with the draft, and what its value says of the draft's."""

    note: Claim
    bond: Bond
    verdict: Verdict


_WHOLE_POOL = 600  # note numbers; a month of notes has some hundred
_MOST_OF_A_KEY = 20
_FEWEST_OF_A_LIST = 2


@dataclass(frozen=True, eq=False)
class Desk:
    """What a claim is judged against: the notes' claims (deltas split into their ends), the period, what is known.

    `stale` are figures of the notes that the notes correct, each with the one that replaces it, `abroad` those of other
    bodies; they are in no pool.
    """

    notes: Reading
    pool: Pool
    period: Period | None
    aside: frozenset[str]
    settings: CheckSettings
    stale: tuple[tuple[Claim, Claim], ...] = ()
    abroad: tuple[Claim, ...] = ()

    def near(self, draft: Claim) -> Pool:
        """The notes that may concern the draft's claim: all of them, or in very long notes the likeliest few hundred.

        Every claim of a text of 100,000 numbers against every other would never end.
        """
        if len(self.pool) <= _WHOLE_POOL:
            return self.pool
        index = self._index
        keys = [("value", draft.mention.amount), ("when", draft.mention.when), ("noun", draft.noun[-2:])]
        keys += [("pair", pair) for pair in sorted(draft.own)[:12]]
        found = {id(one): one for key in keys for one in index.get(key, ())[:_MOST_OF_A_KEY]}
        return Pool(sorted(found.values(), key=lambda one: one.mention.start))

    def of_its_kind(self, draft: Claim) -> Sequence[Claim]:
        """The notes that may concern the draft's claim and whose values may be compared with its own, in order."""
        near = self.near(draft)
        if near is not self.pool:
            return [note for note in near if family(draft.mention, note.mention) is Family.SAME]
        mention = draft.mention
        if mention.amount is None:
            return ()
        kind = mention.kind, mention.unit
        found = self._by_kind.get(kind)
        if found is None:
            found = [note for note in near if family(mention, note.mention) is Family.SAME]
            self._by_kind[kind] = found
        return found

    @cached_property
    def _by_kind(self) -> dict[tuple[Kind | None, str | None], Sequence[Claim]]:
        return {}

    @cached_property
    def lists(self) -> Sequence[Sequence[Claim]]:
        """The figures of one kind and unit that one sentence of the notes lists, in order."""
        alike = groupby(self.pool, key=lambda one: (one.sentence_span, one.mention.kind, one.mention.unit))
        rows = ([one for one in group if one.mention.amount is not None] for _, group in alike)
        return [row for row in rows if len(row) >= _FEWEST_OF_A_LIST]

    @cached_property
    def words(self) -> Alignment:
        """What the words around the figures of the notes point to."""
        return alignment_of(self.pool)

    @cached_property
    def _index(self) -> dict[tuple[str, object], list[Claim]]:
        index: dict[tuple[str, object], list[Claim]] = {}
        for one in self.pool:
            keys: list[tuple[str, object]] = [
                ("value", one.mention.amount),
                ("when", one.mention.when),
                ("noun", one.noun[-2:]),
            ]
            for key in (*keys, *(("pair", pair) for pair in one.own)):
                index.setdefault(key, []).append(one)
        return index
