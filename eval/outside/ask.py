"""Run by the Python of an environment that holds ragas or deepeval, ours or another. Reads one JSON value from standard
input and prints one as its last line; imports nothing of ours.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Any

Samples = Sequence[Mapping[str, Any]]


def main() -> None:
    """Prints a row of scores for each sample."""
    asked = json.load(sys.stdin)
    # Both tell their makers of every use unless they are told not to.
    os.environ.update(
        RAGAS_DO_NOT_TRACK="true", DEEPEVAL_TELEMETRY_OPT_OUT="YES", DEEPEVAL_UPDATE_WARNING_OPT_OUT="YES"
    )
    by = {"ragas": _by_ragas, "deepeval": _by_deepeval}[asked["package"]]
    rows = by(asked["samples"], asked["model"], asked["address"])
    sys.stdout.write("\n" + json.dumps(rows, ensure_ascii=False) + "\n")


def _by_ragas(samples: Samples, model: str, address: str) -> list[dict[str, Any]]:
    from langchain_openai import ChatOpenAI
    from ragas import EvaluationDataset, evaluate
    from ragas.llms import LangchainLLMWrapper
    from ragas.metrics import Faithfulness

    judge = LangchainLLMWrapper(ChatOpenAI(model=model, base_url=address, temperature=0))
    rows = [
        {"user_input": one["question"], "retrieved_contexts": one["given"], "response": one["answer"]}
        for one in samples
    ]
    result = evaluate(EvaluationDataset.from_list(rows), metrics=[Faithfulness(llm=judge)], show_progress=False)
    return [{"case": one["case"], **score} for one, score in zip(samples, result.scores, strict=True)]


def _by_deepeval(samples: Samples, model: str, address: str) -> list[dict[str, Any]]:
    from deepeval.metrics import AnswerRelevancyMetric, FaithfulnessMetric
    from deepeval.models import LocalModel
    from deepeval.test_case import LLMTestCase

    judge = LocalModel(model=model, base_url=address, api_key=os.environ["OPENAI_API_KEY"], temperature=0)
    found = []
    for one in samples:
        case = LLMTestCase(input=one["question"], actual_output=one["answer"], retrieval_context=list(one["given"]))
        row: dict[str, Any] = {"case": one["case"]}
        for metric in (
            FaithfulnessMetric(model=judge, async_mode=False, include_reason=False),
            AnswerRelevancyMetric(model=judge, async_mode=False, include_reason=False),
        ):
            metric.measure(case, _show_indicator=False)
            row[type(metric).__name__.removesuffix("Metric")] = metric.score
        found.append(row)
    return found


if __name__ == "__main__":
    main()
