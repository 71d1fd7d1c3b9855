"""Figures of the corpus at size: `python -m eval.bench.index 1000 10000 [100000]` counts sections.

One shelf grows from size to size, and its figures are printed at each, so that a run that is stopped has told what it
measured. Sections are made up (words of our samples in new orders) and so are their vectors: neighbours in a hundred
clusters, of the length and number of the shipped encoder's, since encoding 100,000 takes an hour. The encoder's own
rate is measured on the sections of the samples beside it, and every query is encoded for real. Beside times stands what
kept the processor busy: on a machine that others use too only that says what a step costs.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count, islice, pairwise
from pathlib import Path
from typing import Any, Self

from corpus.cores import cores
from corpus.encoder import Encoder, shipped_encoder
from corpus.index.opening import open_index
from corpus.index.vectors import ExactVectors, packed
from corpus.ingest import ingest
from corpus.passages import encode_sections
from corpus.read.limits import ReadLimits
from corpus.reading import Processes
from corpus.search import CorpusSearch
from corpus.understand import understand_text
from eval.bench.texts import SAMPLES
from service.domain.genre import Genre, UnitType
from service.domain.report import Report, Section
from service.domain.shelf import MaskedSection, SectionVector
from service.storage.database import open_database
from service.storage.reports import DatabaseShelf

_NUMERALS = "一二三四五六七八九十"
_SECTIONS_OF_ONE = len(_NUMERALS)
_CLUSTERS = 100
_QUERIES = (
    "楼道里堆了好多杂物怎么写",
    "志愿者扫街捡垃圾",
    "农贸市场改造",
    "学校搞文明礼仪教育",
    "窗口排队时间太长",
    "小区没地方停车",
)
_FILTERS: dict[str, dict[str, Any]] = {
    "no filter": {},
    "a genre": {"genre": Genre.PROGRESS},
    "a genre and a year": {"genre": Genre.PROGRESS, "year": 2020},
}
_PLACES = ("老城区", "镇上", "村里", "东边几条街", "学校门口", "车站", "河边", "新小区", "医院", "开发区")
_ENCODED_SAMPLE = 96
_COPIES = 8
_INGESTED_PAGES = 100


def figures(sizes: list[int]) -> Iterator[str]:
    """Lines of figures for each number of sections, rising."""
    encoder = shipped_encoder()
    yield _encoding(encoder)
    yield _reading()
    yield _ingesting(encoder)
    with tempfile.TemporaryDirectory(prefix="zhibi-index-") as folder:
        yield from _growing(sorted(sizes), encoder, Path(folder))


def _sample_reports() -> list[Report]:
    texts = [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("[0-9]*"))]
    return [report for text in texts for report in understand_text("样例.md", text).reports]


def _sentences() -> list[str]:
    return [one for report in _sample_reports() for one in report.text.replace("\n", "。").split("。") if len(one) > 12]


def _encoding(encoder: Encoder) -> str:
    """How fast the sections of the samples are encoded, which bounds an ingest of new text."""
    every = [section for report in _sample_reports() for section in report.sections]
    # Every so-manyth, so that openings, bodies and endings stand in it as often as in all.
    sections = [MaskedSection(one, one.heading, one.text) for one in every[:: max(1, len(every) // _ENCODED_SAMPLE)]]
    encoder.encode_queries(["文明创建"])
    started, busy = time.perf_counter(), time.process_time()
    encode_sections(sections, encoder)
    rate = len(sections) / (time.perf_counter() - started)
    cost = 1000 * (time.process_time() - busy) / len(sections)
    return (
        f"{encoder.name}: {rate:.1f} sections/s encoded, 100,000 in {100_000 / rate / 60:.0f} min; "
        f"{cost:.0f} ms of processor a section, 100,000 in {cost * 100_000 / 1000 / 60 / 2:.0f} min of two cores"
    )


def _reading() -> str:
    """What several processes save where every page is known already: cleaning and splitting, without encoding."""
    with tempfile.TemporaryDirectory(prefix="zhibi-pages-") as folder:
        paths = [Path(folder) / f"{copy}-{path.name}" for copy in range(_COPIES) for path in SAMPLES.glob("[0-9]*")]
        for path in paths:
            path.write_bytes((SAMPLES / path.name.partition("-")[2]).read_bytes())
        took = []
        for processes in (1, cores()):
            started = time.perf_counter()
            with Processes(ReadLimits(), processes) as beside:
                count = sum(len(read.understood) for read in beside.read([(path, path.name) for path in paths]))
            took.append(time.perf_counter() - started)
    return (
        f"{count:,} pages read and understood by one process in {took[0]:.1f} s, by {cores()} in {took[1]:.1f} s:"
        f" {took[0] / took[1]:.2f} times as fast"
    )


def _ingesting(encoder: Encoder) -> str:
    """The whole way from files to an index that answers, by as many processes as an ingest takes for them, beside the
    encoding of the same sections alone."""
    with tempfile.TemporaryDirectory(prefix="zhibi-ingest-") as folder:
        home = Path(folder)
        (home / "pages").mkdir()
        for report in islice(_reports(_sentences()), _INGESTED_PAGES):
            page = f"关于文明创建工作情况的报告\n{report.text}\n{report.unit}\n{report.year}年3月1日\n"
            (home / "pages" / report.source).write_text(page, encoding="utf-8")
        shelf = DatabaseShelf(open_database(f"sqlite:///{home / 'zhibi.sqlite'}"))
        index = open_index(shelf, encoder, home / "chroma")
        with _Timed() as whole:
            done = ingest([home / "pages"], shelf, encoder, index)
        sections = [one for report in done.reports for one in shelf.masked_sections(report.report_id)]
        index.close()
        with _Timed() as alone:
            encode_sections(sections, encoder)
    return (
        f"{len(sections):,} sections ingested, from reading to the index: {len(sections) / whole.seconds:.1f}/s,"
        f" 100,000 in {100_000 * whole.seconds / len(sections) / 60:.0f} min; encoding them alone takes"
        f" {alone.seconds / whole.seconds:.2f} of that time"
    )


def _reports(sentences: list[str]) -> Iterator[Report]:
    chosen = random.Random(7)
    genres, types = list(Genre), list(UnitType)
    for number in count():
        parts = tuple(
            Section(
                f"{_NUMERALS[place]}、{chosen.choice(sentences)[:10]}", 1, "。".join(chosen.choices(sentences, k=3))
            )
            for place in range(_SECTIONS_OF_ONE)
        )
        yield Report(
            report_id=f"{number:016x}",
            source=f"{number}.txt",
            label="",
            title=f"报告{number}",
            genre=chosen.choice(genres),
            unit=f"单位{number % 500}",
            unit_type=chosen.choice(types),
            text="\n".join(f"{one.heading}\n{one.text}" for one in parts),
            lines=(1, 9),
            sections=parts,
            year=2015 + number % 10,
        )


def _growing(sizes: list[int], encoder: Encoder, home: Path) -> Iterator[str]:
    import numpy

    random_numbers = numpy.random.default_rng(7)
    centres = random_numbers.standard_normal((_CLUSTERS, encoder.dimensions)).astype(numpy.float32)
    shelf = DatabaseShelf(open_database(f"sqlite:///{home / 'zhibi.sqlite'}"))
    reports = _reports(_sentences())
    index = open_index(shelf, encoder, home / "chroma")
    search = CorpusSearch(shelf, index, encoder)
    before = 0
    costs: dict[int, dict[str, float]] = {}
    for size in sizes:
        added = size - before
        cost = costs[size] = {}
        with _Timed() as storing:
            for report in islice(reports, added // _SECTIONS_OF_ONE):
                _store(report, centres, random_numbers, shelf, encoder)
        yield f"{size:,} sections: stored {storing.rate(added)}"
        with _Timed() as indexing:
            index.catch_up(shelf)
        with _Timed() as reading:
            search.catch_up()
        yield f"  vector index {indexing.rate(added)}, keyword index {reading.rate(added)}"
        cost["storing a section"] = storing.busy / added
        cost["a section into the vector index"] = indexing.busy / added
        cost["a section into the keyword index"] = reading.busy / added
        cost["disk"] = disk = sum(path.stat().st_size for path in home.rglob("*") if path.is_file())
        right = _recall(index, shelf, encoder, centres)
        yield f"  disk {disk / 1e6:,.0f} MB, recall@10 against exact search {right:.3f}"
        for name, filters in _FILTERS.items():
            half, most, busy = _asked(search, filters)
            cost[f"p95 with {name}"] = most
            yield f"  query with {name}, encoded: p50 {half:.0f} ms, p95 {most:.0f} ms, {busy:.0f} ms of processor each"
        half, most, busy = _encoded(encoder)
        yield f"  of that, encoding: p50 {half:.0f} ms, p95 {most:.0f} ms, {busy:.0f} ms of processor each"
        cost["memory"] = memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
        yield f"  memory {memory:,.0f} MB at most so far"
        before = size
    index.close()
    with _Timed() as opening:
        open_index(shelf, encoder, home / "chroma").close()
    yield f"opened again in {opening.seconds:.1f} s"
    yield from _grown(costs)


def _grown(costs: dict[int, dict[str, float]]) -> Iterator[str]:
    """How many times each cost is that of the size before: 1 for one that does not depend on the size."""
    sizes = list(costs)
    for smaller, larger in pairwise(sizes):
        told = ", ".join(
            f"{name} {costs[larger][name] / max(costs[smaller][name], 1e-9):.1f}" for name in costs[larger]
        )
        yield f"from {smaller:,} to {larger:,} sections, {larger / smaller:.1f} times as many: times {told}"


class _Timed:
    """How long something took, and how long it kept this process's processors busy, in seconds."""

    def __enter__(self) -> Self:
        self._started, self._was_busy = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *failure: object) -> None:
        self.seconds, self.busy = time.perf_counter() - self._started, time.process_time() - self._was_busy

    def rate(self, sections: int) -> str:
        """How many a second, and the processor time of one."""
        return f"{sections / self.seconds:,.0f}/s ({1000 * self.busy / sections:.1f} ms of processor each)"


