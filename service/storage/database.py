"""The door to the database: opens it, brings its tables up to date, and turns the driver's errors into ours.

SQLite by default, PostgreSQL by URL; no other file knows which. Use `reading()` and `writing()`; a write takes the
write lock at its start, because SQLite refuses at once (no waiting) a transaction that reads first and writes later.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from service.domain.errors import StorageFailed

_MIGRATIONS = Path(__file__).parent / "migrations"

# Ten seconds outlast every write of ours (the longest stores one report); longer means a stuck process.
_LOCK_WAIT_SECONDS = 10

# Any number works as long as nothing else in the same PostgreSQL database uses it: ASCII "zhib".
_MIGRATION_LOCK = 0x7A686962

_SQLITE_WORDS = (
    ("disk is full", "磁盘已满，没有写入任何内容。请清理磁盘后重试"),
    ("readonly", "数据库只读，没有写入任何内容。请检查该文件和所在文件夹的写权限"),
    ("read-only", "数据库只读，没有写入任何内容。请检查该文件和所在文件夹的写权限"),
    ("unable to open", "打不开数据库文件。请检查文件夹是否存在、是否有写权限"),
    ("locked", f"数据库被其他程序占用超过{_LOCK_WAIT_SECONDS}秒。请稍后重试，或结束占用它的程序"),
    ("not a database", "该文件不是数据库。请移开它，或用 ZHIBI_DATABASE_URL 另指一个"),
    ("malformed", "数据库文件已损坏。请从备份恢复，或移开它后重新导入"),
    ("i/o error", "读写磁盘出错，没有写入任何内容。请检查磁盘"),
)


class Database:
    """An open database whose tables are up to date. `where` names it in messages, without a password."""

    def __init__(self, engine: Engine, where: str) -> None:
        self.engine = engine
        self.where = where
        self._readers = sessionmaker(engine, expire_on_commit=False)
        self._writers = sessionmaker(engine.execution_options(zhibi_writes=True), expire_on_commit=False)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads, one consistent view. Raises StorageFailed."""
        with storage_errors(self.where), self._readers() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that commits at its end and takes all back on any error. Raises StorageFailed."""
        with storage_errors(self.where), self._writers.begin() as session:
            yield session

    def close(self) -> None:
        """Lets go of every connection."""
        self.engine.dispose()


def open_database(url: str) -> Database:
    """The database at `url`, created where missing and brought up to date.

    `sqlite:////folder/zhibi.db` or `postgresql://…`. Raises StorageFailed where it cannot be opened, is locked, was
    emptied, or was written by a newer version.
    """
    address = _address(url)
    where = address.render_as_string(hide_password=True)
    if (path := sqlite_file(url)) is not None:
        where = str(path)
        _require_file(path, address)
    with storage_errors(where):
        engine = _engine(address)
        _bring_up_to_date(engine, where)
    return Database(engine, where)


@contextmanager
def storage_errors(where: str) -> Iterator[None]:
    """Turns the driver's errors inside the block into StorageFailed with a Chinese message."""
    try:
        yield
    except SQLAlchemyError as error:
        raise StorageFailed(f"{_cause(error)}（数据库：{where}）。", database=where) from error


def _cause(error: SQLAlchemyError) -> str:
    original = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    lowered = original.lower()
    for words, chinese in _SQLITE_WORDS:
        if words in lowered:
            return chinese
    if isinstance(error, DBAPIError) and (error.connection_invalidated or "connect" in lowered):
        return "连不上数据库。请检查 ZHIBI_DATABASE_URL 和数据库服务"
    first_line = original.splitlines()[0][:200] if original else type(error).__name__
    return f"数据库拒绝了这次操作，没有写入任何内容：{first_line}"


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise StorageFailed(
            "ZHIBI_DATABASE_URL 不是可用的数据库地址。可写 sqlite:////路径/zhibi.db 或 postgresql://…。"
        ) from error
    if address.drivername in ("postgresql", "postgres"):
        return address.set(drivername="postgresql+psycopg")
    if address.get_backend_name() not in ("sqlite", "postgresql"):
        raise StorageFailed(f"不支持的数据库“{address.drivername}”。可用 SQLite 或 PostgreSQL。")
    return address


def sqlite_file(url: str) -> Path | None:
    """The file of the database at `url`; None where it is no SQLite file. Raises StorageFailed for no address."""
    address = _address(url)
    if not address.drivername.startswith("sqlite") or address.database in (None, "", ":memory:"):
        return None
    return Path(str(address.database))


