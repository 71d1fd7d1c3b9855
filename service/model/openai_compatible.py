"""Any OpenAI-compatible server as a writer: the only file that knows LangChain and the OpenAI client.

What these servers really do, and what this file makes of it:
a stream cut midway ends without an exception, so a reply counts only when a piece carried `finish_reason == "stop"`;
a reasoning model may put `<think>…</think>` before its answer, which is taken out as it streams;
blank content with `stop` happens and is an error; usage is missing unless asked for.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from service.domain.errors import ModelFailed
from service.model.role import Prompt, Usage

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage
    from langchain_openai import ChatOpenAI


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """Where the model is and how long it may take. All times in seconds, `retries` beyond the first try.

    `first_piece_seconds` bounds the wait for the first piece, `between_pieces_seconds` each wait after it, and
    `whole_seconds` the reply: a server that trickles one byte a second never trips the second bound.
    """

    name: str
    base_url: str | None
    api_key: str
    reply_tokens: int = 2_000
    first_piece_seconds: float = 60.0
    between_pieces_seconds: float = 30.0
    whole_seconds: float = 120.0
    retries: int = 2
    temperature: float = 0.2


class OpenAICompatibleWriter:
    """A Writer on a chat-completions server. Keeps one HTTP client for all its replies; `close()` lets go of it."""

    def __init__(self, settings: ModelSettings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._model: ChatOpenAI | None = None

    @property
    def name(self) -> str:
        """The model's name in the settings."""
        return self._settings.name

    def write(self, prompt: Prompt) -> StreamedReply:
        """Starts one reply; see `Writer.write`."""
        return StreamedReply(self._settings, self._chat_model, prompt)

    def _chat_model(self) -> ChatOpenAI:
        with self._lock:
            if self._model is None:
                self._model = _connect(self._settings)
            return self._model


@dataclass
class StreamedReply:
    """One reply; see `service.model.role.Reply`. Iterating it again asks the model again."""

    _settings: ModelSettings
    _chat_model: Any
    _prompt: Prompt
    usage: Usage = field(default_factory=Usage)

    def __iter__(self) -> Iterator[str]:
        """The pieces of the answer without its thoughts. Raises ModelFailed; see the module's first lines."""
        finish: str | None = None
        visible = 0
        thoughts = ThoughtFilter()
        for message in self._arriving():
            reason = message.response_metadata.get("finish_reason")
            finish = reason or finish
            self._count(message)
            if text := thoughts.feed(_text_of(message)):
                visible += len(text.strip())
                yield text
        if rest := thoughts.end():
            visible += len(rest.strip())
            yield rest
        self._require_whole(finish, visible)

    def _require_whole(self, finish: str | None, visible: int) -> None:
        name = self._settings.name
        if finish is None:
            raise ModelFailed(f"模型{name}的回答中途断开。", model=name, cause="cut")
        if finish == "length":
            raise ModelFailed(
                f"模型{name}的回答超过{self._settings.reply_tokens}个词元仍未结束。", model=name, cause="length"
            )
        if finish != "stop":
            raise ModelFailed(f"模型{name}拒绝作答（{finish}）。", model=name, cause="refused")
        if not visible:
            raise ModelFailed(f"模型{name}的回答是空的。", model=name, cause="blank")

    def _count(self, message: BaseMessage) -> None:
        counted: Any = getattr(message, "usage_metadata", None)
        if counted:
            self.usage = Usage(int(counted["input_tokens"]), int(counted["output_tokens"]))

    def _arriving(self) -> Iterator[BaseMessage]:
        """The pieces as they arrive, under three time limits.

        The client's read time limit starts anew with every byte, so a server that trickles keeps it waiting for ever.
        The stream is therefore read in a thread of its own and waited for here against the clock. A thread left
        behind ends with its connection, at the latest after `between_pieces_seconds`.
        """
        pieces: queue.SimpleQueue[BaseMessage | BaseException | None] = queue.SimpleQueue()
        given_up = threading.Event()
        reader = threading.Thread(target=self._read_into, args=(pieces, given_up), name="model-reply", daemon=True)
        started = time.monotonic()
        reader.start()
        limit = self._settings.first_piece_seconds
        try:
            while True:
                left = self._settings.whole_seconds - (time.monotonic() - started)
                try:
                    piece = pieces.get(timeout=max(0.0, min(limit, left)))
                except queue.Empty:
                    raise self._too_slow(time.monotonic() - started) from None
                if piece is None:
                    return
                if isinstance(piece, BaseException):
                    raise _as_ours(piece, self._settings.name) from piece
                limit = self._settings.between_pieces_seconds
                yield piece
        finally:
            given_up.set()

    def _read_into(
        self, pieces: queue.SimpleQueue[BaseMessage | BaseException | None], given_up: threading.Event
    ) -> None:
        try:
            model = self._chat_model()
            stream = model.stream([("system", self._prompt.system), ("human", self._prompt.user)])
            for message in stream:
                if given_up.is_set():
                    break
                pieces.put(message)
        except Exception as error:  # noqa: BLE001 (handed to the waiting side, which turns it into ours)
            pieces.put(error)
        else:
            pieces.put(None)

    def _too_slow(self, waited: float) -> ModelFailed:
        return ModelFailed(
            f"模型{self._settings.name}等了{waited:.0f}秒没有写完，已停止等待。",
            model=self._settings.name,
            cause="slow",
        )


