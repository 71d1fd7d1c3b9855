"""Requests and answers of the API as the OpenAPI document states them. Answers may carry more fields than stated."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

LongText = Annotated[str, Field(max_length=2_000_000)]
ShortText = Annotated[str, Field(max_length=400)]


class Asked(BaseModel):
    """Base of request bodies: an unknown field is refused, because it is a misspelt one."""

    model_config = ConfigDict(extra="forbid")


class Answer(BaseModel):
    """Base of answers."""

    model_config = ConfigDict(extra="allow")


class ErrorAnswer(Answer):
    """The one error shape."""

    error: str
    message: str
    detail: dict[str, Any]
    request_id: str


class CheckAsked(Asked):
    """A draft to be checked against notes."""

    notes: LongText
    draft: LongText
    exemplars: Annotated[list[LongText], Field(max_length=50)] = []
    period: ShortText | None = None
    unit: ShortText | None = None


class EvidenceAnswer(Answer):
    """Where a claim stands. `line` is null where `source` names a past report instead of the notes."""

    line: int | None
    start: int
    end: int
    text: str


class FindingAnswer(Answer):
    """One judged claim."""

    start: int
    end: int
    text: str
    kind: str
    verdict: str
    band: Literal["pass", "warn", "block", "undecided"]
    rule: str
    message: str
    suggestion: str | None
    formula: str | None
    evidence: list[EvidenceAnswer]


class SkippedAnswer(Answer):
    """A numeral that is no claim."""

    start: int
    end: int
    text: str
    reason: str


class UnusedNoteAnswer(Answer):
    """A note line the draft does not rest on."""

    line: int
    text: str
    reason: str


class WordingAnswer(Answer):
    """A slip of wording or layout; `replacement` is the text to put in its place, null where only a person can tell."""

    start: int
    end: int
    text: str
    rule: str
    severity: Literal["suggestion", "warning"]
    message: str
    replacement: str | None


class CheckAnswer(Answer):
    """As `zhibi check --json`."""

    findings: list[FindingAnswer]
    passed: list[FindingAnswer]
    skipped: list[SkippedAnswer]
    unused_notes: list[UnusedNoteAnswer]
    summary: dict[str, Any]
    wording: list[WordingAnswer]
    names: list[dict[str, Any]]


class NotesAsked(Asked):
    """Notes being typed."""

    notes: LongText
    period: ShortText | None = None


class SectionWishAsked(Asked):
    """One section of an arranged outline: a key of `POST /outline` or a new one, its heading, ids of its facts."""

    key: Annotated[str, Field(min_length=1, max_length=40)]
    heading: Annotated[str, Field(max_length=100)]
    facts: Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=5_000)] = []


class DraftAsked(Asked):
    """What to draft. `unit` is the signed-in person's own where it is left out; `length` is in characters.

    `outline` are the sections as a person arranged them, in order; without it the genre's own hold.
    """

    notes: LongText
    genre: ShortText
    period: ShortText
    unit: ShortText | None = None
    unit_type: ShortText | None = None
    title: ShortText | None = None
    length: Annotated[int, Field(ge=100, le=20_000)] | None = None
    outline: Annotated[list[SectionWishAsked], Field(max_length=40)] | None = None


class DraftQueued(Answer):
    """A draft under way: its id and where its events are."""

    id: str
    events: str


class SectionAsked(Asked):
    """A section as a person left it."""

    heading: ShortText
    text: LongText


class EditAsked(Asked):
    """An edit: a new title, new sections in order, answers to questions, each where it is given.

    `supplements` are all answers so far, one line each; they count as note lines after the notes.
    """

    title: ShortText | None = None
    sections: Annotated[list[SectionAsked], Field(max_length=200)] | None = None
    supplements: Annotated[list[ShortText], Field(max_length=200)] | None = None
    reason: ShortText | None = None


class RewriteAsked(Asked):
    """A wish for one section, for a model; rules write the section from the notes again."""

    instruction: Annotated[str, Field(max_length=2_000)] | None = None


class VersionAnswer(Answer):
    """One version in a list."""

    number: int
    sha256: str
    author: str
    reason: str
    created_at: str


StateName = Literal[
    "drafting",
    "editing",
    "submitted",
    "reviewing",
    "returned",
    "approved",
    "exported",
    "void",
    "failed",
]


class DraftRow(Answer):
    """One draft in a list. `version` is 0 until something is written."""

    id: str
    title: str
    genre: str
    unit: str
    period: str
    state: StateName
    version: int
    owner: str
    failure: str | None
    created_at: str
    updated_at: str


class DraftAnswer(DraftRow):
    """One draft whole: its notes, its newest version (`draft`, as `zhibi draft --json`, null before the first), and the
    list of versions; `settled` holds its findings that an editor settled."""

    notes: str
    notes_sha256: str
    request: dict[str, Any]
    draft: dict[str, Any] | None
    versions: list[VersionAnswer]
    reviews: list[dict[str, Any]]
    settled: list[dict[str, Any]]


class SessionAnswer(Answer):
    """Who is signed in, what a browser's writes must repeat in X-CSRF-Token ("" for a token), and when it ends."""

    name: str
    role: str
    unit: str
    csrf: str
    expires_at: str | None


class SearchAnswer(Answer):
    """One past section found."""

    report_id: str
    source: str
    title: str
    genre: str
    unit_type: str
    heading: str
    text: str
    score: float


class IngestAnswer(Answer):
    """As `zhibi ingest --json`."""

    files: int
    reports: list[dict[str, Any]]
    dropped: list[dict[str, Any]]
    not_reports: list[dict[str, Any]]
    failed: list[dict[str, Any]]


class StateAnswer(Answer):
    """The draft's state after a change, and its version."""

    id: str
    state: str
    version: int
