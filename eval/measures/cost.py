"""What the model cost, in the currency its prices are set in."""

from __future__ import annotations

from eval.cases import Case
from eval.measures.measure import Measure
from eval.trial import Trial


def _score(case: Case, trial: Trial) -> float | None:
    millionths = trial.draft.provenance.usage.get("cost_millionths", 0)
    return millionths / 1_000_000 if millionths else None


COST = Measure(
    name="cost",
    chinese="模型费用",
    unit="currency",
    higher_is_better=False,
    sees="tokens at the prices of ZHIBI_MODEL_PRICE_PROMPT and ZHIBI_MODEL_PRICE_COMPLETION",
    blind_to="drafts by rules; prices nobody set; what a cached prompt saves",
    score=_score,
)
