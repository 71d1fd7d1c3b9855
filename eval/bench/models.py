"""What the service adds to a model's own time, and a hundred drafts at once, against the slow scripted model.

The model is a process of its own (`zhibi rehearse slow`), and so is the service. The same requests, taken from the
ledger, are then sent to the model directly, each section's one after the other and the sections side by side.
"""

from __future__ import annotations

import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.bench.texts import SAMPLES
from eval.cases import Case, load_cases

ZHIBI = Path(sys.executable).with_name("zhibi")
_SINGLE_DRAFTS = 20
_AT_ONCE = 100
# One draft after the other, and then the hundred, within this: a busy machine measures fewer, and says how many.
_SINGLE_SECONDS, _AT_ONCE_SECONDS = 75.0, 120.0


def figures() -> Iterator[str]:
    """Lines of figures."""
    cases = [case for case in load_cases("develop") if case.genre != "rectification"]
    with tempfile.TemporaryDirectory(prefix="zhibi-bench-") as folder, running_command("rehearse", "slow") as model:
        address = model.until(r"OPENAI_BASE_URL=(\S+)")
        state = {"ZHIBI_HOME": folder, "OPENAI_BASE_URL": address, "OPENAI_API_KEY": "none", "ZHIBI_MODEL": "slow"}
        # Past reports are looked for and read in every draft, as they are where people work.
        subprocess.run([ZHIBI, "ingest", str(SAMPLES)], env={**os.environ, **state}, capture_output=True, check=True)
        with running_command("serve", "--port", "0", ZHIBI_DRAFT_WORKERS="64", **state) as service:
            desk = Desk(service.until(r"(http://127\.0\.0\.1:\d+)"), token_of(state))
            desk.until_ready()
            yield from _overheads(desk, address, cases[:_SINGLE_DRAFTS], state)
            yield from _at_once(desk, cases, service.process.pid)


@dataclass(frozen=True)
class _Served:
    """One draft over HTTP: seconds to the first words of a model and to its end, how it ended, and its id."""

    draft_id: str
    first: float
    whole: float
    end: str