def _require_file(path: Path, address: URL) -> None:
    """Makes the file of a new database. A file of no bytes is never ours, and SQLite would begin a new database in it
    and throw away the log of the last commits (-wal), as it would beside a log whose database is gone."""
    where = str(path)
    _make_folder(path.parent, where)
    log = path.with_name(path.name + "-wal")
    if path.exists():
        if path.is_file() and not path.stat().st_size:
            raise StorageFailed(
                f"数据库文件 {path} 是空的（0字节），可能是磁盘故障、同步或误操作清空的。没有改动任何内容。"
                "要从备份恢复（zhibi restore）或从头开始，都请先把它移开。",
                database=where,
            )
    elif log.exists() and log.stat().st_size:
        raise StorageFailed(
            f"数据库文件 {path} 不见了，而它的日志 {log.name} 还在。没有改动任何内容。"
            "请把数据库文件放回原处，或从备份恢复；如果确实要从头开始，请先把日志移开。",
            database=where,
        )
    else:
        _begin_file(path, address)


def _begin_file(path: Path, address: URL) -> None:
    """Puts a database without tables at `path`, made beside it: a kill never leaves a file of no bytes there."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with storage_errors(str(path)):
            engine = _engine(address.set(database=str(fresh)))
            engine.connect().close()  # which writes the file's head, see _prepare_sqlite
            engine.dispose()
        try:
            # Not by renaming, which would replace what another process made meanwhile.
            os.link(fresh, path)
        except FileExistsError:
            pass
        except OSError:  # a file system without links
            fresh.rename(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise StorageFailed(f"建不了数据库文件 {path}（{reason}）。请检查写权限。", database=str(path)) from error
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def _make_folder(folder: Path, where: str) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise StorageFailed(f"建不了文件夹 {folder}（{reason}）。请换一个 ZHIBI_HOME。", database=where) from error


def _engine(address: URL) -> Engine:
    try:
        if address.get_backend_name() != "sqlite":
            return create_engine(address, pool_pre_ping=True, connect_args={"connect_timeout": _LOCK_WAIT_SECONDS})
        engine = create_engine(address, connect_args={"timeout": _LOCK_WAIT_SECONDS})
    except (ImportError, NoSuchModuleError) as error:
        raise StorageFailed(f"缺少数据库“{address.drivername}”的驱动。请安装 psycopg。") from error
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # Python's own driver starts transactions late and never for reads; we begin them ourselves (see _begin_sqlite).
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    # In WAL mode NORMAL survives a killed process whole; only a power cut may lose the last commits, never corrupt.
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("zhibi_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def newest_revision() -> str:
    """The number of the newest migration that this version carries."""
    return max(path.name.split("_")[0] for path in (_MIGRATIONS / "versions").glob("[0-9]*_*.py"))


def _bring_up_to_date(engine: Engine, where: str) -> None:
    newest = newest_revision()
    with engine.connect() as connection:
        present = _present_revision(connection)
    # Alembic takes 0.3 s to import, so a start with nothing to do does not import it.
    if present == newest:
        return
    with engine.execution_options(zhibi_writes=True).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
        present = _present_revision(connection)
        if present is not None and present > newest:
            raise StorageFailed(
                f"数据库（{where}）由更新的版本写入（{present}，本程序只到{newest}）。请升级执笔，或另指一个数据库。",
                database=where,
            )
        if present != newest:
            _run_migrations(connection)


@contextmanager
def migrated(url: str, revision: str) -> Iterator[Connection]:
    """A connection in one write transaction to the database at `url` with its tables at `revision`.

    At the end of the block the tables are brought up to date in the same transaction. Raises StorageFailed.
    """
    address = _address(url)
    where = address.render_as_string(hide_password=True)
    if (path := sqlite_file(url)) is not None:
        _require_file(path, address)
    with storage_errors(where):
        engine = _engine(address)
        try:
            with engine.execution_options(zhibi_writes=True).begin() as connection:
                present = _present_revision(connection)
                if present is None:
                    _run_migrations(connection, revision)
                elif present != revision:
                    raise StorageFailed(
                        f"数据库（{where}）的表是{present}版，备份是{revision}版。请恢复到一个空的数据库。",
                        database=where,
                    )
                yield connection
                if revision != newest_revision():
                    _run_migrations(connection)
        finally:
            engine.dispose()


def _present_revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(found) if found else None


def _run_migrations(connection: Connection, revision: str = "head") -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    # ConfigParser reads % as the start of a reference, and a folder name may hold one.
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
