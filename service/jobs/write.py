"""The way of one draft as a run carries it out: sections that a model has finished are kept, so a crash costs none."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from service.domain.draft import Draft, DraftRequest, DraftSection, Missing, Sentence, SentenceKind
from service.drafting.draft_report import draft_report
from service.drafting.made_from import made_from
from service.drafting.tools import DraftEvent, DraftingTools, RuleWriter, SectionTask, SectionWriter
from service.jobs.roles import FinishedSteps, Tell, WriteDraft, WrittenAgain


def writing_with(tools: DraftingTools) -> WriteDraft:
    """The drafting path with these tools, as a run's role. The run tells the end itself, so the path's is dropped."""

    def write(request: DraftRequest, tell: Tell, steps: FinishedSteps, again: WrittenAgain | None) -> Draft:
        def on_event(event: DraftEvent) -> None:
            if event.kind != "done":
                tell(event.kind, event.detail)

        writer = _KeptWriter(tools.writer, steps, again)
        return draft_report(request, replace(tools, writer=writer), on_event)

    return write


class _KeptWriter:
    """A section writer that gives a section finished before the crash, and writes only the one that is asked again."""

    def __init__(self, writer: SectionWriter, steps: FinishedSteps, again: WrittenAgain | None) -> None:
        self._writer = writer
        self._steps = steps
        self._again = again
        self._rules = RuleWriter()

    @property
    def name(self) -> str:
        """See `SectionWriter`."""
        return self._writer.name

    @property
    def side_by_side(self) -> int:
        """See `SectionWriter`."""
        return self._writer.side_by_side

    @property
    def prompts(self) -> Mapping[str, str]:
        """See `SectionWriter`."""
        return self._writer.prompts

    def write(self, task: SectionTask, on_text: Callable[[str], None]) -> tuple[DraftSection, Mapping[str, int]]:
        """See `SectionWriter`."""
        if self._again is not None:
            # The other sections of a rewrite are thrown away, so nobody should wait or pay for them.
            if not self._again.is_about(task.plan.heading):
                return self._rules.write(task, on_text)
            task = replace(task, wish=self._again.instruction)
        key = made_from(task)
        if self._again is None and (earlier := self._steps.earlier(key)) is not None:
            section, _ = _from_json(json.loads(earlier))
            on_text(section.text)
            return replace(section, heading=task.plan.heading), {}
        if isinstance(self._writer, RuleWriter):
            return self._writer.write(task, on_text)
        return _from_json(json.loads(self._steps.once(key, lambda: _to_json(self._writer.write(task, on_text)))))


def _to_json(written: tuple[DraftSection, Mapping[str, int]]) -> str:
    section, usage = written
    plain = {
        "heading": section.heading,
        "text": section.text,
        "sentences": [[one.start, one.end, list(one.note_lines), str(one.kind)] for one in section.sentences],
        "composer": section.composer,
        "degraded": section.degraded,
        "missing": [one.to_json() for one in section.missing],
        "usage": dict(usage),
    }
    return json.dumps(plain, ensure_ascii=False)


def _from_json(plain: Mapping[str, Any]) -> tuple[DraftSection, Mapping[str, int]]:
    section = DraftSection(
        heading=plain["heading"],
        text=plain["text"],
        sentences=tuple(
            Sentence(start, end, tuple(lines), SentenceKind(kind)) for start, end, lines, kind in plain["sentences"]
        ),
        composer=plain["composer"],
        degraded=plain["degraded"],
        missing=tuple(Missing(**one) for one in plain["missing"]),
    )
    return section, plain["usage"]
