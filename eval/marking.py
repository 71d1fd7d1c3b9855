"""Two drafts of one case side by side, with what each has and the other has not marked; numbers are never split."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from html import escape

_PIECE = re.compile(r"\d[\d,.:%％]*|[A-Za-z]+|.", re.DOTALL)


def marked(first: str, second: str) -> tuple[str, str]:
    """Both texts as HTML, `<del>` around what only the first has and `<ins>` around what only the second has. Pure."""
    a, b = _PIECE.findall(first), _PIECE.findall(second)
    left, right = "", ""
    for kind, a0, a1, b0, b1 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        gone, come = escape("".join(a[a0:a1])), escape("".join(b[b0:b1]))
        left += gone if kind == "equal" or not gone else f"<del>{gone}</del>"
        right += come if kind == "equal" or not come else f"<ins>{come}</ins>"
    return left, right
