"""The language model as a role: what a composer may ask of it, whoever plays it.

A `Writer` is one model at one server and answers once. `asking.Asker` stands in front of one or two of them with
retries, limits, privacy and the ledger, and is what a composer talks to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class Form(StrEnum):
    """The form a reply is asked in. Prose is always TEXT; the others carry small structured answers, best first."""

    TEXT = "text"
    JSON_SCHEMA = "json_schema"
    JSON_MODE = "json_mode"
    TOOL = "tool"
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class Prompt:
    """One request: the task contract and, apart from it, the notes and exemplars as data behind `boundary`.

    `version` names the template and its hash (`v1 sha256:…`), `purpose` what it is for (the section's heading) in the
    ledger.
    """

    system: str
    user: str
    boundary: str
    version: str
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens one reply cost, as the server counted them; zeros where it did not say."""

    prompt_tokens: int = 0
    completion_tokens: int = 0


class Reply(Protocol):
    """A reply as it arrives. Iterating gives its text in pieces and ends only when the model said it was done."""

    def __iter__(self) -> Iterator[str]:
        """The pieces; "" where nothing came for a moment, so that a waiting caller can be stopped.

        Raises ModelFailed where the stream is cut, empty, over its time or its length."""

    @property
    def usage(self) -> Usage:
        """What the reply cost; complete once the iteration has ended."""


class Writer(Protocol):
    """One language model at one server. Safe to call from several threads at once."""

    @property
    def name(self) -> str:
        """The model's name, as the draft's provenance states it."""

    @property
    def server(self) -> str:
        """Its server's address without a key; with the name, the key of what is remembered of it."""

    def write(self, prompt: Prompt, form: Form = Form.TEXT, seconds: float | None = None) -> Reply:
        """Starts one reply of at most `seconds`. Nothing is sent before it is iterated. Raises ModelFailed only while
        iterating."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: its text with private data restored, the model that gave it, and what all tries for it cost."""

    text: str
    model: str
    usage: Mapping[str, int] = field(default_factory=dict)
