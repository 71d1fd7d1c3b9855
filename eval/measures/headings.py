"""How much of the reference's headings the draft's headings say, in whatever words come near."""

from __future__ import annotations

import re

from eval.cases import Case
from eval.measures.measure import Measure
from eval.trial import Trial

_HEADING = re.compile(
    r"^\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)])\s*([^。；\n]{2,30})$", re.MULTILINE
)


def headings_of(text: str) -> list[str]:
    """Lines that are numbered headings, without their numbers. Pure."""
    return [found.group(1).strip() for found in _HEADING.finditer(text)]


def _score(case: Case, trial: Trial) -> float | None:
    wanted = headings_of(case.reference)
    if not wanted:
        return None
    own = [re.sub(r"^[一二三四五六七八九十]+、", "", one.heading) for one in trial.draft.sections if one.heading]
    own += headings_of(trial.draft.text)
    return sum(max((_alike(name, other) for other in own), default=0.0) for name in wanted) / len(wanted)


def _alike(first: str, second: str) -> float:
    """Dice of the two headings' characters. Pure."""
    a, b = set(first), set(second)
    return 2 * len(a & b) / (len(a) + len(b))


HEADINGS = Measure(
    name="headings",
    chinese="标题软召回",
    unit="share",
    higher_is_better=True,
    sees="for each heading of the reference, the share of characters of the draft's nearest heading",
    blind_to="headings that mean the same in other characters; headings the reference does not have",
    score=_score,
    highest=1.0,
)
