"""Figures of the corpus over labelled files: `python -m tests.corpus.measure pages|mask|queries PATH`.

Prints totals only, so that it may be run on a set that nobody looks at; `--misses` prints what went wrong, for the set
that is looked at.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from corpus.mask.masking import mask_text
from corpus.read.limits import ReadLimits
from corpus.search import Found
from corpus.understand import FileUnderstood, understand_file
from service.domain.report import Report
from service.language.numbers import find_numbers
from service.storage.reports import DatabaseShelf

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
UNSEEN = Path(__file__).parent / "unseen"

_ASIDE = re.compile(r"[^\w]+|_")
# A mask of the page (20xx年, **社区) and the token it became are the same blank.
_MASKED = re.compile(r"〔MASK:[a-z]+〕|(?:19|20)?[xX×*＊○]{2,}|(?<=[\u4e00-\u9fff])[xX×*＊](?=[\u4e00-\u9fff])")
_LEAST_WORDS = 4  # letters; fewer (— 3 —) may stand in any figure, so the whole line is compared


@dataclass
class Tally:
    """Counts by name, and the misses behind them."""

    counts: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def see(self, name: str, good: bool, miss: str = "") -> None:
        """Counts one judgement."""
        self.counts[f"{name} of"] += 1
        self.counts[name] += good
        if not good:
            self.misses.append(f"{name}: {miss}")

    def share(self, name: str) -> float:
        """The share of good judgements, 1 where there was none."""
        return self.counts[name] / max(1, self.counts[f"{name} of"])

    def lines(self) -> Iterator[str]:
        """One line a measure."""
        for name in self.counts:
            if not name.endswith(" of"):
                yield f"{name}: {self.counts[name]} of {self.counts[f'{name} of']} ({self.share(name):.3f})"


def plain(text: str) -> str:
    """Letters, digits and Chinese characters alone, for comparing across widths of marks and ways of masking."""
    text = _MASKED.sub("", text)
    return _ASIDE.sub("", text.translate(str.maketrans("０１２３４５６７８９", "0123456789"))).lower()


def measure_pages(folder: Path) -> Tally:
    """How pages that nobody tuned on are cleaned, split and classified, against their gold: a file beside each page, or
    one list for a folder, `open.json` beside `open`."""
    tally = Tally()
    listed = folder.with_suffix(".json")
    for one in json.loads(listed.read_text(encoding="utf-8")) if listed.is_file() else ():
        _measure_listed(understand_file(folder / one["file"], ReadLimits()), one, tally)
    for gold_path in sorted(folder.glob("*.gold.json")):
        gold = json.loads(gold_path.read_text(encoding="utf-8"))
        page = next(one for one in gold_path.parent.glob(f"{gold_path.name.split('.')[0]}.*") if one != gold_path)
        _measure_page(page.name, understand_file(page, ReadLimits()), gold, tally)
    return tally


def _measure_page(name: str, understood: FileUnderstood, gold: Mapping[str, Any], tally: Tally) -> None:
    texts = [plain(report.text) for report in understood.reports]
    titled = [plain(f"{report.title}{report.text}") for report in understood.reports]
    tally.see("pages split into the right number", len(texts) == len(gold["reports"]), f"{name} {len(texts)}")
    for place, wanted in enumerate(gold["reports"]):
        # A masked figure at the cut (关于开展2|0xx年) is a token in the clean text.
        first, last = plain(wanted["first_words"]).rstrip("0123456789x"), plain(wanted["last_words"])
        holder = next((n for n, text in enumerate(texts) if first in text), None)
        tally.see("reports found", holder is not None, f"{name} {place} {first}")
        if holder is None:
            continue
        text = texts[holder]
        begins = text.index(first) <= 60
        ends = last in text and len(text) - text.index(last) - len(last) <= 120
        others = [one for n, one in enumerate(gold["reports"]) if n != place]
        alone = not any(plain(one["first_words"]) in text and plain(one["last_words"]) in text for one in others)
        tally.see("reports begin right", begins, f"{name} {place} {text[: text.index(first)][:80]}")
        tally.see("reports end right", ends, f"{name} {place} …{text[-60:]} wanted {last}")
        tally.see("reports stand alone", alone, f"{name} {place}")
        _measure_labels(f"{name} {place}", understood.reports[holder], wanted, tally)
    whole = "\n".join(titled)
    lines = {plain(line) for report in understood.reports for line in report.text.split("\n")}
    for words in gold["must_not_survive"]:
        short = len(plain(words)) < _LEAST_WORDS
        tally.see("furniture gone", plain(words) not in (lines if short else whole), f"{name} {words}")
    for words in gold["must_survive"]:
        tally.see("true text kept", plain(words) in whole, f"{name} {words}")
    for other in gold.get("not_reports", ()):
        tally.see("non-reports set apart", plain(other["first_words"]) not in whole, f"{name} {other['first_words']}")


def _measure_listed(understood: FileUnderstood, gold: Mapping[str, Any], tally: Tally) -> None:
    name, count = gold["file"], len(understood.reports)
    tally.see("pages split into the right number", count == gold["reports"], f"{name} {count} wanted {gold['reports']}")
    whole = plain("\n".join(f"{report.title}\n{report.text}" for report in understood.reports))
    for words in gold["furniture"]:
        tally.see("furniture gone", plain(words) not in whole, f"{name} {words}")
    for words in gold["kept"]:
        tally.see("true text kept", plain(words) in whole, f"{name} {words}")


def _measure_labels(where: str, report: Report, wanted: Mapping[str, Any], tally: Tally) -> None:
    tally.see("genre", report.genre == wanted["genre"], f"{where} {report.genre} wanted {wanted['genre']}")
    unit_type = wanted["unit_type"]
    tally.see(
        "unit type", report.unit_type == unit_type, f"{where} {report.unit_type} {report.unit} wanted {unit_type}"
    )
    tally.see("year", report.year == wanted["year"], f"{where} {report.year} wanted {wanted['year']}")
    for words in wanted.get("signature", ()):
        tally.see("signatures kept", plain(words) in plain(report.text), f"{where} {words}")


def measure_masks(path: Path) -> Tally:
    """How many labelled numbers and names survive masking, and how much of the rest is masked with them."""
    tally = Tally()
    for row in path.read_text(encoding="utf-8").splitlines():
        one = json.loads(row)
        text = one["text"]
        masked = mask_text(text)
        visible = _visible(text, masked)
        labelled = bytearray(len(text))
        for kind in ("numbers", "names"):
            for start, end in _places(text, one.get(kind, ())):
                labelled[start:end] = b"\x01" * (end - start)
                kept = _numeral_kept if kind == "numbers" else _stem_kept
                tally.see(f"{kind} masked", not kept(text, start, end, visible), f"{text[start:end]} | {masked}")
        if "numbers" not in one:  # a set that labels names alone: its figures are neither names nor common words
            for mention in find_numbers(text):
                labelled[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
        rest = [place for place in range(len(text)) if not labelled[place] and text[place].isalnum()]
        lost = [place for place in rest if not visible[place]]
        tally.counts["common characters kept of"] += len(rest)
        tally.counts["common characters kept"] += len(rest) - len(lost)
        if lost:
            tally.misses.append(f"common: {''.join(text[place] for place in lost)} | {masked} | {text}")
    return tally


def _places(text: str, labelled: Sequence[str]) -> Iterator[tuple[int, int]]:
    at: Counter[str] = Counter()
    for words in labelled:
        start = text.find(words, at[words])
        if start < 0:
            continue
        at[words] = start + len(words)
        yield start, start + len(words)


def _visible(text: str, masked: str) -> list[bool]:
    """Which characters of `text` still stand in `masked`."""
    visible = [False] * len(text)
    for block in SequenceMatcher(None, text, masked, autojunk=False).get_matching_blocks():
        visible[block.a : block.a + block.size] = [True] * block.size
    return visible


def _numeral_kept(text: str, start: int, end: int, visible: Sequence[bool]) -> bool:
    numeral = [
        place
        for place in range(start, end)
        if text[place].isdigit() or text[place] in "〇零一二三四五六七八九十百千万亿两半数几%％"
    ]
    return bool(numeral) and sum(visible[place] for place in numeral) > len(numeral) / 2


def _stem_kept(text: str, start: int, end: int, visible: Sequence[bool]) -> bool:
    """A name survives where its first two characters do; 街道 or 社区 left behind a blank is form."""
    place = next((one for one in range(start, end) if text[one].isalnum()), start)
    return all(visible[place : min(end, place + 2)])


@dataclass(frozen=True)
class Legs:
    """The ranks of the right sections by each leg, None where a leg did not find it."""

    meaning: list[int | None]
    keywords: list[int | None]
    joined: list[int | None]


def figures(ranks: Sequence[int | None]) -> str:
    """hit@1, hit@5 and mean reciprocal rank in one line."""
    count = max(1, len(ranks))
    first = sum(rank == 1 for rank in ranks) / count
    five = sum(rank is not None and rank <= 5 for rank in ranks) / count
    reciprocal = sum(1 / rank for rank in ranks if rank) / count
    return f"hit@1 {first:.3f}  hit@5 {five:.3f}  MRR {reciprocal:.3f}  n {len(ranks)}"


def measure_queries(path: Path, samples: Path = SAMPLES) -> tuple[Legs, list[str]]:
    """The ranks of labelled (file, heading) sections for a clerk's questions over the sample reports."""
    from corpus.encoder import shipped_encoder
    from corpus.index.vectors import ExactVectors
    from corpus.ingest import ingest
    from corpus.search import CorpusSearch
    from tests.corpus.shelves import shelf_in

    legs, misses = Legs([], [], []), []
    with tempfile.TemporaryDirectory() as home:
        encoder, shelf = shipped_encoder(), shelf_in(Path(home))
        ingest([samples], shelf, encoder)
        search = CorpusSearch(shelf, ExactVectors(encoder.name, encoder.dimensions), encoder)
        for row in path.read_text(encoding="utf-8").splitlines():
            if not row or row.startswith("#"):
                continue
            query, answers = heading_labels(row)
            found = search.find([query], 100)
            right = [
                (rank, one)
                for rank, one in enumerate(found, start=1)
                if any((one.section.source, plain(heading)) in answers for heading in heading_path(one, shelf))
            ]
            legs.joined.append(min((rank for rank, _ in right), default=None))
            legs.meaning.append(min((one.meaning_rank for _, one in right if one.meaning_rank), default=None))
            legs.keywords.append(min((one.keyword_rank for _, one in right if one.keyword_rank), default=None))
            if (legs.joined[-1] or 99) > 5:
                top = found[0].section
                misses.append(f"{legs.joined[-1]} {query} → {sorted(answers)}; first: {top.source} {top.heading}")
    return legs, misses


