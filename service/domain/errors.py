"""Errors by who must act. Each message is a Chinese sentence: what happened, which one, what to do.

HTTP codes and exit codes are not here: one table at each edge maps these classes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


class ZhibiError(Exception):
    """Base of every error a person may see. `detail` holds plain JSON values for programs."""

    def __init__(self, message: str, **detail: Any) -> None:
        super().__init__(message)
        self.message = message
        self.detail: Mapping[str, Any] = detail


class UnusableInput(ZhibiError):
    """The input or the arguments cannot be used; the person who gave them must change them."""


class InputTooLarge(UnusableInput):
    """The input is over a limit that a setting states."""


class UnknownGenre(UnusableInput):
    """No genre has this name."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"没有文种“{name}”。可选：{'、'.join(known)}。", genre=name)


class NoFacts(UnusableInput):
    """The notes hold nothing a report could state."""


class NotFound(ZhibiError):
    """The named thing does not exist, or not for this person."""


class Conflict(ZhibiError):
    """Someone else changed the thing since it was read."""


class Blocked(Conflict):
    """Something in the draft must be settled first; `findings` in the detail says what."""


class Claimed(Conflict):
    """Another editor has the draft open."""


class NotSignedIn(ZhibiError):
    """Nobody is signed in, or the session or token has ended."""


class Forbidden(ZhibiError):
    """This person may not do this."""


class TooManyRequests(ZhibiError):
    """Too many attempts; waiting helps."""


class ServiceUnavailable(ZhibiError):
    """A service this one needs did not answer; the operator must act, nothing is lost."""


class StorageFailed(ServiceUnavailable):
    """The disk or the database refused a write (full disk, read-only folder, lost connection)."""


class ModelFailed(ServiceUnavailable):
    """The language model did not give a usable answer."""
