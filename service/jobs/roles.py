"""What a drafting run needs from the rooms below, as roles that the wiring fills."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from service.domain.draft import Draft, DraftRequest
from service.domain.finding import CheckResult
from service.domain.period import Period

_NUMBER = re.compile(r"^[一二三四五六七八九十]{1,4}、")

# A kind (stage, section, finding) and its plain JSON. May raise to stop the run; callable from several threads.
Tell = Callable[[str, Mapping[str, Any]], None]


class FinishedSteps(Protocol):
    """Steps of this run that finished before its process died."""

    @property
    def name(self) -> str:
        """Names the run, in the ledger of what left for models too."""
        ...

    def earlier(self, key: str) -> str | None:
        """What the version before has of the section made from `key`, where notes were changed and it is the same."""
        ...

    def once(self, key: str, step: Callable[[], str]) -> str:
        """What `step` gives, or gave in an earlier attempt under the same `key` (at most 100 characters)."""
        ...


@dataclass(frozen=True, slots=True)
class WrittenAgain:
    """What is written again: the one section a rewrite is about, by its heading with or without its number, and a
    person's wish for it; or, where `kept` names sections that are whole already, everything but those."""

    heading: str
    instruction: str | None
    kept: tuple[str, ...] = ()

    def is_about(self, heading: str) -> bool:
        """True for the section called `heading`. Pure."""
        if self.kept:
            return bare_heading(heading) not in {bare_heading(one) for one in self.kept}
        return bare_heading(heading) == bare_heading(self.heading)


def bare_heading(heading: str) -> str:
    """The heading without its 一、. Pure."""
    return _NUMBER.sub("", heading.strip())


class WriteDraft(Protocol):
    """Writes a whole checked draft. Called again from the start after a crash, with the same request."""

    def __call__(self, request: DraftRequest, tell: Tell, steps: FinishedSteps, again: WrittenAgain | None) -> Draft:
        """The draft; with `again`, only that section of it will be used. Lets pass whatever `tell` raises."""
        ...


@dataclass(frozen=True, slots=True)
class TextToCheck:
    """A draft to be checked against its notes.

    `known` are names the form gives (the unit's). `exemplars` are texts of past reports; `exemplar_ids` name stored
    ones as (report id, heading), so that an edited draft is still checked against what it was drafted from.
    """

    notes: str
    draft: str
    period: Period | None = None
    known: tuple[str, ...] = ()
    exemplars: tuple[str, ...] = ()
    exemplar_ids: tuple[tuple[str, str], ...] = ()


CheckText = Callable[[TextToCheck], CheckResult]
