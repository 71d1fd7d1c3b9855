"""The bridge between registers: the words reports use for what people say in a chat."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def official_words(question: str) -> str:
    """The official words for the chat words in `question`, joined by spaces; empty where it has none. Pure.

    A clerk asks for 捡垃圾 where reports write 清运垃圾 and 卫生死角. The words widen a question and never replace
    it, so a question that is already official loses nothing.
    """
    pattern, meanings = _lexicon()
    # A word inside another counts too (电动车 in 电动车充电), so the search goes on one character after each hit.
    found: dict[str, None] = {}
    at = 0
    while hit := pattern.search(question, at):
        found[meanings[hit[0]]] = None
        at = hit.start() + 1
    return " ".join(dict.fromkeys(word for meaning in found for word in meaning.split()))


@cache
def _lexicon() -> tuple[re.Pattern[str], Mapping[str, str]]:
    rows = files("corpus").joinpath("register.tsv").read_text(encoding="utf-8").splitlines()
    meanings: dict[str, str] = {}
    for row in rows:
        if row and not row.startswith("#"):
            said, written = row.split("\t")
            for word in said.split("|"):
                meanings[word] = f"{meanings[word]} {written}" if word in meanings else written
    words = sorted(meanings, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, words))), meanings
