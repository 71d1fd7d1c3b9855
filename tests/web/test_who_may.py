"""Every route, every role, one's own draft, another's and an absent one: the answer is the one in the table."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.routing import APIRoute

from service.domain.account import AccountRole
from service.web.application import create_application
from tests.web.serving import Serving, call, services_at, serving

ASKED = {"notes": "3月5日清运垃圾12吨", "genre": "progress", "unit": "云溪街道", "period": "2031年"}
PEOPLE = {
    "staff": ("周岚", AccountRole.STAFF, "云溪街道"),
    "other_staff": ("程野", AccountRole.STAFF, "石桥镇"),
    "editor": ("陆编", AccountRole.EDITOR, "云溪街道"),
    "other_editor": ("石编", AccountRole.EDITOR, "石桥镇"),
    "evaluator": ("评一", AccountRole.EVALUATOR, ""),
    "admin": ("admin", AccountRole.ADMIN, ""),
    "nobody": ("", AccountRole.STAFF, ""),
}
REACHES = {"staff", "editor", "admin"}

# What a route answers to someone who may: the body that is sent, and the codes that mean "let in". A draft just
# written cannot be retried or reviewed yet (409), which is an answer about its state, given only to who reaches it.
DRAFT_ROUTES: dict[str, tuple[Any, set[int]]] = {
    "GET /api/v1/drafts/{draft_id}": (None, {200}),
    "GET /api/v1/drafts/{draft_id}/versions/{number}": (None, {200}),
    "GET /api/v1/drafts/{draft_id}/events": (None, {200}),
    "GET /api/v1/drafts/{draft_id}/export.md": (None, {200}),
    "GET /api/v1/drafts/{draft_id}/export.docx": (None, {200}),
    "PATCH /api/v1/drafts/{draft_id}": ({"reason": "看"}, {200}),
    "POST /api/v1/drafts/{draft_id}/cancel": ({}, {202}),
    "POST /api/v1/drafts/{draft_id}/retry": ({}, {409}),
    "POST /api/v1/drafts/{draft_id}/submit": ({}, {409}),
    "POST /api/v1/drafts/{draft_id}/review": ({"outcome": "returned", "reason": "缺"}, {403, 409}),
    "POST /api/v1/drafts/{draft_id}/sections/{number}/rewrite": ({}, {404}),
}
SHARED_ROUTES: dict[str, tuple[str, Any, set[str], int]] = {
    "GET /api/v1/session": ("/api/v1/session", None, set(PEOPLE), 200),
    "POST /api/v1/check": ("/api/v1/check", {"notes": "甲", "draft": "乙"}, set(PEOPLE), 200),
    "POST /api/v1/notes": ("/api/v1/notes", {"notes": "甲"}, set(PEOPLE), 200),
    "GET /api/v1/search": ("/api/v1/search?q=a", None, set(PEOPLE), 200),
    "GET /api/v1/drafts": ("/api/v1/drafts", None, set(PEOPLE), 200),
    "POST /api/v1/drafts": ("/api/v1/drafts", ASKED, set(PEOPLE) - {"evaluator"}, 202),
    "GET /api/v1/corpus/reports": ("/api/v1/corpus/reports", None, set(PEOPLE), 200),
    "POST /api/v1/corpus/reports": ("/api/v1/corpus/reports", None, {"admin"}, 422),
    "DELETE /api/v1/corpus/reports/{report_id}": ("/api/v1/corpus/reports/none", None, {"admin"}, 404),
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with serving(services_at(tmp_path_factory.mktemp("who"))) as running:
        for name, role, unit in PEOPLE.values():
            if name and name != "admin":
                running.services.accounts.add(name, role, unit)
        yield running


@pytest.fixture(scope="module")
def tokens(server: Serving) -> dict[str, str | None]:
    return {who: server.token(name) if name else None for who, (name, _, _) in PEOPLE.items()}


@pytest.fixture(scope="module")
def draft_id(server: Serving, tokens: dict[str, str | None]) -> str:
    """A draft of 周岚 with a placeholder, so that it can neither be handed in nor reviewed."""
    made = str(call(server, "POST", "/api/v1/drafts", ASKED, tokens["staff"]).json["id"])
    while call(server, "GET", f"/api/v1/drafts/{made}", token=tokens["staff"]).json["state"] == "drafting":
        time.sleep(0.05)
    change = {"sections": [{"heading": "", "text": "【待补：责任人】"}]}
    call(server, "PATCH", f"/api/v1/drafts/{made}", change, tokens["staff"], {"If-Match": "1"})
    return made


def test_no_route_is_missing_from_the_tables(server: Serving) -> None:
    application = create_application(server.services)
    served = {
        f"{method} {path}"
        for path, methods in application.openapi()["paths"].items()
        for method in (name.upper() for name in methods)
        if path.startswith("/api/")
    }
    assert served == set(DRAFT_ROUTES) | set(SHARED_ROUTES)
    assert all(isinstance(route.path, str) for route in application.routes if isinstance(route, APIRoute))


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("route", DRAFT_ROUTES)
def test_a_draft_answers_to_who_reaches_it_only(
    server: Serving, tokens: dict[str, str | None], draft_id: str, route: str, who: str
) -> None:
    method, path = route.split(" ")
    body, let_in = DRAFT_ROUTES[route]
    number = "2" if "versions" in path else "99"
    address = path.replace("{number}", number)
    headers = {"If-Match": "2"} if method == "PATCH" else {}
    own = call(server, method, address.replace("{draft_id}", draft_id), body, tokens[who], headers)
    absent = call(server, method, address.replace("{draft_id}", "0" * 32), body, tokens[who], headers)
    if who == "nobody":
        assert (own.status, absent.status) == (401, 401)
    elif who in REACHES:
        assert own.status in let_in, own.content
        assert absent.status == 404
    else:
        assert (own.status, absent.status) == (404, 404)
        assert own.json["message"] == absent.json["message"]


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("route", SHARED_ROUTES)
def test_a_shared_route_answers_by_role(server: Serving, tokens: dict[str, str | None], route: str, who: str) -> None:
    address, body, allowed, status = SHARED_ROUTES[route]
    answered = call(server, route.split(" ")[0], address, body, tokens[who])
    if who == "nobody":
        assert answered.status == 401
    elif who in allowed:
        assert answered.status == status, answered.content
    else:
        assert answered.status == 403