def heading_path(found: Found, shelf: DatabaseShelf) -> list[str]:
    """The heading of a section and those it stands under: a chapter is answered by its parts as well."""
    sections = shelf.report(found.section.key.report_id).sections
    path, level = [], 9
    for section in reversed(sections[: found.section.key.position + 1]):
        if section.level and section.level < level:
            path.append(section.heading)
            level = section.level
    return path


def heading_labels(row: str) -> tuple[str, set[tuple[str, str]]]:
    """The question and its (file, heading) answers: `query, file, heading;;file|heading`."""
    query, file, rest = row.split("\t")[:3]
    first, *others = rest.split(";;")
    pairs = [(file, first), *(tuple(one.split("|", 1)) for one in others)]
    return query, {(name, plain(heading)) for name, heading in pairs}


def main() -> None:
    """Prints the figures asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.corpus.measure")
    parser.add_argument("what", choices=("pages", "mask", "queries"))
    parser.add_argument("path", type=Path)
    parser.add_argument("--misses", action="store_true")
    asked = parser.parse_args()
    misses: Sequence[str] = ()
    if asked.what == "queries":
        legs, misses = measure_queries(asked.path)
        for name, ranks in (("meaning", legs.meaning), ("keywords", legs.keywords), ("joined", legs.joined)):
            print(f"{name}: {figures(ranks)}")
    else:
        tally = measure_pages(asked.path) if asked.what == "pages" else measure_masks(asked.path)
        print(*tally.lines(), sep="\n")
        misses = tally.misses
    if asked.misses:
        print(*misses, sep="\n")


if __name__ == "__main__":
    main()
