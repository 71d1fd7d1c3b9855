"""Scores of the checker on the labelled pairs: run `python -m tests.checking.measure` for the table."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from eval.benchmarks.checker import PAIRS as SHIPPED
from service.checking.check import check_draft
from service.domain.finding import Band, CheckResult, Verdict
from service.domain.period import parse_period
from service.domain.report import ExemplarOriginal
from tests.checking.baselines import baselines

FILES = (
    "labelled.jsonl",
    "news.jsonl",
    "fresh.jsonl",
    "blind_news.jsonl",
    "blind_reports.jsonl",
    "reckoned.jsonl",
    "reckoned_news.jsonl",
)
# A third round: its first half is open, its second nobody looks at. Only figures of both are printed.
ROUNDS = ("third_news.jsonl", "third_reports.jsonl", "set_aside_news.jsonl", "set_aside_reports.jsonl")
PAIRS = Path(__file__).with_name("pairs")


@dataclass(frozen=True)
class Pair:
    """A note and a draft, with the claim that was labelled and its verdict."""

    notes: str
    draft: str
    claim: str
    verdict: Verdict
    exemplar: str = ""
    period: str = ""

    @property
    def held_out(self) -> bool:
        """True for the half that is never looked at while developing, by a hash of the pair."""
        return hashlib.sha256((self.notes + self.draft + self.claim).encode()).digest()[0] % 2 == 1


def _file(name: str | Path) -> Path:
    """Labelled and honest pairs ship with the evaluation; the rest are the tests' own."""
    return next((folder / name for folder in (SHIPPED, PAIRS) if (folder / name).exists()), PAIRS / name)


def pairs(name: str | Path = "labelled.jsonl") -> list[Pair]:
    """The labelled pairs of one file, by its name in this folder or by its path."""
    rows = (json.loads(row) for row in _file(name).read_text(encoding="utf-8").splitlines() if row.strip())
    return [Pair(**{**row, "verdict": Verdict(row["verdict"])}) for row in rows]


def honest() -> list[tuple[str, str]]:
    """Faithful notes and drafts with many numbers."""
    rows = (json.loads(row) for row in _file("honest.jsonl").read_text(encoding="utf-8").splitlines())
    return [(row["notes"], row["draft"]) for row in rows]


def checked(pair: Pair) -> CheckResult:
    """The check of a pair, with its exemplar and period."""
    exemplars = [ExemplarOriginal("r1", "往期报告", "", pair.exemplar)] if pair.exemplar else []
    return check_draft(pair.notes, pair.draft, exemplars, parse_period(pair.period) if pair.period else None)


def verdicts_on(pair: Pair) -> list[Verdict]:
    """The verdicts given to anything that overlaps the labelled claim; empty where it was skipped."""
    start = pair.draft.index(pair.claim)
    result = checked(pair)
    return [
        one.verdict
        for one in (*result.findings, *result.passed)
        if one.start < start + len(pair.claim) and start < one.end
    ]


def table(chosen: list[Pair], show: bool) -> str:
    """Exact-verdict and band accuracy, recall of bad claims and false alarms of `chosen`."""
    exact = band = bad = caught = good = alarmed = warned = 0
    missed: Counter[str] = Counter()
    for pair in chosen:
        found = verdicts_on(pair)
        exact += pair.verdict in found
        bands = {one.band for one in found}
        band += pair.verdict.band in bands
        if pair.verdict.band is Band.PASS:
            good += 1
            alarmed += Band.BLOCK in bands
            warned += bool(bands - {Band.PASS})
        else:
            bad += 1
            caught += bool(bands - {Band.PASS})
        if pair.verdict not in found:
            missed[str(pair.verdict)] += 1
            if show:
                got = [str(one) for one in found]
                print(f"  {pair.verdict} != {got}: {pair.notes!r} -> {pair.draft!r} [{pair.claim}]")
    return (
        f"pairs {len(chosen)}: verdict {exact / len(chosen):.3f}, band {band / len(chosen):.3f}, "
        f"bad caught {caught}/{bad}, honest blocked {alarmed}/{good}, honest flagged {warned}/{good}"
    )


