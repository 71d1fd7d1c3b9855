"""What an editor decides of a finding, and which findings of a version are still open. Pure.

A decision belongs to a place, not to a version: it is found again in every later version by its anchor, and holds there
as long as the same characters still raise the same verdict.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from service.domain.anchor import Anchor, anchor_at, find_again
from service.domain.finding import Verdict


class DecisionKind(StrEnum):
    """The four ways to settle a finding; the values are a public contract."""

    ACCEPTED = "accepted"
    SOURCED = "sourced"
    NOT_APPLICABLE = "not_applicable"
    RETURNED = "returned"

    @property
    def chinese(self) -> str:
        """The name people use."""
        return {
            "accepted": "采纳修改",
            "sourced": "依据充分",
            "not_applicable": "不适用",
            "returned": "退回补充",
        }[self.value]

    @property
    def settles(self) -> bool:
        """True where nothing remains to be done by the staff."""
        return self is not DecisionKind.RETURNED


# A text with a hole cannot be called fine: someone must fill it or send it back.
_MUST_BE_MENDED = frozenset({str(Verdict.PLACEHOLDER), str(Verdict.CORRUPT)})

LOST_PLACE = "原文已改动，请确认"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided of a finding, when and why. `source` is the basis they name; `version` the one it was
    decided on; `made_version` the version an accepted change made, None otherwise."""

    id: str
    anchor: Anchor
    rule: str
    verdict: str
    kind: DecisionKind
    reason: str
    source: str
    by: str
    at: int
    version: int
    replacement: str | None = None
    made_version: int | None = None


@dataclass(frozen=True, slots=True)
class OpenFinding:
    """A finding of a version with its id, its anchor, and the decision that stands on it, None where it is open."""

    id: str
    finding: Mapping[str, Any]
    anchor: Anchor | None
    decision: Decision | None

    @property
    def blocks(self) -> bool:
        """True where it keeps the draft from being approved."""
        return self.finding["band"] == "block" and not self.is_settled

    @property
    def is_settled(self) -> bool:
        """True where a person settled it."""
        return self.decision is not None and self.decision.kind.settles


@dataclass(frozen=True, slots=True)
class ReviewedVersion:
    """The findings of one version in order, and the decisions whose place is gone."""

    findings: tuple[OpenFinding, ...]
    lost: tuple[Decision, ...]

    @property
    def red(self) -> int:
        """Blocking findings nobody settled."""
        return sum(one.blocks for one in self.findings)

    @property
    def yellow(self) -> int:
        """Other findings nobody decided on."""
        return sum(one.finding["band"] != "block" and one.decision is None for one in self.findings)


def must_be_mended(finding: Mapping[str, Any]) -> bool:
    """True where no decision short of a change settles it: a placeholder, a corrupt number. Pure."""
    return finding["verdict"] in _MUST_BE_MENDED


def reviewed(body: Mapping[str, Any], decisions: Sequence[Decision]) -> ReviewedVersion:
    """The findings of the version `body` with the newest decision that stands on each. Pure."""
    places: dict[tuple[int, int], Decision] = {}
    lost = []
    for one in sorted(decisions, key=lambda decision: decision.at):
        if one.kind is DecisionKind.ACCEPTED:
            continue  # what it decided on is no longer in the text
        place = find_again(one.anchor, body)
        if place is None:
            lost.append(one)
        else:
            places[place.start, place.end] = one
    found, seen = [], dict[str, int]()
    for finding in body.get("check", {}).get("findings", []):
        anchor = anchor_at(body, finding["start"], finding["end"])
        decision = places.get((finding["start"], finding["end"]))
        if decision is not None and decision.verdict != finding["verdict"]:
            decision = None
        found.append(OpenFinding(_id_of(finding, anchor, seen), finding, anchor, decision))
    return ReviewedVersion(tuple(found), tuple(lost))


def _id_of(finding: Mapping[str, Any], anchor: Anchor | None, seen: dict[str, int]) -> str:
    """An id that stays when other places change: of what was found and its surroundings, not of the position. Pure."""
    around = (anchor.before, anchor.after) if anchor else ("", "")
    words = "\0".join((finding["rule"], finding["verdict"], finding["text"], *around))
    plain = "f-" + hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    seen[plain] = seen.get(plain, 0) + 1
    return plain if seen[plain] == 1 else f"{plain}-{seen[plain]}"
