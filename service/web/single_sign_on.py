"""Who a person is by the office's own identity provider (OpenID Connect, authorization code with PKCE).

The only file that knows the vendors of it; their errors become ours here. A browser that sets out gets one random
secret in a cookie. State, nonce and code verifier are keyed hashes of that secret, so nothing is kept on the server,
every process can finish what another began, and there is no key that could be guessed from what a stranger is given.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
import ssl
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Any
from urllib.parse import quote, unquote

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from service.domain.account import AccountRole
from service.domain.errors import NotSignedIn, ServiceUnavailable
from service.storage.accounts import Arrival
from service.storage.clock import now_in_milliseconds

log = logging.getLogger(__name__)

# Signatures by a key pair only: with HS256 whoever knows the client secret could name anyone, with "none" anybody.
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
_WAY_SECONDS = 600  # at the provider: time for a password, a code on the phone, a call to the help desk
_CLOCK_LEEWAY_SECONDS = 60  # two machines of one office may differ by this much
# Each conversation holds one of the forty threads that also serve everyone else.
_CONVERSATIONS = 8
_DOWN = "统一登录暂时不可用。请稍后再试，或请用密码登录。"
_BUSY = "统一登录暂时不可用：同时登录的人太多。请稍后再试，或请用密码登录。"
_MISSET = "统一登录暂时不可用：它不接受执笔的设置。请用密码登录，并告知管理员。"
_LOST = "这次统一登录已过期，或不是从这个浏览器开始的，没有登录。请重新点统一登录的按钮。"
_USED = "统一登录给出的登录码已失效或已用过，没有登录。请重新点统一登录的按钮。"
_UNPROVEN = "统一登录返回的身份凭据无法核实，没有登录。请重试；如再次失败，请告知管理员。"
_DENIED = "统一登录没有放行（可能是您取消了登录），没有登录。请重试，或请用密码登录。"


@dataclass(frozen=True, slots=True)
class Provider:
    """The provider and how its people become ours; the values of the settings of the same names.

    `role` is what a person who arrives for the first time becomes; None where only accounts that exist get in.
    """

    issuer: str
    client_id: str
    client_secret: str
    name: str = "统一登录"
    claim: str = "preferred_username"
    unit_claim: str = ""
    role: AccountRole | None = None
    bind_by_name: bool = False
    public_url: str = ""
    timeout_seconds: float = 5


class SingleSignOn:
    """The conversation with the provider. Safe to call from several threads; nothing is remembered between calls."""

    def __init__(self, provider: Provider, clock: Callable[[], int] = now_in_milliseconds) -> None:
        self.provider = provider
        self._clock = clock
        self._free = BoundedSemaphore(_CONVERSATIONS)
        # The machine's own store of certificates, where an office installs its authority.
        self._trust = ssl.create_default_context()

    def set_out(self, back: str, then: str) -> tuple[str, str]:
        """Where to send the browser, and the value of its cookie. The provider sends it to our address `back`; `then`
        is the page to go to in the end. Raises ServiceUnavailable."""
        cookie = f"{secrets.token_urlsafe(32)}.{self._clock() // 1000}.{quote(then, safe='')}"
        with self._talking(back) as client:
            address, _ = client.create_authorization_url(
                _text(self._metadata(client), "authorization_endpoint"),
                state=_derived(cookie, "state"),
                nonce=_derived(cookie, "nonce"),
                code_verifier=_derived(cookie, "verifier"),
            )
        return str(address), cookie

    def come_back(self, back: str, cookie: str, answer: Mapping[str, str]) -> Arrival:
        """Who arrived, proven. `answer` is the query the provider sent the browser back with.

        Raises NotSignedIn where that proves nothing, ServiceUnavailable where the provider cannot be asked.
        """
        begun = _begun(cookie)
        given = answer.get("state", "").encode("utf-8", "surrogatepass")
        late = not 0 <= self._clock() // 1000 - begun <= _WAY_SECONDS
        if not cookie or late or not hmac.compare_digest(given, _derived(cookie, "state").encode()):
            raise NotSignedIn(_LOST)
        if answer.get("iss", self.provider.issuer) != self.provider.issuer:
            raise NotSignedIn(_UNPROVEN)
        if "error" in answer or not answer.get("code"):
            log.warning("single sign-on refused: %s", answer.get("error", "no code")[:200])
            raise NotSignedIn(_DENIED)
        with self._talking(back) as client:
            return self._person(client, answer["code"], cookie)

    def answers(self) -> str:
        """That the provider answers, in Chinese: where it sends people, and how many keys it signs with.

        Raises ServiceUnavailable where it does not answer or is another one than the settings say.
        """
        with self._talking("") as client:
            metadata = self._metadata(client)
            keys = _json(client, _text(metadata, "jwks_uri")).get("keys", [])
            door = _text(metadata, "authorization_endpoint")
        return f"{self.provider.name}（{self.provider.issuer}）有应答，登录页{door}，签名密钥{len(keys)}把"

    def page_after(self, cookie: str) -> str:
        """The page a browser with this cookie wanted; "" for one that is not ours. Pure."""
        return unquote(cookie.split(".", 2)[2]) if _begun(cookie) else ""

    def _person(self, client: OAuth2Client, code: str, cookie: str) -> Arrival:
        metadata = self._metadata(client)
        ways = metadata.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        way = "client_secret_basic" if "client_secret_basic" in ways else "client_secret_post"
        client.token_endpoint_auth_method = way
        token = client.fetch_token(
            _text(metadata, "token_endpoint"),
            grant_type="authorization_code",
            code=code,
            code_verifier=_derived(cookie, "verifier"),
        )
        keys = _json(client, _text(metadata, "jwks_uri"))
        claims = self._proven(token, keys, _derived(cookie, "nonce"))
        wanted = {one for one in (self.provider.claim, self.provider.unit_claim) if one}
        # Many providers put no more than the subject into the token and the rest here.
        if not wanted <= set(claims) and "userinfo_endpoint" in metadata:
            more = _json(client, _text(metadata, "userinfo_endpoint"), withhold_token=False)
            if more.get("sub") != claims["sub"]:
                raise NotSignedIn(_UNPROVEN)
            claims = {**more, **claims}
        # A subject is unique at its issuer only: the same number at another provider is another person.
        return Arrival(
            subject=f"{self.provider.issuer} {claims['sub']}",
            name=_word(claims, self.provider.claim),
            unit=_word(claims, self.provider.unit_claim),
        )

    def _proven(self, token: Mapping[str, Any], keys: Mapping[str, Any], nonce: str) -> dict[str, Any]:
        """The claims of the identity token: signature, issuer, audience, times, nonce and access token hold."""
        signing = [one for one in keys.get("keys", ()) if one.get("use", "sig") == "sig" and one.get("kty") != "oct"]
        registry = JWSRegistry(algorithms=list(_ALGORITHMS), strict_check_header=False)
        read = jwt.decode(str(token.get("id_token", "")), KeySet.import_key_set({"keys": signing}), registry=registry)
        claims = CodeIDToken(
            read.claims,
            read.header,
            {
                "iss": {"essential": True, "value": self.provider.issuer},
                "aud": {"essential": True, "value": self.provider.client_id},
            },
            {"nonce": nonce, "client_id": self.provider.client_id, "access_token": token.get("access_token")},
        )
        claims.validate(leeway=_CLOCK_LEEWAY_SECONDS)
        # PostgreSQL refuses a text with U+0000 by an error.
        if not isinstance(claims["sub"], str) or not claims["sub"].strip() or not claims["sub"].isprintable():
            raise NotSignedIn(_UNPROVEN)
        return dict(claims)

    def _metadata(self, client: OAuth2Client) -> Mapping[str, Any]:
        found = _json(client, self.provider.issuer.rstrip("/") + "/.well-known/openid-configuration")
        if found.get("issuer") != self.provider.issuer:
            log.error("ZHIBI_OIDC_ISSUER is %s, the provider says %s", self.provider.issuer, found.get("issuer"))
            raise ServiceUnavailable(_MISSET)
        return found

    @contextmanager
    def _talking(self, back: str) -> Iterator[OAuth2Client]:
        if not self._free.acquire(timeout=1):
            raise ServiceUnavailable(_BUSY)
        try:
            with OAuth2Client(
                client_id=self.provider.client_id,
                client_secret=self.provider.client_secret,
                scope="openid profile",
                redirect_uri=back,
                code_challenge_method="S256",
                timeout=self.provider.timeout_seconds,
                verify=self._trust,
                # A proxy of the environment, or a redirect, would see the code and the client's secret.
                trust_env=False,
                follow_redirects=False,
            ) as client:
                yield client
        except JoseError as wrong:
            log.warning("identity token refused: %s", wrong)
            raise NotSignedIn(_UNPROVEN) from wrong
        except AuthlibBaseError as wrong:
            log.warning("single sign-on refused: %s", wrong)
            if wrong.error == "invalid_grant":
                raise NotSignedIn(_USED) from wrong
            raise ServiceUnavailable(_MISSET) from wrong
        # An answer that is not JSON, or JSON of another shape, is a provider that is not well.
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError, TypeError, AttributeError, KeyError) as wrong:
            log.warning("single sign-on did not answer", exc_info=True)
            raise ServiceUnavailable(_DOWN) from wrong
        finally:
            self._free.release()


def _derived(cookie: str, purpose: str) -> str:
    """A word of 256 bits that only the holder of the cookie and we can make. Pure."""
    digest = hmac.new(cookie.encode("utf-8", "surrogatepass"), purpose.encode(), hashlib.sha256).digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")


def _begun(cookie: str) -> int:
    """When the browser set out, in seconds since 1970; 0 for a cookie that is not ours. Pure."""
    parts = cookie.split(".")
    known = len(parts) >= 3 and len(parts[0]) >= 43 and parts[1].isascii() and parts[1].isdigit()
    return int(parts[1][:15]) if known else 0


def _json(client: OAuth2Client, address: str, withhold_token: bool = True) -> Mapping[str, Any]:
    response = client.request("GET", address, withhold_token=withhold_token)
    response.raise_for_status()
    found = response.json()
    if not isinstance(found, dict):
        raise TypeError("not an object")
    return found


def _text(metadata: Mapping[str, Any], name: str) -> str:
    found = metadata[name]
    if not isinstance(found, str):
        raise TypeError(name)
    return found


def _word(claims: Mapping[str, Any], name: str) -> str:
    """The claim where it is a visible text, or the only one of a list; else "". Pure."""
    found = claims.get(name) if name else ""
    if isinstance(found, list) and len(found) == 1:
        found = found[0]
    return found.strip() if isinstance(found, str) and found.isprintable() else ""
