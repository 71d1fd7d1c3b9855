"""A note that gives the value, with nothing but value and unit to tie it to the draft."""

from __future__ import annotations

from service.checking.binding import telling_unit
from service.checking.claims import Claim, plain_unit
from service.checking.desk import Candidate, Desk
from service.checking.likeness import abbreviates, alike, shared
from service.checking.values import stated
from service.domain.quantity import Kind, decimal_text
from service.language.patterns import deferred


def hangs_loose(draft: Claim, best: Candidate, desk: Desk) -> bool:
    """True where nothing but the value and the unit ties the draft's number to the note."""
    note = best.note
    if telling_unit(draft, note) or telling_value(draft):
        return False
    if draft.noun and draft.noun[-1] in note.clause_text:  # 设站23座 counts 车站
        return False
    if _LEVEL.fullmatch(draft.noun) and draft.noun[0] in note.clause_text:  # 镇级46万元 of 镇里出46万
        return False
    if draft.after_text[:1] and draft.after_text[:1] == note.after_text[:1] and _HAN_ONE.match(note.after_text):
        return False  # 3个院落 of 3个院子
    if abbreviates(note.clause_text, draft.clause_text) or abbreviates(draft.clause_text, note.clause_text):
        return False  # 电信诈骗案件3起 for 电诈案发了3起
    if draft.noun and note.noun and not _known_in(draft.noun, desk.notes.text):
        # 设置鸟窝14个 beside a note on 设置岗位14个: the notes never speak of the thing that the draft counts.
        alone = best.bond.about < 0.4 and shared(draft.clause, note.clause) < 0.4
        return alike(draft.noun, note.noun) < 0.5 and alone
    # 敬老院5个 says not what: 烟感报警器5个 has its value there, and its thing from nowhere.
    unnamed = draft.noun and not note.noun and plain_unit(note.mention.unit) in ("个", "处", "件", "")
    if (
        unnamed
        and draft.mention.kind is Kind.COUNT
        and len(draft.noun) > 2
        and not _any_of(draft.noun, desk.notes.text)
    ):
        return True
    return (
        best.bond.thing < 0.45
        and best.bond.about < 0.2
        and alike(draft.action, note.action) < 0.7
        and not (draft.noun and draft.noun[-2:] in note.clause_text)
    )


_HAN_ONE = deferred("[\u4e00-\u9fff](?<![的都全均已被在])")
_LEVEL = deferred("[省市区县镇乡村街局校院][级里方]")
_FEW_DIGITS = 2


def telling_value(claim: Claim) -> bool:
    """True where the digits alone say what is meant: nothing else has 4,360万元 by accident, much has 12. Pure."""
    value = stated(claim.mention)
    if value is None or claim.mention.kind is Kind.DURATION:
        return value is not None
    digits = (decimal_text(value) or "").replace(".", "").strip("0")
    return len(digits) > _FEW_DIGITS


def _any_of(noun: str, notes: str) -> bool:
    """True where the notes hold a character of the noun's last words."""
    return any(char in notes for char in noun[-3:])


def _known_in(noun: str, notes: str) -> bool:
    return any(noun[at : at + 2] in notes for at in range(max(1, len(noun) - 1)))
