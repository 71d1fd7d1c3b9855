"""Event streams: every reader hears every event once, in order, from wherever it joined."""

from __future__ import annotations

import re
import socket
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from service.domain.draft import Draft, DraftRequest
from service.jobs.roles import FinishedSteps, Tell, WriteDraft, WrittenAgain
from tests.jobs.test_runs import plain_draft
from tests.storage.databases import KINDS, new_database_url
from tests.web.serving import Serving, call, services_at, serving

ASKED = {"notes": "3月5日清运垃圾12吨", "genre": "progress", "unit": "云溪街道", "period": "2031年"}


def slowly(gate: threading.Event, pieces: int = 30) -> WriteDraft:
    """Writes half, waits for the gate, writes the rest."""

    def write(request: DraftRequest, tell: Tell, steps: FinishedSteps, again: WrittenAgain | None) -> Draft:
        for number in range(pieces):
            if number == pieces // 2:
                gate.wait(20)
            tell("stage", {"message": f"第{number}步\n第二行\u2028完"})
            time.sleep(0.01)
        return plain_draft(request, "清运垃圾12吨。")

    return write


class Reader(threading.Thread):
    """Reads one stream to its end."""

    def __init__(self, running: Serving, path: str, token: str, after: int = 0, patience: float = 20) -> None:
        super().__init__(daemon=True)
        host, port = running.address.removeprefix("http://").split(":")
        self._socket = socket.create_connection((host, int(port)), timeout=patience)
        resumed = f"Last-Event-ID: {after}\r\n" if after else ""
        request = (
            f"GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n{resumed}Connection: close\r\n\r\n"
        )
        self._socket.sendall(request.encode())
        self.heard = b""
        self.start()

    def run(self) -> None:
        """Reads until the server hangs up."""
        while part := self._socket.recv(65536):
            self.heard += part

    def hang_up(self) -> None:
        """Breaks the connection as a lost network does."""
        self._socket.shutdown(socket.SHUT_RDWR)

    @property
    def numbers(self) -> list[int]:
        """The event numbers heard, in order."""
        return [int(number) for number in re.findall(rb"\nid: (\d+)\n", self.heard)]


def begin(running: Serving, token: str) -> str:
    made: Any = call(running, "POST", "/api/v1/drafts", ASKED, token).json
    return str(made["events"])


def wait_for(reader: Reader, count: int) -> None:
    for _ in range(400):
        if len(reader.numbers) >= count:
            return
        time.sleep(0.02)
    raise AssertionError(f"only {len(reader.numbers)} events came")


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return new_database_url(request.param, tmp_path)


def test_readers_who_join_at_any_time_hear_everything_once_and_in_order(url: str, tmp_path: Path) -> None:
    gate = threading.Event()
    with serving(services_at(tmp_path, write=slowly(gate), database_url=url)) as running:
        token = running.token("admin")
        path = begin(running, token)
        early = [Reader(running, path, token) for _ in range(20)]
        wait_for(early[0], 10)
        late = [Reader(running, path, token) for _ in range(5)]
        resumed = [Reader(running, path, token, after=7) for _ in range(5)]
        gate.set()
        for reader in (*early, *late, *resumed):
            reader.join(20)
        whole = list(range(1, 33))  # queued, thirty steps, done
        assert all(reader.numbers == whole for reader in (*early, *late))
        assert all(reader.numbers == whole[7:] for reader in resumed)
        assert early[0].heard.count(b"event: done") == 1


def test_a_cut_connection_resumes_without_loss(url: str, tmp_path: Path) -> None:
    gate = threading.Event()
    with serving(services_at(tmp_path, write=slowly(gate), database_url=url)) as running:
        token = running.token("admin")
        path = begin(running, token)
        first = Reader(running, path, token)
        wait_for(first, 5)
        first.hang_up()
        seen = first.numbers
        gate.set()
        second = Reader(running, path, token, after=seen[-1])
        second.join(20)
        assert seen + second.numbers == list(range(1, 33))


def test_a_silent_stream_gives_signs_of_life(url: str, tmp_path: Path) -> None:
    gate = threading.Event()
    with serving(services_at(tmp_path, write=slowly(gate), database_url=url)) as running:
        token = running.token("admin")
        reader = Reader(running, begin(running, token), token)
        for _ in range(300):
            if reader.heard.count(b": beat\n\n") >= 2:
                break
            time.sleep(0.02)
        gate.set()
        reader.join(20)
        assert reader.heard.count(b": beat\n\n") >= 2
        assert b"X-Accel-Buffering: no".lower() in reader.heard.lower()


def test_a_line_break_in_an_event_does_not_end_it(url: str, tmp_path: Path) -> None:
    gate = threading.Event()
    gate.set()
    with serving(services_at(tmp_path, write=slowly(gate, pieces=2), database_url=url)) as running:
        token = running.token("admin")
        reader = Reader(running, begin(running, token), token)
        reader.join(20)
        assert "第0步\\n第二行".encode() in reader.heard
        assert len(reader.numbers) == 4
