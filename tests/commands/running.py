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
from tempfile import TemporaryFile
from typing import IO, Any

from tests.commands.warm import run_warm
from tests.storage import databases

ZHIBI = Path(sys.executable).with_name("zhibi")
_SECONDS = 180


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
    """`zhibi ARGUMENTS` with `home` as ZHIBI_HOME, in a process forked from a warm one."""
    with TemporaryFile() as given, TemporaryFile() as out, TemporaryFile() as err:
        given.write(stdin)
        given.seek(0)
        code = run_warm(
            [str(one) for one in arguments],
            environment=_environment(home, settings),
            folder=str(_folder(home) or Path.cwd()),
            streams=[given.fileno(), out.fileno(), err.fileno()],
            seconds=_SECONDS,
        )
        return Ran(code, *(_whole(one).decode("utf-8") for one in (out, err)))


def installed_zhibi(*arguments: str | Path, home: Path, stdin: bytes = b"", **settings: str) -> Ran:
    """The same by the installed program, started from nothing."""
    done = subprocess.run(
        [ZHIBI, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        env=_environment(home, settings),
        cwd=_folder(home),
        timeout=_SECONDS,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def _environment(home: Path, settings: Mapping[str, str]) -> dict[str, str]:
    return {**os.environ, "ZHIBI_HOME": str(home), **_record_of(str(home)), **settings}


def _folder(home: Path) -> Path | None:
    return home.parent if home.parent.is_dir() else None


def _whole(stream: IO[bytes]) -> bytes:
    stream.seek(0)
    return stream.read()
