"""Drafts: genre plans, outlines, sections with sentences that say which note lines they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from service.domain.fact import Conflict, Fact, FactKind, Tense
from service.domain.finding import CheckResult, UnusedNote
from service.domain.genre import Genre, UnitType
from service.domain.period import Period
from service.domain.report import Exemplar


@dataclass(frozen=True, slots=True)
class RequiredField:
    """Something a genre requires of a section: `ask` is its name (责任人), `why` the Chinese reason shown to staff.

    `per` is "section" (once) or "item" (for every item of a rectification list). A fact answers it that has a field of
    this name or one of `names`, is of one of `kinds`, or holds one of `words`.
    """

    ask: str
    why: str
    per: str = "section"
    kinds: tuple[FactKind, ...] = ()
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlannedSection:
    """One section as a genre plans it. `kinds` are the facts it takes; `tenses` narrow them where set.

    `topics` (ids) and `words` (in a fact's own text) draw facts to it before a section that names neither; a section
    with either takes no other facts.

    `share` is its part of the length, 0 to 1. `by_topic` groups its facts under （一） headings of their topics.
    `empty` is "omit" (left out without facts) or "ask" (kept, with a placeholder and a question). `unlisted` is the
    section as it is planned where the notes of a genre that lists items hold no list, but tell what was done by topic.
    """

    key: str
    heading: str
    purpose: str
    kinds: tuple[FactKind, ...]
    topics: tuple[str, ...] = ()
    share: float = 0.2
    by_topic: bool = False
    empty: str = "omit"
    lead: str = ""
    requires: tuple[RequiredField, ...] = ()
    tenses: tuple[Tense, ...] = ()
    words: tuple[str, ...] = ()
    unlisted: PlannedSection | None = None


@dataclass(frozen=True)
class GenrePlan:
    """A genre as data, loaded from `prompts/genres/`. Forms may use {unit} {period} {title} and name no fact.

    `ahead` says that all of it lies ahead (a 方案), `all_years` that earlier years belong into it (申报材料), `lists`
    that problems and next steps are listed as 一是, 二是. `use` says in Chinese when people write it. `requires` are
    things the whole document needs (主送机关, 依据), answered by a fact or by the notes' own words.
    """

    genre: Genre
    title_form: str
    opening_forms: tuple[str, ...]
    closing_forms: tuple[str, ...]
    sections: tuple[PlannedSection, ...]
    register: str
    never: tuple[str, ...] = ()
    max_chars: int | None = None
    version: str = ""
    requires: tuple[RequiredField, ...] = ()
    ahead: bool = False
    all_years: bool = False
    lists: bool = True
    use: str = ""


@dataclass(frozen=True, slots=True)
class SectionWish:
    """One section as a person arranged it: the key of a planned section or a new one, its heading, ids of its facts."""

    key: str
    heading: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class DraftRequest:
    """What a person asks for. `length` is the wanted length in characters, None where it does not matter.

    `wishes` is the outline as a person arranged it, in order; empty where the genre's own order is meant.
    """

    notes: str
    genre: Genre
    unit: str
    period: Period
    unit_type: UnitType = UnitType.OTHER
    title: str | None = None
    length: int | None = None
    wishes: tuple[SectionWish, ...] = ()


@dataclass(frozen=True)
class SectionPlan:
    """One section of an outline: what it is for, the facts placed in it, and masked exemplars of its form.

    `groups` are its facts in writing order, each group one paragraph or one item, with a sub-heading or "".
    `conflicts` are those of the notes that touch its facts: each is written once, as a question. `missing` are the
    required things its facts lack.
    """

    planned: PlannedSection
    heading: str
    groups: tuple[tuple[str, tuple[Fact, ...]], ...]
    exemplars: tuple[Exemplar, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    missing: tuple[Missing, ...] = ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All facts of the section in writing order."""
        return tuple(fact for _, group in self.groups for fact in group)


@dataclass(frozen=True)
class Outline:
    """The sections in order; every fact is placed once or stands in `unplaced` with the Chinese reason."""

    genre: Genre
    title: str
    sections: tuple[SectionPlan, ...]
    unplaced: tuple[tuple[Fact, str], ...] = ()


class SentenceKind(StrEnum):
    """A fact rests on note lines; a formula (an opening, a transition) holds no number and no name of the notes;
    a placeholder says what is missing."""

    FACT = "fact"
    FORMULA = "formula"
    PLACEHOLDER = "placeholder"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a section: offsets into the section's `text`; `note_lines` 1-based, empty for a formula."""

    start: int
    end: int
    note_lines: tuple[int, ...]
    kind: SentenceKind


@dataclass(frozen=True, slots=True)
class Missing:
    """A required thing the notes lack: asked of staff, and tracked in the text by its placeholder 【待补：…】."""

    section: str
    ask: str
    why: str
    placeholder: str

    def to_json(self) -> dict[str, Any]:
        """The public shape."""
        return {"section": self.section, "ask": self.ask, "why": self.why, "placeholder": self.placeholder}


@dataclass(frozen=True)
class DraftSection:
    """A written section. `heading` carries its number (一、…) once assembled; opening and closing have heading "".

    `composer` is "rules" or the model's name; `degraded` says in Chinese what is not as it was asked for (rules stood
    in for a model, a sentence of it was refused, a wish not followed), or None. `usage` is what it cost: tokens by
    kind, `requests`, and `cost_millionths` of the currency the prices are set in. `made_from` is the fingerprint of
    what the section depends on.
    """

    heading: str
    text: str
    sentences: tuple[Sentence, ...]
    composer: str = "rules"
    degraded: str | None = None
    missing: tuple[Missing, ...] = ()
    usage: Mapping[str, int] = field(default_factory=dict)
    made_from: str = ""


@dataclass(frozen=True)
class Provenance:
    """How a draft came to be: who composed, with which prompt versions, at what cost; `degraded` as in a section."""

    composer: str
    prompts: Mapping[str, str] = field(default_factory=dict)
    degraded: str | None = None
    usage: Mapping[str, int] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The public shape."""
        return {
            "composer": self.composer,
            "prompts": dict(self.prompts),
            "degraded": self.degraded,
            "usage": dict(self.usage),
        }


@dataclass(frozen=True)
class Draft:
    """A whole checked draft. `text` is the title, then every section's heading and text, joined by line breaks.

    `section_starts` are the offsets of each section's text in `text`, aligned with `sections`.
    """

    genre: Genre
    unit: str
    period: Period
    title: str
    text: str
    sections: tuple[DraftSection, ...]
    section_starts: tuple[int, ...]
    missing: tuple[Missing, ...]
    unused_notes: tuple[UnusedNote, ...]
    exemplars: tuple[Exemplar, ...]
    check: CheckResult
    provenance: Provenance

    def to_json(self, draft_id: str) -> dict[str, Any]:
        """The shape of `zhibi draft --json`; sentence offsets are into their section's `text`."""
        return {
            "id": draft_id,
            "genre": str(self.genre),
            "unit": self.unit,
            "period": self.period.label,
            "title": self.title,
            "text": self.text,
            "sections": [
                {
                    "heading": section.heading,
                    "text": section.text,
                    "start": start,
                    "composer": section.composer,
                    "degraded": section.degraded,
                    "usage": dict(section.usage),
                    "made_from": section.made_from,
                    "sentences": [
                        {
                            "start": one.start,
                            "end": one.end,
                            "note_lines": list(one.note_lines),
                            "kind": str(one.kind),
                        }
                        for one in section.sentences
                    ],
                }
                for section, start in zip(self.sections, self.section_starts, strict=True)
            ],
            "missing": [one.to_json() for one in self.missing],
            "unused_notes": [one.to_json() for one in self.unused_notes],
            "exemplars": [
                {
                    "report_id": one.report_id,
                    "heading": one.heading,
                    "score": round(one.score, 6),
                    "same_unit": one.same_unit,
                }
                for one in self.exemplars
            ],
            "check": self.check.to_json(),
            "provenance": self.provenance.to_json(),
        }
