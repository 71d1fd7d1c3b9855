"""Private data kept back: replaced by tokens before a text leaves for a model, put in again in what comes back.

What counts as private is found by the caller's rules. A value has the same token throughout one request, so a model
can still tell that two lines speak of the same person.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from service.model.role import Prompt

# (start, end, kind in Chinese) of each private part of one line, in order, without overlap.
FindPrivate = Callable[[str], Sequence[tuple[int, int, str]]]

# Brackets of their own: neither the blanks of exemplars 〔〕 nor line markers [] nor placeholders 【】 look like it.
_OPEN, _CLOSE = "⟦", "⟧"
TOKEN = re.compile(r"⟦隐(\d{1,4})⟧")
_LONGEST_TOKEN = 8


def nothing_private(text: str) -> Sequence[tuple[int, int, str]]:
    """No part at all: for texts that hold no person's data."""
    del text
    return ()


@dataclass(frozen=True)
class KeptBack:
    """What was replaced in one request: the values by their tokens, and how many of each kind."""

    values: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)

    def restored(self, text: str) -> str:
        """`text` with the values in place of their tokens; a token never given stays as it is. Pure."""
        return TOKEN.sub(lambda found: self.values.get(found.group(), found.group()), text)

    def restored_so_far(self, text: str) -> str:
        """As `restored`, of a text still growing: the beginning of a token at its end is held back. Pure."""
        opened = text.rfind(_OPEN, max(0, len(text) - _LONGEST_TOKEN))
        if opened >= 0 and _CLOSE not in text[opened:]:
            text = text[:opened]
        return self.restored(text)


def keep_back(text: str, find: FindPrivate) -> tuple[str, KeptBack]:
    """`text` with its private parts replaced, and what they were. Brackets that look like tokens are taken out of the
    text first, so that nothing in it can call for a value. Pure."""
    tokens: dict[str, str] = {}
    kinds: Counter[str] = Counter()
    lines = []
    for line in text.replace(_OPEN, "[").replace(_CLOSE, "]").split("\n"):
        at, kept = 0, []
        for start, end, kind in find(line):
            value = line[start:end]
            token = tokens.setdefault(value, f"{_OPEN}隐{len(tokens) + 1}{_CLOSE}")
            kept += [line[at:start], token]
            kinds[kind] += 1
            at = end
        lines.append("".join([*kept, line[at:]]))
    return "\n".join(lines), KeptBack({token: value for value, token in tokens.items()}, dict(kinds))


def private_prompt(prompt: Prompt, find: FindPrivate) -> tuple[Prompt, KeptBack]:
    """`prompt` as it may leave, and what was kept back. Its system part is ours and holds nobody's data. Pure."""
    user, kept = keep_back(prompt.user, find)
    return replace(prompt, user=user), kept
