"""What goes wrong with a model server, as our own error: who must act, whether asking again helps, how long to wait."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from service.domain.errors import ModelFailed

# Asking the same server again may help; a wrong key, a missing model or a refusal stays what it is.
PASSING = frozenset({"busy", "server", "connection", "cut", "blank"})
# A refusal for its content must not be carried to another provider behind people's backs.
REFUSED = "refused"
_LONGEST_WAIT_SECONDS = 600.0
_FILTERED = re.compile(
    r"content_filter|content_policy|data_inspection|sensitive|risk_control|内容安全|敏感", re.IGNORECASE
)


def failed(model: str, cause: str, words: str, **detail: Any) -> ModelFailed:
    """ModelFailed with `cause` in its detail: what programs decide by. Pure."""
    return ModelFailed(words, model=model, cause=cause, **detail)


def cause_of(error: ModelFailed) -> str:
    """The cause of a failure, "" where none is told. Pure."""
    return str(error.detail.get("cause", ""))


def as_ours(error: BaseException, name: str) -> ModelFailed:
    """The vendor's error as ours, most specific first. Any other error of the stream is a broken answer."""
    import openai

    if isinstance(error, ModelFailed):
        return error
    if isinstance(error, openai.BadRequestError) and _FILTERED.search(str(error)):
        return failed(name, REFUSED, f"模型服务以内容为由拒绝作答（{name}）。")
    said = (
        (openai.AuthenticationError, "key", "模型服务拒绝了密钥，请检查OPENAI_API_KEY"),
        (openai.PermissionDeniedError, "key", "模型服务不允许使用这个模型，请检查OPENAI_API_KEY的权限"),
        (openai.NotFoundError, "model", f"模型服务没有模型{name}，请检查ZHIBI_MODEL和OPENAI_BASE_URL"),
        (openai.RateLimitError, "busy", "模型服务说请求太多"),
        (openai.BadRequestError, "request", "模型服务不接受这个请求"),
        (openai.UnprocessableEntityError, "request", "模型服务不接受这个请求"),
        (openai.APITimeoutError, "slow", "模型服务没有按时回答"),
        (openai.APIConnectionError, "connection", "连不上模型服务，请检查OPENAI_BASE_URL"),
        (openai.APIStatusError, "server", "模型服务出错"),
    )
    for kind, cause, words in said:
        if isinstance(error, kind):
            return failed(name, cause, f"{words}（{name}）。", wait=_wait_asked(error))
    return failed(name, "cut", f"模型{name}的回答中途断开。")


def _wait_asked(error: BaseException) -> float | None:
    """Seconds the server asks to wait (Retry-After as seconds or as a date), None where it does not say."""
    response = getattr(error, "response", None)
    told = response.headers.get("retry-after", "") if response is not None else ""
    if re.fullmatch(r"\d{1,6}(?:\.\d{1,6})?", told.strip()):
        return min(float(told), _LONGEST_WAIT_SECONDS)
    try:
        until = parsedate_to_datetime(told)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max(0.0, (until - datetime.now(UTC)).total_seconds()), _LONGEST_WAIT_SECONDS)
