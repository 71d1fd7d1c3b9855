"""A reasoning model's thoughts, taken out of its answer as it streams."""

from __future__ import annotations


class ThoughtFilter:
    """Takes `<think>…</think>` out of a text that arrives in pieces, also where a tag is split between two."""

    _OPEN, _CLOSE = "<think>", "</think>"

    def __init__(self) -> None:
        self._held = ""
        self._inside = False

    def feed(self, piece: str) -> str:
        """What may be shown after `piece`; the possible beginning of a tag is held back."""
        self._held += piece
        shown: list[str] = []
        while True:
            tag = self._CLOSE if self._inside else self._OPEN
            at = self._held.find(tag)
            if at < 0:
                keep = shared_end(self._held, tag)
                if not self._inside:
                    shown.append(self._held[: len(self._held) - keep])
                self._held = self._held[len(self._held) - keep :]
                return "".join(shown)
            if not self._inside:
                shown.append(self._held[:at])
            self._held = self._held[at + len(tag) :]
            self._inside = not self._inside

    def end(self) -> str:
        """What was held back and proved to be no tag. A thought that never ended stays out."""
        return "" if self._inside else self._held


def shared_end(text: str, tag: str) -> int:
    """How many characters at the end of `text` begin `tag`, short of all of it. Pure."""
    for size in range(min(len(text), len(tag) - 1), 0, -1):
        if text.endswith(tag[:size]):
            return size
    return 0
