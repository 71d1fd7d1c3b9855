"""The share of the draft's numbers that are told of the thing the notes tell them of.

A number's surroundings in the draft are held against those of every number of the notes with the same unit; the best
match must have the draft's value. It knows nothing of the checker's clause reading, so the two fail apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from eval.cases import Case
from eval.measures.measure import Measure
from eval.measures.standing import Value, claims_of, value_of
from eval.trial import Trial
from service.domain.quantity import Kind, Mention

_BEFORE, _AFTER = 14, 6  # characters around a number in which clerks put what it counts
_LEAST_ALIKE = 0.25  # below it the draft was reworded so far that characters cannot tell
_END = re.compile(r"[。；;！？!?\n]")
_CALENDAR = frozenset((Kind.DATE, Kind.YEAR, Kind.MONTH, Kind.QUARTER, Kind.PERIOD, Kind.TIME))


@dataclass(frozen=True, slots=True)
class _Told:
    value: Value
    measured_in: str
    around: frozenset[str]


def _score(case: Case, trial: Trial) -> float | None:
    noted = _told(case.notes)
    right = decided = 0
    for one in _told(trial.draft.text):
        rivals = [other for other in noted if other.measured_in == one.measured_in]
        if one.value not in {other.value for other in rivals} or len({other.value for other in rivals}) < 2:
            continue
        best = max(_alike(one.around, other.around) for other in rivals)
        own = max(_alike(one.around, other.around) for other in rivals if other.value == one.value)
        if best >= _LEAST_ALIKE:
            decided += 1
            right += own == best
    return right / decided if decided else None


def _told(text: str) -> list[_Told]:
    mentions = [one for one in claims_of(text) if one.kind not in _CALENDAR and value_of(one) is not None]
    found = []
    for at, one in enumerate(mentions):
        low = mentions[at - 1].end if at else 0
        high = mentions[at + 1].start if at + 1 < len(mentions) else len(text)
        value = value_of(one)
        if value is not None:
            found.append(_Told(value, _unit(one), _around(text, one, low, high)))
    return found


def _unit(one: Mention) -> str:
    return one.unit or str(one.kind)


def _around(text: str, one: Mention, low: int, high: int) -> frozenset[str]:
    """The characters before and after, up to the next number or the end of the sentence. Pure."""
    before = _END.split(text[max(low, one.start - _BEFORE) : one.start])[-1]
    after = _END.split(text[one.end : min(high, one.end + _AFTER)])[0]
    return frozenset(char for char in before + after if char.isalnum() and not char.isdigit())


def _alike(first: frozenset[str], second: frozenset[str]) -> float:
    smaller = min(len(first), len(second))
    return len(first & second) / smaller if smaller else 0.0


BINDING = Measure(
    name="binding",
    chinese="数字归属正确率",
    unit="share",
    higher_is_better=True,
    sees="numbers whose unit the notes use for several values: the words around must be most alike at the same value",
    blind_to="numbers that stand in no line; a number alone in its unit; sentences in quite other words",
    score=_score,
    highest=1.0,
)
