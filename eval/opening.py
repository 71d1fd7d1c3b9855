"""Opens what a run drafts with: past reports, rules or a model, or a scripted model with a character."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import SecretStr

from eval.drafting import Extras
from service.domain.errors import UnusableInput
from service.drafting.tools import DraftingTools
from service.model.scripted_server import Script, ScriptedServer
from service.settings import Settings
from service.wiring.corpus import open_corpus
from service.wiring.drafting import drafting_tools
from service.wiring.models import open_models


@dataclass(frozen=True)
class Plan:
    """How cases are drafted. `exemplars` is `own` (the past reports of `settings`) or `none`.

    `script` names a scripted model with a character that writes in place of what the settings say, None for theirs.
    """

    settings: Settings
    exemplars: str = "own"
    extras: Extras = field(default_factory=Extras)
    processes: int = 2
    script: str | None = None


def open_tools(plan: Plan, held: ExitStack) -> DraftingTools:
    """The roles of a draft under `plan`; what they need stays open in `held`."""
    corpus = held.enter_context(open_corpus(plan.settings)) if plan.exemplars == "own" else None
    settings = plan.settings if plan.script is None else scripted_settings(plan.settings, named(plan.script), held)
    return drafting_tools(settings, corpus, held.enter_context(open_models(settings)))


def named(script: str) -> Script:
    """The scripted model of this name. Raises UnusableInput, listing them."""
    from service.model.personalities import PERSONALITIES

    if script not in PERSONALITIES:
        raise UnusableInput(f"没有脚本模型“{script}”。可选：{'、'.join(PERSONALITIES)}。", script=script)
    return PERSONALITIES[script]


def scripted_settings(settings: Settings, script: Script, held: ExitStack) -> Settings:
    """`settings` with a scripted model in force, served on loopback while `held` is open.

    Its requests are recorded in a folder of their own: a play is no business of the instance's ledger.
    """
    server = held.enter_context(ScriptedServer(script))
    home = Path(held.enter_context(TemporaryDirectory(prefix="zhibi-eval-")))
    return settings.model_copy(
        update={
            "home": home,
            "database_url": None,
            "model": "scripted",
            "fallback_model": None,
            "openai_base_url": server.base_url,
            "openai_api_key": SecretStr("none"),
            "model_requests_per_minute": 0,
            "model_tokens_per_minute": 0,
        }
    )
