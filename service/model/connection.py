"""The way to one OpenAI-compatible server: what LangChain is told so that any of them can be talked to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from service.model.role import Form

if TYPE_CHECKING:
    from langchain_openai import ChatOpenAI

_CONNECT_SECONDS = 10.0
OPENAI_ADDRESS = "https://api.openai.com/v1"

# The one structured answer this house asks for: facts grouped under labels, in writing order.
GROUPS_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "groups": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "label": {"type": "string"},
                    "facts": {"type": "array", "items": {"type": "string"}},
                },
                "required": ["label", "facts"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["groups"],
    "additionalProperties": False,
}


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """Where the model is and how long it may take. All times in seconds.

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
    temperature: float = 0.2


def connect(settings: ModelSettings) -> ChatOpenAI:
    """The client of one server, with one pool of connections."""
    import httpx2
    from langchain_openai import ChatOpenAI
    from pydantic import SecretStr

    client = httpx2.Client(
        # A proxy named in the environment is used even for loopback addresses; a server in the office has its own way.
        trust_env=False,
        # A server that sends us elsewhere would see the notes go where no setting allowed it.
        follow_redirects=False,
        timeout=httpx2.Timeout(
            max(settings.first_piece_seconds, settings.between_pieces_seconds), connect=_CONNECT_SECONDS
        ),
        # Drafts write side by side; the client's own bound of 100 connections would let some wait unseen.
        limits=httpx2.Limits(max_connections=1_000, max_keepalive_connections=100),
    )
    return ChatOpenAI(
        model=settings.name,
        base_url=settings.base_url or OPENAI_ADDRESS,
        # Servers that need no key still want the header; the client refuses to start without one.
        api_key=SecretStr(settings.api_key or "none"),
        temperature=settings.temperature,
        # The asker tries again by itself, with what each failure means in view.
        max_retries=0,
        stream_usage=True,
        # Model names like gpt-5-pro would switch to another API that compatible servers do not have.
        use_responses_api=False,
        http_client=client,
    )


def request_fields(settings: ModelSettings, form: Form) -> dict[str, Any]:
    """What a request carries beside its messages. Pure.

    `response_format` goes into the body as it is: named to the client, it would parse the reply by its own rules and
    raise on the first server that answers in prose.
    """
    # `max_tokens=` would be sent as max_completion_tokens, which several servers ignore.
    body: dict[str, Any] = {"max_tokens": settings.reply_tokens}
    if form is Form.JSON_SCHEMA:
        named = {"name": "groups", "strict": True, "schema": GROUPS_SCHEMA}
        body["response_format"] = {"type": "json_schema", "json_schema": named}
    elif form is Form.JSON_MODE:
        body["response_format"] = {"type": "json_object"}
    elif form is Form.TOOL:
        body["tools"] = [{"type": "function", "function": {"name": "groups", "parameters": GROUPS_SCHEMA}}]
        body["tool_choice"] = {"type": "function", "function": {"name": "groups"}}
    return {"extra_body": body}
