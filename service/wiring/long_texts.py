"""Notes read and drafts checked: short ones here, long ones by a process apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.drafting.read_notes import read_notes
from service.jobs.long_texts import LongTexts
from service.settings import Settings

if TYPE_CHECKING:
    from service.domain.fact import NotesRead
    from service.domain.finding import CheckResult
    from service.domain.period import Period
    from service.domain.report import ExemplarOriginal
    from service.drafting.tools import Check

# Characters of notes and draft together. Below, a reading takes a second or two among other threads, and pages do not
# notice; the way to a process and back costs some milliseconds.
_LONG_CHARS = 20_000


@dataclass(frozen=True)
class Readers:
    """Reading and checking, as web and drafting call them. `patient` waits however many are before; a page is told to
    come again instead. `long_chars` counts notes and draft together."""

    apart: LongTexts | None
    checker: Check
    patient: bool = False
    long_chars: int = _LONG_CHARS

    def read_notes(self, notes: str, period: Period | None) -> NotesRead:
        """See `service.drafting.read_notes.read_notes`."""
        if self.apart is None or len(notes) < self.long_chars:
            return read_notes(notes, period)
        return self.apart.read(notes, self.patient, read_notes, notes, period)

    def check(
        self,
        notes: str,
        draft: str,
        exemplars: Sequence[ExemplarOriginal] = (),
        period: Period | None = None,
        known: Sequence[str] = (),
    ) -> CheckResult:
        """See `Check`."""
        if self.apart is None or len(notes) + len(draft) < self.long_chars:
            return self.checker(notes, draft, exemplars, period, known)
        given = (notes, draft, list(exemplars), period, tuple(known))
        return self.apart.read(notes, self.patient, self.checker, *given)


@contextmanager
def long_texts(settings: Settings) -> Iterator[LongTexts | None]:
    """The processes for long texts, None where the settings want none."""
    if not settings.long_text_processes:
        yield None
        return
    apart = LongTexts(settings.long_text_processes, settings.long_text_seconds)
    try:
        yield apart
    finally:
        apart.close()
