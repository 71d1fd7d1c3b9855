"""What a draft is made with: the roles of the drafting path as plain callables, and the events it tells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from service.domain.draft import DraftRequest, DraftSection, GenrePlan, SectionPlan, Sentence
from service.domain.fact import Fact, NotesRead
from service.domain.finding import CheckResult, Finding
from service.domain.genre import Genre, UnitType
from service.domain.period import Period
from service.domain.report import ExemplarOriginal, Retrieved
from service.drafting.compose_by_rules.opening import voice_of
from service.drafting.compose_by_rules.write import compose_section_by_rules
from service.drafting.read_notes import read_notes
from service.drafting.wishes import read_wish, said_of, with_lines, without_formulas


@dataclass(frozen=True)
class SectionTask:
    """All that one section may be written from: its plan with facts and masked exemplars, the notes, the request.

    `neighbours` are the headings of the draft, `beside` a line on what each other section tells. `wish` is what a
    person asks of a section written again. `check` judges a text against the notes, None where nobody does.
    """

    plan: SectionPlan
    genre: GenrePlan
    request: DraftRequest
    read: NotesRead
    title: str
    neighbours: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    wish: str | None = None
    check: Callable[[str], CheckResult] | None = None


class SectionWriter(Protocol):
    """Writes one section. Safe to call from several threads at once."""

    @property
    def name(self) -> str:
        """`rules`, or the model's name."""

    @property
    def side_by_side(self) -> int:
        """Sections it may write at the same time, at least 1."""

    @property
    def prompts(self) -> Mapping[str, str]:
        """The prompt versions it uses, by template name."""

    def write(self, task: SectionTask, on_text: Callable[[str], None]) -> tuple[DraftSection, Mapping[str, int]]:
        """The section, and what it cost in tokens by kind. `on_text` gets the text so far as it grows."""


class ChooseExemplars(Protocol):
    """Finds past sections fit for a request and its facts."""

    def __call__(self, request: DraftRequest, facts: Sequence[Fact]) -> Sequence[Retrieved]:
        """Masked exemplars with their originals, best first; empty where the shelf holds none."""


class Check(Protocol):
    """The checker, as `service.checking.check.check_draft`."""

    def __call__(
        self,
        notes: str,
        draft: str,
        exemplars: Sequence[ExemplarOriginal] = (),
        period: Period | None = None,
        known: Sequence[str] = (),
    ) -> CheckResult:
        """Every numeral of `draft` judged against `notes`."""


class RuleWriter:
    """The rule composer as a section writer."""

    name = "rules"
    side_by_side = 1
    prompts: Mapping[str, str] = {}

    def write(self, task: SectionTask, on_text: Callable[[str], None]) -> tuple[DraftSection, Mapping[str, int]]:
        """The section by rules; `on_text` gets it whole. What rules cannot do of a wish stands in `degraded`."""
        wish = read_wish(task.wish) if task.wish else None
        plan, not_done = with_lines(task.plan, task.read, wish.lines) if wish else (task.plan, [])
        section = compose_section_by_rules(plan, task.genre, task.request, task.read.notes, voice_of(task.request))
        if wish:
            shorter = without_formulas(section) if wish.shorter else section
            said = said_of(wish, not_done, shorter.text != section.text)
            section = replace(shorter, degraded=said)
        on_text(section.text)
        return section, {}


def no_exemplars(request: DraftRequest, facts: Sequence[Fact]) -> Sequence[Retrieved]:
    """No exemplar at all: a draft without a shelf of past reports."""
    del request, facts
    return ()


def check_by_rules(
    notes: str,
    draft: str,
    exemplars: Sequence[ExemplarOriginal] = (),
    period: Period | None = None,
    known: Sequence[str] = (),
) -> CheckResult:
    """The checker of this house, loaded when first used."""
    from service.checking.check import check_draft

    return check_draft(notes, draft, exemplars, period, known)


def genre_plan(genre: Genre, unit_type: UnitType) -> GenrePlan:
    """The plan of a genre as the prompts room holds it."""
    from prompts.load import load_genre_plan

    return load_genre_plan(genre, unit_type)


@dataclass(frozen=True)
class DraftingTools:
    """The roles of one draft. The defaults make a complete draft by rules, without shelf, model or network.

    `repair_rounds` bounds how often a section with blocking findings is mended before its sentence becomes a question.
    `notes_max_chars` is the longest notes accepted, in characters.
    """

    writer: SectionWriter = field(default_factory=RuleWriter)
    choose_exemplars: ChooseExemplars = no_exemplars
    check: Check = check_by_rules
    read_notes: Callable[[str, Period | None], NotesRead] = read_notes
    genre_plan: Callable[[Genre, UnitType], GenrePlan] = genre_plan
    repair_rounds: int = 2
    notes_max_chars: int = 100_000


@dataclass(frozen=True)
class DraftEvent:
    """Something a reader of a running draft is told: `stage`, `section`, `finding` or `done`."""

    kind: str
    detail: Mapping[str, Any]


def stage_event(step: str, chinese: str, **told: int | str) -> DraftEvent:
    """A step of the way has begun: `step` for programs, `chinese` for people."""
    return DraftEvent("stage", {"step": step, "message": chinese, **told})


def section_event(
    index: int, total: int, heading: str, text: str, sentences: Sequence[Sentence], complete: bool
) -> DraftEvent:
    """The text of one section so far; `sentences` only once it is complete."""
    told = [
        {"start": one.start, "end": one.end, "note_lines": list(one.note_lines), "kind": str(one.kind)}
        for one in sentences
    ]
    return DraftEvent(
        "section",
        {"index": index, "total": total, "heading": heading, "text": text, "sentences": told, "complete": complete},
    )


def finding_event(finding: Finding) -> DraftEvent:
    """One finding of the finished draft."""
    return DraftEvent("finding", finding.to_json())
