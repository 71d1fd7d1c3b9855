"""The record and the accounts in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from service.domain.errors import StorageFailed
from service.settings import Settings

if TYPE_CHECKING:
    from service.storage.accounts import AccountStore
    from service.storage.database import Database
    from service.storage.reports import DatabaseShelf


@contextmanager
def open_record(settings: Settings) -> Iterator[Database]:
    """The database in force, made where it is missing. Raises StorageFailed where the folder or the disk refuses, and
    where its file is gone from beside an index of it."""
    from service.storage.database import open_database

    make_home(settings.home)
    _require_known(settings)
    database = open_database(settings.database_address)
    try:
        yield database
    finally:
        database.close()


def index_folder(settings: Settings) -> Path:
    """Where the embedded vector index stands."""
    return settings.home / "chroma"


def _require_known(settings: Settings) -> None:
    """An index without its database is the trace of a lost one; a new one in its place would hide the loss."""
    from service.storage.database import sqlite_file

    place, index = sqlite_file(settings.database_address), index_folder(settings)
    if place is None or place.exists() or not index.is_dir() or not any(index.iterdir()):
        return
    raise StorageFailed(
        f"数据库文件 {place} 不见了，而由它建成的检索索引 {index} 还在。没有改动任何内容。"
        "请把数据库文件放回原处，或用 zhibi restore 从备份恢复；如果确实要从头开始，请先把索引文件夹移开。",
        database=str(place),
    )


@contextmanager
def open_shelf(settings: Settings) -> Iterator[DatabaseShelf]:
    """The past reports of the record, without encoder and index."""
    from service.storage.reports import DatabaseShelf

    with open_record(settings) as database:
        yield DatabaseShelf(database)


def account_store(settings: Settings, database: Database) -> AccountStore:
    """The accounts of the record under the rules of the settings."""
    from service.storage.accounts import AccountRules, AccountStore

    rules = AccountRules(
        session_hours=settings.session_hours,
        sign_in_link_hours=settings.sign_in_link_hours,
        token_days=settings.token_days,
        sign_in_attempts=settings.sign_in_attempts,
    )
    return AccountStore(database, rules)


def sign_in_link(settings: Settings, secret: str, host: str | None = None, port: int | None = None) -> str:
    """The address a person opens once to sign in."""
    return f"{public_address(settings, host, port)}/sign-in/{secret}"


def public_address(settings: Settings, host: str | None = None, port: int | None = None) -> str:
    """The address people type: the setting, or host and port. An address for all interfaces is shown as this one."""
    if settings.public_url:
        return settings.public_url.rstrip("/")
    shown = host or settings.host
    if shown in ("0.0.0.0", "::"):
        shown = "127.0.0.1"
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{port or settings.port}"


def make_home(home: Path) -> None:
    """Makes the folder of all state. Raises StorageFailed with the reason, before anything is half-written."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        probe = home / ".writable"
        probe.write_bytes(b"zhibi")
        probe.unlink()
    except OSError as refused:
        why = "磁盘已满" if refused.errno == 28 else refused.strerror
        raise StorageFailed(
            f"数据文件夹“{home}”不能写入：{why}。请清理磁盘或检查权限，或用 ZHIBI_HOME 另指一个文件夹。", home=str(home)
        ) from refused
