"""`zhibi eval models`: what scripted models do to drafts: facts kept, inventions unflagged, time added."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, replace
from functools import partial
from typing import TYPE_CHECKING

from service.commands.printing import print_json, print_line, tell
from service.domain.errors import UnusableInput

if TYPE_CHECKING:
    from eval.models import Proof, TimedRecord
    from service.drafting.tools import DraftingTools
    from service.settings import Settings
    from service.wiring.corpus import Corpus


def run(models: Sequence[str], suite: str, exemplars: bool, as_json: bool) -> int:
    """Prints a row a model; returns 1 where an invention passed unflagged, a section was lost or a draft failed."""
    from eval.cases import load_cases
    from eval.models import prove
    from service.model.personalities import PERSONALITIES
    from service.model.scripted_server import ScriptedServer
    from service.settings import load_settings

    wanted = list(models) or list(PERSONALITIES)
    unknown = [name for name in wanted if name not in PERSONALITIES]
    if unknown:
        raise UnusableInput(f"没有脚本模型“{unknown[0]}”。可选：{'、'.join(PERSONALITIES)}。", model=unknown[0])
    cases, given = load_cases(suite), load_settings()
    proofs = []
    for name in wanted:
        with ScriptedServer(PERSONALITIES[name]) as server, _corpus(given, exemplars) as corpus:
            told = {"model": name, "openai_base_url": server.base_url, "fallback_model": None}
            settings = given.model_copy(update=told)
            proofs.append(prove(name, cases, partial(_tools, settings, corpus), lambda _: None))
        tell(f"完成 {name}")
    if as_json:
        print_json([asdict(one) for one in proofs])
    else:
        _print(proofs)
    spoilt = any(one.wrong_unflagged or one.sections_lost or one.finished < one.drafts for one in proofs)
    return 1 if spoilt else 0


def _corpus(settings: Settings, exemplars: bool) -> AbstractContextManager[Corpus | None]:
    from service.wiring.corpus import open_corpus

    return open_corpus(settings) if exemplars else nullcontext(None)


def _tools(settings: Settings, corpus: Corpus | None, record: TimedRecord) -> DraftingTools:
    from service.wiring.drafting import drafting_tools
    from service.wiring.models import asker

    models = asker(settings, record)
    quick = replace(models, patience=replace(models.patience, first_wait_seconds=0.05, longest_wait_seconds=0.2))
    return drafting_tools(settings, corpus, quick)


def _print(proofs: Sequence[Proof]) -> None:
    print_line("模型        稿件  完成  事实覆盖  未标出的编造  阻断  丢失章节  规则代写  增加时间 中位/p95（秒）")
    for one in proofs:
        print_line(
            f"{one.model:<12}{one.drafts:>3}  {one.finished / max(1, one.drafts):>5.0%}  {one.facts_share:>7.3f}"
            f"  {one.wrong_unflagged:>10}  {one.blocked:>4}  {one.sections_lost:>8}  {one.by_rules:>8}"
            f"  {one.added_median_seconds:>10.2f} / {one.added_p95_seconds:.2f}"
        )
