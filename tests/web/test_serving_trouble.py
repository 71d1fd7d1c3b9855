"""Trouble around a server: a taken port, a full disk, a fault of ours."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from urllib.request import urlopen

import pytest
from sqlalchemy import event

from service.app import run_server
from service.domain.errors import UnusableInput
from service.jobs.roles import TextToCheck
from service.storage.accounts import AccountStore
from service.storage.database import open_database
from service.storage.drafts import DraftStore
from service.storage.runs import RunStore
from service.web.application import create_application
from tests.storage.databases import new_database_url
from tests.web.serving import call, services_at, serving

ROOT = Path(__file__).parents[2]
ASKED = {"notes": "3月5日清运垃圾12吨", "genre": "progress", "unit": "云溪街道", "period": "2031年"}


def test_a_taken_port_is_named_with_the_way_out(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(UnusableInput, match=f"端口 {port} 已被占用.*--port"):
            run_server(create_application(services_at(tmp_path)), "127.0.0.1", port, lambda address: None)


def test_an_address_of_another_machine_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput, match=r"192\.0\.2\.1.*--host"):
        run_server(create_application(services_at(tmp_path)), "192.0.2.1", 0, lambda address: None)


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_server_tells_its_address_and_ends_cleanly_with_a_stream_open(tmp_path: Path, stop: signal.Signals) -> None:
    program = """
import sys, time
from pathlib import Path
from service.app import run_server
from service.web.application import create_application
from tests.storage.databases import new_database_url
from tests.web.serving import services_at

def write(request, tell, steps, again):
    while True:
        time.sleep(0.05)
        tell("stage", {"message": "写"})

services = services_at(Path(sys.argv[1]), write=write)
services.accounts.ensure_administrator()
token = services.accounts.new_token("admin")
run_server(create_application(services), "127.0.0.1", 0, lambda address: print(address, token, flush=True))
print("ended", flush=True)
"""
    running = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stdout is not None
    address, token = running.stdout.readline().split()
    assert urlopen(address + "/healthz", timeout=10).status == 200
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as stream:
        database = open_database(f"sqlite:///{tmp_path / 'zhibi.db'}")
        draft_id = _queue(database)
        request = f"GET /api/v1/drafts/{draft_id}/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\r\n"
        stream.sendall(request.encode())
        assert stream.recv(100).startswith(b"HTTP/1.1 200")
        running.send_signal(stop)
        out, said = running.communicate(timeout=30)
    assert "ended" in out
    assert "Traceback" not in said


def _queue(database: object) -> str:
    from service.domain.draft import DraftRequest
    from service.domain.genre import Genre
    from service.domain.period import parse_period
    from service.storage.database import Database
    from tests.jobs.test_runs import ask

    assert isinstance(database, Database)
    admin = AccountStore(database).all()[0]
    return ask(DraftStore(database), admin, DraftRequest("清运12吨", Genre.PROGRESS, "甲", parse_period("2031年")))


def test_a_full_disk_is_said_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    services = services_at(tmp_path, database_url=new_database_url("sqlite", tmp_path, "zhibi.db"))
    services.accounts.ensure_administrator()
    token = services.accounts.new_token("admin")
    database = open_database(f"sqlite:///{tmp_path / 'zhibi.db'}")
    # SQLite's own limit stands for the disk: the error it gives, and what it takes back, are the same.
    event.listen(database.engine, "connect", lambda raw, record: raw.execute("PRAGMA max_page_count = 1"))
    database.close()
    full = replace(
        services, accounts=AccountStore(database), drafts=DraftStore(database), runs=RunStore(database, 3000)
    )
    with serving(full) as running:
        asked = {**ASKED, "notes": ASKED["notes"] + "。" * 90_000}
        refused = call(running, "POST", "/api/v1/drafts", asked, token)
        assert refused.status == 503
        assert refused.json["error"] == "StorageFailed"
        assert "磁盘已满" in refused.json["message"]
        assert call(running, "GET", "/api/v1/drafts", token=token).json == []


def test_a_fault_of_ours_shows_an_id_and_nothing_of_the_inside(tmp_path: Path) -> None:
    def broken(asked: TextToCheck) -> object:
        raise ZeroDivisionError("inside words")

    services = replace(services_at(tmp_path), check=broken)  # type: ignore[arg-type]
    with serving(services) as running:
        token = running.token("admin")
        refused = call(running, "POST", "/api/v1/check", {"notes": "甲", "draft": "乙"}, token)
        assert refused.status == 500
        assert refused.json["request_id"] == refused.headers["x-request-id"]
        assert "请求编号" in refused.json["message"]
        assert b"inside" not in refused.content
        assert b"Zero" not in refused.content
        assert refused.headers["content-security-policy"].startswith("default-src 'self'")
        started = time.monotonic()
        while "zhibi_http_requests_total" not in call(running, "GET", "/metrics").content.decode():
            assert time.monotonic() - started < 10
