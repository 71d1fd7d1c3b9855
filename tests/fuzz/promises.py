"""What the number grammar and the checker promise of any text, as functions that raise where a promise is broken.

The long fuzz (fuzz_numbers.py, fuzz_check.py) and the short one of the test suite (test_fuzz.py) hold the same.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from service.checking.check import check_draft
from service.domain.finding import Band
from service.domain.quantity import Mention, Role
from service.domain.report import ExemplarOriginal
from service.language.numbers import find_numbers
from service.language.numbers.grammar import find_afresh

ALWAYS_NUMERALS = frozenset("0123456789０１２３４５６７８９〇零一二两三四五六七八九十百千万亿")
# Pieces that make the grammar take turns; bytes of a fuzzed input choose among them.
_SIGNS = (" ", "\n", "\r\n", "\t", "\u3000", "\ufeff", "\u2028", "\U0001f600", "\u0661", "\u00b2", "½", "Ⅳ", "\x00")
PIECES = (*Path(__file__).with_name("pieces.txt").read_text(encoding="utf-8").split(), *_SIGNS)


def text_of(raw: bytes) -> str:
    """`raw` as a text: of an even first byte each later one names a piece, else they are UTF-8. Pure."""
    if raw[:1] and raw[0] % 2:
        return raw[1:].decode("utf-8", "replace")
    return "".join(PIECES[byte % len(PIECES)] for byte in raw[1:])


def hold_for_numbers(text: str) -> None:
    """Raises AssertionError where `find_numbers` breaks a promise for `text`."""
    mentions = find_numbers(text)
    covered = 0
    for mention in mentions:
        assert covered <= mention.start < mention.end <= len(text), f"order: {mention}"
        assert ALWAYS_NUMERALS.isdisjoint(text[covered : mention.start]), f"uncovered before {mention}"
        _hold_for_mention(text, mention)
        covered = mention.end
    assert ALWAYS_NUMERALS.isdisjoint(text[covered:]), "uncovered at the end"
    assert find_afresh(text) == mentions, "told differently the second time"


def _hold_for_mention(text: str, mention: Mention) -> None:
    assert text[mention.start : mention.end] == mention.text, f"offsets: {mention}"
    assert (mention.reason is None) == (mention.role is Role.CLAIM), f"reason: {mention}"
    assert mention.role is not Role.CLAIM or mention.kind is not None, f"claim without kind: {mention}"
    ends = [end for end in (mention.amount.lo, mention.amount.hi) if end is not None] if mention.amount else []
    assert all(type(end) is Decimal and end.is_finite() for end in ends), f"amount: {mention}"
    assert all(a <= b for a, b in pairwise(ends)), f"range upside down: {mention}"
    assert all(mention.start <= part.start < part.end <= mention.end for part in mention.parts), f"parts: {mention}"
    mention.to_json()


def hold_for_check(notes: str, draft: str, exemplar: str = "") -> None:
    """Raises AssertionError where `check_draft` breaks a promise for these texts."""
    exemplars = (ExemplarOriginal("r1", "往年报告", "一、主要做法", exemplar),) if exemplar else ()
    result = check_draft(notes, draft, exemplars)
    told = [*result.findings, *result.passed]
    assert all(draft[one.start : one.end] == one.text and one.message and one.rule for one in told), "offsets"
    assert all(a.start <= b.start for a, b in pairwise(result.findings)), "order"
    assert all(one.band is Band.PASS for one in result.passed), "band"
    for one in told:
        for evidence in one.evidence:
            source = exemplar if evidence.source else notes
            assert source[evidence.start : evidence.end] == evidence.text, f"evidence of {one}"
    spans = [(one.start, one.end) for one in told] + [(one.start, one.end) for one in result.skipped]
    for mention in find_numbers(draft):
        seen = any(start < mention.end and mention.start < end for start, end in spans)
        assert seen, f"neither told nor skipped: {mention}"
    result.to_json()
