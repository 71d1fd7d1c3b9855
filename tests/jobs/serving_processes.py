"""`zhibi serve` as a process of its own, and readers of its event streams, for tests that kill one."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ZHIBI = Path(sys.executable).with_name("zhibi")


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """The environment of a process whose state lies in `folder`."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("ZHIBI_", "OPENAI_"))}
    return {**inherited, "PYTHONUNBUFFERED": "1", "ZHIBI_HOME": str(folder), **settings}


class ServingProcess:
    """`zhibi serve` on a free port with these settings; `address` waits until it answers."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [ZHIBI, "serve", "--port", "0"],
            env=dict(settings),
            cwd=settings["ZHIBI_HOME"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._address = ""
        self._told: list[str] = []

    @property
    def address(self) -> str:
        """Where it listens. Raises RuntimeError with what it printed where it ended instead."""
        assert self._process.stderr is not None
        while not self._address:
            line = self._process.stderr.readline()
            if not line:
                raise RuntimeError("zhibi serve ended: " + "".join(self._told))
            self._told.append(line)
            if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                self._address = found[0]
                threading.Thread(target=self._process.stderr.read, daemon=True).start()
        return self._address

    def kill(self) -> None:
        """As a power cut ends it: no handler runs."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def __enter__(self) -> ServingProcess:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self.kill()


@dataclass(frozen=True)
class Script:
    """A script with a token at one address."""

    address: str
    token: str

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """The JSON answer of one request."""
        content = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(self._request(method, path, content), timeout=60) as answer:
            return json.load(answer)

    def listen(self, path: str, after: int = 0) -> Listener:
        """A reader of a stream of events, from the one after `after` on."""
        request = self._request("GET", path, None)
        if after:
            request.add_header("Last-Event-ID", str(after))
        return Listener(request)

    def _request(self, method: str, path: str, content: bytes | None) -> urllib.request.Request:
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        return urllib.request.Request(f"{self.address}{path}", content, headers, method=method)


@dataclass(frozen=True)
class Event:
    """One event of a stream."""

    number: int
    kind: str
    body: Mapping[str, Any]


@dataclass
class Listener:
    """Reads a stream in a thread until the server ends it, gracefully or not."""

    request: urllib.request.Request
    events: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._news = threading.Condition()
        self._over = False
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def until(self, wanted: Callable[[list[Event]], bool], seconds: float = 90) -> None:
        """Waits until `wanted` holds of the events so far. Raises AssertionError where the stream ends before."""
        with self._news:
            self._news.wait_for(lambda: wanted(self.events) or self._over, seconds)
            assert wanted(self.events), [(one.number, one.kind) for one in self.events]

    def to_the_end(self, seconds: float = 90) -> list[Event]:
        """All events, once the stream has ended."""
        self._thread.join(seconds)
        assert not self._thread.is_alive()
        return self.events

    def _read(self) -> None:
        number, kind = 0, ""
        try:
            with urllib.request.urlopen(self.request, timeout=90) as stream:
                for raw in stream:
                    name, _, rest = raw.decode().rstrip("\n").partition(": ")
                    if name == "id":
                        number = int(rest)
                    elif name == "event":
                        kind = rest
                    elif name == "data":
                        with self._news:
                            self.events.append(Event(number, kind, json.loads(rest)))
                            self._news.notify_all()
        except OSError:
            pass  # the server was killed, which is what these tests are about
        finally:
            with self._news:
                self._over = True
                self._news.notify_all()
