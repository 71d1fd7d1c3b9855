"""How well a clerk's own words find the right section: labelled questions, every second one set aside from tuning."""

from __future__ import annotations

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
from eval.retrieval import QUESTIONS, Figures, by_leg, ranks, read_questions
from tests.corpus.shelves import shelf_in

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
AIM = 0.85


@dataclass(frozen=True)
class Asked:
    """The set-aside questions of a corpus, ranked by each leg and joined."""

    meaning: Figures
    keywords: Figures
    joined: Figures


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    encoder = SmallE5()
    shelf = shelf_in(tmp_path_factory.mktemp("quality"))
    ingest([SAMPLES], shelf, encoder)
    search = CorpusSearch(shelf, ExactVectors(encoder.name, encoder.dimensions), encoder)
    legs = by_leg(ranks(search, [one for one in read_questions(QUESTIONS) if one.held_out]), held_out=True)
    return Asked(legs["meaning"], legs["keywords"], legs["joined"])


def test_the_right_section_is_among_the_first_five(asked: Asked) -> None:
    assert asked.joined.hit_5 >= AIM, asked


def test_both_legs_together_are_never_worse_than_either(asked: Asked) -> None:
    for leg in (asked.meaning, asked.keywords):
        assert asked.joined.hit_1 >= leg.hit_1, asked
        assert asked.joined.hit_5 >= leg.hit_5, asked
        assert asked.joined.reciprocal_rank >= leg.reciprocal_rank, asked


def test_every_label_still_names_a_section_of_the_samples() -> None:
    texts = [
        f"{section.heading}\n{section.text}"
        for path in SAMPLES.iterdir()
        if path.suffix in READABLE_SUFFIXES
        for report in understand_file(path, ReadLimits()).reports
        for section in report.sections
    ]
    lost = [
        one.words for one in read_questions() if not any(answer in text for answer in one.answers for text in texts)
    ]
    assert lost == []
