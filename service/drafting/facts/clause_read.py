"""A clause as read, and what earlier clauses of its line give to it."""

from __future__ import annotations

from dataclasses import dataclass

from service.domain.fact import Frame, Tense
from service.domain.quantity import Mention
from service.domain.text import Span
from service.drafting.facts.clauses import Clause
from service.drafting.facts.fields import FieldRead
from service.drafting.facts.read_lines import ReadLine
from service.drafting.facts.standing import Standing


@dataclass(frozen=True)
class Carried:
    """What earlier clauses of a line give to the next: its standing, its day and place, its tense, its field; whether
    the clause before `asked` people for something, and whether the line has `said` a fact. `label` is
    the sorting label cut from the clause at hand, `line_words` the words of the whole line."""

    standing: Standing
    tense: Tense | None = None
    field: FieldRead | None = None
    asked: bool = False
    said: bool = False
    frame: Frame = Frame.THIS
    label: str = ""
    line_words: str = ""


@dataclass(frozen=True)
class ClauseRead:
    """A clause as read: `said` are its words in the view, `shown` those that may be composed from, `mentions` its
    numerals without those left out, `field` the field it gives or None, `doubt` the words of doubt left out."""

    line: ReadLine
    clause: Clause
    said: str
    span: Span
    shown: str
    mentions: tuple[Mention, ...]
    field: FieldRead | None
    doubt: str = ""
