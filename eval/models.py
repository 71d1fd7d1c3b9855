"""Proof that no model can spoil a draft: scripted models with a character over the cases, and what became of them.

`added_seconds` is the wall time of a draft less the model's own time: the slowest chain of requests of one section.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from eval.cases import Case
from eval.drafting import request_of
from eval.measures.fact_coverage import FACT_COVERAGE
from eval.measures.unflagged import UNFLAGGED
from eval.trial import Trial
from service.domain.draft import Draft
from service.domain.errors import ZhibiError
from service.domain.finding import Band, Verdict
from service.drafting.draft_report import draft_report
from service.drafting.tools import DraftingTools, RuleWriter
from service.model.personalities import INVENTED
from service.model.record import Admission, Limits, RecordInMemory, Sent
from service.model.role import Usage


@dataclass
class TimedRecord(RecordInMemory):
    """A ledger in memory that also keeps how long each request took, by what it was for."""

    seconds: dict[str, float] = field(default_factory=dict)
    _begun: dict[int, float] = field(default_factory=dict)

    def admit(self, sent: Sent, limits: Limits) -> Admission:
        """See `ModelRecord`."""
        admission = super().admit(sent, limits)
        assert admission.number is not None
        self._begun[admission.number] = time.perf_counter()
        return admission

    def settle(self, number: int, sent: Sent, usage: Usage, outcome: str) -> None:
        """See `ModelRecord`."""
        super().settle(number, sent, usage, outcome)
        took = time.perf_counter() - self._begun[number]
        purpose = sent.purpose.removesuffix("·分组")
        with self._lock:
            self.seconds[purpose] = self.seconds.get(purpose, 0.0) + took

    @property
    def slowest_seconds(self) -> float:
        """The longest chain of requests of one section."""
        return max(self.seconds.values(), default=0.0)


@dataclass(frozen=True)
class Proof:
    """What became of the drafts of one model. Shares are 0 to 1, `wrong_unflagged` counts figures and names that stand
    in no note and were not flagged, `blocked` findings that stop a draft and are no question."""

    model: str
    drafts: int
    finished: int
    facts_share: float
    wrong_unflagged: int
    blocked: int
    sections_lost: int
    by_rules: int
    added_median_seconds: float
    added_p95_seconds: float


def prove(
    model: str, cases: Sequence[Case], tools_of: Callable[[TimedRecord], DraftingTools], on_case: Callable[[str], None]
) -> Proof:
    """The proof of `model` over `cases`; `tools_of` makes the drafting path around a ledger."""
    trials = list(outcomes(cases, tools_of, on_case))
    done = [one for one in trials if one.draft is not None]
    added = sorted(one.added_seconds for one in done) or [0.0]
    shares = [one.facts_share for one in done if one.facts_share is not None]
    return Proof(
        model=model,
        drafts=len(trials),
        finished=len(done),
        facts_share=statistics.mean(shares) if shares else 0.0,
        wrong_unflagged=sum(one.wrong_unflagged for one in done),
        blocked=sum(one.blocked for one in done),
        sections_lost=sum(one.sections_lost for one in done),
        by_rules=sum(one.by_rules for one in done),
        added_median_seconds=statistics.median(added),
        added_p95_seconds=added[min(len(added) - 1, int(len(added) * 0.95))],
    )


@dataclass(frozen=True)
class Outcome:
    """One draft of one model, None where drafting failed."""

    case_id: str
    draft: Draft | None
    facts_share: float | None = None
    wrong_unflagged: int = 0
    blocked: int = 0
    sections_lost: int = 0
    by_rules: int = 0
    added_seconds: float = 0.0


def outcomes(
    cases: Sequence[Case], tools_of: Callable[[TimedRecord], DraftingTools], on_case: Callable[[str], None]
) -> Iterator[Outcome]:
    """What became of each case, beside the same case by rules."""
    for case in cases:
        record = TimedRecord()
        tools = tools_of(record)
        request = request_of(case)
        by_rules = draft_report(request, replace(tools, writer=RuleWriter()))
        started = time.perf_counter()
        try:
            draft = draft_report(request, tools)
        except ZhibiError:
            yield Outcome(case.case_id, None)
            continue
        wall = time.perf_counter() - started
        trial = Trial(draft=draft)
        yield Outcome(
            case.case_id,
            draft,
            facts_share=FACT_COVERAGE.score(case, trial),
            wrong_unflagged=int(UNFLAGGED.score(case, trial) or 0) + len(invented_unflagged(case.notes, draft)),
            blocked=sum(
                one.band is Band.BLOCK and one.verdict is not Verdict.PLACEHOLDER for one in draft.check.findings
            ),
            sections_lost=max(0, len(by_rules.sections) - len(draft.sections)),
            by_rules=sum(one.composer == "rules" and "由规则起草" in (one.degraded or "") for one in draft.sections),
            added_seconds=max(0.0, wall - record.slowest_seconds),
        )
        on_case(case.case_id)


def invented_unflagged(notes: str, draft: Draft) -> list[str]:
    """What the kit's models invent and the draft holds without a finding on it."""
    told = [(one.start, one.end) for one in draft.check.findings]
    found = []
    for words in INVENTED:
        at = draft.text.find(words)
        while at >= 0 and words not in notes:
            if not any(start < at + len(words) and at < end for start, end in told):
                found.append(words)
            at = draft.text.find(words, at + 1)
    return found
