"""How much people changed a draft before they approved it: characters, sentences and numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Protocol

from eval.measures.standing import claims_of, value_of

_PLACEHOLDER = re.compile("【待补：[^】]*】")


@dataclass(frozen=True, slots=True)
class Edits:
    """What stands between a generated text and the approved one. Shares are of the generated text, 0 where nothing was
    changed, and may pass 1 where more was added than was there; `filled` placeholders are counted apart."""

    characters: float
    sentences: float
    numbers: int
    filled: int


class Version(Protocol):
    """A version of a draft as the record keeps it."""

    @property
    def author(self) -> str:
        """Who made it: a person, or a composer."""

    @property
    def reason(self) -> str:
        """Why."""

    @property
    def body(self) -> Mapping[str, Any]:
        """The public draft shape."""


def made_whole(version: Version) -> bool:
    """True where a composer made the whole version: the first, or one drafted anew when the notes changed or a stopped
    run went on. A section written again is not the whole draft, and a person's edit is no composer's. Pure."""
    composer = version.body.get("provenance", {}).get("composer")
    return version.author == composer and not version.reason.startswith("重写")


def edits_between(generated: str, approved: str) -> Edits:
    """The edits that lead from `generated` to `approved`. Pure.

    A number counts once where its value is gone or new. A placeholder that was filled is no correction of the machine,
    so what stands in its place counts neither as a character nor as a number changed.
    """
    filled = len(_PLACEHOLDER.findall(generated)) - len(_PLACEHOLDER.findall(approved))
    changed = sum(
        max(a1 - a0, b1 - b0)
        for kind, a0, a1, b0, b1 in SequenceMatcher(None, generated, approved, autojunk=False).get_opcodes()
        if kind != "equal" and not _PLACEHOLDER.search(generated[max(0, a0 - 4) : a1 + 1])
    )
    old, new = _sentences(generated), _sentences(approved)
    kept = (Counter(old) & Counter(new)).total()
    return Edits(
        characters=changed / len(generated) if generated else 0.0,
        sentences=1 - kept / len(old) if old else 0.0,
        numbers=_numbers_changed(generated, approved, max(0, filled)),
        filled=max(0, filled),
    )


def _sentences(text: str) -> list[str]:
    return [one.strip() for one in re.split(r"[。；\n]", text) if one.strip() and not _PLACEHOLDER.search(one)]


def _numbers_changed(generated: str, approved: str, filled: int) -> int:
    old = Counter(value for one in claims_of(generated) if (value := value_of(one)) is not None)
    new = Counter(value for one in claims_of(approved) if (value := value_of(one)) is not None)
    return max((old - new).total(), (new - old).total() - filled)


def mean_edits(found: Sequence[Edits]) -> dict[str, float]:
    """The means over drafts, each measure by its name; empty where there is no draft. Pure."""
    if not found:
        return {}
    names = ("characters", "sentences", "numbers", "filled")
    return {name: round(sum(getattr(one, name) for one in found) / len(found), 4) for name in names}
