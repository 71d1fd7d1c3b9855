"""Any OpenAI-compatible server as a writer."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from service.model.connection import OPENAI_ADDRESS, ModelSettings, connect
from service.model.role import Form, Prompt
from service.model.streaming import StreamedReply

if TYPE_CHECKING:
    from langchain_openai import ChatOpenAI


class OpenAICompatibleWriter:
    """A Writer on a chat-completions server. Keeps one HTTP client for all its replies."""

    def __init__(self, settings: ModelSettings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._model: ChatOpenAI | None = None

    @property
    def name(self) -> str:
        """The model's name in the settings."""
        return self._settings.name

    @property
    def server(self) -> str:
        """The server's address."""
        return self._settings.base_url or OPENAI_ADDRESS

    def write(self, prompt: Prompt, form: Form = Form.TEXT, seconds: float | None = None) -> StreamedReply:
        """Starts one reply; see `Writer.write`."""
        whole = self._settings.whole_seconds
        return StreamedReply(
            self._settings, self._connected, prompt, form, whole if seconds is None else min(seconds, whole)
        )

    def _connected(self) -> ChatOpenAI:
        with self._lock:
            if self._model is None:
                self._model = connect(self._settings)
            return self._model
