"""Both ends of a change, 由11处增至15处: the change of the notes that has them, and what no rival of an end is."""

from __future__ import annotations

from itertools import pairwise

from service.checking.binding import bond
from service.checking.claims import CALENDAR, Claim
from service.checking.desk import Desk, Judgement
from service.checking.likeness import alike
from service.checking.phrases import lead_of
from service.checking.timed import own_day
from service.checking.values import PASSING, Family, family, relation
from service.domain.finding import Verdict
from service.language.patterns import deferred

_MOVED = frozenset((Verdict.ENTITY_SWAP, Verdict.PERIOD_SWAP, Verdict.CONTEXT_UNCLEAR))
BOTH_ENDS = (1, 0)  # the other end of each


def told_at_the_other_end(found: Judgement, other: Claim, at: int) -> Judgement:
    """The judgement of an end of 由11处增至15处, of which the notes' 15处 is no rival: the other end tells it.

    `at` is the place of that end: 由6分钟延长到9分钟 turns 6分钟，去年9分钟 round.
    """
    rival = found.rival
    if rival is None or found.note is None or found.verdict not in _MOVED:
        return found
    same = family(other.mention, rival.mention) is Family.SAME and relation(other.mention, rival.mention) in PASSING
    first, last = (found.note, rival) if at else (rival, found.note)
    days = own_day(first), own_day(last)
    turned = (last.before and not first.before) or (days[0] and days[1] and days[0][0][-5:] > days[1][0][-5:])
    return Judgement(Verdict.EQUIVALENT, found.note) if same and not turned else found


def same_change(draft: Claim, desk: Desk) -> Claim | None:
    """The change of the notes with the draft's two ends, where it is told of the draft's thing. Pure."""
    stale = {wrong.mention.start for wrong, _ in desk.stale}
    moved = [(one, one.ends) for one in desk.notes.claims if one.ends]
    # 由2020年的38万元增至265万元 holds a date, so that its ends are two figures.
    for one, other in pairwise(one for one in desk.notes.claims if one.mention.kind not in CALENDAR):
        if one.clause_span == other.clause_span and _FROM.search(lead_of(one)) and _REACHES.search(lead_of(other)):
            moved.append((other, (one, other)))
        elif one.sentence_span == other.sentence_span and one.mention.kind is other.mention.kind:
            # 去年62%，今年要到75%以上; 参与率88%（年初76%）
            if one.before and not other.before:
                moved.append((other, (one, other)))
            elif other.before or _WAS.search(lead_of(other)):
                moved.append((one, (other, one)))
    for note, ends in moved:
        pairs = list(zip(draft.ends, ends, strict=True)) if len(ends) == len(draft.ends) else []
        if note.plan != draft.plan or not pairs or any(end.mention.start in stale for end in ends):
            continue
        same = all(
            family(a.mention, b.mention) is Family.SAME
            and relation(a.mention, b.mention) in (Verdict.EXACT, Verdict.EQUIVALENT)
            for a, b in pairs
        )
        ties = [bond(a, b, desk.aside) for a, b in pairs] if same else []
        # 76% in the bracket behind 参与率88% names nothing for itself.
        apart = any(tie.subject or tie.side or tie.rate for tie in ties)
        if ties and not apart and max(tie.thing for tie in ties) >= _THE_THING:
            return note
    return None


def ends_otherwise(draft: Claim, desk: Desk) -> Claim | None:
    """The change of the notes that begins as the draft's does, of the same thing, and comes to another figure: 督导员由
    6名增至8名 of 督导员从6个加到10个; None where there is none. Pure."""
    stale = {wrong.mention.start for wrong, _ in desk.stale}
    for note in desk.notes.claims:
        if len(note.ends) != len(BOTH_ENDS) or len(draft.ends) != len(BOTH_ENDS) or note.mention.start in stale:
            continue
        begins = _alike(draft.ends[0], note.ends[0]) and not _alike(draft.ends[1], note.ends[1])
        told = bool(note.noun) and alike(draft.noun, note.noun) >= _ITS_THING
        if begins and told and family(draft.ends[1].mention, note.ends[1].mention) is Family.SAME:
            return note if relation(draft.ends[1].mention, note.ends[1].mention) is Verdict.CONTRADICTED else None
    return None


def _alike(one: Claim, other: Claim) -> bool:
    return family(one.mention, other.mention) is Family.SAME and relation(one.mention, other.mention) in PASSING


_ITS_THING = 0.85
_WAS = deferred(r"[（(]\s?(?:年初|月初|季初|期初|年底|去年|上年|上季度|上个?月|原来?|之前|此前)[^，。；]{0,4}$")
_FROM = deferred(r"[由从自][^，。；]{0,12}$")
_REACHES = deferred(r"[由从自][^，。；]{1,40}[到至为成](?:\s?|[^，。；]{2,10}的)$")


_THE_THING = 0.6
