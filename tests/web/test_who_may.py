"""Every route, every role, one's own draft, another's and an absent one: the answer is the one in who_may.tsv.

A row names a route, the state its draft is in ("-": no draft), the body sent (START and END stand for a finding's
place), and the code each person gets; `absent` is what whoever reaches the draft gets for one that is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from service.domain.account import AccountRole
from service.domain.review import DecisionKind
from service.domain.text import Span
from service.storage.pairs import NewPair
from service.storage.review_values import NewDecision
from service.web.application import create_application
from tests.web.drafts_made import People, add_people, doubt_of, draft_in
from tests.web.serving import Answered, Serving, call, services_at, serving

COLUMNS = ("route", "state", "body", "staff", "other_staff", "editor", "other_editor", "evaluator", "admin", "nobody")
WHO = COLUMNS[3:]
REACHES = ("staff", "editor", "admin")
ABSENT = "0" * 32
_NUMBERS = count(1)


def table() -> list[dict[str, str]]:
    """The rows of who_may.tsv by column."""
    lines = Path(__file__).with_name("who_may.tsv").read_text(encoding="utf-8").splitlines()
    names = lines[0].split("\t")
    assert tuple(names) == (*COLUMNS, "absent")
    return [dict(zip(names, line.split("\t"), strict=True)) for line in lines[1:]]


ROWS = table()
IDS = [f"{row['route']} {row['state']}" for row in ROWS]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with serving(services_at(tmp_path_factory.mktemp("who"), workers=0)) as running:
        yield running


@pytest.fixture(scope="module")
def people(server: Serving) -> People:
    return add_people(server.services)


@pytest.fixture(scope="module")
def tokens(server: Serving, people: People) -> dict[str, str | None]:
    found: dict[str, str | None] = {who: server.token(getattr(people, who).name) for who in WHO if who != "nobody"}
    return {**found, "nobody": None}


class Asking:
    """One row of the table, asked of a fresh draft of its state each time."""

    def __init__(self, server: Serving, people: People, row: dict[str, str]) -> None:
        self.server, self.people, self.row = server, people, row
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
        ids = {"report_id": "none", "session_id": "none", "token_id": "none", "offer_id": "none", "name": "set"}
        if "{offer_id}" in self.path:
            ids["offer_id"] = services.offers.offer(people.editor, draft_in(services, people, "approved")).id
        if "{pair_id}" in self.path:
            services.pairs.add(people.admin, "set", 7, [NewPair("case", "rules", "model", "n", "a", "b")])
            ids["pair_id"] = services.pairs.pairs(people.evaluator, "set", 1, 0)[0].id
        if "{account_id}" in self.path:
            name = f"临时{next(_NUMBERS)}"
            ids["account_id"] = services.accounts.add(name, AccountRole.EVALUATOR, "").id
        if "{unit_id}" in self.path:
            ids["unit_id"] = services.directory.units()[0].id
        return ids

    def ask(self, ids: dict[str, str], token: str | None) -> Answered:
        """The answer for these ids."""
        path = re.sub(r"\{(\w+)\}", lambda found: ids[found.group(1)], self.path)
        body = self.row["body"].replace("START", str(self.place.start)).replace("END", str(self.place.end))
        body = body.replace("NEW", f"新名{next(_NUMBERS)}")
        headers = {"Content-Type": "application/json", "If-Match": ids.get("version", "1")}
        content = None if body == "-" else body.encode()
        return call(self.server, self.method, path, None, token, headers, content)


def test_no_route_is_missing_from_the_table(server: Serving) -> None:
    application = create_application(server.services)
    served = {
        f"{method.upper()} {path}"
        for path, methods in application.openapi()["paths"].items()
        for method in methods
        if path.startswith("/api/")
    }
    told = {row["route"].split("?")[0].replace("/working/new", "/working/{place}") for row in ROWS}
    assert served == told


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_a_route_answers_each_role_as_the_table_says(
    server: Serving, people: People, tokens: dict[str, str | None], row: dict[str, str]
) -> None:
    asking = Asking(server, people, row)
    found = {who: str(asking.ask(asking.ids(), tokens[who]).status) for who in WHO}
    assert found == {who: row[who] for who in WHO}


@pytest.mark.parametrize("row", [row for row in ROWS if row["state"] != "-"], ids=[i for i in IDS if "draft_id" in i])
def test_an_absent_draft_and_one_out_of_reach_answer_alike(
    server: Serving, people: People, tokens: dict[str, str | None], row: dict[str, str]
) -> None:
    asking = Asking(server, people, row)
    own = asking.ids()
    for who in WHO:
        absent = asking.ask({**own, "draft_id": ABSENT}, tokens[who])
        assert str(absent.status) == ("401" if who == "nobody" else row["absent"]), who
        if who not in REACHES and who != "nobody":
            assert absent.json["message"] == asking.ask(own, tokens[who]).json["message"]


@pytest.mark.parametrize("row", [r for r in ROWS if "_id}/" in r["route"] and r["route"].endswith("_id}")])
def test_what_belongs_to_another_draft_is_not_found_in_ones_own(
    server: Serving, people: People, tokens: dict[str, str | None], row: dict[str, str]
) -> None:
    asking = Asking(server, people, row)
    other, own = asking.ids(), asking.ids()
    mixed = {**other, "draft_id": own["draft_id"], "version": own["version"]}
    for who in REACHES:
        answered = asking.ask(mixed, tokens[who])
        refused_first = row[who] in ("403", "409")
        assert answered.status == 404 or (refused_first and str(answered.status) == row[who]), answered.content
