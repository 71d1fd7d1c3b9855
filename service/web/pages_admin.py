"""The administrator's pages: accounts, units, state of the service, use, offers to the corpus, audit."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from service.domain.account import AccountRole
from service.domain.genre import genre_names
from service.web import api_admin
from service.web.audit_words import ACTION_NAMES, ACTIONS, told_detail
from service.web.pages import render, require_session
from service.web.signed_in import Rooms, administrator

router = APIRouter(include_in_schema=False, prefix="/admin")
_TABS = (
    ("/admin/accounts", "账号"),
    ("/admin/units", "单位"),
    ("/admin/status", "运行状态"),
    ("/admin/use", "用量"),
    ("/admin/offers", "推荐入库"),
    ("/admin/audit", "审计记录"),
)
_PAGE_OF_ROWS = 50
Word = Annotated[str, Query(max_length=100)]


@router.get("")
def first_page(request: Request) -> Response:
    """The way in."""
    require_session(request)
    return RedirectResponse("/admin/accounts", 303)


@router.get("/accounts")
def accounts_page(request: Request, rooms: Rooms, q: Word = "", page: int = 1) -> Response:
    """Who may do what."""
    person = administrator(require_session(request).account)
    page = min(max(page, 1), 10_000)
    found = api_admin.accounts(person, rooms, q, _PAGE_OF_ROWS, (page - 1) * _PAGE_OF_ROWS)
    units = [one["name"] for one in api_admin.units(person, rooms) if not one["closed"]]
    roles = {str(role): role.chinese for role in AccountRole}
    return _page(request, "accounts", found=found, q=q, page=page, unit_names=units, roles=roles)


@router.get("/units")
def units_page(request: Request, rooms: Rooms) -> Response:
    """The units people belong to."""
    person = administrator(require_session(request).account)
    return _page(request, "units", rows=api_admin.units(person, rooms))


@router.get("/status")
def status_page(request: Request, rooms: Rooms) -> Response:
    """Whether everything answers, in plain words."""
    person = administrator(require_session(request).account)
    return _page(request, "status", found=api_admin.status(person, rooms))


@router.get("/use")
def use_page(request: Request, rooms: Rooms, since: date | None = None, until: date | None = None) -> Response:
    """What units used."""
    person = administrator(require_session(request).account)
    return _page(request, "use", found=api_admin.use(person, rooms, since, until))


@router.get("/offers")
def offers_page(request: Request, rooms: Rooms) -> Response:
    """Approved drafts that editors offer as past reports."""
    person = administrator(require_session(request).account)
    names = genre_names()
    settled = [*api_admin.offers(person, rooms, "accepted", 20, 0), *api_admin.offers(person, rooms, "declined", 20, 0)]
    rows = api_admin.offers(person, rooms, "offered", _PAGE_OF_ROWS, 0)
    return _page(request, "offers", rows=rows, settled=settled, genres=names)


@router.get("/audit")
def audit_page(
    request: Request,
    rooms: Rooms,
    who: Word = "",
    action: Word = "",
    subject: Word = "",
    since: str = "",
    until: str = "",
    page: int = 1,
) -> Response:
    """Who did what and when."""
    person = administrator(require_session(request).account)
    page = min(max(page, 1), 10_000)
    days = [_day(since), _day(until)]
    found = api_admin.audit(
        person, rooms, who, action, subject, days[0], days[1], _PAGE_OF_ROWS, (page - 1) * _PAGE_OF_ROWS
    )
    chosen = {"who": who, "action": action, "subject": subject, "since": since, "until": until}
    pages = max(1, -(-found["total"] // _PAGE_OF_ROWS))

    def link(number: int) -> str:
        return "/admin/audit?" + urlencode({key: value for key, value in {**chosen, "page": number}.items() if value})

    return _page(
        request,
        "audit",
        found=found,
        chosen=chosen,
        actions=ACTIONS,
        names=ACTION_NAMES,
        told=told_detail,
        page=page,
        pages=pages,
        link=link,
    )


def _day(text: str) -> date | None:
    """The day a form names; None where it names none. Pure."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _page(request: Request, name: str, **values: Any) -> Response:
    session = require_session(request)
    values["tabs"] = _TABS
    values["tab"] = f"/admin/{name}"
    return render(request, f"admin_{name}.html", session=session, **values)
