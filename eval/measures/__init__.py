"""Measures of a draft, one file each. None means “cannot tell here” and is counted apart, never averaged in."""

from __future__ import annotations

from eval.measures.asked import ASKED
from eval.measures.asked_precision import ASKED_PRECISION
from eval.measures.blocked import BLOCKED
from eval.measures.fact_coverage import FACT_COVERAGE
from eval.measures.forbidden import FORBIDDEN
from eval.measures.leak import LEAK
from eval.measures.lines_told import LINES_TOLD
from eval.measures.measure import Measure
from eval.measures.overlap import OVERLAP
from eval.measures.placeholder_precision import PLACEHOLDER_PRECISION
from eval.measures.placeholders import PLACEHOLDERS
from eval.measures.register import REGISTER
from eval.measures.sections import SECTIONS
from eval.measures.unflagged import UNFLAGGED

ALL: tuple[Measure, ...] = (
    FACT_COVERAGE,
    UNFLAGGED,
    LEAK,
    FORBIDDEN,
    ASKED,
    ASKED_PRECISION,
    PLACEHOLDERS,
    PLACEHOLDER_PRECISION,
    SECTIONS,
    LINES_TOLD,
    BLOCKED,
    REGISTER,
    OVERLAP,
)

__all__ = ["ALL", "Measure"]