def figures(chosen: list[Pair]) -> str:
    """Aggregate counts of `chosen` alone, without any text of theirs."""
    blocked: Counter[str] = Counter()
    flagged: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for pair in chosen:
        bands = {one.band for one in verdicts_on(pair)}
        total[pair.verdict] += 1
        blocked[pair.verdict] += Band.BLOCK in bands
        flagged[pair.verdict] += bool(bands - {Band.PASS})
    rows = []
    for title, band in (("honest", True), ("bad", False)):
        own = [one for one in total if (Verdict(one).band is Band.PASS) is band]
        count, block, flag = (sum(kind[one] for one in own) for kind in (total, blocked, flagged))
        share = f"blocked {block} ({block / max(1, count):.1%}), flagged {flag} ({flag / max(1, count):.1%})"
        detail = ", ".join(f"{one} {flagged[one]}/{total[one]}" for one in sorted(own))
        rows.append(f"{title} {count}: {share}; flagged by verdict: {detail}")
    return "\n".join(rows)


def beside_baselines(chosen: list[Pair]) -> str:
    """Recall of bad numbers, honest ones accused and balanced accuracy: ours and the baselines', a line each."""
    rows = [("Zhibi, flagged", [bool({one.band for one in verdicts_on(pair)} - {Band.PASS}) for pair in chosen])]
    rows += [("Zhibi, blocked", [Band.BLOCK in {one.band for one in verdicts_on(pair)} for pair in chosen])]
    rows += [
        (name, [not supported(pair.notes, pair.claim) for pair in chosen]) for name, supported in baselines().items()
    ]
    bad = [pair.verdict.band is not Band.PASS for pair in chosen]
    told = []
    for name, refused in rows:
        caught = sum(one for one, is_bad in zip(refused, bad, strict=True) if is_bad) / max(1, sum(bad))
        accused = sum(one for one, is_bad in zip(refused, bad, strict=True) if not is_bad) / max(1, bad.count(False))
        balanced = (caught + 1 - accused) / 2
        told.append(
            f"  {name}: bad refused {caught:.3f}, honest refused {accused:.3f}, balanced accuracy {balanced:.3f}"
        )
    return "\n".join(told)


def main() -> None:
    """The tables, or with `--file F --figures-only` the counts of one file."""
    parser = argparse.ArgumentParser(prog="python -m tests.checking.measure")
    parser.add_argument("--file", type=Path, help="pairs to measure instead of the labelled ones")
    parser.add_argument("--figures-only", action="store_true", help="print counts and no text")
    parser.add_argument("--baselines", action="store_true", help="print simpler checkers beside ours and stop")
    parser.add_argument("--peers", type=Path, help="a folder of packages in which cn2an is installed")
    parser.add_argument("--held-out", action="store_true", help="measure the set-aside half too")
    parser.add_argument("--third", action="store_true", help="print counts of the third round and stop")
    asked = parser.parse_args()
    if asked.third:
        for name in ROUNDS:
            print(f"{name}: {len(pairs(name))} pairs\n{figures(pairs(name))}")
        return
    if asked.file is not None:
        chosen = pairs(asked.file.absolute())
        print(figures(chosen) if asked.figures_only else table(chosen, show=True))
        return
    if asked.peers is not None:
        sys.path.append(str(asked.peers))  # behind our own packages, whose versions it must not replace
    if asked.baselines:
        for name in FILES:
            print(f"{name}: {len(pairs(name))} pairs\n{beside_baselines(pairs(name))}")
        return
    everything = pairs()
    print("develop ", table([one for one in everything if not one.held_out], show=True))
    if asked.held_out:
        print("held out", table([one for one in everything if one.held_out], show=False))
    total = blocked = flagged = 0
    for notes, draft in honest():
        result = check_draft(notes, draft)
        total += len(result.findings) + len(result.passed)
        for one in result.findings:
            blocked += one.band is Band.BLOCK
            flagged += 1
            print("  honest", one.text, one.verdict, one.message)
    print(f"honest numbers {total}: blocked {blocked}, flagged {flagged}")


if __name__ == "__main__":
    main()
