"""A real HTTP server on loopback that speaks the OpenAI protocol and answers from a script, for tests and demos.

`personalities.py` holds scripts that behave as models do: a perfect one, a careless one, a malicious one.
It misbehaves on purpose where a script says so: refuses, cuts a stream, trickles, splits a character between two
packets. Nothing is patched: the same client code that talks to a model talks to this.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as the script sees it: its JSON body and its place among all requests, from 1."""

    body: Mapping[str, Any]
    number: int

    @property
    def system(self) -> str:
        """The task contract."""
        return self._said("system")

    @property
    def user(self) -> str:
        """The last message of the user."""
        return self._said("user")

    @property
    def form(self) -> str:
        """`json_schema`, `json_mode`, `tool` or `text`: what the request asks the reply to be."""
        if self.body.get("tools"):
            return "tool"
        named = {"json_schema": "json_schema", "json_object": "json_mode"}
        return named.get((self.body.get("response_format") or {}).get("type", ""), "text")

    def _said(self, role: str) -> str:
        said = [str(one.get("content", "")) for one in self.body.get("messages", []) if one.get("role") == role]
        return said[-1] if said else ""


@dataclass(frozen=True)
class Reply:
    """One answer of the script.

    `finish` None ends the stream without a finish reason, as a cut connection does. `cut_after` drops the connection
    after so many bytes of the body. `piece` is the number of characters in one event; `packet_bytes` breaks the
    stream into packets of so many bytes, inside multi-byte characters too. `as_tool` sends the text as the arguments
    of a tool call. Waits are in seconds, `wait_between` after each packet.
    """

    text: str = ""
    as_tool: bool = False
    status: int = 200
    error: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    finish: str | None = "stop"
    wait_first: float = 0.0
    wait_between: float = 0.0
    piece: int = 8
    packet_bytes: int | None = None
    cut_after: int | None = None
    with_usage: bool = True


Script = Callable[[Asked], Reply]


