"""The judgement of one number of a draft: which note it rests on, and what sets them apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import islice

from service.checking.beside import NEARBY, beside, is_difference
from service.checking.binding import bond, thing_of
from service.checking.claims import CALENDAR, CLOCK, Claim, plain_unit
from service.checking.dates import judge_date
from service.checking.derivation import Derivation
from service.checking.desk import Candidate, Desk, Judgement
from service.checking.faults import judge_zero, unsupported
from service.checking.likeness import alike, shared
from service.checking.loose import hangs_loose
from service.checking.made import derived_judgement, from_notes, meant_by_words, retells
from service.checking.phrases import lead_of
from service.checking.pointing import pointed_elsewhere
from service.checking.values import PASSING, Family, family, relation
from service.domain.finding import Band, Verdict
from service.domain.quantity import Kind, decimal_text
from service.language.patterns import deferred


def judge(draft: Claim, desk: Desk) -> Judgement:
    """The judgement of one claim of the draft against the notes alone. Pure."""
    return _judge(draft.local or draft, desk)


@lru_cache(maxsize=8192)
def _judge(draft: Claim, desk: Desk) -> Judgement:
    if draft.mention.kind in CALENDAR or draft.mention.kind in CLOCK:
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
    ends = [_judge_amount(end, desk) for end in draft.ends]
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
    comparable = [
        (note, relation(draft.mention, note.mention))
        for note in desk.near(draft)
        if family(draft.mention, note.mention) is Family.SAME
    ]
    sound = [
        Candidate(note, bond(draft, note, desk.aside), verdict) for note, verdict in comparable if verdict in PASSING
    ]
    best = max(sound, key=lambda one: (one.bond.score, one.verdict is Verdict.EXACT), default=None)
    if best is not None and _settled(draft, best):
        return _meant_beside(draft, best, comparable, desk) or Judgement(best.verdict, best.note)
    candidates = sound + _others(draft, comparable, desk)
    if best is not None:
        found = _supported(draft, best, candidates, desk)
        if found.verdict in PASSING:
            meant = pointed_elsewhere(draft, best, comparable, desk)
            if meant is not None:
                like = family(draft.mention, meant.mention) is Family.SAME
                found = Judgement(
                    Verdict.ENTITY_SWAP, best.note, meant, mend=meant.mention.text.strip() if like else None
                )
        if (
            found.verdict.band is Band.BLOCK or found.verdict is Verdict.CONTEXT_UNCLEAR
        ):  # it may be the same figure of another thing, by chance
            derived = meant_by_words(draft, best, desk)
            return derived_judgement(draft, derived) if derived is not None and not derived.doubt else found
        return found
    outdated = _outdated(draft, desk)
    if outdated is not None:
        return outdated
    if draft.mention.kind is Kind.ZERO:
        return judge_zero(draft, desk)
    bad = max(candidates, key=lambda one: one.bond.score, default=None)
    soft = [one for one in candidates if one.verdict in (Verdict.QUALIFIER_DROPPED, Verdict.CONTEXT_UNCLEAR)]
    if soft:
        best = max(soft, key=lambda one: one.bond.score)
        if best is bad or best.bond.thing >= desk.settings.thing_alike:
            conflict = _conflict(draft, best, candidates, desk)
            return conflict or Judgement(best.verdict, best.note, mend=best.note.mention.text.strip())
    if _verbatim(draft, desk):
        return Judgement(Verdict.EXACT)
    derived = from_notes(draft, desk, told_otherwise=bad is not None and retells(draft, bad))
    if derived is not None:
        return derived_judgement(draft, derived)
    return unsupported(draft, bad, desk)


def _meant_beside(
    draft: Claim, best: Candidate, comparable: Sequence[tuple[Claim, Verdict]], desk: Desk
) -> Judgement | None:
    """大学生每人补贴5000元: the noun is the same, yet the figure beside it is the one that the words mean."""
    at, line = best.note.mention.start, best.note.line
    near = [
        Candidate(note, bond(draft, note, desk.aside), verdict)
        for note, verdict in comparable
        if verdict not in PASSING and note.line == line and abs(note.mention.start - at) <= NEARBY
    ]
    meant = beside(draft, best, near)
    return Judgement(Verdict.ENTITY_SWAP, best.note, meant, mend=meant.mention.text.strip()) if meant else None


_MOST_PLACES = 50  # occurrences of a number in the notes that are looked at
_SETTLED = 7.0  # points: the same noun (4), verb (1.2) and clause (2); no other note can fit so much better


def _settled(draft: Claim, best: Candidate) -> bool:
    """True where a note says just what the draft says, so that no rival need be weighed."""
    note, tie = best.note, best.bond
    if tie.score < _SETTLED or tie.thing < 0.9 or tie.conflict or tie.plan or best.verdict is Verdict.ROUNDED:
        return False
    same_place = not draft.subjects or draft.subjects == note.subjects
    same_day = draft.day is None or (note.day is not None and not tie.day)
    lone = not (note.source or note.total or _own_day(note))  # else the notes may give it twice, and differ
    return same_place and same_day and lone and draft.change == note.change


def _verbatim(draft: Claim, desk: Desk) -> bool:
    """True where the notes hold the very words around the number, read as no claim there (得了第一)."""
    own = draft.mention.text.strip()
    before, after = draft.before_text[-2:], draft.after_text
    claimed = {one.mention.start for one in desk.near(draft)}
    for found in islice(re.finditer(re.escape(own), desk.notes.text), _MOST_PLACES):
        text, at, stop = desk.notes.text, found.start(), found.end()
        if at in claimed or text[at - 1 : at].isdigit() or text[stop : stop + 1].isdigit():
            continue
        beside = (len(before) == 2 and text[max(0, at - 2) : at] == before) or text[stop : stop + 2] == after != ""
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


def _others(draft: Claim, comparable: Sequence[tuple[Claim, Verdict]], desk: Desk) -> list[Candidate]:
    """The notes of another value that may yet be the draft's thing.

    Binding is dear; a note of another value and another thing can neither support the draft nor rival a support.
    """
    return [
        Candidate(note, bond(draft, note, desk.aside), verdict)
        for note, verdict in comparable
        if verdict not in PASSING and (thing_of(draft, note) >= 0.45 or shared(draft.own, note.own) > 0)
    ]


def _supported(draft: Claim, best: Candidate, candidates: Sequence[Candidate], desk: Desk) -> Judgement:
    """The judgement where the value stands in the notes: passed, unless it belongs to something else there."""
    rivals = [
        one
        for one in candidates
        if one.verdict not in PASSING
        and one.bond.thing >= desk.settings.thing_alike
        and one.verdict is not best.verdict
        and not (draft.total and one.note.part and not draft.part)
        and (best.bond.conflict or not one.bond.conflict)
        and (best.bond.conflict or best.bond.thing < 1 or one.bond.thing == 1 or not draft.noun)
        and not (one.bond.plan and not best.bond.plan and best.bond.thing >= 0.45)
        and not (is_difference(one.note) and not draft.change)
    ]
    rival = max(rivals, key=lambda one: one.bond.score, default=None)
    margin = desk.settings.swap_margin
    if rival is not None and rival.bond.thing >= 0.9 and best.bond.thing <= 0.7:
        margin *= 0.6  # the other note counts this very thing, this one only something like it
    if not draft.noun:
        margin *= 2  # 约18起 alone names nothing, so little can fit it better
    if rival is not None and rival.bond.score >= best.bond.score + margin - 1e-9:
        if (
            best.verdict is Verdict.ROUNDED
        ):  # a hedged number covers many others by chance; the fault is against its own note
            return Judgement(rival.verdict, rival.note, mend=rival.note.mention.text.strip())
        return Judgement(_swap_kind(best), best.note, rival.note, mend=rival.note.mention.text.strip())
    conflict = _conflict(draft, best, candidates, desk)
    meant = beside(draft, best, candidates) if conflict is None else None
    if meant is not None:
        return Judgement(Verdict.ENTITY_SWAP, best.note, meant, mend=meant.mention.text.strip())
    if conflict is not None:
        return conflict
    clash = _notes_conflict(draft, best, candidates)
    if clash is not None:
        return Judgement(Verdict.NOTES_CONFLICT, best.note, clash)
    if hangs_loose(draft, best, desk):
        return Judgement(
            Verdict.CONTEXT_UNCLEAR, best.note, reason=f"笔记里的{best.note.mention.text.strip()}说的可能是别的事"
        )
    return Judgement(best.verdict, best.note)


def _swap_kind(best: Candidate) -> Verdict:
    if re.search("年|季度|月", best.bond.side):
        return Verdict.PERIOD_SWAP
    if best.bond.rate and not best.bond.subject:
        return Verdict.RATE_VS_TOTAL
    if (best.bond.frame or best.bond.day or best.bond.scope) and best.bond.thing >= 0.6:
        return Verdict.PERIOD_SWAP
    return Verdict.ENTITY_SWAP


def _conflict(draft: Claim, best: Candidate, candidates: Sequence[Candidate], desk: Desk) -> Judgement | None:
    """What sets the best note apart from the draft although the value is right, or None."""
    note, tie = best.note, best.bond
    # Another note with the same value may be free of what this one has against it.
    free = [one for one in candidates if one.verdict in PASSING and not one.bond.conflict and one.bond.thing >= 0.45]
    if free and (tie.conflict or is_difference(note)) and any(not is_difference(one.note) for one in free):
        return None
    other = next(
        (one.note for one in sorted(candidates, key=lambda one: -one.bond.score) if one.verdict not in PASSING), None
    )
    mend = other.mention.text.strip() if other is not None and not tie.plan else None
    if tie.plan and not (free and any(not one.bond.plan for one in free)):
        return Judgement(Verdict.PLAN_AS_DONE, note)
    if tie.frame:
        return Judgement(Verdict.PERIOD_SWAP, note, other, tie.frame, mend)
    if tie.scope:
        return Judgement(Verdict.PERIOD_SWAP, note, other, tie.scope, mend)
    if tie.rate:
        return Judgement(Verdict.RATE_VS_TOTAL, note, reason=note.rate or draft.rate)
    if tie.side:
        verdict = Verdict.PERIOD_SWAP if re.search("年|季度|月", tie.side) else Verdict.ENTITY_SWAP
        return Judgement(verdict, note, other, tie.side, mend)
    if _CHANGES.search(lead_of(draft)) and _REACHED.search(lead_of(note)):
        return _end_for_change(draft, note, desk)
    if is_difference(note) and not draft.change and not draft.ends:
        return Judgement(Verdict.CONTRADICTED, note, reason="笔记里这是增减的数，不是总数。")
    if tie.subject and any(one in desk.notes.text for one in draft.subjects):
        return Judgement(Verdict.ENTITY_SWAP, note, other, tie.subject, mend)
    same_line = note.day is not None and desk.notes.text.count("\n", note.day.start, note.mention.start) == 0
    if tie.day and same_line and draft.day is not None and _day_in_notes(draft, desk):
        return Judgement(Verdict.PERIOD_SWAP, note, other, tie.day, mend)
    return None


_CHANGES = deferred(
    r"(?:增加|增长|减少|降低|下降|上升|提高|提升|降价|涨价|下调|上调|缩短|压缩|扩大|多了|少了|增|减|降)了?(?:约|近)?\s?$"
)
_REACHED = deferred(r"(?:增加?|增长|减少?|上?升|下?降低?|提高|提升|扩大|缩短|压缩|下调|上调)[到至为]\s?$")


def _end_for_change(draft: Claim, note: Claim, desk: Desk) -> Judgement:
    """增加3500个 where the notes write 由1200个增至3500个: the end is given for the change."""
    reason = "笔记里这是变化后的数，不是增减的数。"
    before = next((one for one in desk.pool if one.before == "原来" and one.clause_span == note.clause_span), None)
    ours, theirs = note.mention.amount, before.mention.amount if before is not None else None
    if before is None or ours is None or theirs is None or not ours.exact or not theirs.exact:
        return Judgement(Verdict.CONTRADICTED, note, reason=reason)
    difference = abs((ours.lo or Decimal(0)) - (theirs.lo or Decimal(0)))
    mend = f"{decimal_text(difference)}{plain_unit(note.mention.unit)}"
    formula = f"{note.mention.text.strip()} − {before.mention.text.strip()} = {mend}"
    return Judgement(Verdict.DERIVED_WRONG, note, before, mend=mend, derivation=Derivation(formula, (note, before)))


def _day_in_notes(draft: Claim, desk: Desk) -> bool:
    day = draft.day
    return day is not None and any(
        one.mention.when is not None and day.when is not None and one.mention.when.lo[-5:] == day.when.lo[-5:]
        for one in desk.near(draft)
        if one.mention.kind in CALENDAR
    )


def _notes_conflict(draft: Claim, best: Candidate, candidates: Sequence[Candidate]) -> Claim | None:
    """A note that gives the same thing another value with nothing to tell the two apart, or None."""
    for one in candidates:
        note = one.note
        if one.verdict in PASSING or one.verdict is Verdict.QUALIFIER_DROPPED or note is best.note:
            continue
        if note.plan != best.note.plan or bool(note.before) != bool(best.note.before) or note.part != best.note.part:
            continue
        nouns = alike(note.noun, best.note.noun) >= 0.9 or (not note.noun and not best.note.noun)
        sources = bool(note.source) and bool(best.note.source) and note.source != best.note.source and nouns
        totals = note.total and best.note.total and nouns and bool(note.noun) and note.scope == best.note.scope
        totals = totals and note.line != best.note.line and note.mention.kind is not Kind.PERCENT
        twins = nouns and bool(note.noun) and note.clause == best.note.clause and note.subjects == best.note.subjects
        same_day = _own_day(note) is not None and _own_day(note) == _own_day(best.note) and note.line != best.note.line
        doubted = bool(_UNSURE.search(best.note.clause_text)) and not _UNSURE.search(note.clause_text)
        told_twice = doubted and bond(best.note, note).thing >= 0.7 and one.bond.thing >= 0.7
        if told_twice:
            return note
        if (sources or totals or (twins and same_day)) and not bond(best.note, note).conflict:
            return note
    return None


_UNSURE = deferred(r"好[像象]|似乎|记不清|听说|印象中|不太确定|不确定|估摸|大概是|可能是|应该有")


def _own_day(note: Claim) -> tuple[str, str] | None:
    """The day a claim's own sentence gives it, not one that an earlier line lends it."""
    day = note.day
    if day is None or day.when is None or not note.sentence_span[0] <= day.start < note.sentence_span[1]:
        return None
    return day.when.lo, day.when.hi
