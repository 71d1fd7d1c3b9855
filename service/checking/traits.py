"""What speaks for a note as the one that a draft's figure means, and what sets it against another: named measures.

All but the values are looked at. Each is weighed in `weights.toml`, as `python -m tests.checking.weigh` learns it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from service.checking.binding import Bond
from service.checking.claim import Claim, plain_unit
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
    before, after = _runs(draft, note)
    words, own = _wide(draft)[0], _near(note)[0]
    ours, theirs = _near(draft)[0], _wide(note)[0]
    head = _headed(draft, note)
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
        "run_before": before,
        "run_after": after,
        "told": len(words & own) / len(own) if own else 0.5,
        "meant": len(ours & theirs) / len(ours) if ours else 0.5,
        "unit": float(plain_unit(draft.mention.unit) == plain_unit(note.mention.unit)),
        "kind": float(draft.mention.kind is note.mention.kind),
        "part": float(draft.part == note.part),
        "mere_part": float(note.part and not draft.part),
        "change": float(draft.change == note.change),
        "earlier": shared(words_in(draft.earlier), words_in(note.earlier)),
        "head": max(0.0, head),
        "other_head": max(0.0, -head),
        "label": _labelled(draft, note),
        "figure_before": _same(draft.neighbours[0], note.neighbours[0]),
        "figure_behind": _same(draft.neighbours[1], note.neighbours[1]),
    }


def contrast(draft: Claim, note: Claim, rival: Claim, ties: tuple[Bond, Bond]) -> dict[str, float]:
    """What sets the note that gives a draft's value apart from a rival, beside what speaks for each. Pure."""
    words, letters = _wide(draft)
    own, around = _near(note)[0], _wide(note)[0]
    their_letters, wide = _near(rival)[1], _wide(rival)[0]
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
        "unit_of_note": float(plain_unit(draft.mention.unit) == plain_unit(note.mention.unit)),
        "behind": float(rival.mention.start > note.mention.start),
        "verbatim": float(verbatim(draft, note)),
        "share": float(draft.mention.kind is Kind.PERCENT),
        "small": float(amount is not None and (amount.lo or 0) <= _SMALL),
        "telling": float(telling_value(draft)),
    }


@lru_cache(maxsize=16384)
def _near(claim: Claim) -> tuple[frozenset[str], frozenset[str]]:
    """The telling pairs and letters right beside a figure, up to the next figure on either side."""
    return _read(stretch_before(claim) + " " + stretch_after(claim))


@lru_cache(maxsize=16384)
def _wide(claim: Claim) -> tuple[frozenset[str], frozenset[str]]:
    """The telling pairs and letters of a figure's clause and of the one before it."""
    return _read(claim.earlier + "，" + claim.clause_text)


@lru_cache(maxsize=16384)
def _read(text: str) -> tuple[frozenset[str], frozenset[str]]:
    plain = _FIGURE.sub(" ", PLAIN.sub(" ", text))
    return words_in(text), frozenset(char for char in plain if "\u4e00" <= char <= "\u9fff")


def _runs(draft: Claim, note: Claim) -> tuple[float, float]:
    """How many characters right before and right after both figures are the same."""
    before = _common(lead_of(draft)[::-1], lead_of(note)[::-1])
    return before, _common(_tail(draft), _tail(note))


def _tail(claim: Claim) -> str:
    return claim.clause_text[max(0, claim.mention.end - claim.clause_span[0]) :].rstrip(_MARKS)


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
    size = 0
    for one, other in zip(a[:_LONGEST_RUN], b[:_LONGEST_RUN], strict=False):
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


def _labelled(draft: Claim, note: Claim) -> float:
    """How much of the words right before the note's figure, or behind it where none stand there, the draft holds."""
    label = re.sub(r"\s", "", stretch_before(note))[-_LONGEST_LABEL:] or stretch_after(note).strip()[:_LONGEST_LABEL]
    if not label:
        return 0.5
    return _longest(label, (stretch_before(draft)[-_REACH:] + " " + stretch_after(draft)[:_REACH])) / len(label)


@lru_cache(maxsize=32768)
def _longest(a: str, b: str) -> int:
    """The length of the longest run of characters that both hold."""
    for size in range(len(a), 0, -1):
        if any(a[at : at + size] in b for at in range(len(a) - size + 1)):
            return size
    return 0
