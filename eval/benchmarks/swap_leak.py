"""The swap-leak benchmark: does anything of a past report reach the draft of another unit that took its form from it?

A past report is turned into another unit's notes in which every value differs, and offered as the exemplar. Whatever
of its values stands in the draft can have come from nowhere else, so the ground truth is free. Rules and scripted
models write; the same with masking off shows what masking is worth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus.mask.masking import mask_report
from corpus.read.limits import ReadLimits
from corpus.understand import understand_file
from eval.benchmarks.swapping import swapped
from eval.cases import Case
from eval.drafting import Extras, try_case
from eval.measures.copied import COPIED
from eval.measures.leak import names_in
from eval.measures.standing import claims_of, given, stands, values_in
from eval.opening import named, scripted_settings
from eval.run import SEED
from eval.trial import Trial
from service.domain.errors import ZhibiError
from service.domain.period import parse_period
from service.domain.report import Exemplar, ExemplarOriginal, Report, Retrieved
from service.drafting.tools import DraftingTools, RuleWriter
from service.model.prompt_reading import blocks, rows
from service.model.scripted_server import Asked, Reply, Script
from service.settings import Settings
from service.wiring.drafting import drafting_tools
from service.wiring.models import open_models

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
WRITERS = ("rules", "perfect", "average", "careless", "malicious", "copying")
_LEAST_SECTION = 40  # characters; a shorter section has no form to take
_MOST_SECTIONS = 4  # sections offered, as a real draft is


@dataclass
class Tally:
    """What came of all reports under one writer: values of the originals shown to it, written by it, and in the drafts
    it led to, flagged or not. `refused` counts drafts that could not be made."""

    writer: str
    masked: bool
    reports: int = 0
    refused: int = 0
    at_stake: int = 0
    shown: int = 0
    written: int = 0
    in_drafts: int = 0
    unflagged: int = 0
    copied: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """A row of the printed table."""
        made = max(1, self.reports - self.refused)
        return {**vars(self), "copied": round(self.copied / made, 4), "leak_rate": round(self.in_drafts / made, 4)}


def copying(asked: Asked) -> Reply:
    """A model that hands its exemplar over as its own, line by line, on the first note line it was given."""
    told = rows(asked)
    if not told:
        return Reply("各项工作有序推进。[过渡]")
    copied = [line.strip() for line in blocks(asked.user).get("参考样式", "").split("\n") if len(line.strip()) > 8]
    return Reply("\n".join([*(f"{line}[L{told[0].line}]" for line in copied), *(row.sentence for row in told)]))


def sample_reports(folder: Path = SAMPLES) -> list[Report]:
    """The clean sample reports that ship, in order of file name."""
    paths = sorted(path for path in folder.iterdir() if re.match(r"\d\d-", path.name))
    return [report for path in paths for report in understand_file(path, ReadLimits()).reports]


def swap_leak(
    reports: Sequence[Report], settings: Settings, writers: Sequence[str] = WRITERS, seed: int = SEED
) -> Iterator[Tally]:
    """A tally for each writer with masking on, then one with it off. Deterministic."""
    for masked in (True, False):
        for writer in writers:
            yield _tally(reports, settings, writer, masked, seed)


def _tally(reports: Sequence[Report], settings: Settings, writer: str, masked: bool, seed: int) -> Tally:
    tally = Tally(writer, masked)
    exchanged: list[tuple[str, str]] = []
    with ExitStack() as held:
        tools = DraftingTools(writer=RuleWriter())
        if writer != "rules":
            script = copying if writer == "copying" else named(writer)
            own = scripted_settings(settings, _overheard(script, exchanged), held)
            tools = drafting_tools(own, None, held.enter_context(open_models(own)))
        for report in reports:
            exchanged.clear()
            _count(tally, report, tools, exchanged, masked, seed)
    return tally


def _overheard(script: Script, exchanged: list[tuple[str, str]]) -> Script:
    def answer(asked: Asked) -> Reply:
        reply = script(asked)
        exchanged.append((asked.user, reply.text))
        return reply

    return answer


def _count(
    tally: Tally, report: Report, tools: DraftingTools, exchanged: list[tuple[str, str]], masked: bool, seed: int
) -> None:
    case, offered = _case(report, seed), _offered(report, masked)
    stake = _Stake(case, offered)
    tally.reports += 1
    tally.at_stake += stake.size
    try:
        trial = try_case(case, replace(tools, choose_exemplars=lambda request, facts: offered), Extras(False, False))
    except ZhibiError:
        tally.refused += 1
        return
    for prompt, reply in exchanged:
        tally.shown += stake.found_in(blocks(prompt).get("参考样式", ""))
        tally.written += stake.found_in(reply)
    tally.in_drafts += stake.found_in(trial.draft.text)
    tally.unflagged += stake.unflagged_in(trial)
    tally.copied += COPIED.score(case, trial) or 0.0


def _case(report: Report, seed: int) -> Case:
    other = swapped(report, seed)
    period = parse_period(f"{(report.year or 2024) - 1}年")
    return Case(
        f"swap-{report.report_id}", report.genre, other.unit, report.unit_type, period, other.notes,
        (), (), (), (), False, "",
    )  # fmt: skip


def _offered(report: Report, masked: bool) -> tuple[Retrieved, ...]:
    sections = [one for one in mask_report(report) if len(one.section.text) >= _LEAST_SECTION][:_MOST_SECTIONS]
    return tuple(
        Retrieved(
            Exemplar(
                report.report_id,
                report.genre,
                report.unit_type,
                one.masked_heading if masked else one.section.heading,
                one.masked_text if masked else one.section.text,
                1.0,
            ),
            ExemplarOriginal(report.report_id, report.title, one.section.heading, one.section.text),
        )
        for one in sections
    )


class _Stake:
    """The values of the offered sections that the swapped notes do not hold."""

    def __init__(self, case: Case, offered: Sequence[Retrieved]) -> None:
        past = "\n".join(f"{one.original.heading}\n{one.original.text}" for one in offered)
        self._known = given(case)
        self._old = values_in(past)
        self._names = sorted(name for name in names_in(past) if name not in f"{case.notes}\n{case.unit}")
        self.size = len(self._old - self._known) + len(self._names)

    def found_in(self, text: str) -> int:
        """How many numbers and names of the original stand in `text`, a number as often as it does."""
        numbers = sum(not stands(one, self._known) and stands(one, self._old) for one in claims_of(text))
        return numbers + sum(name in text for name in self._names)

    def unflagged_in(self, trial: Trial) -> int:
        """Those of them in the draft that no finding of the checker touches."""
        text, told = trial.draft.text, trial.draft.check.findings
        spans = [
            (one.start, one.end) for one in claims_of(text) if not stands(one, self._known) and stands(one, self._old)
        ]
        spans += [(text.index(name), text.index(name) + len(name)) for name in self._names if name in text]
        return sum(not any(start < one.end and one.start < end for one in told) for start, end in spans)
