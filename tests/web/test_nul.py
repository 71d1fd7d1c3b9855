"""U+0000 from outside, over both databases: refused in addresses and names, kept in texts, never a fault."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from service.domain.account import AccountRole
from tests.storage.databases import KINDS, new_database_url
from tests.web.drafts_made import made_draft
from tests.web.serving import Serving, call, services_at, serving

PAIR = {"case_id": "1", "first_run": "规则", "second_run": "模型", "notes": "n", "first_text": "a", "second_text": "b"}


@pytest.fixture(scope="module", params=KINDS)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    folder = tmp_path_factory.mktemp("nul")
    services = services_at(folder, workers=0, database_url=new_database_url(request.param, folder))
    with serving(services) as running:
        yield running


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/drafts/a%00b",
        "/api/v1/accounts?q=%00",
        "/api/v1/audit?who=a&subject=b%00",
        "/api/v1/pairs/%00",
        "/sign-in/%00",
        "/%00",
    ],
)
def test_an_address_with_nul_is_refused(server: Serving, path: str) -> None:
    answered = call(server, "GET", path, token=server.token("admin"))
    assert answered.status == 400
    assert set(answered.json) == {"error", "message", "detail", "request_id"}
    assert answered.json["request_id"] == answered.headers["x-request-id"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/accounts", {"name": "甲\0", "role": "evaluator"}),
        ("/accounts", {"name": "甲", "role": "staff", "units": ["甲\0"]}),
        ("/units", {"name": "甲\0"}),
        ("/account/tokens", {"name": "甲\0"}),
        ("/pairs", {"name": "甲\0", "pairs": [PAIR]}),
        ("/pairs", {"name": "甲", "pairs": [{**PAIR, "case_id": "1\0"}]}),
        ("/pairs", {"name": "甲", "pairs": [{**PAIR, "second_run": "\0"}]}),
    ],
)
def test_a_name_with_nul_is_refused(server: Serving, path: str, body: Any) -> None:
    answered = call(server, "POST", f"/api/v1{path}", body, server.token("admin"))
    assert answered.status == 422, answered.content
    assert answered.json["error"] == "UnusableInput"


def test_a_text_with_nul_is_kept_as_it_was_pasted(server: Serving) -> None:
    services = server.services
    draft_id = made_draft(services, services.accounts.add("周岚", AccountRole.STAFF, "云溪街道"))
    token, path = server.token("周岚"), f"/api/v1/drafts/{draft_id}"
    made = call(server, "POST", f"{path}/comments", {"text": "请补\0时间"}, token)
    assert (made.status, made.json["text"]) == (201, "请补\0时间")
    wrong = call(server, "POST", f"{path}/comments", {"text": "好", "thread": "\0"}, token)
    assert wrong.status == 422
    change = {"sections": [{"heading": "一、做法", "text": "清运\0垃圾12吨。"}], "reason": "改\0"}
    edited = call(server, "PATCH", path, change, token, {"If-Match": "1"})
    assert edited.json["draft"]["sections"][0]["text"] == "清运\0垃圾12吨。"


def test_a_sign_in_with_nul_in_the_name_is_a_wrong_name(server: Serving) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answered = call(server, "POST", "/sign-in", headers=headers, content=b"name=a%00b&password=x%00y")
    assert answered.status == 401
