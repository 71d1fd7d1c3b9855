"""Two hundred signed-in readers on event streams, and whether the pages still answer: one service, its own process.

Each reader has an account and a session of its own and keeps one stream open, as a tab does: when the draft it follows
is done, it follows the next. Four people open pages meanwhile. The slow scripted model keeps drafts growing.
"""

from __future__ import annotations

import asyncio
import http.client
import os
import statistics
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from eval.bench.models import Desk, memory_of, running_command, token_of
from eval.cases import Case, load_cases
from service.domain.account import AccountRole
from service.settings import Settings
from service.wiring.record import account_store, open_record

_READERS = 200
_PAGE_PEOPLE = 4
# Asked for at once; by default a service writes two of them at a time, and the others' streams wait.
_DRAFTS_AT_ONCE = 10
_SECONDS = 30.0
# A person reads a page for longer; this keeps four people about as busy as a hundred.
_PAUSE_SECONDS = 0.05
_UNIT = "云汐街道"
"""The unit of the scripted person who drafts."""


def figures() -> Iterator[str]:
    """Lines of figures."""
    cases = [case for case in load_cases("develop") if case.genre != "rectification"]
    with tempfile.TemporaryDirectory(prefix="zhibi-bench-") as folder, running_command("rehearse", "slow") as model:
        address = model.until(r"OPENAI_BASE_URL=(\S+)")
        state = {"ZHIBI_HOME": folder, "OPENAI_BASE_URL": address, "OPENAI_API_KEY": "none", "ZHIBI_MODEL": "slow"}
        with running_command("serve", "--port", "0", **state) as service:
            desk = Desk(service.until(r"(http://127\.0\.0\.1:\d+)"), token_of(state))
            desk.until_ready()
            secrets = _sessions(Path(folder))
            yield _pages_alone(desk, secrets)
            yield from _together(desk, cases, secrets, service.process.pid)


def _sessions(home: Path) -> list[str]:
    """A session secret for each reader, every one a person of the unit."""
    settings = Settings(home=home)
    with open_record(settings) as database:
        accounts = account_store(settings, database)
        secrets = []
        for number in range(_READERS):
            accounts.add(f"读者{number}", AccountRole.STAFF, _UNIT)
            secrets.append(accounts.sign_in_by_link(accounts.new_link(f"读者{number}"), "127.0.0.1").secret)
    return secrets


@dataclass
class _Reading:
    """What the readers saw: events and streams, the refusals, and when each event first and last arrived."""

    drafts: list[str] = field(default_factory=list)
    events: int = 0
    streams: int = 0
    ended: Counter[str] = field(default_factory=Counter)
    seen: dict[tuple[str, str], tuple[float, float]] = field(default_factory=dict)
    most_open: int = 0
    open: int = 0
    stop: bool = False


def _together(desk: Desk, cases: list[Case], secrets: list[str], pid: int) -> Iterator[str]:
    reading = _Reading()
    writers = threading.Thread(target=_keep_writing, args=(desk, cases, reading), daemon=True)
    readers = threading.Thread(target=lambda: asyncio.run(_read_all(desk.address, secrets, reading)), daemon=True)
    writers.start()
    while len(reading.drafts) < _DRAFTS_AT_ONCE:
        time.sleep(0.05)
    readers.start()
    time.sleep(3)
    used = _seconds_of(pid)
    waits = _open_pages(desk.address, secrets, reading, _SECONDS)
    used = _seconds_of(pid) - used
    reading.stop = True
    readers.join(30)
    writers.join(60)
    spread = sorted((last - first) * 1000 for first, last in reading.seen.values())
    refused = {kind: count for kind, count in reading.ended.items() if kind != "200"}
    yield (
        f"readers, {_READERS} signed in, {reading.most_open} streams open at once, {reading.streams} in all, "
        f"{reading.events:,} events read, refused or cut: {refused or 'none'}; "
        f"an event reaches its last reader {_middle(spread)} after its first"
    )
    yield (
        f"readers, pages meanwhile: {_told(waits)}; the service used {used / _SECONDS:.0%} of one core, "
        f"{memory_of(pid)['VmHWM']} MiB at its peak"
    )


def _pages_alone(desk: Desk, secrets: list[str]) -> str:
    return "readers, pages with nobody reading: " + _told(_open_pages(desk.address, secrets, _Reading(), 5))


