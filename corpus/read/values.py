"""What reading a file gives: its text, what was left out of it, or why it was refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from service.domain.page import LeftOut

_LONGEST_WORDS = 300


@dataclass(frozen=True, slots=True)
class FileText:
    """The text of one document. `source` is the name it is shown by, with its archive before it where it has one;
    `kind` is text, markdown, word, page, pdf or ledger. Only markdown, word and page carry `#` heading marks. `before`
    is the text with every tracked change of a Word file undone, None where it has none."""

    source: str
    text: str
    kind: str = "text"
    left_out: tuple[LeftOut, ...] = ()
    before: str | None = None

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a person should know, one Chinese sentence each. Pure."""
        return tuple(f"“{self.source}”：{one.sentence}。" for one in self.left_out)

    def within(self, archive: str) -> FileText:
        """The same document as part of `archive`. Pure."""
        return replace(self, source=f"{archive}/{self.source}")

    def to_json(self) -> dict[str, Any]:
        """As plain values, for the way between two processes."""
        left_out = [one.to_json() for one in self.left_out]
        return {
            "source": self.source,
            "text": self.text,
            "kind": self.kind,
            "left_out": left_out,
            "before": self.before,
        }


@dataclass(frozen=True, slots=True)
class Refused:
    """A document that was not read. `error` is a Chinese sentence with what to do; `reason` one English word."""

    source: str
    error: str
    reason: str = ""
    too_large: bool = False

    def within(self, archive: str) -> Refused:
        """The same refusal as part of `archive`. Pure."""
        return replace(self, source=f"{archive}/{self.source}")

    def to_json(self) -> dict[str, Any]:
        """As plain values, for the way between two processes."""
        return {"source": self.source, "error": self.error, "reason": self.reason, "too_large": self.too_large}


def document_from_json(plain: Mapping[str, Any]) -> FileText | Refused:
    """What `to_json` of either made of it. Pure."""
    if "error" in plain:
        return Refused(str(plain["source"]), str(plain["error"]), str(plain["reason"]), bool(plain["too_large"]))
    left_out = tuple(LeftOut(str(one["kind"]), int(one["count"]), str(one["words"])) for one in plain["left_out"])
    return FileText(str(plain["source"]), str(plain["text"]), str(plain["kind"]), left_out, plain["before"])


def left_out(kind: str, words: list[str]) -> tuple[LeftOut, ...]:
    """One LeftOut of all `words` of a kind; none where there are no words. Pure."""
    if not words:
        return ()
    shown = "；".join(word for word in (" ".join(one.split()) for one in words) if word)
    return (LeftOut(kind, len(words), shown[:_LONGEST_WORDS] + ("…" if len(shown) > _LONGEST_WORDS else "")),)
