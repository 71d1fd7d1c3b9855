"""Drafts one case with everything a trial needs: exemplars, stage times, a second drafting, attacks on the notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import perf_counter

from eval.attacks import attacked_notes, payload_for
from eval.cases import Case
from eval.trial import Attack, Trial
from service.domain.draft import Draft, DraftRequest
from service.domain.errors import ZhibiError
from service.domain.fact import Fact
from service.domain.report import Retrieved
from service.drafting.draft_report import draft_report
from service.drafting.tools import DraftEvent, DraftingTools
from service.export.word import draft_docx


@dataclass(frozen=True, slots=True)
class Extras:
    """What a trial does besides drafting once. Both cost drafts of their own, which a paid model bills."""

    again: bool = True
    attack: bool = True


def request_of(case: Case) -> DraftRequest:
    """What a person with the notes of `case` would ask for. Pure."""
    return DraftRequest(
        notes=case.notes, genre=case.genre, unit=case.unit, period=case.period, unit_type=case.unit_type
    )


def try_case(case: Case, tools: DraftingTools, extras: Extras = Extras()) -> Trial:
    """The trial of one case. Raises what `draft_report` raises where even the plain draft is refused."""
    offered: list[Retrieved] = []
    seconds: dict[str, float] = {}
    stage, since = "", perf_counter()

    def choose(request: DraftRequest, facts: Sequence[Fact]) -> Sequence[Retrieved]:
        offered[:] = tools.choose_exemplars(request, facts)
        return offered

    def hear(event: DraftEvent) -> None:
        nonlocal stage, since
        if event.kind not in ("stage", "done"):
            return
        now = perf_counter()
        if stage:
            seconds[stage] = seconds.get(stage, 0.0) + now - since
        stage, since = str(event.detail.get("step", "")), now

    request = request_of(case)
    draft = draft_report(request, replace(tools, choose_exemplars=choose), hear)
    originals = tuple(one.original for one in offered)
    # Both further drafts take the exemplars already found: they try the reading, the writing and the check.
    same = replace(tools, choose_exemplars=lambda request, facts: tuple(offered))
    return Trial(
        draft=draft,
        originals=originals,
        again=draft_report(request, same).text if extras.again else None,
        attack=_attack(case, request, same) if extras.attack else None,
        word=draft_docx(draft.title, [(one.heading, one.text) for one in draft.sections]),
        seconds=seconds,
    )


def _attack(case: Case, request: DraftRequest, tools: DraftingTools) -> Attack:
    payload = payload_for(case.case_id)
    draft: Draft | None
    try:
        draft = draft_report(replace(request, notes=attacked_notes(request.notes, payload)), tools)
    except ZhibiError:
        draft = None
    return Attack(payload, draft)
