"""The two addresses of single sign-on: setting out to the provider, and coming back from it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from service.domain.errors import NotFound, ZhibiError
from service.web.errors import status_of
from service.web.pages import enter, inside, render
from service.web.services import Services
from service.web.signed_in import Rooms, address_of, agent_of

router = APIRouter(include_in_schema=False)
_PATH = "/single-sign-on"
_COOKIE = "zhibi_sign_on"
_COOKIE_SECONDS = 600
_LONGEST_PAGE = 300  # nine bytes a Chinese character, and browsers drop a cookie of more than 4,096


@router.get(_PATH)
def set_out(request: Request, rooms: Rooms, next: str = "/") -> Response:  # noqa: A002 - the name in the address
    """Sends the browser to the provider. A link, not a form: a form of ours may lead to no other site."""
    if rooms.single_sign_on is None:
        raise NotFound("没有设置统一登录。请用密码登录。")
    then = inside(next) if len(next) <= _LONGEST_PAGE else "/"
    try:
        address, cookie = rooms.single_sign_on.set_out(_back(request, rooms), then)
    except ZhibiError as wrong:
        return render(request, "sign_in.html", status_of(wrong), next=then, failure=wrong.message, name="")
    response = RedirectResponse(address, 303)
    # Lax, not strict: the browser comes back from another site, and must bring it.
    response.set_cookie(
        _COOKIE,
        cookie,
        max_age=_COOKIE_SECONDS,
        httponly=True,
        samesite="lax",
        secure=rooms.limits.secure_cookies,
        path=_PATH,
    )
    return response


@router.get(f"{_PATH}/back")
def come_back(request: Request, rooms: Rooms) -> Response:
    """Signs in whom the provider proved; the sign-in page with the reason otherwise."""
    if rooms.single_sign_on is None:
        raise NotFound("没有设置统一登录。请用密码登录。")
    cookie = request.cookies.get(_COOKIE, "")
    then = inside(rooms.single_sign_on.page_after(cookie))
    provider = rooms.single_sign_on.provider
    try:
        arrival = rooms.single_sign_on.come_back(_back(request, rooms), cookie, dict(request.query_params))
        session = rooms.accounts.sign_in_by_subject(
            arrival, provider.role, provider.bind_by_name, address_of(request), agent_of(request)
        )
        response = enter(request, session, then)
    except ZhibiError as wrong:
        response = render(request, "sign_in.html", status_of(wrong), next=then, failure=wrong.message, name="")
    response.delete_cookie(_COOKIE, path=_PATH)
    return response


def _back(request: Request, rooms: Services) -> str:
    """Our address that the provider sends the browser back to: of the setting, or as the browser wrote it."""
    own = rooms.single_sign_on.provider.public_url if rooms.single_sign_on else ""
    return (own or str(request.base_url)).rstrip("/") + f"{_PATH}/back"
