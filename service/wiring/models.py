"""The language models of a process: connected once, with the record that all processes share."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from service.domain.errors import UnusableInput
from service.model.connection import OPENAI_ADDRESS
from service.model.record import Admission, Limits, ModelRecord, Sent
from service.model.role import Form, Usage
from service.settings import Settings

if TYPE_CHECKING:
    from service.model.asking import Asker
    from service.model.connection import ModelSettings
    from service.storage.database import Database
    from service.storage.model_record import ModelRequestStore


@contextmanager
def open_models(settings: Settings) -> Iterator[Asker | None]:
    """The models for one command, None where the settings name none. Raises UnusableInput where they are forbidden."""
    if not settings.model:
        yield None
        return
    from service.wiring.record import open_record

    with open_record(settings) as database:
        yield asker(settings, shared_record(settings, database))


def asker(settings: Settings, record: ModelRecord) -> Asker:
    """The asker of the models that the settings name. Raises UnusableInput where one is forbidden."""
    from service.model.asking import Asker, Patience, Prices
    from service.model.openai_compatible import OpenAICompatibleWriter
    from service.model.token_budget import count_tokens

    servers = model_settings(settings)
    for one in servers:
        require_allowed(settings, one.base_url or OPENAI_ADDRESS)
    return Asker(
        writers=tuple(OpenAICompatibleWriter(one) for one in servers),
        record=record,
        limits=Limits(settings.model_requests_per_minute, settings.model_tokens_per_minute),
        prices=Prices(settings.model_price_prompt, settings.model_price_completion),
        patience=Patience(retries=settings.model_retries, whole_seconds=float(settings.model_timeout_seconds)),
        find_private=private_spans,
        count_tokens=count_tokens,
        reply_tokens=settings.model_reply_tokens,
    )


def model_settings(settings: Settings) -> list[ModelSettings]:
    """Where the models are and how long they may take, the first one first."""
    from service.model.connection import ModelSettings

    def one(name: str, base_url: str | None, key: str) -> ModelSettings:
        return ModelSettings(
            name=name,
            base_url=base_url,
            api_key=key,
            reply_tokens=settings.model_reply_tokens,
            first_piece_seconds=float(settings.model_first_token_seconds),
            between_pieces_seconds=float(settings.model_between_tokens_seconds),
            whole_seconds=float(settings.model_timeout_seconds),
        )

    key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else ""
    servers = [one(settings.model or "", settings.openai_base_url, key)]
    if settings.fallback_model:
        own = settings.fallback_api_key.get_secret_value() if settings.fallback_api_key else key
        servers.append(one(settings.fallback_model, settings.fallback_base_url or settings.openai_base_url, own))
    return servers


def require_allowed(settings: Settings, address: str) -> None:
    """Raises UnusableInput where outside models are forbidden and `address` is one."""
    if settings.no_outside_model and not is_own(address, settings.own_model_hosts):
        host = urlsplit(address).hostname or address
        raise UnusableInput(
            f"已设置 ZHIBI_NO_OUTSIDE_MODEL，不允许使用外部模型服务（{host}）。没有任何内容发出。"
            "请改用本机的模型服务，或把自有服务器写入 ZHIBI_OWN_MODEL_HOSTS。",
            host=host,
        )


def is_own(address: str, own_hosts: str) -> bool:
    """True where `address` is this machine, or its host is one of `own_hosts` (separated by commas). Pure.

    A private network address is not enough: who reads there only the operator knows.
    """
    host = (urlsplit(address).hostname or "").rstrip(".").lower()
    if not host:
        return False
    named = {one.strip().rstrip(".").lower() for one in own_hosts.replace("，", ",").split(",") if one.strip()}
    if host == "localhost" or host in named:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def private_spans(text: str) -> Sequence[tuple[int, int, str]]:
    """The parts of a line that must not leave for a model."""
    from service.drafting.facts.private import private_in_words

    return [(one.start, one.end, one.what) for one in private_in_words(text)]


def shared_record(settings: Settings, database: Database) -> ModelRecord:
    """The record of model servers in the database."""
    from service.storage.model_record import ModelRequestStore

    return _SharedRecord(
        ModelRequestStore(database, float(settings.model_pause_seconds), settings.model_failures_to_pause)
    )


@dataclass(frozen=True)
class _SharedRecord:
    """The database's memory of servers as the model room asks for it."""

    store: ModelRequestStore

    def admit(self, sent: Sent, limits: Limits) -> Admission:
        """See `ModelRecord`."""
        from service.storage.model_record import SentRequest

        request = SentRequest(
            sent.run, sent.purpose, sent.server, sent.model, sent.prompt, str(sent.form), sent.text, sent.replaced,
            sent.tokens,
        )  # fmt: skip
        told = self.store.admit(request, limits.requests_per_minute, limits.tokens_per_minute)
        return Admission(told.number, told.wait_seconds, told.broken)

    def settle(self, number: int, sent: Sent, usage: Usage, outcome: str) -> None:
        """See `ModelRecord`."""
        del sent
        self.store.settle(number, usage.prompt_tokens, usage.completion_tokens, outcome)

    def form_of(self, server: str, model: str) -> Form | None:
        """See `ModelRecord`."""
        found = self.store.form_of(server, model)
        return Form(found) if found else None

    def remember_form(self, server: str, model: str, form: Form | None) -> None:
        """See `ModelRecord`."""
        self.store.remember_form(server, model, str(form) if form else None)
