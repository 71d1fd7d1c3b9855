"""Whose a statement is, said before its figures where the notes go place by place: 北桥市场设摊位168个；西门市场…"""

from __future__ import annotations

from collections.abc import Sequence

from service.domain.fact import Fact
from service.drafting.compose_by_rules.statement import Statement


def by_owner(statements: Sequence[Statement]) -> list[Statement]:
    """`statements` with those of one place together, in the order of the places; what is of none of them comes first,
    so that nobody reads it as the last one's. Pure."""
    order = {None: -1} | {
        owner: place
        for place, owner in enumerate(dict.fromkeys(one.fact.whose for one in statements if one.fact.whose))
    }
    return sorted(statements, key=lambda one: order[one.fact.whose])


def named(body: str, fact: Fact) -> str:
    """`body` with the place it is of before it, where it does not name the place itself. Pure."""
    owner = fact.whose
    if not owner or owner in body or any(body.startswith(owner[:size]) for size in range(len(owner) - 1, 1, -1)):
        return body
    return f"{owner}{body}"
