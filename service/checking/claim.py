"""A claim as a value: a number of a text with what it counts, to whom, when, and in which way it is meant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, wraps
from itertools import pairwise
from typing import Any, TypeVar

from service.domain.quantity import Amount, Kind, Mention

CALENDAR = frozenset((Kind.DATE, Kind.YEAR, Kind.MONTH, Kind.QUARTER, Kind.PERIOD))
CLOCK = frozenset((Kind.TIME,))


@dataclass(frozen=True, slots=True)
class Claim:
    """A number of a text with what it is bound to. Offsets are into the whole text; `line` is 1-based.

    `noun` is what is counted, "" where the text leaves it out; `action` the verb that governs it. `own`, `clause` and
    `sentence` are the pairs of neighbouring characters around it, without numbers. `subjects` are the bodies, places
    and people it is said of. `earlier` is the clause before its own in its
    sentence. `before` marks a figure of an earlier period, `may_be_before` one whose paragraph was about one, `plan`
    one not yet reached, `rate` what it is counted per ("" for a plain total), `scope` the stretch it
    covers (累计, 本月 …), `sides` the words that set its circumstances apart (上午, 党员 …). `head` is the short label
    that opens its line (1路, 4月路检), `others` are the amounts of the figures around it in its sentence, `neighbours`
    those right before and right behind it.
    Where 分别 gives figures in turn, `of` is the amount of the figure that this one is told of.
    `column` tells the columns of tables apart, "" outside of them.
    `place` is the place or group that the notes' block, or the draft's own sentence, says the figure is of.
    `stands_for` is the line of the figure that this one puts right, 0 for none.
    `local` is the same claim with offsets into its own line: equal lines give equal local claims wherever they stand,
    so what was judged of one need not be judged again.
    """

    mention: Mention
    line: int
    noun: str = ""
    action: str = ""
    clause: frozenset[str] = frozenset()
    sentence: frozenset[str] = frozenset()
    subjects: tuple[str, ...] = ()
    day: Mention | None = None
    days: tuple[Mention, ...] = ()
    before: str = ""
    may_be_before: bool = False
    plan: bool = False
    rate: str = ""
    scope: str = ""
    total: bool = False
    part: bool = False
    change: bool = False
    source: str = ""
    sentence_span: tuple[int, int] = (0, 0)
    clause_span: tuple[int, int] = (0, 0)
    clause_text: str = ""
    item_text: str = ""
    earlier: str = ""
    own: frozenset[str] = frozenset()
    sides: frozenset[tuple[int, str]] = frozenset()
    ends: tuple[Claim, ...] = ()
    head: str = ""
    others: frozenset[Amount] = frozenset()
    neighbours: tuple[Amount | None, Amount | None] = (None, None)
    of: Amount | None = None
    before_text: str = ""
    after_text: str = ""
    column: str = ""
    place: str = ""
    stands_for: int = 0
    local: Claim | None = field(default=None, compare=False, repr=False)
    _known: dict[object, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def __hash__(self) -> int:
        """Of what nearly always tells two claims apart: all two dozen fields would cost more than a judgement.

        A sentence that a person types at keeps its other clauses, whose figures differ only by what stands around them.
        """
        return hash((self.mention.text, self.mention.start, self.line, self.clause_text, self.sentence, self.others))

    @property
    def parts(self) -> tuple[Claim, ...]:
        """The claims a note may be compared by: both ends of a change (由44项减少到33项), else itself."""
        return self.ends or (self,)


_Known = TypeVar("_Known")
_UNREAD = object()


def once_a_claim(read: Callable[[Claim], _Known]) -> Callable[[Claim], _Known]:
    """The pure function `read`, whose result each claim remembers: a note's claim is asked anew for each figure of a
    draft."""

    @wraps(read)
    def known(claim: Claim) -> _Known:
        found: _Known = claim._known.get(read, _UNREAD)
        if found is _UNREAD:
            found = claim._known[read] = read(claim)
        return found

    return known


def alone(claim: Claim) -> Claim:
    """The claim without the figures around it. Pure."""
    return replace(claim, others=frozenset(), neighbours=(None, None)) if claim.others else claim


class Pool(tuple[Claim, ...]):
    """The claims of the notes that a draft is held against, in order. It equals itself alone, so that what is read of
    all of them is read once."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


def once_a_pool(read: Callable[[Sequence[Claim]], _Known]) -> Callable[[Sequence[Claim]], _Known]:
    """The pure function `read`, whose results for the last pools are remembered; other claims are read each time."""
    remembered: Callable[[Any], _Known] = lru_cache(maxsize=32)(read)

    @wraps(read)
    def known(claims: Sequence[Claim]) -> _Known:
        return remembered(claims) if isinstance(claims, Pool) else read(claims)

    return known


def plain_unit(unit: str | None) -> str:
    """The unit without what it is counted per (次/周 is 次). Pure."""
    return (unit or "").split("/", 1)[0]


@lru_cache(maxsize=8192)
def bigrams(text: str) -> frozenset[str]:
    """The pairs of neighbouring letters or Chinese characters of `text`. Pure."""
    return frozenset(a + b for a, b in pairwise(text) if a.isalnum() and b.isalnum())
