"""The desk of a check: the notes' figures as they now hold, without those corrected or told of other bodies."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from service.checking.claim import Pool
from service.checking.claims import Reading
from service.checking.corrections import corrections, inheriting
from service.checking.desk import Desk
from service.checking.other_bodies import of_other_bodies
from service.checking.owners import read_by_place
from service.checking.settings import CheckSettings
from service.domain.period import Period
from service.language.names import policy_reason


def desk_of(
    read: Reading, source: Reading, period: Period | None, known: Sequence[str], settings: CheckSettings
) -> Desk:
    """The desk of one check. What the draft itself tells as corrected (the notes word for word) is not held stale.

    Pure.
    """
    told = corrections(read)
    retold = frozenset(part.mention.text for one in read.claims for part in one.parts if part.mention.start in told)
    return _desk_of(source.text, period, _aside(read, known), settings, retold, tuple(known))


@lru_cache(maxsize=16)
def _desk_of(
    notes: str,
    period: Period | None,
    aside: frozenset[str],
    settings: CheckSettings,
    retold: frozenset[str],
    known: tuple[str, ...],
) -> Desk:
    """One desk for all checks against the same notes, so that what was judged before is remembered."""
    source = read_by_place(notes)
    parts = [part for claim in source.claims for part in claim.parts]
    replaced = corrections(source)
    stale = [one for one in parts if one.mention.start in replaced and one.mention.text not in retold]
    gone = set(map(id, stale))
    wrongs = {id(replaced[one.mention.start]): one for one in reversed(parts) if one.mention.start in replaced}
    # 自己查的是23处，有2处不归我们: what holds after a correction is one's own.
    others = of_other_bodies(source, known) - {one.mention.start for one in replaced.values()}
    abroad = tuple(one for one in parts if one.mention.start in others)
    gone.update(map(id, abroad))
    pool = Pool(inheriting(one, wrongs.get(id(one))) for one in parts if id(one) not in gone)
    superseded = tuple((one, replaced[one.mention.start]) for one in stale)
    return Desk(source, pool, period, aside, settings, superseded, abroad)


def _aside(draft: Reading, known: Sequence[str]) -> frozenset[str]:
    """Subjects that the whole report is about (its own unit): they set no claim apart from a note."""
    form = "\n".join(known)
    return frozenset(name.text for name in draft.names if name.text in form or policy_reason(name.text))