def _store(report: Report, centres: Any, random_numbers: Any, shelf: DatabaseShelf, encoder: Encoder) -> None:
    import numpy

    rows = centres[random_numbers.integers(0, _CLUSTERS, len(report.sections))]
    rows = rows + 0.7 * random_numbers.standard_normal(rows.shape).astype(numpy.float32)
    rows /= numpy.linalg.norm(rows, axis=1, keepdims=True)
    vectors = [SectionVector(place, 0, vector) for place, vector in enumerate(packed(rows))]
    shelf.add_report(
        report, [MaskedSection(one, one.heading, one.text) for one in report.sections], encoder.name, vectors
    )


def _recall(index: Any, shelf: DatabaseShelf, encoder: Encoder, centres: Any) -> float:
    import numpy

    exact = ExactVectors(encoder.name, encoder.dimensions)
    exact.catch_up(shelf)
    shares = []
    for centre in centres[:50]:
        question = centre / numpy.linalg.norm(centre)
        right = {key for key, _ in exact.nearest(question, 10)}
        shares.append(len(right & {key for key, _ in index.nearest(question, 10)}) / max(1, len(right)))
    return sum(shares) / len(shares)


def _asked(search: CorpusSearch, filters: dict[str, Any]) -> tuple[float, float, float]:
    """The figures of a search; the filters' sections are known after the first."""
    return _of_questions(lambda query: search.search(query, 5, **filters))


def _encoded(encoder: Encoder) -> tuple[float, float, float]:
    return _of_questions(lambda query: encoder.encode_queries([query]))


def _of_questions(ask: Callable[[str], object]) -> tuple[float, float, float]:
    """The middle and the 95th percentile of asking and what it keeps processors busy, in milliseconds, after the first
    few. No question is asked twice. Where other programs are busy only the last says what a search costs."""
    for query in _QUERIES:
        ask(query)
    times = []
    busy = time.process_time()
    for place in _PLACES:
        for query in _QUERIES:
            started = time.perf_counter()
            ask(f"{place}{query}")
            times.append((time.perf_counter() - started) * 1000)
    times.sort()
    each = 1000 * (time.process_time() - busy) / len(times)
    return times[len(times) // 2], times[int(len(times) * 0.95)], each


if __name__ == "__main__":
    for line in figures([int(size) for size in sys.argv[1:]] or [1_000, 10_000, 30_000, 60_000, 100_000]):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
