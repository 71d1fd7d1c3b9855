"""The text that a mend puts in place: what the notes say, written as a report writes it."""

from __future__ import annotations

from service.checking.claims import CALENDAR
from service.domain.quantity import Kind, Mention
from service.language.patterns import deferred
from service.language.spelling import folded

_GAP = deferred(r"(?<=[\d余多几]) +(?=[\u4e00-\u9fff%‰])|(?<=[\u4e00-\u9fff]) +(?=\d)|(?<=\d) (?=\d{3}(?!\d))")
_GROUPS = deferred(r"(?<=\d),(?=\d{3}(?!\d))")
_DAY = deferred(r"(?P<year>\d{4}|-)-(?P<month>\d\d)-(?P<day>\d\d)")
_YEAR_TOLD = deferred(r"\d{4} ?年")


def written(note: Mention, draft: Mention) -> str:
    """What the note says, to stand where the draft has its own: 2,800 份 is 2800份, 3.8号 is 3月8日. Pure.

    A date keeps the year that the draft gives it.
    """
    if note.kind is Kind.DATE and note.when is not None and note.when.lo == note.when.hi and draft.kind in CALENDAR:
        day = _DAY.fullmatch(note.when.lo)
        if day is not None:
            told = _YEAR_TOLD.match(draft.text.strip())
            year = "" if day["year"] == "-" else f"{day['year']}年"
            return f"{year or (told[0] if told else '')}{int(day['month'])}月{int(day['day'])}日"
    return tidied(note.text)


def tidied(text: str) -> str:
    """A figure in half-width digits, without blanks and marks of thousands. Pure."""
    return _GROUPS.sub("", _GAP.sub("", folded(text.strip())))
