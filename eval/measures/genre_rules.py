"""What a genre forbids and the draft does: results in a plan, requests in a report, praise without a figure."""

from __future__ import annotations

import re

from eval.cases import Case
from eval.measures.measure import Measure
from eval.trial import Trial
from prompts.load import load_genre_plan
from service.domain.genre import Genre

_SENTENCE = re.compile(r"[^。；\n]+")
_PLACEHOLDER = re.compile(r"【待补：[^】]*】")
_DONE = re.compile(
    r"(?:已经?|累计|共计?|先后)[^，。；]{0,14}(?:完成|清理|开展|发放|安装|整治|更换|建成)[^，。；]{0,10}\d"
)
_REQUEST = re.compile(r"请(?:予以?|求)?(?:批准|审批|批复|支持解决|拨付)|恳请|妥否，请|当否，请")
_BOAST = re.compile(r"全国第一|全省第一|独一无二|首屈一指|史无前例|举世|世界领先|国内领先|无与伦比")
_PRAISE = re.compile(r"(?:显著|大幅|明显|极大地?|全面)(?:提升|提高|增强|改善|好转)")
_ALL_DONE = re.compile(r"(?:全部|均已|全面)(?:整改)?(?:完成|到位|销号)")
_PRIVATE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{17}[\dXx](?!\d)")
_REPORTS = frozenset((Genre.SELF_INSPECTION, Genre.RECTIFICATION, Genre.SUMMARY, Genre.PROGRESS, Genre.COMMUNITY))


def _score(case: Case, trial: Trial) -> float | None:
    text = _PLACEHOLDER.sub("", trial.draft.text)
    broken = len(_PRIVATE.findall(text))
    for sentence in _SENTENCE.findall(text):
        broken += case.genre is Genre.PLAN and bool(_DONE.search(sentence))
        broken += case.genre in _REPORTS and bool(_REQUEST.search(sentence))
        broken += case.genre is Genre.DECLARATION and bool(_BOAST.search(sentence))
        broken += _unfounded(_PRAISE, sentence, case) and not re.search(r"\d", sentence)
        broken += case.genre is Genre.RECTIFICATION and _unfounded(_ALL_DONE, sentence, case)
    limit = load_genre_plan(case.genre, case.unit_type).max_chars
    return float(broken + bool(limit and len("".join(text.split())) > limit))


def _unfounded(pattern: re.Pattern[str], sentence: str, case: Case) -> bool:
    """True where the sentence uses words of the pattern that the notes do not. Pure."""
    return any(found not in case.notes for found in pattern.findall(sentence))


GENRE_RULES = Measure(
    name="genre_rules",
    chinese="文种禁忌",
    unit="count",
    higher_is_better=False,
    sees="results in a plan, requests in a report, boasts, praise without a figure, 全部完成 without a note, phone and "
    "identity numbers, a text over the genre's limit",
    blind_to="what no pattern names: a request in other words, a result without a number",
    score=_score,
)
