"""`zhibi eval retrieval`: whether the search finds what labelled questions ask for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from service.commands.printing import print_json, print_line, tell

if TYPE_CHECKING:
    from corpus.search import CorpusSearch


def run(questions: Path | None, own: bool, misses: bool, as_json: bool) -> int:
    """Prints hit@k and mean reciprocal rank of each leg, develop and held-out questions apart."""
    from eval.retrieval import LEGS, QUESTIONS, by_leg, ranks, read_questions
    from service.domain.errors import UnusableInput

    asked = read_questions(questions or QUESTIONS)
    if own and questions is None:
        raise UnusableInput("随程序的问题只问随程序的旧稿。要在自己的语料库上评测，请用 --questions 给出自己的问题。")
    with _search(own) as search:
        ranked = ranks(search, asked)
    sides = {side: by_leg(ranked, side == "held-out") for side in ("develop", "held-out")}
    lost = [one.question.words for one in ranked if one.by_leg["joined"] is None or one.by_leg["joined"] > 5]
    shown = [one.words for one in asked if one.words in lost and not one.held_out]
    if as_json:
        print_json({side: {leg: asdict(row) for leg, row in legs.items()} for side, legs in sides.items()})
        return 0
    for side, legs in sides.items():
        print_line(f"{'开发集' if side == 'develop' else '留出集'}（{legs['joined'].questions}个问题）")
        for leg, row in legs.items():
            print_line(
                f"  {LEGS[leg]}：前1 {row.hit_1:.3f}，前3 {row.hit_3:.3f}，前5 {row.hit_5:.3f}，"
                f"前10 {row.hit_10:.3f}，平均倒数排名 {row.reciprocal_rank:.3f}"
            )
    for words in shown if misses else ():
        print_line(f"前5没有找到：{words}")
    return 0


@contextmanager
def _search(own: bool) -> Iterator[CorpusSearch]:
    """The search over the instance's past reports, or over the samples taken in for this once."""
    from corpus.ingest import ingest
    from eval.benchmarks.swap_leak import SAMPLES
    from service.settings import load_settings
    from service.wiring.corpus import open_corpus

    settings = load_settings()
    with ExitStack() as held:
        if not own:
            home = Path(held.enter_context(TemporaryDirectory(prefix="zhibi-eval-")))
            settings = settings.model_copy(update={"home": home, "database_url": None, "chroma_url": None})
        corpus = held.enter_context(open_corpus(settings))
        if not own:
            tell("正在收录随程序的旧稿……")
            ingest([SAMPLES], corpus.shelf, corpus.encoder)
        yield corpus.search