class ScriptedServer:
    """The server as a context: `with ScriptedServer(script) as server: server.base_url`.

    `requests` are the JSON bodies received, in order of arrival.
    """

    def __init__(self, script: Script, port: int = 0) -> None:
        self.requests: list[dict[str, Any]] = []
        self._server = _Listening(("127.0.0.1", port), _request_handler(script, self.requests))
        self._thread = threading.Thread(target=self._server.serve_forever, name="scripted-model", daemon=True)

    @property
    def base_url(self) -> str:
        """What OPENAI_BASE_URL is set to."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> ScriptedServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Listening(ThreadingHTTPServer):
    daemon_threads = True
    # A hundred drafts ask in the same moment; the usual five places would refuse most of them.
    request_queue_size = 1024


def _request_handler(script: Script, received: list[dict[str, Any]]) -> type[BaseHTTPRequestHandler]:
    return type("Answer", (_Answering,), {"script": staticmethod(script), "received": received})


class _Answering(BaseHTTPRequestHandler):
    """Answers one connection from `script`, and keeps what it is asked in `received`."""

    script: Script
    received: list[dict[str, Any]]
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """The list of models."""
        self._send_json(200, {"object": "list", "data": [{"id": "scripted", "object": "model"}]}, {})

    def do_POST(self) -> None:
        """One reply, streamed where the request asks for it; vectors of texts under /embeddings."""
        length = int(self.headers.get("Content-Length", "0"))
        body = json.loads(self.rfile.read(length))
        self.received.append(body)
        if self.path.endswith("/embeddings"):
            self._send_json(200, _embeddings(body), {})
            return
        reply = self.script(Asked(body, len(self.received)))
        time.sleep(reply.wait_first)
        if reply.status != 200:
            said = {"error": {"message": reply.error, "type": "scripted", "code": None}}
            self._send_json(reply.status, said, reply.headers)
        elif body.get("stream"):
            self._stream(reply, body)
        else:
            self._send_json(200, _completion(reply, body), reply.headers)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is the base class's)
        """Silent: the requests are kept in `received`."""

    def _send_json(self, status: int, value: Mapping[str, Any], headers: Mapping[str, str]) -> None:
        content = json.dumps(value, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        for name, text in headers.items():
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(content)

    def _stream(self, reply: Reply, body: Mapping[str, Any]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        for name, text in reply.headers.items():
            self.send_header(name, text)
        self.end_headers()
        sent = 0
        try:
            for packet in _packets(reply, body):
                if reply.cut_after is not None and sent + len(packet) > reply.cut_after:
                    self.wfile.write(packet[: reply.cut_after - sent])
                    break
                self.wfile.write(packet)
                self.wfile.flush()
                sent += len(packet)
                time.sleep(reply.wait_between)
        except (BrokenPipeError, ConnectionResetError):
            pass  # the client gave up, which is what a slow script is for
        self.close_connection = True


def _packets(reply: Reply, body: Mapping[str, Any]) -> Iterator[bytes]:
    """The bytes of the stream, one packet each; packets end inside characters where the reply says so."""
    if reply.packet_bytes is None:
        yield from _events(reply, body)
        return
    stream = b"".join(_events(reply, body))
    yield from (stream[start : start + reply.packet_bytes] for start in range(0, len(stream), reply.packet_bytes))


def _events(reply: Reply, body: Mapping[str, Any]) -> Iterator[bytes]:
    def event(delta: Mapping[str, Any], finish: str | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        return _line({**_head(body, "chat.completion.chunk"), "choices": [choice]})

    yield event({"role": "assistant", "content": ""})
    for start in range(0, len(reply.text), reply.piece):
        said = reply.text[start : start + reply.piece]
        called = {"index": 0, "id": "call-1", "type": "function", "function": {"name": "groups", "arguments": said}}
        if reply.as_tool and start:
            called = {"index": 0, "function": {"arguments": said}}
        yield event({"tool_calls": [called]} if reply.as_tool else {"content": said})
    if reply.finish is None:
        return
    yield event({}, reply.finish)
    if reply.with_usage and (body.get("stream_options") or {}).get("include_usage"):
        yield _line({**_head(body, "chat.completion.chunk"), "choices": [], "usage": _usage(reply, body)})
    yield b"data: [DONE]\n\n"


def _line(value: Mapping[str, Any]) -> bytes:
    return b"data: " + json.dumps(value, ensure_ascii=False).encode() + b"\n\n"


def _head(body: Mapping[str, Any], kind: str) -> dict[str, Any]:
    return {"id": "scripted-1", "object": kind, "created": 0, "model": body.get("model", "scripted")}


def _completion(reply: Reply, body: Mapping[str, Any]) -> dict[str, Any]:
    message = {"role": "assistant", "content": reply.text}
    choice = {"index": 0, "message": message, "finish_reason": reply.finish}
    usage = {"usage": _usage(reply, body)} if reply.with_usage else {}
    return {**_head(body, "chat.completion"), "choices": [choice], **usage}


def _embeddings(body: Mapping[str, Any]) -> dict[str, Any]:
    """A vector for each text: how often each of 64 classes of characters stands in it, so that like texts lie close."""
    asked = body["input"] if isinstance(body["input"], list) else [body["input"]]
    rows = []
    for place, text in enumerate(asked):
        counts = [0.0] * 64
        for character in str(text):
            counts[ord(character) % 64] += 1.0
        rows.append({"object": "embedding", "index": place, "embedding": counts})
    return {"object": "list", "model": body.get("model", "scripted"), "data": rows}


def _usage(reply: Reply, body: Mapping[str, Any]) -> dict[str, int]:
    """Characters as tokens: a plain figure that a test can recompute."""
    asked = sum(len(str(message.get("content", ""))) for message in body.get("messages", []))
    return {"prompt_tokens": asked, "completion_tokens": len(reply.text), "total_tokens": asked + len(reply.text)}
