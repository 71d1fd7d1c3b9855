"""The pages people see, rendered on the server; small modules of our own make them move."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from prompts.load import load_genre_plan
from service.domain.account import Account, AccountRole
from service.domain.errors import NotSignedIn, ZhibiError
from service.domain.genre import UnitType, genre_name, genre_names, genres
from service.storage.accounts import SignedIn
from service.web.api_drafts import draft_row, whole_draft
from service.web.errors import status_of
from service.web.genre_notes import note_of
from service.web.signed_in import (
    COOKIE,
    Rooms,
    address_of,
    agent_of,
    give_session,
    require_own_write,
    require_same_site,
    services_of,
    session_of,
)
from service.web.words import author_name, beijing_time, iso_beijing, verdict_words

router = APIRouter(include_in_schema=False)
_HERE = Path(__file__).parent
STATIC = _HERE / "static"
_PAGE_OF_DRAFTS = 30
_ADVICE = "请勿粘贴涉密或未公开的个人信息。原文逐字保存，稿件只用笔记里有的内容。"
_NOTES_SHORTCUTS = (("Ctrl+Enter", "开始起草"), ("Ctrl+S", "立即保存笔记"))
_DRAFT_SHORTCUTS = (
    ("Alt+↓ / Alt+↑", "下一处 / 上一处待处理"),
    ("Enter", "打开所在标记的依据"),
    ("Ctrl+S", "保存正在编辑的一节"),
    ("Ctrl+Z", "撤销上一步（不在输入框中时）"),
    ("Ctrl+Enter", "提交审核"),
)
_templates = Environment(loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined)
_templates.filters["author_name"] = author_name
_templates.filters["beijing_time"] = beijing_time
_templates.filters["iso_beijing"] = iso_beijing


@cache
def _static_version() -> str:
    """Changes whenever a static file does, so that no browser joins an old module to a new page."""
    whole = hashlib.sha256()
    for path in sorted(STATIC.iterdir()):
        whole.update(path.read_bytes())
    return whole.hexdigest()[:10]


def render(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """The page `template` for whoever is signed in."""
    session: SignedIn | None = values.pop("session", None)
    shared: Mapping[str, Any] = {
        "account": session.account if session else None,
        "csrf": session.csrf if session else "",
        "expires_at": session.expires_at if session else 0,
        "navigation": navigation(session.account) if session else (),
        "here": request.url.path,
        "static": f"/static/{_static_version()}",
        "single_sign_on": sign_on.provider.name if (sign_on := services_of(request).single_sign_on) else "",
        "composer": services_of(request).composer,
        "version": services_of(request).version,
    }
    return HTMLResponse(_templates.get_template(template).render({**shared, **values}), status)


def navigation(account: Account) -> tuple[tuple[str, str], ...]:
    """Address and name of each page that is at home for this person, in order. Pure."""
    if account.role is AccountRole.EVALUATOR:
        return (("/evaluation", "评测"),)
    places = [("/", "起草"), ("/drafts", "我的稿件")]
    if account.role in (AccountRole.EDITOR, AccountRole.ADMIN):
        places.append(("/review", "审核"))
    places.append(("/corpus", "往年报告"))
    if account.role is AccountRole.ADMIN:
        places += [("/evaluation", "评测"), ("/admin", "管理")]
    return tuple(places)


def error_page(request: Request, status: int, message: str) -> HTMLResponse:
    """An error as a person sees it, with the way back."""
    request_id = getattr(request.state, "request_id", "")
    return render(request, "error.html", status, session=session_of(request), message=message, request_id=request_id)


def require_session(request: Request) -> SignedIn:
    """Whoever is signed in on this page. Raises NotSignedIn."""
    session = session_of(request)
    if session is None:
        raise NotSignedIn("请先登录。")
    return session


@router.get("/")
def drafting_page(request: Request) -> Response:
    """The page to paste notes and get a draft."""
    session = require_session(request)
    if session.account.role is AccountRole.EVALUATOR:
        return RedirectResponse("/evaluation", 303)
    return _workbench(request, session, None)


@router.get("/drafts")
def my_drafts(request: Request, rooms: Rooms, page: int = 1) -> Response:
    """The list of drafts within reach."""
    session = require_session(request)
    page = min(max(page, 1), 10_000)
    found = rooms.drafts.summaries(session.account, None, _PAGE_OF_DRAFTS + 1, (page - 1) * _PAGE_OF_DRAFTS)
    rows = [{**draft_row(one), "updated": beijing_time(one.updated_at)} for one in found[:_PAGE_OF_DRAFTS]]
    names = {one["genre"]: genre_name(one["genre"]) for one in rows}
    return render(
        request, "drafts.html", session=session, rows=rows, genres=names, page=page, more=len(found) > _PAGE_OF_DRAFTS
    )


@router.get("/drafts/{draft_id}")
def one_draft(request: Request, draft_id: str, rooms: Rooms) -> Response:
    """A draft beside its notes."""
    session = require_session(request)
    return _workbench(request, session, whole_draft(rooms, session.account, draft_id))


def _workbench(request: Request, session: SignedIn, draft: Mapping[str, Any] | None) -> Response:
    account, limits = session.account, services_of(request).limits
    page_values = {
        "draft": draft,
        "account": {"name": account.name, "role": str(account.role)},
        "limit": limits.notes_max_chars,
        "verdicts": verdict_words(),
        "genres": genre_names(),
        "composer": services_of(request).composer,
        "max_chars": {str(genre): load_genre_plan(genre).max_chars for genre in genres()},
        "advice": _ADVICE,
    }
    return render(
        request,
        "workbench.html",
        session=session,
        draft=draft,
        genres=[(str(genre), genre.chinese, note_of(genre)) for genre in genres()],
        unit_types=[(str(one), one.chinese) for one in UnitType],
        unit=account.units[0] if account.units else "",
        page_values=page_values,
        shortcuts=_DRAFT_SHORTCUTS if draft else _NOTES_SHORTCUTS,
    )


@router.get("/sign-in")
def sign_in_page(request: Request, next: str = "/") -> Response:  # noqa: A002 - the name in the address
    """The form for name and password."""
    if session_of(request):
        return RedirectResponse(inside(next), 303)
    return render(request, "sign_in.html", next=inside(next), failure=None, name="")


@router.post("/sign-in")
def sign_in(
    request: Request,
    rooms: Rooms,
    name: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
    next: Annotated[str, Form(max_length=500)] = "/",  # noqa: A002
) -> Response:
    """Signs in by name and password."""
    # Another site must not sign a person in as someone else, whose notes they would then write.
    require_same_site(request)
    try:
        session = rooms.accounts.sign_in(name, password, address_of(request), agent_of(request))
    except ZhibiError as wrong:
        return render(
            request, "sign_in.html", status_of(wrong), next=inside(next), failure=wrong.message, name=name[:100]
        )
    return enter(request, session, inside(next))


@router.get("/sign-in/{secret}")
def link_page(request: Request, secret: str, rooms: Rooms) -> Response:
    """Asks for a click before a one-time link is used up: chat programs open links to preview them."""
    return render(request, "sign_in_link.html", name=rooms.accounts.name_of_link(secret), secret=secret)


@router.post("/sign-in/{secret}")
def use_link(request: Request, secret: str, rooms: Rooms) -> Response:
    """Signs in by a one-time link."""
    require_same_site(request)
    session = rooms.accounts.sign_in_by_link(secret, address_of(request), agent_of(request))
    return enter(request, session, "/" if rooms.accounts.has_password(session.account) else "/account?first=1")


@router.post("/sign-out")
def sign_out(request: Request, rooms: Rooms, csrf: Annotated[str, Form(max_length=200)] = "") -> Response:
    """Ends the session here and in the record."""
    session = session_of(request)
    if session is not None:
        require_own_write(request, session, csrf)
        rooms.accounts.sign_out(request.cookies.get(COOKIE, ""))
    response = RedirectResponse("/sign-in", 303)
    response.delete_cookie(COOKIE, path="/")
    return response


@router.get("/account")
def account_page(request: Request, rooms: Rooms, first: int = 0) -> Response:
    """One's own account, where the password is set."""
    session = require_session(request)
    has_password = rooms.accounts.has_password(session.account)
    return render(request, "account.html", session=session, first=bool(first), has_password=has_password, failure=None)


