"""Whole processes: cold starts, memory of an idle service, indexing speed, size of the environment."""

from __future__ import annotations

import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from eval.bench.texts import SAMPLES

ZHIBI = Path(sys.executable).with_name("zhibi")
_NOTES = "3.8号搞了三下乡，去了30多个单位\n发宣传单2800 份\n"
_DRAFT = "3月8日，组织30余个单位开展“三下乡”活动，发放宣传单2800份。\n"


def figures() -> Iterator[str]:
    """Lines of figures."""
    with tempfile.TemporaryDirectory(prefix="zhibi-bench-") as folder:
        home = Path(folder)
        (home / "notes.txt").write_text(_NOTES, encoding="utf-8")
        (home / "draft.txt").write_text(_DRAFT, encoding="utf-8")
        state = {**os.environ, "ZHIBI_HOME": str(home / "state")}
        files = ["--notes", str(home / "notes.txt")]
        yield "cold `zhibi check`: " + _cpu([*files, "--draft", str(home / "draft.txt")], "check", state)
        yield from _ingest(state)
        drafted = [*files, "--genre", "progress", "--unit", "云汐街道", "--period", "2024年一季度"]
        yield "cold `zhibi draft`: " + _cpu(drafted, "draft", state)
        yield "cold `zhibi search`: " + _cpu(["志愿者清扫楼道"], "search", state)
        yield from _idle(state)
    yield f"environment: {_size(Path(sys.prefix)) / 1e6:,.0f} MB in {Path(sys.prefix).name}"


def _cpu(arguments: list[str], command: str, state: dict[str, str]) -> str:
    """CPU seconds (user and system) and wall seconds of one fresh process, the middle of five."""
    runs = []
    for _ in range(5):
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run([ZHIBI, command, *arguments], env=state, capture_output=True, check=False)
        after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - started
        runs.append((after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, wall))
    cpu, wall = sorted(runs)[2]
    return f"{cpu:.2f} s of CPU, {wall:.2f} s wall"


def _ingest(state: dict[str, str]) -> Iterator[str]:
    started = time.perf_counter()
    done = subprocess.run([ZHIBI, "ingest", str(SAMPLES), "--json"], env=state, capture_output=True, check=True)
    first = time.perf_counter() - started
    sections = done.stdout.count(b'"heading"')
    started = time.perf_counter()
    subprocess.run([ZHIBI, "ingest", str(SAMPLES)], env=state, capture_output=True, check=True)
    again = time.perf_counter() - started
    yield (
        f"ingest of the sample corpus: {sections} sections in {first:.1f} s with start and index, "
        f"{sections / first:.1f} sections/s; once more: {again:.1f} s"
    )


def _idle(state: dict[str, str]) -> Iterator[str]:
    service = subprocess.Popen(
        [ZHIBI, "serve", "--port", "0"], env=state, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    )
    try:
        address = _address(service)
        started = time.perf_counter()
        while time.perf_counter() - started < 60:
            with urllib.request.urlopen(f"{address}/readyz", timeout=10) as answer:
                if answer.status == 200:
                    break
        time.sleep(8)  # the index opens in the background; what it takes belongs to an idle service
        status = Path(f"/proc/{service.pid}/status").read_text(encoding="utf-8")
        peak, now = (int(re.search(rf"{name}:\s+(\d+)", status)[1]) // 1024 for name in ("VmHWM", "VmRSS"))  # type: ignore[index]
        yield f"idle `zhibi serve`: {now} MiB resident, {peak} MiB at its peak"
    finally:
        service.send_signal(signal.SIGINT)
        service.wait(20)


def _address(service: subprocess.Popen[str]) -> str:
    assert service.stderr is not None
    for line in service.stderr:
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            return found[0]
    raise RuntimeError("zhibi serve ended before it was ready")


def _size(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
