"""The share of the draft's dates and dated figures that belong to the period they are told of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from eval.cases import Case
from eval.measures.measure import Measure
from eval.measures.standing import Value, claims_of, value_of
from eval.trial import Trial
from service.domain.quantity import Mention

_EARLIER = re.compile(r"去年|上年|前年|往年|上一年|同期|此前|之前|原来|以前|改造前|上次|上季|上半年|20\d\d|从|由|比|较")
_SENTENCE = re.compile(r"[^。；;！？\n]+")


def _score(case: Case, trial: Trial) -> float | None:
    verdicts = [*_years(case, trial.draft.text), *_earlier_figures(case, trial.draft.text)]
    return sum(verdicts) / len(verdicts) if verdicts else None


def _years(case: Case, text: str) -> Iterator[bool]:
    """For each year the draft writes: whether the period or the notes hold it. 去年 and 明年 hold their neighbours."""
    known = set(range(case.period.start.year, case.period.end.year + 1))
    known |= {int(year) for year in re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", case.notes)}
    first, last = case.period.start.year, case.period.end.year
    known |= {first - 1} if re.search("去年|上年|同期", case.notes) else set()
    known |= {last + 1} if re.search("明年|来年|下年|次年", case.notes) else set()
    for one in claims_of(text):
        year = re.match(r"((?:19|20)\d\d)", one.when.lo) if one.when is not None else None
        if year:
            yield int(year.group(1)) in known


def _earlier_figures(case: Case, text: str) -> Iterator[bool]:
    """For each figure that the notes tell of an earlier time only: whether the draft's sentence says so too."""
    earlier, now = _figures(case.notes, of_earlier=True), _figures(case.notes, of_earlier=False)
    for sentence in _SENTENCE.finditer(text):
        for one in claims_of(sentence.group()):
            value = value_of(one)
            if value in earlier and value not in now and _worth(one):
                yield bool(_EARLIER.search(sentence.group()))


def _figures(notes: str, of_earlier: bool) -> frozenset[Value]:
    found = set()
    for clause in re.split(r"[，,。；;\n]", notes):
        if bool(re.search("去年|上年|前年|上一年|往年", clause)) == of_earlier:
            found |= {value for one in claims_of(clause) if (value := value_of(one)) is not None}
    return frozenset(found)


def _worth(one: Mention) -> bool:
    """True for a figure that no other thing is likely to share by chance. Pure."""
    return one.amount is not None and one.amount.lo is not None and one.amount.lo >= 3


PERIOD = Measure(
    name="period",
    chinese="时期正确率",
    unit="share",
    higher_is_better=True,
    sees="years written in the draft, and figures the notes tell of an earlier year only: they must be told as earlier",
    blind_to="a wrong month or day; a plan told as done; figures without a year in notes that speak of two years",
    score=_score,
    highest=1.0,
)
