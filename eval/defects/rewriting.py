"""A trial rewritten sentence by sentence, with everything else about it kept true to the new text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from eval.cases import Case
from eval.trial import Trial
from service.checking.check import check_draft
from service.domain.draft import Draft, DraftSection, Sentence, SentenceKind
from service.domain.finding import CheckResult, Overlap

_NO_CHECK = CheckResult((), (), (), (), Overlap(0, None))


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence with what stands before it, or the end of a section after its last sentence, then of no kind."""

    before: str
    text: str
    kind: SentenceKind | None
    lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class Part:
    """A section as its heading and pieces."""

    heading: str
    pieces: tuple[Piece, ...]


Edit = Callable[[list[Part]], Sequence[Part]]


def parts_of(draft: Draft) -> list[Part]:
    """The sections of a draft as pieces. Pure."""
    return [Part(section.heading, tuple(_pieces(section))) for section in draft.sections]


def _pieces(section: DraftSection) -> list[Piece]:
    pieces, at = [], 0
    for one in sorted(section.sentences, key=lambda sentence: sentence.start):
        text = section.text[one.start : one.end]
        pieces.append(Piece(section.text[at : one.start], text, one.kind, one.note_lines))
        at = one.end
    return [*pieces, Piece("", section.text[at:], None)] if section.text[at:] else pieces


def rewritten(case: Case, trial: Trial, edit: Edit, checked: bool = False) -> Trial:
    """The trial with its draft's sections edited. `checked` has the new text checked anew; else it has no finding."""
    draft = joined(trial.draft, edit(parts_of(trial.draft)))
    found = check_draft(case.notes, draft.text, trial.originals, case.period, [case.unit]) if checked else _NO_CHECK
    return replace(trial, draft=replace(draft, check=found))


def joined(draft: Draft, parts: Sequence[Part]) -> Draft:
    """The draft whose sections are `parts`; headings keep the numbers they have. Pure."""
    sections, starts, text = [], [], draft.title
    for part in parts:
        section = _section(part)
        text += f"\n{part.heading}" if part.heading else ""
        starts.append(len(text) + 1)
        text += f"\n{section.text}"
        sections.append(section)
    return replace(draft, text=text, sections=tuple(sections), section_starts=tuple(starts))


def _section(part: Part) -> DraftSection:
    text, sentences = "", []
    for piece in part.pieces:
        text += piece.before
        if piece.kind is not None:
            sentences.append(Sentence(len(text), len(text) + len(piece.text), piece.lines, piece.kind))
        text += piece.text
    return DraftSection(part.heading, text, tuple(sentences))


def added(*sentences: str, kind: SentenceKind = SentenceKind.FACT, lines: tuple[int, ...] = ()) -> Edit:
    """Appends sentences to the longest section. Pure."""

    def edit(parts: list[Part]) -> list[Part]:
        at = longest(parts)
        new = [Piece("\n", text, kind, lines) for text in sentences]
        parts[at] = replace(parts[at], pieces=(*parts[at].pieces, *new))
        return parts

    return edit


def longest(parts: Sequence[Part]) -> int:
    """The index of the section with most sentences, the first of equals. Pure."""
    return max(range(len(parts)), key=lambda at: len(parts[at].pieces))


def mapped(change: Callable[[int, Piece], Piece | None]) -> Edit:
    """Changes each piece that is a sentence, by its number in the draft; None takes it out. Pure."""

    def edit(parts: list[Part]) -> list[Part]:
        number = 0
        edited = []
        for part in parts:
            pieces = []
            for piece in part.pieces:
                if piece.kind is None:
                    pieces.append(piece)
                    continue
                changed = change(number, piece)
                number += 1
                if changed is not None:
                    pieces.append(changed)
            edited.append(replace(part, pieces=tuple(pieces)))
        return edited

    return edit


def without_facts(strength: int) -> Edit:
    """Takes out a quarter of the sentences that state facts for each step of strength, spread over the draft. Pure."""
    return mapped(lambda number, piece: None if piece.kind is SentenceKind.FACT and number % 4 < strength else piece)


def shuffled(strength: int) -> Edit:
    """Turns the order of the sentences around within the first `strength` sections that have several. Pure."""

    def edit(parts: list[Part]) -> list[Part]:
        turned, left = [], strength
        for part in parts:
            own = [one for one in part.pieces if one.kind is not None]
            if left and len(own) > 1:
                left -= 1
                befores = [one.before for one in own]
                own = [replace(one, before=before) for one, before in zip(reversed(own), befores, strict=True)]
                turned.append(replace(part, pieces=(*own, *(one for one in part.pieces if one.kind is None))))
            else:
                turned.append(part)
        return turned

    return edit
