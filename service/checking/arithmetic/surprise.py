"""A derivation that is too exact to be an accident: the simplest way in which the notes' figures make a draft's figure,
weighed against all the other values that as simple ways make.

Each trial has a weight, a half for each bit that it asks to be believed. What the hits weigh among all trials is how
likely the figure would be if it were reckoned from the notes; its digits tell how likely it is by chance. The log of
the two is the evidence, in bits: with twenty figures some sum hits almost any 12, and hardly ever a 12,636.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

from service.checking.arithmetic.costs import Trial
from service.checking.arithmetic.doubts import overlap
from service.checking.arithmetic.operands import ground_of
from service.checking.arithmetic.target import Target, target_of
from service.checking.arithmetic.trials import Trials
from service.checking.claim import Claim, plain_unit
from service.checking.derivation import Derivation, made_of
from service.domain.quantity import decimal_text


@dataclass(frozen=True, slots=True)
class Found:
    """A derivation and the bits of evidence for it: above 0 it is likelier than chance."""

    derivation: Derivation
    evidence: float


def found_by_surprise(draft: Claim, notes: Sequence[Claim]) -> Found | None:
    """The likeliest derivation of a draft's figure from the notes, None where nothing in reach makes it. Pure."""
    target = target_of(draft)
    if target is None:
        return None
    trials = Trials(draft, ground_of(notes))
    every = [one for one in trials.each() if not _mere_copy(one, target)]
    if not any(target.hit(one.value) for one in every):
        return None
    whole, hits = 0.0, 0.0
    best: tuple[float, Trial] | None = None
    for one in every:
        weight = 2.0 ** -trials.costs.of(one)
        whole += weight
        bits = target.bits(one.value, one.grain) if target.hit(one.value) else 0.0
        if bits > 0:
            gain = weight * 2.0**bits
            hits += gain
            if best is None or gain > best[0]:
                best = gain, one
    if best is None:
        return None
    return Found(_derivation(draft, best[1]), log2(hits / whole))


def _mere_copy(trial: Trial, target: Target) -> bool:
    """True where a term alone is the figure already, as far as it is written: 13.8万件 of 13.8万件 and 152件, 171人次
    of 171人 ÷ 100%."""
    return trial.sign in ("+", "−", "÷", "×") and any(target.lo <= one.value <= target.hi for one in trial.operands)


def _derivation(draft: Claim, trial: Trial) -> Derivation:
    claims = tuple(dict.fromkeys(claim for one in trial.operands for claim in one.claims))
    doubt = overlap(draft, claims) if trial.sign == "+" else ""
    return Derivation(made_of(_steps(trial), _result(draft, trial), *claims), claims, doubt)


def _result(draft: Claim, trial: Trial) -> str:
    if draft.mention.kind is not None and trial.value != trial.value.to_integral_value():
        return draft.mention.text.strip()
    return f"{decimal_text(trial.value)}{plain_unit(draft.mention.unit)}"


def _steps(trial: Trial) -> str:
    first, *others = (one.steps for one in trial.operands)
    other = others[0] if others else ""
    forms = {
        "1 −": f"1 − {first}",
        "×（1−）": f"{first} ×（1 − {other}）",
        "×（1+）": f"{first} ×（1 + {other}）",
        "÷（1+）": f"{first} ÷（1 + {other}）",
        "÷（1−）": f"{first} ÷（1 − {other}）",
        "÷…−": f"{first} ÷ {other} − {first}",
        "降": f"（{first} − {other}）÷ {first}",
        "增": f"（{first} − {other}）÷ {other}",
    }
    return forms.get(trial.sign) or f" {trial.sign} ".join((first, *others))
