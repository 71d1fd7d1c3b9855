"""The Chinese sentence and the suggestion of a finding, in words a clerk understands."""

from __future__ import annotations

from service.checking.claims import Claim
from service.checking.desk import Judgement
from service.checking.mending import written
from service.domain.finding import Verdict


def message_of(claim: Claim, found: Judgement) -> str:
    """What was found of a number, as one Chinese sentence. Pure."""
    ours = claim.mention.text.strip()
    note = found.note
    at = f"笔记第{note.line}行" if note is not None else "笔记"
    theirs = f"“{note.mention.text.strip()}”" if note is not None else ""
    if note is None and found.reason == "报告期":
        return f"“{ours}”与表单所填的报告期一致。"
    if note is None and found.reason == "一":
        return f"“{ours}”说的是单独一个，不作统计数核对。"
    forms = {
        Verdict.EXACT: f"与{at}{theirs}一致。",
        Verdict.EQUIVALENT: f"与{at}{theirs}等值。",
        Verdict.ROUNDED: f"{at}为{theirs}，“{ours}”的说法成立。",
        Verdict.DERIVED: f"由笔记推算得到：{_formula(found)}。",
        Verdict.QUALIFIER_DROPPED: f"{at}为{theirs}，是概数；草稿写成了“{ours}”。",
        Verdict.DERIVED_UNSAFE: f"可由笔记推算（{_formula(found)}），但{found.reason}，请确认能否这样算。",
        Verdict.NOTES_CONFLICT: f"笔记自相矛盾：{at}为{theirs}，{_rival(found)}，请确认用哪个。",
        Verdict.RELATIVE_TIME: f"笔记写的是相对时间，定不下是哪一年；“{ours}”请核对，或先填写报告期。",
        Verdict.PP_VS_PERCENT: f"{at}的两个数相差的是百分点，“{ours}”应写作百分点。",
        Verdict.CONTEXT_UNCLEAR: f"“{ours}”请核对：{found.reason or '笔记里说的是否同一件事看不出来'}。",
        Verdict.NO_SOURCE: f"笔记中找不到“{ours}”的依据。",
        Verdict.CONTRADICTED: f"{at}为{theirs}，草稿写成了“{ours}”。{found.reason}"
        if theirs != f"“{ours}”"
        else f"“{ours}”是{at}的数。{found.reason}",
        Verdict.APPROX_WRONG_SIDE: f"{at}为{theirs}，不能写成“{ours}”：“余”须大于所写的数，“近”须小于所写的数。",
        Verdict.APPROX_INFLATED: f"{at}为{theirs}，与“{ours}”相差太多。",
        Verdict.PRECISION_INVENTED: f"{at}只有概数{theirs}，“{ours}”比笔记更精确，没有依据。",
        Verdict.UNIT_SWAP: f"{at}为{theirs}，草稿写成了“{ours}”，单位不同，意思变了。",
        Verdict.UNIT_SCALE: f"{at}为{theirs}，草稿写成了“{ours}”，差了数量级。",
        Verdict.ENTITY_SWAP: f"“{ours}”在{at}{_belongs(found)}{_of(found)}{_instead(found)}。",
        Verdict.PERIOD_SWAP: f"“{ours}”在{at}是另一个时期的数{_of(found)}{_instead(found)}。",
        Verdict.RATE_VS_TOTAL: f"{at}的{theirs}是{_rate(claim, found)}，草稿的“{ours}”不是同一种算法，不能混用。",
        Verdict.DERIVED_WRONG: f"按笔记推算应为{found.mend or '另一个数'}（{_formula(found)}），草稿写成了“{ours}”。",
        Verdict.PLAN_AS_DONE: f"{at}的{theirs}是计划或目标，草稿写成了已完成。",
        Verdict.ZERO_FROM_ABSENCE: f"笔记没有写明{found.reason or '这一项'}为零；没有记录不等于没有发生。",
        Verdict.NAME_NUMBER_ALTERED: f"{at}为{theirs}，草稿写成了“{ours}”。",
        Verdict.UNDECIDED: f"“{ours}”无法自动核对：{found.reason or '看不出所指'}。",
    }
    return forms.get(found.verdict, f"“{ours}”请核对。")


