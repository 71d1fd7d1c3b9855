"""The roles of a draft: who finds exemplars, who writes sections, who checks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from service.settings import Settings

if TYPE_CHECKING:
    from service.domain.draft import DraftRequest
    from service.domain.fact import Fact
    from service.domain.report import Retrieved
    from service.drafting.tools import Check, ChooseExemplars, DraftingTools, SectionWriter
    from service.jobs.long_texts import LongTexts
    from service.model.asking import Asker
    from service.wiring.corpus import Corpus


def drafting_tools(
    settings: Settings, corpus: Corpus | None, models: Asker | None = None, apart: LongTexts | None = None
) -> DraftingTools:
    """The roles of a draft: exemplars from `corpus` where it is given, sections by `models` where there are any, long
    notes read and checked by `apart`."""
    from service.drafting.tools import DraftingTools, RuleWriter, no_exemplars
    from service.wiring.genres import learn_genres
    from service.wiring.long_texts import Readers

    learn_genres(settings)
    readers = Readers(apart, checker(settings), patient=True)
    return DraftingTools(
        writer=section_writer(settings, models) if models else RuleWriter(),
        choose_exemplars=_exemplars_from(corpus, settings.exemplars) if corpus else no_exemplars,
        check=readers.check,
        read_notes=readers.read_notes,
        repair_rounds=settings.repair_rounds,
        notes_max_chars=settings.notes_max_chars,
    )


def section_writer(settings: Settings, models: Asker) -> SectionWriter:
    """The models as a writer of sections."""
    from service.drafting.compose_by_model import ModelSectionWriter
    from service.model.token_budget import count_tokens

    return ModelSectionWriter(
        models,
        side_by_side=settings.model_parallel_sections,
        budget_tokens=settings.model_context_tokens - settings.model_reply_tokens,
        count_tokens=count_tokens,
        rounds=settings.repair_rounds,
        arranges=settings.model_arranges,
    )


def checker(settings: Settings) -> Check:
    """The checker as the settings have it."""
    from functools import partial

    from service.checking.check import check_draft
    from service.checking.settings import CheckSettings

    return partial(check_draft, settings=CheckSettings(overlap_chars=settings.overlap_block_chars))


def _exemplars_from(corpus: Corpus, count: int) -> ChooseExemplars:
    def choose(request: DraftRequest, facts: Sequence[Fact]) -> Sequence[Retrieved]:
        from corpus.exemplars import choose_exemplars

        return choose_exemplars(
            corpus.search,
            corpus.shelf,
            genre=request.genre,
            unit_type=request.unit_type,
            queries=[fact.clean for fact in facts],
            count=count,
            unit=request.unit,
        )

    return choose


def probe_model(settings: Settings) -> str:
    """One short question to the model, in Chinese what came of it. Raises ModelFailed where it does not answer, and
    UnusableInput where it is forbidden."""
    if not settings.model:
        return "未设置 ZHIBI_MODEL，由规则起草"
    from service.model.role import Prompt
    from service.wiring.models import open_models

    with open_models(settings) as models:
        assert models is not None
        question = Prompt("只回答两个字：可用", "在吗", "", "probe", "doctor")
        answer = models.for_run("doctor").ask(question, {})
    return f"{answer.model}已回答{len(answer.text)}字"
