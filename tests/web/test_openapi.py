"""The OpenAPI document keeps its word: whatever its schemas allow or forbid, every role gets an answer it states."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some

from service.domain.account import AccountRole
from service.storage.pairs import NewPair
from service.web.application import create_application
from tests.web.drafts_made import People, add_people, draft_in
from tests.web.serving import Serving, services_at, serving
from tests.web.who_may import is_of_api, route_of, table

ROLES = ("staff", "editor", "evaluator", "admin")
EXAMPLES = 3
# A stream of events ends when its run does, and without a worker no run ends; test_events.py reads them.
STREAMS = ("GET /api/v1/drafts/{draft_id}/events",)
# The table of who may do what names every operation; building the application here would cost each process that
# collects tests four seconds.
OPERATIONS = [
    one
    for one in dict.fromkeys(map(route_of, table()))
    if is_of_api(one) and one not in STREAMS and not one.endswith("/openapi.json")
]


@cache
def document() -> Any:
    """The document as the server gives it; it does not depend on the services."""
    import schemathesis

    with TemporaryDirectory(prefix="zhibi-openapi-") as folder:
        return schemathesis.openapi.from_dict(create_application(services_at(Path(folder), workers=0)).openapi())


def checks() -> list[Any]:
    """What each answer is held against. Whether forbidden input is refused is not asked: rules of the trade (a period
    nobody can read) are in no schema."""
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi import checks as of_openapi

    return [
        not_a_server_error,
        of_openapi.status_code_conformance,
        of_openapi.content_type_conformance,
        of_openapi.response_schema_conformance,
        of_openapi.response_headers_conformance,
    ]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with serving(services_at(tmp_path_factory.mktemp("openapi"), workers=0)) as running:
        yield running


@pytest.fixture(scope="module")
def people(server: Serving) -> People:
    return add_people(server.services)


def ids_of(server: Serving, people: People, operation: str) -> Mapping[str, Any]:
    """Ids of things that are there, for the path of `operation`; those it may spoil are made for it alone."""
    services = server.services
    ids: dict[str, Any] = {}
    if "{draft_id}" in operation:
        state = "approved" if operation.endswith("/offer") else "submitted" if "review" in operation else "editing"
        ids["draft_id"] = draft_in(services, people, state)
        ids["comment_id"] = services.discussion.comment(people.editor, ids["draft_id"], "请补时间", None).id
        ids["number"] = 1
    if "{account_id}" in operation:
        name = f"临时{OPERATIONS.index(operation)}"
        ids["account_id"] = services.accounts.add(name, AccountRole.EVALUATOR, "").id
    if "{unit_id}" in operation:
        services.directory.add_unit(people.admin, f"单位{OPERATIONS.index(operation)}")
        ids["unit_id"] = next(one.id for one in services.directory.units() if one.name.startswith("单位"))
    if "{name}" in operation:
        services.pairs.add(people.admin, "甲", 7, [NewPair("case", "rules", "model", "n", "a", "b")])
        ids |= {"name": "甲", "pair_id": services.pairs.pairs(people.evaluator, "甲", 1, 0)[0].id}
    if "{place}" in operation:
        ids["place"] = "new"
    return ids


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_answer_is_one_the_document_states(server: Serving, people: People, operation: str) -> None:
    from schemathesis.generation import GenerationMode

    method, path = operation.split(" ")
    described, held = document()[path][method], checks()
    cases = some.one_of(
        described.as_strategy(generation_mode=GenerationMode.POSITIVE),
        described.as_strategy(generation_mode=GenerationMode.NEGATIVE),
    )
    ids = ids_of(server, people, operation)

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases, there=some.booleans())
    def answers(case: Any, there: bool) -> None:
        if there:
            known = {name: value for name, value in ids.items() if f"{{{name}}}" in path}
            case.path_parameters = {**case.path_parameters, **known}
        for role in ROLES:
            # A new token each time: an example may have ended the one before.
            token = server.token(getattr(people, role).name)
            case.call_and_validate(base_url=server.address, headers={"Authorization": f"Bearer {token}"}, checks=held)

    answers()
