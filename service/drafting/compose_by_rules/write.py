"""The rule composer's one door: a section plan in, a written section out."""

from __future__ import annotations

from service.domain.draft import DraftRequest, DraftSection, GenrePlan, SectionPlan
from service.domain.text import Notes
from service.drafting.compose_by_rules.issues import compose_issues
from service.drafting.compose_by_rules.opening import compose_closing, compose_opening
from service.drafting.compose_by_rules.rewrite import Voice
from service.drafting.compose_by_rules.section import compose_section


def compose_section_by_rules(
    plan: SectionPlan, genre: GenrePlan, request: DraftRequest, notes: Notes, voice: Voice
) -> DraftSection:
    """The section of `plan`: opening, closing, list of issues or plain paragraphs, as its plan says. Pure."""
    if plan.planned.key == "opening":
        return compose_opening(plan, genre, request)
    if plan.planned.key == "closing":
        return compose_closing(genre, request)
    if any(field.per == "item" for field in plan.planned.requires) and plan.groups:
        return compose_issues(plan, voice)
    return compose_section(plan, notes, voice, genre)
