"""What speaks for one note and against another: points of the binding and the words that both stand among, summed."""

from __future__ import annotations

from collections.abc import Sequence

from service.checking.binding import bond
from service.checking.claim import Claim, plain_unit
from service.checking.desk import Candidate, Desk, Judgement
from service.checking.phrases import way_of
from service.checking.values import NO_RIVAL
from service.domain.finding import Verdict
from service.domain.quantity import Kind

# Points for a note whose words cover all that the draft's words point to; a matching noun is worth 4 too.
_WORDS = 4.0
# Points by which a note may fit the draft's words worse than the one that gives the value, and yet be meant.
_LEEWAY = -0.5
_MOVES = frozenset((Kind.PERCENT, Kind.POINT, Kind.COUNT, Kind.MONEY, Kind.MEASURE, Kind.RATIO, Kind.DURATION))


# Points by which another note must fit a figure's words better before the figure counts as swapped, or as doubtful. Of
# honest figures of labelled pairs 3 and 5 in a hundred lie above, of figures swapped within their unit 79 and 82.
_SWAPPED, _DOUBTFUL = 2.0, 0.75
_COMPARED = frozenset((Kind.COUNT, Kind.MEASURE, Kind.MONEY, Kind.PERCENT))


def fit_of(draft: Claim, one: Candidate, desk: Desk) -> float:
    """How well a note fits a draft's figure by all but its value, in points. Pure."""
    return one.bond.score + _WORDS * desk.words.coverage(draft, one.note) - _OF_A_YEAR * _of_other_year(draft, one.note)


_OF_A_YEAR = 1.5  # points against 2022年评选24名 where the draft names no such year


def _of_other_year(draft: Claim, note: Claim) -> bool:
    day = note.day
    own = day is not None and day.kind is Kind.YEAR and note.clause_span[0] <= day.start < note.clause_span[1]
    return own and all(one.when != day.when for one in draft.days if day is not None)


def outweighs(draft: Claim, rival: Candidate, best: Candidate, desk: Desk) -> bool:
    """True where the rival's figure may be the one meant although another note gives the value.

    61名职工参加献血: 职工528人 has the noun, 献血61人 all the rest. A figure without a unit is no rival of one that has
    one. Pure.
    """
    ours = plain_unit(best.note.mention.unit)
    if ours and not plain_unit(rival.note.mention.unit) and rival.note.mention.kind is not Kind.PERCENT:
        return False
    return fit_of(draft, rival, desk) - fit_of(draft, best, desk) >= _LEEWAY


def wrong_way(draft: Claim, notes: Sequence[Claim]) -> Claim | None:
    """The note that tells a rise of the figure that falls in the draft, or the other way; None if none. Pure."""
    ours = way_of(draft)
    if not ours or draft.mention.kind not in _MOVES or any(way_of(one) in (ours, "") for one in notes):
        return None
    return next(iter(notes), None)


def better_meant(
    draft: Claim, best: Candidate, comparable: Sequence[tuple[Claim, Verdict]], desk: Desk
) -> Judgement | None:
    """The judgement where all but the value speaks for another note of the unit: a swap, or a doubt; None where nothing
    does. `comparable` are the notes of the draft's unit with what their value says of the draft's. Pure."""
    unit = plain_unit(best.note.mention.unit)
    if draft.mention.kind not in _COMPARED or not (unit or draft.mention.kind is Kind.PERCENT):
        return None
    rivals = [
        Candidate(note, bond(draft, note, desk.aside), verdict)
        for note, verdict in comparable
        if verdict not in NO_RIVAL
        and plain_unit(note.mention.unit) == unit
        and not (draft.total and note.part)
        and note.mention.text not in draft.clause_text  # 32部电梯中缺标志的有两部 tells both figures
    ]
    fits = [(fit_of(draft, one, desk), one) for one in rivals]
    top, rival = max(fits, key=lambda one: one[0], default=(0.0, None))
    more = top - fit_of(draft, best, desk)
    if rival is None or more < _DOUBTFUL:
        return None
    mend = rival.note.mention.text.strip()
    if more >= _SWAPPED:
        return Judgement(Verdict.ENTITY_SWAP, best.note, rival.note, mend=mend)
    reason = f"笔记第{rival.note.line}行的“{mend}”也像是这里要说的数"
    return Judgement(Verdict.CONTEXT_UNCLEAR, best.note, rival.note, reason)
