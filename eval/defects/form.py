"""Defects of form: sections, headings, length, register, filling, repetition, Word layout, determinism, cost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

from eval.cases import Case
from eval.defects.plant import PADDED, TURNED, Plant, edits, filled
from eval.defects.rewriting import Edit, Part, added, longest, mapped
from eval.trial import Trial
from prompts.load import load_genre_plan
from service.domain.draft import SentenceKind
from service.export.word import draft_docx

_CHAT = ("咱们搞了清扫。", "大伙挺高兴哈哈。", "啥也没弄。")
_OTHER_WORDS = ("甲乙", "丙丁", "戊己")
_WORD_DAMAGE = (
    ("word/document.xml", b'w:top="', b'w:top="9'),
    ("word/styles.xml", "仿宋_GB2312".encode(), b"Arial"),
    ("word/styles.xml", "黑体".encode(), b"Arial"),
)


def _headed(parts: Sequence[Part]) -> list[int]:
    return [at for at, part in enumerate(parts) if part.heading]


def _fewer_sections(strength: int) -> Edit:
    """Takes out headed sections from the last, keeping one. Pure."""

    def edit(parts: list[Part]) -> list[Part]:
        gone = set(_headed(parts)[1:][-strength:])
        return [part for at, part in enumerate(parts) if at not in gone]

    return edit


def _turned_sections(strength: int) -> Edit:
    """Moves the last headed section up by `strength` places. Pure."""

    def edit(parts: list[Part]) -> list[Part]:
        places = _headed(parts)
        for step in range(strength):
            one, other = places[-1 - step], places[-2 - step]
            parts[one], parts[other] = parts[other], parts[one]
        return parts

    return edit


def _renamed(strength: int) -> Edit:
    def edit(parts: list[Part]) -> list[Part]:
        for at, name in zip(_headed(parts), _OTHER_WORDS[:strength], strict=False):
            parts[at] = replace(parts[at], heading=name)
        return parts

    return edit


def _several_sections(case: Case, trial: Trial) -> tuple[Case, Trial] | None:
    return (case, trial) if sum(bool(one.heading) for one in trial.draft.sections) >= 4 else None


def _several_required(case: Case, trial: Trial) -> tuple[Case, Trial] | None:
    required = [one for one in load_genre_plan(case.genre).sections if one.empty == "ask" and one.heading]
    return _several_sections(case, trial) if len(required) >= 3 else None


def _own_as_reference(case: Case, trial: Trial) -> tuple[Case, Trial] | None:
    """The good draft as its own reference, so that it begins at the best score."""
    ready = _several_sections(case, trial)
    return None if ready is None else (replace(case, reference=trial.draft.text), trial)


def _shorter(strength: int) -> Edit:
    return mapped(lambda number, piece: None if number % 5 < strength else piece)


def _again(strength: int) -> Edit:
    """Says again sentences of the longest section that are long enough to be told apart. Pure."""

    def edit(parts: list[Part]) -> list[Part]:
        told = [
            piece
            for part in parts
            for piece in part.pieces
            if piece.kind is SentenceKind.FACT and len(piece.text) > 16 and "【" not in piece.text
        ]
        at = longest(parts)
        again = [replace(piece, before="\n") for piece in told[:strength]]
        parts[at] = replace(parts[at], pieces=(*parts[at].pieces, *again))
        return parts

    return edit


def _with_word(case: Case, trial: Trial) -> tuple[Case, Trial]:
    draft = trial.draft
    return case, replace(trial, word=draft_docx(draft.title, [(one.heading, one.text) for one in draft.sections]))


def _broken_word(case: Case, trial: Trial, strength: int) -> Trial:
    return replace(trial, word=_changed(trial.word or b"", _WORD_DAMAGE[:strength]))


def _labelled_word(case: Case, trial: Trial, strength: int) -> Trial:
    return replace(trial, word=_changed(trial.word or b"", (("docProps/core.xml", b"zh-CN", b"en" + b"g" * strength),)))


def _changed(word: bytes, changes: Sequence[tuple[str, bytes, bytes]]) -> bytes:
    """The file with bytes of its parts replaced. Pure."""
    made = BytesIO()
    with ZipFile(BytesIO(word)) as old, ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            for part, before, after in changes:
                content = content.replace(before, after) if part == name else content
            new.writestr(name, content)
    return made.getvalue()


def _drafted_again(case: Case, trial: Trial) -> tuple[Case, Trial]:
    return case, replace(trial, again=trial.draft.text)


def _other_again(case: Case, trial: Trial, strength: int) -> Trial:
    rows = trial.draft.text.split("\n")
    return replace(trial, again="\n".join(row + "等" if at < strength else row for at, row in enumerate(rows)))


def _turned_again(case: Case, trial: Trial, strength: int) -> Trial:
    rows = trial.draft.text.split("\n")
    return replace(trial, again="\n".join([*rows[strength:], *rows[:strength]]))


def _priced(case: Case, trial: Trial) -> tuple[Case, Trial]:
    usage = {"prompt_tokens": 900, "completion_tokens": 300, "requests": 2, "cost_millionths": 2_000_000}
    provenance = replace(trial.draft.provenance, usage=usage)
    return case, replace(trial, draft=replace(trial.draft, provenance=provenance), seconds={"read": 0.5, "write": 1.5})


def _dearer(case: Case, trial: Trial, strength: int) -> Trial:
    usage = {name: amount * (1 + strength) for name, amount in trial.draft.provenance.usage.items()}
    provenance = replace(trial.draft.provenance, usage=usage)
    return replace(trial, draft=replace(trial.draft, provenance=provenance))


def _slower(case: Case, trial: Trial, strength: int) -> Trial:
    return replace(trial, seconds={**trial.seconds, "write": 1.5 + strength})


def _formal(strength: int) -> Edit:
    return mapped(lambda number, piece: replace(piece, text=re.sub("开展", "组织", piece.text, count=strength)))


PLANTS = (
    Plant(
        "sections",
        "required sections left out",
        edits(_fewer_sections),
        "sections in another order",
        edits(_turned_sections),
        _several_required,
    ),
    Plant(
        "section_order",
        "the last section moved up",
        edits(_turned_sections),
        "sentences reordered",
        TURNED,
        _several_sections,
    ),
    Plant("headings", "headings in other words", edits(_renamed), "filling added", PADDED, _own_as_reference),
    Plant("length", "sentences left out", edits(_shorter), "sentences reordered", TURNED, _own_as_reference),
    Plant(
        "register",
        "words of the chat",
        edits(lambda strength: added(*_CHAT[:strength])),
        "official words for one another",
        edits(_formal),
    ),
    Plant("formula_share", "filling added", edits(filled), "sentences reordered", TURNED),
    Plant("repetition", "sentences said again", edits(_again), "sentences reordered", TURNED),
    Plant("word_format", "margin and faces changed", _broken_word, "properties changed", _labelled_word, _with_word),
    Plant(
        "determinism",
        "paragraphs that differ the second time",
        _other_again,
        "paragraphs in another order",
        _turned_again,
        _drafted_again,
    ),
    Plant("tokens", "more tokens", _dearer, "filling added", PADDED, _priced),
    Plant("cost", "more tokens", _dearer, "filling added", PADDED, _priced),
    Plant("seconds", "a slower writer", _slower, "filling added", PADDED, _priced),
)
