"""Tokens that the model read and wrote for the draft, by its own count."""

from __future__ import annotations

from eval.cases import Case
from eval.measures.measure import Measure
from eval.trial import Trial


def _score(case: Case, trial: Trial) -> float | None:
    usage = trial.draft.provenance.usage
    total = usage.get("prompt_tokens", 0) + usage.get("completion_tokens", 0)
    return float(total) if total else None


TOKENS = Measure(
    name="tokens",
    chinese="模型用量",
    unit="tokens",
    higher_is_better=False,
    sees="tokens read and written over all sections and tries",
    blind_to="drafts by rules; servers that count nothing; what a token costs",
    score=_score,
)
