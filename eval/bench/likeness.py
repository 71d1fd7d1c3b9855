"""Figures of the search for copies and twins: `python -m eval.bench.likeness 1000 10000 100000` counts reports.

Reports are made of the words of our samples in random order, so that none resembles another; among them are planted
copies whose figures a site masked, copies cut to two fifths, and twins that share a fifth of their sentences. Beside it
stands what bands of MinHash (rensa) point to for the same reports.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.dedupe import near_duplicates, shingles, template_twins
from corpus.likeness import likeness_of, near_reports
from corpus.understand import understand_text
from eval.bench.texts import SAMPLES
from service.domain.genre import Genre, UnitType
from service.domain.report import Report
from service.language.words import segment
from service.storage.database import open_database
from service.storage.reports import DatabaseShelf

_SENTENCES = 30
_WORDS_IN_ONE = 14
# One report in this many has each kind of likeness planted.
_PLANTED_EVERY = 100
# A run to 100,000 takes half an hour and more; one that is stopped has told how the search grew.
_TOLD_EVERY = 10_000
_BANDS, _ROWS = 32, 4


@dataclass(frozen=True)
class Planted:
    """A report that resembles an earlier one."""

    kind: str
    report: Report
    like: str


def figures(sizes: Sequence[int]) -> Iterator[str]:
    """Lines of figures for each number of reports."""
    words = _words()
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="zhibi-likeness-") as home:
            yield from _of_size(size, words, Path(home))


def _words() -> list[str]:
    texts = [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("[0-9]*"))]
    found = [report.text for text in texts for report in understand_text("样例.md", text).reports]
    return sorted({word.text for text in found for word in segment(text) if len(word.text) > 1 and word.tag != "x"})


def _report(number: int, kind: str, text: str) -> Report:
    return Report(
        report_id=f"{kind}{number:014x}",
        source=f"{number}.txt",
        label="",
        title=f"报告{number}",
        genre=Genre.PROGRESS,
        unit=f"单位{number % 500}",
        unit_type=UnitType.STREET,
        text=text,
        lines=(1, 9),
        sections=(),
    )


def _made(size: int, words: Sequence[str]) -> Iterator[tuple[Report, Planted | None]]:
    """Reports in the order they come in; a planted one follows what it resembles."""
    chosen = random.Random(7)

    def sentence() -> str:
        return "".join(chosen.choices(words, k=_WORDS_IN_ONE)) + f"{chosen.randint(2, 900)}处。"

    for number in range(size):
        own = [sentence() for _ in range(_SENTENCES)]
        report = _report(number, "r0", "".join(own))
        yield report, None
        if number % _PLANTED_EVERY == 0:
            masked = "".join(one if one not in "0123456789" else "x" for one in report.text)
            cut = "".join(own[: _SENTENCES * 2 // 5])
            twin = "".join([*own[: _SENTENCES // 5], *(sentence() for _ in range(_SENTENCES * 4 // 5))])
            for kind, text in (("masked copy", masked), ("cut copy", cut), ("twin", twin)):
                one = _report(number, kind[0] + "0", text)
                yield one, Planted(kind, one, report.report_id)


def _of_size(size: int, words: Sequence[str], home: Path) -> Iterator[str]:
    shelf = DatabaseShelf(open_database(f"sqlite:///{home / 'zhibi.sqlite'}"))
    pointed: dict[str, list[bool]] = {}
    looked_up: list[float] = []
    stored = 0.0
    banded = _Bands()
    for report, planted in _made(size, words):
        started = time.perf_counter()
        near = near_reports([report], shelf)
        duplicates = near_duplicates([*near, report])
        likeness = {} if report.report_id in duplicates else likeness_of([report], near, shelf)
        looked_up.append((time.perf_counter() - started) * 1000)
        started = time.perf_counter()
        kept = replace(report, duplicate_of=duplicates.get(report.report_id))
        shelf.add_report(kept, [], "none", [], *likeness.values())
        stored += time.perf_counter() - started
        if len(looked_up) % _TOLD_EVERY == 0 and len(looked_up) < size:
            half, most = _middle_and_most(looked_up[-1000:])
            yield f"  {len(looked_up):,} so far: sought in {half:.1f} ms, p95 {most:.1f} ms"
        found_by_bands = banded.add(report)
        if planted is not None:
            twins = template_twins([*near, report]) if planted.kind == "twin" else ()
            is_found = any(planted.like in (one.first, one.second) for one in twins) or (
                duplicates.get(report.report_id) == planted.like
            )
            pointed.setdefault(planted.kind, []).append(is_found)
            pointed.setdefault(f"{planted.kind} by MinHash", []).append(planted.like in found_by_bands)
    disk = sum(path.stat().st_size for path in home.rglob("*") if path.is_file())
    half, most = _middle_and_most(looked_up[-max(100, len(looked_up) // 10) :])
    yield f"{size:,} reports: stored {len(looked_up) / stored:,.0f}/s, disk {disk / 1e6:,.0f} MB"
    yield f"  copies and twins of one report sought in {half:.1f} ms, p95 {most:.1f} ms"
    yield f"  MinHash {1000 * banded.seconds / len(looked_up):.1f} ms a report, in memory"
    yield "  found: " + ", ".join(f"{kind} {sum(all_)}/{len(all_)}" for kind, all_ in sorted(pointed.items()))
    yield f"  memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:,.0f} MB at most so far"


def _middle_and_most(times: Sequence[float]) -> tuple[float, float]:
    ordered = sorted(times)
    return ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]


class _Bands:
    """Bands of MinHash by rensa, kept in memory: what the usual way points to."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._tables: list[dict[tuple[int, ...], list[str]]] = [{} for _ in range(_BANDS)]

    def add(self, report: Report) -> set[str]:
        """The reports that share a band with `report`, which is added."""
        from rensa import RMinHash

        started = time.perf_counter()
        signature = RMinHash(num_perm=_BANDS * _ROWS, seed=7)
        signature.update([str(one) for one in shingles(report.text)])
        digest = signature.digest()
        found: set[str] = set()
        for band, table in enumerate(self._tables):
            held = table.setdefault(tuple(digest[band * _ROWS : (band + 1) * _ROWS]), [])
            found.update(held)
            held.append(report.report_id)
        self.seconds += time.perf_counter() - started
        return found


def main(write: Callable[[str], object] = sys.stdout.write) -> None:
    """Prints the figures for the sizes asked for."""
    for line in figures([int(size) for size in sys.argv[1:]] or [1_000, 10_000, 100_000]):
        write(line + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
