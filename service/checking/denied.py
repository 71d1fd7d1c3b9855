"""What is told as not done: 尚未恢复供电 of 3.1万户 that the notes tell as restored, or the other way."""

from __future__ import annotations

from service.checking.claim import Claim, once_a_claim
from service.checking.phrases import stretch_after, stretch_before
from service.language.patterns import deferred

_DENIED = deferred(
    r"(?:无(?=人)|尚?未(?!成年|来|必)|没有?(?!收)|并?不(?!少于|低于|高于|超|足|到|断|仅|同|少|含|包括|等|限|合格|文明|得|锈|动))(?:能|再|被|曾|经)?"
    r"([\u4e00-\u9fff]{2})"
)


@once_a_claim
def _denied(claim: Claim) -> frozenset[str]:
    """The pairs of characters that stand right behind 未, 没 or 不 in a claim's own words."""
    return frozenset(found[1] for found in _DENIED.finditer(_own(claim)))


@once_a_claim
def _own(claim: Claim) -> str:
    return stretch_before(claim) + "|" + stretch_after(claim)


@once_a_claim
def _told(claim: Claim) -> str:
    """A claim's own words without those that it denies: of 未通过的 nothing is told."""
    return _DENIED.sub("|", _own(claim))


def denies(draft: Claim, note: Claim) -> str:
    """The word that one of the two denies and the other tells, "" where there is none. Pure."""
    ours, theirs = _denied(draft), _denied(note)
    for denied, other, claim, denier in ((ours, theirs, note, draft), (theirs, ours, draft, note)):
        # 未隔断的地方加隔断36米 tells what it denies before.
        word = next((one for one in sorted(denied - other) if one in _told(claim) and one not in _told(denier)), "")
        if word:
            return word
    return ""
