"""`python -m eval.bench [PEERS_PYTHON]`: every figure, a line each, part by part, with what each part cost.

Each part is a process of its own with a bound: one that a busy machine cannot end is stopped, what it printed stands,
and the next begins. All bounds together are under half an hour. Numbers and checks run on one core, and so do the
readers they are held against; whole processes take what there is. `--part NAME` runs one of the first kind alone.
"""

from __future__ import annotations

import argparse
import importlib
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

_ON_ONE_CORE = frozenset(("numbers", "checks"))
_WHOLE = ("whole", "models", "readers")
_SIZES = ("1000", "10000", "100000")  # sections of the corpus
_SECONDS_TO_END = 20.0


@dataclass(frozen=True)
class Part:
    """A part of the figures: the module that prints them with its arguments, and the seconds that it may take."""

    name: str
    command: Sequence[str]
    seconds: int


def parts(peers: Path | None) -> Iterator[Part]:
    """All parts, in the order in which they are printed; those of the tests only where tests are at hand."""
    beside = [str(peers)] if peers else []
    for name, seconds in (("numbers", 90), ("checks", 150), ("whole", 180), ("models", 270), ("readers", 100)):
        yield Part(name, ["eval.bench", "--part", name, *beside], seconds)
    yield Part("index", ["eval.bench.index", *_SIZES], 480)
    if find_spec("tests") is None:
        return
    packages = ["--peers", _packages_of(peers)] if peers else []
    yield Part("baselines", ["tests.checking.measure", "--baselines", *packages], 90)
    yield Part("accidents", ["tests.checking.accidental"], 90)
    yield Part("planted faults", ["tests.checking.plant_faults"], 120)
    yield Part("whole drafts", ["tests.checking.whole_drafts"], 60)
    yield Part("typing", ["tests.web.measure_typing"], 100)


def main() -> None:
    """Prints the figures as they come; ends with 1 where a part failed."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench", description=__doc__)
    parser.add_argument("peers", nargs="?", type=Path, help="the interpreter of an environment with other readers")
    parser.add_argument("--part", choices=(*sorted(_ON_ONE_CORE), *_WHOLE), help="one part, in this process")
    asked = parser.parse_args()
    if asked.part:
        with suppress(KeyboardInterrupt):  # its time was up
            _print_part(asked.part, asked.peers)
        return
    began, failed = time.monotonic(), []
    for part in parts(asked.peers):
        _tell(f"── {part.name}, {part.seconds} s at most ──")
        if not _ran(part):
            failed.append(part.name)
    _tell(f"all parts: {time.monotonic() - began:.0f} s{'; failed: ' + ', '.join(failed) if failed else ''}")
    sys.exit(1 if failed else 0)


def _print_part(name: str, peers: Path | None) -> None:
    if name in _ON_ONE_CORE:
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    room = importlib.import_module(f"eval.bench.{name}")
    for line in room.figures(peers) if name == "numbers" else room.figures():
        _tell(line)


def _ran(part: Part) -> bool:
    """Runs a part to its end or to its bound, and tells what it cost; False where it failed."""
    began, before = time.monotonic(), _seconds_of_children()
    command = [sys.executable, "-m", *part.command]
    process = subprocess.Popen(command, env={**os.environ, "PYTHONUNBUFFERED": "1"}, start_new_session=True)
    ended = True
    try:
        process.wait(part.seconds)
    except subprocess.TimeoutExpired:
        ended = False
    finally:
        _end(process)
    cost = f"{time.monotonic() - began:.0f} s, {_seconds_of_children() - before:.0f} s of processor"
    if not ended:
        _tell(f"{part.name}: stopped after {cost}; what stands above was measured")
    elif process.returncode:
        _tell(f"{part.name}: failed with {process.returncode} after {cost}")
    else:
        _tell(f"{part.name}: {cost}")
    return not ended or process.returncode == 0


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends a part that still runs, with the processes that it started: they are all of its session."""
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(_SECONDS_TO_END)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _seconds_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _packages_of(peers: Path) -> str:
    """The folder of the packages of another interpreter."""
    told = "import sysconfig; print(sysconfig.get_path('purelib'))"
    return subprocess.run([str(peers), "-c", told], capture_output=True, text=True, check=True).stdout.strip()


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
