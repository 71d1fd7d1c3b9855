"""What the check says of one figure of a draft."""

from __future__ import annotations

from service.checking.check import check_draft
from service.domain.finding import Finding
from service.domain.period import Period


def finding_of(notes: str, draft: str, figure: str, period: Period | None = None) -> Finding:
    """The first finding, or the pass, of a claim that overlaps `figure` where the draft first holds it."""
    start = draft.index(figure)
    result = check_draft(notes, draft, (), period)
    told = (*result.findings, *result.passed)
    return next(one for one in told if one.start < start + len(figure) and start < one.end)
