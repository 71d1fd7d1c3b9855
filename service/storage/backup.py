"""The whole record in one file and back: a logical copy that either database writes and either reads.

The copy is one consistent view taken while the service runs. The file is gzip of JSON lines: a head with the revision
and the count of rows of each table, the rows, and a foot with the hash of all lines before it. Nothing is restored from
a file that does not end with the right hash, and nothing over a record that is in use.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, Table, func, insert, select, text

from service.domain.errors import Conflict, NotFound, StorageFailed, UnusableInput
from service.storage.database import Database, migrated, newest_revision, storage_errors

_KIND = "zhibi backup"
_FORMAT = 1
_ROWS_AT_ONCE = 500
# Rows that every new database holds from its migrations; a restore replaces them.
_SEEDED = ("audit_head", "corpus_revision")
_DAMAGED = "备份文件“{name}”已损坏或不完整（{why}），没有恢复任何内容。请换一份备份。"


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds: the revision of its tables, and rows by table."""

    revision: str
    rows: dict[str, int]

    @property
    def total(self) -> int:
        """Rows in all."""
        return sum(self.rows.values())


def write_backup(database: Database, path: Path) -> Backup:
    """Writes the record to `path`, which must not exist. Raises Conflict, StorageFailed; a half file never stays."""
    if path.exists():
        raise Conflict(f"文件“{path}”已存在，没有覆盖。请换一个文件名。", path=str(path))
    partial = path.with_name(path.name + ".partial")
    try:
        with gzip.open(partial, "wb") as out, storage_errors(database.where):
            found = _write(database, out)
        partial.rename(path)
    except OSError as refused:
        raise StorageFailed(f"备份文件“{path}”写不进去：{refused.strerror or refused}。请换一个位置。") from refused
    finally:
        partial.unlink(missing_ok=True)
    return found


def _write(database: Database, out: Any) -> Backup:
    level = "REPEATABLE READ" if database.engine.dialect.name == "postgresql" else "SERIALIZABLE"
    whole = hashlib.sha256()

    def line(value: Any) -> None:
        content = json.dumps(value, ensure_ascii=False, default=_plain).encode("utf-8") + b"\n"
        whole.update(content)
        out.write(content)

    with database.engine.connect().execution_options(isolation_level=level) as connection:
        tables = _tables(connection)
        counts = {one.name: connection.scalar(select(func.count()).select_from(one)) or 0 for one in tables}
        revision = str(connection.scalar(text("SELECT version_num FROM alembic_version")))
        line({"kind": _KIND, "format": _FORMAT, "revision": revision, "rows": counts})
        for table in tables:
            for row in connection.execute(_in_order(table)).yield_per(_ROWS_AT_ONCE):
                line([table.name, dict(row._mapping)])
    out.write(json.dumps({"sha256": whole.hexdigest()}).encode("utf-8") + b"\n")
    return Backup(revision, counts)


def read_backup(path: Path) -> Backup:
    """What the file holds, read to its end. Raises NotFound and UnusableInput with what is wrong with it."""
    whole = hashlib.sha256()
    head: dict[str, Any] | None = None
    found: dict[str, int] = {}
    last: Any = None
    for content, value in _lines(path):
        if head is None:
            head = _head(path, value)
        elif last is not None:
            found[last[0]] = found.get(last[0], 0) + 1
        if isinstance(value, dict) and "sha256" in value:
            if value["sha256"] != whole.hexdigest():
                raise UnusableInput(_DAMAGED.format(name=path, why="校验值不符"))
            if head is None or {name: count for name, count in head["rows"].items() if count} != found:
                raise UnusableInput(_DAMAGED.format(name=path, why="行数不符"))
            return Backup(head["revision"], dict(head["rows"]))
        whole.update(content)
        last = value if isinstance(value, list) else None
    raise UnusableInput(_DAMAGED.format(name=path, why="缺少结尾"))


def restore_backup(url: str, path: Path) -> Backup:
    """Fills the empty database at `url` from the file, in one transaction, and brings it up to date.

    Raises Conflict where the database holds accounts, UnusableInput for a damaged file or one of a newer version.
    """
    backup = read_backup(path)
    if backup.revision > newest_revision():
        raise UnusableInput(
            f"备份由更新的版本写成（{backup.revision}，本程序只到{newest_revision()}）。请升级执笔后再恢复。"
        )
    with migrated(url, backup.revision) as connection:
        tables = {one.name: one for one in _tables(connection)}
        if connection.scalar(select(func.count()).select_from(tables["users"])):
            raise Conflict(
                "数据库里已有账号，没有恢复任何内容。请移开原数据库，或用 ZHIBI_HOME、ZHIBI_DATABASE_URL 另指一个。"
            )
        for name in _SEEDED:
            if name in tables:
                connection.execute(tables[name].delete())
        _fill(connection, tables, path)
        _continue_numbers(connection, tables)
    return backup


def _fill(connection: Connection, tables: dict[str, Table], path: Path) -> None:
    waiting: list[dict[str, Any]] = []
    current: Table | None = None
    for _, value in _lines(path):
        if not isinstance(value, list):
            continue
        table = tables.get(value[0])
        if table is None:
            raise UnusableInput(_DAMAGED.format(name=path, why=f"没有表{value[0]}"))
        if current is not None and (table is not current or len(waiting) >= _ROWS_AT_ONCE):
            connection.execute(insert(current), waiting)
            waiting = []
        current = table
        waiting.append({name: _value(one) for name, one in value[1].items()})
    if current is not None and waiting:
        connection.execute(insert(current), waiting)


def _continue_numbers(connection: Connection, tables: dict[str, Table]) -> None:
    """Lets PostgreSQL count on after the highest number that was restored; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables.values():
        column = table.autoincrement_column
        if column is None:
            continue
        sequence = connection.scalar(select(func.pg_get_serial_sequence(table.name, column.name)))
        if sequence:
            highest = connection.scalar(select(func.max(column)))
            connection.execute(select(func.setval(sequence, highest or 1, highest is not None)))


def _tables(connection: Connection) -> list[Table]:
    found = MetaData()
    found.reflect(connection)
    return [one for one in found.sorted_tables if one.name != "alembic_version"]


def _in_order(table: Table) -> Any:
    """The table's rows so that none comes before one it refers to in the same table."""
    own = [key.parent for key in table.foreign_keys if key.column.table is table]
    return select(table).order_by(*(column.is_not(None) for column in own), *table.primary_key.columns)


def _lines(path: Path) -> Iterator[tuple[bytes, Any]]:
    try:
        with gzip.open(path, "rb") as lines:
            for content in lines:
                yield content, json.loads(content)
    except FileNotFoundError:
        raise NotFound(f"没有文件“{path}”。请检查路径。", path=str(path)) from None
    except (OSError, EOFError, zlib.error, ValueError) as broken:
        raise UnusableInput(_DAMAGED.format(name=path, why="读不下去")) from broken


def _head(path: Path, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict) or value.get("kind") != _KIND or value.get("format") != _FORMAT:
        raise UnusableInput(_DAMAGED.format(name=path, why="不是执笔的备份"))
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return {"base64": base64.b64encode(bytes(value)).decode("ascii")}
    if isinstance(value, datetime):
        return {"time": value.isoformat()}
    raise TypeError(type(value).__name__)


def _value(value: Any) -> Any:
    if isinstance(value, dict) and set(value) == {"base64"}:
        return base64.b64decode(value["base64"])
    if isinstance(value, dict) and set(value) == {"time"}:
        return datetime.fromisoformat(value["time"])
    return value
