"""Measures of a draft, one file each. None means “cannot tell here” and is counted apart, never averaged in."""

from __future__ import annotations

from eval.measures.asked import ASKED
from eval.measures.asked_precision import ASKED_PRECISION
from eval.measures.binding import BINDING
from eval.measures.blocked import BLOCKED
from eval.measures.consistency import CONSISTENCY
from eval.measures.copied import COPIED
from eval.measures.cost import COST
from eval.measures.density import DENSITY
from eval.measures.derivations import DERIVATIONS
from eval.measures.determinism import DETERMINISM
from eval.measures.fact_coverage import FACT_COVERAGE
from eval.measures.forbidden import FORBIDDEN
from eval.measures.formula_share import FORMULA_SHARE
from eval.measures.genre_rules import GENRE_RULES
from eval.measures.headings import HEADINGS
from eval.measures.injection import INJECTION
from eval.measures.leak import LEAK
from eval.measures.length import LENGTH
from eval.measures.lines_lost import LINES_LOST
from eval.measures.lines_told import LINES_TOLD
from eval.measures.measure import Measure
from eval.measures.number_precision import NUMBER_PRECISION
from eval.measures.number_recall import NUMBER_RECALL
from eval.measures.overlap import OVERLAP
from eval.measures.period import PERIOD
from eval.measures.placeholder_precision import PLACEHOLDER_PRECISION
from eval.measures.placeholders import PLACEHOLDERS
from eval.measures.register import REGISTER
from eval.measures.repetition import REPETITION
from eval.measures.seconds import SECONDS
from eval.measures.section_order import SECTION_ORDER
from eval.measures.sections import SECTIONS
from eval.measures.tokens import TOKENS
from eval.measures.unflagged import UNFLAGGED
from eval.measures.word_format import WORD_FORMAT
from eval.measures.words_lost import WORDS_LOST

ALL: tuple[Measure, ...] = (
    FACT_COVERAGE,
    NUMBER_PRECISION,
    NUMBER_RECALL,
    UNFLAGGED,
    BINDING,
    DERIVATIONS,
    PERIOD,
    CONSISTENCY,
    LEAK,
    OVERLAP,
    COPIED,
    FORBIDDEN,
    GENRE_RULES,
    ASKED,
    ASKED_PRECISION,
    PLACEHOLDERS,
    PLACEHOLDER_PRECISION,
    LINES_TOLD,
    LINES_LOST,
    WORDS_LOST,
    SECTIONS,
    SECTION_ORDER,
    HEADINGS,
    LENGTH,
    BLOCKED,
    REGISTER,
    FORMULA_SHARE,
    DENSITY,
    REPETITION,
    WORD_FORMAT,
    DETERMINISM,
    INJECTION,
    TOKENS,
    COST,
    SECONDS,
)

__all__ = ["ALL", "Measure"]
