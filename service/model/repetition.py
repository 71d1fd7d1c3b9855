"""Whether a growing text has begun to repeat itself without end."""

from __future__ import annotations

import re

_TAIL_CHARS = 900
# Ten times the same four to eighty characters at the very end: no report says anything ten times in a row.
_REPEATED = re.compile(r"(?P<said>[^\n]{4,80}?\n?)(?P=said){9}$")


def repeats(text: str) -> bool:
    """True where the end of `text` is one phrase ten times over. Pure."""
    return _REPEATED.search(text[-_TAIL_CHARS:]) is not None