@router.post("/account/password")
def set_password(
    request: Request,
    rooms: Rooms,
    csrf: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
    again: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Sets the password; every session ends, and a new one begins here."""
    session = require_session(request)
    require_own_write(request, session, csrf)
    failure = None if password == again else "两次输入的密码不一致。请重新输入。"
    if failure is None:
        try:
            rooms.accounts.set_password(session.account, password)
        except ZhibiError as wrong:
            failure = wrong.message
    if failure is not None:
        has_password = rooms.accounts.has_password(session.account)
        return render(
            request, "account.html", 422, session=session, first=False, has_password=has_password, failure=failure
        )
    return enter(request, rooms.accounts.sign_in(session.account.name, password, address_of(request)), "/")


def enter(request: Request, session: SignedIn, to: str) -> Response:
    """Sends the browser to `to` with its new session; the one it had before ends."""
    old = request.cookies.get(COOKIE, "")
    if old:
        services_of(request).accounts.sign_out(old)
    response = RedirectResponse(to, 303)
    give_session(response, session, services_of(request).limits)
    return response


def inside(address: str) -> str:
    """`address` where it is a path of ours, else the first page: a link must not lead a person out after sign-in."""
    plain = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if plain else "/"


def sign_in_address(request: Request) -> str:
    """Where to sign in, and to come back from."""
    return f"/sign-in?next={quote(request.url.path)}"


def is_page(request: Request) -> bool:
    """True for a request of a person looking at pages, not of a program."""
    return not request.url.path.startswith(("/api/", "/healthz", "/readyz", "/metrics", "/static/"))
