"""The place of a statement: literal words behind 在, 到, 去 that end as places do."""

from __future__ import annotations

import re

from service.drafting.facts.lexicon import trie_pattern, words

_PLACE = re.compile(
    r"(?:在(?![建册编职岗校读线])|到|去|赴|于|进|深入|走进)([\u4e00-\u9fffA-Za-z0-9]{1,14}?(?:"
    + trie_pattern(words("places").words)
    + r"))"
)


_ELSEWHERE = re.compile(r"[在去到赴][\u4e00-\u9fff]{2}")


def goes_elsewhere(text: str) -> bool:
    """True where the statement names a place in words that do not end as places do (去东桥). Pure."""
    return bool(_ELSEWHERE.search(text))


def place_of(text: str) -> str | None:
    """The place where it happened, as the notes name it, or None. Pure."""
    found = _PLACE.search(text)
    if not found or found[1].startswith(("各", "全", "了", "本")):
        return None
    return found[1]
