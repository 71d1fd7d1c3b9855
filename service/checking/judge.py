"""The judgement of one number of a draft: which note it rests on, and what sets them apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

from service.checking.binding import bond, thing_of, whens_agree
from service.checking.both_ends import BOTH_ENDS, ends_otherwise, same_change, told_at_the_other_end
from service.checking.claim import alone
from service.checking.claims import CALENDAR, CLOCK, Claim
from service.checking.conflicts import conflict_of, notes_conflict
from service.checking.dates import judge_date
from service.checking.denied import denies
from service.checking.desk import Candidate, Desk, Judgement
from service.checking.evidence import wrong_way
from service.checking.faults import judge_zero, unsupported
from service.checking.in_other_words import first_of_a_rank, hedged_apart, months_of_period, once_each, years_told
from service.checking.likeness import shared
from service.checking.listed_rank import ranked
from service.checking.loose import hangs_loose
from service.checking.made import (
    by_surprise,
    derived_judgement,
    from_notes,
    hedged_wrong,
    labelled,
    may_be_reckoned,
    meant_by_words,
    retells,
    slipped,
)
from service.checking.meant import common_words, fit, meant
from service.checking.other_bodies import names_it
from service.checking.phrases import an_article, lead_of
from service.checking.pointing import another_rate, rate_of_another
from service.checking.timed import own_day
from service.checking.values import PASSING, Family, end_of_range, family, relation, stated
from service.domain.finding import Band, Verdict
from service.domain.quantity import Kind


def judge(draft: Claim, desk: Desk) -> Judgement:
    """The judgement of one claim of the draft against the notes alone. Pure."""
    return _judge(draft.local or draft, desk)


@lru_cache(maxsize=8192)
def _judge(draft: Claim, desk: Desk) -> Judgement:
    if draft.mention.kind in CALENDAR or draft.mention.kind in CLOCK:
        if (outdated := _outdated_day(draft, desk)) is not None:
            return outdated
        found = judge_date(draft, desk.notes, desk.near(draft), desk.period)
        mend = (found.better or found.note) if found.verdict in (Verdict.ENTITY_SWAP, Verdict.CONTRADICTED) else None
        return Judgement(
            found.verdict, found.note, found.better, found.reason, mend.mention.text.strip() if mend else None
        )
    if draft.ends:
        return _judge_delta(draft, desk)
    if draft.mention.amount is None:
        return _judge_text(draft, desk)
    return _judge_amount(draft, desk)


def _judge_delta(draft: Claim, desk: Desk) -> Judgement:
    """Both ends of 由44项减少到33项 are judged; the worse one speaks for the whole."""
    same = same_change(draft, desk)
    if same is not None:
        return Judgement(Verdict.EXACT if same.mention.text == draft.mention.text else Verdict.EQUIVALENT, same)
    ends = [_judge_amount(end, desk) for end in draft.ends]
    ended = ends_otherwise(draft, desk)
    if ended is not None:
        return Judgement(Verdict.CONTRADICTED, ended, reason="变化后的数与笔记不同。", mend=ended.mention.text.strip())
    if len(ends) == len(BOTH_ENDS):
        ends = [told_at_the_other_end(found, draft.ends[at], at) for found, at in zip(ends, BOTH_ENDS, strict=True)]
    order = [one for one in ends if one.verdict.band.value == "block"] or [
        one for one in ends if one.verdict not in PASSING
    ]
    if order:
        return order[0]
    first, last = ends
    whole = next((one for one in desk.notes.claims if one.ends and one.mention.text == draft.mention.text), None)
    return Judgement(Verdict.EXACT if whole else Verdict.EQUIVALENT, whole or first.note, last.note)


def _judge_text(draft: Claim, desk: Desk) -> Judgement:
    same = next((one for one in desk.near(draft) if one.mention.text.strip() == draft.mention.text.strip()), None)
    if same is not None or _verbatim(draft, desk):
        return Judgement(Verdict.EXACT, same)
    return Judgement(Verdict.UNDECIDED, reason="这个写法没有可比较的数值")


def _judge_amount(draft: Claim, desk: Desk) -> Judgement:
    comparable = _comparable(draft, desk)
    sound = [
        Candidate(note, bond(draft, note, desk.aside), verdict) for note, verdict in comparable if verdict in PASSING
    ]
    sound = [one for one in sound if not another_rate(draft, one)]
    best = _fittest(draft, sound, desk)
    turned = wrong_way(draft, [one.note for one in sound if one.bond.thing >= 0.45])
    if turned is not None:
        return Judgement(Verdict.CONTRADICTED, turned, reason="增减方向与笔记相反")
    if best is None:
        return ranked(draft, desk) or _without_support(alone(draft), desk)
    found = _supported(draft, best, comparable, desk)
    if found.verdict is Verdict.CONTEXT_UNCLEAR and not best.note.mention.unit and draft.mention.unit:
        made = _without_support(alone(draft), desk)  # 11个 is 6个 and 5个 rather than the 11 of 社工15人（女11）
        if made.verdict.band is Band.PASS:
            return made
    if found.verdict.band is Band.BLOCK or found.verdict is Verdict.CONTEXT_UNCLEAR:
        # It may be the same figure of another thing, by chance.
        derived = meant_by_words(draft, best, desk)
        return derived_judgement(draft, derived) if derived is not None and not derived.doubt else found
    return found


def _fittest(draft: Claim, sound: Sequence[Candidate], desk: Desk) -> Candidate | None:
    if len(sound) < 2:
        return sound[0] if sound else None
    return max(sound, key=lambda one: (fit(draft, one, desk), one.verdict is Verdict.EXACT))


def _comparable(draft: Claim, desk: Desk) -> list[tuple[Claim, Verdict]]:
    """The notes of the draft's kind, each with what its value says of the draft's."""
    return [
        (
            note,
            Verdict.EQUIVALENT
            if end_of_range(draft, note)
            else hedged_apart(draft, note, relation(draft.mention, note.mention)),
        )
        for note in desk.of_its_kind(draft)
    ]


def _no_count_of_one(bad: Candidate) -> bool:
    return bad.bond.thing < _SURELY or (stated(bad.note.mention) or 0) >= _MANY


@lru_cache(maxsize=8192)
def _without_support(draft: Claim, desk: Desk) -> Judgement:
    """The judgement where no note gives the value: taken back, hedged otherwise, reckoned, or a fault.

    What stands beside the figure in its sentence is no matter here, so an edit there leaves the judgement as it was.
    """
    told = _in_other_words(draft, desk) or _outdated(draft, desk) or _of_another_body(draft, desk)
    if told is not None:
        return told
    candidates = _others(draft, _comparable(draft, desk), desk)
    if draft.mention.kind is Kind.ZERO:
        return judge_zero(draft, desk)
    bad = max(candidates, key=lambda one: one.bond.score, default=None)
    soft = [one for one in candidates if one.verdict in (Verdict.QUALIFIER_DROPPED, Verdict.CONTEXT_UNCLEAR)]
    if soft:
        best = max(soft, key=lambda one: one.bond.score)
        if best is bad or best.bond.thing >= desk.settings.thing_alike:
            conflict = conflict_of(draft, best, candidates, desk)
            return conflict or Judgement(best.verdict, best.note, mend=best.note.mention.text.strip())
    if _verbatim(draft, desk):
        return Judgement(Verdict.EXACT)
    # 18.2万元 does not contradict 18万多, and may be made of figures that the notes give in full.
    contrary = bad if bad is not None and bad.verdict is not Verdict.PRECISION_INVENTED else None
    told_otherwise = contrary is not None and retells(draft, contrary)
    plainly = contrary is not None and _plainly_wrong(draft, contrary)
    if draft.mention.kind in _LABELS or plainly:
        return unsupported(draft, bad, desk)  # the fourth set is no four times anything
    derived = from_notes(draft, desk, told_otherwise)
    if derived is not None:
        return derived_judgement(draft, derived)
    sure, perhaps = by_surprise(draft, desk, told_otherwise)
    if sure is not None:
        return derived_judgement(draft, sure)
    fault = unsupported(draft, bad, desk)
    if an_article(draft) and fault.verdict in _LOOSE and (bad is None or _no_count_of_one(bad)):
        return Judgement(Verdict.EQUIVALENT, reason="一")
    if perhaps is not None and fault.verdict in _LOOSE:
        return derived_judgement(draft, perhaps)
    totalled = bad is not None and (told_otherwise or (bad.note.total and bad.bond.thing >= desk.settings.thing_alike))
    if fault.verdict in _LOOSE and not totalled and may_be_reckoned(draft, desk):
        return Judgement(Verdict.UNDECIDED, reason="这里写的是算出来的数，笔记里看不出由哪些数算得")
    return fault


def _plainly_wrong(draft: Claim, bad: Candidate) -> bool:
    return hedged_wrong(draft, bad) or slipped(draft, bad) or labelled(draft, bad)


def _in_other_words(draft: Claim, desk: Desk) -> Judgement | None:
    ranked_first = next((note for note in desk.near(draft) if first_of_a_rank(draft, note)), None)
    if ranked_first is not None:
        return Judgement(Verdict.EQUIVALENT, ranked_first)
    if months_of_period(draft, desk.period) or years_told(draft, desk.notes.text, desk.period):
        return Judgement(Verdict.EQUIVALENT, reason="报告期")
    return Judgement(Verdict.EQUIVALENT) if once_each(draft, desk.notes.text) else None


_LABELS = frozenset((Kind.ORDINAL, Kind.RANK))
_SURELY, _MANY = 0.9, 20  # the same noun, counted otherwise; so many that nobody means one of them
# Faults that say no more than that the figure was not found; 22元 for 22万元 is a slip whatever sums to 22.
_LOOSE = frozenset((Verdict.NO_SOURCE, Verdict.CONTRADICTED, Verdict.APPROX_INFLATED, Verdict.APPROX_WRONG_SIDE))


_FULL = str.maketrans(",;:()", "，；：（）")
_MOST_PLACES = 50  # occurrences of a number in the notes that are looked at


def _verbatim(draft: Claim, desk: Desk) -> bool:
    """True where the notes hold the very words around the number, read as no claim there (得了第一)."""
    own = draft.mention.text.strip()
    before, after = draft.before_text[-2:], draft.after_text
    claimed = {
        at
        for one in desk.near(draft)
        for at in range(one.mention.start, one.mention.start + 1 if one.mention.kind in _LABELS else one.mention.end)
    }
    for found in islice(re.finditer(re.escape(own), desk.notes.text), _MOST_PLACES):
        text, at, stop = desk.notes.text, found.start(), found.end()
        if at in claimed or text[at - 1 : at].isdigit() or text[stop : stop + 1].isdigit():
            continue
        behind = text[stop : stop + 2].translate(_FULL) == after.translate(_FULL) != ""
        beside = (len(before) == 2 and text[max(0, at - 2) : at] == before) or behind
        if beside or (not draft.mention.unit and len(own) >= 4):
            return True
    return False


def _outdated(draft: Claim, desk: Desk) -> Judgement | None:
    """The judgement where the draft took a figure that the notes themselves correct, or None."""
    for wrong, right in desk.stale[:200]:
        if family(draft.mention, wrong.mention) is not Family.SAME or bond(draft, wrong, desk.aside).thing < 0.45:
            continue
        if relation(draft.mention, wrong.mention) in PASSING:
            reason = f"笔记第{right.line}行已更正为“{right.mention.text.strip()}”。"
            return Judgement(Verdict.CONTRADICTED, wrong, right, reason, right.mention.text.strip())
    return None


def _outdated_day(draft: Claim, desk: Desk) -> Judgement | None:
    """The judgement where the draft took a day that the notes take back and give nowhere else, or None."""
    when = draft.mention.when
    if when is None or not desk.stale:
        return None
    for wrong, right in desk.stale[:200]:
        theirs = wrong.mention.when
        if theirs is None or theirs.lo.lstrip("-") not in when.lo or not whens_agree(theirs, when):
            continue
        if any(one.mention.when == theirs for one in desk.near(draft)):
            continue
        reason = f"笔记第{right.line}行已更正为“{right.mention.text.strip()}”。"
        return Judgement(Verdict.CONTRADICTED, wrong, right, reason, right.mention.text.strip())
    return None


def _of_another_body(draft: Claim, desk: Desk) -> Judgement | None:
    """The judgement where the notes tell the value of another body: that body's where the draft names it."""
    for note in desk.abroad[:200]:
        if family(draft.mention, note.mention) is not Family.SAME or draft.mention.text.strip() in _ANYWHERE:
            continue
        if relation(draft.mention, note.mention) in PASSING:
            if names_it(draft, note):
                return Judgement(Verdict.EXACT, note)
            if bond(draft, note, desk.aside).thing >= _SURELY_IT:
                return Judgement(Verdict.ENTITY_SWAP, note, reason="外单位")
    return None


