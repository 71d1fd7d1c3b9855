"""All wording rules over one draft, in order of place."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from service.checking.wording import consistency, dates, figures, numerals, punctuation, stale, structure, tone
from service.checking.wording.catalogue import wording_rule
from service.checking.wording.draft_text import DraftText
from service.checking.wording.finding import Occasion, Slip, WordingFinding
from service.domain.genre import Genre
from service.domain.period import Period

Finder = Callable[[DraftText, Occasion], Iterator[Slip]]

FINDERS: tuple[tuple[str, Finder], ...] = (
    ("R02", dates.far_year),
    ("R03", dates.short_year),
    ("R04", dates.dotted_date),
    ("R05", dates.day_as_hao),
    ("R06", dates.signing_date),
    ("R07", numerals.adjacent_digits),
    ("R08", numerals.several_with_digits),
    ("R09", numerals.doubled_hedge),
    ("R10", numerals.contradictory_bound),
    ("R11", numerals.number_range_sign),
    ("R12", numerals.share_range),
    ("R13", numerals.large_range),
    ("R14", dates.time_span_sign),
    ("R15", numerals.broken_digits),
    ("R16", numerals.mixed_magnitude),
    ("R17", numerals.one_form),
    ("R18", numerals.fixed_word),
    ("R19", punctuation.level_mark),
    ("R20", structure.numbering),
    ("R21", punctuation.heading_stop),
    ("R22", punctuation.adjoining_titles),
    ("R23", punctuation.document_number),
    ("R24", punctuation.pairs),
    ("R24", punctuation.widths),
    ("R24", punctuation.piled_marks),
    ("R24", punctuation.lost_title_marks),
    ("R27", figures.two_values),
    ("R28", figures.rate_beside_counts),
    ("R30", structure.request_inside),
    ("R31", dates.until),
    ("R32", consistency.repeated_sentence),
    ("R33", consistency.repeated_word),
    ("R34", structure.problem_without_step),
    ("R35", tone.superlative),
    ("R36", tone.bare_rate),
    ("R37", dates.loose_time),
    ("R38", tone.private_number),
    ("R40", stale.stale),
    ("R41", consistency.misspelling),
)


def wording_findings(
    draft: str,
    *,
    genre: Genre | None = None,
    period: Period | None = None,
    switched_off: frozenset[str] = frozenset(),
) -> tuple[WordingFinding, ...]:
    """The slips of wording and layout in `draft`, ordered by start, then end, then code. Pure.

    Rules whose code is in `switched_off` are not run. Without `period` the rules on years (R02, R40) are silent and
    R37 asks for a year; without `genre` the draft is judged as a report.
    """
    text, occasion = DraftText(draft), Occasion(genre, period)
    found = []
    for code, finder in FINDERS:
        if code in switched_off:
            continue
        severity = wording_rule(code).severity
        for slip in finder(text, occasion):
            there = draft[slip.start : slip.end]
            found.append(
                WordingFinding(
                    slip.start, slip.end, there, code, slip.severity or severity, slip.message, slip.replacement
                )
            )
    return tuple(sorted(found, key=lambda one: (one.start, one.end, one.rule)))
