"""Learns the weights of `service/checking/weights.toml`: run `python -m tests.checking.weigh` for the trade-off curve.

Two steps, each leaving out the pairs of one tenth of the notes in turn. First, how well a note fits a draft's figure:
for honest figures the note that gives the value must come out above every other. Then, how far another note proves a
swap: of labelled figures that some note gives, the honest against the swapped. `--write` puts the weights of all pairs
in their place, `--more FILE…` adds labelled pairs that are not in the repository.
"""

from __future__ import annotations

import argparse
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from eval.cases import load_cases
from service.checking import meant
from service.checking.beside import beside, said_otherwise
from service.checking.binding import bond
from service.checking.claims import Claim, read_text
from service.checking.desk import Candidate, Desk
from service.checking.laid_out import desk_of
from service.checking.settings import DEFAULT
from service.checking.traits import traits
from service.checking.values import NO_RIVAL, PASSING, Family, family, relation
from service.domain.finding import Verdict
from service.domain.period import Period, parse_period
from service.domain.quantity import Kind
from tests.checking.measure import FILES, pairs

Table = npt.NDArray[np.float64]
WEIGHTS = Path(meant.__file__).with_name("weights.toml")
OPEN = (*FILES, "third_news.jsonl", "third_reports.jsonl")
_HONEST = frozenset((Verdict.EXACT, Verdict.EQUIVALENT, Verdict.ROUNDED))
_SWAPPED = frozenset((Verdict.ENTITY_SWAP, Verdict.PERIOD_SWAP))
_KINDS = frozenset(
    (Kind.COUNT, Kind.MEASURE, Kind.MONEY, Kind.PERCENT, Kind.DURATION, Kind.FREQUENCY, Kind.POINT, Kind.RANGE)
)
_FOLDS = 10
_REFERENCE = 0.7  # weight of a figure of a reference draft, which nobody labelled one by one
_HOLD_FIT, _HOLD_SWAP = 3.0, 1.5  # how strongly weights are held near 0
_SHARES = (0.1, 0.2, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
SURE, DOUBT = -0.1, -0.62  # the bounds chosen on the curve: 48 and 35 in 100


@dataclass(frozen=True, eq=False)
class Figure:
    """A draft's figure that some note gives: how each note fits, and what sets each pair of them apart."""

    fold: int
    swapped: bool
    weight: float
    own: Table
    rivals: Table
    apart: Table


def figures(more: list[Path]) -> Iterator[Figure]:
    """The labelled figures, and those of the reference drafts of open cases, which are honest."""
    names: tuple[str | Path, ...] = (*OPEN, *more)
    for name in names:
        for pair in pairs(name):
            if name == "labelled.jsonl" and pair.held_out:
                continue
            start = pair.draft.index(pair.claim)
            period = parse_period(pair.period) if pair.period else None
            span = start, start + len(pair.claim)
            if pair.verdict in _HONEST | _SWAPPED:
                yield from _read(pair.notes, pair.draft, period, span, pair.verdict in _SWAPPED, 1.0)
    for case in load_cases("develop"):
        if case.reference:
            text = case.reference
            yield from _read(case.notes, text, case.period, (0, len(text)), False, _REFERENCE)


def _read(
    notes: str, draft: str, period: Period | None, span: tuple[int, int], swapped: bool, weight: float
) -> Iterator[Figure]:
    read = read_text(draft)
    desk = desk_of(read, read_text(notes), period, (), DEFAULT)
    for claim in read.claims:
        inside = span[0] <= claim.mention.start and claim.mention.end <= span[1]
        if inside and claim.mention.kind in _KINDS and not claim.ends and claim.mention.amount is not None:
            found = _figure(claim.local or claim, desk)
            if found is not None:
                yield Figure(zlib.crc32(notes.encode()) % _FOLDS, swapped, weight, *found)


def _figure(draft: Claim, desk: Desk) -> tuple[Table, Table, Table] | None:
    candidates = [
        Candidate(note, bond(draft, note, desk.aside), relation(draft.mention, note.mention))
        for note in desk.near(draft)
        if family(draft.mention, note.mention) is Family.SAME
    ]
    own = [one for one in candidates if one.verdict in PASSING]
    rivals = [one for one in candidates if one.verdict not in NO_RIVAL]
    if not own or not rivals:
        return None

    def row(one: Candidate) -> list[float]:
        return list(traits(draft, one.note, one.bond, desk.words.coverage(draft, one.note)).values())

    best = max(own, key=lambda one: meant.fit(draft, one, desk))
    signs = beside(draft, best, candidates), said_otherwise(draft, best, candidates)
    apart = [
        [
            list(meant.measures_of(draft, one, other, signs if one is best else (None, None)).values())
            for other in rivals
        ]
        for one in own
    ]
    return np.array([row(one) for one in own]), np.array([row(one) for one in rivals]), np.array(apart)


def fit_weights(chosen: list[Figure]) -> Table:
    """The weights by which the notes that give an honest figure come out above all others."""
    weights: Table = np.zeros(chosen[0].own.shape[1])
    for _ in range(12):
        slope, bend = _HOLD_FIT * weights, _HOLD_FIT * np.eye(len(weights))
        for one in chosen:
            rows = np.vstack([one.own, one.rivals])
            score = np.exp(rows @ weights - (rows @ weights).max())
            share, held = score / score.sum(), np.zeros_like(score)
            held[: len(one.own)] = score[: len(one.own)] / score[: len(one.own)].sum()
            slope -= one.weight * ((held - share) @ rows)
            bend += one.weight * ((rows * share[:, None]).T @ rows - np.outer(share @ rows, share @ rows))
        weights = weights - np.linalg.solve(bend, slope)
    return weights


def _row(one: Figure, fits: Table, swaps: Table | None) -> Table:
    """What sets the likeliest rival of a figure apart from the note that gives it."""
    scores = one.own @ fits
    best = int(scores.argmax())
    more = one.rivals @ fits - scores[best]
    rows = np.hstack([more[:, None], one.apart[best], np.ones((len(more), 1))])
    chosen: Table = rows[int((more if swaps is None else rows @ swaps).argmax())]
    return chosen


def swap_weights(chosen: list[Figure], fits: Table) -> Table:
    """The weights that part swapped figures from honest ones, each against its likeliest rival."""
    swaps: Table | None = None
    for _ in range(4):
        rows = np.array([_row(one, fits, swaps) for one in chosen])
        told = np.array([one.swapped for one in chosen], dtype=float)
        heavy = np.array([one.weight for one in chosen])
        scale = rows.std(0) + 1e-9
        scale[-1] = 1.0
        rows = rows / scale
        held = np.full(rows.shape[1], _HOLD_SWAP)
        held[-1] = 1e-6
        found = np.zeros(rows.shape[1]) if swaps is None else swaps * scale
        for _ in range(20):
            share = 1 / (1 + np.exp(-rows @ found))
            slope = rows.T @ (heavy * (share - told)) + held * found
            bend = (rows * (heavy * share * (1 - share))[:, None]).T @ rows + np.diag(held)
            found = found - np.clip(np.linalg.solve(bend, slope), -2, 2)
        swaps = found / scale
    assert swaps is not None
    return swaps


def learnt(chosen: list[Figure]) -> tuple[Table, Table]:
    """Both kinds of weights, learnt of these figures."""
    fits = fit_weights([one for one in chosen if not one.swapped])
    return fits, swap_weights(chosen, fits)


def curve(chosen: list[Figure]) -> str:
    """Of figures of notes that were left out in learning: how many swapped and honest ones lie above each bound."""
    odds: list[float] = [0.0] * len(chosen)
    for fold in range(_FOLDS):
        fits, swaps = learnt([one for one in chosen if one.fold != fold])
        for at, one in enumerate(chosen):
            if one.fold == fold:
                odds[at] = float(_row(one, fits, swaps) @ swaps)
    rows = [f"{sum(one.swapped for one in chosen)} swapped, {sum(not one.swapped for one in chosen)} honest figures"]
    for share in _SHARES:
        bound = float(np.log(share / (1 - share)))
        found = [
            sum(odd >= bound and one.swapped is bad for odd, one in zip(odds, chosen, strict=True))
            for bad in (True, False)
        ]
        rows.append(f"odds of {share:.2f} and more: swapped {found[0]}, honest {found[1]}")
    return "\n".join(rows)


def written(fits: Table, swaps: Table) -> str:
    """The file of weights."""
    names: dict[str, Any] = {"fit": list(meant.FIT), "swap": list(meant.SWAP)}
    rows = [
        "# Learnt by `python -m tests.checking.weigh --write`, not written by hand: points of the logarithm of odds."
    ]
    rows += ["", "[bounds]", "# From `sure` odds a figure counts as swapped, from `doubt` odds it is doubted."]
    rows += [f"sure = {SURE}", f"doubt = {DOUBT}"]
    for key, weights in (("fit", fits), ("swap", swaps)):
        rows += ["", f"[{key}]", *(f"{name} = {one:.3f}" for name, one in zip(names[key], weights, strict=True))]
    return "\n".join(rows) + "\n"


def main() -> None:
    """The curve, and with `--write` the weights."""
    parser = argparse.ArgumentParser(prog="python -m tests.checking.weigh")
    parser.add_argument("--more", type=Path, nargs="*", default=[], help="further files of labelled pairs")
    parser.add_argument("--write", action="store_true", help="write the weights in their place")
    asked = parser.parse_args()
    chosen = list(figures([one.absolute() for one in asked.more]))
    print(curve(chosen))
    if asked.write:
        WEIGHTS.write_text(written(*learnt(chosen)), encoding="utf-8")


if __name__ == "__main__":
    main()
