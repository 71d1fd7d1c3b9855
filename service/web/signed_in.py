"""Who is asking: by session cookie (a browser) or bearer token (a script); and that a browser's write is its own."""

from __future__ import annotations

import hmac
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request, Response

from service.domain.account import Account, AccountRole, TokenScope
from service.domain.errors import Forbidden, NotSignedIn
from service.storage.accounts import SignedIn
from service.web.services import Services, WebLimits

COOKIE = "zhibi_session"
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_EXPIRED = "登录已过期，请重新登录。您填写的内容仍在，登录后继续提交。"


def services_of(request: Request) -> Services:
    """The rooms below, as the application was created with them."""
    services: Services = request.app.state.services
    return services


def address_of(request: Request) -> str:
    """The network address the request came from. Proxies' headers are not believed: anyone can write them."""
    return request.client.host if request.client else ""


def agent_of(request: Request) -> str:
    """The browser's own name, shown to its person in the list of sessions."""
    return request.headers.get("user-agent", "")


def session_of(request: Request) -> SignedIn | None:
    """The browser's live session, or None."""
    secret = request.cookies.get(COOKIE, "")
    return services_of(request).accounts.of_session(secret) if secret else None


def signed_in(request: Request) -> Account:
    """The person asking. Raises NotSignedIn; Forbidden for a browser's write that does not repeat its session's word.

    A bearer token needs no such word: no browser adds it by itself.
    """
    given = request.headers.get("authorization", "")
    if given:
        scheme, _, token = given.partition(" ")
        found = services_of(request).accounts.bearer(token.strip()) if scheme.lower() == "bearer" else None
        if found is None:
            raise NotSignedIn("访问令牌无效或已过期。请用 zhibi token 用户名 重新生成。")
        account, scope = found
        request.state.token_scope = scope
        if scope is TokenScope.READ and request.method not in _SAFE_METHODS:
            raise Forbidden("这个访问令牌只能读取，没有改动任何内容。请换用可写的令牌。", code="E-403")
        return account
    session = session_of(request)
    if session is None:
        raise NotSignedIn(_EXPIRED)
    if request.method not in _SAFE_METHODS:
        require_own_write(request, session, request.headers.get("x-csrf-token", ""))
    return session.account


def require_own_write(request: Request, session: SignedIn, word: str) -> None:
    """Raises Forbidden where a write did not come from a page of ours."""
    if not hmac.compare_digest(word.encode("utf-8", "surrogatepass"), session.csrf.encode()):
        raise Forbidden("页面已过期，没有改动任何内容。请刷新页面后重试。")
    require_same_site(request)


def require_same_site(request: Request) -> None:
    """Raises Forbidden for a write that another site's page sent. Programs send neither header and pass.

    On plain HTTP browsers leave Sec-Fetch-Site out, so Origin is compared as well; behind a proxy that changes the host
    its X-Forwarded-Host counts, which no form of another site can set.
    """
    known = {request.headers.get("host"), request.headers.get("x-forwarded-host")}
    origin = request.headers.get("origin")
    foreign = origin is not None and urlsplit(origin).netloc not in known
    if foreign or request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise Forbidden("这个请求来自其他网站，没有改动任何内容。")


def owner(request: Request, account: Annotated[Account, Depends(signed_in)]) -> Account:
    """The person asking about accounts. Raises Forbidden for a token that is for drafts only."""
    if getattr(request.state, "token_scope", TokenScope.ALL) is not TokenScope.ALL:
        raise Forbidden("这个访问令牌只用于稿件，不能查看或改动账号。请换用全部权限的令牌。", code="E-403")
    return account


def evaluator(account: Annotated[Account, Depends(signed_in)]) -> Account:
    """The evaluator or administrator asking. Raises Forbidden for anyone else."""
    if account.role not in (AccountRole.EVALUATOR, AccountRole.ADMIN):
        raise Forbidden("只有评测人员可以查看评测内容。如需处理，请联系管理员。", code="E-403")
    return account


def administrator(account: Account) -> Account:
    """The account where it is an administrator's. Raises Forbidden for anyone else."""
    if account.role is not AccountRole.ADMIN:
        raise Forbidden("只有管理员可以这样做。如需处理，请联系管理员。", code="E-403")
    return account


def asking_administrator(account: Annotated[Account, Depends(owner)]) -> Account:
    """The administrator asking. Raises Forbidden for anyone else."""
    return administrator(account)


def drafter(account: Annotated[Account, Depends(signed_in)]) -> Account:
    """The person asking, who works on drafts. Raises Forbidden for an evaluator, who sees frozen runs only."""
    if account.role is AccountRole.EVALUATOR:
        raise Forbidden("评测人员只能查看评测内容。如需起草或查看旧报告，请联系管理员。", code="E-403")
    return account


def give_session(response: Response, session: SignedIn, limits: WebLimits) -> None:
    """Puts a new session's secret into the answer's cookie."""
    response.set_cookie(
        COOKIE,
        session.secret,
        max_age=limits.session_hours * 3600,
        httponly=True,
        samesite="lax",
        secure=limits.secure_cookies,
        path="/",
    )


Person = Annotated[Account, Depends(signed_in)]
Drafter = Annotated[Account, Depends(drafter)]
Owner = Annotated[Account, Depends(owner)]
Evaluator = Annotated[Account, Depends(evaluator)]
Administrator = Annotated[Account, Depends(asking_administrator)]
Rooms = Annotated[Services, Depends(services_of)]
