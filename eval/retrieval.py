"""Whether a clerk's own words find the right section: labelled questions over the sample reports, or over one's own.

Each question is ranked by meaning, by keywords, and by both joined. Every second question is held out: it was not
looked at while the search was tuned, and is reported apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.search import CorpusSearch
from service.domain.errors import UnusableInput

QUESTIONS = Path(__file__).with_name("questions.tsv")
LEGS = {"joined": "合并", "meaning": "按意思", "keywords": "按字词"}
_DEPTH = 100  # sections looked at for each question; a right one below counts as not found


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and words of which any stands in each section that answers it."""

    words: str
    answers: tuple[str, ...]
    held_out: bool


@dataclass(frozen=True, slots=True)
class Ranks:
    """The 1-based rank of the first right section of one question by each leg; None where it was not found."""

    question: Question
    by_leg: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares of questions answered first, within three, five and ten, and the mean reciprocal rank; all 0 to 1, more is
    better. Blind to how good the second right section is, and to right sections that no label names."""

    questions: int
    hit_1: float
    hit_3: float
    hit_5: float
    hit_10: float
    reciprocal_rank: float


def read_questions(path: Path = QUESTIONS) -> list[Question]:
    """The questions of a file: one a line, a tab, the words of its answers with | between. # begins a remark.

    Raises UnusableInput, naming file and line.
    """
    try:
        rows = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as broken:
        raise UnusableInput(f"检索问题文件“{path}”读不了：{broken}。", file=str(path)) from broken
    found: list[Question] = []
    for number, row in enumerate(rows, 1):
        if not row.strip() or row.startswith("#"):
            continue
        words, tab, answers = row.partition("\t")
        named = tuple(one.strip() for one in answers.split("|") if one.strip())
        if not tab or not words.strip() or not named:
            raise UnusableInput(
                f"检索问题文件“{path.name}”第{number}行须为：问题、制表符、应找到的原文（多处用|隔开）。",
                file=str(path),
                line=number,
            )
        found.append(Question(words.strip(), named, held_out=len(found) % 2 == 1))
    if not found:
        raise UnusableInput(f"检索问题文件“{path}”里没有问题。", file=str(path))
    return found


def ranks(search: CorpusSearch, questions: Sequence[Question]) -> list[Ranks]:
    """Where the right section of each question stands, in the order of the questions."""
    return [_ranked(search, one) for one in questions]


def _ranked(search: CorpusSearch, question: Question) -> Ranks:
    right = [
        (place, one)
        for place, one in enumerate(search.find([question.words], _DEPTH), start=1)
        if any(answer in one.section.heading + one.section.text for answer in question.answers)
    ]
    places: dict[str, list[int | None]] = {
        "joined": [place for place, _ in right],
        "meaning": [one.meaning_rank for _, one in right],
        "keywords": [one.keyword_rank for _, one in right],
    }
    best = {leg: min((one for one in found if one is not None), default=None) for leg, found in places.items()}
    return Ranks(question, best)


def figures(found: Sequence[int | None]) -> Figures:
    """The figures of the ranks of one leg; zeros for no question. Pure."""
    count = max(1, len(found))
    hit = {k: round(sum(rank is not None and rank <= k for rank in found) / count, 4) for k in (1, 3, 5, 10)}
    reciprocal = round(sum(1 / rank for rank in found if rank) / count, 4)
    return Figures(len(found), hit[1], hit[3], hit[5], hit[10], reciprocal)


def by_leg(ranked: Sequence[Ranks], held_out: bool) -> dict[str, Figures]:
    """The figures of each leg over the questions of one side. Pure."""
    chosen = [one for one in ranked if one.question.held_out == held_out]
    return {leg: figures([one.by_leg[leg] for one in chosen]) for leg in LEGS}
