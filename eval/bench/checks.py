"""How long a full check and a rule draft take."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from itertools import count

from eval.bench.texts import exemplar_texts, of_length
from eval.cases import load_cases
from service.checking.check import check_draft
from service.domain.draft import DraftRequest
from service.domain.report import ExemplarOriginal
from service.drafting.draft_report import draft_report
from service.drafting.tools import DraftingTools

ROUNDS = 30
_SETTLED_ROUNDS = 3
_DIGITS = "123456789"


def figures() -> Iterator[str]:
    """Lines of figures: medians and 95th percentiles in milliseconds of wall time and of CPU."""
    draft, notes = of_length(3_000), of_length(6_000)[3_000:]
    originals = [ExemplarOriginal(str(n), str(n), "", text) for n, text in enumerate(exemplar_texts(5))]
    yield "check, 3,000-character draft, 3,000-character notes, five exemplars: " + _timed(
        lambda: check_draft(notes, draft, originals)
    )
    unseen = ((_turned(notes, turn), _turned(draft, turn)) for turn in count(1))
    yield "the same of notes and a draft with figures of which none was seen before: " + _timed(
        lambda: check_draft(*next(unseen), originals), len(_DIGITS) - 2
    )
    changes = (draft.replace("。", f"，当天清理死角{number}处。", 1) for number in count(20))
    yield "re-check after one paragraph of the same draft changed: " + _timed(
        lambda: check_draft(notes, next(changes), originals)
    )
    case = max(load_cases("develop"), key=lambda one: len(one.notes))
    notes = (case.notes * 4)[:1_000]
    request = DraftRequest(notes=notes, genre=case.genre, unit=case.unit, period=case.period, unit_type=case.unit_type)
    yield f"rule draft with check, {len(notes):,} characters of notes: " + _timed(
        lambda: draft_report(request, DraftingTools())
    )


def _turned(text: str, turn: int) -> str:
    """The text with every digit but 0 exchanged for another, so that no line is one that was read before."""
    turn %= len(_DIGITS)
    return text.translate(str.maketrans(_DIGITS, _DIGITS[turn:] + _DIGITS[:turn]))


def _timed(run: Callable[[], object], rounds: int = ROUNDS) -> str:
    for _ in range(min(_SETTLED_ROUNDS, rounds // 4)):
        run()
    walls, cpus = [], []
    for _ in range(rounds):
        started, spent = time.perf_counter(), time.process_time()
        run()
        walls.append((time.perf_counter() - started) * 1000)
        cpus.append((time.process_time() - spent) * 1000)
    (wall, late), (cpu, dear) = ((statistics.median(one), statistics.quantiles(one, n=20)[-1]) for one in (walls, cpus))
    return f"median {wall:.1f} ms, p95 {late:.1f} ms (CPU: {cpu:.1f} ms, {dear:.1f} ms)"