def _keep_writing(desk: Desk, cases: list[Case], reading: _Reading) -> None:
    """Keeps drafts under way; each is followed by the person who asked for it, too."""

    def write(number: int) -> None:
        while not reading.stop:
            case = cases[number % len(cases)]
            body = {"notes": case.notes, "genre": str(case.genre), "unit": _UNIT, "period": case.period.label}
            with desk.call("POST", "/api/v1/drafts", body) as answer:
                draft_id = answer.read().decode().split('"id":"')[1].split('"')[0]
            reading.drafts.append(draft_id)
            with desk.call("GET", f"/api/v1/drafts/{draft_id}/events") as stream:
                stream.read()
            number += _DRAFTS_AT_ONCE

    with ThreadPoolExecutor(_DRAFTS_AT_ONCE) as pool:
        list(pool.map(write, range(_DRAFTS_AT_ONCE)))


async def _read_all(address: str, secrets: list[str], reading: _Reading) -> None:
    parts = urlsplit(address)
    host, port = str(parts.hostname), int(parts.port or 80)
    await asyncio.gather(*(_follow(host, port, secret, number, reading) for number, secret in enumerate(secrets)))


async def _follow(host: str, port: int, secret: str, number: int, reading: _Reading) -> None:
    """One reader: a stream after the other, of one of the drafts under way."""
    while not reading.stop:
        draft_id = reading.drafts[-1 - number % min(_DRAFTS_AT_ONCE, len(reading.drafts))]
        try:
            await _one_stream(host, port, secret, draft_id, reading)
        except OSError as broken:
            reading.ended[type(broken).__name__] += 1
        await asyncio.sleep(0.2)


async def _one_stream(host: str, port: int, secret: str, draft_id: str, reading: _Reading) -> None:
    reader, writer = await asyncio.open_connection(host, port)
    asked = f"GET /api/v1/drafts/{draft_id}/events HTTP/1.1\r\nHost: {host}:{port}\r\nCookie: zhibi_session={secret}"
    writer.write(f"{asked}\r\nConnection: close\r\n\r\n".encode())
    reading.streams += 1
    reading.open += 1
    reading.most_open = max(reading.most_open, reading.open)
    started = time.perf_counter()
    try:
        reading.ended[(await reader.readline()).split(b" ")[1].decode()] += 1
        while not reading.stop and (line := await asyncio.wait_for(reader.readline(), 60)):
            if line.startswith(b"id: "):
                reading.events += 1
                key, now = (draft_id, line[4:].decode().strip()), time.perf_counter()
                first, _ = reading.seen.get(key, (now, now))
                # What stood there before this reader came says nothing of delivery.
                if started < first and now - started > 1:
                    reading.seen[key] = (first, now)
    finally:
        reading.open -= 1
        writer.close()


def _open_pages(address: str, secrets: list[str], reading: _Reading, seconds: float) -> dict[str, list[float]]:
    """Milliseconds of each page, opened by four people over and over."""
    until = time.perf_counter() + seconds
    waits: dict[str, list[float]] = {}

    def open_them(secret: str) -> None:
        connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=60)
        while time.perf_counter() < until:
            latest = f"/drafts/{reading.drafts[-1]}" if reading.drafts else "/account"
            for path in ("/", "/drafts", latest, "/corpus", "/api/v1/session"):
                started = time.perf_counter()
                connection.request("GET", path, headers={"Cookie": f"zhibi_session={secret}"})
                answer = connection.getresponse()
                answer.read()
                name = "/drafts/{id}" if path.startswith("/drafts/") else path
                waits.setdefault(name if answer.status == 200 else f"{name} {answer.status}", []).append(
                    (time.perf_counter() - started) * 1000
                )
                time.sleep(_PAUSE_SECONDS)

    with ThreadPoolExecutor(_PAGE_PEOPLE) as pool:
        list(pool.map(open_them, secrets[:_PAGE_PEOPLE]))
    return waits


def _seconds_of(pid: int) -> float:
    """Seconds of CPU that a running process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _told(waits: dict[str, list[float]]) -> str:
    every = [one for some in waits.values() for one in some]
    by_page = ", ".join(f"{name} {_p95(some):.0f}" for name, some in sorted(waits.items()))
    return f"{len(every)} answers, median {statistics.median(every):.0f} ms, p95 {_p95(every):.0f} ms ({by_page})"


def _p95(some: list[float]) -> float:
    return statistics.quantiles(some, n=20)[-1] if len(some) > 1 else some[0]


def _middle(spread: list[float]) -> str:
    return f"{statistics.median(spread):.0f} ms (median), {_p95(spread):.0f} ms (p95)" if spread else "–"
