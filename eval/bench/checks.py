"""How long a full check and a rule draft take."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import count, islice

from eval.bench.texts import exemplar_texts, sample_text
from eval.cases import load_cases
from service.checking.check import check_draft
from service.domain.draft import DraftRequest
from service.domain.report import ExemplarOriginal
from service.drafting.draft_report import draft_report
from service.drafting.tools import DraftingTools

ROUNDS = 30
_SETTLED_ROUNDS = 3
_UNSEEN_ROUNDS = 20
_MOST_SECONDS = 20.0  # for one line, so that a busy machine measures fewer rounds and not for ever
_FEWEST_ROUNDS = 5
_CHARS = 3_000
_DIGITS = "123456789"


def figures() -> Iterator[str]:
    """Lines of figures: medians and 95th percentiles in milliseconds of wall time and of CPU."""
    yield f"checks below: {_CHARS:,}-character draft, {_CHARS:,}-character notes, five exemplars"
    originals = [ExemplarOriginal(str(n), str(n), "", text) for n, text in enumerate(exemplar_texts(5))]
    unseen = _unseen()
    for told, same in (("figures of the notes", True), ("nearly all figures without support", False)):
        pairs = [(text, text if same else next(unseen)) for text in islice(unseen, _UNSEEN_ROUNDS + 2)]
        yield f"check, none of the texts seen before, {told}: " + _timed(
            partial(_check_next, iter(pairs), originals), _UNSEEN_ROUNDS, 2
        )
        notes, draft = pairs[-1]
        yield f"check of the same texts again, {told}: " + _timed(partial(check_draft, notes, draft, originals))
        changes = ((notes, draft.replace("。", f"，当天清理死角{number}处。", 1)) for number in count(20))
        yield f"re-check after one paragraph changed, {told}: " + _timed(partial(_check_next, changes, originals))
    case = max(load_cases("develop"), key=lambda one: len(one.notes))
    notes = (case.notes * 4)[:1_000]
    request = DraftRequest(notes=notes, genre=case.genre, unit=case.unit, period=case.period, unit_type=case.unit_type)
    yield f"rule draft with check, {len(notes):,} characters of notes: " + _timed(
        lambda: draft_report(request, DraftingTools())
    )


def _check_next(pairs: Iterator[tuple[str, str]], originals: Sequence[ExemplarOriginal]) -> None:
    notes, draft = next(pairs)
    check_draft(notes, draft, originals)


def _unseen() -> Iterator[str]:
    """Texts of the sample corpus, each with every digit but 0 exchanged for another, so that no line is one that was
    read before."""
    text = sample_text()
    for turn in range(1, len(_DIGITS)):
        turned = text.translate(str.maketrans(_DIGITS, _DIGITS[turn:] + _DIGITS[:turn]))
        yield from (turned[start : start + _CHARS] for start in range(0, len(text) - _CHARS, _CHARS))


def _timed(run: Callable[[], object], rounds: int = ROUNDS, settled: int = _SETTLED_ROUNDS) -> str:
    for _ in range(settled):
        run()
    walls, cpus = [], []
    until = time.monotonic() + _MOST_SECONDS
    for done in range(rounds):
        if done >= _FEWEST_ROUNDS and time.monotonic() > until:
            break
        started, spent = time.perf_counter(), time.process_time()
        run()
        walls.append((time.perf_counter() - started) * 1000)
        cpus.append((time.process_time() - spent) * 1000)
    (wall, late), (cpu, dear) = ((statistics.median(one), statistics.quantiles(one, n=20)[-1]) for one in (walls, cpus))
    return f"median {wall:.1f} ms, p95 {late:.1f} ms (CPU: {cpu:.1f} ms, {dear:.1f} ms)"
