"""Accounts and their proofs, the same suite on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from service.domain.account import AccountRole, parse_role
from service.domain.errors import Conflict, NotFound, NotSignedIn, TooManyRequests, UnusableInput
from service.storage.accounts import AccountRules, AccountStore, Arrival
from service.storage.database import Database, open_database
from tests.storage.databases import KINDS, new_database_url

RULES = AccountRules(session_hours=1, sign_in_link_hours=2, token_days=1, sign_in_attempts=3)
HOUR = 3_600_000


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 1_900_000_000_000

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    opened = open_database(new_database_url(request.param, tmp_path))
    yield opened
    opened.close()


@pytest.fixture
def accounts(database: Database, clock: Clock) -> AccountStore:
    return AccountStore(database, RULES, clock)


def test_only_the_very_first_start_makes_an_administrator_and_gives_a_link(accounts: AccountStore) -> None:
    link = accounts.ensure_administrator()
    assert link is not None
    assert accounts.ensure_administrator() is None
    assert [(one.name, one.role) for one in accounts.all()] == [("admin", AccountRole.ADMIN)]
    assert accounts.sign_in_by_link(link, "10.0.0.1").account.is_admin


def test_staff_added_before_the_first_start_do_not_lock_the_house(database: Database) -> None:
    accounts = AccountStore(database)
    accounts.add("admin", AccountRole.STAFF, "云溪街道")
    link = accounts.ensure_administrator()
    assert link is not None
    assert accounts.sign_in_by_link(link, "127.0.0.1").account.is_admin
    assert accounts.ensure_administrator() is None


def test_a_link_signs_in_once(accounts: AccountStore) -> None:
    accounts.add("周岚", AccountRole.STAFF, "云溪街道")
    link = accounts.new_link("周岚")
    assert accounts.name_of_link(link) == "周岚"
    assert accounts.sign_in_by_link(link, "").account.name == "周岚"
    with pytest.raises(NotSignedIn, match="已失效"):
        accounts.sign_in_by_link(link, "")
    with pytest.raises(NotSignedIn):
        accounts.name_of_link(link)


def test_a_link_dies_with_time(accounts: AccountStore, clock: Clock) -> None:
    accounts.add("周岚", AccountRole.STAFF, "云溪街道")
    link = accounts.new_link("周岚")
    clock.now += 2 * HOUR
    with pytest.raises(NotSignedIn):
        accounts.sign_in_by_link(link, "")


def test_a_session_ends_by_time_by_signing_out_and_by_a_new_password(accounts: AccountStore, clock: Clock) -> None:
    person = accounts.add("周岚", AccountRole.STAFF, "云溪街道")
    accounts.set_password(person, "晴天也去巡河-1")
    sessions = [accounts.sign_in("周岚", "晴天也去巡河-1", "") for _ in range(3)]
    found = accounts.of_session(sessions[0].secret)
    assert found is not None
    assert (found.account, found.csrf) == (person, sessions[0].csrf)
    accounts.sign_out(sessions[0].secret)
    assert accounts.of_session(sessions[0].secret) is None
    assert accounts.of_session(sessions[1].secret) is not None
    accounts.set_password(person, "雨天也去巡河-2")
    assert accounts.of_session(sessions[1].secret) is None
    last = accounts.sign_in("周岚", "雨天也去巡河-2", "")
    clock.now += HOUR
    assert accounts.of_session(last.secret) is None


def test_a_wrong_password_and_an_unknown_name_say_the_same(accounts: AccountStore) -> None:
    person = accounts.add("周岚", AccountRole.STAFF, "云溪街道")
    accounts.set_password(person, "晴天也去巡河-1")
    said = set()
    for name in ("周岚", "没有这个人", "坏名\x00字"):
        with pytest.raises(NotSignedIn) as refused:
            accounts.sign_in(name, "猜一个密码", "10.0.0.9")
        said.add(refused.value.message)
    assert len(said) == 1


def test_many_failures_close_the_door_for_a_quarter_of_an_hour(accounts: AccountStore, clock: Clock) -> None:
    person = accounts.add("周岚", AccountRole.STAFF, "云溪街道")
    accounts.set_password(person, "晴天也去巡河-1")
    for _ in range(RULES.sign_in_attempts):
        with pytest.raises(NotSignedIn):
            accounts.sign_in("周岚", "猜一个密码", "10.0.0.9")
    with pytest.raises(TooManyRequests, match="15分钟"):
        accounts.sign_in("周岚", "晴天也去巡河-1", "10.0.0.9")
    # Someone else's guessing must not lock the person out at their own desk.
    assert accounts.sign_in("周岚", "晴天也去巡河-1", "10.0.0.1").account == person
    clock.now += 16 * 60_000
    assert accounts.sign_in("周岚", "晴天也去巡河-1", "10.0.0.9").account == person


def test_guessing_one_name_from_many_addresses_is_stopped_too(accounts: AccountStore) -> None:
    accounts.add("周岚", AccountRole.STAFF, "云溪街道")
    for number in range(RULES.sign_in_attempts * 5):
        with pytest.raises(NotSignedIn):
            accounts.sign_in("周岚", "猜一个密码", f"10.0.1.{number}")
    with pytest.raises(TooManyRequests):
        accounts.sign_in("周岚", "猜一个密码", "10.0.2.1")


def test_a_token_works_until_it_ends_or_its_account_is_closed(accounts: AccountStore, clock: Clock) -> None:
    person = accounts.add("脚本", AccountRole.STAFF, "云溪街道")
    token = accounts.new_token("脚本")
    assert accounts.of_token(token) == person
    assert accounts.of_token(token + "x") is None
    second = accounts.new_token("脚本")
    clock.now += 24 * HOUR
    assert accounts.of_token(token) is None
    clock.now -= 24 * HOUR
    accounts.close("脚本")
    assert accounts.of_token(second) is None
    with pytest.raises(NotFound):
        accounts.new_token("脚本")


def test_no_secret_is_readable_in_the_database(accounts: AccountStore, database: Database) -> None:
    person = accounts.add("周岚", AccountRole.STAFF, "云溪街道")
    accounts.set_password(person, "晴天也去巡河-1")
    secrets = [
        accounts.new_link("周岚"),
        accounts.new_token("周岚"),
        accounts.sign_in("周岚", "晴天也去巡河-1", "").secret,
        "晴天也去巡河-1",
    ]
    with database.engine.connect() as connection:
        tables = ("users", "sign_in_links", "sessions", "tokens")
        rows = [str(row) for table in tables for row in connection.execute(text(f"SELECT * FROM {table}"))]
    assert len(rows) == 4
    assert not any(secret in row for secret in secrets for row in rows)


@pytest.mark.parametrize("password", ["短", "1234567", "aaaaaaaaaa", "Zhoulan-A", "x" * 201])
def test_a_weak_password_is_refused(accounts: AccountStore, password: str) -> None:
    person = accounts.add("zhoulan-a", AccountRole.STAFF, "云溪街道")
    with pytest.raises(UnusableInput):
        accounts.set_password(person, password)
    assert not accounts.has_password(person)


def test_a_taken_or_unusable_name_is_refused(accounts: AccountStore) -> None:
    accounts.add("周岚", AccountRole.STAFF, "云溪街道")
    with pytest.raises(Conflict, match="周岚"):
        accounts.add(" 周岚 ", AccountRole.EDITOR, "云溪街道")
    for name in ("", "a\nb", "名" * 101):
        with pytest.raises(UnusableInput):
            accounts.add(name, AccountRole.ADMIN, "")
    with pytest.raises(UnusableInput, match="单位"):
        accounts.add("无单位", AccountRole.STAFF, " ")


def test_an_unknown_role_names_the_four() -> None:
    with pytest.raises(UnusableInput, match=r"staff.*editor.*evaluator.*admin"):
        parse_role("root")


def test_a_person_of_the_single_sign_on_is_known_by_subject_and_bound_once(accounts: AccountStore) -> None:
    accounts.add("周岚", AccountRole.STAFF, "云溪街道")
    accounts.add("程野", AccountRole.STAFF, "石桥镇")
    known = Arrival("http://id.lan 甲-1", "改了名")
    accounts.bind("周岚", known.subject)
    with pytest.raises(Conflict):
        accounts.bind("程野", known.subject)
    with pytest.raises(UnusableInput):
        accounts.bind("程野", "http://id.lan ")
    signed_in = accounts.sign_in_by_subject(known, None, False, "10.0.0.1")
    assert accounts.of_session(signed_in.secret) is not None and signed_in.account.name == "周岚"
    other = Arrival("http://other.lan 甲-1", "程野")
    with pytest.raises(NotSignedIn):
        accounts.sign_in_by_subject(other, None, False, "10.0.0.1")
    assert accounts.sign_in_by_subject(other, None, True, "10.0.0.1").account.name == "程野"
    new = Arrival("http://id.lan 3", "何川", "石桥镇")
    assert accounts.sign_in_by_subject(new, AccountRole.STAFF, False, "").account.unit == "石桥镇"
    accounts.close("何川")
    with pytest.raises(NotSignedIn, match="停用"):
        accounts.sign_in_by_subject(new, AccountRole.STAFF, True, "")
