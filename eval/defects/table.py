"""The table of planted defects: each measure under damage it should see and damage it should not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eval.cases import Case, load_cases
from eval.defects import content, form, numbers
from eval.defects.plant import Damage, Plant
from eval.drafting import Extras, try_case
from eval.measures import ALL
from eval.trial import Trial
from service.drafting.tools import DraftingTools

PLANTS: tuple[Plant, ...] = (*numbers.PLANTS, *content.PLANTS, *form.PLANTS)
STRENGTHS = (0, 1, 2, 3)
# Cases of five genres, rich in facts, whose drafts by rules are good enough to be worth damaging.
BASES = (
    "progress-02-community-ledger",
    "self-inspection-01-street-chat",
    "summary-02-town-bullets",
    "declaration-02-hospital-list",
    "plan-01-school-ideas",
    "community-01-baihe-notes",
)


@dataclass(frozen=True)
class Row:
    """One measure: its mean over the bases at each strength, seen and unseen, and how many bases could be scored."""

    plant: Plant
    higher_is_better: bool | None
    seen: tuple[float, ...]
    unseen: tuple[float, ...]
    bases: int

    @property
    def moves(self) -> bool:
        """True where each step of the damage it should see makes the score strictly worse."""
        steps = list(zip(self.seen, self.seen[1:], strict=False))
        return all((after < before) if self.higher_is_better else (after > before) for before, after in steps)

    @property
    def stays(self) -> bool:
        """True where the damage it should not see does not change it."""
        return all(abs(score - self.unseen[0]) < 1e-9 for score in self.unseen)


def rows() -> Iterator[Row]:
    """A row for each plant. Drafts the bases first; deterministic."""
    wanted = {case.case_id: case for case in load_cases("develop")}
    bases = [(wanted[name], try_case(wanted[name], DraftingTools(), Extras(False, False))) for name in BASES]
    measures = {measure.name: measure for measure in ALL}
    for plant in PLANTS:
        measure = measures[plant.measure]
        ready = [made for case, trial in bases if (made := plant.ready(case, trial)) is not None]
        seen, unseen = (_means(plant, damage, ready) for damage in (plant.sees, plant.blind))
        yield Row(plant, measure.higher_is_better, seen, unseen, len(ready))


def _means(plant: Plant, damage: Damage, ready: Sequence[tuple[Case, Trial]]) -> tuple[float, ...]:
    measure = next(one for one in ALL if one.name == plant.measure)
    means = []
    for strength in STRENGTHS:
        scores = []
        for case, trial in ready:
            score = measure.score(case, damage(case, trial, strength) if strength else trial)
            if score is not None:
                scores.append(score)
        means.append(sum(scores) / len(scores) if scores else float("nan"))
    return tuple(means)
