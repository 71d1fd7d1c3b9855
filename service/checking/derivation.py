"""A number made of others, as a value: its formula in Chinese and the claims it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.checking.claim import Claim


@dataclass(frozen=True, slots=True)
class Derivation:
    """A number made of others: its formula in Chinese, the claims it rests on, why it may not be safe ("" if it is)."""

    formula: str
    operands: tuple[Claim, ...]
    doubt: str = ""


def said(claim: Claim) -> str:
    """A claim as its text writes it. Pure."""
    return claim.mention.text.strip()


def made_of(steps: str, result: str, *operands: Claim) -> str:
    """A formula in Chinese with the note lines it rests on. Pure."""
    return f"{steps} = {result}（{lines_of(operands)}）"


def lines_of(group: Sequence[Claim]) -> str:
    """The note lines of some claims as people name them: 行3、行7. Pure."""
    return "、".join(f"行{number}" for number in sorted({one.line for one in group}))
