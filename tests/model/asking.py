"""An asker before scripted servers, with waits so short that no test sleeps."""

from __future__ import annotations

from typing import Any

from service.model.asking import Asker, Patience
from service.model.connection import ModelSettings
from service.model.openai_compatible import OpenAICompatibleWriter
from service.model.role import Prompt
from service.model.scripted_server import ScriptedServer

PROMPT = Prompt(system="写一段。", user="L1 开展志愿服务3次。", boundary="b", version="v1", purpose="工作开展情况")
QUICK = Patience(retries=2, first_wait_seconds=0.01, longest_wait_seconds=0.05, whole_seconds=20.0)


def writer(server: ScriptedServer, name: str = "scripted", **limits: float) -> OpenAICompatibleWriter:
    """The model `name` at `server`."""
    return OpenAICompatibleWriter(ModelSettings(name=name, base_url=server.base_url, api_key="k", **limits))  # type: ignore[arg-type]


def asker(*servers: ScriptedServer, **changes: Any) -> Asker:
    """An asker of these servers, in order; the models are called m1, m2."""
    writers = tuple(writer(server, f"m{place}") for place, server in enumerate(servers, 1))
    return Asker(writers, **{"patience": QUICK, **changes})
