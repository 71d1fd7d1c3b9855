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
    from service.model.openai_compatible import ModelSettings
    from service.wiring.corpus import Corpus


def drafting_tools(settings: Settings, corpus: Corpus | None) -> DraftingTools:
    """The roles of a draft: exemplars from `corpus` where it is given, a model where the settings name one."""
    from service.drafting.tools import DraftingTools, RuleWriter, no_exemplars

    return DraftingTools(
        writer=section_writer(settings) or RuleWriter(),
        choose_exemplars=_exemplars_from(corpus, settings.exemplars) if corpus else no_exemplars,
        check=_checker(settings),
        repair_rounds=settings.repair_rounds,
        notes_max_chars=settings.notes_max_chars,
    )


def section_writer(settings: Settings) -> SectionWriter | None:
    """The model as a writer of sections, None where the settings name none."""
    if not settings.model:
        return None
    from service.drafting.compose_by_model import ModelSectionWriter
    from service.model.openai_compatible import OpenAICompatibleWriter
    from service.model.token_budget import count_tokens

    writer = OpenAICompatibleWriter(model_settings(settings))
    return ModelSectionWriter(
        writer,
        side_by_side=settings.model_parallel_sections,
        budget_tokens=settings.model_context_tokens - settings.model_reply_tokens,
        count_tokens=count_tokens,
    )


def model_settings(settings: Settings) -> ModelSettings:
    """Where the model is and how long it may take."""
    from service.model.openai_compatible import ModelSettings

    return ModelSettings(
        name=settings.model or "",
        base_url=settings.openai_base_url,
        api_key=settings.openai_api_key.get_secret_value() if settings.openai_api_key else "",
        reply_tokens=settings.model_reply_tokens,
        whole_seconds=float(settings.model_timeout_seconds),
    )


def _checker(settings: Settings) -> Check:
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
        )

    return choose


def probe_model(settings: Settings) -> str:
    """One short question to the model, in Chinese what came of it. Raises ModelFailed where it does not answer."""
    if not settings.model:
        return "未设置 ZHIBI_MODEL，由规则起草"
    from service.model.openai_compatible import OpenAICompatibleWriter
    from service.model.role import Prompt

    reply = OpenAICompatibleWriter(model_settings(settings)).write(
        Prompt(system="只回答两个字：可用", user="在吗", boundary="", version="probe")
    )
    return f"{settings.model}已回答{len(''.join(reply))}字"
