"""A process that is killed in the middle of a run: the next one finishes it by itself."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from service.domain.account import AccountRole
from service.storage.accounts import AccountStore
from service.storage.database import open_database
from service.storage.drafts import DraftStore
from tests.jobs.test_runs import ask, kinds
from tests.storage.databases import KINDS, new_database_url

ROOT = Path(__file__).parents[2]
WORKER = """
import sys, time
from service.jobs.workers import DraftWorkers
from service.storage.database import open_database
from service.storage.runs import RunStore
from tests.jobs.test_runs import plain_draft
from tests.web.serving import check_by_words

url, pause = sys.argv[1], float(sys.argv[2])

def write(request, tell, steps, again):
    def first():
        print("first section written", flush=True)
        return "甲"
    tell("section", {"index": 0, "total": 2, "heading": "", "text": steps.once("first", first), "complete": True})
    print("waiting", flush=True)
    time.sleep(pause)
    return plain_draft(request, "甲", "乙")

workers = DraftWorkers(RunStore(open_database(url), 60_000), write, check_by_words, count=1, lease_seconds=60)
workers.start()
time.sleep(60)
"""


def start_worker(url: str, pause: float) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WORKER, url, str(pause)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_run_killed_in_the_middle_is_finished_once_by_the_next_process(kind: str, tmp_path: Path) -> None:
    url = new_database_url(kind, tmp_path)
    database = open_database(url)
    drafts = DraftStore(database)
    staff = AccountStore(database).add("周岚", AccountRole.STAFF, "云溪街道")
    draft_id = ask(drafts, staff)
    first = start_worker(url, 60)
    assert first.stdout is not None
    said = [first.stdout.readline().strip(), first.stdout.readline().strip()]
    assert said == ["first section written", "waiting"]
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    # The lease lasts a minute; the next process of this host sees that the holder is dead and does not wait for it.
    second = start_worker(url, 0)
    try:
        for _ in range(3000):
            if not drafts.is_open(draft_id):
                break
            time.sleep(0.02)
        versions = drafts.versions(staff, draft_id)
        assert [(one.number, one.text) for one in versions] == [(1, "题\n一、第1部分\n甲\n二、第2部分\n乙")]
        assert kinds(drafts, draft_id).count("done") == 1
    finally:
        second.kill()
        out, _ = second.communicate()
        database.close()
    # The section that was finished before the kill was not written again.
    assert "first section written" not in out
