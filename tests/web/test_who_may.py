"""Every route and every page, every role, one's own draft, another's and an absent one: the answer is the one in
who_may.tsv, which `docs/who-may.md` shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

from service.domain.account import AccountRole
from service.domain.review import DecisionKind
from service.domain.text import Span
from service.storage.accounts import AccountRules
from service.storage.pairs import NewPair
from service.storage.review_values import NewDecision
from service.web.application import create_application
from tests.web.drafts_made import People, add_people, doubt_of, draft_in
from tests.web.serving import Answered, Serving, call, services_at, serving
from tests.web.test_pages import Browser
from tests.web.who_may import WHO, is_of_api, route_of, table

REACHES = ("staff", "editor", "admin")
ABSENT = "0" * 32
_NUMBERS = count(1)


ROWS = table()
IDS = [f"{row['route']} {row['state']}" for row in ROWS]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with serving(
        services_at(tmp_path_factory.mktemp("who"), workers=0, rules=AccountRules(sign_in_attempts=1000))
    ) as running:
        yield running


@pytest.fixture(scope="module")
def people(server: Serving) -> People:
    return add_people(server.services)


@pytest.fixture(scope="module")
def tokens(server: Serving, people: People) -> dict[str, str | None]:
    found: dict[str, str | None] = {who: server.token(getattr(people, who).name) for who in WHO if who != "nobody"}
    return {**found, "nobody": None}


@pytest.fixture(scope="module")
def sessions(server: Serving, people: People) -> dict[str, str]:
    accounts, found = server.services.accounts, {"nobody": ""}
    for who in WHO[:-1]:
        link = accounts.new_link(getattr(people, who).name)
        found[who] = accounts.sign_in_by_link(link, "127.0.0.1").secret
    return found


class Asking:
    """One row of the table, asked of a fresh draft of its state each time."""

    def __init__(self, server: Serving, people: People, row: dict[str, str], keys: Any) -> None:
        self.server, self.people, self.row, self.keys = server, people, row, keys
        self.method, self.path = row["route"].split(" ")
        self.place = Span(0, 2)

    def ids(self) -> dict[str, str]:
        """The ids of a fresh draft and of what belongs to it; empty for a row without a draft."""
        if self.row["state"] == "-":
            return self.ids_of_the_house()
        services, people = self.server.services, self.people
        ids = {"draft_id": draft_in(services, people, self.row["state"]), "number": "1"}
        draft_id = ids["draft_id"]
        version = services.drafts.get(people.staff, draft_id).summary.version
        if "START" in self.row["body"] or "{decision_id}" in self.path:
            self.place = doubt_of(services, people.editor, draft_id)
        if "{decision_id}" in self.path:
            wanted = NewDecision(self.place.start, self.place.end, DecisionKind.RETURNED, reason="请补依据")
            ids["decision_id"] = services.decisions.decide(people.editor, draft_id, version, [wanted])[0].id
        ids["comment_id"] = services.discussion.comment(people.editor, draft_id, "请补时间", None).id
        suggested = services.discussion.suggest(people.staff, draft_id, version, Span(0, 2), "标题", "")
        return {**ids, "suggestion_id": suggested.id, "version": str(version)}

    def ids_of_the_house(self) -> dict[str, str]:
        """Ids of things that belong to no draft; "none" where the row is about one that is not there."""
        services, people = self.server.services, self.people
        absent = ("report_id", "session_id", "token_id", "offer_id", "secret")
        ids = {**dict.fromkeys(absent, "none"), "name": "set"}
        if "{offer_id}" in self.path:
            ids["offer_id"] = services.offers.offer(people.editor, draft_in(services, people, "approved")).id
        if "{pair_id}" in self.path or self.path == "/evaluation/pairs/{name}":
            services.pairs.add(people.admin, "set", 7, [NewPair("case", "rules", "model", "n", "a", "b")])
            ids["pair_id"] = services.pairs.pairs(people.evaluator, "set", 1, 0)[0].id
        if "{account_id}" in self.path:
            name = f"临时{next(_NUMBERS)}"
            ids["account_id"] = services.accounts.add(name, AccountRole.EVALUATOR, "").id
        if "{unit_id}" in self.path:
            ids["unit_id"] = services.directory.units()[0].id
        return ids

    def ask(self, ids: dict[str, str], who: str) -> Answered:
        """The answer for these ids to `who`: by token, on a page by session, and no way onward is followed."""
        path = re.sub(r"\{(\w+)\}", lambda found: ids[found.group(1)], self.path)
        body = self.row["body"].replace("START", str(self.place.start)).replace("END", str(self.place.end))
        body = body.replace("NEW", f"新名{next(_NUMBERS)}")
        headers = {"Content-Type": "application/json", "If-Match": ids.get("version", "1")}
        content = None if body == "-" else body.encode()
        if is_of_api(self.row["route"]):
            return call(self.server, self.method, path, None, self.keys[0][who], headers, content)
        browser = Browser(self.server)
        browser.cookies = {"zhibi_session": self.keys[1][who]} if self.keys[1][who] else {}
        status, got, text = browser.ask(self.method, path, {} if self.method == "POST" else None)
        return Answered(status, got, text.encode())


@pytest.fixture(scope="module")
def keys(tokens: dict[str, str | None], sessions: dict[str, str]) -> tuple[dict[str, str | None], dict[str, str]]:
    return tokens, sessions


def test_no_route_and_no_page_is_missing_from_the_table(server: Serving) -> None:
    application = create_application(server.services)
    served = {
        f"{method.upper()} {path}" for path, methods in application.openapi()["paths"].items() for method in methods
    }
    hidden = [one for one in _routes(application) if not getattr(one, "include_in_schema", True)]
    pages = {f"{method} {one.path}" for one in hidden for method in one.methods - {"HEAD"}}
    assert len(pages) > 20
    assert served | pages == {route_of(row) for row in ROWS}


def _routes(holder: Any) -> Iterator[Any]:
    """Every route of an application and of the routers it includes."""
    for one in holder.routes:
        if (inside := getattr(one, "original_router", None)) is not None:
            yield from _routes(inside)
        elif getattr(one, "methods", None):
            yield one


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_a_route_answers_each_role_as_the_table_says(
    server: Serving, people: People, keys: Any, row: dict[str, str]
) -> None:
    asking = Asking(server, people, row, keys)
    found = {who: str(asking.ask(asking.ids(), who).status) for who in WHO}
    assert found == {who: row[who] for who in WHO}


@pytest.mark.parametrize("row", [row for row in ROWS if row["state"] != "-"], ids=[i for i in IDS if "draft_id" in i])
def test_an_absent_draft_and_one_out_of_reach_answer_alike(
    server: Serving, people: People, keys: Any, row: dict[str, str]
) -> None:
    asking = Asking(server, people, row, keys)
    own = asking.ids()
    for who in WHO:
        absent = asking.ask({**own, "draft_id": ABSENT}, who)
        assert str(absent.status) == (row["nobody"] if who == "nobody" else row["absent"]), who
        if who not in REACHES and who != "nobody":
            assert _said(absent) == _said(asking.ask(own, who))


def _said(answered: Answered) -> str:
    """The words of an answer, or of a page without its request's id."""
    if "json" in answered.headers["content-type"]:
        return str(answered.json["message"])
    return re.sub(r"[0-9a-f]{16,32}", "", answered.content.decode())


@pytest.mark.parametrize(
    "row", [r for r in ROWS if "_id}/" in r["route"] and r["route"].endswith("_id}") and is_of_api(r["route"])]
)
def test_what_belongs_to_another_draft_is_not_found_in_ones_own(
    server: Serving, people: People, keys: Any, row: dict[str, str]
) -> None:
    asking = Asking(server, people, row, keys)
    other, own = asking.ids(), asking.ids()
    mixed = {**other, "draft_id": own["draft_id"], "version": own["version"]}
    for who in REACHES:
        answered = asking.ask(mixed, who)
        refused_first = row[who] in ("403", "409")
        assert answered.status == 404 or (refused_first and str(answered.status) == row[who]), answered.content
