"""Shared makings of the drafting tests: facts by hand, requests, and a drafting path without a shelf."""

from __future__ import annotations

from typing import Any

from service.domain.draft import Draft, DraftRequest
from service.domain.fact import Fact, FactKind
from service.domain.genre import Genre, UnitType
from service.domain.period import parse_period
from service.domain.text import Span
from service.drafting.compose_by_rules.rewrite import Voice
from service.drafting.draft_report import draft_report
from service.drafting.tools import DraftingTools

VOICE = Voice("我街道", "本季度", 2024)


def fact(text: str, kind: FactKind = FactKind.ACTIVITY, line: int = 1, start: int = 0, **more: Any) -> Fact:
    """A fact of one line, as the reader would give it."""
    return Fact(f"F{line}-{start}", (line,), Span(start, start + len(text)), text, text, kind, **more)


def request(
    notes: str,
    genre: Genre = Genre.PROGRESS,
    unit: str = "云溪街道办事处",
    unit_type: UnitType = UnitType.STREET,
    period: str = "2024年第一季度",
    length: int | None = None,
) -> DraftRequest:
    """What a clerk asks for."""
    return DraftRequest(notes, genre, unit, parse_period(period), unit_type, None, length)


def drafted(notes: str, genre: Genre = Genre.PROGRESS, **more: Any) -> Draft:
    """The draft of `notes` by rules."""
    return draft_report(request(notes, genre, **more), DraftingTools())
