"""The language model as a role: what a composer may ask of it, whoever plays it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Prompt:
    """One request: the task contract and, apart from it, the notes and exemplars as data behind `boundary`.

    `version` names the template and its hash (`v1 sha256:…`) for the draft's provenance.
    """

    system: str
    user: str
    boundary: str
    version: str


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens one reply cost, as the server counted them; zeros where it did not say."""

    prompt_tokens: int = 0
    completion_tokens: int = 0


class Reply(Protocol):
    """A reply as it arrives. Iterating gives its text in pieces and ends only when the model said it was done."""

    def __iter__(self) -> Iterator[str]:
        """The pieces. Raises ModelFailed where the stream is cut, empty, over its time or its length."""

    @property
    def usage(self) -> Usage:
        """What the reply cost; complete once the iteration has ended."""


class Writer(Protocol):
    """A language model that writes one section for one prompt. Safe to call from several threads at once."""

    @property
    def name(self) -> str:
        """The model's name, as the draft's provenance states it."""

    def write(self, prompt: Prompt) -> Reply:
        """Starts one reply. Nothing is sent before it is iterated. Raises ModelFailed only while iterating."""
