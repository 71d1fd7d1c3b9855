"""What the scores of a game make: 上半场44比51 is 落后7分, and of 98比91 in the end 54分 more for the one side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, groupby

from service.checking.arithmetic.fit import fits
from service.checking.claim import Claim, once_a_claim, once_a_pool, plain_unit
from service.checking.derivation import Derivation, made_of, said
from service.domain.quantity import Kind
from service.language.patterns import deferred

_SCORE = deferred(r"\s?(\d{1,3})\s?(?:比|[:：∶])\s?(\d{1,3})\s?$")
_POINTS = frozenset(("分", "球", "个球", "局", "盘", "环", "目"))
_GAP = deferred(r"领先|落后|净胜|胜出|[多少]|[差优]|反超|追|扳|赢|输|甩开|之差")
_SUM = deferred(r"得到?|拿下|砍下|拿到|轰下|贡献|合计|共|总|全场|[上下]半场|攻[入下]|打入")
_MOST = 9  # scores of one sentence; no match has more sets


@once_a_claim
def _score(claim: Claim) -> tuple[Decimal, Decimal] | None:
    found = _SCORE.match(claim.mention.text) if claim.mention.kind is Kind.RATIO else None
    return (Decimal(found[1]), Decimal(found[2])) if found else None


@once_a_pool
def _scores(notes: Sequence[Claim]) -> Sequence[Claim]:
    return [one for one in notes if _score(one) is not None]


def scored(draft: Claim, notes: Sequence[Claim]) -> Derivation | None:
    """The way in which the notes' scores make a draft's points, or None. Pure."""
    if plain_unit(draft.mention.unit) not in _POINTS or draft.mention.amount is None:
        return None
    for value, steps, claims in _made(draft, _scores(notes)):
        if value > 0 and fits(draft, value):
            return Derivation(made_of(steps, said(draft), *claims), claims)
    return None


def _made(draft: Claim, scores: Sequence[Claim]) -> Iterator[tuple[Decimal, str, tuple[Claim, ...]]]:
    """What scores make, the differences where the draft tells one, else what a side has made."""
    told = [(one, pair) for one in scores if (pair := _score(one)) is not None]
    if _GAP.search(draft.clause_text):
        yield from ((abs(a - b), said(one), (one,)) for one, (a, b) in told)
    if not _SUM.search(draft.clause_text):
        return
    for (one, first), (other, last) in combinations(told, 2):
        if one.line == other.line:
            for a, b in ((0, 0), (1, 1), (0, 1), (1, 0)):
                yield abs(first[a] - last[b]), f"{said(one)}、{said(other)}之差", (one, other)
    for _, group in groupby(told, key=lambda pair: pair[0].sentence_span):
        row = list(group)
        if 1 < len(row) <= _MOST:
            claims = tuple(one for one, _ in row)
            for side in (0, 1):
                values = [pair[side] for _, pair in row]
                yield sum(values, Decimal(0)), " + ".join(str(one) for one in values), claims
