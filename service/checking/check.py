"""The checker: every number and name of a draft against the notes it was written from. One engine, pure and exact.

Reading is remembered line by line, the notes' claims text by text, so checking again after one changed paragraph
costs little more than that paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from service.checking.by_itself import settled_by_own
from service.checking.catalogue import number_code
from service.checking.claims import Claim, Reading, bigrams, read_text
from service.checking.desk import Desk, Judgement
from service.checking.faults import bound_alike
from service.checking.inside import InnerFault, contradictions, defects
from service.checking.judge import judge
from service.checking.laid_out import desk_of
from service.checking.messages import mend_of, message_of, suggestion_of
from service.checking.naming import NameFault, altered_mentions, name_faults
from service.checking.overlap import overlap_with
from service.checking.owners import read_by_place, told_by_place
from service.checking.settings import DEFAULT, CheckSettings
from service.domain.finding import Band, CheckResult, Evidence, Finding, Skipped, UnusedNote, Verdict
from service.domain.period import Period
from service.domain.quantity import Kind, Role
from service.domain.report import ExemplarOriginal
from service.domain.text import Notes, split_lines

_NO_VALUE = frozenset((Verdict.NO_SOURCE, Verdict.CONTRADICTED, Verdict.CONTEXT_UNCLEAR, Verdict.APPROX_INFLATED))
_BLANKS = frozenset((Verdict.PLACEHOLDER, Verdict.CORRUPT))
_SKIPS = {Role.NAME: "名称、编号或固定说法中的数字", Role.STRUCTURE: "序号或标题编号", Role.LEXICAL: "词语，不表示数量"}
_SKIP_DETAIL = {
    "slogan": "口号或固定提法",
    "document_number": "文号",
    "identifier": "电话、证件等编号",
    "enumerator": "序号",
    "adverb": "副词，不表示数量",
    "word": "词语，不表示数量",
}


def check_draft(
    notes: str,
    draft: str,
    exemplars: Sequence[ExemplarOriginal] = (),
    period: Period | None = None,
    known: Sequence[str] = (),
    settings: CheckSettings = DEFAULT,
) -> CheckResult:
    """The check of `draft` against `notes`: each claim is a finding or passed, every other numeral skipped. Pure.

    `exemplars` are the past reports the draft was modelled on; what stands only there is leaked. `period` dates what
    the notes leave undated. `known` are words the form gives (the unit's name, the title), which need no source.
    """
    return proof_of(notes, tuple(exemplars), period, tuple(known), settings).check(draft)


@lru_cache(maxsize=16)
def proof_of(
    notes: str,
    exemplars: tuple[ExemplarOriginal, ...] = (),
    period: Period | None = None,
    known: tuple[str, ...] = (),
    settings: CheckSettings = DEFAULT,
) -> Proof:
    """The proof that all checks against the same notes share. Pure."""
    return Proof(notes, exemplars, period, known, settings)


_MOST_REMEMBERED = 20_000  # findings: a report holds some hundred figures, and a writer changes a few at a time


@dataclass(frozen=True, eq=False)
class Proof:
    """Notes, past reports and form as read once, with what was found of each figure of a draft so far.

    Checking a draft again after an edit judges the changed paragraphs alone: a figure in unchanged surroundings, on
    whatever line it now stands, keeps its finding, moved to its new place.
    """

    notes: str
    exemplars: tuple[ExemplarOriginal, ...] = ()
    period: Period | None = None
    known: tuple[str, ...] = ()
    settings: CheckSettings = DEFAULT
    _found: dict[tuple[Claim, Desk], Finding] = field(default_factory=dict, repr=False)
    # The same by identity, since an unchanged line keeps its claims: a claim's hash runs through two dozen fields.
    _seen: dict[int, tuple[Claim, Desk, Finding]] = field(default_factory=dict, repr=False)

    def check(self, draft: str) -> CheckResult:
        """The check of `draft`, equal to one made from nothing. Pure."""
        return _checked(self, draft)

    def finding(self, claim: Claim, draft: str, desk: Desk, lines: Notes) -> Finding:
        """The finding of a figure that neither the draft itself nor a name contradicts."""
        local = claim.local
        if local is None or _signs(claim, draft):
            return _finding_of(claim, draft, desk, lines, None, None, self.exemplars, self.known)
        seen = self._seen.get(id(local))
        if seen is not None and seen[0] is local and seen[1] is desk:
            return _moved(seen[2], claim.mention.start)
        found = self._found.get((local, desk))
        if found is None:
            found = _finding_of(local, "", desk, lines, None, None, self.exemplars, self.known)
            if len(self._found) >= _MOST_REMEMBERED:
                self._found.clear()
                self._seen.clear()
            self._found[local, desk] = found
        if len(self._seen) < _MOST_REMEMBERED:
            self._seen[id(local)] = (local, desk, found)
        return _moved(found, claim.mention.start)


def _moved(found: Finding, start: int) -> Finding:
    """The finding at another place: nearly every figure of a draft that is checked again goes through here."""
    if found.start == start:
        return found
    return Finding(
        start, start + found.end - found.start, found.text, found.kind, found.verdict, found.rule, found.message,
        found.suggestion, found.replacement, found.formula, found.evidence,
    )  # fmt: skip


def _checked(proof: Proof, draft: str) -> CheckResult:
    notes, exemplars, period, known, settings = (
        proof.notes, proof.exemplars, proof.period, proof.known, proof.settings,
    )  # fmt: skip
    read, source = told_by_place(draft, notes), read_by_place(notes)
    lines = split_lines(notes)
    desk = desk_of(read, source, period, known, settings)
    faults = [*defects(read), *contradictions(read).values()]
    by_start = {fault.start: fault for fault in faults}
    altered = {fault.start: fault for fault in altered_mentions(read, source)}
    blanks = [fault for fault in faults if fault.verdict in _BLANKS and len(fault.text) > 2][:500]
    judged = [
        _finding_of(claim, draft, desk, lines, by_start.get(at), altered.get(at), exemplars, known)
        if (at := claim.mention.start) in by_start or at in altered
        else proof.finding(claim, draft, desk, lines)
        for claim in read.claims
        if not _inside_blank(claim, blanks)
    ]
    judged = settled_by_own(read.claims, judged, notes, desk.pool)
    starts = {one.start for one in judged}
    extra = [_inner_finding(fault) for fault in faults if fault.start not in starts]
    extra += [_name_finding(one, lines) for one in altered.values() if one.start not in starts]
    taken = bytearray(len(draft))
    for start, end in _spans(extra):
        taken[start:end] = b"\x01" * (end - start)
    if settings.names:
        extra += [
            _name_finding(one, lines)
            for one in name_faults(read, source, exemplars, known)
            if not any(taken[one.start : one.end])
        ]
    overlap, run = overlap_with(draft, exemplars)
    shared, others = overlap, [one for one in exemplars if not one.same_unit]
    if len(others) < len(exemplars):
        # A unit that says again what it said before copies from nobody; the certificate tells it all the same.
        shared, run = overlap_with(draft, others)
    if run is not None and run.chars >= settings.overlap_chars:
        extra.append(_overlap_finding(draft, run.start, run.end, shared.chars, shared.source))
    everything = sorted([*judged, *extra], key=lambda one: (one.start, one.end))
    findings = tuple(one for one in everything if one.band is not Band.PASS)
    passed = tuple(one for one in everything if one.band is Band.PASS)
    skipped = tuple(_skips(read, _spans(everything)))
    return CheckResult(findings, passed, skipped, _unused(lines, source, read, everything), overlap)


def _inside_blank(claim: Claim, faults: Sequence[InnerFault]) -> bool:
    """True for a number inside a blank (【待补：第5行的数】): the blank is the finding."""
    return any(
        fault.start <= claim.mention.start < fault.end
        and (fault.start, fault.end) != (claim.mention.start, claim.mention.end)
        for fault in faults
    )


def _signs(claim: Claim, text: str) -> bool:
    """True where a date stands alone on one of the last lines: the date of signing, which no note gives."""
    if claim.mention.kind is not Kind.DATE or not text:
        return False
    start, end = claim.mention.start, claim.mention.end
    row = text[text.rfind("\n", 0, start) + 1 : start] + text[end : (text + "\n").index("\n", end)]
    return not row.strip(" 　。（）()") and "\n" in text and not text[end:].strip(" 　。）)\n")


def _spans(findings: Iterable[Finding]) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in findings]


def _finding_of(
    claim: Claim,
    read_draft: str,
    desk: Desk,
    lines: Notes,
    fault: InnerFault | None,
    altered: NameFault | None,
    exemplars: Sequence[ExemplarOriginal],
    known: Sequence[str],
) -> Finding:
    mention = claim.mention
    if altered is not None:
        return _name_finding(altered, lines)
    if fault is not None and fault.verdict is not Verdict.DERIVED_WRONG:
        return _inner_finding(fault)
    found = judge(claim, desk)
    if found.verdict in (Verdict.NO_SOURCE, Verdict.CONTRADICTED) and _signs(claim, read_draft):
        found = Judgement(Verdict.CONTEXT_UNCLEAR, reason="这是落款的成文日期，笔记里没有，请确认")
    if fault is not None and found.verdict is not Verdict.EXACT and found.verdict is not Verdict.EQUIVALENT:
        return replace(_inner_finding(fault), evidence=_evidence_of(found, lines))
    if found.verdict in _NO_VALUE and mention.text.strip() and any(mention.text.strip() in one for one in known):
        return Finding(
            mention.start, mention.end, mention.text, str(mention.kind), Verdict.EXACT, "N01", "与表单所填一致。"
        )
    if found.verdict in _NO_VALUE or (found.verdict is Verdict.DERIVED and _copied(claim, read_draft, exemplars)):
        leak = _leak(claim, exemplars)
        if leak is not None:
            return leak
    return Finding(
        mention.start,
        mention.end,
        mention.text,
        str(mention.kind) if mention.kind else "count",
        found.verdict,
        number_code(found.verdict),
        message_of(claim, found),
        suggestion_of(claim, found),
        mend_of(claim, found),
        found.derivation.formula if found.derivation else None,
        _evidence_of(found, lines),
    )


def _evidence_of(found: Judgement, lines: Notes) -> tuple[Evidence, ...]:
    notes_on = [one.mention for one in _rests_on(found) if one is not None]
    return tuple(dict.fromkeys(_evidence(one.start, one.end, lines) for one in notes_on))


def _rests_on(found: Judgement) -> tuple[Claim | None, ...]:
    if found.derivation is not None:
        return found.derivation.operands
    return (found.note, found.rival)


def _evidence(start: int, end: int, lines: Notes) -> Evidence:
    return Evidence(lines.line_at(start).number, start, end, lines.raw[start:end])


@lru_cache(maxsize=64)
def _by_value(text: str) -> Mapping[object, Sequence[Claim]]:
    """The claims of a past report by their amounts and days, so that a leak is looked up and not searched."""
    index: dict[object, list[Claim]] = {}
    for one in read_text(text).claims:
        for value in (one.mention.amount, one.mention.when):
            if value is not None:
                index.setdefault(value, []).append(one)
    return index


# 现场督办69次 of a past report is no sum of this unit's figures, however well some of them add up to 69.
_COPIED_WORDS = 4


def _copied(claim: Claim, text: str, exemplars: Sequence[ExemplarOriginal]) -> bool:
    """True where the figure stands in a past report behind the very words that it has here. Pure."""
    start, end = claim.mention.start, claim.mention.end
    words = text[max(0, start - _COPIED_WORDS) : end].strip()
    return start >= _COPIED_WORDS and any(words in one.text for one in exemplars)


def _leak(claim: Claim, exemplars: Sequence[ExemplarOriginal]) -> Finding | None:
    """The finding where only a past report gives this number of this thing, or None."""
    mention = claim.mention
    digits = re.sub(r"\s", "", mention.text)
    for one in exemplars:
        if mention.text not in one.text and digits not in one.text:
            continue
        by_value = _by_value(one.text)
        near = (*by_value.get(mention.amount or 0, ()), *by_value.get(mention.when or 0, ()))
        for other in near:
            if bound_alike(claim, other):
                where = f"《{one.title}》" + (f"“{one.heading}”" if one.heading else "")
                return Finding(
                    mention.start,
                    mention.end,
                    mention.text,
                    str(mention.kind) if mention.kind else "count",
                    Verdict.LEAKED,
                    number_code(Verdict.LEAKED),
                    f"“{mention.text.strip()}”笔记中没有，只出现在往期报告{where}里。",
                    "请删去，或改用笔记中的数字。",
                    evidence=(
                        Evidence(
                            None, other.mention.start, other.mention.end, other.mention.text, one.title or one.report_id
                        ),
                    ),
                )
    return None


def _inner_finding(fault: InnerFault) -> Finding:
    return Finding(
        fault.start, fault.end, fault.text, fault.kind, fault.verdict, number_code(fault.verdict), fault.message,
        fault.suggestion, fault.mend,
    )  # fmt: skip


def _name_finding(fault: NameFault, lines: Notes) -> Finding:
    if fault.verdict is Verdict.NAME_NUMBER_ALTERED and fault.note is not None:
        start, end = fault.note
        line, theirs = lines.line_at(start).number, lines.raw[start:end]
        message = f"笔记第{line}行为“{theirs}”，草稿写成了“{fault.text}”，名称中的数字不同。"
        suggestion = f"笔记第{line}行为{theirs}，是否改为“{theirs}”？"
        return Finding(
            fault.start, fault.end, fault.text, "name", fault.verdict, "N37", message, suggestion,
            theirs, None, (_evidence(start, end, lines),),
        )  # fmt: skip
    if fault.verdict is Verdict.LEAKED and fault.source is not None and fault.found is not None:
        where = f"《{fault.source.title}》" + (f"“{fault.source.heading}”" if fault.source.heading else "")
        message = f"{fault.kind}“{fault.text}”笔记中没有，只出现在往期报告{where}里。"
        at = Evidence(
            None, *fault.found, fault.source.text[slice(*fault.found)], fault.source.title or fault.source.report_id
        )
        return Finding(
            fault.start, fault.end, fault.text, "name", fault.verdict, "N52", message, "请删去，或改为本单位的名称。",
            evidence=(at,),
        )  # fmt: skip
    message = f"{fault.kind}“{fault.text}”在笔记和表单里都没有出现。"
    return Finding(
        fault.start, fault.end, fault.text, "name", Verdict.NO_SOURCE, "N51", message, "请核对，或在笔记中补充。"
    )


def _overlap_finding(draft: str, start: int, end: int, chars: int, source: str | None) -> Finding:
    message = f"有{chars}个字与往期报告《{source}》完全相同。"
    return Finding(
        start, end, draft[start:end], "overlap", Verdict.LEAKED, "N53", message, "请用本单位的实际情况重写这一段。"
    )


def _skips(draft: Reading, taken: Sequence[tuple[int, int]]) -> Iterable[Skipped]:
    starts = {start for start, _ in taken}
    for one in draft.mentions:
        if one.role not in (Role.CLAIM, Role.DEFECT) and one.start not in starts:
            yield Skipped(one.start, one.end, one.text, _SKIP_DETAIL.get(one.reason or "", _SKIPS[one.role]))


def _unused(lines: Notes, notes: Reading, draft: Reading, findings: Sequence[Finding]) -> tuple[UnusedNote, ...]:
    """The lines of the notes that no claim rests on and whose words the draft does not carry, with the reason."""
    used = {evidence.line for one in findings for evidence in one.evidence if evidence.source is None}
    carried = frozenset().union(*(bigrams(line.text) for line in split_lines(draft.text).lines))
    numbered = {claim.line for claim in notes.claims}
    unused = []
    for line in lines.lines:
        text = line.text.strip()
        if not text or line.number in used:
            continue
        pairs = bigrams(text)
        if pairs and len(pairs & carried) >= 0.6 * len(pairs):
            continue
        reason = "这一行的数字草稿没有用到" if line.number in numbered else "这一行没有数字，内容也没有写进草稿"
        unused.append(UnusedNote(line.number, line.text, reason))
    return tuple(unused)