_ANYWHERE, _SURELY_IT = frozenset(("1个", "一个", "1次", "一次")), 0.5


def _others(draft: Claim, comparable: Sequence[tuple[Claim, Verdict]], desk: Desk) -> list[Candidate]:
    """The notes of another value that may yet be the draft's thing.

    Binding is dear; a note of another value and another thing can neither support the draft nor rival a support.
    """
    return [
        Candidate(note, bond(draft, note, desk.aside), verdict)
        for note, verdict in comparable
        if verdict not in PASSING and (thing_of(draft, note) >= 0.45 or shared(draft.own, note.own) > 0)
    ]


def _supported(draft: Claim, best: Candidate, comparable: Sequence[tuple[Claim, Verdict]], desk: Desk) -> Judgement:
    """The judgement where the value stands in the notes: passed, unless it belongs to something else there."""
    found = meant(draft, comparable, best, desk)
    rival = found.rival
    if an_article(draft) or (not found.doubtful and _settled(draft, best)):
        return Judgement(best.verdict, best.note)
    candidates = [best, *_alternatives(draft, best, comparable, desk)]
    conflict = conflict_of(draft, best, candidates, desk)
    swapped = conflict is not None and conflict.rival is not None and conflict.verdict in _SWAPS
    # 去年 right before the note's figure proves it, and so does the month at the head of its column.
    # 去年 right before the note's figure proves it.
    own = bool(best.note.before) and best.note.before in lead_of(best.note)
    if swapped and found.odds < _AGAINST and not own and conflict is not None and not conflict.firm:
        conflict = None  # what sets the two apart is no proof while all else speaks for the note
    if found.sure and rival is not None and (conflict is None or conflict.verdict.band is not Band.BLOCK):
        if best.verdict is Verdict.ROUNDED:
            # A hedged number covers many others by chance; the fault is against its own note.
            return Judgement(rival.verdict, rival.note, mend=rival.note.mention.text.strip())
        return Judgement(
            _swap_kind(best), best.note, rival.note, _why(draft, rival, best), rival.note.mention.text.strip()
        )
    if conflict is not None:
        return conflict
    rate = rate_of_another(draft, comparable, desk)
    if rate is not None:
        return Judgement(Verdict.ENTITY_SWAP, best.note, rate)
    clash = notes_conflict(draft, best, candidates)
    if clash is not None:
        return Judgement(Verdict.NOTES_CONFLICT, best.note, clash)
    if found.doubtful and rival is not None:
        reason = f"笔记第{rival.note.line}行的“{rival.note.mention.text.strip()}”也像是这里要说的数"
        return Judgement(Verdict.CONTEXT_UNCLEAR, best.note, rival.note, reason + _why(draft, rival, best))
    if hangs_loose(draft, best, desk):
        hedged = _own_but_hedged(draft, best, candidates, desk)
        if hedged is not None:
            return Judgement(hedged.verdict, hedged.note, mend=hedged.note.mention.text.strip())
        return Judgement(
            Verdict.CONTEXT_UNCLEAR, best.note, reason=f"笔记里的{best.note.mention.text.strip()}说的可能是别的事"
        )
    return Judgement(best.verdict, best.note)


