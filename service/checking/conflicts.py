"""What sets the note that gives a draft's value apart from it: another period, body, rate or way, or a mere plan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from service.checking.beside import done_instead, is_difference
from service.checking.binding import bond
from service.checking.claims import CALENDAR, Claim, plain_unit
from service.checking.conflicts_of_time import ALIKE, of_other_time, other_period
from service.checking.denied import denies
from service.checking.derivation import Derivation
from service.checking.desk import Candidate, Desk, Judgement
from service.checking.likeness import alike
from service.checking.loose import telling_value
from service.checking.phrases import lead_of, tells_new, words_in
from service.checking.timed import of_last_year, own_day, still_to_come
from service.checking.traits import verbatim
from service.checking.updated import near_in_size
from service.checking.values import PASSING
from service.domain.finding import Verdict
from service.domain.quantity import Approx, Kind, decimal_text
from service.language.patterns import deferred


def conflict_of(draft: Claim, best: Candidate, candidates: Sequence[Candidate], desk: Desk) -> Judgement | None:
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
    not_so = _planned_or_denied(draft, best, free, desk)
    if not_so is not None:
        return not_so
    if tie.frame or tie.scope:
        return None if of_last_year(draft, note, desk.period) else other_period(draft, best, candidates)
    elsewhere = _of_other_place(draft, best, candidates)
    if elsewhere is not None:
        return elsewhere
    timed = of_other_time(draft, best, candidates, desk)
    if timed is not None:
        return timed
    otherwise = _done_or_rated(draft, best, candidates)
    if otherwise is not None:
        return otherwise
    if tie.side:
        verdict = Verdict.PERIOD_SWAP if re.search("年|季度|月", tie.side) else Verdict.ENTITY_SWAP
        return Judgement(verdict, note, other, tie.side, mend)
    changed = _changed(draft, note, desk)
    if changed is not None:
        return changed
    if tie.subject and any(one in desk.notes.text for one in draft.subjects):
        return _other_body(draft, best, candidates, desk)
    same_line = note.day is not None and desk.notes.text.count("\n", note.day.start, note.mention.start) == 0
    dated = tie.day and same_line and draft.day is not None and _day_in_notes(draft, desk)
    if dated and (not verbatim(draft, note) or _on_that_day(draft, candidates)):
        return Judgement(Verdict.PERIOD_SWAP, note, other, tie.day, mend)
    return None


def _changed(draft: Claim, note: Claim, desk: Desk) -> Judgement | None:
    """The judgement where one of the two tells a change and the other what it changed from or to; None else."""
    if _CHANGES.search(lead_of(draft)) and _REACHED.search(lead_of(note)):
        return _end_for_change(draft, note, desk)
    if draft.change and note.before and _CHANGES.search(lead_of(draft)) and not is_difference(note):
        return Judgement(Verdict.CONTRADICTED, note, reason="笔记里这是原来的数，不是增减的数。")
    if is_difference(note) and not draft.change and not draft.ends and not _ADDS.search(lead_of(draft)):
        return Judgement(Verdict.CONTRADICTED, note, reason="笔记里这是增减的数，不是总数。")
    return None


def _planned_or_denied(draft: Claim, best: Candidate, free: Sequence[Candidate], desk: Desk) -> Judgement | None:
    """The judgement where the notes only plan what the draft tells, or one of the two says that it is not so."""
    note = best.note
    estimated = draft.mention.approx is Approx.ABOUT and bool(_ESTIMATE.search(note.clause_text))
    estimated = (
        estimated
        or bool(_NEEDS.search(lead_of(draft)))
        or bool(_MAY_BE.search(draft.earlier + "，" + draft.clause_text))
    )
    done = [one for one in free if not one.bond.plan and one.bond.thing >= best.bond.thing - _LESS]
    ahead = estimated or still_to_come(draft, desk.period) or best.bond.thing < _ANY_THING
    if best.bond.plan and not ahead and not done:
        return Judgement(Verdict.PLAN_AS_DONE, note)
    denied = denies(draft, note)
    if denied and all(denies(draft, one.note) for one in free):
        return Judgement(Verdict.CONTRADICTED, note, reason=f"草稿与笔记一个说“{denied}”，一个说没有")
    return None


_LESS, _ANY_THING = 0.2, 0.3


def _whole_for_part(draft: Claim, note: Claim, candidates: Sequence[Candidate]) -> Claim | None:
    """The part that 其中镇级65万元 means where the notes write 镇里出46万，村里配套19万，合计65万; None if none."""
    if not draft.part or not note.total or note.part:
        return None
    named = words_in(lead_of(draft)[-_NAMED:]) | {lead_of(draft).removeprefix("其中")[:1]}
    return next(
        (
            one.note
            for one in candidates
            if one.verdict not in PASSING
            and one.note.sentence_span == note.sentence_span
            and one.note.mention.start < note.mention.start
            and any(word and word in lead_of(one.note) for word in named)
        ),
        None,
    )


_NAMED = 6  # characters


_OWN_THING, _NOT_IT, _CLOSE = 0.8, 0.35, 3


def _crossed(draft: Claim, best: Candidate, candidates: Sequence[Candidate]) -> Claim | None:
    """The note of the draft's own noun where the note that gives its value counts another thing: 县级补助96万元 of
    镇财政96万，县补60万; None if none."""
    note = best.note
    if not draft.noun or not note.noun or best.bond.thing > _NOT_IT or draft.total:
        return None
    if note.noun in (*draft.subjects, *note.subjects):
        return None  # 桥东9个 names a place and counts what its line counts
    unit = plain_unit(note.mention.unit)
    near = (one for one in candidates if one.verdict not in PASSING and abs(one.note.line - note.line) <= _CLOSE)
    same = (
        one for one in near if plain_unit(one.note.mention.unit) == unit and one.note.mention.amount in draft.others
    )
    return next((one.note for one in same if one.note.noun and one.bond.thing >= _OWN_THING), None)


def _new_instead(draft: Claim, note: Claim, candidates: Sequence[Candidate]) -> Claim | None:
    """What is new of a figure that the draft tells as new: 新做18块 of 现有22块要留着，新做18块; None if none."""
    if not tells_new(draft) or tells_new(note) or draft.total:
        return None
    unit = plain_unit(note.mention.unit)
    rivals = (one for one in candidates if one.verdict not in PASSING and one.note.line == note.line)
    if note.part:  # 新增充电端口3260个，其中电动自行车2900个: the part is as new as the whole
        rivals = (one for one in rivals if one.note.sentence_span != note.sentence_span)
    rivals = (one for one in rivals if tells_new(one.note) and plain_unit(one.note.mention.unit) == unit)
    return next((one.note for one in rivals if one.bond.thing >= ALIKE or not one.note.noun), None)


def _done_or_rated(draft: Claim, best: Candidate, candidates: Sequence[Candidate]) -> Judgement | None:
    """The judgement where the notes say how much of a figure is done, or count it per something; else None."""
    done = None if draft.total else done_instead(draft, best, candidates)
    if done is not None:
        return Judgement(Verdict.ENTITY_SWAP, best.note, done, mend=done.mention.text.strip())
    meant = (
        _whole_for_part(draft, best.note, candidates)
        or _new_instead(draft, best.note, candidates)
        or _crossed(draft, best, candidates)
    )
    if meant is not None:
        return Judgement(Verdict.ENTITY_SWAP, best.note, meant, mend=meant.mention.text.strip(), firm=True)
    if best.bond.rate:
        return Judgement(Verdict.RATE_VS_TOTAL, best.note, reason=best.note.rate or draft.rate)
    return None


def _on_that_day(draft: Claim, candidates: Sequence[Candidate]) -> bool:
    """True where another figure of the draft's thing stands in the notes on the draft's own day."""
    return any(
        one.verdict not in PASSING
        and one.bond.thing >= ALIKE
        and _dated_alike(draft, one)
        and one.note.mention.amount not in draft.others  # 37个问题已整改33个 tells both
        for one in candidates
    )


def _dated_alike(draft: Claim, one: Candidate) -> bool:
    return draft.day is not None and one.note.day is not None and not one.bond.day


_NEEDS = deferred(r"(?<![重主想])(?:需要?|要|得|缺|差)(?:约|大概|大约)?\s?$")  # 要约28万元 is spent by nobody yet
_ESTIMATE = deferred("预计|预测|预估|估计")
# What the draft itself tells as still to come: 可省13元, 根据预报降温8℃.
_MAY_BE = deferred("可(?=[达省减增降惠供节])|可能|有望|预[报测警]|或将|最[高低多少]可|将(?=[会达有在])|有意")


def _other_body(draft: Claim, best: Candidate, candidates: Sequence[Candidate], desk: Desk) -> Judgement | None:
    """The judgement where the two are told of two bodies: a swap where the notes give the draft's own body another
    figure of the thing, a doubt where the note names the other body beside its figure, else none."""
    note = best.note
    rivals = [
        one
        for one in candidates
        if one.verdict not in PASSING
        and one.bond.thing >= desk.settings.thing_alike
        and not one.bond.subject
        and plain_unit(one.note.mention.unit) == plain_unit(note.mention.unit)
        and any(ours in theirs or theirs in ours for ours in draft.subjects for theirs in one.note.subjects)
    ]
    rival = max(rivals, key=lambda one: one.bond.score, default=None)
    if rival is not None:
        return Judgement(Verdict.ENTITY_SWAP, note, rival.note, best.bond.subject, rival.note.mention.text.strip())
    beside_it = best.bond.subject in lead_of(note) and not telling_value(draft)
    return Judgement(Verdict.ENTITY_SWAP, note, reason=best.bond.subject) if beside_it else None


def _of_other_place(draft: Claim, best: Candidate, candidates: Sequence[Candidate]) -> Judgement | None:
    """The judgement where the notes go place by place and give the value to another place than the draft; else None."""
    note = best.note
    apart = draft.place and note.place and draft.place != note.place and draft.place not in note.clause_text
    if not apart or any(one.verdict in PASSING and one.note.place == draft.place for one in candidates):
        return None
    unit = plain_unit(note.mention.unit)
    own = [one for one in candidates if one.note.place == draft.place and one.verdict not in PASSING]
    own = [one for one in own if one.bond.thing >= ALIKE and plain_unit(one.note.mention.unit) == unit]
    rival = max(own, key=lambda one: one.bond.score, default=None)
    if rival is None:
        return Judgement(Verdict.ENTITY_SWAP, note, reason=note.place, firm=True)
    mend = rival.note.mention.text.strip()
    return Judgement(Verdict.ENTITY_SWAP, note, rival.note, note.place, mend, firm=True)


_CHANGES = deferred(
    r"(?:增加|增长|减少|降低|下降|上升|提高|提升|降价|涨价|下调|上调|缩短|压缩|扩大|多了|少了|增|减|降)了?(?:约|近)?\s?$"
)
# 加装灭蝇灯16盏 for 灭蝇灯加了16盏: what was added is what the draft counts.
_ADDS = deferred(r"加[装设配建]|新[增建装配购设栽添]|增[设添配建置]|添[置加设]|补[装种栽配]|扩[建充]")
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


def notes_conflict(draft: Claim, best: Candidate, candidates: Sequence[Candidate]) -> Claim | None:
    """A note that gives the same thing another value with nothing to tell the two apart, or None."""
    for one in candidates:
        note = one.note
        if note.place != best.note.place:
            continue
        units = plain_unit(note.mention.unit), plain_unit(best.note.mention.unit)
        if all(units) and units[0] != units[1]:
            continue  # 八处 and 八十五个 are of two things
        if one.verdict in PASSING or one.verdict is Verdict.QUALIFIER_DROPPED or note is best.note:
            continue
        if note.plan != best.note.plan or bool(note.before) != bool(best.note.before) or note.part != best.note.part:
            continue
        nouns = alike(note.noun, best.note.noun) >= 0.9 or (not note.noun and not best.note.noun)
        sources = nouns and _two_sources(note, best.note)
        totals = note.total and best.note.total and nouns and bool(note.noun) and note.scope == best.note.scope
        totals = totals and note.line != best.note.line and note.mention.kind is not Kind.PERCENT
        twins = nouns and bool(note.noun) and note.clause == best.note.clause and note.subjects == best.note.subjects
        same_day = own_day(note) is not None and own_day(note) == own_day(best.note) and note.line != best.note.line
        doubted = bool(_UNSURE.search(best.note.clause_text)) and not _UNSURE.search(note.clause_text)
        told_twice = doubted and _of_a_size(note, best.note)
        told_twice = told_twice and bond(best.note, note).thing >= 0.7 and one.bond.thing >= 0.7
        if told_twice:
            return note
        if (sources or totals or (twins and same_day)) and not bond(best.note, note).conflict:
            return note
    return None


def _two_sources(one: Claim, other: Claim) -> bool:
    """True where two reporters, or two departments of which one tells the whole, each give their figure."""
    if one.source and other.source and one.source != other.source:
        # 通报说是8处 of one thing and 一共85个 of another: where neither names what it counts, their size tells.
        return bool(one.noun) or _of_a_size(one, other)
    heads = one.head, other.head
    apart = heads[0] != heads[1] and all(_DEPARTMENT.fullmatch(head) for head in heads)
    return apart and bool(one.noun) and (one.total or other.total) and near_in_size(one, other)


_DEPARTMENT = deferred(r"[\u4e00-\u9fff]{1,8}[科处室办部股](?:[报说]|统计|登记)")


def _of_a_size(one: Claim, other: Claim) -> bool:
    """True where two figures are within twice of each other, as two memories of one thing are."""
    a, b = one.mention.amount, other.mention.amount
    return a is not None and b is not None and max(a.lo or 0, b.lo or 0) <= 2 * min(a.lo or 0, b.lo or 0)


_UNSURE = deferred(r"好[像象]|似乎|记不清|听说|印象中|不太确定|不确定|估摸|大概是|可能是|应该有")
