"""What people are in the middle of typing, the same suite on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.domain.account import Account, AccountRole
from service.domain.errors import NotSignedIn
from service.storage.accounts import AccountStore
from service.storage.database import Database, open_database
from service.storage.retention import RetentionStore
from service.storage.working_copies import WorkingCopyStore
from tests.storage.databases import KINDS, new_database_url

DAY_MS = 24 * 3600 * 1000


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    opened = open_database(new_database_url(request.param, tmp_path))
    yield opened
    opened.close()


def person(database: Database, name: str) -> Account:
    accounts = AccountStore(database)
    return accounts.add(name, AccountRole.STAFF, "云溪街道")


def test_the_last_of_what_was_typed_is_kept_to_the_character(database: Database) -> None:
    store, typing = WorkingCopyStore(database), person(database, "周岚")
    store.put(typing, "new", '{"notes": "一"}')
    store.put(typing, "new", '{"notes": "𠮷\\u0000二"}')
    found = store.get(typing, "new")
    assert found is not None and found.body == '{"notes": "𠮷\\u0000二"}'
    store.remove(typing, "new")
    assert store.get(typing, "new") is None


def test_nobody_sees_what_another_person_types(database: Database) -> None:
    store, one, two = WorkingCopyStore(database), person(database, "周岚"), person(database, "何川")
    store.put(one, "new", "{}")
    assert store.get(two, "new") is None
    store.remove(two, "new")
    assert store.get(one, "new") is not None


def test_what_nobody_came_back_to_in_a_month_goes(database: Database) -> None:
    now = [0]
    store, one = WorkingCopyStore(database, lambda: now[0]), person(database, "周岚")
    store.put(one, "new", "{}")
    now[0] = 31 * DAY_MS
    store.put(one, "a" * 32, "{}")
    assert store.get(one, "new") is None
    assert store.get(one, "a" * 32) is not None


def test_a_save_that_comes_after_its_person_was_deleted_leaves_nothing(database: Database) -> None:
    store, gone, stays = WorkingCopyStore(database), person(database, "周岚"), person(database, "何川")
    for one in (gone, stays):
        store.put(one, "new", "{}")
    RetentionStore(database).erase("system", gone.id)
    with pytest.raises(NotSignedIn):
        store.put(gone, "new", '{"notes": "迟到的一句"}')
    assert store.get(gone, "new") is None
    assert store.get(stays, "new") is not None
