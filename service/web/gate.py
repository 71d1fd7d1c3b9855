"""What every request passes: an id, a size limit, security headers, and the figures of `/metrics`."""

from __future__ import annotations

import json
import logging
import secrets
import time

from fastapi import HTTPException
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.web.errors import plain_error
from service.web.figures import Figures

log = logging.getLogger(__name__)

# No inline script or style anywhere: a note pasted into a page can then never run, whatever else goes wrong.
# No upgrade-insecure-requests: the office intranet has plain HTTP.
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}
_UPLOADS = ("/api/v1/corpus/", "/api/v1/notes/file")
# A multipart body carries its file plus boundaries and names.
_UPLOAD_ROOM_BYTES = 100_000
_DRAINED_BYTES = 100_000_000


class TooMuchBody(HTTPException):
    """The body went over the limit while it was read. FastAPI passes its own exception on, and hides others as 400."""

    def __init__(self) -> None:
        super().__init__(413)


class Gate:
    """ASGI middleware around the whole application."""

    def __init__(self, application: ASGIApp, figures: Figures, json_bytes: int, upload_bytes: int) -> None:
        self._application = application
        self._figures = figures
        self._json_bytes = json_bytes
        self._upload_bytes = upload_bytes + _UPLOAD_ROOM_BYTES

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes one request."""
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        request_id = secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = request_id
        limit = self._upload_bytes if scope["path"].startswith(_UPLOADS) else self._json_bytes
        started, status, begun = time.perf_counter(), 500, False

        async def sending(message: Message) -> None:
            nonlocal status, begun
            if message["type"] == "http.response.start":
                status, begun = message["status"], True
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers["X-Request-Id"] = request_id
                if not scope["path"].startswith("/static/"):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        try:
            if _holds_nul(scope):
                await _answer(sending, request_id, 400)
                return
            if _declared_length(scope) > limit:
                await _drain(receive)
                raise TooMuchBody
            await self._application(scope, _limited(receive, limit), sending)
        except TooMuchBody:
            if not begun:
                await _answer(sending, request_id, 413)
        except Exception:
            log.exception("request %s failed", request_id)
            # An answer that has begun cannot be taken back; the connection breaks, and the page says so.
            if begun:
                raise
            await _answer(sending, request_id, 500)
        finally:
            route = getattr(scope.get("route"), "path", "") or "other"
            self._figures.request(scope["method"], route, status, time.perf_counter() - started)


def _holds_nul(scope: Scope) -> bool:
    """Whether the address holds U+0000: no name, id or word has it, and PostgreSQL's text refuses it as a fault."""
    return "\0" in scope["path"] or b"%00" in scope["query_string"] or b"\0" in scope["query_string"]


def _declared_length(scope: Scope) -> int:
    given = Headers(scope=scope).get("content-length", "0")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 16 else 0


def _limited(receive: Receive, limit: int) -> Receive:
    seen = 0

    async def receiving() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            if message.get("more_body", False):
                await _drain(receive)
            raise TooMuchBody
        return message

    return receiving


async def _drain(receive: Receive) -> None:
    """Reads what is still being sent, up to a bound: a client that is cut off while it sends never reads the answer."""
    seen = 0
    while seen < _DRAINED_BYTES:
        message = await receive()
        seen += len(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body", False):
            return


async def _answer(send: Send, request_id: str, status: int) -> None:
    name, message = plain_error(status)
    body = {"error": name, "message": message, "detail": {}, "request_id": request_id}
    content = json.dumps(body, ensure_ascii=False).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(content)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": [*headers, (b"connection", b"close")]})
    await send({"type": "http.response.body", "body": content})