_SWAPS = frozenset((Verdict.ENTITY_SWAP, Verdict.PERIOD_SWAP))
# Odds below which no other body or period proves a swap: of 40 swaps so told on open pairs none lies below, though
# one honest figure does.
_AGAINST = -1.5


def _alternatives(
    draft: Claim, best: Candidate, comparable: Sequence[tuple[Claim, Verdict]], desk: Desk
) -> list[Candidate]:
    """The other notes that give the value, and those of another value that may yet be the draft's thing."""
    same = [
        Candidate(note, bond(draft, note, desk.aside), verdict)
        for note, verdict in comparable
        if verdict in PASSING and note is not best.note
    ]
    return same + _others(draft, comparable, desk)


_SETTLED = 7.0  # points: the same noun (4), verb (1.2) and clause (2); nothing else can set the two apart


def _settled(draft: Claim, best: Candidate) -> bool:
    """True where a note says just what the draft says, so that nothing more need be weighed."""
    note, tie = best.note, best.bond
    if tie.score < _SETTLED or tie.thing < 0.9 or tie.conflict or tie.plan or best.verdict is Verdict.ROUNDED:
        return False
    same_place = not draft.subjects or draft.subjects == note.subjects
    same_day = draft.day is None or (note.day is not None and not tie.day)
    lone = not (note.source or note.total or own_day(note))  # else the notes may give it twice, and differ
    return same_place and same_day and lone and draft.change == note.change and not denies(draft, note)