@dataclass(frozen=True)
class Desk:
    """The service as a script uses it."""

    address: str
    token: str

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """One request with the token."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        content = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.address}{path}", content, headers, method=method)
        return urllib.request.urlopen(request, timeout=600)

    def until_ready(self) -> None:
        """Waits for the service, its dictionaries and its index."""
        for _ in range(600):
            try:
                with urllib.request.urlopen(f"{self.address}/readyz", timeout=10) as answer:
                    if answer.status == 200:
                        break
            except urllib.error.URLError:
                pass
            time.sleep(0.2)
        time.sleep(5)  # the warm-up draft goes on behind a service that is ready

    def draft(self, case: Case) -> _Served:
        """Asks for a draft and follows it to its end."""
        body = {"notes": case.notes, "genre": str(case.genre), "unit": case.unit, "period": case.period.label}
        started = time.perf_counter()
        with self.call("POST", "/api/v1/drafts", body) as answer:
            told = json.load(answer)
        first, end = 0.0, "lost"
        with self.call("GET", told["events"]) as stream:
            kind = ""
            for line in stream:
                text = line.decode("utf-8").rstrip("\n")
                kind = text.removeprefix("event: ") if text.startswith("event: ") else kind
                if text.startswith("data: ") and kind == "section" and not first:
                    section = json.loads(text.removeprefix("data: "))
                    # Openings are written by rules at once; the first words of a model are those of a headed section.
                    if section["heading"] and section["text"] and not section["complete"]:
                        first = time.perf_counter() - started
                if text.startswith("data: ") and kind in ("done", "failed"):
                    end = kind
        return _Served(told["id"], first, time.perf_counter() - started, end)


def _overheads(desk: Desk, model: str, cases: list[Case], state: dict[str, str]) -> Iterator[str]:
    desk.draft(cases[0])
    firsts: list[float] = []
    ratios: list[float] = []
    until = time.monotonic() + _SINGLE_SECONDS
    for case in cases:
        if len(firsts) > 1 and time.monotonic() > until:
            break
        served = desk.draft(case)
        chains = _chains(served.draft_id, state)
        if not chains or not served.first:
            continue
        with ThreadPoolExecutor(len(chains)) as pool:
            direct = list(pool.map(lambda chain: _directly(model, chain), chains))
        firsts.append((served.first - min(first for first, _ in direct)) * 1000)
        ratios.append(served.whole / max(whole for _, whole in direct))
    p95 = statistics.quantiles(firsts, n=20)[-1]
    yield (
        f"model, first words through the service over the model alone, {len(firsts)} drafts: "
        f"median {statistics.median(firsts):.0f} ms, p95 {p95:.0f} ms later"
    )
    yield (
        f"model, whole draft over its slowest section alone: "
        f"median {statistics.median(ratios):.2f}, worst {max(ratios):.2f} times"
    )


def _chains(draft_id: str, state: dict[str, str]) -> list[list[dict[str, Any]]]:
    """What left for the model in this draft: a list of requests for each section, in order. The probe is remembered,
    so it belongs to no draft."""
    printed = subprocess.run(
        [ZHIBI, "ledger", draft_id, "--json"], env={**os.environ, **state}, capture_output=True, check=True
    ).stdout
    chains: dict[str, list[dict[str, Any]]] = {}
    for entry in json.loads(printed):
        if entry["prompt"] != "probe":
            chains.setdefault(entry["purpose"].removesuffix("·分组"), []).append(entry)
    return list(chains.values())


def _directly(model: str, chain: list[dict[str, Any]]) -> tuple[float, float]:
    """Seconds to the first words of the chain's first text, as a reader sees them come, and to the chain's end."""
    started = time.perf_counter()
    first = 0.0
    for entry in chain:
        system, user = _parts(entry["text"])
        messages = [{"role": "system", "content": system}, {"role": "user", "content": user}]
        body: dict[str, Any] = {"model": "slow", "stream": True, "messages": messages}
        if entry["form"] == "json_schema":
            body["response_format"] = {"type": "json_schema"}
        request = urllib.request.Request(f"{model}/chat/completions", json.dumps(body).encode())
        with urllib.request.urlopen(request, timeout=600) as stream:
            for line in stream:
                words = b'"content": "' in line and b'"content": ""' not in line
                if not first and words and entry["form"] != "json_schema":
                    first = time.perf_counter() - started
    return first, time.perf_counter() - started


def _parts(text: str) -> tuple[str, str]:
    """The system and the user part of a request as the ledger keeps it."""
    at = text.index("\n\n本节：")
    return text[:at], text[at + 2 :]


def _at_once(desk: Desk, cases: list[Case], pid: int) -> Iterator[str]:
    wanted = (cases * (_AT_ONCE // len(cases) + 1))[:_AT_ONCE]
    before = memory_of(pid)["VmRSS"]
    started = time.perf_counter()
    pool = ThreadPoolExecutor(_AT_ONCE)
    asked = [pool.submit(desk.draft, case) for case in wanted]
    ended, waiting = wait(asked, _AT_ONCE_SECONDS)
    pool.shutdown(wait=False, cancel_futures=True)
    served = [one.result() for one in ended if one.exception() is None]
    took = time.perf_counter() - started
    done = sum(one.end == "done" for one in served)
    waits = sorted(one.whole for one in served) or [took]
    memory = memory_of(pid)
    late = f", {len(waiting)} under way when the time was up" if waiting else ""
    yield (
        f"model, {_AT_ONCE} drafts at once: {done} done, {len(ended) - done} lost{late}, {took:.0f} s in all, "
        f"median {waits[len(waits) // 2]:.0f} s, slowest {waits[-1]:.0f} s; "
        f"memory {before} MiB before, {memory['VmHWM']} MiB at its peak"
    )


def memory_of(pid: int) -> dict[str, int]:
    """MiB of a running process: resident now (VmRSS) and at its peak (VmHWM)."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return {name: int(re.search(rf"{name}:\s+(\d+)", status)[1]) // 1024 for name in ("VmHWM", "VmRSS")}  # type: ignore[index]


@dataclass
class RunningCommand:
    """A command that runs until the block ends, and what it has printed so far."""

    process: subprocess.Popen[str]
    printed: list[str]

    def until(self, pattern: str) -> str:
        """The first group of `pattern` in what is printed. Raises RuntimeError where the command ends before."""
        for _ in range(6_000):
            if found := re.search(pattern, "".join(self.printed)):
                return found[1]
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise RuntimeError("the command ended before it was ready: " + "".join(self.printed))


@contextmanager
def running_command(*arguments: str, **settings: str) -> Iterator[RunningCommand]:
    """`zhibi` with these arguments and settings, running until the block ends."""
    process = subprocess.Popen(
        [ZHIBI, *arguments],
        env={**os.environ, "PYTHONUNBUFFERED": "1", **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    running = RunningCommand(process, [])
    assert process.stdout is not None
    threading.Thread(target=lambda: running.printed.extend(process.stdout or ()), daemon=True).start()
    try:
        yield running
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def token_of(state: dict[str, str]) -> str:
    """A bearer token of a new person who drafts for 云汐街道."""
    environment = {**os.environ, **state}
    made: list[str | Path] = [ZHIBI, "user", "add", "bench", "--role", "staff", "--unit", "云汐街道"]
    subprocess.run(made, env=environment, capture_output=True, check=True)
    printed = subprocess.run([ZHIBI, "token", "bench"], env=environment, capture_output=True, check=True, text=True)
    return printed.stdout.strip().split()[-1]