def _formula(found: Judgement) -> str:
    return found.derivation.formula if found.derivation is not None else ""


def _rival(found: Judgement) -> str:
    rival = found.rival
    return f"第{rival.line}行为“{rival.mention.text.strip()}”" if rival is not None else "另一处不同"


def _belongs(found: Judgement) -> str:
    place = found.note.place if found.note is not None else ""
    return f"是{place}的数" if place and found.reason == place else "属于另一件事"


def _of(found: Judgement) -> str:
    note = found.note
    if note is None:
        return ""
    clause = note.clause_text.strip(" ，。；：、\n")
    return f"（{clause[:30]}）"


def _instead(found: Judgement) -> str:
    rival = found.rival
    if rival is None:
        return ""
    why = found.reason if found.reason.startswith("（") else ""
    return f"；这里对应的是第{rival.line}行的“{rival.mention.text.strip()}”{why}"


def _rate(claim: Claim, found: Judgement) -> str:
    rate = found.note.rate if found.note is not None else ""
    return f"“{rate}”的数" if rate else "总数"


_MEND = {
    Verdict.QUALIFIER_DROPPED: "是否补上概数词，改为“{}”？",
    Verdict.PP_VS_PERCENT: "是否改为“{}”？",
    Verdict.DERIVED_WRONG: "是否改为“{}”？",
}
_ADVICE = {
    Verdict.NO_SOURCE: "请删去，或在笔记中补充依据。",
    Verdict.DERIVED_UNSAFE: "请确认没有重复计算，或只写各部分的数。",
    Verdict.NOTES_CONFLICT: "请与经办人核实后在笔记中更正。",
    Verdict.RELATIVE_TIME: "请填写报告期，或把年份写进笔记。",
    Verdict.CONTEXT_UNCLEAR: "请对照笔记确认。",
    Verdict.RATE_VS_TOTAL: "请写明是每天（每周、人均）的数还是总数。",
    Verdict.PLAN_AS_DONE: "请改为“计划、拟”，或补充完成的依据。",
    Verdict.ZERO_FROM_ABSENCE: "请删去，或补充统计依据。",
    Verdict.UNDECIDED: "请人工核对。",
    Verdict.ENTITY_SWAP: "请核对这个数说的是哪一项。",
    Verdict.PERIOD_SWAP: "请核对这个数属于哪个时期。",
}


def mend_of(claim: Claim, found: Judgement) -> str | None:
    """The text to put in the claim's place, as a report writes it; None where the claim passed or nothing is known.

    Pure.
    """
    if found.mend is None or found.verdict.band.value == "pass":
        return None
    source = _source(found)
    if claim.ends and (source is None or not source.ends):
        return None  # one figure cannot stand where 由70%提高到84% stood
    if source is not None and source.mention.text.strip() == found.mend:
        return written(source.mention, claim.mention)
    return found.mend


def suggestion_of(claim: Claim, found: Judgement) -> str | None:
    """The mend in words, None where the claim passed. Pure."""
    if found.verdict.band.value == "pass":
        return None
    mend, source = mend_of(claim, found), _source(found)
    if mend is None:
        return _ADVICE.get(found.verdict)
    if found.verdict in _MEND or source is None:
        return _MEND.get(found.verdict, "是否改为“{}”？").format(mend)
    theirs = source.mention.text.strip() if source.mention.text.strip() == found.mend else mend
    return f"笔记第{source.line}行为{theirs}，是否改为“{mend}”？"


def _source(found: Judgement) -> Claim | None:
    """The note that gives the mend: the rival where there is one and it says so, else the note itself."""
    both = [one for one in (found.rival, found.note) if one is not None]
    return next((one for one in both if one.mention.text.strip() == found.mend), both[0] if both else None)
