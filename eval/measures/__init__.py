"""Measures of a draft, one file each. None means “cannot tell here” and is counted apart, never averaged in."""

from __future__ import annotations

from eval.measures.asked import ASKED
from eval.measures.blocked import BLOCKED
from eval.measures.fact_coverage import FACT_COVERAGE
from eval.measures.forbidden import FORBIDDEN
from eval.measures.lines_told import LINES_TOLD
from eval.measures.measure import Measure
from eval.measures.overlap import OVERLAP
from eval.measures.register import REGISTER
from eval.measures.sections import SECTIONS
from eval.measures.unsupported import UNSUPPORTED

ALL: tuple[Measure, ...] = (
    FACT_COVERAGE,
    UNSUPPORTED,
    FORBIDDEN,
    ASKED,
    SECTIONS,
    LINES_TOLD,
    BLOCKED,
    REGISTER,
    OVERLAP,
)

__all__ = ["ALL", "Measure"]
