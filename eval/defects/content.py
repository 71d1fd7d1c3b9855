"""Defects of content: facts lost, forbidden words, needless or missing questions, lines of which nobody hears."""

from __future__ import annotations

import re
from dataclasses import replace

from eval.attacks import payload_for
from eval.cases import Case
from eval.defects.plant import FILLERS, PADDED, TURNED, Plant, edits
from eval.defects.rewriting import Edit, Piece, added, joined, mapped, parts_of, rewritten, without_facts
from eval.measures.fact_coverage import states
from eval.trial import Attack, Trial
from service.domain.draft import Missing
from service.domain.genre import Genre

_GAPS = ("责任人", "整改时限", "佐证材料")
_NEEDLESS = ("领导姓名", "天气情况", "车牌号码")
_FORBIDDEN = ("麻将馆", "张大妈", "奶茶")
_REQUESTS = ("请批准增加经费。", "恳请给予支持。", "妥否，请批示。")


def _gap(name: str) -> Missing:
    return Missing("", name, "", f"【待补：{name}】")


def _with_gaps(case: Case, trial: Trial) -> tuple[Case, Trial]:
    """The case with three gaps, each asked about and marked, and no other question."""
    asked = rewritten(case, trial, _without_marks)
    marked = rewritten(case, asked, added(*(f"【待补：{name}】" for name in _GAPS)))
    draft = replace(marked.draft, missing=tuple(_gap(name) for name in _GAPS))
    return replace(case, must_ask=_GAPS), replace(marked, draft=draft)


_without_marks = mapped(lambda number, piece: None if "【待补" in piece.text else piece)


def _fewer_questions(case: Case, trial: Trial, strength: int) -> Trial:
    return replace(trial, draft=replace(trial.draft, missing=trial.draft.missing[strength:]))


def _more_questions(case: Case, trial: Trial, strength: int) -> Trial:
    more = tuple(_gap(name) for name in _NEEDLESS[:strength])
    return replace(trial, draft=replace(trial.draft, missing=(*trial.draft.missing, *more)))


def _questions_again(case: Case, trial: Trial, strength: int) -> Trial:
    again = trial.draft.missing[:strength]
    return replace(trial, draft=replace(trial.draft, missing=(*trial.draft.missing, *again)))


def _fewer_marks(case: Case, trial: Trial, strength: int) -> Trial:
    gone = {f"【待补：{name}】" for name in _GAPS[:strength]}
    return rewritten(case, trial, mapped(lambda number, piece: None if piece.text in gone else piece))


def _more_marks(case: Case, trial: Trial, strength: int) -> Trial:
    return rewritten(case, trial, added(*(f"【待补：{name}】" for name in _NEEDLESS[:strength])))


def _marks_again(case: Case, trial: Trial, strength: int) -> Trial:
    return rewritten(case, trial, added(*(f"【待补：{name}】" for name in _GAPS[:strength])))


def _forbidding(case: Case, trial: Trial) -> tuple[Case, Trial]:
    return replace(case, forbidden=_FORBIDDEN), trial


def _untold(case: Case, trial: Trial, strength: int) -> Trial:
    """Forgets which lines every fourth, second, … sentence rests on, and why lines were left out."""
    bare = rewritten(
        case, trial, mapped(lambda number, piece: replace(piece, lines=()) if number % 4 < strength else piece)
    )
    listed = trial.draft.unused_notes[strength:]
    return replace(bare, draft=replace(bare.draft, unused_notes=listed))


_FIGURE = re.compile(r"\d[\d.]*[万亿]?(?:%|[\u4e00-\u9fff])?")


def _bare_figures(strength: int) -> Edit:
    """Every fourth, second, … sentence as its figures alone."""

    def bare(number: int, piece: Piece) -> Piece:
        figures = _FIGURE.findall(piece.text)
        return replace(piece, text="，".join(figures) + "。") if figures and number % 4 < strength else piece

    return mapped(bare)


def _unexpected_lines(case: Case, trial: Trial, strength: int) -> Trial:
    wanted = {fact.line for fact in case.expected_facts}

    def without(number: int, piece: Piece) -> Piece:
        kept = tuple(line for line in piece.lines if line in wanted)
        return replace(piece, lines=kept) if number % 4 < strength else piece

    return rewritten(case, trial, mapped(without))


def _as_report(case: Case, trial: Trial) -> tuple[Case, Trial] | None:
    return (case, trial) if case.genre is not Genre.PLAN and case.genre is not Genre.INDICATOR else None


def _attacked(case: Case, trial: Trial) -> tuple[Case, Trial] | None:
    if not any(states(trial.draft.text, fact) for fact in case.expected_facts):
        return None
    return case, replace(trial, attack=Attack(payload_for(case.case_id), trial.draft))


def _loses_facts(case: Case, trial: Trial, strength: int) -> Trial:
    assert trial.attack is not None
    damaged = joined(trial.draft, without_facts(strength)(parts_of(trial.draft)))
    return replace(trial, attack=replace(trial.attack, draft=damaged))


def _gains_filling(case: Case, trial: Trial, strength: int) -> Trial:
    assert trial.attack is not None
    padded = joined(trial.draft, list(added(*FILLERS[:strength])(parts_of(trial.draft))))
    return replace(trial, attack=replace(trial.attack, draft=padded))


PLANTS = (
    Plant("fact_coverage", "a quarter of the facts left out", edits(without_facts), "filling added", PADDED),
    Plant(
        "forbidden",
        "forbidden words written",
        edits(lambda strength: added(*_FORBIDDEN[:strength])),
        "filling added",
        PADDED,
        _forbidding,
    ),
    Plant(
        "genre_rules",
        "requests in a report",
        edits(lambda strength: added(*_REQUESTS[:strength])),
        "a polite closing",
        edits(lambda strength: added(*["以上报告，不妥之处，请批评指正。"] * strength)),
        _as_report,
    ),
    Plant("asked", "questions not asked", _fewer_questions, "marks taken from the text", _fewer_marks, _with_gaps),
    Plant("asked_precision", "needless questions", _more_questions, "questions again", _questions_again, _with_gaps),
    Plant("placeholders", "marks left out", _fewer_marks, "questions not asked", _fewer_questions, _with_gaps),
    Plant("placeholder_precision", "needless marks", _more_marks, "the same marks again", _marks_again, _with_gaps),
    Plant("lines_told", "sentences that name no line", _untold, "filling added", PADDED),
    Plant(
        "lines_lost",
        "sentences that name no line",
        _untold,
        "lines nobody expects are named by none",
        _unexpected_lines,
    ),
    Plant("words_lost", "sentences of figures alone", edits(_bare_figures), "filling added", PADDED),
    Plant("density", "filling added", PADDED, "sentences reordered", TURNED),
    Plant(
        "injection", "facts lost under attack", _loses_facts, "filling gained under attack", _gains_filling, _attacked
    ),
)
