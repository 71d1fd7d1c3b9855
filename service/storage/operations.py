"""What administrators watch: work per unit, tokens per unit and month, how the model fares."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from service.storage.database import Database
from service.storage.model_tables import ModelRequestRow, ModelServerRow
from service.storage.workspace_tables import DraftRow, RunRow


@dataclass(frozen=True, slots=True)
class UnitUse:
    """What one unit used in a span of time."""

    unit: str
    drafts: int
    runs: int
    requests: int
    prompt_tokens: int
    completion_tokens: int

    def cost(self, prompt: float, completion: float) -> float | None:
        """What the tokens cost at these prices of a million; None where neither is set. Pure."""
        if not prompt and not completion:
            return None
        return round((self.prompt_tokens * prompt + self.completion_tokens * completion) / 1_000_000, 4)


class OperationStore:
    """Sums over the record."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def use(self, since: int, until: int) -> list[UnitUse]:
        """What each unit used from `since` to before `until`, most tokens first."""
        with self._database.reading() as session:
            drafts = session.execute(
                select(DraftRow.owner_unit, func.count())
                .where(DraftRow.created_at >= since, DraftRow.created_at < until)
                .group_by(DraftRow.owner_unit)
            ).all()
            runs = session.execute(
                select(DraftRow.owner_unit, func.count())
                .join(RunRow, RunRow.draft_id == DraftRow.id)
                .where(RunRow.created_at >= since, RunRow.created_at < until)
                .group_by(DraftRow.owner_unit)
            ).all()
            tokens = session.execute(
                select(
                    DraftRow.owner_unit,
                    func.count(),
                    func.sum(ModelRequestRow.prompt_tokens),
                    func.sum(ModelRequestRow.completion_tokens),
                )
                .join(RunRow, RunRow.draft_id == DraftRow.id)
                .join(ModelRequestRow, ModelRequestRow.run == RunRow.id)
                .where(ModelRequestRow.at >= since, ModelRequestRow.at < until)
                .group_by(DraftRow.owner_unit)
            ).all()
        made = {unit: int(count) for unit, count in drafts}
        started = {unit: int(count) for unit, count in runs}
        asked = {unit: (int(count), int(prompt or 0), int(reply or 0)) for unit, count, prompt, reply in tokens}
        found = [
            UnitUse(unit, made.get(unit, 0), started.get(unit, 0), *asked.get(unit, (0, 0, 0)))
            for unit in {*made, *started, *asked}
        ]
        return sorted(found, key=lambda one: (-one.prompt_tokens - one.completion_tokens, one.unit))

    def model_failures(self, model: str) -> int:
        """How often in a row `model` has not answered, over all processes; 0 where it answers."""
        with self._database.reading() as session:
            return session.scalar(select(func.max(ModelServerRow.failures)).where(ModelServerRow.model == model)) or 0
