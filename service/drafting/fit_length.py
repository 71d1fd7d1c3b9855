"""Which facts a draft of a wanted length leaves out: the least telling first, and each of them reported."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from service.domain.draft import DraftSection
from service.domain.fact import Fact, FactKind, Frame, Tense

# What a reader would miss most, by kind. The figures only rank.
_WEIGHT = {
    FactKind.RESULT: 9,
    FactKind.FIELD: 9,
    FactKind.BASIS: 8,
    FactKind.PROBLEM: 8,
    FactKind.FIGURE: 7,
    FactKind.MEASURE: 7,
    FactKind.ACTIVITY: 5,
    FactKind.MEETING: 5,
    FactKind.CAUSE: 5,
    FactKind.NEXT: 4,
    FactKind.PROFILE: 4,
}


def importance(fact: Fact) -> int:
    """How much a reader would miss the fact, 0 and up: results and problems, then figures, then the rest; a fact with
    quantities before one without, a doubtful one and last year's after. Pure."""
    quantities = sum(mention.amount is not None for mention in fact.mentions)
    weight = _WEIGHT[fact.kind] * 2 + min(quantities, 3) * 2
    weight -= 4 if fact.unsure else 0
    weight -= 4 if fact.frame is Frame.BEFORE else 0
    weight -= 2 if fact.tense is Tense.PLANNED else 0
    return max(weight, 0)


def facts_over_length(
    facts: Sequence[Fact], limit: int | None, length_with: Callable[[frozenset[str]], int]
) -> frozenset[str]:
    """Ids of the facts to leave out so that the draft keeps within `limit` characters; empty without a limit.

    `length_with` gives the length of the draft without the facts named. At least one fact is kept. Pure as far as
    `length_with` is.
    """
    if limit is None or length_with(frozenset()) <= limit:
        return frozenset()
    ranked = sorted(facts, key=lambda fact: (importance(fact), -fact.span.start))
    # Composing costs by the facts kept, so the search begins where their own words fit not with half of a long note.
    low, high = 0, _fewest_that_may_fit(ranked, limit)
    while high < len(ranked) - 1 and length_with(_ids(ranked[:high])) > limit:
        low, high = high + 1, min(len(ranked) - 1, high + max(1, (len(ranked) - high) // 4))
    while low < high:
        middle = (low + high) // 2
        if length_with(_ids(ranked[:middle])) <= limit:
            high = middle
        else:
            low = middle + 1
    return _ids(ranked[:low])


def within_limit(
    sections: Sequence[DraftSection],
    limit: int | None,
    by_rules: Callable[[int], DraftSection],
    length_of: Callable[[Sequence[DraftSection]], int],
) -> list[DraftSection]:
    """The sections with those of a model written by rules, the wordiest first, until the draft keeps the genre's own
    `limit`: the facts were chosen so that the rules' words fit it. Each says so. Pure as far as its callables are."""
    kept = list(sections)
    tried: set[int] = set()
    while limit is not None and length_of(kept) > limit:
        plain = {at: by_rules(at) for at, one in enumerate(kept) if one.composer != "rules" and at not in tried}
        if not plain:
            break
        at = max(plain, key=lambda one: len(kept[one].text) - len(plain[one].text))
        tried.add(at)
        if len(plain[at].text) < len(kept[at].text):
            said = f"“{kept[at].heading or '正文'}”由规则起草：模型写的超过{limit}字的限制"
            kept[at] = replace(plain[at], degraded=said, usage=kept[at].usage, made_from=kept[at].made_from)
    return kept


def _fewest_that_may_fit(ranked: Sequence[Fact], limit: int) -> int:
    left = sum(len(fact.clean) for fact in ranked)
    for count, fact in enumerate(ranked):
        if left <= limit:
            return count
        left -= len(fact.clean)
    return max(len(ranked) - 1, 0)


def _ids(facts: Sequence[Fact]) -> frozenset[str]:
    return frozenset(fact.id for fact in facts)
