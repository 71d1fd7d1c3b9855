"""Which earlier figure a correction may be about: by its unit, its digits, and what is said around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from service.domain.fact import Fact
from service.domain.quantity import Mention
from service.drafting.facts.kinds import counted, dated
from service.drafting.facts.likeness import same_unit

_NEARLY = (Decimal("0.7"), Decimal("1.4"))  # A count put right stays near what it was; 46家 became 45家.


def only_like_it(standing: Sequence[Fact], correction: Fact, new: Mention) -> tuple[int, Mention] | None:
    """The one figure of the correction's item that its figure may stand for, where no word tells and only one can.
    Pure."""
    item = correction.fields.get("item")
    if item is None or new.amount is None or not new.amount.lo:
        return None
    said = {one.amount for one in counted(correction.mentions)}
    found = []
    for place, fact in enumerate(standing):
        for one in counted(fact.mentions) if fact.fields.get("item") == item else ():
            like = one.amount is not None and one.amount.lo and one.amount not in said and one.unit == new.unit
            if like and one.amount is not None and _NEARLY[0] <= new.amount.lo / (one.amount.lo or 1) <= _NEARLY[1]:
                found.append((place, one))
    if not found or new.amount is None:
        return None
    value = new.amount.lo
    away = [abs(one.amount.lo - value) for _, one in found if one.amount is not None and one.amount.lo is not None]
    nearest = min(away)
    return found[away.index(nearest)] if away.count(nearest) == 1 else None


def elsewhere(fact: Fact, correction: Fact, new: Mention) -> bool:
    """True where the correction names another place or day than the earlier statement. Pure."""
    if correction.where and fact.where and correction.where != fact.where and correction.where not in fact.clean:
        return True
    # 刚才输反了 tells when the slip was made, and no other day of the work.
    return bool(
        new.amount and correction.day and fact.day and correction.day != fact.day and dated(correction.mentions)
    )


def score(
    mention: Mention, new: Mention, old: Mention | None, shared: int, says_thing: bool, strong: bool
) -> float | None:
    """How well an earlier figure answers to a correction; None where it cannot be the one. `shared` are the pairs of
    characters both have, `says_thing` says that the correction names what it is about, `strong` that it says it
    corrects. Pure."""
    if not same_unit(mention, new) or (mention.amount is None) != (new.amount is None):
        return None
    if old is not None:
        if (old.amount, old.when) != (mention.amount, mention.when):
            return None
        return 5.0 + shared
    if says_thing and not shared:
        return None
    score = 0.8 * min(shared, 4) + (1.0 if mention.unit and mention.unit == new.unit else 0.0)
    ours, theirs = re.sub(r"\D", "", mention.text), re.sub(r"\D", "", new.text)
    if ours and len(ours) == len(theirs):
        score += 0.5 + (0.8 if sorted(ours) == sorted(theirs) else 0.0)
    return score + (1.0 if strong else 0.3)
