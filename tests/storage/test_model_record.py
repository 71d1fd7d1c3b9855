"""The shared memory of model servers, on SQLite and PostgreSQL: limits across processes, health, the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from service.storage.database import Database, open_database
from service.storage.model_record import ModelRequestStore, SentRequest
from tests.storage.databases import KINDS, new_database_url

SENT = SentRequest("r1", "工作", "http://127.0.0.1:1/v1", "m", "v1", "text", "L1 一\x00二", {"手机号": 1}, 100)


class _Clock:
    """A clock that stands until it is moved; milliseconds."""

    def __init__(self) -> None:
        self.now = 1_000_000

    def __call__(self) -> int:
        return self.now


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return new_database_url(request.param, tmp_path)


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    opened = open_database(url)
    yield opened
    opened.close()


def test_the_ledger_tells_what_left_and_what_came_of_it(database: Database) -> None:
    store = ModelRequestStore(database)
    first, second = store.admit(SENT, 0, 0), store.admit(replace(SENT, run="r2"), 0, 0)
    assert first.number and second.number
    store.settle(first.number, 80, 20, "done")
    (entry,) = store.ledger("r1")
    assert (entry["text"], entry["replaced"], entry["outcome"]) == ("L1 一\x00二", {"手机号": 1}, "done")
    assert (entry["prompt_tokens"], entry["completion_tokens"], entry["server"]) == (80, 20, SENT.server)
    assert [one["outcome"] for one in store.ledger("r2")] == ["open"]
    assert store.newest_run() == "r2"


def test_a_limit_of_requests_holds_for_all_who_share_the_record(database: Database, url: str) -> None:
    clock = _Clock()
    other = open_database(url)
    try:
        stores = [ModelRequestStore(one, clock=clock) for one in (database, other)]
        with ThreadPoolExecutor(8) as pool:
            told = list(pool.map(lambda n: stores[n % 2].admit(SENT, 5, 0), range(12)))
        assert sum(one.number is not None for one in told) == 5
        refused = next(one for one in told if one.number is None)
        assert refused.wait_seconds == 60.0 and not refused.broken
        assert stores[0].admit(replace(SENT, model="another"), 5, 0).number
        clock.now += 60_001
        assert stores[1].admit(SENT, 5, 0).number
    finally:
        other.close()


def test_a_limit_of_tokens_counts_what_was_spent_once_it_is_known(database: Database) -> None:
    clock = _Clock()
    store = ModelRequestStore(database, clock=clock)
    first = store.admit(SENT, 0, 250)
    assert first.number and store.admit(SENT, 0, 250).number
    clock.now += 10_000
    assert store.admit(SENT, 0, 250).wait_seconds == 50.0
    store.settle(first.number, 30, 10, "done")
    assert store.admit(SENT, 0, 250).number
    # A request above the whole limit leaves alone, or it would never leave.
    clock.now += 60_001
    assert store.admit(replace(SENT, tokens=900), 0, 250).number


def test_a_server_that_keeps_failing_is_left_alone_and_then_tried_by_one(database: Database) -> None:
    clock = _Clock()
    store = ModelRequestStore(database, pause_seconds=30, clock=clock)
    for _ in range(5):
        number = store.admit(SENT, 0, 0).number
        assert number
        store.settle(number, 0, 0, "server")
    told = store.admit(SENT, 0, 0)
    assert told.number is None and told.broken and told.wait_seconds == 30.0
    clock.now += 30_001
    trial = store.admit(SENT, 0, 0).number
    assert trial and store.admit(SENT, 0, 0).broken
    store.settle(trial, 1, 1, "done")
    assert store.admit(SENT, 0, 0).number and store.admit(SENT, 0, 0).number


def test_the_setting_says_after_how_many_failures(database: Database) -> None:
    store = ModelRequestStore(database, failures_to_pause=2)
    for expected_broken in (False, False, True):
        told = store.admit(SENT, 0, 0)
        assert told.broken is expected_broken
        if told.number:
            store.settle(told.number, 0, 0, "connection")


def test_a_refusal_says_nothing_of_a_servers_health(database: Database) -> None:
    store = ModelRequestStore(database)
    for _ in range(9):
        number = store.admit(SENT, 0, 0).number
        assert number
        store.settle(number, 0, 0, "refused")


def test_the_form_of_answers_is_remembered_and_forgotten(database: Database) -> None:
    store = ModelRequestStore(database)
    assert store.form_of(SENT.server, "m") is None
    store.remember_form(SENT.server, "m", "json_mode")
    assert ModelRequestStore(database).form_of(SENT.server, "m") == "json_mode"
    assert store.form_of(SENT.server, "other") is None
    store.remember_form(SENT.server, "m", None)
    assert store.form_of(SENT.server, "m") is None
