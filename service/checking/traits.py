"""What speaks for a note as the one that a draft's figure means, and what sets it against another: named measures.

All but the values are looked at. Each is weighed in `weights.toml`, as `python -m tests.checking.weigh` learns it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from service.checking.binding import Bond
from service.checking.claim import Claim, once_a_claim, plain_unit
from service.checking.likeness import alike, shared
from service.checking.loose import telling_value
from service.checking.phrases import PLAIN, lead_of, stretch_after, stretch_before, words_in
from service.domain.quantity import Amount, Kind
from service.language.patterns import deferred

_LONGEST_RUN, _LONGEST_LABEL, _REACH = 6, 8, 24  # characters
_MOST_APART, _MOST_SHARED, _FARTHEST = 4, 6, 4  # words, words, lines
_SMALL = 3
_MARKS = "，。；：、,;:！？!?）) \u3000\t"
_FIGURE = deferred(r"\d[\d.,万亿%]{0,20}[\u4e00-\u9fff]?")


def traits(draft: Claim, note: Claim, bond: Bond, coverage: float) -> dict[str, float]:
    """What speaks for the note, each measure from 0 to 1 but the runs, which are characters. Pure."""
    mine, other = _around(draft), _around(note)
    words, own, ours, theirs = mine.wide, other.near, mine.near, other.wide
    head = _headed(draft, note) if note.head else 0.0
    return {
        "thing": bond.thing,
        "action": alike(draft.action, note.action),
        "clause": shared(draft.clause, note.clause),
        "own": shared(draft.own, note.own),
        "about": bond.about,
        "cover": coverage,
        "other_day": float(bool(bond.day)),
        "other_frame": float(bool(bond.frame)),
        "other_rate": float(bool(bond.rate)),
        "same_day": float(draft.day is not None and note.day is not None and not bond.day),
        "same_subject": float(bool(draft.subjects and note.subjects) and not bond.subject),
        "run_before": _common(mine.lead, other.lead),
        "run_after": _common(mine.tail, other.tail),
        "told": len(words & own) / len(own) if own else 0.5,
        "meant": len(ours & theirs) / len(ours) if ours else 0.5,
        "unit": float(mine.unit == other.unit),
        "kind": float(draft.mention.kind is note.mention.kind),
        "part": float(draft.part == note.part),
        "mere_part": float(note.part and not draft.part),
        "change": float(draft.change == note.change),
        "earlier": shared(mine.earlier, other.earlier),
        "head": max(0.0, head),
        "other_head": max(0.0, -head),
        "label": _longest(other.label, mine.reach) / len(other.label) if other.label else 0.5,
        "figure_before": _same(draft.neighbours[0], note.neighbours[0]),
        "figure_behind": _same(draft.neighbours[1], note.neighbours[1]),
    }


def contrast(draft: Claim, note: Claim, rival: Claim, ties: tuple[Bond, Bond]) -> dict[str, float]:
    """What sets the note that gives a draft's value apart from a rival, beside what speaks for each. Pure."""
    ours, theirs, others = _around(draft), _around(note), _around(rival)
    words, letters = ours.wide, ours.wide_letters
    own, around = theirs.near, theirs.wide
    their_letters, wide = others.near_letters, others.wide
    amount = draft.mention.amount
    return {
        "far": min(_FARTHEST, abs(note.line - rival.line)),
        "note_apart": float(ties[0].conflict),
        "rival_apart": float(ties[1].conflict),
        "rival_planned": float(bool(ties[1].plan)),
        "rival_told": float(rival.mention.amount in draft.others),
        "note_words": min(_MOST_SHARED, len((around - wide) & words)),
        "rival_untold": len(their_letters - letters) / len(their_letters) if their_letters else 0.0,
        "note_untold_words": min(_MOST_APART, len(own - words)),
        "unit_of_note": float(ours.unit == theirs.unit),
        "behind": float(rival.mention.start > note.mention.start),
        "verbatim": float(verbatim(draft, note)),
        "share": float(draft.mention.kind is Kind.PERCENT),
        "small": float(amount is not None and (amount.lo or 0) <= _SMALL),
        "telling": float(telling_value(draft)),
    }


@dataclass(frozen=True, slots=True)
class _Around:
    """What is read around a figure, once for all the figures that it is held against.

    `near` and `wide` are the telling pairs right beside it, up to the next figure on either side, and those of its
    clause and of the one before; the letters likewise. `lead` is its clause up to it, backwards, `tail` from it on.
    `label` are the words right before it, or behind it where none stand there, `reach` more of both.
    """

    unit: str
    near: frozenset[str]
    near_letters: frozenset[str]
    wide: frozenset[str]
    wide_letters: frozenset[str]
    earlier: frozenset[str]
    lead: str
    tail: str
    label: str
    reach: str


@once_a_claim
def _around(claim: Claim) -> _Around:
    before, after = stretch_before(claim), stretch_after(claim)
    return _Around(
        plain_unit(claim.mention.unit),
        *_read(before + " " + after),
        *_read(claim.earlier + "，" + claim.clause_text),
        words_in(claim.earlier),
        lead_of(claim)[::-1][:_LONGEST_RUN],
        claim.clause_text[max(0, claim.mention.end - claim.clause_span[0]) :].rstrip(_MARKS)[:_LONGEST_RUN],
        re.sub(r"\s", "", before)[-_LONGEST_LABEL:] or after.strip()[:_LONGEST_LABEL],
        before[-_REACH:] + " " + after[:_REACH],
    )


@lru_cache(maxsize=16384)
def _read(text: str) -> tuple[frozenset[str], frozenset[str]]:
    plain = _FIGURE.sub(" ", PLAIN.sub(" ", text))
    return words_in(text), frozenset(char for char in plain if "\u4e00" <= char <= "\u9fff")


def verbatim(draft: Claim, note: Claim) -> bool:
    """True where the note holds the draft's item, words and figure, as it stands. Pure."""
    item = draft.item_text.strip(_MARKS)
    return len(item) > len(draft.mention.text) + 1 and item in note.clause_text


def _same(ours: Amount | None, theirs: Amount | None) -> float:
    """1 where the figure beside the draft's stands for the one beside the note's, rounded or not."""
    if ours is None or theirs is None:
        return 0.0
    inside = theirs.exact and (ours.lo is None or (theirs.lo or 0) >= ours.lo)
    return float(ours == theirs or (inside and (ours.hi is None or (theirs.lo or 0) <= ours.hi)))


def _common(a: str, b: str) -> float:
    """How many characters both begin with."""
    size = 0
    for one, other in zip(a, b, strict=False):
        if one != other:
            break
        size += 1
    return float(size)


def _headed(draft: Claim, note: Claim) -> float:
    """1 where the label that opens the note's line stands by the draft's figure, -1 where it does not; 0 for none."""
    if not note.head or note.head == note.mention.text:
        return 0.0
    told = _longest(note.head, (draft.earlier + "，" + lead_of(draft))[-_REACH:])
    return 1.0 if told >= min(2, len(note.head)) else -1.0


@lru_cache(maxsize=32768)
def _longest(a: str, b: str) -> int:
    """The length of the longest run of characters that both hold."""
    size = 0
    for at in range(len(a)):
        while at + size < len(a) and a[at : at + size + 1] in b:
            size += 1
    return size
