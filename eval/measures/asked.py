"""The share of gaps that staff are asked about."""

from __future__ import annotations

from eval.cases import Case
from eval.measures.measure import Measure
from service.domain.draft import Draft


def _score(case: Case, draft: Draft) -> float | None:
    if not case.must_ask:
        return None
    asked = "\n".join(f"{one.ask} {one.placeholder}" for one in draft.missing)
    return sum(word in asked for word in case.must_ask) / len(case.must_ask)


ASKED = Measure(
    name="asked",
    chinese="缺项提问率",
    unit="share",
    higher_is_better=True,
    blind_to="questions nobody needed; a question asked of the wrong section",
    score=_score,
)
