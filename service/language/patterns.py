"""Patterns that are compiled when they are first used.

The grammar and the checker know some six hundred patterns. Compiling them takes a third of a second, more than half of
a cold `zhibi check`, and a short text meets a third of them.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Deferred:
    """Stands for a pattern; its methods become those of the compiled one at the first call of any."""

    _METHODS = ("match", "search", "fullmatch", "finditer", "findall", "sub", "subn", "split", "flags", "groups")

    def __init__(self, source: str, flags: int) -> None:
        self.pattern = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in self._METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        for method in self._METHODS:  # next time they are found without coming here
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def deferred(source: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern `source`, compiled at its first use; a fault in it is raised then. Pure.

    It is used through its methods; `re.sub(pattern, …)` and pickling want a compiled one.
    """
    return cast("re.Pattern[str]", _Deferred(source, flags))
