"""An OpenID Connect provider of ours on loopback: discovery, authorization, tokens with PKCE, keys, userinfo."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT_ID, CLIENT_SECRET = "zhibi", "a-client-secret-of-the-tests-0123456789"
KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
STRANGE_KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})


@dataclass
class OurProvider:
    """The provider, and what it is told to do wrong. `claims` go into every identity token over its own."""

    issuer: str
    claims: dict[str, Any] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)
    signed_by: RSAKey | OctKey = field(default_factory=lambda: KEY)
    algorithm: str = "RS256"
    broken: str = ""
    grants: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def authorize(self, query: dict[str, str]) -> str:
        """The way back to the client for a person who agrees."""
        assert query["response_type"] == "code" and query["client_id"] == CLIENT_ID
        assert query["code_challenge_method"] == "S256" and "openid" in query["scope"].split()
        code = secrets.token_urlsafe(16)
        self.grants[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state'], 'iss': self.issuer})}"

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """The answer of the token endpoint; a code is good once, for whoever knows its verifier."""
        scheme, _, credentials = authorization.partition(" ")
        if scheme != "Basic" or base64.b64decode(credentials).decode() != f"{CLIENT_ID}:{CLIENT_SECRET}":
            return 401, {"error": "invalid_client"}
        grant = self.grants.pop(form["code"], None)
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if grant is None or grant["code_challenge"] != challenge or grant["redirect_uri"] != form["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 300, "nonce": grant["nonce"]}
        header = {"alg": self.algorithm, "kid": "one"}
        kept = {name: value for name, value in {**claims, **self.claims}.items() if value is not None}
        id_token = jwt.encode(header, kept, self.signed_by, algorithms=[self.algorithm])
        return 200, {"access_token": "access", "token_type": "Bearer", "expires_in": 300, "id_token": id_token}

    def metadata(self) -> dict[str, Any]:
        """The discovery document."""
        paths = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        found = {name: f"{self.issuer}/{path}" for name, path in paths.items()}
        return {"issuer": self.issuer, "userinfo_endpoint": f"{self.issuer}/userinfo", **found}


def _flat(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}


class _Desk(BaseHTTPRequestHandler):
    provider: OurProvider

    def do_GET(self) -> None:
        """Discovery, authorization, keys, userinfo."""
        at, one = urlsplit(self.path), self.provider
        one.asked.append(at.path)
        if one.broken == "silent":
            time.sleep(2)
        if one.broken == "html":
            self._send(200, b"<h1>maintenance</h1>")
        elif at.path == "/.well-known/openid-configuration":
            self._json(500 if one.broken == "fault" else 200, one.metadata())
        elif at.path == "/authorize":
            self.send_response(302)
            self.send_header("Location", one.authorize(_flat(at.query)))
            self.end_headers()
        elif at.path == "/keys":
            self._json(200, {"keys": [KEY.as_dict(private=False)]})
        elif at.path == "/userinfo" and self.headers["Authorization"] == "Bearer access":
            self._json(200, one.more)
        else:
            self._json(404, {})

    def do_POST(self) -> None:
        """The token endpoint."""
        form = _flat(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self._json(*self.provider.token(form, self.headers.get("Authorization", "")))

    def _json(self, status: int, answer: dict[str, Any]) -> None:
        self._send(status, json.dumps(answer).encode())

    def _send(self, status: int, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: Any) -> None:
        """Says nothing."""


@contextmanager
def providing() -> Iterator[OurProvider]:
    """The provider on a free port until the block ends."""
    desk = type("Desk", (_Desk,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), desk)
    desk.provider = OurProvider(f"http://127.0.0.1:{server.server_port}")  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield desk.provider  # type: ignore[attr-defined]
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