def _why(draft: Claim, rival: Candidate, best: Candidate) -> str:
    """The words that the draft shares with the rival alone, as the end of a sentence; "" where there are none."""
    words = common_words(draft.clause_text, rival.note.clause_text, best.note.clause_text)
    return f"（两处都说“{words}”）" if words else ""


def _own_but_hedged(draft: Claim, best: Candidate, candidates: Sequence[Candidate], desk: Desk) -> Candidate | None:
    """The note of the draft's own thing that says about as much (30多个单位 for 30个单位, beside 30块 of another)."""
    own = [
        one
        for one in candidates
        if one.verdict is Verdict.QUALIFIER_DROPPED
        and one.bond.thing >= desk.settings.thing_alike
        and one.bond.thing > best.bond.thing
    ]
    return max(own, key=lambda one: one.bond.score, default=None)


def _swap_kind(best: Candidate) -> Verdict:
    if re.search("年|季度|月", best.bond.side):
        return Verdict.PERIOD_SWAP
    if best.bond.rate and not best.bond.subject:
        return Verdict.RATE_VS_TOTAL
    if (best.bond.frame or best.bond.day or best.bond.scope) and best.bond.thing >= 0.6:
        return Verdict.PERIOD_SWAP
    return Verdict.ENTITY_SWAP
