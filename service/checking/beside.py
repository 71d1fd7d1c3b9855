"""Two figures of the notes side by side: which of them the draft's own words mean."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.checking.claim import Claim, once_a_claim, plain_unit
from service.checking.desk import Candidate
from service.checking.likeness import alike
from service.checking.phrases import item_of, stretch_after, stretch_before, words_in
from service.checking.values import PASSING
from service.domain.quantity import Kind
from service.language.patterns import deferred

_HEADS = frozenset(("人", "名", "位", "人次", "户", "家"))
_ANY_ACT = deferred(r"参加|参与|组织|开展|进行|到场|现场|活动|服务|工作|提供|召开|举办|完成")
NEARBY = 160  # characters: figures side by side stand no further apart
# What was laid down, not what was: 核载45人，实载38人.
_NOMINAL = deferred(
    r"核[载定准]|额定|定员|限[载员额]|设计|编制|应[到会有缴出参交收]|可[容纳]|最[多高大]|计划|拟|预计|上限"
)
_ACTUAL = deferred(r"实[载到有际缴出参交收]|真正|最终")
_SHARE = deferred(r"占[^，。；]{0,20}$")
_DIFFERENCE = deferred(
    r"[加多]了|减少|下降|降低|同比|环比|比去年|较去年|比上年|较上年|多出|少了|净增|缩短|[比较][^，。；]{1,10}?(?:增加|偏?[多少高低])"
)


def said_otherwise(draft: Claim, best: Candidate, candidates: Sequence[Candidate]) -> Claim | None:
    """The note of which the notes say what the draft says, where another gives the draft's value: 独居老人62位，结对
    帮扶58位 told as 结对帮扶62位; None if none. Pure."""
    if draft.total:
        return None
    return (
        _acted(draft, best, candidates)
        or _went_on(draft, best, candidates)
        or _actual(draft, best, candidates)
        or _predicated(draft, best, candidates)
    )


_NEXT_CLAUSE = 16  # characters: the clause that goes on about a thing stands right behind its figure


def _went_on(draft: Claim, best: Candidate, candidates: Sequence[Candidate]) -> Claim | None:
    """结对帮扶独居老人62位 where the notes write 独居老人62位，结对帮扶58位: the next clause says of fewer of them what
    the draft says of all; None where the draft tells both figures, or says nothing of the second clause."""
    note, ours = best.note, words_in(item_of(draft))
    for one in candidates:
        other = one.note
        right_behind = other.sentence_span == note.sentence_span and other.clause_span != note.clause_span
        right_behind = right_behind and 0 < other.mention.start - note.mention.end < _NEXT_CLAUSE
        same = plain_unit(other.mention.unit) == plain_unit(note.mention.unit) != ""
        if not (right_behind and same) or one.verdict in PASSING or other.mention.text in draft.clause_text:
            continue
        if ours & (words_in(item_of(other)) - words_in(item_of(note))) and not is_difference(other):
            return other
    return None


def _actual(draft: Claim, best: Candidate, candidates: Sequence[Candidate]) -> Claim | None:
    """当时载有45人 where the notes write 核载45人，实载38人: the draft tells what was, and took what was laid down."""
    note = best.note
    if _NOMINAL.search(draft.clause_text):
        return None
    nominal = bool(_NOMINAL.search(stretch_before(note)))
    for one in candidates if nominal else ():
        other = one.note
        near = other.sentence_span == note.sentence_span and plain_unit(other.mention.unit) == plain_unit(
            note.mention.unit
        )
        if near and one.verdict not in PASSING and _ACTUAL.search(stretch_before(other)):
            return other
    return done_instead(draft, best, candidates)


def done_instead(draft: Claim, best: Candidate, candidates: Sequence[Candidate]) -> Claim | None:
    """The figure that is done of one that the draft tells as done: 改造12.5公里，完成11.2公里; None if none. Pure."""
    return next((one.note for one in candidates if _done_of(draft, best.note, one)), None)


_DONE_ALONE = deferred(r"[，,]?\s?(?:已|已经|实际|现已|只|仅)?(?:完成|到位)了?\s?\Z")


def _done_of(draft: Claim, note: Claim, one: Candidate) -> bool:
    """True where a smaller figure right behind the note's says how much of it is done: 改造12.5公里，完成11.2公里."""
    other, a, b = one.note, note.mention.amount, one.note.mention.amount
    behind = other.sentence_span == note.sentence_span and 0 < other.mention.start - note.mention.end < _NEXT_CLAUSE
    if not behind or one.verdict in PASSING or plain_unit(other.mention.unit) != plain_unit(note.mention.unit):
        return False
    lead = other.clause_text[: max(0, other.mention.start - other.clause_span[0])]
    if draft.item_text.strip("。，；、 \n") == note.item_text.strip("。，；、 \n"):
        return False
    less = a is not None and b is not None and bool(a.lo and b.lo) and (b.lo or 0) < (a.lo or 0)
    return less and bool(_DONE_ALONE.fullmatch(lead)) and other.mention.text not in draft.clause_text


