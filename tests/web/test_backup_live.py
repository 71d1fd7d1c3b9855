"""A copy of the record taken from a service in use, while it writes a draft: another service goes on from it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from service.storage.backup import restore_backup, write_backup
from service.storage.database import open_database
from tests.storage.databases import KINDS, bare_database_url, new_database_url
from tests.web.serving import call, services_at, serving
from tests.web.test_events import Reader, begin, slowly, wait_for


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_under_way_at_the_moment_of_a_backup_is_finished_where_it_is_restored(
    kind: str, tmp_path: Path
) -> None:
    other = next(one for one in KINDS if one != kind)
    (tmp_path / "other").mkdir()
    gate, free = threading.Event(), threading.Event()
    free.set()
    url, copy = new_database_url(kind, tmp_path), bare_database_url(other, tmp_path / "other")
    with serving(services_at(tmp_path, write=slowly(gate), database_url=url)) as running:
        token = running.token("admin")
        path = begin(running, token)
        first = Reader(running, path, token)
        wait_for(first, 12)
        database = open_database(url)
        made = write_backup(database, tmp_path / "copy.gz")
        database.close()
        assert made.rows["runs"] == 1 and made.rows["drafts"] == 1
        assert restore_backup(copy, tmp_path / "copy.gz").total == made.total
        # The service that was copied did not notice, and its run ends as if nothing had been.
        gate.set()
        first.join(20)
        assert b"event: done" in first.heard
        whole = call(running, "GET", path.removesuffix("/events"), token=token).json
        assert whole["version"] == 1
    with serving(services_at(tmp_path / "other", write=slowly(free), database_url=copy)) as elsewhere:
        # The token of the first service is known here too, and the run that nobody holds any more is taken up.
        second = Reader(elsewhere, path, token)
        second.join(30)
        assert second.heard.count(b"event: done") == 1
        again = call(elsewhere, "GET", path.removesuffix("/events"), token=token).json
        assert (again["version"], again["draft"]["text"]) == (1, whole["draft"]["text"])
        assert elsewhere.services.audit.verify().fault is None
