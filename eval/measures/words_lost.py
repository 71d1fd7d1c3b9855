"""The share of counted clauses of the notes whose figures the draft tells without the words they count."""

from __future__ import annotations

import re

from eval.cases import Case
from eval.measures.measure import Measure
from eval.measures.standing import stands, values_in
from eval.trial import Trial
from service.domain.quantity import Role
from service.domain.text import split_lines
from service.language.numbers import find_numbers
from service.language.pieces import pieces

# Characters that any clause may lose or change on its way into official Chinese.
_CARRIES_NOTHING = frozenset(
    "的了是在有和与及也都就还又再个这那我们咱把被给从到为于共约多余来去着过呢吧啊嘛呀一二三两几第"
)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_FEWEST_CHARS = 3  # 共56人 names nothing that could be lost.
_KEPT_SHARE = 0.5


def _score(case: Case, trial: Trial) -> float | None:
    told: dict[int, str] = {}
    for section in trial.draft.sections:
        for one in section.sentences:
            for number in one.note_lines:
                told[number] = told.get(number, "") + section.text[one.start : one.end]
    lost = kept = 0
    for line in split_lines(case.notes).lines:
        if line.number not in told:
            continue
        values = values_in(told[line.number])
        for start, end in pieces(line.text):
            clause = line.text[start:end]
            figures = [one for one in find_numbers(clause) if one.role is Role.CLAIM and one.amount is not None]
            if not figures or not all(stands(one, values) for one in figures):
                continue
            wanted = _words(clause, [one.text for one in figures])
            if len(wanted) < _FEWEST_CHARS:
                continue
            if sum(char in told[line.number] for char in wanted) < len(wanted) * _KEPT_SHARE:
                lost += 1
            else:
                kept += 1
    return lost / (lost + kept) if lost + kept else None


def _words(clause: str, figures: list[str]) -> list[str]:
    for figure in figures:
        clause = clause.replace(figure, " ")
    return [char for char in _CHINESE.findall(clause) if char not in _CARRIES_NOTHING]


WORDS_LOST = Measure(
    name="words_lost",
    chinese="数字留下、内容丢失",
    unit="share",
    higher_is_better=False,
    sees="counted clauses of used lines whose figures are told with less than half of the words beside them",
    blind_to="a clause without figures; words exchanged for others and right; a figure left out with its words",
    score=_score,
    highest=1.0,
)
