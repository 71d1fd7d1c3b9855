"""Reviews, offers, tokens, scores and downloads over HTTP, from the first call to what the next one finds."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from uuid import uuid4

import pytest
from sqlalchemy import insert, select

from service.storage.database import open_database
from service.storage.workspace_tables import DraftRow
from tests.storage.databases import KINDS, new_database_url
from tests.web.drafts_made import People, add_people, doubt_of, draft_in, made_draft
from tests.web.serving import Serving, ShelfInMemory, call, services_at, serving

PAIR = {"first_run": "规则", "second_run": "模型", "notes": "n", "first_text": "a", "second_text": "b"}

ODD_UNITS = ("甲\r\nSet-Cookie: a=b", '甲";x="', "甲\u202etxt.exe", "../../etc/甲", "..\\甲", "甲\u2028乙")


@pytest.fixture(scope="module", params=KINDS)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    folder = tmp_path_factory.mktemp("review")
    services = services_at(folder, workers=0, database_url=new_database_url(request.param, folder))
    with serving(services) as running:
        yield running


@pytest.fixture(scope="module")
def people(server: Serving) -> People:
    return add_people(server.services)


def text_of(server: Serving, path: str, token: str) -> str:
    return str(call(server, "GET", path, token=token).json["draft"]["text"])


def test_an_accepted_change_is_undone_in_the_text_and_in_the_findings(server: Serving, people: People) -> None:
    token, draft_id = server.token("陆编"), draft_in(server.services, people, "reviewing")
    path, place = f"/api/v1/drafts/{draft_id}", doubt_of(server.services, people.editor, draft_id)
    before = text_of(server, path, token)
    wanted = {"start": place.start, "end": place.end, "decision": "accepted", "replacement": "多"}
    made = call(server, "POST", f"{path}/decisions", wanted, token, {"If-Match": "2"})
    assert (made.status, made.json["made_version"]) == (201, 3)
    assert "共多。" in text_of(server, path, token)
    assert call(server, "GET", f"{path}/findings", token=token).json["red"] == 0
    undo = f"{path}/decisions/{made.json['id']}"
    stale = call(server, "DELETE", undo, token=token, headers={"If-Match": "2"})
    assert stale.status == 409
    undone = call(server, "DELETE", undo, token=token, headers={"If-Match": "3"})
    assert (undone.status, undone.json["version"]) == (200, 4)
    assert text_of(server, path, token) == before
    assert call(server, "GET", f"{path}/findings", token=token).json["red"] == 1
    history = call(server, "GET", f"{path}/decisions", token=token).json
    assert [(one["decision"], one["undone_by"]) for one in history] == [("accepted", "陆编")]


def test_an_accepted_suggestion_makes_the_next_version_once(server: Serving, people: People) -> None:
    token, draft_id = server.token("周岚"), made_draft(server.services, people.staff)
    path = f"/api/v1/drafts/{draft_id}"
    start = text_of(server, path, token).index("垃圾")
    asked = {"start": start, "end": start + 2, "replacement": "建筑垃圾", "reason": "说清是哪一种"}
    made = call(server, "POST", f"{path}/suggestions", asked, server.token("陆编"), {"If-Match": "1"})
    assert made.status == 201
    settle = f"{path}/suggestions/{made.json['id']}"
    accepted = call(server, "POST", settle, {"outcome": "accepted"}, token, {"If-Match": "1"})
    assert (accepted.json["state"], accepted.json["settled_by"], accepted.json["made_version"]) == (
        "accepted",
        "周岚",
        2,
    )
    assert "清运建筑垃圾12吨" in text_of(server, path, token)
    again = call(server, "POST", settle, {"outcome": "accepted"}, token, {"If-Match": "2"})
    assert again.status == 409
    assert call(server, "GET", path, token=token).json["version"] == 2


class ShelfThatWaits(ShelfInMemory):
    """A shelf that lets something happen after a report went in, before whoever put it there goes on."""

    def __init__(self, then: Callable[[], object]) -> None:
        super().__init__()
        self.then = then

    def add(self, name: str, content: bytes) -> Mapping[str, Any]:
        """See `CorpusShelf`."""
        answer = super().add(name, content)
        self.then()
        return answer


@pytest.mark.parametrize(
    ("second", "kind"), [("accepted", one) for one in KINDS] + [("declined", one) for one in KINDS]
)
def test_two_administrators_who_settle_one_offer_at_once_agree_in_the_end(
    tmp_path: Path, second: str, kind: str
) -> None:
    services = services_at(tmp_path, workers=0, database_url=new_database_url(kind, tmp_path))
    people, said = add_people(services), []
    offer = services.offers.offer(people.editor, draft_in(services, people, "approved"))
    shelf = ShelfThatWaits(
        lambda: said.append(services.offers.settle(people.admin, offer.id, second == "accepted", "另一位管理员", 1))
    )
    with serving(replace(services, corpus=shelf)) as running:
        path = f"/api/v1/offers/{offer.id}"
        late = call(running, "POST", path, {"outcome": "accepted"}, running.token("admin"))
        assert (late.status, said[0].state) == (409, second)
        assert len(shelf.rows) == (1 if second == "accepted" else 0)


def test_an_offer_enters_the_corpus_once(server: Serving, people: People) -> None:
    admin, draft_id = server.token("admin"), draft_in(server.services, people, "approved")
    made = call(server, "POST", f"/api/v1/drafts/{draft_id}/offer", {}, server.token("陆编"))
    assert (made.status, made.json["state"]) == (201, "offered")
    path = f"/api/v1/offers/{made.json['id']}"
    assert call(server, "POST", path, {"outcome": "accepted"}, admin).json["state"] == "accepted"
    sources = [one["source"] for one in call(server, "GET", "/api/v1/corpus/reports", token=admin).json]
    assert [one for one in sources if one.startswith("云溪街道_") and one.endswith(f"_{draft_id[:6]}.txt")] == sources
    for outcome in ({"outcome": "accepted"}, {"outcome": "declined", "reason": "重复"}):
        assert call(server, "POST", path, outcome, admin).status == 409
    assert [one["source"] for one in call(server, "GET", "/api/v1/corpus/reports", token=admin).json] == sources


@pytest.mark.parametrize(
    ("scope", "reads", "writes", "owns"),
    [("read", 200, 403, 403), ("write", 200, 200, 403), ("all", 200, 200, 200)],
)
def test_a_token_does_what_its_scope_says(
    server: Serving, people: People, scope: str, reads: int, writes: int, owns: int
) -> None:
    owner = server.token("周岚")
    path = f"/api/v1/drafts/{made_draft(server.services, people.staff)}"
    made = call(server, "POST", "/api/v1/account/tokens", {"name": f"脚本{scope}", "scope": scope}, owner)
    token = made.json["token"]
    assert call(server, "GET", path, token=token).status == reads
    assert call(server, "PATCH", path, {"title": "改题"}, token, {"If-Match": "1"}).status == writes
    assert call(server, "GET", "/api/v1/account/tokens", token=token).status == owns
    listed = call(server, "GET", "/api/v1/account/tokens", token=owner)
    assert token not in listed.content.decode()
    found = next(one for one in listed.json if one["name"] == f"脚本{scope}")
    assert found["scope"] == scope
    assert call(server, "DELETE", f"/api/v1/account/tokens/{found['id']}", token=owner).status == 204
    assert call(server, "GET", path, token=token).status == 401


def test_a_session_is_listed_and_ended_by_its_owner_alone(server: Serving, people: People) -> None:
    accounts = server.services.accounts
    accounts.set_password(people.other_staff, "一个够长的密码2031")
    secret = accounts.sign_in("程野", "一个够长的密码2031", "10.0.0.9", "甲浏览器").secret
    cookie = {"Cookie": f"zhibi_session={secret}"}
    assert call(server, "GET", "/api/v1/session", headers=cookie).json["name"] == "程野"
    listed = call(server, "GET", "/api/v1/account/sessions", token=server.token("程野"))
    assert secret not in listed.content.decode()
    found = next(one for one in listed.json if one["address"] == "10.0.0.9")
    assert found["name"] == "甲浏览器"
    path = f"/api/v1/account/sessions/{found['id']}"
    assert call(server, "DELETE", path, token=server.token("周岚")).status == 404
    assert call(server, "GET", "/api/v1/session", headers=cookie).status == 200
    assert call(server, "DELETE", path, token=server.token("程野")).status == 204
    assert call(server, "GET", "/api/v1/session", headers=cookie).status == 401


def scored(server: Serving, name: str, table: list[tuple[str, int, int]]) -> None:
    """Scores every pair of the set: whose token, the first run's score, the second run's."""
    for token, first, second in table:
        for one in call(server, "GET", f"/api/v1/pairs/{name}", token=token).json:
            sides = {"left": first, "right": second} if one["left"] == "a" else {"left": second, "right": first}
            call(server, "PUT", f"/api/v1/pairs/{name}/{one['id']}/score", {**sides, "remark": "=1+1"}, token)


def test_scores_leave_as_a_table_that_no_spreadsheet_reckons(server: Serving, people: People) -> None:
    admin = server.token("admin")
    cases = ["=HYPERLINK(1)", "+1", "-1", "@x", "　＝1", "平常"]
    body = {"name": "formulas", "pairs": [{**PAIR, "case_id": one} for one in cases]}
    assert call(server, "POST", "/api/v1/pairs", body, admin).json == {"added": len(cases)}
    scored(server, "formulas", [(server.token("评一"), 4, 2)])
    answered = call(server, "GET", "/api/v1/pairs/formulas/scores.csv", token=admin)
    rows = list(csv.reader(io.StringIO(answered.content.decode("utf-8-sig"))))
    assert {row[1] for row in rows[1:]} == {one if one == "平常" else f"'{one}" for one in cases}
    assert {tuple(row[4:7]) for row in rows[1:]} == {("评一", "4", "2")}
    assert {row[8] for row in rows[1:]} == {"'=1+1"}


@pytest.mark.parametrize(
    ("name", "other", "alpha"),
    [
        # Both alike: 1. Swapped (4,2 and 2,4): observed squared difference 4 over expected 8/3 gives 1 - 3/2.
        ("alike", (4, 2), 1.0),
        ("swapped", (2, 4), -0.5),
    ],
)
def test_agreement_of_a_small_table_is_krippendorffs_alpha(
    server: Serving, people: People, name: str, other: tuple[int, int], alpha: float
) -> None:
    admin = server.token("admin")
    call(server, "POST", "/api/v1/pairs", {"name": name, "pairs": [{**PAIR, "case_id": "1"}]}, admin)
    scored(server, name, [(server.token("评一"), 4, 2), (admin, *other)])
    found = call(server, "GET", f"/api/v1/pairs/{name}/agreement", token=admin).json
    assert found["alpha"] == pytest.approx(alpha)
    assert (found["evaluators"], found["pairs"]) == (2, 1)


@pytest.mark.parametrize("ending", ["md", "docx"])
@pytest.mark.parametrize(
    "unit", ["甲\r\nSet-Cookie: a=b", '甲";x="', "甲\u202etxt.exe", "../../etc/甲", "..\\甲", "甲\u2028乙"]
)
def test_no_unit_name_leaves_the_name_of_its_download(server: Serving, people: People, unit: str, ending: str) -> None:
    draft_id = made_draft(server.services, people.staff, unit=unit)
    answered = call(server, "GET", f"/api/v1/drafts/{draft_id}/export.{ending}", token=server.token("周岚"))
    assert answered.status == 200
    assert "set-cookie" not in answered.headers
    told = answered.headers["content-disposition"]
    assert told.isascii() and told.count('"') == 2
    name = unquote(told.split("filename*=UTF-8''")[1])
    assert name.endswith(f".{ending}") and name.isprintable() and not name.startswith(".")
    assert not set(name) & set('/\\\r\n"')


def copy_of_drafts(url: str, count: int) -> None:
    """Copies the one draft there is `count` times, ten at a time handed in at the same moment."""
    database = open_database(url)
    with database.writing() as session:
        row = dict(session.execute(select(DraftRow.__table__)).mappings().one())
        rows = [{**row, "id": uuid4().hex, "submitted_at": row["submitted_at"] + n // 10} for n in range(count)]
        session.execute(insert(DraftRow), rows)
    database.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_queue_of_five_thousand_is_paged_without_a_gap(tmp_path: Path, kind: str) -> None:
    url = new_database_url(kind, tmp_path)
    services = services_at(tmp_path, workers=0, database_url=url)
    with serving(services) as running:
        people = add_people(services)
        draft_in(services, people, "submitted")
        copy_of_drafts(url, 4_999)
        token = running.token("陆编")
        seen: list[str] = []
        while page := call(running, "GET", f"/api/v1/queue?limit=200&offset={len(seen)}", token=token).json["rows"]:
            seen += [one["id"] for one in page]
        assert len(seen) == len(set(seen)) == 5_000
        assert call(running, "GET", "/api/v1/queue?limit=1", token=token).json["total"] == 5_000