class ThoughtFilter:
    """Takes `<think>…</think>` out of a text that arrives in pieces, also where a tag is split between two."""

    _OPEN, _CLOSE = "<think>", "</think>"

    def __init__(self) -> None:
        self._held = ""
        self._inside = False

    def feed(self, piece: str) -> str:
        """What may be shown after `piece`; the possible beginning of a tag is held back."""
        self._held += piece
        shown: list[str] = []
        while True:
            tag = self._CLOSE if self._inside else self._OPEN
            at = self._held.find(tag)
            if at < 0:
                keep = _shared_end(self._held, tag)
                if not self._inside:
                    shown.append(self._held[: len(self._held) - keep])
                self._held = self._held[len(self._held) - keep :]
                return "".join(shown)
            if not self._inside:
                shown.append(self._held[:at])
            self._held = self._held[at + len(tag) :]
            self._inside = not self._inside

    def end(self) -> str:
        """What was held back and proved to be no tag. A thought that never ended stays out."""
        return "" if self._inside else self._held


def _shared_end(text: str, tag: str) -> int:
    """How many characters at the end of `text` begin `tag`."""
    for size in range(min(len(text), len(tag) - 1), 0, -1):
        if text.endswith(tag[:size]):
            return size
    return 0


def _text_of(message: BaseMessage) -> str:
    return message.content if isinstance(message.content, str) else ""


def _connect(settings: ModelSettings) -> ChatOpenAI:
    import httpx2
    from langchain_openai import ChatOpenAI
    from pydantic import SecretStr

    # A proxy named in the environment is used even for loopback addresses; a server in the office has its own way.
    client = httpx2.Client(trust_env=False, timeout=httpx2.Timeout(settings.first_piece_seconds, connect=10.0))
    return ChatOpenAI(
        model=settings.name,
        base_url=settings.base_url,
        # Servers that need no key still want the header; the client refuses to start without one.
        api_key=SecretStr(settings.api_key or "none"),
        temperature=settings.temperature,
        max_retries=settings.retries,
        # `max_tokens=` would be sent as max_completion_tokens, which several servers ignore.
        extra_body={"max_tokens": settings.reply_tokens},
        stream_usage=True,
        # Model names like gpt-5-pro would switch to another API that compatible servers do not have.
        use_responses_api=False,
        http_client=client,
    )


def _as_ours(error: BaseException, name: str) -> ModelFailed:
    """The vendor's error as ours, most specific first. Any other error of the stream is a broken answer."""
    import openai

    said = (
        (openai.AuthenticationError, "key", "模型服务拒绝了密钥，请检查OPENAI_API_KEY"),
        (openai.PermissionDeniedError, "key", "模型服务不允许使用这个模型，请检查OPENAI_API_KEY的权限"),
        (openai.NotFoundError, "model", f"模型服务没有模型{name}，请检查ZHIBI_MODEL和OPENAI_BASE_URL"),
        (openai.RateLimitError, "busy", "模型服务说请求太多"),
        (openai.BadRequestError, "request", "模型服务不接受这个请求"),
        (openai.APITimeoutError, "slow", "模型服务没有按时回答"),
        (openai.APIConnectionError, "connection", "连不上模型服务，请检查OPENAI_BASE_URL"),
        (openai.APIStatusError, "server", "模型服务出错"),
    )
    for kind, cause, words in said:
        if isinstance(error, kind):
            return ModelFailed(f"{words}（{name}）。", model=name, cause=cause)
    return ModelFailed(f"模型{name}的回答中途断开。", model=name, cause="cut")
