"""Shapes of the review: hand-in, queue, decisions, comments, suggestions, comparison, fact sheet."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from service.domain.review import DecisionKind
from service.web.shapes import Answer, Asked, StateName

Reason = Annotated[str, Field(max_length=2_000)]
Offset = Annotated[int, Field(ge=0, le=2_000_000)]


class SubmitAsked(Asked):
    """A hand-in; `note` is what the editor should know."""

    note: Reason = ""


class ReasonAsked(Asked):
    """A step that may be explained."""

    reason: Reason = ""


class DecisionAsked(Asked):
    """What an editor decided of the finding at `start`–`end` of the newest version.

    `accepted` changes the text to `replacement`, to the finding's own where it is left out; the others need `reason`,
    and `sourced` the basis in `source`.
    """

    start: Offset
    end: Offset
    decision: DecisionKind
    reason: Reason = ""
    source: Reason = ""
    replacement: Annotated[str | None, Field(max_length=4_000)] = None


class DecisionsAsked(Asked):
    """The same decision on several findings of one rule, all or none."""

    places: Annotated[list[tuple[Offset, Offset]], Field(min_length=1, max_length=400)]
    decision: Literal[DecisionKind.SOURCED, DecisionKind.NOT_APPLICABLE, DecisionKind.RETURNED]
    reason: Reason
    source: Reason = ""


class NotedDecision(Asked):
    """A decision told along with a verdict, kept with it as it is."""

    start: Offset
    end: Offset
    decision: DecisionKind
    reason: Reason = ""


class ReviewAsked(Asked):
    """An editor's verdict. `unresolved` is how many yellow findings the editor was shown as open, when they confirmed;
    an approval is refused where that is no longer so."""

    outcome: Literal["approved", "returned"]
    reason: Reason = ""
    decisions: Annotated[list[NotedDecision], Field(max_length=2_000, default_factory=list)]
    unresolved: Annotated[int | None, Field(ge=0, le=100_000)] = None


class CommentAsked(Asked):
    """A remark on `start`–`end` of the newest version, on the whole draft without them, or an answer in `thread`."""

    text: Annotated[str, Field(min_length=1, max_length=4_000)]
    start: Offset | None = None
    end: Offset | None = None
    thread: Annotated[str | None, Field(max_length=32, pattern=r"^[0-9a-z]*$")] = None


class ResolveAsked(Asked):
    """Whether a thread is settled."""

    resolved: bool


class SuggestionAsked(Asked):
    """Other words for `start`–`end` of the newest version."""

    start: Offset
    end: Offset
    replacement: Annotated[str, Field(max_length=4_000)]
    reason: Reason = ""


class SettleAsked(Asked):
    """What becomes of a suggestion; a refusal needs a reason."""

    outcome: Literal["accepted", "rejected"]
    reason: Reason = ""


class AnchorAnswer(Answer):
    """Where a remark was made: section heading, quote, 16 characters on either side, offset from the heading."""

    section: str
    quote: str
    before: str
    after: str
    offset: int


class PlaceAnswer(Answer):
    """Where it stands in the newest version."""

    start: int
    end: int


class DecisionAnswer(Answer):
    """A decision. `place` is null where the text has changed (`notice` says so), or holds the accepted change."""

    id: str
    decision: DecisionKind
    decision_name: str
    reason: str
    source: str
    replacement: str | None
    rule: str
    verdict: str
    by: str
    at: str
    version: int
    made_version: int | None
    anchor: AnchorAnswer
    place: PlaceAnswer | None
    notice: str | None
    undone_by: str | None


class OpenFindingAnswer(Answer):
    """A finding as `check --json`, with an id that stays, its section (from 1, 0 the title) and the decision on it."""

    id: str
    start: int
    end: int
    text: str
    verdict: str
    verdict_name: str
    band: str
    rule: str
    message: str
    section: int
    settled: bool
    decision: DecisionAnswer | None


class FindingsAnswer(Answer):
    """The findings of the newest version. `lost` are decisions whose text has changed."""

    version: int
    findings: list[OpenFindingAnswer]
    lost: list[DecisionAnswer]
    red: int
    yellow: int
    done: int
    total: int


class CommentAnswer(Answer):
    """A remark with its answers."""

    id: str
    text: str
    by: str
    at: str
    version: int
    anchor: AnchorAnswer | None
    place: PlaceAnswer | None
    notice: str | None
    resolved: bool
    resolved_by: str | None
    resolved_at: str | None
    replies: list[dict[str, Any]]


class SuggestionAnswer(Answer):
    """A suggestion."""

    id: str
    replacement: str
    reason: str
    by: str
    at: str
    version: int
    anchor: AnchorAnswer
    place: PlaceAnswer | None
    notice: str | None
    state: Literal["open", "accepted", "rejected", "withdrawn"]
    settled_by: str | None
    settled_at: str | None
    settled_reason: str
    made_version: int | None


class QueueRowAnswer(Answer):
    """One draft in the queue. `waiting_minutes` since it was handed in, while it waits."""

    id: str
    title: str
    genre: str
    unit: str
    owner_unit: str
    period: str
    owner: str
    state: StateName
    state_name: str
    version: int
    chars: int
    red: int
    yellow: int
    submitted_at: str | None
    waiting_minutes: int | None
    editor: str | None
    claimed_at: str | None
    updated_at: str


class QueueAnswer(Answer):
    """One page of the queue; `counts` are all drafts within reach by state."""

    total: int
    counts: dict[str, int]
    rows: list[QueueRowAnswer]


class PieceAnswer(Answer):
    """A run of characters: same, removed, added."""

    kind: Literal["same", "removed", "added"]
    text: str
    number: bool


class CompareRowAnswer(Answer):
    """One sentence of either version, aligned: same, changed, removed, added, or moved to another place."""

    kind: Literal["same", "changed", "removed", "added", "moved"]
    before: str | None
    after: str | None
    pieces: list[PieceAnswer]
    before_start: int | None
    after_start: int | None


class CompareAnswer(Answer):
    """Two versions side by side; with `numbers_only`, only sentences whose numbers changed."""

    before: dict[str, Any]
    after: dict[str, Any]
    rows: list[CompareRowAnswer]
    changed: int
    numbers_changed: int


class SheetRowAnswer(Answer):
    """One number or name: where it is, the note lines it stands on (none where the form gave it, as `message` says),
    its status, and who settled it."""

    start: int
    end: int
    text: str
    section: int
    kind: str
    verdict: str
    verdict_name: str
    band: str
    message: str
    formula: str | None
    lines: list[dict[str, Any]]
    settled_by: str | None
    settled_how: str | None
    settled_at: str | None


class SheetAnswer(Answer):
    """The fact sheet of a version."""

    id: str
    title: str
    unit: str
    version: int
    sha256: str
    state_name: str
    rows: list[SheetRowAnswer]
