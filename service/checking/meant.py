"""Which note of the notes a draft's figure means: named measures, weighed, give the odds that it has been swapped.

The weights and both bounds are learnt from labelled pairs (`weights.toml`, decision 0013): first how well a note fits
all that the draft says but the value, then how far another note that fits as well or better proves a swap.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest
from pathlib import Path

from service.checking.beside import beside, is_difference, said_otherwise, tells_apart, words_of
from service.checking.binding import bond
from service.checking.claim import Claim, plain_unit
from service.checking.denied import denies
from service.checking.desk import Candidate, Desk
from service.checking.likeness import alike, opposed, shared
from service.checking.phrases import an_article, item_of, tells_new, way_of, words_in
from service.checking.timed import of_last_year, other_time
from service.checking.traits import contrast, traits
from service.checking.values import NO_RIVAL
from service.domain.finding import Verdict
from service.domain.quantity import Kind
from service.language.patterns import deferred

_TABLE = tomllib.loads(Path(__file__).with_name("weights.toml").read_text(encoding="utf-8"))
FIT: dict[str, float] = _TABLE["fit"]
SWAP: dict[str, float] = _TABLE["swap"]
SURE, DOUBT = float(_TABLE["bounds"]["sure"]), float(_TABLE["bounds"]["doubt"])


@dataclass(frozen=True, slots=True)
class Meant:
    """The note that fits best of those that give the value, the one of another value that may be meant instead (None
    where the notes hold none), and the odds for that as their logarithm."""

    best: Candidate
    rival: Candidate | None
    odds: float

    @property
    def sure(self) -> bool:
        """True where the words prove that the rival is meant."""
        return self.rival is not None and self.odds >= SURE

    @property
    def doubtful(self) -> bool:
        """True where the rival may well be meant."""
        return self.rival is not None and self.odds >= DOUBT


def fit(draft: Claim, one: Candidate, desk: Desk) -> float:
    """How well a note fits a draft's figure by all but its value, in points of the logarithm of odds. Pure."""
    measures = traits(draft, one.note, one.bond, desk.words.coverage(draft, one.note))
    return sum(FIT[name] * value for name, value in measures.items())


_MOST_RIVALS = 8  # notes that are weighed as rivals: those that share most words with the draft


def meant(draft: Claim, comparable: Sequence[tuple[Claim, Verdict]], best: Candidate, desk: Desk) -> Meant:
    """The note that is meant among those of the draft's kind; `best` gives the value. Pure."""
    notes = [
        one
        for one in comparable
        if one[1] not in NO_RIVAL
        and one[0].mention.kind is not Kind.ZERO
        and not an_article(one[0])
        and not _part_for_all(draft, best.note, one[0])
        and not _denied_of(draft, best.note, one[0])
        and not _otherwise_planned(draft, best.note, one[0])
        and not _goes_on(draft, best.note, one[0])
        and not _unchanged(draft, best.note, one[0])
        and not _told_or_asked(draft, one[0])
        and not _whole_told(draft, one[0])
        and not _on_another_side(draft, best.note, one[0])
        and not _of_another_time(draft, best.note, one[0], desk)
    ]
    if not notes:
        return Meant(best, None, float("-inf"))
    likeliest = nlargest(_MOST_RIVALS, notes, key=lambda one: _likely(draft, one[0]))
    rivals = [Candidate(note, bond(draft, note, desk.aside), verdict) for note, verdict in likeliest]
    signs = beside(draft, best, rivals), said_otherwise(draft, best, rivals)
    own = fit(draft, best, desk)
    judged = [(odds(draft, best, one, fit(draft, one, desk) - own, signs), one) for one in rivals]
    most, rival = max(judged, key=lambda one: one[0])
    return Meant(best, rival, most)


def _part_for_all(draft: Claim, note: Claim, rival: Claim) -> bool:
    """True where the draft tells a total and the rival is a part of something (共17人 is never 其中干部5人)."""
    return draft.total and rival.part and not note.part


def _on_another_side(draft: Claim, note: Claim, rival: Claim) -> bool:
    """True where draft and note name one side, and the rival the other (5网格堆物16处, 3网格堆物11处)."""
    return bool(draft.sides & note.sides) and bool(opposed(draft.sides, rival.sides))


def _otherwise_planned(draft: Claim, note: Claim, rival: Claim) -> bool:
    """True where draft and note are both done or both to come, and the rival is not (已装3部, 计划装5部)."""
    return draft.plan == note.plan and rival.plan != note.plan


def _of_another_time(draft: Claim, note: Claim, rival: Claim, desk: Desk) -> bool:
    """True where the note is of the draft's own time and the rival is not, or of but a part of it."""
    if rival.before and not (draft.before or note.before):
        return True
    if draft.total and note.total and not rival.total and note.line == rival.line:
        return True  # 换了420个，4月前还换过150个，加起来570
    if of_last_year(draft, note, desk.period):
        return True
    if tells_new(draft) and tells_new(note) and not tells_new(rival):
        return True
    return _listed_beside(draft, rival) or other_time(draft, note, rival, desk.period)


