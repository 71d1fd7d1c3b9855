"""Things to which two sections of the draft give different numbers."""

from __future__ import annotations

from collections import defaultdict

from eval.cases import Case
from eval.measures.measure import Measure
from eval.measures.standing import Value, given, stands
from eval.trial import Trial
from service.checking.claims import read_text
from service.domain.quantity import Kind, Mention

_COUNTED = frozenset((Kind.COUNT, Kind.MEASURE, Kind.MONEY, Kind.PERCENT))


def _score(case: Case, trial: Trial) -> float | None:
    told: dict[tuple[str, str], list[tuple[int, Mention]]] = defaultdict(list)
    for section, part in enumerate(trial.draft.sections):
        for claim in read_text(part.text).claims:
            one = claim.mention
            plain = not (claim.plan or claim.before or claim.rate or claim.part or claim.change)
            if plain and claim.noun and one.kind in _COUNTED and one.amount is not None and one.amount.exact:
                told[claim.noun, one.unit or str(one.kind)].append((section, one))
    if not told:
        return None
    values = given(case)
    return float(sum(_at_odds(mentions, values) for mentions in told.values()))


def _at_odds(mentions: list[tuple[int, Mention]], values: frozenset[Value]) -> bool:
    """True where two sections differ and one number is in no note line: two of the notes may be of two things."""
    for section, one in mentions:
        for other_section, other in mentions:
            differ = section < other_section and one.amount != other.amount
            if differ and not (stands(one, values) and stands(other, values)):
                return True
    return False


CONSISTENCY = Measure(
    name="inconsistent",
    chinese="前后不一致的数字",
    unit="count",
    higher_is_better=False,
    sees="the same noun and unit with two exact values in two sections, one of which stands in no note line",
    blind_to="two values that both stand in the notes; the same thing under another name; differences within a section",
    score=_score,
)
