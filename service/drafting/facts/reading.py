"""What has been read of the notes so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from service.domain.fact import Conflict, Fact, OpenPoint, SetAside, SetAsideReason
from service.domain.period import Period
from service.domain.text import Line, Notes, Span
from service.language.blocks import Block


@dataclass
class Reading:
    """What has been read so far, in the order of the notes.

    `correcting` are lines that say, apart from their figures, that an earlier figure was wrong (报错了！倡议书1490份);
    `taken_back` those that corrected themselves. `conflicts` are those inside one line, `disputed` the other figure's
    words by the offset of the figure they contradict. `replaced` are figures a later line calls old: its number, the
    old figure's words, the offset of the one that holds. `subjects_out` are subjects that a line keeps out, with its
    number; `unsettled` the words that a hedged figure is not settled, by its offset. `speakers` names who said a line,
    by its number; `begins` is where the words of a line begin, behind its stamp and speaker; `rulings` are lines that
    settle whose figure holds, with the name they give (以小罗的为准); `answers` is the item of a list that each speaker
    has answered; `blocks` is the place or group that a line is of, by its number; `answered` are the questions that
    a later line answers, each as it was asked.
    """

    notes: Notes
    period: Period | None
    facts: list[Fact] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    correcting: set[int] = field(default_factory=set)
    conflicts: list[Conflict] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    speakers: dict[int, str] = field(default_factory=dict)
    rulings: list[tuple[int, str]] = field(default_factory=list)
    disputed: dict[int, str] = field(default_factory=dict)
    replaced: list[tuple[int, str, int]] = field(default_factory=list)
    subjects_out: list[tuple[int, str]] = field(default_factory=list)
    unsettled: dict[int, str] = field(default_factory=dict)
    open_points: list[OpenPoint] = field(default_factory=list)
    taken_back: set[int] = field(default_factory=set)
    begins: dict[int, int] = field(default_factory=dict)
    blocks: dict[int, Block] = field(default_factory=dict)
    answered: set[str] = field(default_factory=set)

    def put_aside(self, line: Line, span: Span, reason: SetAsideReason, detail: str | None = None) -> None:
        """Records the part of `line` under `span` as no fact."""
        self.set_aside.append(SetAside(line.number, span, span.of(self.notes.raw), reason, detail))
