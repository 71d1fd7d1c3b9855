"""What a planted defect is, and the two ways of damage that most measures need."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from eval.cases import Case
from eval.defects.rewriting import Edit, added, rewritten, shuffled
from eval.trial import Trial
from service.domain.draft import SentenceKind

Damage = Callable[[Case, Trial, int], Trial]


@dataclass(frozen=True)
class Plant:
    """The proof of one measure: damage it should see and damage it should not, at strengths 1 to 3, with their English
    names. `ready` makes a case and its good trial fit for both, or gives None where they cannot be.
    """

    measure: str
    seen: str
    sees: Damage
    unseen: str
    blind: Damage
    ready: Callable[[Case, Trial], tuple[Case, Trial] | None] = lambda case, trial: (case, trial)


FILLERS = ("各项工作有序推进。", "创建氛围日益浓厚。", "责任链条不断压实。")


def edits(make: Callable[[int], Edit], checked: bool = False) -> Damage:
    """Damage by an edit of the draft that needs nothing of the case. Pure but for the check."""
    return lambda case, trial, strength: rewritten(case, trial, make(strength), checked)


def filled(strength: int) -> Edit:
    """Adds sentences that say nothing. Pure."""
    return added(*FILLERS[:strength], kind=SentenceKind.FORMULA)


PADDED = edits(filled)
TURNED = edits(shuffled)