def _predicated(draft: Claim, best: Candidate, candidates: Sequence[Candidate]) -> Claim | None:
    """全镇21个村实现污水处理 where the notes write 21个村中有17个村实现污水处理: what is told is told of the other."""
    note, told = best.note, words_in(stretch_after(draft))
    if len(told) < 3 or told & note.own:
        return None
    for one in candidates:
        other = one.note
        same = other.clause_span == note.clause_span and plain_unit(other.mention.unit) == plain_unit(note.mention.unit)
        if same and one.verdict not in PASSING and len(told & other.own) * 2 >= len(told):
            return other
    return None


def beside(draft: Claim, best: Candidate, candidates: Sequence[Candidate]) -> Claim | None:
    """The note that the draft's words mean where another one of its line gives the draft's value; None if none. Pure.

    农村就业3.1万人 against 城镇就业3.1万人，农村就业1.4万人: the words both share tell nothing, 农村 tells.
    """
    if draft.total:
        return None
    note, ours, theirs = best.note, words_of(draft), words_of(best.note)
    if not ours or not theirs:
        return None
    for one in candidates:
        other = one.note
        near = one.verdict not in PASSING and not one.bond.conflict and _side_by_side(note, other, best, one)
        rival = words_of(other)
        if near and (tells_apart(ours, theirs, rival) or (theirs == rival and _earlier_tells(draft, note, other))):
            return other
    return None


def _earlier_tells(draft: Claim, note: Claim, other: Claim) -> bool:
    """True where the clauses before two figures in the same words tell which is meant: 主犯贾某…，并处罚金80万元."""
    return tells_apart(words_in(draft.earlier), words_in(note.earlier), words_in(other.earlier))


def _side_by_side(note: Claim, other: Claim, best: Candidate, one: Candidate) -> bool:
    """True where two figures of a line are of one kind, so that the words around them alone tell which is which."""
    if other.line != note.line or abs(other.mention.start - note.mention.start) > NEARBY:
        return False
    if other.mention.kind is Kind.PERCENT and note.mention.kind is Kind.PERCENT:
        return True
    if not other.mention.unit and other.mention.kind is Kind.COUNT:
        return False  # 4金3银5铜: bare figures side by side say nothing for themselves
    same = plain_unit(other.mention.unit) == plain_unit(note.mention.unit) and other.part == note.part
    return same and is_difference(other) == is_difference(note) and one.bond.thing >= best.bond.thing - 0.3


def tells_apart(ours: frozenset[str], theirs: frozenset[str], rival: frozenset[str]) -> bool:
    """True where the draft holds words of the rival alone, and none of the other alone. Pure."""
    return bool(ours & (rival - theirs)) and not ours & (theirs - rival)


def words_of(claim: Claim) -> frozenset[str]:
    """The pairs of characters that say of what a figure is: its own item's, or where that says nothing the clause's
    before it (出口410亿元，增长9.8%). Pure."""
    item = item_of(claim)
    at = item.find(claim.mention.text)
    lead = item[:at] if at >= 0 else item
    share = _SHARE.search(lead) if claim.mention.kind in (Kind.PERCENT, Kind.RATIO) else None
    own = words_in(lead[: share.start()] if share else item)
    return (
        own
        or words_in(claim.clause_text[: max(0, claim.mention.start - claim.clause_span[0])])
        or words_in(claim.earlier)
    )


def _acted(draft: Claim, best: Candidate, candidates: Sequence[Candidate]) -> Claim | None:
    """为33位老人理发 where the notes write 33位老人，理发29人: they came, and fewer took part; None where not so."""
    note, act = best.note, draft.action
    after = draft.clause_text[draft.mention.end - draft.clause_span[0] :]
    if len(act) < 2 or _ANY_ACT.search(act) or act not in after or plain_unit(draft.mention.unit) not in _HEADS:
        return None
    if act in note.clause_text or alike(act, note.action) >= 0.8:
        return None
    for one in candidates:
        other = one.note
        nouns = not other.noun or other.noun == act or alike(other.noun, draft.noun) >= 0.6
        told = other.line == note.line and plain_unit(other.mention.unit) in _HEADS
        if told and nouns and act in other.item_text and one.verdict not in PASSING and not one.bond.conflict:
            return other
    return None


@once_a_claim
def is_difference(note: Claim) -> bool:
    """True where the note's number is a change. 增加停车位100个 is none: what was added stands there. Pure."""
    lead = note.clause_text[: max(0, note.mention.start - note.clause_span[0])]
    return note.change and not note.before and bool(_DIFFERENCE.search(lead)) and not re.search(r"[到至为]\s?$", lead)
