"""What a wording rule finds, and the occasion it is judged by."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from service.domain.genre import Genre
from service.domain.period import Period


class Severity(StrEnum):
    """How much a finding weighs: a warning needs a decision, a suggestion may be left. None blocks a draft."""

    SUGGESTION = "suggestion"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Occasion:
    """What the draft is for: its genre and reporting period, None where nobody said."""

    genre: Genre | None = None
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Slip:
    """What one rule function saw, before it carries its rule's code. `severity` None takes the rule's own."""

    start: int
    end: int
    message: str
    replacement: str | None = None
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class WordingFinding:
    """A slip of wording or layout. Offsets are into the draft, `text` is what stands there.

    `replacement` is the text to put in place of `text`, "" to delete it, None where only a person can mend it.
    """

    start: int
    end: int
    text: str
    rule: str
    severity: Severity
    message: str
    replacement: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain values for programs."""
        return {
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "rule": self.rule,
            "severity": str(self.severity),
            "message": self.message,
            "replacement": self.replacement,
        }
