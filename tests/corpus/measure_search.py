"""How well past sections are found: `python -m tests.corpus.measure_search [--headings FILE]… [--pages FOLDER]`.

Prints hit@1, hit@5 and the mean reciprocal rank of the meaning alone, the keywords alone and both joined, for passages
embedded as written, without figures, and with blanks for figures and names; then what other weights would have found,
each set of questions, and each fold of all of them, judged by the weights that are best on the others.
`--headings` adds labels of other hands (question, file, heading), of which only totals are printed.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.encoder import Encoder, shipped_encoder
from corpus.index.vectors import ExactVectors, packed
from corpus.ingest import ingest
from corpus.passages import PASSAGE_CHARACTERS, has_body, passage_of
from corpus.search import CorpusSearch, Found, Weights
from eval.retrieval import QUESTIONS
from service.domain.shelf import MaskedSection, SectionVector
from service.storage.reports import DatabaseShelf
from tests.corpus.measure import SAMPLES, figures, heading_labels, heading_path, plain
from tests.corpus.shelves import shelf_in

if TYPE_CHECKING:
    from corpus.encoder import Vectors

HERE = Path(__file__).parent
PAGES = HERE.parents[2] / "shared" / "seeds"
DEPTH = 100
FOLDS = 5

# What other weights are tried; the middle ones stand in `corpus/search.py`.
TRIED = [Weights(*pair) for pair in product((0.6, 0.8, 1.0, 1.2, 1.5), (0.0, 0.3, 0.5, 0.6, 0.7, 1.0))]

Ranks = list[int | None]
Answers = Callable[[Found], bool]
Passage = Callable[[MaskedSection], str]

PASSAGES: dict[str, Passage] = {
    "as written": lambda one: f"{one.section.heading}。{one.section.text}"[:PASSAGE_CHARACTERS],
    "figures left out": passage_of,
    "figures and names left out": lambda one: passage_of(one, masked=True),
}


@dataclass(frozen=True)
class Legs:
    """The rank of the right section for each question: by meaning, by keywords, by both."""

    meaning: Ranks = field(default_factory=list)
    keywords: Ranks = field(default_factory=list)
    joined: Ranks = field(default_factory=list)


@dataclass(frozen=True)
class QuestionSet:
    """Questions with what answers them, over one shelf of past reports."""

    name: str
    shelf: DatabaseShelf
    questions: Sequence[tuple[str, Answers]]

    def asked(self, encoder: Encoder, weights: Weights = Weights()) -> Legs:
        """The ranks of all questions."""
        search = CorpusSearch(self.shelf, ExactVectors(encoder.name, encoder.dimensions), encoder, weights)
        legs = Legs()
        for question, answers in self.questions:
            found = search.find([question], DEPTH * 3)
            right = [(rank, one) for rank, one in enumerate(found, start=1) if answers(one)]
            legs.meaning.append(min((one.meaning_rank for _, one in right if one.meaning_rank), default=None))
            legs.keywords.append(min((one.keyword_rank for _, one in right if one.keyword_rank), default=None))
            legs.joined.append(min((rank for rank, _ in right), default=None))
        return legs


class Named:
    """The shipped encoder under a name of its own, remembering what it encoded, so that weights cost no encoding."""

    is_outside = False

    def __init__(self, encoder: Encoder, name: str) -> None:
        self.name, self.dimensions = f"{encoder.name} {name}", encoder.dimensions
        self._encoder = encoder
        self._known: dict[str, Vectors] = {}

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One row for each text that someone searches with."""
        import numpy

        for text in texts:
            if text not in self._known:
                self._known[text] = self._encoder.encode_queries([text])
        return numpy.concatenate([self._known[text] for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """One row for each text to be found."""
        return self._encoder.encode_passages(texts)


def words_labels(path: Path) -> Iterator[tuple[str, Answers]]:
    """Questions whose right sections hold one of some words."""
    for row in path.read_text(encoding="utf-8").splitlines():
        if row and not row.startswith("#"):
            question, words = row.split("\t")
            wanted = words.split("|")
            yield (
                question,
                lambda one, wanted=wanted: any(  # type: ignore[misc]
                    word in f"{one.section.heading}{one.section.text}" for word in wanted
                ),
            )


def headed_labels(path: Path, shelf: DatabaseShelf) -> Iterator[tuple[str, Answers]]:
    """Questions whose right sections stand under a heading of a file."""
    for row in path.read_text(encoding="utf-8").splitlines():
        if row and not row.startswith("#"):
            question, answers = heading_labels(row)
            yield (
                question,
                lambda one, answers=answers: any(  # type: ignore[misc]
                    (one.section.source, plain(heading)) in answers for heading in heading_path(one, shelf)
                ),
            )


def encode_as(shelf: DatabaseShelf, encoder: Encoder, passage: Passage) -> None:
    """Gives every section of the shelf the vector of `passage`, under the name of `encoder`."""
    for report_id in shelf.reports_without_vectors(encoder.name):
        sections = [
            (place, one) for place, one in enumerate(shelf.masked_sections(report_id)) if has_body(one.masked_text)
        ]
        rows = packed(encoder.encode_passages([passage(one) for _, one in sections]))
        shelf.add_vectors(
            report_id,
            encoder.name,
            [SectionVector(place, 0, row) for (place, _), row in zip(sections, rows, strict=True)],
        )


def open_sets(home: Path, headings: Sequence[Path], pages: Path) -> list[QuestionSet]:
    """Our sets over the samples and over the shared pages where these exist, and those of others over the samples."""
    sets = []
    (home / "samples").mkdir()
    samples = shelf_in(home / "samples")
    ingest([SAMPLES], samples, NoVectors())
    sets.append(QuestionSet("samples", samples, list(words_labels(QUESTIONS))))
    if pages.is_dir():
        (home / "pages").mkdir()
        shared = shelf_in(home / "pages")
        ingest([pages], shared, NoVectors())
        sets.append(QuestionSet("pages", shared, list(words_labels(HERE / "page_questions.tsv"))))
    return [*sets, *(QuestionSet(path.stem, samples, list(headed_labels(path, samples))) for path in headings)]


class NoVectors:
    """Takes the place of an encoder while reports are read; the vectors are made afterwards, in three ways."""

    name, dimensions, is_outside = "none", 1, False

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """A row of one number for each text."""
        import numpy

        return numpy.ones((len(texts), 1), dtype=numpy.float32)

    encode_passages = encode_queries


def report_legs(sets: Sequence[QuestionSet], encoder: Encoder) -> Iterator[str]:
    """The figures of each leg, for each way of cutting passages, all sets together and each alone."""
    for name, passage in PASSAGES.items():
        named = Named(encoder, name)
        for shelf in {id(one.shelf): one.shelf for one in sets}.values():
            encode_as(shelf, named, passage)
        legs = {one.name: one.asked(named) for one in sets}
        yield f"passages embedded: {name}"
        for leg in ("meaning", "keywords", "joined"):
            for set_name, found in legs.items():
                yield f"  {leg:<9} {set_name:<14} {figures(getattr(found, leg))}"
            yield f"  {leg:<9} {'all':<14} {figures([rank for one in legs.values() for rank in getattr(one, leg)])}"


def report_weights(sets: Sequence[QuestionSet], encoder: Encoder) -> Iterator[str]:
    """What each pair of weights finds, and each set judged by the pair that is best on the other sets."""
    named = Named(encoder, "figures left out")
    found = {weights: [one.asked(named, weights).joined for one in sets] for weights in TRIED}
    yield "weights of the keywords and of the official words, all sets"
    for weights, ranks in found.items():
        every = [rank for some in ranks for rank in some]
        yield f"  {weights.keywords:.1f} {weights.official_words:.1f}  {figures(every)}"
    yield "each set by the weights that are best on the others"
    for place, one in enumerate(sets):
        others = {
            weights: [rank for other, some in enumerate(ranks) if other != place for rank in some]
            for weights, ranks in found.items()
        }
        best = max(others, key=lambda weights: _reciprocal(others[weights]))
        yield f"  {one.name:<14} {best.keywords:.1f} {best.official_words:.1f}  {figures(found[best][place])}"


def report_folds(sets: Sequence[QuestionSet], encoder: Encoder) -> Iterator[str]:
    """The joined list of each fold by the weights that are best on the other folds, beside both legs on it: what
    weights chosen elsewhere are worth. Every set has its questions in every fold."""
    named = Named(encoder, "figures left out")
    legs = [one.asked(named) for one in sets]
    meaning, keywords = ([rank for one in legs for rank in getattr(one, leg)] for leg in ("meaning", "keywords"))
    joined = {weights: [rank for one in sets for rank in one.asked(named, weights).joined] for weights in TRIED}
    folds = [place % FOLDS for one in sets for place in range(len(one.questions))]
    yield f"{FOLDS} folds over all questions, each by the weights that are best on the others"
    together: Ranks = []
    for fold in range(FOLDS):
        others = {
            one: [rank for rank, of in zip(ranks, folds, strict=True) if of != fold] for one, ranks in joined.items()
        }
        best = max(TRIED, key=lambda one: _reciprocal(others[one]))
        legs_here = (meaning, keywords, joined[best])
        inside = [[rank for rank, of in zip(ranks, folds, strict=True) if of == fold] for ranks in legs_here]
        together += inside[2]
        yield f"  fold {fold + 1}, weights {best.keywords:.1f} {best.official_words:.1f}"
        for name, ranks in zip(("meaning", "keywords", "joined"), inside, strict=True):
            yield f"    {name:<9} {figures(ranks)}"
    for name, ranks in (("meaning", meaning), ("keywords", keywords), ("joined", together)):
        yield f"  all folds {name:<9} {figures(ranks)}"


def _reciprocal(ranks: Ranks) -> float:
    return sum(1 / rank for rank in ranks if rank) / max(1, len(ranks))


def main() -> None:
    """Prints all figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.corpus.measure_search")
    parser.add_argument("--headings", type=Path, nargs="*", default=[])
    parser.add_argument("--pages", type=Path, default=PAGES)
    parser.add_argument("--no-weights", action="store_true", help="leave out what other weights would have found")
    asked = parser.parse_args()
    encoder = shipped_encoder()
    with tempfile.TemporaryDirectory() as home:
        sets = open_sets(Path(home), asked.headings, asked.pages)
        for line in report_legs(sets, encoder):
            print(line, flush=True)
        if not asked.no_weights and len(sets) > 1:
            print(*report_weights(sets, encoder), sep="\n")
            print(*report_folds(sets, encoder), sep="\n")


if __name__ == "__main__":
    main()
