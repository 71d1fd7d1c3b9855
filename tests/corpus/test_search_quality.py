"""How well a clerk's own words find the right section: labelled questions, every second one set aside from tuning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from corpus.encoder import SmallE5
from corpus.index.vectors import ExactVectors
from corpus.ingest import ingest
from corpus.read.limits import ReadLimits
from corpus.read.read_file import READABLE_SUFFIXES
from corpus.search import CorpusSearch
from corpus.understand import understand_file
from tests.corpus.shelves import sqlite_shelf

HERE = Path(__file__).parent
SAMPLES = HERE.parents[1] / "corpus" / "samples"
PAGES = HERE.parents[2] / "shared" / "seeds"
DEPTH = 100

# Only folders that exist are asked for: the shared pages lie beside some checkouts and not beside others.
CORPORA = [
    pytest.param((SAMPLES, "sample_questions.tsv", 0.85), id="samples"),
    *([pytest.param((PAGES, "page_questions.tsv", 0.75), id="pages")] if PAGES.is_dir() else []),
]


@dataclass(frozen=True)
class Figures:
    """Shares of questions answered first and within the first five, and the mean reciprocal rank."""

    first: float
    five: float
    reciprocal: float


@dataclass(frozen=True)
class Asked:
    """The set-aside questions of a corpus, ranked by each leg and joined."""

    meaning: Figures
    keywords: Figures
    joined: Figures
    aim: float


def questions(name: str) -> list[tuple[str, list[str]]]:
    rows = (HERE / name).read_text(encoding="utf-8").splitlines()
    pairs = [row.split("\t") for row in rows if row and not row.startswith("#")]
    return [(question, answers.split("|")) for question, answers in pairs]


def figures(ranks: list[int | None]) -> Figures:
    count = len(ranks)
    return Figures(
        sum(rank == 1 for rank in ranks) / count,
        sum(rank is not None and rank <= 5 for rank in ranks) / count,
        sum(1 / rank for rank in ranks if rank) / count,
    )


def best(*ranks: int | None) -> int | None:
    return min((rank for rank in ranks if rank is not None), default=None)


@pytest.fixture(scope="module", params=CORPORA)
def asked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    folder, name, aim = request.param
    encoder = SmallE5()
    shelf = sqlite_shelf(tmp_path_factory.mktemp("quality"))
    ingest([folder], shelf, encoder)
    search = CorpusSearch(shelf, ExactVectors(encoder.name, encoder.dimensions), encoder)
    meaning: list[int | None] = []
    keywords: list[int | None] = []
    joined: list[int | None] = []
    for question, answers in questions(name)[1::2]:
        found = search.find([question], DEPTH)
        right = [
            (place, one)
            for place, one in enumerate(found, start=1)
            if any(answer in one.section.heading + one.section.text for answer in answers)
        ]
        joined.append(best(*(place for place, _ in right)))
        meaning.append(best(*(one.meaning_rank for _, one in right)))
        keywords.append(best(*(one.keyword_rank for _, one in right)))
    yield Asked(figures(meaning), figures(keywords), figures(joined), aim)


def test_the_right_section_is_among_the_first_five(asked: Asked) -> None:
    assert asked.joined.five >= asked.aim, asked


def test_both_legs_together_are_never_worse_than_either(asked: Asked) -> None:
    for leg in (asked.meaning, asked.keywords):
        assert asked.joined.five >= leg.five, asked
        assert asked.joined.reciprocal >= leg.reciprocal, asked


def test_every_label_still_names_a_section_of_the_samples() -> None:
    texts = [
        f"{section.heading}\n{section.text}"
        for path in SAMPLES.iterdir()
        if path.suffix in READABLE_SUFFIXES
        for report in understand_file(path, ReadLimits()).reports
        for section in report.sections
    ]
    lost = [
        question
        for question, answers in questions("sample_questions.tsv")
        if not any(answer in text for answer in answers for text in texts)
    ]
    assert lost == []
