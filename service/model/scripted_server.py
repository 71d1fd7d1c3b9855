"""A real HTTP server on loopback that speaks the OpenAI protocol and answers from a script, for tests and demos.

It misbehaves on purpose where a script says so: refuses, cuts a stream, trickles, splits a character between two
packets. Nothing is patched: the same client code that talks to a model talks to this.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Messages = Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class Reply:
    """One answer of the script.

    `finish` None ends the stream without a finish reason, as a cut connection does. `cut_after` drops the connection
    after so many bytes of the body. `piece` is the number of characters in one event; `split_bytes` breaks events
    inside multi-byte characters. Waits are in seconds.
    """

    text: str = ""
    status: int = 200
    error: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    finish: str | None = "stop"
    wait_first: float = 0.0
    wait_between: float = 0.0
    piece: int = 8
    split_bytes: bool = False
    cut_after: int | None = None
    with_usage: bool = True


Script = Callable[[Messages], Reply]


class ScriptedServer:
    """The server as a context: `with ScriptedServer(script) as server: server.base_url`.

    `requests` are the JSON bodies received, in order of arrival.
    """

    def __init__(self, script: Script) -> None:
        self.requests: list[dict[str, Any]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _request_handler(script, self.requests))
        self._server.daemon_threads = True
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


def _request_handler(script: Script, received: list[dict[str, Any]]) -> type[BaseHTTPRequestHandler]:
    class Answer(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._send_json(200, {"object": "list", "data": [{"id": "scripted", "object": "model"}]}, {})

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", "0"))
            body = json.loads(self.rfile.read(length))
            received.append(body)
            reply = script(body.get("messages", []))
            time.sleep(reply.wait_first)
            if reply.status != 200:
                self._send_json(
                    reply.status, {"error": {"message": reply.error, "type": "scripted", "code": None}}, reply.headers
                )
            elif body.get("stream"):
                self._stream(reply, body)
            else:
                self._send_json(200, _completion(reply, body), reply.headers)

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

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is the base class's)
            """Silent: the requests are kept in `received`."""

    return Answer


def _packets(reply: Reply, body: Mapping[str, Any]) -> Iterator[bytes]:
    """The bytes of the stream, one packet each; packets end inside characters where the reply says so."""
    stream = b"".join(_events(reply, body)) if reply.split_bytes else None
    if stream is not None:
        # Seven is coprime to the three bytes of a Chinese character, so most packets end inside one.
        yield from (stream[start : start + 7] for start in range(0, len(stream), 7))
    else:
        yield from _events(reply, body)


def _events(reply: Reply, body: Mapping[str, Any]) -> Iterator[bytes]:
    def event(delta: Mapping[str, str], finish: str | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        return _line({**_head(body, "chat.completion.chunk"), "choices": [choice]})

    yield event({"role": "assistant", "content": ""})
    for start in range(0, len(reply.text), reply.piece):
        yield event({"content": reply.text[start : start + reply.piece]})
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


def _usage(reply: Reply, body: Mapping[str, Any]) -> dict[str, int]:
    """Characters as tokens: a plain figure that a test can recompute."""
    asked = sum(len(str(message.get("content", ""))) for message in body.get("messages", []))
    return {"prompt_tokens": asked, "completion_tokens": len(reply.text), "total_tokens": asked + len(reply.text)}
