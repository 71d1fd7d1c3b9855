"""Runs `zhibi` as its users do: a process of its own, with a home of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.storage import databases

ZHIBI = Path(sys.executable).with_name("zhibi")


@dataclass(frozen=True)
class Ran:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as one JSON value."""
        return json.loads(self.out)


@cache
def _record_of(home: str) -> Mapping[str, str]:
    """Where the record of `home` is kept: inside it, or in a PostgreSQL database of its own (`pytest --database`)."""
    if databases.chosen_kind == "sqlite":
        return {}
    return {"ZHIBI_DATABASE_URL": databases.bare_database_url(databases.chosen_kind, Path(home))}


def record_url(home: Path) -> str:
    """The URL of the record of `home`, for a test that damages it."""
    return _record_of(str(home)).get("ZHIBI_DATABASE_URL") or f"sqlite:///{home / 'zhibi.sqlite'}"


def zhibi(*arguments: str | Path, home: Path, stdin: bytes = b"", **settings: str) -> Ran:
    """`zhibi ARGUMENTS` with `home` as ZHIBI_HOME."""
    environment = {**os.environ, "ZHIBI_HOME": str(home), **_record_of(str(home)), **settings}
    done = subprocess.run(
        [ZHIBI, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        env=environment,
        cwd=home.parent if home.parent.is_dir() else None,
        timeout=180,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
