"""Files read by several processes: the same as by one, in order, and nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.ingest import ingest
from corpus.read.limits import ReadLimits
from corpus.reading import Processes
from corpus.understand import FileUnderstood
from tests.corpus import pages
from tests.corpus.measure_search import NoVectors
from tests.corpus.shelves import shelf_in

TEXTS = (pages.SCHOOL, pages.TOWN, pages.HOSPITAL, pages.STREET, pages.PLAN, pages.LEDGER)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "past"
    made.mkdir()
    for number, text in enumerate(TEXTS):
        (made / f"{number}.txt").write_text(text, encoding="utf-8")
    (made / "9.docx").write_bytes(b"PK\x03\x04 no document")
    return made


def files(folder: Path) -> list[tuple[Path, str]]:
    return [(path, path.name) for path in sorted(folder.iterdir())]


def understood(folder: Path, processes: int) -> list[tuple[FileUnderstood, ...]]:
    with Processes(ReadLimits(), processes) as beside:
        return [one.understood for one in beside.read(files(folder))]


def test_two_processes_read_the_same_as_one_in_the_same_order(folder: Path) -> None:
    assert understood(folder, 2) == understood(folder, 1)


def test_a_file_that_cannot_be_read_is_refused_by_several_too(folder: Path) -> None:
    with Processes(ReadLimits(), 2) as beside:
        (refused,) = [one for read in beside.read(files(folder)) for one in read.refused]
    assert refused.source == "9.docx"


def test_an_ingest_by_several_processes_stores_the_same(folder: Path, tmp_path: Path) -> None:
    stored = []
    for processes in (1, 2):
        (tmp_path / str(processes)).mkdir()
        shelf = shelf_in(tmp_path / str(processes))
        done = ingest([folder], shelf, NoVectors(), processes=processes)
        masked = [shelf.masked_sections(report.report_id) for report in done.reports]
        stored.append((list(shelf.reports()), masked, [one["source"] for one in done.failed]))
    assert stored[0] == stored[1]


READER = """
import sys
from pathlib import Path
from corpus.read.limits import ReadLimits
from corpus.reading import Processes
if __name__ == "__main__":
    folder = Path(sys.argv[1])
    for one in Processes(ReadLimits(), 2).read([(path, path.name) for path in sorted(folder.iterdir())] * 500):
        print(len(one.understood), flush=True)
"""


def test_processes_end_with_the_one_that_asked_for_them(folder: Path, tmp_path: Path) -> None:
    program = tmp_path / "reader.py"
    program.write_text(READER, encoding="utf-8")
    asked = subprocess.Popen(
        [sys.executable, str(program), str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert asked.stdout is not None
    assert asked.stdout.readline().strip() == "1"
    children = children_of(asked.pid)
    os.kill(asked.pid, signal.SIGKILL)
    asked.wait(20)
    deadline = time.monotonic() + 30
    while any(is_alive(one) for one in children) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert children
    assert [one for one in children if is_alive(one)] == []


def children_of(pid: int) -> list[int]:
    """The processes that `pid` started, and theirs."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = [(int(one), int(parent)) for one, parent in (row.split() for row in listed.splitlines())]
    own = [one for one, parent in pairs if parent == pid]
    return [*own, *(further for one in own for further in children_of(one))]


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    return state.rpartition(")")[2].split()[0] != "Z"
