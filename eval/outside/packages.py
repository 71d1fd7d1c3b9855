"""RAGAS and DeepEval asked through their own packages for faithfulness and answer relevancy of a run's drafts.

Both ask a model for every score and belong to nobody's default installation: `pip install zhibi[judges]`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from eval.cases import Case
from service.domain.errors import UnusableInput

PACKAGES = ("ragas", "deepeval")


@dataclass(frozen=True, slots=True)
class Sample:
    """A draft as these packages see it: the question, what was given to answer it, the answer, the reference or ""."""

    case_id: str
    question: str
    given: tuple[str, ...]
    answer: str
    reference: str


def samples(record: Mapping[str, Any], cases: Sequence[Case]) -> list[Sample]:
    """The drafts of a run with the notes of their cases; cases that changed since, or failed, are left out. Pure."""
    known = {case.case_id: case for case in cases}
    found = []
    for row in record["cases"]:
        case = known.get(row["case"])
        if case is None or case.digest != row["digest"] or not row["text"]:
            continue
        question = f"根据笔记起草{case.unit}{case.period.chinese}{case.genre.chinese}。"
        lines = tuple(line for line in case.notes.split("\n") if line.strip())
        found.append(Sample(case.case_id, question, lines, row["text"], case.reference))
    return found


def require(package: str) -> None:
    """Raises UnusableInput, saying how to install it, where `package` is unknown or absent."""
    if package not in PACKAGES:
        raise UnusableInput(f"没有外部评测包“{package}”。可选：{'、'.join(PACKAGES)}。", package=package)
    if find_spec(package) is None:
        raise UnusableInput(
            f"没有安装{package}。它不随执笔安装，需要时运行：pip install 'zhibi[judges]'。", package=package
        )


def scores(package: str, chosen: Sequence[Sample], model: Any) -> list[dict[str, Any]]:
    """A row of scores for each sample, by the package's own metrics. `model` is a LangChain chat model for ragas, the
    model's name for deepeval. Raises UnusableInput where the package is absent."""
    require(package)
    return _by_ragas(chosen, model) if package == "ragas" else _by_deepeval(chosen, model)


def _by_ragas(chosen: Sequence[Sample], model: Any) -> list[dict[str, Any]]:
    from ragas import EvaluationDataset, evaluate
    from ragas.llms import LangchainLLMWrapper
    from ragas.metrics import Faithfulness

    rows = [
        {"user_input": one.question, "retrieved_contexts": list(one.given), "response": one.answer} for one in chosen
    ]
    result = evaluate(EvaluationDataset.from_list(rows), metrics=[Faithfulness(llm=LangchainLLMWrapper(model))])
    return [{"case": one.case_id, **score} for one, score in zip(chosen, result.scores, strict=True)]


def _by_deepeval(chosen: Sequence[Sample], model: Any) -> list[dict[str, Any]]:
    from deepeval.metrics import AnswerRelevancyMetric, FaithfulnessMetric
    from deepeval.test_case import LLMTestCase

    found = []
    for one in chosen:
        case = LLMTestCase(input=one.question, actual_output=one.answer, retrieval_context=list(one.given))
        row: dict[str, Any] = {"case": one.case_id}
        for metric in (FaithfulnessMetric(model=model), AnswerRelevancyMetric(model=model)):
            metric.measure(case)
            row[type(metric).__name__] = metric.score
        found.append(row)
    return found
