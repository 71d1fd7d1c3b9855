"""The log that shows tampering, versions that cannot change, copies that come back, people who can be deleted."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from service.domain.account import Account, AccountRole
from service.domain.errors import Conflict, StorageFailed, UnusableInput
from service.settings import Settings
from service.storage.accounts import AccountStore
from service.storage.audit import AuditFilter, AuditStore
from service.storage.backup import restore_backup, write_backup
from service.storage.database import Database, open_database
from service.storage.drafts import DraftStore
from service.storage.integrity import verify_texts
from service.storage.retention import RetentionStore
from service.storage.runs import RunStore
from service.wiring.record import open_record
from tests.storage.databases import KINDS, bare_database_url, new_database_url
from tests.storage.test_drafts import NOTES, asked, body, finished


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    opened = open_database(new_database_url(request.param, tmp_path))
    yield opened
    opened.close()


@pytest.fixture
def author(database: Database) -> Account:
    accounts = AccountStore(database)
    accounts.add("管家", AccountRole.ADMIN, "")
    return accounts.add("周岚", AccountRole.STAFF, "云溪街道")


def test_the_log_is_whole_until_somebody_changes_the_database_by_hand(database: Database, author: Account) -> None:
    drafts, runs, audit = DraftStore(database), RunStore(database, 5000), AuditStore(database)
    draft_id = finished(drafts, runs, author)
    drafts.add_version(author, draft_id, 1, body("二"), "改")
    assert audit.verify().fault is None
    assert audit.verify().entries == 3
    total, rows = audit.search(AuditFilter(actor="周岚", action="draft."), 10, 0)
    assert (total, rows[0].action, rows[0].subject) == (1, "draft.edit", draft_id)
    for statement in ("UPDATE audit SET actor_id = 'x'", "DELETE FROM audit", "UPDATE draft_versions SET sha256 = 'x'"):
        with pytest.raises(StorageFailed), database.writing() as session:
            session.execute(text(statement))
    with database.writing() as session:
        session.execute(text("UPDATE audit_head SET seq = seq + 1"))
    assert "末尾缺失" in (audit.verify().fault or "")


def test_a_lost_or_emptied_database_is_never_begun_anew(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    with open_record(settings) as opened:
        assert AuditStore(opened).verify().entries == 0
    place, chroma = settings.home / "zhibi.sqlite", settings.home / "chroma"
    assert [one.name for one in settings.home.iterdir()] == [place.name]
    chroma.mkdir()
    (chroma / "chroma.sqlite3").write_bytes(b"index")
    log = place.with_name("zhibi.sqlite-wal")
    # What is left of the record, and what is said: nothing but a clear place begins a new one.
    for record, rest, said in ((b"", None, "0字节"), (None, None, "检索索引"), (None, b"log", "日志")):
        place.unlink(missing_ok=True)
        if record is not None:
            place.write_bytes(record)
        if rest is not None:
            shutil.rmtree(chroma)
            log.write_bytes(rest)
        with pytest.raises(StorageFailed, match=rf"{said}.*没有改动.*备份.*移开"), open_record(settings):
            pass
        assert (place.read_bytes() if place.exists() else None) == record
        assert rest is None or log.read_bytes() == rest
    log.unlink()
    with open_record(settings) as opened:
        assert AuditStore(opened).verify().entries == 0


def test_many_writers_at_once_make_one_chain(database: Database, author: Account) -> None:
    audit = AuditStore(database)

    def write(name: str) -> None:
        for number in range(5):
            audit.record(number, author.id, "test.write", "test", name)

    threads = [threading.Thread(target=write, args=(f"手{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    state = audit.verify()
    assert (state.fault, state.entries) == (None, 22)


def test_a_copy_of_a_record_in_use_comes_back_whole_in_the_other_database_too(
    database: Database, author: Account, tmp_path: Path
) -> None:
    drafts, runs = DraftStore(database), RunStore(database, 5000)
    draft_id = finished(drafts, runs, author)
    stop = threading.Event()

    def keep_writing() -> None:
        while not stop.is_set():
            drafts.create(author, asked("又一份"))

    writer = threading.Thread(target=keep_writing)
    writer.start()
    made = write_backup(database, tmp_path / "copy")
    stop.set()
    writer.join()
    with pytest.raises(Conflict, match="已存在"):
        write_backup(database, tmp_path / "copy")
    for kind in KINDS:
        folder = tmp_path / kind
        folder.mkdir()
        url = bare_database_url(kind, folder)
        assert restore_backup(url, tmp_path / "copy").total == made.total
        restored = open_database(url)
        stored = DraftStore(restored).get(author, draft_id)
        assert stored.notes == NOTES
        assert AuditStore(restored).verify().fault is None
        assert verify_texts(restored)[1] == []
        AccountStore(restored).add("新人", AccountRole.STAFF, "云溪街道")
        restored.close()
        with pytest.raises(Conflict, match="已有账号"):
            restore_backup(url, tmp_path / "copy")


def test_a_damaged_copy_is_refused_before_anything_is_written(
    database: Database, author: Account, tmp_path: Path
) -> None:
    del author
    write_backup(database, tmp_path / "copy")
    whole = (tmp_path / "copy").read_bytes()
    flipped = bytearray(whole)
    flipped[len(whole) // 2] ^= 0xFF
    for number, content in enumerate((whole[:-20], bytes(flipped), b"", b"no backup at all", whole[:40])):
        damaged = tmp_path / f"damaged-{number}"
        damaged.write_bytes(content)
        target = tmp_path / f"target-{number}.sqlite"
        with pytest.raises(UnusableInput, match="没有恢复任何内容"):
            restore_backup(f"sqlite:///{target}", damaged)
        assert not target.exists()


def test_a_person_is_deleted_with_what_is_theirs_and_the_log_stays_whole(database: Database, author: Account) -> None:
    drafts, runs, accounts = DraftStore(database), RunStore(database, 5000), AccountStore(database)
    colleague = accounts.add("何川", AccountRole.STAFF, "云溪街道")
    own, theirs = finished(drafts, runs, author), finished(drafts, runs, colleague)
    drafts.add_version(author, theirs, 1, body("改过"), "改")
    gone = RetentionStore(database).erase("system", author.id)
    assert gone.drafts == 1
    assert [one.id for one in drafts.summaries(colleague)] == [theirs]
    assert drafts.versions(colleague, theirs)[1].author == "（已删除）"
    assert "周岚" not in [one.name for one in accounts.all()]
    audit = AuditStore(database)
    assert audit.verify().fault is None
    deleted = audit.search(AuditFilter(action="draft.delete"), 10, 0)[1][0]
    assert (deleted.subject, "正文" in str(deleted.detail)) == (own, False)
    with pytest.raises(Conflict, match="最后一个管理员"):
        admin = next(one for one in accounts.all() if one.is_admin)
        RetentionStore(database).erase("system", admin.id)


def test_what_is_past_its_time_is_counted_first_and_then_deleted(database: Database, author: Account) -> None:
    now = [1_900_000_000_000]
    drafts, runs = DraftStore(database, lambda: now[0]), RunStore(database, 5000, lambda: now[0])
    old = finished(drafts, runs, author)
    now[0] += 40 * 86_400_000
    fresh = finished(drafts, runs, author)
    keeping = RetentionStore(database, lambda: now[0])
    assert keeping.purge("system", 30, dry_run=True).drafts == 1
    assert {one.id for one in drafts.summaries(author)} == {old, fresh}
    assert keeping.purge("system", 30, dry_run=False).drafts == 1
    assert [one.id for one in drafts.summaries(author)] == [fresh]
