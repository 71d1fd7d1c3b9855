"""One reply as it streams: three time limits, thoughts taken out, and whole only where the server said so.

What servers really do, and what this file makes of it: a stream cut midway ends without an exception, so a reply
counts only when a piece carried `finish_reason == "stop"`; blank content with `stop` happens and is an error; a tool
call may be answered in prose; usage is missing unless asked for.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from service.model.connection import ModelSettings, request_fields
from service.model.failures import REFUSED, as_ours, failed
from service.model.role import Form, Prompt, Usage
from service.model.thoughts import ThoughtFilter

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage
    from langchain_openai import ChatOpenAI

# A person who stops a draft waits no longer than this, even for a model that has said nothing yet.
_SIGN_OF_LIFE_SECONDS = 0.5
_WHOLE = frozenset({"stop", "tool_calls"})


@dataclass
class StreamedReply:
    """One reply; see `service.model.role.Reply`. Iterating it again asks the model again."""

    _settings: ModelSettings
    _connected: Callable[[], ChatOpenAI]
    _prompt: Prompt
    _form: Form
    _seconds: float
    usage: Usage = field(default_factory=Usage)

    def __iter__(self) -> Iterator[str]:
        """The pieces of the answer without its thoughts. Raises ModelFailed; see the module's first lines."""
        finish: str | None = None
        visible = 0
        thoughts = ThoughtFilter()
        for message in self._arriving():
            if message is None:
                yield ""
                continue
            finish = message.response_metadata.get("finish_reason") or finish
            self._count(message)
            if text := thoughts.feed(_text_of(message, self._form)):
                visible += len(text.strip())
                yield text
        if rest := thoughts.end():
            visible += len(rest.strip())
            yield rest
        self._require_whole(finish, visible)

    def _require_whole(self, finish: str | None, visible: int) -> None:
        name = self._settings.name
        if finish is None:
            raise failed(name, "cut", f"模型{name}的回答中途断开。")
        if finish == "length":
            raise failed(name, "length", f"模型{name}的回答超过{self._settings.reply_tokens}个词元仍未结束。")
        if finish not in _WHOLE:
            raise failed(name, REFUSED, f"模型{name}拒绝作答（{finish[:40]}）。")
        if not visible:
            raise failed(name, "blank", f"模型{name}的回答是空的。")

    def _count(self, message: BaseMessage) -> None:
        counted: Any = getattr(message, "usage_metadata", None)
        if counted:
            self.usage = Usage(int(counted["input_tokens"]), int(counted["output_tokens"]))

    def _arriving(self) -> Iterator[BaseMessage | None]:
        """The pieces as they arrive, None where nothing came for a moment, under three time limits.

        The client's read time limit starts anew with every byte, so a server that trickles keeps it waiting for ever.
        The stream is therefore read in a thread of its own and waited for here against the clock. A thread left
        behind ends with its connection, at the latest after the client's own limit.
        """
        pieces: queue.SimpleQueue[BaseMessage | BaseException | None] = queue.SimpleQueue()
        given_up = threading.Event()
        reader = threading.Thread(target=self._read_into, args=(pieces, given_up), name="model-reply", daemon=True)
        started = last = time.monotonic()
        reader.start()
        limit = self._settings.first_piece_seconds
        try:
            while True:
                now = time.monotonic()
                left = min(last + limit, started + self._seconds) - now
                if left <= 0:
                    raise self._too_slow(now - started)
                try:
                    piece = pieces.get(timeout=min(left, _SIGN_OF_LIFE_SECONDS))
                except queue.Empty:
                    yield None
                    continue
                if piece is None:
                    return
                if isinstance(piece, BaseException):
                    raise as_ours(piece, self._settings.name) from piece
                last = time.monotonic()
                if piece.content:
                    limit = self._settings.between_pieces_seconds
                yield piece
        finally:
            given_up.set()

    def _read_into(
        self, pieces: queue.SimpleQueue[BaseMessage | BaseException | None], given_up: threading.Event
    ) -> None:
        try:
            model = self._connected()
            messages = [("system", self._prompt.system), ("human", self._prompt.user)]
            for message in model.stream(messages, **request_fields(self._settings, self._form)):
                if given_up.is_set():
                    break
                pieces.put(message)
        except Exception as error:  # noqa: BLE001 (handed to the waiting side, which turns it into ours)
            pieces.put(error)
        else:
            pieces.put(None)

    def _too_slow(self, waited: float) -> Exception:
        name = self._settings.name
        return failed(name, "slow", f"模型{name}等了{waited:.0f}秒没有写完，已停止等待。")


def _text_of(message: BaseMessage, form: Form) -> str:
    """The text of one piece; for a tool call its arguments, and prose that stands in its place is not taken."""
    if form is Form.TOOL:
        calls: Any = getattr(message, "tool_call_chunks", ())
        return "".join(call.get("args") or "" for call in calls)
    return message.content if isinstance(message.content, str) else ""