_IN_LIST = deferred(r"\d[\d.,，]*\s?[万亿]?[\u4e00-\u9fff%]{0,2}\s?[、和及]\s?$")


def _listed_beside(draft: Claim, rival: Claim) -> bool:
    """True where a bare list of figures tells the rival too: 分别清理15个、12个、9个单元 gives each its own."""
    return rival.mention.amount in draft.others and _IN_LIST.search(draft.before_text) is not None


_ONE_THING = 0.7
_NEXT_CLAUSE = 16  # characters


def _goes_on(draft: Claim, note: Claim, rival: Claim) -> bool:
    """True where the note goes on about the rival's thing and the draft says what the note says of it: 7家驻区单位共建
    of 驻区单位9家，共建的7家."""
    behind = note.sentence_span == rival.sentence_span and 0 < note.mention.start - rival.mention.end < _NEXT_CLAUSE
    if (
        not behind
        or plain_unit(note.mention.unit) != plain_unit(rival.mention.unit)
        or rival.mention.text in draft.clause_text
    ):
        return False
    if note.noun and rival.noun and alike(note.noun, rival.noun) < _ONE_THING and not note.part:
        return False  # of 充电端口3260个，其中电动自行车2900个 the draft may tell the part by the whole's name
    own = words_in(item_of(note)) - words_in(item_of(rival))
    return bool(words_in(item_of(draft)) & own)


def _unchanged(draft: Claim, note: Claim, rival: Claim) -> bool:
    """True where draft and note tell by how much a figure changed, and the rival tells the figure or the other way."""
    ways = way_of(draft), way_of(note), way_of(rival)
    other_way = ways[0] != "" and ways[0] == ways[1] and ways[2] not in ("", ways[0])
    figure = draft.change and is_difference(note) and not (is_difference(rival) or way_of(rival))
    return (other_way or figure) and not tells_apart(words_of(draft), words_of(note), words_of(rival))


def _told_or_asked(draft: Claim, rival: Claim) -> bool:
    """True for 60岁以上 beside the draft's 80岁以上, where it tells both, and for the 几个 of a question."""
    if rival.mention.kind is Kind.AGE:
        return rival.mention.amount in draft.others
    return rival.mention.text.startswith("几") and rival.sentence_span[1] - rival.mention.end < _NEXT_CLAUSE


def _whole_told(draft: Claim, rival: Claim) -> bool:
    """True where the draft tells the rival as the whole of which its own figure is a part: 1100人次，其中6月520人次 of
    一千一百来人次."""
    whole, ours = rival.mention.amount, draft.mention.amount
    if not draft.part or rival.part or whole is None or whole.exact or ours is None or ours.hi is None:
        return False
    low, high = whole.lo or 0, whole.hi
    inside = (one for one in draft.others if one.lo is not None and low <= one.lo and (high is None or one.lo <= high))
    return any(one.lo is not None and one.lo > (ours.hi or 0) for one in inside)


def _denied_of(draft: Claim, note: Claim, rival: Claim) -> bool:
    """True where the draft denies what the rival tells (9家未合格 is never 合格103家), and the note does not."""
    return bool(denies(draft, rival)) and not denies(draft, note)


def _likely(draft: Claim, note: Claim) -> float:
    """A cheap measure of how well a note fits, to weigh only the likeliest."""
    unit = plain_unit(draft.mention.unit) == plain_unit(note.mention.unit)
    return (
        2 * unit + 2 * shared(draft.own, note.own) + shared(draft.clause, note.clause) + shared(draft.own, note.clause)
    )


def odds(
    draft: Claim, best: Candidate, rival: Candidate, fits_better: float, signs: tuple[Claim | None, Claim | None]
) -> float:
    """The logarithm of the odds that the rival is meant, which fits better by so many points. Pure."""
    measures = measures_of(draft, best, rival, signs)
    return SWAP["always"] + SWAP["fits_better"] * fits_better + sum(SWAP[name] * one for name, one in measures.items())


def measures_of(
    draft: Claim, best: Candidate, rival: Candidate, signs: tuple[Claim | None, Claim | None]
) -> dict[str, float]:
    """All that sets two notes apart, `signs` being the notes that the words right beside point to. Pure."""
    measures = contrast(draft, best.note, rival.note, (best.bond, rival.bond))
    return {**measures, "beside": float(signs[0] is rival.note), "said": float(signs[1] is rival.note)}


@lru_cache(maxsize=4096)
def common_words(draft: str, rival: str, note: str) -> str:
    """The longest words that a draft's clause shares with the rival's and not with the note's, "" where none. Pure."""
    for size in range(min(8, len(rival)), 1, -1):
        for at in range(len(rival) - size + 1):
            words = rival[at : at + size]
            if words in draft and words not in note and all("\u4e00" <= char <= "\u9fff" for char in words):
                return words
    return ""
